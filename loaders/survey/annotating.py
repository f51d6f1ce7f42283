"""A marked-up copy of a workbook, for sending back: comments where something is wrong."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.errors import GraphmodelError
from graphmodel.survey.layout import add_styles, printed, put
from loaders.survey.faults import Fault, UnreadableFileError, by_place
from loaders.survey.opening import Grid, open_file

TITLE = "To put right"
_PUT_RIGHT, _CHECK = "Please put right: ", "Please check: "
_AUTHOR = "Survey"
_HEADERS = ("Sheet", "Cell", "What is to be done", "Found", "Expected", "Advice")


def annotate(path: Path, faults: Iterable[Fault], folder: Path) -> Path | None:
    """Write a copy of a file with its faults as comments, and as a list on a first sheet.

    Parameters
    ----------
    path : Path
        The file; a CSV file becomes a workbook.
    faults : iterable of Fault
        Those of this file.
    folder : Path
        Where to; made if it does not exist.

    Returns
    -------
    Path or None
        None where there is nothing to say, or the file cannot be opened at all.

    Raises
    ------
    GraphmodelError
        If the copy cannot be written.

    Examples
    --------
    >>> annotate(Path("angus.xlsx"), [], Path("nowhere")) is None
    True
    """
    told = sorted(faults, key=lambda fault: (not fault.is_error, by_place(fault)))
    if not told:
        return None
    try:
        grids = open_file(path)
    except UnreadableFileError:
        return None
    book = _copied(path, grids)
    by_cell: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in told:
        if fault.sheet in book.sheetnames and fault.cell:
            by_cell[fault.sheet, fault.cell].append(fault)
    for (title, cell), those in by_cell.items():
        _comment(book[title], cell, those)
    _list(book, told)
    target = folder / f"{path.stem}-to-put-right.xlsx"
    content = io.BytesIO()
    book.save(content)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.getvalue())
    except OSError as error:
        raise GraphmodelError(f"{target} cannot be written: {error.strerror}") from error
    return target


def without_ours(comment: str) -> str:
    r"""Take our own words out of a comment, which come back with a marked-up copy.

    Parameters
    ----------
    comment : str

    Returns
    -------
    str

    Examples
    --------
    >>> without_ours("We left in 2022.\nPlease check: nothing found: expected Yes.")
    'We left in 2022.'
    """
    lines = (line for line in comment.splitlines() if not line.startswith((_PUT_RIGHT, _CHECK)))
    return "\n".join(lines).strip()


def is_ours(grid: Grid) -> bool:
    """Whether a sheet is the list that a marked-up copy begins with, whatever it is called.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    bool

    Examples
    --------
    >>> is_ours(Grid("Savings"))
    False
    """
    headers = tuple(grid.at(1, at).text for at in range(1, len(_HEADERS) + 1))
    return grid.title == TITLE or headers == _HEADERS


def _copied(path: Path, grids: list[Grid]) -> Workbook:
    """The workbook as it came; one made of its rows where it came as CSV."""
    content = path.read_bytes()
    if content[:2] == b"PK":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content))
    book = Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = grids[0].title[:31]
    for number, row in grids[0].rows.items():
        for at, cell in row.items():
            page.cell(number, at).value = cell.text
            page.cell(number, at).data_type = "s"
    return book


def _comment(page: Worksheet, cell: str, faults: list[Fault]) -> None:
    place = page[cell]
    if isinstance(place, MergedCell):
        area = next(one for one in page.merged_cells.ranges if cell in one)
        place = page.cell(area.min_row, area.min_col)
    words = "\n".join(
        f"{_PUT_RIGHT if fault.is_error else _CHECK}{fault.words}" for fault in faults
    )
    before = without_ours(place.comment.text) if place.comment else ""
    place.comment = Comment(f"{before}\n{words}".strip(), _AUTHOR, height=120, width=320)


def _list(book: Workbook, faults: list[Fault]) -> None:
    """All of them on the first sheet, each with a link to its cell."""
    if TITLE in book.sheetnames:
        del book[TITLE]
    page = book.create_sheet(TITLE, 0)
    names = {style if isinstance(style, str) else style.name for style in book.named_styles}
    if "to fill" not in names:
        add_styles(book)
    widths = (26, 8, 20, 40, 60, 60)
    for at, (header, width) in enumerate(zip(_HEADERS, widths, strict=True), 1):
        put(page.cell(1, at), header, "column")
        page.column_dimensions[get_column_letter(at)].width = width
    for number, fault in enumerate(faults, 2):
        what = "Put right" if fault.is_error else "Check"
        found = "nothing" if fault.found is None else fault.found
        texts = (fault.sheet, fault.cell, what, found, fault.expected, fault.advice)
        for at, text in enumerate(texts, 1):
            put(page.cell(number, at), text, "ours")
        if fault.sheet in book.sheetnames and fault.cell:
            quoted = fault.sheet.replace("'", "''")
            page.cell(number, 2).hyperlink = f"#'{quoted}'!{fault.cell}"
    page.freeze_panes = "A2"
    printed(page, wide=False)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is page
