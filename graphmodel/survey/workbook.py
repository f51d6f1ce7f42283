"""Making the workbook that a council fills in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.errors import GraphmodelError
from graphmodel.names import slug
from graphmodel.store import Store
from graphmodel.store.lookup import known_names, name_index
from graphmodel.survey.asked import note_asked
from graphmodel.survey.form import ABOUT, COVER, FORMS, HEADER_ROW, LATEST
from graphmodel.survey.known import Activity, known_activities, labelled
from graphmodel.survey.layout import add_lists, add_styles, finish, head, printed, protect, put
from graphmodel.survey.lists import Choices, lists_of
from graphmodel.survey.parts import Form, Sheet

SCOPE = (
    "Anything that your council does together with another council or another "
    "public body, or for it: a shared service, a joint board or company, a joint team or post, a "
    "joint purchase, a shared building or system. It counts when it runs, as a pilot too, or has "
    "been agreed.",
    "Not: contracts with private firms alone, grants to voluntary bodies, "
    "meetings without joint work, and what the law makes every council do with the same partners, "
    "unless you do more than it asks.",
)
_HOW = (
    "1. Known activities: for each one that we have on record for you, is it still operational? "
    "Please correct what is wrong.",
    "2. New activities: what you share that we do not have on record.",
    "3. Partners: who takes part in each, and in what role.",
    "4. Benefits and challenges, and 5. Savings: what you can say of them, as far as you know.",
)
_FILLING = (
    "Cells on a pale yellow ground are yours to fill; grey ones are what we hold. The header of a "
    "column that we need says (required).",
    "Dates may be partial: 2013, 2013-06 or 2013-06-01. Cells with an arrow have a list; Alt and "
    "Down open it.",
    "The sheets are protected against slips only. There is no password: Review, Unprotect Sheet. "
    "Please leave the header rows as they are.",
    "If you have nothing to report, please send it back all the same with the date filled in.",
)
_OURS = ("activity", "partner")
"""What is not to be changed in rows of partners that we hold; roles can be corrected."""
TRIAL = "Made for a trial: not a real return."


@dataclass(frozen=True)
class Outgoing:
    """What a workbook is made from.

    Attributes
    ----------
    wave : str
        Such as "2027".
    council, name : str
        Id and name of the council.
    activities : sequence of Activity
        What we hold.
    lists : dict of str to Choices
        As from `graphmodel.survey.lists.lists_of`.
    made : bool
        Whether it is for a trial, and is never to be taken for a real return.
    version : str
        Of the form.

    Examples
    --------
    >>> Outgoing("2027", "GB-LAS-ANS", "Angus", (), {}).file_name
    'survey-2027-angus.xlsx'
    """

    wave: str
    council: str
    name: str
    activities: Sequence[Activity]
    lists: dict[str, Choices]
    made: bool = False
    version: str = LATEST

    @property
    def slug(self) -> str:
        """The council in the names of files and documents.

        Examples
        --------
        >>> Outgoing("2027", "GB-LAS-PKN", "Perth and Kinross", (), {}).slug
        'perth-and-kinross'
        """
        return slug(self.name)

    @property
    def file_name(self) -> str:
        """What the workbook is called.

        Examples
        --------
        >>> Outgoing("2027", "GB-LAS-EDH", "City of Edinburgh", (), {}).file_name
        'survey-2027-edinburgh.xlsx'
        """
        return f"survey-{self.wave}-{self.slug}.xlsx"

    @property
    def form(self) -> Form:
        """The form in its version.

        Examples
        --------
        >>> Outgoing("2027", "GB-LAS-ANS", "Angus", (), {}).form.version
        '2'
        """
        return FORMS[self.version]


def export_workbooks(
    store: Store,
    wave: str,
    folder: Path,
    councils: Sequence[str] = (),
    *,
    made: bool = False,
    version: str = LATEST,
    asked: Path | None = None,
) -> list[Path]:
    """Write one workbook a council, filled with what the store holds of it.

    Parameters
    ----------
    store : Store
        An open store.
    wave : str
        Four digits.
    folder : Path
        Where to write; made if it does not exist.
    councils : sequence of str
        Ids, names or aliases; all councils by default.
    made : bool
        Mark them as made for a trial.
    version : str
        Of the form.
    asked : Path, optional
        Where to keep who was asked, as from `graphmodel.survey.asked.surveys_folder`.

    Returns
    -------
    list of Path

    Raises
    ------
    GraphmodelError
        If a council is not known, nothing is loaded, or a file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in export_workbooks(store, "2027", Path(folder), ["Angus"])]
    ['survey-2027-angus.xlsx']
    """
    require_wave(wave)
    index = name_index(store, "Council")
    chosen = [index.resolve(name, ["Council"]) for name in councils]
    chosen = chosen or known_names(store, ["Council"])
    if not chosen:
        raise GraphmodelError("No council is loaded yet: 'graphmodel load' loads the 32.")
    known, lists = known_activities(store), lists_of(store)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for council in dict.fromkeys(chosen):
            outgoing = Outgoing(
                wave, council.id, council.name, known[council.id], lists, made, version
            )
            path = folder / outgoing.file_name
            path.write_bytes(workbook_bytes(outgoing))
            written.append(path)
    except OSError as error:
        raise GraphmodelError(f"{folder} cannot be written to: {error.strerror}") from error
    if asked is not None:
        note_asked(asked, wave, (council.id for council in chosen))
    return written


def require_wave(wave: str) -> None:
    """Refuse a wave that is not a year.

    Parameters
    ----------
    wave : str

    Raises
    ------
    GraphmodelError

    Examples
    --------
    >>> require_wave("next year")
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: The wave 'next year' is not a year: try --wave 2027.
    """
    if not (len(wave) == 4 and wave.isascii() and wave.isdigit() and wave > "1899"):
        raise GraphmodelError(f"The wave {wave[:40]!r} is not a year: try --wave 2027.")


def workbook_bytes(outgoing: Outgoing) -> bytes:
    """Make a workbook.

    Parameters
    ----------
    outgoing : Outgoing

    Returns
    -------
    bytes
        Of an ``.xlsx`` file.

    Examples
    --------
    >>> workbook_bytes(Outgoing("2027", "GB-LAS-ANS", "Angus", (), lists_of(store)))[:2]
    b'PK'
    """
    book = Workbook()
    add_styles(book)
    page: Worksheet = book.worksheets[0]
    page.title = COVER
    _cover(page, outgoing)
    for sheet in outgoing.form.sheets:
        _rows_sheet(book.create_sheet(sheet.title), sheet, outgoing)
    _about(book.create_sheet(ABOUT), outgoing)
    shown = {name: list(choices.shown) for name, choices in outgoing.lists.items()}
    add_lists(book, {**shown, "activity": list(labelled(outgoing.activities))})
    about = book.properties
    about.title = f"Survey of shared services {outgoing.wave}: {outgoing.name}"
    about.subject = TRIAL if outgoing.made else "Survey of shared services"
    about.creator, about.language = "graphmodel", "en-GB"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _cover(page: Worksheet, outgoing: Outgoing) -> None:
    """What is asked, what counts, how to fill it in, and who answers."""
    title = f"Survey of shared services {outgoing.wave}: {outgoing.name}"
    put(page["A1"], title, "heading")
    page.row_dimensions[1].height = 24
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 100
    row = 2
    facts = [("Council", outgoing.name), ("Wave", outgoing.wave)]
    if outgoing.made:
        facts.append(("Note", TRIAL))
    for label, text in facts:
        put(page.cell(row, 1), label, "column")
        put(page.cell(row, 2), text, "ours")
        row += 1
    for field in outgoing.form.cover:
        put(page.cell(row, 1), field.printed, "column")
        put(page.cell(row, 2), None, "to fill")
        page.cell(row, 2).number_format = "yyyy-mm-dd" if field.what == "date" else "@"
        page.add_data_validation(_cover_rule(field.what, field.header, field.prompt, row))
        row += 1
    for heading, lines in (
        ("What we ask", _HOW),
        ("What counts", SCOPE),
        ("How to fill it in", _FILLING),
    ):
        for number, line in enumerate(lines):
            put(page.cell(row, 1), None if number else heading, "column")
            put(page.cell(row, 2), line, "ours")
            page.row_dimensions[row].height = 15 * (len(line) // 115 + 1) + 3
            row += 1
    page.freeze_panes = "A2"
    protect(page)
    printed(page, wide=False)


def _cover_rule(what: str, header: str, prompt: str, row: int) -> DataValidation:
    if what == "date":
        rule = DataValidation("date", operator="greaterThan", formula1="DATE(1990,1,1)")
        rule.error, rule.errorTitle = "Please give a day, as 2027-03-31.", "This cannot be read"
        rule.showErrorMessage = True
    else:
        rule = DataValidation()
    rule.promptTitle, rule.prompt = header[:32], prompt or "Free text."
    rule.showInputMessage, rule.allowBlank = True, True
    rule.add(f"B{row}")
    return rule


def _rows_sheet(page: Worksheet, sheet: Sheet, outgoing: Outgoing) -> None:
    lines = sheet.lines
    if sheet.key == "known" and not outgoing.activities:
        lines = (
            "We have no activity of your council on record. Please go on to the sheet "
            f"{outgoing.form.sheet('new').title}.",
        )
    head(page, sheet, lines)
    row = HEADER_ROW
    for values in _held(sheet, outgoing):
        row += 1
        longest = 1
        for number, field in enumerate(sheet.fields, 1):
            value = values.get(field.key)
            ours = field.locked or (sheet.key == "partners" and field.key in _OURS)
            put(page.cell(row, number), value, "ours" if ours else "to fill")
            if value and field.what != "reference":
                longest = max(longest, -(-len(value) * 10 // (field.width * 11)))
        page.row_dimensions[row].height = min(15 * longest + 3, 400)
    empty = sheet.blank if sheet.blank else int(row == HEADER_ROW)
    for _ in range(empty):
        row += 1
        for number, field in enumerate(sheet.fields, 1):
            put(page.cell(row, number), None, "ours" if field.locked else "to fill")
    finish(page, sheet, row)


def _held(sheet: Sheet, outgoing: Outgoing) -> Iterator[dict[str, str]]:
    """What the rows of a sheet are filled with, by key of the column."""
    for label, activity in labelled(outgoing.activities).items():
        if sheet.key == "known":
            yield _known_row(sheet, outgoing, label, activity)
        elif sheet.key == "partners":
            for party in activity.parties:
                role = outgoing.lists["role"].label(party.role)
                yield {"activity": label, "partner": party.name, "role": role}


def _known_row(sheet: Sheet, outgoing: Outgoing, label: str, activity: Activity) -> dict[str, str]:
    row = {"name": label, "reference": reference(outgoing.wave, outgoing.council, activity.id)}
    for field in sheet.fields:
        if field.key.endswith("_held"):
            value: Any = getattr(activity, field.key.removesuffix("_held"))
            choices = outgoing.lists[field.choices] if field.choices else None
            shown = choices.label(value) if choices else value
            if shown:
                row[field.key] = shown
    return row


def reference(wave: str, council: str, activity: str) -> str:
    """What a row carries so that it can be recognised wherever it ends up.

    Parameters
    ----------
    wave, council, activity : str
        The year, and ids.

    Returns
    -------
    str

    Examples
    --------
    >>> reference("2027", "GB-LAS-ANS", "roads")
    '2027/GB-LAS-ANS/roads'
    """
    return f"{wave}/{council}/{activity}"


def _about(page: Worksheet, outgoing: Outgoing) -> None:
    """The hidden sheet: which form this is, and what was asked."""
    page.sheet_state = "hidden"
    facts = (
        ("form version", outgoing.version),
        ("wave", outgoing.wave),
        ("council id", outgoing.council),
        ("council", outgoing.name),
        ("purpose", "trial" if outgoing.made else "survey"),
        ("made on", date.today().isoformat()),
    )
    rows = [*facts, ("asked", "name")]
    rows += [(one.id, label) for label, one in labelled(outgoing.activities).items()]
    for number, (key, value) in enumerate(rows, 1):
        put(page.cell(number, 1), key, "line")
        put(page.cell(number, 2), value, "line")
    page.protection.enable()
