"""Reading one CSV file of a data package, row by row, into texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TextIO

from graphmodel.pile import Pile
from loaders.problems import Problem

MOST_CELL_CHARACTERS = 100_000
MOST_ROW_CHARACTERS = 5_000_000
HELD_ROWS = 120_000
"""Rows of a file that stay in memory; further ones wait on the disk."""
MOST_COLUMNS = 200
"""Several times what the widest table has."""
MOST_MALFORMED = 1_000
"""Rows that cannot be read, after which the rest of a file is not looked at."""


@dataclass
class Table:
    """The rows of one CSV file, as texts.

    Attributes
    ----------
    name, file : str
        Of the table, and the path of its file within the package.
    columns : list of str
        The header, without blanks around the names; none twice.
    rows : collection of (int, list of str)
        Each with as many cells as there are columns; the header is row 1.

    Examples
    --------
    >>> Table("borders", "borders.csv", ["council"], [(2, ["Angus"])]).rows
    [(2, ['Angus'])]
    """

    name: str
    file: str
    columns: list[str]
    rows: Collection[tuple[int, list[str]]]
    """Row number as a spreadsheet shows it, and the cells."""


def read_table(
    name: str, path: str, file: IO[bytes]
) -> tuple[Table | None, list[Problem], set[str]]:
    r"""Read a CSV file whole.

    Parameters
    ----------
    name, path : str
        Of the table, and of its file within the package.
    file : binary file
        Open, for reading.

    Returns
    -------
    table : Table or None
        None where the file as a whole cannot be read.
    problems : list of Problem
        What is wrong with its form.
    malformed : set of str
        Cells of rows that were left out, as they may be names of something.

    Examples
    --------
    >>> file = io.BytesIO(b"council,km\nAngus,5\n")
    >>> table, _, _ = read_table("borders", "borders.csv", file)
    >>> table.rows
    [(2, ['Angus', '5'])]
    """
    reading = _Reading(name, path)
    try:
        return reading.read(file), reading.problems, reading.malformed
    except _UnreadableError as error:
        return None, error.problems, set()


class _UnreadableError(Exception):
    """Why a file as a whole cannot be read."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*map(str, problems))
        self.problems = list(problems)


class _Reading:
    """One file while it is read."""

    def __init__(self, name: str, path: str) -> None:
        self._name = name
        self._path = path
        self._lines = 0
        self._unfinished = 0
        """Characters since the last whole row."""
        self.problems: list[Problem] = []
        self.malformed: set[str] = set()

    def read(self, file: IO[bytes]) -> Table:
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            records = self._records(text)
            header = next((record for _, record in records if record), None)
            if header is None:
                raise self._unreadable(1, "the file is empty: expected a header row")
            columns = self._columns(header)
            rows = Pile(self._rows(records, len(columns)), held=HELD_ROWS)
            return Table(self._name, self._path, columns, rows)

    def _rows(
        self, records: Iterable[tuple[int, list[str]]], width: int
    ) -> Iterator[tuple[int, list[str]]]:
        for number, cells in records:
            # Joining all cells to see that a row is no blank one would double the time.
            if len(cells) == width and cells[0].strip():
                yield number, cells
            elif "".join(cells).strip():
                if len(cells) == width:
                    yield number, cells
                else:
                    self._leave_out(number, cells, width)

    def _records(self, text: TextIO) -> Iterator[tuple[int, list[str]]]:
        """Rows, each with its number; what is not CSV or no text ends the reading."""
        csv.field_size_limit(MOST_CELL_CHARACTERS)
        number = 0
        try:
            for number, record in enumerate(csv.reader(self._lines_of(text), strict=True), 1):
                self._unfinished = 0
                yield number, record
        except UnicodeDecodeError as error:
            row = self._lines + 1 + error.object[: error.start].count(b"\n")
            byte = f"byte 0x{error.object[error.start]:02x}"
            advice = 'Save it as "CSV UTF-8".'
            raise self._unreadable(row, "the file is not in UTF-8", advice, byte) from None
        except csv.Error as error:
            is_too_long = "field limit" in str(error)
            advice = "" if is_too_long else "Look for a double quote that is not closed or doubled."
            message = f"this is not valid CSV ({error})"
            raise self._unreadable(number + 1, message, advice) from None

    def _lines_of(self, text: TextIO) -> Iterator[str]:
        """The lines of a file, as long as a row does not grow beyond all reason."""
        while line := text.readline(MOST_ROW_CHARACTERS + 1):
            self._unfinished += len(line)
            if self._unfinished > MOST_ROW_CHARACTERS:
                raise csv.Error(f"row of more than {MOST_ROW_CHARACTERS:,} characters")
            yield line
            self._lines += 1

    def _columns(self, header: list[str]) -> list[str]:
        columns = [column.strip() for column in header]
        if len(columns) == 1 and ";" in columns[0]:
            advice = 'Save it as "CSV UTF-8 (comma delimited)".'
            message = "the columns are separated by semicolons"
            raise self._unreadable(1, message, advice, columns[0])
        if len(columns) > MOST_COLUMNS:
            message = f"there are {len(columns):,} columns: expected at most {MOST_COLUMNS}"
            raise self._unreadable(1, message)
        repeated = sorted({column for column in columns if columns.count(column) > 1})
        if repeated:
            message = "two columns have this name"
            raise _UnreadableError(
                *(Problem(self._path, 1, column, None, message) for column in repeated)
            )
        return columns

    def _leave_out(self, number: int, cells: list[str], expected: int) -> None:
        if len(self.problems) == MOST_MALFORMED:
            message = f"{MOST_MALFORMED:,} rows before this one could not be read"
            advice = "The rest was not looked at. Is this file the table?"
            raise self._unreadable(number, message, advice)
        message = f"the row has {len(cells)} cells where the header has {expected}"
        advice = "Put cells with commas in double quotes."
        self.problems.append(Problem(self._path, number, None, None, message, advice))
        self.malformed.update(cell.strip() for cell in cells[:MOST_COLUMNS])

    def _unreadable(
        self, row: int, message: str, advice: str = "", value: str | None = None
    ) -> _UnreadableError:
        return _UnreadableError(Problem(self._path, row, None, value, message, advice))
