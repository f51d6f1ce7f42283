"""What is told of a file that could be read, and what is refused with advice."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.survey.answers import Answer
from loaders.survey.annotating import annotate
from loaders.survey.faults import SHOWN_FAULTS, Fault, FaultyReturnsError
from loaders.survey.filled import Filled
from loaders.survey.importing import Office
from tests.packages import country
from tests.surveys import KNOWN, NEW, SAVINGS, Workbook

Read = Callable[..., Filled]
SHARED = "Roads Alliance"
END = "If not: when did it end?"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small country, for reading only."""
    with EmbeddedStore(tmp_path_factory.mktemp("small")) as store:
        country().load(store)
        yield store


@pytest.fixture
def book(small: Store, tmp_path: Path) -> Workbook:
    return Workbook.of(small, "Ardshire", tmp_path).answered(date(2027, 3, 31)).answer_all()


@pytest.fixture
def read(small: Store, tmp_path: Path) -> Read:
    return Office(small, tmp_path / "surveys").read


def told(filled: Filled, *, is_error: bool = False) -> list[tuple[str, str, str | None]]:
    """Sheet, cell and what was found."""
    return [(one.sheet, one.cell, one.found) for one in filled.faults if one.is_error is is_error]


def shared(filled: Filled) -> Answer:
    [answer] = [one for one in filled.answers if one.id == "roads-alliance"]
    return answer


def test_sheets_that_are_not_there_are_told(book: Workbook, read: Read, tmp_path: Path) -> None:
    assert read(book.save()).faults == []
    del book.book[SAVINGS]
    [fault] = read(book.save(tmp_path / "without one.xlsx")).faults
    assert (fault.is_error, fault.expected) == (False, "the sheet Savings")
    assert "counts as not answered" in fault.advice
    path = tmp_path / "known.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(book.page(KNOWN).iter_rows(values_only=True))
    [fault] = read(path).faults
    assert fault.expected == (
        "the sheets Cover, New activities, Partners, Benefits and challenges and Savings"
    )


def test_a_negative_saving_is_refused(book: Workbook, read: Read) -> None:
    row = book.add(SAVINGS, Activity=SHARED, Basis="Realised", **{"Amount in pounds": -500})
    [fault] = read(book.save()).faults
    assert (fault.is_error, fault.cell, fault.found) == (True, f"B{row}", "-500")
    assert "A cost is no saving" in fault.advice


def test_no_saving_at_all_may_be_told(book: Workbook, read: Read) -> None:
    book.add(SAVINGS, Activity=SHARED, Basis="Realised", **{"Amount in pounds": 0})
    filled = read(book.save())
    assert (filled.faults, [one.amount for one in shared(filled).savings]) == ([], [0])


@pytest.mark.parametrize(
    ("said", "end", "taken", "is_told"),
    [
        ("Yes", "2026-05", None, True),
        ("Yes, but changed", "2028", None, True),
        (None, "2026-05", None, True),
        ("No", "2026-05", "2026-05", False),
        ("No", "2027-03-31", "2027-03-31", False),
        ("No", "2027", "2027", False),
        ("No", "2028-01", "2028-01", True),
        ("No, we have left", "2027-04-01", "2027-04-01", True),
        ("see email", "2026-05", "2026-05", False),
    ],
)
def test_an_end_that_does_not_fit_the_answer_is_told(
    book: Workbook, read: Read, said: Any, end: str, taken: str | None, is_told: bool
) -> None:
    filled = read(book.answer(SHARED, said, **{END: end}).save())
    assert shared(filled).end == taken
    assert ((KNOWN, "C6", end) in told(filled)) is is_told
    assert told(filled, is_error=True) == []


@pytest.mark.parametrize(
    "written", ["2024-25", "2024/25", "2011/12", "2024/2025", "2024-2025", "FY 2024-25"]
)
def test_a_financial_year_where_a_date_belongs_gets_advice(
    book: Workbook, read: Read, written: str
) -> None:
    row = book.add_new("Joint Drones", Since=written)
    [fault] = [one for one in read(book.save()).faults if one.is_error]
    assert (fault.cell, fault.found) == (f"K{row}", written)
    start = written.removeprefix("FY ")[:4]
    assert fault.advice == (f"A financial year is no date here: write {start}, or {start}-04.")


def test_a_month_is_still_a_month(book: Workbook, read: Read) -> None:
    book.add_new("Joint Drones", Since="2011-12")
    found = {one.name: one.start for one in read(book.save()).answers}
    assert found["Joint Drones"] == "2011-12"


@pytest.mark.parametrize(
    ("written", "meant"), [("1e6", 1e6), ("1.25E+06", 1_250_000), ("£1.2m", 1_200_000)]
)
def test_amounts_in_short_are_read_and_told(
    book: Workbook, read: Read, written: str, meant: float
) -> None:
    row = book.add(SAVINGS, Activity=SHARED, Basis="Realised", **{"Amount in pounds": written})
    filled = read(book.save())
    assert [one.amount for one in shared(filled).savings] == [meant]
    assert told(filled) == [(SAVINGS, f"B{row}", written)]
    assert f"It was read as {meant:.0f}." in str(filled.faults[0])


@pytest.mark.parametrize(
    ("written", "advice"),
    [("1e12", "Such as 250000."), ("5000 and 6000", "Several amounts go into several rows.")],
)
def test_other_amounts_get_advice_that_fits(
    book: Workbook, read: Read, written: str, advice: str
) -> None:
    book.add(SAVINGS, Activity=SHARED, Basis="Realised", **{"Amount in pounds": written})
    assert [one.advice for one in read(book.save()).faults] == [advice]


@pytest.mark.parametrize("title", ["To put right", "To put right (2)"])
def test_a_marked_up_copy_comes_back_as_the_council_filled_it_in(
    book: Workbook, read: Read, tmp_path: Path, title: str
) -> None:
    book.answer(SHARED, None)
    book.add_new("Joint Drones", Since="last summer")
    path = book.save()
    before = read(path)
    copy = annotate(path, before.faults, tmp_path / "back")
    assert copy is not None
    marked = load_workbook(copy)
    marked["To put right"].title = title
    marked.save(copy)
    again = read(copy)
    assert told(again) == told(before) == [(KNOWN, "B6", None)]
    assert told(again, is_error=True) == [(NEW, "K6", "last summer")]
    twice = annotate(copy, again.faults, tmp_path / "twice")
    assert twice is not None
    comment = load_workbook(twice)[KNOWN]["B6"].comment
    assert comment is not None
    assert comment.text.count("Please check") == 1


def noted(number: int) -> list[Fault]:
    wrong = Fault("a.xlsx", "Savings", "B7", "lots", "a number of pounds")
    notes = [
        Fault("a.xlsx", "Savings", f"B{row}", "1k", "a number", "Read as 1000.", is_error=False)
        for row in range(8, 8 + number)
    ]
    return [*notes, wrong]


def test_with_errors_the_notes_are_told_as_well() -> None:
    lines = str(FaultyReturnsError(noted(2), ["a.xlsx"])).splitlines()
    assert lines[0] == "1 error in 1 file; nothing was written."
    assert lines[-2:] == [
        f"Note: a.xlsx, sheet Savings, cell B{row}: found '1k': expected a number. Read as 1000."
        for row in (8, 9)
    ]


def test_more_notes_than_can_be_read_are_counted() -> None:
    message = str(FaultyReturnsError(noted(SHOWN_FAULTS + 1), ["a.xlsx"]))
    assert "Note: " not in message
    assert f"There are {SHOWN_FAULTS + 1} notes besides" in message
