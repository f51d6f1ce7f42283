"""What councils send back, as tidy and untidy as it comes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graphmodel.errors import GraphmodelError
from graphmodel.reports.conflicts import conflicts_report
from graphmodel.store import Store
from graphmodel.survey.answers import Answer, FindingAnswer, Party, Return, SavingAnswer
from graphmodel.survey.known import known_activities
from graphmodel.survey.returns import returns_of
from loaders.survey.faults import FaultyReturnsError
from loaders.survey.importing import Imported, import_returns
from tests.packages import graph_of
from tests.surveys import FINDINGS, PARTNERS, SAVINGS, Workbook, by_id


def brought(store: Store, home: Path, *paths: Path, **options: Any) -> Imported:
    return import_returns(store, paths, folder=home, **options)


def only(store: Store) -> Return:
    [found] = returns_of(store, "2027")
    return found


def faults_of(store: Store, home: Path, *paths: Path, **options: Any) -> list[tuple[str, str, Any]]:
    """Sheet, cell and what was found, of each error; nothing may be written."""
    before = graph_of(store)
    with pytest.raises(FaultyReturnsError) as caught:
        brought(store, home, *paths, **options)
    assert graph_of(store) == before
    assert not list(home.rglob("*.xlsx"))
    return [(fault.sheet, fault.cell, fault.found) for fault in caught.value.faults]


def test_a_return_is_read_back_as_it_was_filled_in(each: Store, tmp_path: Path, home: Path) -> None:
    book = Workbook.of(each, "Ardshire", tmp_path).answered()
    book.answer("Roads Alliance", "Yes, but changed", **{"How it is run: correction": "Company"})
    new = book.add_new(
        "Joint Drones", Since="2026-06", Region="National", **{"With whom": "Caldale"}
    )
    book.add(
        PARTNERS,
        **{
            "Activity": "Joint Drones",
            "Partner": "Drone Friends",
            "Role of the partner": "Supporter",
        },
    )
    saved = {
        "Activity": "Roads Alliance",
        "Amount in pounds": 250000,
        "Basis": "Realised",
        "From": "2025/26",
    }
    book.add(SAVINGS, **saved)
    told = {
        "Activity": "Joint Drones",
        "Kind": "Benefit",
        "In your words": "Fast.",
        "Theme": "speed",
    }
    book.add(FINDINGS, **told)
    done = brought(each, home, book.save())
    assert (done.questions, done.faults) == ([], [])
    found = only(each)
    assert (found.council, found.date, found.version) == ("EX-ARD", date(2027, 3, 31), "2")
    roads = Answer(
        "EX-ARD",
        "2027",
        "Known activities, row 6",
        "roads-alliance",
        "Roads Alliance",
        operational="changed",
        role="lead",
        parties=(Party("Ben and Glen", "EX-BEN", "member"), Party("Caldale", "EX-CAL", "member")),
        category="roads",
        type="joint-provision",
        mechanism="company",
        start="2014-04",
        savings=(SavingAnswer(250000.0, "realised", "2025/26"),),
    )
    drones = Answer(
        "EX-ARD",
        "2027",
        f"New activities, row {new}",
        "joint-drones",
        "Joint Drones",
        asked=False,
        operational="yes",
        role="lead",
        parties=(Party("Caldale", "EX-CAL"), Party("Drone Friends", "drone-friends", "supporter")),
        category="roads",
        type="joint-provision",
        region="National",
        start="2026-06",
        description="Something together.",
        findings=(FindingAnswer("benefit", "Fast.", "speed"),),
    )
    assert by_id(found.answers) == {"roads-alliance": roads, "joint-drones": drones}


def test_every_fact_cites_the_return_by_sheet_and_row(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    row = book.add(SAVINGS, Activity="Roads Alliance", Basis="Realised", **{"Amount in pounds": 5})
    brought(small, home, book.save())
    [edge] = [
        said
        for kind, tail, head, said in graph_of(small).edges
        if (kind, tail, head) == ("PARTICIPATES_IN", "EX-ARD", "roads-alliance")
    ]
    assert edge["citations"] == [
        "review-2020#Section 1",
        "survey-2027-ardshire#Known activities, row 6",
    ]
    [saving] = [
        said
        for labels, said in graph_of(small).nodes
        if labels == ["Saving"] and said["amount"] == 5
    ]
    assert (saving["source"], saving["locator"]) == ("survey-2027-ardshire", f"Savings, row {row}")
    document = graph_of(small).node("survey-2027-ardshire")
    assert (document["publisher"], document["published"]) == ("Ardshire", "2027-03-31")


def test_no_ends_the_activity_and_confirms_nobody(small: Store, tmp_path: Path, home: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered()
    book.answer("Roads Alliance", "No", **{"If not: when did it end?": "2026-05"})
    brought(small, home, book.save())
    service = graph_of(small).node("roads-alliance")
    assert (service["status"], service["status_as_of"], service["end"]) == (
        "ended",
        "2027-03-31",
        "2026-05",
    )
    edge = graph_of(small).edge("PARTICIPATES_IN", "EX-ARD", "roads-alliance")
    assert edge["datasets"] == ["example"]


def test_one_councils_no_does_not_end_what_another_runs(
    small: Store, tmp_path: Path, home: Path
) -> None:
    runs = Workbook.of(small, "Ardshire", tmp_path).answered(date(2027, 1, 1)).answer_all()
    left = Workbook.of(small, "Caldale", tmp_path).answered(date(2027, 6, 1)).answer_all("No")
    brought(small, home, runs.save(), left.save())
    assert graph_of(small).node("roads-alliance")["status"] == "live"
    (table,) = conflicts_report(small).tables
    said = {
        (row["what"], row["value"]) for row in table.records() if row["about"] == "Roads Alliance"
    }
    assert ("still operational in 2027", "goes on") in said
    assert ("still operational in 2027", "no longer operational") in said


def test_who_has_left_ends_its_own_membership_only(
    small: Store, tmp_path: Path, home: Path
) -> None:
    before = graph_of(small).node("roads-alliance")
    book = Workbook.of(small, "Ardshire", tmp_path).answered()
    book.answer("Roads Alliance", "No, we have left", **{"If not: when did it end?": "2026-05"})
    brought(small, home, book.save())
    graph = graph_of(small)
    assert graph.node("roads-alliance") == before
    edge = graph.edge("PARTICIPATES_IN", "EX-ARD", "roads-alliance")
    assert (edge["status"], edge["until"]) == ("ended", "2026-05")
    assert "survey-2027-ardshire#Known activities, row" in " ".join(edge["citations"])
    assert [one.operational for one in only(small).answers if one.id == "roads-alliance"] == [
        "left"
    ]
    assert "roads-alliance" not in {one.id for one in known_activities(small, "EX-ARD")["EX-ARD"]}


def test_left_blank_states_nothing_and_is_remembered(
    small: Store, tmp_path: Path, home: Path
) -> None:
    before = graph_of(small).node("roads-alliance")
    done = brought(small, home, Workbook.of(small, "Ardshire", tmp_path).answered().save())
    assert graph_of(small).node("roads-alliance") == before
    [answer] = only(small).answers
    assert (answer.id, answer.asked, answer.operational) == ("roads-alliance", True, None)
    assert [(fault.cell, fault.is_error) for fault in done.faults] == [("B6", False)]


def test_a_return_with_nothing_in_it_is_a_return(small: Store, tmp_path: Path, home: Path) -> None:
    brought(small, home, Workbook.of(small, "Eskland", tmp_path).answered().save())
    found = only(small)
    assert (found.council, found.answers) == ("EX-ESK", ())


def test_the_same_again_changes_nothing(small: Store, tmp_path: Path, home: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    book.add_new("Joint Drones")
    path = book.save()
    brought(small, home, path)
    before = graph_of(small)
    done = brought(small, home, path, book.save(tmp_path / "copy of it.xlsx"))
    assert {
        outcome for outcome in ("inserted", "updated", "removed") if done.loads[0].total(outcome)
    } == set()
    assert done.same == [
        ("survey-2027-ardshire", "survey-2027-ardshire.xlsx"),
        ("survey-2027-ardshire", "copy of it.xlsx"),
    ]
    assert graph_of(small) == before


def test_a_later_file_adds_to_the_wave(small: Store, tmp_path: Path, home: Path) -> None:
    brought(small, home, Workbook.of(small, "Ardshire", tmp_path).answered().answer_all().save())
    brought(small, home, Workbook.of(small, "Caldale", tmp_path).answered().answer_all().save())
    assert [one.document for one in returns_of(small, "2027")] == [
        "survey-2027-ardshire",
        "survey-2027-caldale",
    ]


def test_two_peoples_copies_both_stand(small: Store, tmp_path: Path, home: Path) -> None:
    one = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    one.add_new("Joint Drones")
    two = Workbook.of(small, "Ardshire", tmp_path / "other").answered()
    two.answer_all("No")
    two.add_new("Joint Drones", **{"Your role": "Member"})
    brought(small, home, one.save(), two.save(tmp_path / "second.xlsx"))
    found = {each.document: by_id(each.answers) for each in returns_of(small, "2027")}
    assert {
        document: answers["roads-alliance"].operational for document, answers in found.items()
    } == {
        "survey-2027-ardshire": "yes",
        "survey-2027-ardshire-2": "no",
    }
    assert {document: answers["joint-drones"].role for document, answers in found.items()} == {
        "survey-2027-ardshire": "lead",
        "survey-2027-ardshire-2": "member",
    }


def test_claims_are_shown_until_the_other_confirms_them(
    each: Store, tmp_path: Path, home: Path
) -> None:
    def claims() -> set[tuple[str, str]]:
        (table,) = conflicts_report(each).tables
        return {
            (row["about"], row["value"])
            for row in table.records()
            if row["what"] == "claims of 2027"
        }

    mine = Workbook.of(each, "Ardshire", tmp_path).answered().answer_all()
    mine.add_new("Joint Drones", **{"With whom": "Dunross City"})
    theirs = Workbook.of(each, "Dunross City", tmp_path).answered().answer_all()
    brought(each, home, mine.save())
    about = "Dunross City in Joint Drones"
    assert claims() == {(about, "takes part"), (about, "it has not returned the form yet")}
    brought(each, home, theirs.save())
    assert claims() == {(about, "takes part"), (about, "its own return does not mention it")}
    theirs.add_new("Joint Drones", **{"With whom": "Ardshire", "Your role": "Member"})
    brought(each, home, theirs.save(tmp_path / "again.xlsx"))
    assert claims() == set()


def test_the_right_files_can_be_loaded_without_the_others(
    small: Store, tmp_path: Path, home: Path
) -> None:
    good = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    bad = Workbook.of(small, "Caldale", tmp_path).answered().answer_all()
    bad.add_new("Joint Drones", Since="long ago")
    paths = [good.save(), bad.save()]
    assert faults_of(small, home, *paths) == [("New activities", "K6", "long ago")]
    done = brought(small, home, *paths, skip_faulty=True)
    assert done.left_out == ["survey-2027-caldale.xlsx"]
    assert only(small).council == "EX-ARD"


def test_returns_made_for_a_trial_are_kept_apart(small: Store, tmp_path: Path, home: Path) -> None:
    made = Workbook.of(small, "Ardshire", tmp_path / "made", made=True).answered().answer_all()
    real = Workbook.of(small, "Caldale", tmp_path).answered().answer_all()
    done = brought(small, home, made.save())
    assert done.loads[0].dataset == "made-survey-2027"
    title = graph_of(small).node("survey-2027-ardshire")["title"]
    assert title.endswith("; made for a trial, not a real return")
    with pytest.raises(GraphmodelError, match="made for a trial"):
        brought(small, home, real.save())


def test_returns_that_are_kept_elsewhere_are_not_lost(
    small: Store, tmp_path: Path, home: Path
) -> None:
    brought(small, home, Workbook.of(small, "Ardshire", tmp_path).answered().answer_all().save())
    before = graph_of(small)
    other = Workbook.of(small, "Caldale", tmp_path).answered().answer_all().save()
    with pytest.raises(GraphmodelError, match="survey-2027-ardshire"):
        brought(small, tmp_path / "another home", other)
    assert graph_of(small) == before
