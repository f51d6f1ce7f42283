"""Filling in the survey's workbook by script, as a council would by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.store import Store
from graphmodel.survey.answers import Answer
from graphmodel.survey.workbook import export_workbooks
from tests.packages import Package, country

HEADER = 5
KNOWN, NEW, PARTNERS = "Known activities", "New activities", "Partners"
FINDINGS, SAVINGS = "Benefits and challenges", "Savings"
CATEGORY, KIND = "Roads", "Joint provision"


def map_of_councils() -> Package:
    """The small country, where the survey has something to ask everybody."""
    return country()


class Workbook:
    """A form that went out to one council."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)

    @classmethod
    def of(
        cls, store: Store, council: str, folder: Path, wave: str = "2027", **how: Any
    ) -> Workbook:
        [path] = export_workbooks(store, wave, folder, [council], **how)
        return cls(path)

    def page(self, title: str) -> Worksheet:
        page: Worksheet = self.book[title]
        return page

    def columns(self, title: str) -> dict[str, int]:
        """Columns by header, without the mark of those that are required."""
        return {
            str(cell.value).removesuffix(" (required)"): at
            for at, cell in enumerate(self.page(title)[HEADER], 1)
            if cell.value
        }

    def rows(self, title: str) -> dict[str, int]:
        """Rows by what is in their first column."""
        page = self.page(title)
        return {
            str(page.cell(row, 1).value): row
            for row in range(HEADER + 1, page.max_row + 1)
            if page.cell(row, 1).value
        }

    def answer(self, activity: str, operational: Any, **cells: Any) -> Workbook:
        """Answer the row of a known activity; keys are headers."""
        page, columns = self.page(KNOWN), self.columns(KNOWN)
        row = self.rows(KNOWN)[activity]
        for header, value in {"Still operational?": operational, **cells}.items():
            page.cell(row, columns[header]).value = value
        return self

    def answer_all(self, operational: Any = "Yes") -> Workbook:
        for activity in self.rows(KNOWN):
            self.answer(activity, operational)
        return self

    def add(self, title: str, **cells: Any) -> int:
        """Fill the first empty row of a sheet; gives its number."""
        page, columns = self.page(title), self.columns(title)
        row = next(
            row for row in range(HEADER + 1, page.max_row + 2) if page.cell(row, 1).value is None
        )
        for header, value in cells.items():
            page.cell(row, columns[header]).value = value
        return row

    def add_new(self, name: str, **cells: Any) -> int:
        given: dict[str, Any] = {
            "Activity": name,
            "What it does": "Something together.",
            "Service area": CATEGORY,
            "Type of activity": KIND,
            "Your role": "Lead",
        }
        return self.add(NEW, **(given | cells))

    def answered(self, day: Any = date(2027, 3, 31)) -> Workbook:
        """Fill in the cover."""
        page = self.page("Cover")
        for row in range(1, 12):
            label = str(page.cell(row, 1).value)
            if label.startswith("Date of the answer"):
                page.cell(row, 2).value = day
            elif label.startswith("Answered by"):
                page.cell(row, 2).value = "Improvement team"
        return self

    def save(self, path: Path | None = None) -> Path:
        target = path or self.path
        self.book.save(target)
        return target


def by_id(answers: tuple[Answer, ...]) -> dict[str, Answer]:
    return {answer.id or answer.name: answer for answer in answers}
