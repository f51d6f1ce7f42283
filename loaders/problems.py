"""What is wrong with a file, said so that its owner can put it right."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from graphmodel.errors import GraphmodelError

SHOWN_VALUE = 80
"""Characters of a faulty value that a message repeats."""
SHOWN_PROBLEMS = 50
"""Problems that an error message lists; the rest is counted."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    advice: str = ""

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        shown = f" {shortened(self.value)!r}:" if self.value is not None else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{', '.join(place)}:{shown} {self.problem}.{advice}"


class RejectedDataError(GraphmodelError):
    """A data package has problems, and nothing of it was written."""

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
    """Cut a value so that a message stays readable, and show what is not printable."""
    visible = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value)
    return visible if len(visible) <= SHOWN_VALUE else visible[:SHOWN_VALUE] + "…"


def write_rejects(path: Path, problems: Iterable[Problem]) -> None:
    """Write problems as CSV, one a row, for working through them in a spreadsheet."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.name for column in fields(Problem)])
            for problem in sorted(problems, key=_by_place):
                writer.writerow(["" if cell is None else cell for cell in astuple(problem)])
    except OSError as error:
        raise GraphmodelError(f"{path} cannot be written: {error.strerror}") from error


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.row or 0, problem.column or ""
