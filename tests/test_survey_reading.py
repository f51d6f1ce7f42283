"""Reading what councils send back, as tidy and untidy as it comes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.survey.answers import Answer
from loaders.survey.filled import Filled
from loaders.survey.importing import Office
from tests.packages import country
from tests.surveys import FINDINGS, HEADER, KNOWN, NEW, PARTNERS, SAVINGS, Workbook

Read = Callable[..., Filled]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small country, for reading only."""
    with EmbeddedStore(tmp_path_factory.mktemp("small")) as store:
        country().load(store)
        yield store


@pytest.fixture
def book(small: Store, tmp_path: Path) -> Workbook:
    """The form of a council with one known activity, dated."""
    return Workbook.of(small, "Ardshire", tmp_path).answered()


@pytest.fixture
def read(small: Store, tmp_path: Path) -> Read:
    return Office(small, tmp_path / "surveys").read


def named(filled: Filled) -> dict[str, Answer]:
    assert [fault for fault in filled.faults if fault.is_error] == []
    return {answer.name: answer for answer in filled.answers}


def parties(answer: Answer) -> set[str]:
    return {party.name for party in answer.parties}


def errors(filled: Filled) -> list[tuple[str, str, str | None]]:
    """Sheet, cell and what was found."""
    return sorted(
        (fault.sheet, fault.cell, fault.found) for fault in filled.faults if fault.is_error
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Y", "yes"),
        ("still running", "yes"),
        ("YES ", "yes"),
        ("no longer", "no"),
        ("N", "no"),
        ("Yes - now with Caldale", "changed"),
        ("No, ended in 2019", "no"),
        (True, "yes"),
        ("stopped", "no"),
    ],
)
def test_councils_own_words_are_understood(
    book: Workbook, read: Read, written: Any, meant: str
) -> None:
    path = book.answer_all(written).save()
    assert named(read(path))["Roads Alliance"].operational == meant


@pytest.mark.parametrize("written", ["see email", "tbc", "Joint comittee", "?"])
def test_other_words_wait_for_a_decision(book: Workbook, read: Read, written: str) -> None:
    filled = read(book.answer_all(written).save())
    assert named(filled)["Roads Alliance"].operational is None
    assert [(one.kind, one.scope, one.text) for one in filled.questions] == [
        ("word", "operational", written)
    ]


def test_near_words_of_a_list_are_proposed(book: Workbook, read: Read) -> None:
    book.answer("Roads Alliance", "Yes", **{"How it is run: correction": "Joint comittee"})
    [question] = read(book.save()).questions
    assert question.nearest[0][:2] == ("joint committee", "Joint committee")


DATES = {
    "2013": "2013",
    2013: "2013",
    "2013-06": "2013-06",
    date(2013, 6, 1): "2013-06-01",
    datetime(2013, 6, 2, 0, 0): "2013-06-02",
    41426: "2013-06-01",
    "41426": "2013-06-01",
    "June 2013": "2013-06",
    "1/6/2013": "2013-06-01",
    "01.06.13": "2013-06-01",
    "1st June 2013": "2013-06-01",
    "06/2013": "2013-06",
    "2013-06-01 00:00:00": "2013-06-01",
    "June 1, 2013": "2013-06-01",
}


def test_dates_as_people_write_them(book: Workbook, read: Read) -> None:
    column = book.columns(NEW)["Since"]
    for number, written in enumerate(DATES):
        row = book.add_new(f"Activity {number}", Since=written)
        book.page(NEW).cell(row, column).number_format = "General"
    found = named(read(book.save()))
    assert {
        written: found[f"Activity {number}"].start for number, written in enumerate(DATES)
    } == DATES


@pytest.mark.parametrize(
    "written", ["spring 2014", "2013/14", "31/02/2013", "c. 2010", "2013-13", "last year", 12, "0"]
)
def test_what_is_no_date_is_an_error(book: Workbook, read: Read, written: Any) -> None:
    row = book.add_new("Joint Drones", Since=written)
    assert errors(read(book.save())) == [(NEW, f"K{row}", str(written))]


