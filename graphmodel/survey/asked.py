"""Which councils were asked in a wave, as far as their workbooks were written on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.store import home_folder

_FILE = "asked.json"


def surveys_folder() -> Path:
    """Where surveys are kept: who was asked in each wave, and the returns.

    Returns
    -------
    Path
        It need not exist yet.

    Examples
    --------
    >>> surveys_folder().name
    'surveys'
    """
    return home_folder() / "surveys"


def asked_in(folder: Path) -> dict[str, frozenset[str]]:
    """The councils for which workbooks were written, by wave.

    Parameters
    ----------
    folder : Path
        As from `surveys_folder`.

    Returns
    -------
    dict of str to frozenset of str
        Their ids; of a wave that is not there, nothing is known.

    Raises
    ------
    GraphmodelError
        If a file is there and cannot be read.

    Examples
    --------
    >>> asked_in(Path("nowhere"))
    {}
    """
    return {path.parent.name: _read(path) for path in sorted(folder.glob(f"*/{_FILE}"))}


def note_asked(folder: Path, wave: str, councils: Iterable[str]) -> None:
    """Keep for whom workbooks were written, with those of earlier times.

    Parameters
    ----------
    folder : Path
        As from `surveys_folder`.
    wave : str
        Such as "2027".
    councils : iterable of str
        Ids.

    Raises
    ------
    GraphmodelError
        If it cannot be read or written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     note_asked(Path(folder), "2027", ["GB-LAS-FIF"])
    ...     note_asked(Path(folder), "2027", ["GB-LAS-ANS"])
    ...     sorted(asked_in(Path(folder))["2027"])
    ['GB-LAS-ANS', 'GB-LAS-FIF']
    """
    path = folder / wave / _FILE
    before = _read(path) if path.exists() else frozenset()
    part = path.with_name(f"{_FILE}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(sorted(before | set(councils)), indent=2) + "\n", "utf-8")
        part.replace(path)
    except OSError as error:
        raise GraphmodelError(
            f"The workbooks are written, but not for whom: {path} cannot be written "
            f"({error.strerror})."
        ) from error


def _read(path: Path) -> frozenset[str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise GraphmodelError(f"{path} cannot be read ({error}). Mend it, or move it away.") from (
            error
        )
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise GraphmodelError(f"{path} is not a list of councils: mend it, or move it away.")
    return frozenset(found)
