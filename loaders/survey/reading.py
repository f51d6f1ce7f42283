"""Reading a file that a council sent back into what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from graphmodel.dates import financial_period, period
from graphmodel.names import normalised
from graphmodel.survey.answers import Answer, FindingAnswer, Party, SavingAnswer
from graphmodel.survey.form import FORMS, LATEST
from loaders.survey.context import Context, tell_whose
from loaders.survey.faults import Fault, UnreadableFileError
from loaders.survey.filled import Draft, Filled, check_span
from loaders.survey.gathering import Activities, without_id
from loaders.survey.opening import coordinate, open_file
from loaders.survey.package import GOES_ON
from loaders.survey.placeholders import is_placeholder, says_none
from loaders.survey.questions import DROP, Question
from loaders.survey.recognise import Recognised, recognise
from loaders.survey.row import Row
from loaders.survey.values import read_date

_FACTS = (
    ("role", "role"),
    ("category", "category"),
    ("type", "type"),
    ("reach", "reach"),
    ("region", "region"),
    ("mechanism", "mechanism"),
    ("spectrum", "spectrum"),
)
"""Keys of the fields that draw on a list, and the lists."""


def read_return(path: Path, context: Context, name: str = "") -> Filled:
    """Read a file, finding all that is wrong with it.

    Parameters
    ----------
    path : Path
    context : Context
    name : str
        What messages call the file; its own name by default.

    Returns
    -------
    Filled
        With errors, if it cannot be loaded.

    Examples
    --------
    >>> from graphmodel.names import NameIndex
    >>> from loaders.survey.questions import Decisions
    >>> filled = read_return(Path("nowhere.xlsx"), Context({}, NameIndex([]), Decisions(None)))
    >>> print(filled.faults[0])
    nowhere.xlsx: found 'a file that cannot be read': expected a workbook ... No such file ...
    """
    filled = Filled(name or path.name)
    try:
        recognised = recognise(open_file(path), filled.file)
    except UnreadableFileError as error:
        fault = Fault(filled.file, "", "", error.found, error.expected, error.advice)
        filled.faults.append(fault)
        return filled
    if not recognised.sheets:
        headers = " and ".join(one.header for one in FORMS[LATEST].sheet("known").fields[:2])
        fault = Fault(
            filled.file,
            "",
            "",
            "no sheet with the headers of the form",
            f"column headers as on the form, such as {headers}",
            "Is this the survey's workbook? Restore the header row if it was deleted.",
        )
        filled.faults.append(fault)
    elif tell_whose(filled, recognised, context, path):
        filled.faults += recognised.warnings
        _Reading(filled, recognised, context).read()
    return filled


class _Reading:
    """One file while it is read."""

    def __init__(self, filled: Filled, recognised: Recognised, context: Context) -> None:
        self._filled = filled
        self._found = recognised
        self._context = context
        self._activities = Activities(filled, recognised, context)

    def read(self) -> None:
        self._read_date()
        self._read_remarks()
        if self._found.asked and not self._found.has("known"):
            title = FORMS[self._filled.version].sheet("known").title
            self._filled.faults.append(
                Fault(
                    self._filled.file,
                    "",
                    "",
                    None,
                    f"the sheet {title} with its row of headers",
                    "Put the headers back as on the form, or ask for the workbook again.",
                )
            )
        for key, take in (
            ("known", self._known),
            ("new", self._new),
            ("partners", self._partner),
            ("findings", self._finding),
            ("savings", self._saving),
        ):
            for found in self._found.sheets:
                if found.sheet.key == key:
                    for number, cells in found.rows():
                        take(Row(found, number, cells, self._filled, self._context))
        self._activities.add_missing()
        self._tell_missing_sheets()
        self._filled.answers = self._activities.answers

    def _read_date(self) -> None:
        """The day of the answer: a whole one, or none with a warning."""
        if "answered" not in self._found.cover:
            return
        grid, row, at = self._found.cover["answered"]
        cell, text = grid.at(row, at), ""
        try:
            text = read_date(cell) if cell else ""
            self._filled.day = date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            text = ""
        if self._filled.day is None:
            self._filled.faults.append(
                Fault(
                    self._filled.file,
                    grid.title,
                    coordinate(row, at),
                    cell.text or None,
                    "the day of the answer, as 2027-03-31",
                    "Without it the answers count for the year only.",
                    is_error=False,
                )
            )

    def _tell_missing_sheets(self) -> None:
        """Tell which sheets of the form are not there: what they ask was not answered."""
        form = FORMS[self._filled.version if self._filled.version in FORMS else LATEST]
        missing = ["Cover"] * (not self._found.cover)
        # Without the sheet of what is known nothing is loaded, which was told as an error.
        told = {"known"} if self._found.asked else set()
        gone = [one for one in form.sheets if one.key not in told and not self._found.has(one.key)]
        missing += [sheet.title for sheet in gone]
        if missing:
            several = f"the sheets {', '.join(missing[:-1])} and {missing[-1]}"
            self._filled.faults.append(
                Fault(
                    self._filled.file,
                    "",
                    "",
                    None,
                    several if len(missing) > 1 else f"the sheet {missing[0]}",
                    "This counts as a whole return all the same: what these sheets ask, and every "
                    "activity that is not told of, counts as not answered.",
                    is_error=False,
                )
            )

    def _read_remarks(self) -> None:
        """What a council wants to be known besides: no fact of any activity, but to be read."""
        if "remarks" not in self._found.cover:
            return
        grid, row, at = self._found.cover["remarks"]
        if text := grid.at(row, at).text:
            place = (grid.title, coordinate(row, at))
            advice = "It is told to you, and not loaded."
            told = Fault(self._filled.file, *place, text, "a remark", advice, is_error=False)
            self._filled.faults.append(told)

    def _known(self, row: Row) -> None:
        service = self._service(row)
        name = row.name("name")
        if service is None or not (service or row.require("name")):
            return
        operational = row.word("operational", "operational")
        answer = Answer(
            council=self._filled.council,
            wave=self._filled.wave,
            place=row.place,
            id=service or None,
            name=row.name("name_new") or self._found.asked.get(service) or name or service,
            asked=bool(service) or normalised(name) in map(normalised, self._found.asked.values()),
            operational=cast("Any", operational),
            description=row.text("description") or None,
            **self._facts(row, operational),
        )
        answer = replace(answer, name=without_id(answer.name, service))
        if operational is None and not row.name("operational"):
            row.warn_blank("operational", "Yes, or Yes, but changed, or No")
        if not answer.asked:
            advice = "It has no reference: name and members say which it is, or that it is new."
            row.warn("name", name, "an activity of the form", advice)
        self._activities.add(Draft(answer, name or answer.name), row)

    def _service(self, row: Row) -> str | None:
        """Id out of the row's reference; empty without one, none where the row is foreign."""
        reference = row.name("reference")
        if not reference:
            name = normalised(row.name("name"))
            ids = [one for one, label in self._found.asked.items() if normalised(label) == name]
            return ids[0] if len(ids) == 1 else ""
        wave, _, rest = reference.partition("/")
        council, _, service = rest.partition("/")
        if not service:
            return reference if wave in self._found.asked or not self._found.asked else ""
        if council != self._filled.council:
            advice = "Delete the row, or put it into that council's workbook."
            row.fault("reference", reference, f"a row of {self._filled.council}", advice)
            return None
        return service

    def _facts(self, row: Row, operational: str | None) -> dict[str, Any]:
        """What is said of an activity: the correction, else what was held and is confirmed.

        While a correction waits for a decision, nothing: what was held is not confirmed then.
        """
        facts: dict[str, Any] = {}
        for key, choices in _FACTS:
            facts[key] = row.word(key, choices)
            if facts[key] is None and row.says_nothing(key, choices):
                facts[key] = row.word(f"{key}_held", choices)
        facts["start"] = row.date("start") or row.date("start_held")
        facts["end"] = self._end(row, operational)
        if told := check_span(facts["start"], facts["end"]):
            row.fault("end", row.name("end"), f"an end after the start: {told}")
            facts["end"] = None
        return facts

    def _end(self, row: Row, operational: str | None) -> str | None:
        """When it ended, where the row says that it has; another end is told of."""
        end, day = row.date("end"), self._filled.day
        if end is None:
            return None
        first = period(end).start
        if operational in GOES_ON:
            advice = "It was read as going on, and the end was not taken: ask which is right."
            row.warn("end", end, "no end, as it is still operational", advice)
            return None
        if operational is None and not row.name("operational"):
            advice = "An end alone does not say whether it is operational: please ask again."
            row.warn("end", end, "Yes or No beside it", advice)
            return None
        if day and first and first > day:
            advice = "It was read as having ended: ask whether it still goes on until then."
            row.warn("end", end, f"an end by the day of the answer, {day}", advice)
        return end

    def _new(self, row: Row) -> None:
        if not row.require("name"):
            return
        name = row.name("name")
        if is_placeholder(name) and not self._is_meant(row, name):
            return
        answer = Answer(
            council=self._filled.council,
            wave=self._filled.wave,
            place=row.place,
            id=None,
            name=name,
            asked=False,
            operational="yes",
            description=row.text("description") or None,
            **self._facts(row, "yes"),
        )
        draft = Draft(answer, name)
        for text in re.split(r"[;\n|]", row.text("with")):
            if text.strip():
                draft.add_party(Party(re.sub(r"\s+", " ", text.strip()), place=row.place))
        for key in ("category", "type", "role"):
            if not row.name(key):
                row.warn(key, None, "a word of the list", "It counts as not answered.")
        self._activities.add(draft, row)

    def _is_meant(self, row: Row, name: str) -> bool:
        """Whether a name that is none stands for an activity all the same; a question, else."""
        council = self._filled.council
        decided = self._context.decisions.of("activity", council, name)
        if decided is None and all(map(says_none, row.texts)):
            row.warn("name", name, "an activity", "The row says nothing, and was passed over.")
        elif decided is None:
            row.ask(Question("activity", council, name, "", row.place))
            row.warn("name", name, "the name of an activity", "The row waits for a decision.")
        return decided not in (None, DROP)

    def _partner(self, row: Row) -> None:
        if not (row.require("activity") and row.require("partner")):
            return
        draft = self._activities.of(row)
        name, role = row.name("partner"), row.word("role", "role")
        kind = row.word("kind", "kind")
        if kind:
            self._filled.kinds.setdefault(normalised(name), kind)
        if draft is not None and row.word("takes_part", "yes_no") == "no":
            draft.gone.append(Party(name, place=row.place))
        elif draft is not None:
            draft.add_party(Party(name, role=cast("Any", role), place=row.place))

    def _finding(self, row: Row) -> None:
        if not (row.require("activity") and row.require("text")) or not row.require("kind"):
            return
        draft, kind = self._activities.of(row), row.word("kind", "finding")
        if draft is not None and kind is not None:
            theme = row.name("theme") or None
            text = row.text("text")
            draft.findings.append(FindingAnswer(cast("Any", kind), text, theme, row.place))

    def _saving(self, row: Row) -> None:
        needed = [row.require(key) for key in ("activity", "amount", "basis")]
        amount, basis = row.amount("amount"), row.word("basis", "basis")
        if amount is not None and amount < 0:
            advice = "A cost is no saving: leave the row out, or put it into the note of another."
            row.fault("amount", row.name("amount"), "a saving of no less than 0 pounds", advice)
            return
        start, end = row.period("start"), row.period("end")
        if start and end and _ends_first(start, end):
            row.fault("end", row.name("end"), f"a period that ends after it starts ({start})")
            return
        draft = self._activities.of(row) if needed[0] else None
        if draft is not None and amount is not None and basis is not None:
            note = row.text("note") or None
            said = SavingAnswer(amount, cast("Any", basis), start, end, note, row.place)
            draft.savings.append(said)


def _ends_first(start: str, end: str) -> bool:
    first, last = financial_period(start).start, financial_period(end).end
    return first is not None and last is not None and last <= first
