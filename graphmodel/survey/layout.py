"""How the workbook looks and behaves: styles, drop-down lists, protection, printing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.foreign_text import fit_for_xml
from graphmodel.survey.form import HEADER_ROW, LISTS
from graphmodel.survey.parts import REQUIRED, Field, Sheet

FONT = "Arial"
_LINE = Side(style="thin", color="8C8C8C")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(wrap_text=True, vertical="top")
_MOST_CELL = 32_000
"""Characters that a cell may hold, with some room."""
_A3, _A4 = "8", "9"
_OPEN_LISTS = frozenset({"activity"})
"""Lists that help to write a name, and do not forbid another."""


def _solid(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def add_styles(book: Workbook) -> None:
    """Give a workbook the styles of the form; contrast is at least 7 to 1.

    Parameters
    ----------
    book : Workbook

    Notes
    -----
    WCAG 2.2, success criterion 1.4.6.

    Examples
    --------
    >>> book = Workbook()
    >>> add_styles(book)
    >>> "to fill" in book.named_styles
    True
    """
    for name, font, fill, locked in (
        ("heading", Font(name=FONT, size=16, bold=True, color="1F3864"), None, True),
        ("line", Font(name=FONT, size=11), None, True),
        ("column", Font(name=FONT, size=11, bold=True, color="FFFFFF"), "1F3864", True),
        ("ours", Font(name=FONT, size=11), "EDEDED", True),
        ("to fill", Font(name=FONT, size=11), "FFFBE6", False),
    ):
        style = NamedStyle(name, font=font, protection=Protection(locked=locked))
        if fill is not None:
            style.fill, style.border, style.alignment = _solid(fill), _BOX, _TOP
            style.number_format = "@" if name == "to fill" else "General"
        book.add_named_style(style)


def put(cell: Cell | MergedCell, value: Any, style: str) -> None:
    """Fill a cell; a text stays a text, also where it looks like a formula.

    Parameters
    ----------
    cell : Cell
    value : object
    style : str
        One of those of `add_styles`.

    Examples
    --------
    >>> book = Workbook()
    >>> add_styles(book)
    >>> put(book.active["A1"], "=1+1", "ours")
    >>> book.active["A1"].data_type
    's'
    """
    cell.style = style
    if isinstance(value, str):
        cell.value = fit_for_xml(value)[:_MOST_CELL]
        cell.data_type = "s"
    elif value is not None:
        cell.value = value


def add_lists(book: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
    """Write the closed lists on a hidden sheet, each with a name that cells can refer to.

    Parameters
    ----------
    book : Workbook
    lists : mapping of str to sequence of str

    Examples
    --------
    >>> book = Workbook()
    >>> add_lists(book, {"basis": ["Projected", "Realised"]})
    >>> book.defined_names["list_basis"].attr_text
    "'Lists'!$A$2:$A$3"
    """
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for number, (name, entries) in enumerate(lists.items(), 1):
        for row, text in enumerate([name, *entries], 1):
            cell = sheet.cell(row, number, fit_for_xml(text))
            cell.data_type = "s"
        letter = get_column_letter(number)
        area = f"'{LISTS}'!${letter}$2:${letter}${max(2, len(entries) + 1)}"
        book.defined_names[f"list_{name}"] = DefinedName(f"list_{name}", attr_text=area)
    sheet.protection.enable()


def _date_formula(cell: str) -> str:
    """Accept a year, a month or a day, as text or as a real date."""
    return (
        f"OR(AND(LEN({cell})=4,ISNUMBER(VALUE({cell}))),"
        f'AND(LEN({cell})=7,ISNUMBER(DATEVALUE({cell}&"-01"))),'
        f"AND(LEN({cell})=10,ISNUMBER(DATEVALUE({cell}))),"
        f"AND(ISNUMBER({cell}),{cell}>18000))"
    )


def validation(field: Field, first: str) -> DataValidation | None:
    """What a column accepts, and what it says when a cell is entered.

    Parameters
    ----------
    field : Field
    first : str
        Its first cell, ``B6``.

    Returns
    -------
    DataValidation or None
        None for a column that is ours.

    Examples
    --------
    >>> validation(Field("basis", "Basis", "choice", "basis"), "B6").formula1
    'list_basis'
    """
    if field.locked:
        return None
    options: dict[str, Any] = {"allow_blank": True}
    if field.choices:
        # True hides the arrow: the file format has it the wrong way round.
        options |= {"type": "list", "formula1": f"list_{field.choices}", "showDropDown": False}
    elif field.what == "date":
        options |= {"type": "custom", "formula1": _date_formula(first)}
    elif field.what == "amount":
        options |= {"type": "custom", "formula1": f"ISNUMBER(VALUE({first}))"}
    rule = DataValidation(**options)
    rule.promptTitle = field.header[:32]
    rule.prompt = ("Required. " if field.required else "") + (field.prompt or "Free text.")
    rule.showInputMessage = True
    rule.errorTitle = "This cannot be read"
    rule.error = field.prompt or "Please choose from the list."
    rule.showErrorMessage = bool(options.keys() - {"allow_blank"})
    if field.choices in _OPEN_LISTS:
        rule.showErrorMessage = False
    return rule


def head(page: Worksheet, sheet: Sheet, lines: Sequence[str]) -> None:
    """Write what stands above a sheet's rows, and the row of column headers.

    Parameters
    ----------
    page : Worksheet
    sheet : Sheet
        As declared.
    lines : sequence of str
        At most three.

    Examples
    --------
    >>> from graphmodel.survey.form import FORMS
    >>> book = Workbook()
    >>> add_styles(book)
    >>> head(book.active, FORMS["2"].sheet("savings"), ["One row an amount."])
    >>> book.active["B5"].value
    'Amount in pounds (required)'
    """
    put(page["A1"], sheet.heading, "heading")
    for row, text in enumerate(lines, 2):
        put(page.cell(row, 1), text, "line")
    page.row_dimensions[1].height = 24
    widest = 1.0
    for number, field in enumerate(sheet.fields, 1):
        put(page.cell(HEADER_ROW, number), field.printed, "column")
        column = page.column_dimensions[get_column_letter(number)]
        column.width = field.width
        column.hidden = field.what == "reference"
        widest = max(widest, len(field.printed) / (field.width - 3))
    page.row_dimensions[HEADER_ROW].height = 16 * (int(widest) + 1)


def finish(page: Worksheet, sheet: Sheet, last: int) -> None:
    """Make a sheet's rows a table with lists, checks, protection and repeated headers.

    Parameters
    ----------
    page : Worksheet
        With its rows.
    sheet : Sheet
        As declared.
    last : int
        Number of its last row.

    Examples
    --------
    >>> from graphmodel.survey.form import FORMS
    >>> book, savings = Workbook(), FORMS["2"].sheet("savings")
    >>> add_styles(book)
    >>> head(book.active, savings, [])
    >>> finish(book.active, savings, 10)
    >>> book.active.tables["Savings"].ref, book.active.freeze_panes
    ('A5:F10', 'B6')
    """
    width = get_column_letter(len(sheet.fields))
    table = Table(
        displayName=re.sub(r"\W", "", sheet.title.title()),
        ref=f"A{HEADER_ROW}:{width}{last}",
        tableStyleInfo=TableStyleInfo(name=None, showRowStripes=False),
    )
    page.add_table(table)
    for number, field in enumerate(sheet.fields, 1):
        letter = get_column_letter(number)
        rule = validation(field, f"{letter}{HEADER_ROW + 1}")
        if rule is not None:
            rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
            page.add_data_validation(rule)
    page.freeze_panes = f"B{HEADER_ROW + 1}"
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.print_title_cols = "A:A"
    protect(page)
    printed(page, wide=len(sheet.fields) > 12)


def protect(page: Worksheet) -> None:
    """Lock all but the cells to fill, without a password.

    Parameters
    ----------
    page : Worksheet

    Examples
    --------
    >>> page = Workbook().active
    >>> protect(page)
    >>> page.protection.sheet, page.protection.password
    (True, None)
    """
    protection = page.protection
    protection.enable()
    protection.formatColumns = protection.formatRows = protection.autoFilter = False


def printed(page: Worksheet, *, wide: bool) -> None:
    """Fit a sheet to paper: one page wide, a very wide one two of the larger size.

    Parameters
    ----------
    page : Worksheet
    wide : bool

    Examples
    --------
    >>> page = Workbook().active
    >>> printed(page, wide=False)
    >>> page.page_setup.orientation
    'landscape'
    """
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A3 if wide else _A4
    page.page_setup.fitToWidth = 2 if wide else 1
    page.page_setup.fitToHeight = 0
    if page.sheet_properties.pageSetUpPr is not None:
        page.sheet_properties.pageSetUpPr.fitToPage = True
    footer: HeaderFooterItem | None = page.oddFooter
    if footer is not None:
        footer.left.text, footer.right.text = "&A", "Page &P of &N"


def required_mark(text: str) -> str:
    """Take the mark that a column is required off its header.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> required_mark("Basis (required)")
    'Basis'
    """
    return text.strip().removesuffix(REQUIRED).strip()
