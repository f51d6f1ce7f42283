"""The datasets that come with the program, and finding one or a user's own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.model.datapackage import DESCRIPTOR
from loaders.problems import shortened

DEFAULT = "scotland"
_FOLDER = Path(__file__).parent


def shipped() -> list[str]:
    """Names of the datasets that come with the program.

    Returns
    -------
    list of str
        Sorted.

    Examples
    --------
    >>> "scotland" in shipped()
    True
    """
    return sorted(
        folder.parent.name.replace("_", "-") for folder in _FOLDER.glob(f"*/{DESCRIPTOR}")
    )


def locate(source: str) -> Path:
    """Find a dataset by name, or a data package by path.

    Parameters
    ----------
    source : str
        A shipped dataset's name, or the path of a folder, descriptor or zip.

    Returns
    -------
    Path

    Raises
    ------
    GraphmodelError
        If there is neither.

    Examples
    --------
    >>> locate("scotland").name
    'scotland'
    >>> locate("atlantis")
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: 'atlantis' is neither a file or folder nor a dataset ...
    """
    if source in shipped():
        return _FOLDER / source.replace("-", "_")
    path = Path(source)
    with suppress(OSError, ValueError):
        if path.exists():
            return path
    raise GraphmodelError(
        f"{shortened(source)!r} is neither a file or folder nor a dataset of the program "
        f"({', '.join(shipped())})."
    )
