"""Taking in what councils send: every file is read before anything is kept or loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from loaders.survey.faults import FaultyReturnsError
from loaders.survey.filled import Filled
from loaders.survey.office import Imported, Office

__all__ = ["Imported", "Office", "files_of", "import_returns"]

SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv", ".xls", ".ods"})
"""Of what may be answers; the last two are refused with advice rather than passed over."""


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Files to import; of a folder those that may be answers.

    Parameters
    ----------
    paths : iterable of Path

    Returns
    -------
    list of Path

    Raises
    ------
    GraphmodelError
        If there is none.

    Examples
    --------
    >>> files_of([Path("nowhere")])
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: nowhere does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            there = sorted(
                one
                for one in path.iterdir()
                if one.suffix.lower() in SUFFIXES and not one.name.startswith((".", "~"))
            )
            if not there:
                raise GraphmodelError(f"There is no .xlsx or .csv file in {path}.")
            found += there
        elif path.exists():
            found.append(path)
        else:
            raise GraphmodelError(f"{path} does not exist.")
    return list(dict.fromkeys(found))


def import_returns(
    store: Store,
    paths: Sequence[Path],
    *,
    council: str = "",
    wave: str = "",
    skip_faulty: bool = False,
    in_place: bool = False,
    folder: Path | None = None,
) -> Imported:
    """Read files that councils sent, keep them, and load the waves that they belong to.

    Parameters
    ----------
    store : Store
        Open, for writing.
    paths : sequence of Path
        Files, or folders of files.
    council, wave : str
        Whose they are, where the files do not say so.
    skip_faulty : bool
        Load the files without errors although others have some.
    in_place : bool
        Put each file in the place of all that its council sent to that wave before.
    folder : Path, optional
        Where surveys are kept; by default under the user's folder.

    Returns
    -------
    Imported

    Raises
    ------
    FaultyReturnsError
        If a file has an error and `skip_faulty` is not given; nothing is written then.
    GraphmodelError
        If the store has returns of the wave that are not kept here, or two different files of
        one council are to stand in one place.

    Examples
    --------
    >>> import_returns(store, [Path("nowhere.xlsx")])
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: nowhere.xlsx does not exist.
    """
    files = files_of(paths)
    office = Office(store, folder)
    read = {path: office.read(path, council=council, wave=wave) for path in files}
    result = Imported(faults=[fault for one in read.values() for fault in one.faults])
    faulty = [path for path, one in read.items() if one.is_faulty]
    if faulty and (not skip_faulty or len(faulty) == len(files)):
        raise FaultyReturnsError(result.faults, [path.name for path in files])
    result.left_out = [path.name for path in faulty]
    right = {path: one for path, one in read.items() if not one.is_faulty}
    if in_place:
        _require_one_each(right.values())
    ready = []
    for name in sorted({one.wave for one in right.values()}):
        of_wave = {path: one for path, one in right.items() if one.wave == name}
        ready.append(office.prepare(name, of_wave, result, in_place=in_place))
    for keep_and_load in ready:
        keep_and_load()
    return result


def _require_one_each(read: Iterable[Filled]) -> None:
    """Refuse two different files of one council and wave: only one can take the place."""
    first: dict[tuple[str, str], Filled] = {}
    for one in read:
        other = first.setdefault((one.council, one.wave), one)
        if other.content != one.content:
            raise GraphmodelError(
                f"{other.file} and {one.file} are different answers of one council to the survey "
                f"of {one.wave}, and --replace leaves one only; nothing was written. Import the "
                "one that is to stand, alone."
            )
