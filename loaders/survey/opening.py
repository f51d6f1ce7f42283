"""Opening what a council sent: a workbook or a CSV file, with everything in it in doubt.

A workbook is a zip of XML from somebody else's machine. Its size is looked at before
anything is unpacked, and nothing in it is calculated: of a formula only the result that
was saved with it is taken.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from loaders.files import BROKEN_ZIP
from loaders.survey.faults import UnreadableFileError

MOST_FILE_BYTES = 20_000_000
"""A form that is filled in has 50,000."""
MOST_PART_BYTES = 10_000_000
"""Largest sheet, unpacked: hundreds of times what a form has."""
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 20_000, 100
"""Rows and columns of a sheet that are looked at."""
_MAGIC_OLD = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_EXPECTED = "a workbook (.xlsx) or one of its sheets as CSV"
_SAVE = "Open it in Excel or LibreOffice and save it as .xlsx"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Attributes
    ----------
    value : object
        Text, number, date or nothing.
    format : str
        How a number or date is shown.
    formula : bool
        Whether it is the result of one.
    comment : str
        What somebody wrote beside it.

    Examples
    --------
    >>> Cell("  Angus ").text
    'Angus'
    """

    value: Any = None
    format: str = "General"
    formula: bool = False
    comment: str = ""

    @property
    def text(self) -> str:
        """What stands there as text, blanks taken off; whole numbers without a point.

        Examples
        --------
        >>> Cell(2013.0).text
        '2013'
        """
        value = self.value
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).replace("\xa0", " ").split(" ")).strip()

    def __bool__(self) -> bool:
        return bool(self.text) or self.formula


@dataclass
class Grid:
    """A sheet: cells by row and column, both from 1.

    Attributes
    ----------
    title : str
    rows : dict of int to dict of int to Cell
        Only what is not empty.

    Examples
    --------
    >>> Grid("Savings", {1: {1: Cell("Savings")}}).at(1, 2).text
    ''
    """

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place.

        Parameters
        ----------
        row, column : int

        Returns
        -------
        Cell

        Examples
        --------
        >>> Grid("Savings").at(1, 1).value is None
        True
        """
        return self.rows.get(row, {}).get(column, _EMPTY)


_EMPTY = Cell()


def open_file(path: Path) -> list[Grid]:
    """Read the sheets of a workbook, or the one of a CSV file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Grid

    Raises
    ------
    UnreadableFileError
        If it is neither, is broken, locked by a password, or of a size that no form has.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "answers.csv")
    ...     _ = path.write_text("Activity;Still operational?", encoding="utf-8")
    ...     open_file(path)[0].at(1, 2).text
    'Still operational?'
    """
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise UnreadableFileError(
                f"a file of more than {MOST_FILE_BYTES:,} bytes",
                _EXPECTED,
                "Take out pictures and empty rows, and save it again.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            "a file that cannot be read", _EXPECTED, f"{error.strerror}."
        ) from error
    if not content.strip():
        raise UnreadableFileError("an empty file", _EXPECTED, "Ask for it again.")
    if content[:2] == b"PK":
        return _workbook(content)
    _refuse_others(content)
    return [_comma_separated(content, path.stem)]


def _refuse_others(content: bytes) -> None:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_MAGIC_OLD):
        raise UnreadableFileError(
            "a workbook that is locked by a password, or an old .xls",
            "a workbook (.xlsx) without a password",
            f"{_SAVE}, without a password to open it.",
        )
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<head")):
        raise UnreadableFileError(
            "a web page or XML, whatever its name says", _EXPECTED, f"{_SAVE}."
        )
    if start.startswith(b"%pdf"):
        raise UnreadableFileError("a PDF", _EXPECTED, "Ask for the workbook itself.")
    if b"\0" in content[:2000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFileError("a file of another kind", _EXPECTED, f"{_SAVE}.")


def _workbook(content: bytes) -> list[Grid]:
    formulas = _looked_through(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True)
            written = load_workbook(io.BytesIO(content)) if formulas else None
    except Exception as error:  # The library has no error of its own for what it cannot read.
        raise UnreadableFileError(
            "a workbook that is broken", _EXPECTED, f"{_SAVE} anew, or ask for it again."
        ) from error
    grids = []
    for sheet in book.worksheets:
        source = written[sheet.title] if written is not None else None
        grids.append(_grid(sheet, source))
    return grids


def _looked_through(content: bytes) -> bool:
    """Refuse what would unpack to too much, or is no plain workbook; tell of formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "content.xml" in names and "mimetype" in names:
                raise UnreadableFileError(
                    "an OpenDocument spreadsheet (.ods)", _EXPECTED, f"{_SAVE} (Save As)."
                )
            if "[Content_Types].xml" not in names or not any("workbook" in name for name in names):
                raise UnreadableFileError(
                    "a zip that is no workbook", _EXPECTED, f"Unpack it first, or: {_SAVE}."
                )
            _refuse_large(parts)
            formulas = False
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    text = archive.read(part)
                    if _DOCTYPE.search(text.replace(b"\0", b"")):
                        raise UnreadableFileError(
                            "a workbook with definitions of its own in its XML",
                            _EXPECTED,
                            f"{_SAVE} anew.",
                        )
                    if "sheet" in part.filename and _FORMULA.search(text):
                        formulas = True
            return formulas
    except BROKEN_ZIP as error:
        raise UnreadableFileError(
            "a workbook that is broken", _EXPECTED, "Ask for it to be sent again."
        ) from error


