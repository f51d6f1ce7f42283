"""What waits for a decision as a sheet to decide in: a name a row, with what it may be."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.names import normalised
from graphmodel.survey.form import LISTS
from graphmodel.survey.layout import add_styles, printed, put
from graphmodel.survey.lists import Choices
from loaders.survey.faults import Fault, FaultyDecisionsError, UnreadableFileError
from loaders.survey.opening import Grid, coordinate, open_file
from loaders.survey.questions import DROP, NEW, Question, plain, write_whole

TITLE = "To decide"
SAYS_NEW = frozenset({NEW, "something new", "none of these"})
"""Words for what is none of those that are known, as `graphmodel.names.normalised` has them."""
SAYS_DROP = frozenset({DROP, "nothing is meant"})
"""Words for what is no name at all, likewise."""
_SOMETHING_NEW, _NONE_OF_THESE = "Something new", "None of these"
_NOTHING = "Nothing is meant"
_PROMPT = "Choose, or write another name or id that is known. Leave it empty to decide later."
_KEYS = ("wave", "what", "name", "written in")
_DECISION = "decision"
_WIDTHS = {
    "Wave": 8,
    "What": 10,
    "Name": 44,
    "Written in": 34,
    "What is told of it": 44,
    "May be": 64,
    "Decision": 50,
}
"""Of the columns, in characters."""
RowKey = tuple[str, ...]


@dataclass(frozen=True)
class DecidedRow:
    """A row in which somebody decided.

    Attributes
    ----------
    key : tuple of str
        As from `row_key`.
    sheet, cell, text : str
        Where the decision stands, and what it is.

    Examples
    --------
    >>> DecidedRow(("2027",), "To decide", "G2", "new").fault("a.xlsx", "Not known.").cell
    'G2'
    """

    key: RowKey
    sheet: str
    cell: str
    text: str

    def fault(self, file: str, why: str) -> Fault:
        """Say that the decision cannot be taken.

        Parameters
        ----------
        file, why : str

        Returns
        -------
        Fault

        Examples
        --------
        >>> DecidedRow((), "To decide", "G2", "Fief").fault("a.xlsx", "Not known.").expected
        'what it may be, another name or id that is known, "new" or "drop"'
        """
        expected = 'what it may be, another name or id that is known, "new" or "drop"'
        return Fault(file, self.sheet, self.cell, self.text, expected, why)


def row_key(wave: str, question: Question) -> RowKey:
    """What a row is recognised by, whatever became of the rest of it.

    Parameters
    ----------
    wave : str
    question : Question

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> row_key("2027", Question("word", "role", "Leads", "survey-2027-angus", "Partners, row 6"))
    ('2027', 'word', 'leads', 'survey-2027-angus, partners, row 6')
    """
    return wave, question.kind, plain(question.text), question.written_in.casefold()


def write_questions(
    waiting: Sequence[tuple[str, Question]], path: Path, lists: Mapping[str, Choices]
) -> None:
    """Write what waits to a workbook, with a drop-down list a row.

    Parameters
    ----------
    waiting : sequence of (str, Question)
        With the wave.
    path : Path
        Where to; what is there is replaced.
    lists : mapping of str to Choices
        The closed lists: of a word, any other of its list can be chosen.

    Raises
    ------
    GraphmodelError
        If it cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_questions([], Path(folder, "to-decide.xlsx"), {})
    ...     list(read_decisions(Path(folder, "to-decide.xlsx")))
    []
    """
    book = Workbook()
    add_styles(book)
    page: Worksheet = book.worksheets[0]
    page.title = TITLE
    offers = book.create_sheet(LISTS)
    offers.sheet_state = "hidden"
    for at, (header, width) in enumerate(_WIDTHS.items(), 1):
        put(page.cell(1, at), header, "column")
        page.column_dimensions[get_column_letter(at)].width = width
    for number, (wave, question) in enumerate(waiting, 2):
        _write_row(page, number, wave, question)
        _offer(page, offers, number, _offered(question, lists))
    page.freeze_panes = "D2"
    page.print_title_rows = "1:1"
    printed(page, wide=False)
    book.properties.title, book.properties.language = TITLE, "en-GB"
    content = io.BytesIO()
    book.save(content)
    write_whole(path, content.getvalue())


def _write_row(page: Worksheet, number: int, wave: str, question: Question) -> None:
    near = [f"{one}: {one.told}" if one.told else str(one) for one in question.nearest]
    cells = (
        wave,
        question.kind,
        question.text,
        question.written_in,
        question.told,
        "\n".join(near),
    )
    for at, text in enumerate(cells, 1):
        put(page.cell(number, at), text, "ours")
    put(page.cell(number, len(_WIDTHS)), None, "to fill")
    page.row_dimensions[number].height = 16 * max(2, sum(len(one) // 60 + 1 for one in near))


def _offered(question: Question, lists: Mapping[str, Choices]) -> list[str]:
    """What can be chosen: what it may be, of a list the rest of it, none of these, or nothing."""
    near = list(map(str, question.nearest))
    if question.kind != "word":
        return [*near, _SOMETHING_NEW, _NOTHING]
    named = [one.name for one in question.nearest]
    rest = [shown for shown in lists[question.scope].shown if shown not in named]
    return [*named, *rest, _NONE_OF_THESE, _NOTHING]


def _offer(page: Worksheet, offers: Worksheet, number: int, offered: Sequence[str]) -> None:
    for at, text in enumerate(offered, 1):
        put(offers.cell(number, at), text, "line")
    last = get_column_letter(len(offered))
    rule = DataValidation("list", formula1=f"'{LISTS}'!$A${number}:${last}${number}")
    rule.promptTitle, rule.prompt = "Decision", _PROMPT
    rule.showInputMessage, rule.showErrorMessage, rule.allowBlank = True, False, True
    rule.add(page.cell(number, len(_WIDTHS)).coordinate)
    page.add_data_validation(rule)


def read_decisions(path: Path) -> Iterator[DecidedRow]:
    r"""Read the rows in which somebody decided.

    Parameters
    ----------
    path : Path
        The workbook, or its sheet as CSV.

    Yields
    ------
    DecidedRow

    Raises
    ------
    FaultyDecisionsError
        If it cannot be read, or has not the headers.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "to-decide.csv")
    ...     text = "wave,what,name,written_in,decision\n2027,word,Leads,here,lead\n"
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     [(row.key, row.text) for row in read_decisions(path)]
    [(('2027', 'word', 'leads', 'here'), 'lead')]
    """
    try:
        grids = open_file(path)
    except UnreadableFileError as error:
        fault = Fault(path.name, "", "", error.found, error.expected, error.advice)
        raise FaultyDecisionsError([fault]) from error
    for grid in grids:
        if columns := _columns(grid):
            return _rows(grid, columns)
    wanted = f"a sheet whose first row has {', '.join((*_KEYS, _DECISION))}"
    advice = "'graphmodel survey resolve --workbook FILE' writes one."
    raise FaultyDecisionsError([Fault(path.name, "", "", None, wanted, advice)])


def _columns(grid: Grid) -> dict[str, int]:
    """Where each header stands; empty if one is missing."""
    first = grid.rows.get(1, {})
    there = {normalised(cell.text.replace("_", " ")): at for at, cell in first.items()}
    wanted = (*_KEYS, _DECISION)
    return {one: there[one] for one in wanted} if there.keys() >= set(wanted) else {}


def _rows(grid: Grid, columns: dict[str, int]) -> Iterator[DecidedRow]:
    at = columns[_DECISION]
    for number in sorted(grid.rows):
        text = grid.at(number, at).text
        if number > 1 and text:
            wave, what, name, written_in = (grid.at(number, columns[one]).text for one in _KEYS)
            key = (wave, what, plain(name), written_in.casefold())
            yield DecidedRow(key, grid.title, coordinate(number, at), text)
