"""Answers for the page on the survey, made up and marked so: nobody's real return."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

SENT, RETURNED = Path("to-send"), Path("returned")
_HEADER = 5
_KNOWN, _NEW = "Known activities", "New activities"


def answer_for_councils() -> None:
    """Fill in two of the workbooks: one with a slip, which is put right the second time."""
    angus = RETURNED / "Angus FINAL v2.xlsx"
    is_second = angus.exists()
    RETURNED.mkdir(exist_ok=True)
    book = _filled("angus", ["Yes"])
    since = "2026-06" if is_second else "last summer"
    _add(book, _NEW, _drones("Dundee City; NHS Tay", since))
    book.save(angus)
    book = _filled("dundee-city", ["Yes", "still running", "Yes", "no longer", None])
    _add(book, _NEW, _drones("Angus", "June 2026") | {"Your role": "Member"})
    book.save(RETURNED / "Dundee reply.xlsx")


def _drones(partners: str, since: str) -> dict[str, str]:
    return {
        "Activity": "Joint Drone Unit",
        "What it does": "Surveys roofs and bridges from the air.",
        "Service area": "Property, Facilities and Utility",
        "Type of activity": "Joint provision",
        "Your role": "Lead",
        "With whom": partners,
        "Since": since,
    }


def _filled(council: str, answers: list[str | None]) -> Workbook:
    """A workbook with these answers to "still operational?", in turn."""
    book = load_workbook(SENT / f"survey-2027-{council}.xlsx")
    page = book[_KNOWN]
    for row in range(_HEADER + 1, page.max_row + 1):
        page.cell(row, 2).value = answers[row % len(answers)]
    for row in range(1, 10):
        if str(book["Cover"].cell(row, 1).value).startswith("Date of the answer"):
            book["Cover"].cell(row, 2).value = "2027-03-31"
    _mark(book)
    return book


def _mark(book: Workbook) -> None:
    """Say that it is made for a trial, so that it is never taken for a real return."""
    for row in book["About this form"].iter_rows(max_row=10):
        if row[0].value == "purpose":
            row[1].value = "trial"


def _add(book: Workbook, title: str, cells: dict[str, Any]) -> None:
    page = book[title]
    columns = {
        str(cell.value).removesuffix(" (required)"): at for at, cell in enumerate(page[_HEADER], 1)
    }
    for header, value in cells.items():
        page.cell(_HEADER + 1, columns[header]).value = value