def _refuse_large(parts: list[zipfile.ZipInfo]) -> None:
    large = [part for part in parts if part.file_size > MOST_PART_BYTES]
    if not large and len(parts) <= MOST_PARTS and _total(parts) <= 3 * MOST_PART_BYTES:
        return
    raise UnreadableFileError(
        f"a workbook that unpacks to {_total(parts):,} bytes",
        "the size of a form",
        "Often formatted empty rows: mark all rows below the last answer, delete them "
        "(Home, Delete, Delete Sheet Rows), and save it again.",
    )


def _total(parts: list[zipfile.ZipInfo]) -> int:
    return sum(part.file_size for part in parts)


def _grid(sheet: Worksheet, written: Worksheet | None) -> Grid:
    grid = Grid(sheet.title)
    width = min(sheet.max_column, MOST_COLUMNS)
    rows = sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=width)
    for number, cells in enumerate(rows, 1):
        for at, found in enumerate(cells, 1):
            # A text of an error, #REF!, is no answer.
            is_broken = found.data_type == "e"
            is_formula = written is not None and written.cell(number, at).data_type == "f"
            comment = found.comment.text.strip() if found.comment else ""
            if found.value is not None or is_formula or comment:
                value = None if is_broken else found.value
                cell = Cell(value, found.number_format, is_formula or is_broken, comment)
                grid.rows.setdefault(number, {})[at] = cell
    _fill_merged(sheet, grid)
    return grid


def _fill_merged(sheet: Worksheet, grid: Grid) -> None:
    """A value merged over several rows counts in each of them."""
    for area in sheet.merged_cells.ranges:
        top = grid.at(area.min_row, area.min_col)
        if top and area.max_row - area.min_row < MOST_ROWS:
            for row in range(area.min_row + 1, area.max_row + 1):
                if row in grid.rows:
                    grid.rows[row].setdefault(area.min_col, top)


def _comma_separated(content: bytes, title: str) -> Grid:
    text = _decoded(content)
    delimiter = _delimiter(text)
    grid = Grid(title)
    try:
        for number, cells in _records(text, delimiter):
            row = {at: Cell(value) for at, value in enumerate(cells, 1) if value.strip()}
            if row:
                grid.rows[number] = row
    except csv.Error as error:
        raise UnreadableFileError(
            f"a text that is not CSV ({error})", _EXPECTED, f"{_SAVE}."
        ) from error
    return grid


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(reader, 1):
        if number > MOST_ROWS:
            return
        yield number, cells[:MOST_COLUMNS]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel for Windows writes as "CSV".
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one that divides the headers: the longest of the first rows."""
    lines: Mapping[str, int] = {
        sign: max((line.count(sign) for line in text.splitlines()[:40]), default=0)
        for sign in (",", ";", "\t")
    }
    return max(lines, key=lambda sign: lines[sign])


def coordinate(row: int, column: int) -> str:
    """A cell as spreadsheets call it.

    Parameters
    ----------
    row, column : int
        From 1.

    Returns
    -------
    str

    Examples
    --------
    >>> coordinate(12, 3)
    'C12'
    """
    return f"{get_column_letter(column)}{row}"
