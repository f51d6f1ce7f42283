"""Words that several parts of the program put together in one way."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does.

    Parameters
    ----------
    names : sequence of str
        At least one.

    Returns
    -------
    str

    Examples
    --------
    >>> listed(["Angus", "Fife", "Moray"])
    'Angus, Fife and Moray'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
