"""The datasets that come with the program, and finding one or a user's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from graphmodel.errors import GraphmodelError
from graphmodel.model.datapackage import DESCRIPTOR
from loaders import france
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


@contextmanager
def located(source: str, folder: Path | None = None) -> Iterator[Path]:
    """Find a dataset as `locate` does, or make one from files that the user has.

    Parameters
    ----------
    source : str
        As for `locate`, or ``france``.
    folder : Path, optional
        Where the files of ``france`` are.

    Yields
    ------
    Path
        Of the data package; one that was made goes when it has been read.

    Raises
    ------
    GraphmodelError
        If there is none, or the files are not those that are expected.

    Examples
    --------
    >>> with located("scotland") as path:
    ...     path.name
    'scotland'
    >>> with located("france") as path:
    ...     pass
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: The dataset 'france' needs --folder, ...
    """
    if source != france.NAME:
        yield locate(source)
        return
    if folder is None:
        raise GraphmodelError(france.HELP)
    with TemporaryDirectory() as made:
        france.write_package(folder, Path(made))
        yield Path(made)
