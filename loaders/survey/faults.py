"""What is wrong in a workbook that came back, by sheet and cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import legible
from loaders.problems import shortened

SHOWN_FAULTS = 200
"""How many a message lists."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a workbook, or that was read in a way to be looked at.

    Attributes
    ----------
    file, sheet, cell : str
        Where; the sheet as it is called in that file, both empty where the whole is meant.
    found : str or None
        What stands there; `None` for nothing.
    expected, advice : str
        What should, and what to try.
    is_error : bool
        Whether it keeps the file from being loaded.

    Examples
    --------
    >>> print(Fault("angus.xlsx", "Savings", "B7", "lots", "a number of pounds", "Try 250000."))
    angus.xlsx, sheet Savings, cell B7: found 'lots': expected a number of pounds. Try 250000.
    """

    file: str
    sheet: str
    cell: str
    found: str | None
    expected: str
    advice: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        place = [shortened(self.file)]
        if self.sheet:
            place.append(f"sheet {shortened(self.sheet)}")
        if self.cell:
            place.append(f"cell {self.cell}")
        return f"{', '.join(place)}: {self.words}"

    @property
    def words(self) -> str:
        """What is wrong, without where.

        Examples
        --------
        >>> Fault("a.xlsx", "Savings", "B7", None, "a basis").words
        'nothing found: expected a basis.'
        """
        found = "nothing found" if self.found is None else f"found {shortened(self.found)!r}"
        told = f"{found}: expected {legible(self.expected, 600)}."
        return f"{told} {legible(self.advice, 600)}".strip()


def by_place(fault: Fault) -> tuple[str, str, int, str]:
    """Where a fault is, for sorting: row 6 comes before row 10.

    Parameters
    ----------
    fault : Fault

    Returns
    -------
    tuple

    Examples
    --------
    >>> by_place(Fault("angus.xlsx", "Savings", "B10", None, "a basis"))
    ('angus.xlsx', 'Savings', 10, 'B')
    """
    letters = fault.cell.rstrip("0123456789")
    return fault.file, fault.sheet, int(fault.cell[len(letters) :] or 0), letters


class FaultyReturnsError(GraphmodelError):
    """Workbooks with errors; nothing of any of them was written.

    Parameters
    ----------
    faults : iterable of Fault
        Warnings among them come last in the message, if they are not too many.
    files : sequence of str
        All files that were to be read.

    Examples
    --------
    >>> fault = Fault("angus.xlsx", "Savings", "B7", "lots", "a number of pounds")
    >>> print(FaultyReturnsError([fault], ["angus.xlsx", "fife.xlsx"]))
    1 error in 1 of 2 files; nothing was written.
      angus.xlsx, sheet Savings, cell B7: found 'lots': expected a number of pounds.
    Put them right in the workbook or send it back: --annotate FOLDER writes copies with comments
    at these cells. --skip-faulty loads the other files now.
    """

    def __init__(self, faults: Iterable[Fault], files: Sequence[str]) -> None:
        self.all_faults = sorted(faults, key=by_place)
        self.faults = [fault for fault in self.all_faults if fault.is_error]
        number, faulty = len(self.faults), len({fault.file for fault in self.faults})
        listed = _listed(self.faults)
        noun = "error" if number == 1 else "errors"
        of = f"{faulty} of {len(files)} files" if len(files) > 1 else "1 file"
        listed.append(
            "Put them right in the workbook or send it back: --annotate FOLDER writes copies with "
            "comments\nat these cells."
            + (" --skip-faulty loads the other files now." if faulty < len(files) else "")
        )
        notes = [f"Note: {fault}" for fault in self.all_faults if not fault.is_error]
        if len(notes) > SHOWN_FAULTS:
            notes = [f"There are {len(notes)} notes besides; --annotate FOLDER writes them too."]
        told = "\n".join([*listed, *notes])
        super().__init__(f"{number} {noun} in {of}; nothing was written.\n{told}")


class FaultyDecisionsError(GraphmodelError):
    """Decisions that are none; nothing was taken from the file.

    Parameters
    ----------
    faults : sequence of Fault
        All of one file.

    Examples
    --------
    >>> print(FaultyDecisionsError([Fault("a.xlsx", "To decide", "H7", "Fief", "an id")]))
    1 error in a.xlsx; nothing was decided.
      a.xlsx, sheet To decide, cell H7: found 'Fief': expected an id.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        noun = "error" if len(faults) == 1 else "errors"
        head = f"{len(faults)} {noun} in {shortened(faults[0].file)}; nothing was decided."
        super().__init__("\n".join([head, *_listed(faults)]))


def _listed(faults: Sequence[Fault]) -> list[str]:
    listed = [f"  {fault}" for fault in faults[:SHOWN_FAULTS]]
    if len(faults) > SHOWN_FAULTS:
        listed.append(f"  … and {len(faults) - SHOWN_FAULTS} more")
    return listed


class UnreadableFileError(Exception):
    """Why a file as a whole cannot be read.

    Parameters
    ----------
    found, expected, advice : str
        As for `Fault`.

    Examples
    --------
    >>> UnreadableFileError("a web page", "a workbook", "Save it as .xlsx.").found
    'a web page'
    """

    def __init__(self, found: str, expected: str, advice: str) -> None:
        super().__init__(found)
        self.found, self.expected, self.advice = found, expected, advice
