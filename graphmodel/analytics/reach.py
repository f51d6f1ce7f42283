"""How far a service reaches, where the record does not say."""

from __future__ import annotations

MOST_NEIGHBOURS = 3
"""Councils up to which a service is taken to be of neighbours: "commonly 2 or 3"."""


def reach(members: int, everyone: int, *, complete: bool) -> str | None:
    """How far a service reaches, from how many councils take part in it.

    More than half of all councils make it national; one, two or three, and more make it
    of one area, of neighbours and of a region, if all who take part are known.

    Parameters
    ----------
    members, everyone : int
        Councils that take part, and all that there are.
    complete : bool
        Whether the source names all who take part.

    Returns
    -------
    str or None
        A word of the 2020 report's four; nothing where it does not follow.

    Examples
    --------
    >>> reach(2, 32, complete=True), reach(30, 32, complete=False)
    ('neighbouring councils', 'national')
    >>> reach(2, 32, complete=False) is None
    True
    """
    if members > everyone / 2:
        return "national"
    if not complete or not members:
        return None
    if members == 1:
        return "one council area"
    return "neighbouring councils" if members <= MOST_NEIGHBOURS else "region"