def test_a_real_date_is_as_fine_as_it_is_shown(book: Workbook, read: Read) -> None:
    row = book.add_new("Joint Drones", Since=date(2013, 6, 1))
    book.page(NEW).cell(row, book.columns(NEW)["Since"]).number_format = "mmm-yy"
    assert named(read(book.save()))["Joint Drones"].start == "2013-06"


def test_an_end_before_the_start_is_an_error(book: Workbook, read: Read) -> None:
    book.answer("Roads Alliance", "No", **{"If not: when did it end?": "2010"})
    assert errors(read(book.save())) == [(KNOWN, "C6", "2010")]


def test_all_faults_at_once_by_sheet_and_cell(book: Workbook, read: Read) -> None:
    book.answer_all()
    book.add_new("Joint Drones", Since="spring 2014")
    book.page(NEW)["B7"].value = "Something without a name."
    lots = {"Amount in pounds": "lots", "Basis": "Realised"}
    book.add(SAVINGS, Activity="Roads Alliance", **lots)
    book.add(SAVINGS, Activity="Roads Alliance", **{"Amount in pounds": 5})
    book.add(FINDINGS, Activity="Roads Alliance", Kind="Benefit")
    assert errors(read(book.save())) == [
        (FINDINGS, "D6", None),
        (NEW, "A7", None),
        (NEW, "K6", "spring 2014"),
        (SAVINGS, "B6", "lots"),
        (SAVINGS, "C7", None),
    ]


def test_rows_and_columns_moved_sheets_renamed_and_columns_added(
    book: Workbook, read: Read, tmp_path: Path
) -> None:
    book.answer_all().add_new("Joint Drones", Since="2026")
    book.add(PARTNERS, Activity="Joint Drones", Partner="Caldale")
    tidy = read(book.save())
    for title in (KNOWN, NEW, PARTNERS):
        page = book.page(title)
        page.insert_rows(2, 3)
        page.insert_cols(2)
        page.cell(HEADER + 3, 2).value = "Our own notes"
        page.cell(HEADER + 4, 2).value = "see minutes"
        page.title = f"{title} v2"
    untidy = read(book.save(tmp_path / "untidy.xlsx"))
    told = {(fault.sheet, fault.cell, fault.found) for fault in untidy.faults}
    assert told == {(f"{title} v2", "B8", "Our own notes") for title in (KNOWN, NEW, PARTNERS)}
    assert untidy.content == tidy.content
    assert parties(named(untidy)["Joint Drones"]) == {"Caldale"}


def test_columns_in_another_order_and_headers_a_little_off(book: Workbook, read: Read) -> None:
    book.add_new("Joint Drones", Since="2026")
    page = book.page(NEW)
    page.tables.clear()
    rows = [[cell.value for cell in row][::-1] for row in page.iter_rows(min_row=HEADER)]
    for number, row in enumerate(rows, HEADER):
        for at, value in enumerate(row, 1):
            text = "Type of activty" if value == "Type of activity (required)" else value
            page.cell(number, at).value = text
    answer = named(read(book.save()))["Joint Drones"]
    found = (answer.start, answer.role, answer.category, answer.type)
    assert found == ("2026", "lead", "roads", "joint-provision")


def test_merged_cells_count_in_each_row(book: Workbook, read: Read) -> None:
    book.add_new("Joint Drones")
    first = book.add(PARTNERS, Activity="Joint Drones", Partner="Caldale")
    page = book.page(PARTNERS)
    page.cell(first + 1, 2).value = "Eskland"
    page.merge_cells(start_row=first, end_row=first + 1, start_column=1, end_column=1)
    assert parties(named(read(book.save()))["Joint Drones"]) == {"Caldale", "Eskland"}


