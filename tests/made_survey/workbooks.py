"""The made survey in the workbooks of the form, filled in by script and none too tidily."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.names import normalised
from graphmodel.survey.answers import Answer, Return
from graphmodel.survey.form import COVER, HEADER_ROW
from graphmodel.survey.layout import required_mark
from graphmodel.survey.lists import Choices
from tests.made_survey.making import MadeSurvey, Told

SAID = {"yes": "Yes", "changed": "Yes, but changed", "no": "No"}
KNOWN, NEW, PARTNERS, FINDINGS = (
    "Known activities",
    "New activities",
    "Partners",
    "Benefits and challenges",
)
_FACTS = {"category": "Service area", "type": "Type of activity", "region": "Region"}


def fill(
    path: Path,
    returned: Return,
    survey: MadeSurvey,
    id_of: Mapping[str, str],
    lists: Mapping[str, Choices],
) -> dict[Told, str]:
    """Fill in a workbook as a council's return has it; tells which row is about what."""
    form = _Filling(path, returned, survey, id_of, lists)
    form.fill()
    form.save(Random(returned.document))
    return form.keys


class _Filling:
    """One council's workbook while it is filled in."""

    def __init__(
        self,
        path: Path,
        returned: Return,
        survey: MadeSurvey,
        id_of: Mapping[str, str],
        lists: Mapping[str, Choices],
    ) -> None:
        self.path, self.returned, self.survey = path, returned, survey
        self.id_of, self.lists = id_of, lists
        self.book = load_workbook(path)
        self.columns = {title: self._columns(title) for title in (KNOWN, NEW, PARTNERS, FINDINGS)}
        self.next = {title: self._first_empty(title) for title in (NEW, PARTNERS, FINDINGS)}
        reference = self.columns[KNOWN]["Reference (please leave as it is)"]
        self.rows = {
            str(self.page(KNOWN).cell(row, reference).value).split("/", 2)[-1]: row
            for row in range(HEADER_ROW + 1, self.page(KNOWN).max_row + 1)
            if self.page(KNOWN).cell(row, reference).value
        }
        self.listed = set(self._listed())
        self.keys: dict[Told, str] = {}
        page = self.page(KNOWN)
        self.names = {normalised(str(page.cell(row, 1).value)) for row in self.rows.values()}

    def page(self, title: str) -> Worksheet:
        page: Worksheet = self.book[title]
        return page

    def _columns(self, title: str) -> dict[str, int]:
        return {
            required_mark(str(cell.value)): at
            for at, cell in enumerate(self.page(title)[HEADER_ROW], 1)
            if cell.value
        }

    def _first_empty(self, title: str) -> int:
        page = self.page(title)
        return next(
            row for row in range(HEADER_ROW + 1, page.max_row + 2) if not page.cell(row, 1).value
        )

    def _listed(self) -> Iterator[tuple[str, str]]:
        """Partners that the form lists."""
        for row in range(HEADER_ROW + 1, self.next[PARTNERS]):
            cells = (self.page(PARTNERS).cell(row, column).value for column in (1, 2))
            activity, partner = map(str, cells)
            yield activity, normalised(partner)

    def put(self, title: str, row: int, header: str, value: Any) -> None:
        self.page(title).cell(row, self.columns[title][header]).value = value

    def add(self, title: str, **cells: Any) -> int:
        row = self.next[title]
        self.next[title] += 1
        for header, value in cells.items():
            if value is not None:
                self.put(title, row, header, value)
        return row

    def fill(self) -> None:
        for answer in self.returned.answers:
            key = self.survey.key_of[answer.wave, answer.council, answer.place]
            row = self.rows.get(self.id_of.get(key, ""))
            if row is not None:
                name = self._known(answer, key, row)
            elif answer.operational in ("yes", "changed"):
                name = self._new(answer, key)
            else:
                continue
            if answer.operational in ("yes", "changed"):
                self._rest(answer, name)

    def _remember(self, answer: Answer, title: str, row: int, key: str) -> None:
        self.keys[answer.wave, answer.council, f"{title}, row {row}"] = key

    def _known(self, answer: Answer, key: str, row: int) -> str:
        page, label = self.page(KNOWN), str(self.page(KNOWN).cell(row, 1).value)
        self._remember(answer, KNOWN, row, key)
        name = label
        self.put(KNOWN, row, "Still operational?", SAID.get(answer.operational or ""))
        if answer.id is None and answer.asked:
            self.put(KNOWN, row, "Reference (please leave as it is)", None)
            if answer.name != self.survey.books[key] and normalised(answer.name) not in self.names:
                name = answer.name
                page.cell(row, 1).value = name
                self.names.add(normalised(name))
        if answer.operational in ("yes", "changed"):
            for fact, header in _FACTS.items():
                self._correct(row, header, self._word(answer, fact))
            self._correct(row, "Since", answer.start)
            self._correct(row, "Your role", self.lists["role"].label(answer.role))
        return name

    def _correct(self, row: int, header: str, value: str | None) -> None:
        held = self.page(KNOWN).cell(row, self.columns[KNOWN][f"{header}: what we hold"]).value
        if value is not None and value != held:
            self.put(KNOWN, row, f"{header}: correction", value)

    def _word(self, answer: Answer, fact: str) -> str | None:
        value = getattr(answer, fact)
        return self.lists[fact].label(value) if value is not None else None

    def _new(self, answer: Answer, key: str) -> str:
        name = answer.name
        while normalised(name) in self.names:
            name += " (other)"
        self.names.add(normalised(name))
        partners = "; ".join(party.name for party in answer.parties)
        cells = {header: self._word(answer, fact) for fact, header in _FACTS.items()}
        row = self.add(
            NEW,
            **{
                "Activity": name,
                "What it does": answer.description,
                "Your role": self.lists["role"].label(answer.role),
                "With whom": partners or None,
                "Since": answer.start,
                **cells,
            },
        )
        self._remember(answer, NEW, row, key)
        return name

    def _rest(self, answer: Answer, name: str) -> None:
        """Partners that the form does not list, and findings."""
        if answer.asked:
            for party in answer.parties:
                if (name, normalised(party.name)) not in self.listed:
                    self.add(PARTNERS, Activity=name, Partner=party.name)
        for finding in answer.findings:
            kind = self.lists["finding"].label(finding.kind)
            self.add(FINDINGS, **{"Activity": name, "Kind": kind, "In your words": finding.text})

    def save(self, random: Random) -> None:
        """Fill in the cover, and leave the file as files come back."""
        page, day = self.page(COVER), self.returned.date
        for row in range(1, 12):
            label = str(page.cell(row, 1).value)
            if label.startswith("Date of the answer") and day:
                text = f"{day.day} {day:%B %Y}"
                page.cell(row, 2).value = text if random.random() < 0.3 else day
            elif label.startswith("Answered by"):
                page.cell(row, 2).value = "Made for a trial"
        if random.random() < 0.2:
            self.page(KNOWN).title = "Our existing ones"
        if random.random() < 0.2:
            page = self.page(NEW)
            page.cell(HEADER_ROW, page.max_column + 1).value = "Our own notes"
        self.book.save(self.path)
