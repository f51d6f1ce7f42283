"""What a council writes is neither turned round, nor lost, nor made more of than it says."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

from graphmodel.errors import NotFoundError
from graphmodel.store import Store
from graphmodel.survey.answers import Answer, Return
from graphmodel.survey.returns import returns_of
from loaders.survey.faults import FaultyReturnsError
from loaders.survey.importing import Imported, import_returns
from loaders.survey.opening import Cell
from loaders.survey.resolving import decide, forget, open_questions
from loaders.survey.values import read_amount
from tests.surveys import FINDINGS, KNOWN, PARTNERS, SAVINGS, Workbook, by_id

SHARED = "Roads Alliance"


@pytest.fixture
def book(small: Store, tmp_path: Path) -> Workbook:
    return Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()


def only(store: Store) -> Return:
    [found] = returns_of(store, "2027")
    return found


def answer_of(store: Store, service: str) -> Answer:
    return by_id(only(store).answers)[service]


def notes(done: Imported) -> list[str | None]:
    return [fault.found for fault in done.faults]


def waiting(store: Store, home: Path) -> list[str]:
    return sorted(question.text for _, question in open_questions(store, folder=home))


def test_a_decision_on_one_sign_is_none_on_another(
    small: Store, tmp_path: Path, home: Path
) -> None:
    paths = [
        Workbook.of(small, council, tmp_path).answered().answer_all(sign).save()
        for council, sign in (("Ardshire", "?"), ("Caldale", "✓"))
    ]
    import_returns(small, paths, folder=home)
    assert waiting(small, home) == ["?", "✓"]
    decide(small, "?", "No, we have left", folder=home)
    assert waiting(small, home) == ["✓"]
    said = {
        one.council: {each.operational for each in one.answers} for one in returns_of(small, "2027")
    }
    assert said == {"EX-ARD": {"left"}, "EX-CAL": {None}}


def test_a_decision_that_was_wrong_is_taken_back(book: Workbook, small: Store, home: Path) -> None:
    book.add_new("Joint Drones", **{"With whom": "NHS Ardshyre"})
    import_returns(small, [book.save()], folder=home)
    decide(small, "NHS Ardshyre", "Caldale", folder=home)
    assert {party.id for party in answer_of(small, "joint-drones").parties} == {"EX-CAL"}
    again = forget(small, "nhs ardshyre", folder=home)
    assert [question.text for question in again.imported.questions] == ["NHS Ardshyre"]
    decide(small, "NHS Ardshyre", "nhs-ardshire", folder=home)
    assert {party.id for party in answer_of(small, "joint-drones").parties} == {"nhs-ardshire"}
    with pytest.raises(NotFoundError, match="There is: nhs ardshyre"):
        forget(small, "Something", folder=home)


def test_what_still_waits_in_another_survey_is_counted(
    book: Workbook, small: Store, tmp_path: Path, home: Path
) -> None:
    book.add_new("Joint Drones", **{"With whom": "NHS Ardshyre"})
    other = Workbook.of(small, "Caldale", tmp_path, wave="2030").answered().answer_all()
    other.add_new("Joint Boats", **{"With whom": "Ben and Glem"})
    import_returns(small, [book.save(), other.save()], folder=home)
    done = decide(small, "NHS Ardshyre", "nhs-ardshire", folder=home)
    assert [question.text for question in done.imported.questions] == ["Ben and Glem"]


def test_a_sheet_of_partners_alone_says_not_what_goes_on(
    book: Workbook, small: Store, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "partners.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in book.page(PARTNERS).iter_rows(values_only=True):
            csv.writer(file).writerow(row)
    import_returns(small, [path], folder=home, council="Ardshire", wave="2027")
    assert {answer.operational for answer in only(small).answers} == {None}


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("12,000", 12_000), ("£1,250,000.50", 1_250_000.5), ("12 000", 12_000), ("1.5m", 1_500_000)],
)
def test_commas_and_blanks_divide_thousands(text: str, pounds: float) -> None:
    assert read_amount(Cell(text)) == pounds


@pytest.mark.parametrize("text", ["2,5", "£1,50", "1,2", "12,00", "1 2", "1,0000"])
def test_other_commas_are_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r"250000|Several"):
        read_amount(Cell(text))


@pytest.mark.parametrize("text", ["none", "TBC", "-", "n/a", "See above", "?"])
def test_nobody_is_no_partner(book: Workbook, small: Store, home: Path, text: str) -> None:
    book.add_new("Joint Drones", **{"With whom": f"Caldale; {text}"})
    import_returns(small, [book.save()], folder=home)
    assert waiting(small, home) == []
    assert {party.id for party in answer_of(small, "joint-drones").parties} == {"EX-CAL"}


def test_a_role_in_brackets_is_a_role(book: Workbook, small: Store, home: Path) -> None:
    book.add_new("Joint Drones", **{"With whom": "Caldale Council (Lead); Eskland (since 2020)"})
    import_returns(small, [book.save()], folder=home)
    parties = {party.id: party.role for party in answer_of(small, "joint-drones").parties}
    assert parties == {"EX-CAL": "lead", "EX-ESK": None}


def test_a_role_given_on_another_sheet_is_kept(book: Workbook, small: Store, home: Path) -> None:
    book.add_new("Joint Drones", **{"With whom": "Caldale, Eskland"})
    role = {"Partner": "Caldale Council", "Role of the partner": "Customer"}
    book.add(PARTNERS, Activity="Joint Drones", **role)
    import_returns(small, [book.save()], folder=home)
    parties = {party.id: party.role for party in answer_of(small, "joint-drones").parties}
    assert parties == {"EX-CAL": "customer", "EX-ESK": None}


def test_a_list_with_semicolons_in_one_cell(book: Workbook, small: Store, home: Path) -> None:
    book.add_new("Joint Drones")
    book.add(PARTNERS, Activity="Joint Drones", Partner="Caldale; NHS Ardshire, Eskland")
    import_returns(small, [book.save()], folder=home)
    assert {party.id for party in answer_of(small, "joint-drones").parties} == {
        "EX-CAL",
        "EX-ESK",
        "nhs-ardshire",
    }


def test_yes_and_no_at_once_waits(book: Workbook, small: Store, home: Path) -> None:
    book.answer(SHARED, "yes/no")
    import_returns(small, [book.save()], folder=home)
    assert waiting(small, home) == ["yes/no"]


@pytest.mark.parametrize("said", [None, "No, we have left", "No", "Yes"])
def test_savings_and_findings_stand_whatever_became_of_the_activity(
    book: Workbook, small: Store, home: Path, said: Any
) -> None:
    book.answer(SHARED, said)
    book.add(SAVINGS, Activity=SHARED, **{"Amount in pounds": 111_000, "Basis": "Realised"})
    text = {"In your words": "Fewer depots."}
    book.add(FINDINGS, Activity=SHARED, Kind="Benefit", **text)
    import_returns(small, [book.save()], folder=home)
    facts = small.read(
        "MATCH (s:Service {name: $name})-[r]->(x:Saving|Finding) "
        "RETURN coalesce(x.amount, x.text) AS fact ORDER BY type(r)",
        {"name": SHARED},
    )
    assert {row["fact"] for row in facts} >= {111_000.0, "Fewer depots."}


def test_a_remark_on_the_cover_is_told(book: Workbook, small: Store, home: Path) -> None:
    page = book.page("Cover")
    for row in range(1, 14):
        if str(page.cell(row, 1).value).startswith("Anything else"):
            page.cell(row, 2).value = "Our new IT board starts in May."
    done = import_returns(small, [book.save()], folder=home)
    assert "Our new IT board starts in May." in notes(done)


def test_known_activities_without_their_headers_are_an_error(
    book: Workbook, small: Store, home: Path
) -> None:
    book.page(KNOWN)["A5"].value = "Service"
    with pytest.raises(FaultyReturnsError, match="the sheet Known activities with its row") as told:
        import_returns(small, [book.save()], folder=home)
    # Which says it all: a note that the sheet counts as not answered would contradict it.
    assert "whole return all the same" not in "".join(map(str, told.value.all_faults))


def test_a_spreadsheet_of_another_kind_in_a_folder_is_not_passed_over(
    book: Workbook, small: Store, tmp_path: Path, home: Path
) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    book.save(folder / "ardshire.xlsx")
    with zipfile.ZipFile(folder / "caldale.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    with pytest.raises(FaultyReturnsError, match=r"caldale\.ods: found 'an OpenDocument"):
        import_returns(small, [folder], folder=home)


def test_a_form_whose_cover_names_another_council_is_refused(
    book: Workbook, small: Store, home: Path
) -> None:
    page = book.page("Cover")
    [row] = [row for row in range(1, 8) if page.cell(row, 1).value == "Council"]
    page.cell(row, 2).value = "Caldale"
    path = book.save()
    with pytest.raises(FaultyReturnsError, match="found 'Caldale': expected the council"):
        import_returns(small, [path], folder=home)
    import_returns(small, [path], folder=home, council="Ardshire")
    assert only(small).council == "EX-ARD"


def test_a_later_survey_changes_no_answer_of_an_earlier_one(
    book: Workbook, small: Store, tmp_path: Path, home: Path
) -> None:
    """What waits goes on waiting, and a second import of the earlier one changes nothing."""
    book.add_new("Shared legal advice", **{"With whom": "Eskland"})
    path = book.save()
    other = Workbook.of(small, "Caldale", tmp_path).answered().answer_all()
    other.add_new("Shared legal services", **{"With whom": "Ben and Glen"})
    import_returns(small, [path, other.save()], folder=home)
    assert waiting(small, home) == ["Shared legal services"]
    later = Workbook.of(small, "Ardshire", tmp_path, wave="2030").answered().answer_all()
    import_returns(small, [later.save()], folder=home)
    assert waiting(small, home) == ["Shared legal services"]
    again = import_returns(small, [path], folder=home)
    assert again.loads[0].has_written is False


def test_a_comment_instead_of_an_answer_is_told(book: Workbook, small: Store, home: Path) -> None:
    book.answer(SHARED, None)
    cell = book.page(KNOWN).cell(
        book.rows(KNOWN)[SHARED], book.columns(KNOWN)["Still operational?"]
    )
    cell.comment = Comment("We left this in 2022.", "Jim")
    done = import_returns(small, [book.save()], folder=home)
    assert "We left this in 2022." in notes(done)
    assert answer_of(small, "roads-alliance").operational is None