def test_an_older_form_is_read(small: Store, read: Read, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path / "old", version="1")
    page = book.page("Existing services")
    columns = {str(cell.value): at for at, cell in enumerate(page[HEADER], 1)}
    page.cell(6, columns["Is it still running? (required)"]).value = "Yes"
    filled = read(book.save())
    answer = named(filled)["Roads Alliance"]
    assert (filled.version, answer.operational, answer.role) == ("1", "yes", "lead")
    assert (answer.category, answer.region) == ("roads", None)
    assert parties(answer) == {"Ben and Glen", "Caldale"}


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")]
)
def test_a_sheet_saved_as_csv(
    book: Workbook, read: Read, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    book.answer("Roads Alliance", "Yes, but changed", **{"Name: correction": "Róads"})
    path = tmp_path / "answers.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        for row in book.page(KNOWN).iter_rows(values_only=True):
            writer.writerow(["" if value is None else value for value in row])
    filled = read(path)
    assert (filled.council, filled.wave, filled.day) == ("EX-ARD", "2027", None)
    assert named(filled)["Róads"].operational == "changed"


def test_a_csv_without_references_needs_to_be_told_whose_it_is(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Activity,Still operational?,Your role: correction\nRoads Alliance,Yes,Lead\n")
    assert errors(read(path)) == [("", "", None), ("", "", None)]
    filled = read(path, council="Ardshire", wave="2027")
    assert (filled.council, filled.wave) == ("EX-ARD", "2027")
    assert named(filled)["Roads Alliance"].operational == "yes"


def test_a_deleted_row_counts_as_left_blank(book: Workbook, read: Read) -> None:
    book.page(KNOWN).delete_rows(6)
    book.page(PARTNERS).delete_rows(6, 2)
    filled = read(book.save())
    answer = named(filled)["Roads Alliance"]
    assert (answer.id, answer.asked, answer.operational) == ("roads-alliance", True, None)
    assert [fault.expected for fault in filled.faults] == ["the row of Roads Alliance"]


def test_a_row_of_another_councils_form_is_refused(book: Workbook, read: Read) -> None:
    column = book.columns(KNOWN)["Reference (please leave as it is)"]
    book.page(KNOWN).cell(7, column).value = "2027/EX-CAL/joint-archives"
    [(sheet, _, found)] = errors(read(book.answer("Roads Alliance", "Yes").save()))
    assert (sheet, found) == (KNOWN, "2027/EX-CAL/joint-archives")


def test_two_answers_for_one_activity_are_refused(book: Workbook, read: Read) -> None:
    page = book.answer("Roads Alliance", "Yes").page(KNOWN)
    for at in range(1, page.max_column + 1):
        page.cell(7, at).value = page.cell(6, at).value
    assert errors(read(book.save())) == []
    page.cell(7, 2).value = "No"
    assert errors(read(book.save())) == [(KNOWN, "A7", "Roads Alliance")]


def test_a_partner_that_left_is_not_confirmed(book: Workbook, read: Read) -> None:
    book.answer_all()
    page, columns = book.page(PARTNERS), book.columns(PARTNERS)
    row = next(row for row in (6, 7) if page.cell(row, 2).value == "Caldale")
    page.cell(row, columns["Still takes part?"]).value = "no longer"
    assert parties(named(read(book.save()))["Roads Alliance"]) == {"Ben and Glen"}


def test_a_row_about_no_activity_of_the_form_waits_for_a_decision(
    book: Workbook, read: Read
) -> None:
    row = book.answer_all().add(FINDINGS, Activity="Road Aliance", Kind="Benefit")
    book.page(FINDINGS).cell(row, 4).value = "Fewer depots."
    [question] = read(book.save()).questions
    assert (question.kind, question.scope, question.text) == ("activity", "EX-ARD", "Road Aliance")
    assert [str(one) for one in question.nearest] == ["Roads Alliance (roads-alliance)"]


def test_what_a_formula_came_to_is_taken_and_no_result_is_an_error(
    book: Workbook, read: Read
) -> None:
    book.answer_all()
    row = book.add(SAVINGS, Activity="Roads Alliance", Basis="Realised")
    book.page(SAVINGS).cell(row, 2).value = "=100*3"
    found = "a formula without a result, or an error"
    assert errors(read(book.save())) == [(SAVINGS, f"B{row}", found)]
