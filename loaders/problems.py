"""What is wrong with a file, said so that its owner can put it right."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import defused, legible

SHOWN_VALUE = 80
"""Characters of a faulty value that a message repeats."""
SHOWN_WORDS = 600
"""Characters of a sentence, which may name what was found elsewhere."""
SHOWN_PROBLEMS = 50
"""Problems that an error message lists; the rest is counted."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes
    ----------
    file : str
        Path within the data package.
    row : int or None
        As a spreadsheet numbers it; none where the whole file is meant.
    column, value : str or None
        Where a single cell is meant: its column, and what stands there.
    problem, advice : str
        What is wrong, and what to do; the advice may be empty.

    Examples
    --------
    >>> print(Problem("borders.csv", 2, "km", "-1", "expected greater than 0"))
    borders.csv, row 2, column km: '-1': expected greater than 0.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    advice: str = ""

    def __str__(self) -> str:
        place = [shortened(self.file)]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {shortened(self.column)}")
        shown = f" {shortened(self.value)!r}:" if self.value is not None else ""
        problem, advice = (legible(text, SHOWN_WORDS) for text in (self.problem, self.advice))
        return f"{', '.join(place)}:{shown} {problem}.{' ' * bool(advice)}{advice}"


class RejectedDataError(GraphmodelError):
    """A data package has problems, and nothing of it was written.

    Parameters
    ----------
    name : str
        What the message calls the package.
    problems : iterable of Problem
        What is to be put right.
    consequences : iterable of Problem
        What may be right once that is.

    Examples
    --------
    >>> problem = Problem("borders.csv", 1, None, None, "the file is empty")
    >>> print(RejectedDataError("'mine'", [problem]))
    'mine' has 1 problem; nothing was written.
      borders.csv, row 1: the file is empty.
    """

    def __init__(
        self, name: str, problems: Iterable[Problem], consequences: Iterable[Problem] = ()
    ) -> None:
        self.problems = sorted(problems, key=_by_place)
        self.consequences = sorted(consequences, key=_by_place)
        listed = [f"  {problem}" for problem in self.problems[:SHOWN_PROBLEMS]]
        more = len(self.problems) - len(listed)
        if more:
            listed.append(f"  … and {more} more (--rejects FILE writes them all)")
        if self.consequences:
            listed.append(
                f"  Besides, {len(self.consequences)} names refer to what was rejected or could "
                "not be read; they may be right once that is."
            )
        number = len(self.problems)
        noun = "problem" if number == 1 else "problems"
        super().__init__(f"{name} has {number} {noun}; nothing was written.\n" + "\n".join(listed))


def shortened(value: str) -> str:
    """Cut a value so that a message stays readable, and show what is not printable.

    Parameters
    ----------
    value : str
        As it stands in a file.

    Returns
    -------
    str
        At most 80 characters and an ellipsis.

    Examples
    --------
    >>> shortened("a" * 100) == "a" * 80 + "…"
    True
    """
    return legible(value, SHOWN_VALUE).replace("\n", "\N{REPLACEMENT CHARACTER}")


def write_rejects(path: Path, problems: Iterable[Problem]) -> None:
    """Write problems as CSV, one a row, for working through them in a spreadsheet.

    Parameters
    ----------
    path : Path
        File to write; what it held is lost.
    problems : iterable of Problem
        In any order; they are sorted by file, row and column.

    Raises
    ------
    GraphmodelError
        If the file cannot be written.

    Notes
    -----
    What a spreadsheet would calculate is defused, and what cannot be printed replaced.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "rejects.csv")
    ...     write_rejects(path, [Problem("borders.csv", 2, "km", "-1", "too small")])
    ...     print(path.read_text(encoding="utf-8-sig"))
    file,row,column,value,problem,advice
    borders.csv,2,km,'-1,too small,
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.name for column in fields(Problem)])
            for problem in sorted(problems, key=_by_place):
                writer.writerow(map(_cell, astuple(problem)))
    except OSError as error:
        raise GraphmodelError(f"{path} cannot be written: {error.strerror}") from error


def _cell(value: str | int | None) -> Any:
    return defused(legible(value) if isinstance(value, str) else value)


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.row or 0, problem.column or ""
