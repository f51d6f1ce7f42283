"""Who is asked for what once more, and in which words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graphmodel.reports.survey_follow_up import asked_again, follow_up_report
from graphmodel.reports.survey_waves import official_names, survey_of
from graphmodel.store import Store
from graphmodel.survey.letters import letter, letter_template
from graphmodel.survey.returns import returns_of
from loaders.survey.importing import import_returns
from loaders.survey.resolving import decide
from tests.packages import Package, country
from tests.surveys import HEADER, KNOWN, SAVINGS, Workbook

WAITS = "part of its return still waits for a decision"


def filled(store: Store, council: str, folder: Path, answer: str = "Yes") -> Workbook:
    return Workbook.of(store, council, folder).answered().answer_all(answer)


def letter_to(store: Store, council: str) -> str:
    """The text without its line breaks."""
    survey = survey_of(store)
    [asked] = asked_again(survey, "2027", council)
    names = official_names(store)
    text = letter(
        letter_template(),
        asked,
        wave="2027",
        councils=names,
        today=date(2027, 6, 1),
        services=survey.services,
    )
    return " ".join(text.split())


def rows(store: Store, heading: str, council: str) -> list[dict[str, object]]:
    report = follow_up_report(survey_of(store), "2027", council)
    [table] = [table for table in report.tables if table.heading == heading]
    return list(table.records())


def test_what_waits_is_kept_with_the_return_until_it_is_decided(
    each: Store, tmp_path: Path, home: Path
) -> None:
    book = filled(each, "Ardshire", tmp_path, "as was")
    row = book.add_new("Joint Drones", **{"With whom": "NHS Ardshyre; Caldale"})
    import_returns(each, [book.save()], folder=home)
    assert {(one.kind, one.text, one.place) for one in returns_of(each, "2027")[0].waiting} == {
        ("word", "as was", "Known activities, row 6"),
        ("partner", "NHS Ardshyre", f"New activities, row {row}"),
    }
    decide(each, "NHS Ardshyre", None, folder=home)
    decide(each, "as was", "yes", folder=home)
    assert returns_of(each, "2027")[0].waiting == ()


def test_words_of_two_lists_that_are_the_same_wait_as_one(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = filled(small, "Ardshire", tmp_path)
    book.add_new("Joint Drones", **{"Service area": "see below", "Region": "see below"})
    done = import_returns(small, [book.save()], folder=home)
    assert len(done.questions) == 2
    assert [one.text for one in returns_of(small, "2027")[0].waiting] == ["see below"]


def test_a_claim_on_a_council_of_whose_return_something_waits(
    each: Store, tmp_path: Path, home: Path
) -> None:
    mine = filled(each, "Ardshire", tmp_path)
    mine.add_new("Joint Drones", **{"With whom": "Dunross City"})
    theirs = filled(each, "Dunross City", tmp_path)
    theirs.add_new("Our Boats", **{"With whom": "NHS Ardshyre"})
    import_returns(each, [mine.save(), theirs.save()], folder=home)
    assert [row["own return"] for row in rows(each, "Claims", "EX-DUN")] == [WAITS]
    [council] = rows(each, "Councils", "EX-DUN")
    assert (council["claims"], council["waits"]) == (1, 1)
    text = letter_to(each, "EX-DUN")
    assert "It is where you wrote NHS Ardshyre." in text
    assert "may be in the part of your return that still waits for a decision on our side" in text
    assert "no word from you" not in text
    decide(each, "NHS Ardshyre", None, folder=home)
    [claim] = rows(each, "Claims", "EX-DUN")
    assert claim["own return"] == "its own return does not mention it"
    text = letter_to(each, "EX-DUN")
    assert "no word from you" in text
    assert "decision on our side" not in text


def test_an_answer_that_waits_is_not_asked_for_again(
    small: Store, tmp_path: Path, home: Path
) -> None:
    import_returns(small, [filled(small, "Ardshire", tmp_path, "as was").save()], folder=home)
    [missing] = rows(small, "Missing", "EX-ARD")
    assert missing["missing"] == ["still operational?", "may be in what waits for a decision"]
    assert "Roads Alliance" not in letter_to(small, "EX-ARD")


def test_an_answer_left_blank_is_asked_for_whatever_else_waits(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered()
    book.add_new("Our Boats", **{"With whom": "NHS Ardshyre"})
    import_returns(small, [book.save()], folder=home)
    assert "- Roads Alliance (Known activities, row 6): still operational?" in letter_to(
        small, "EX-ARD"
    )


def test_a_row_that_is_gone_may_be_the_one_that_waits(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered()
    book.page(KNOWN).delete_rows(HEADER + 1)
    saved = {"Activity": "Lab thing", "Amount in pounds": 5, "Basis": "Realised"}
    row = book.add(SAVINGS, **saved)
    path = book.save()
    import_returns(small, [path], folder=home)
    assert [one.place for one in returns_of(small, "2027")[0].waiting] == [f"Savings, row {row}"]
    assert "Roads Alliance" not in letter_to(small, "EX-ARD")


def test_where_a_row_is_gone_its_name_is_given(small: Store, tmp_path: Path, home: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered()
    book.page(KNOWN).delete_rows(HEADER + 1)
    import_returns(small, [book.save()], folder=home)
    place = "Known activities: the row of Roads Alliance was deleted or its name written over"
    assert [row["place"] for row in rows(small, "Missing", "EX-ARD")] == [place]
    assert place in letter_to(small, "EX-ARD")


def renamed(package: Package) -> Package:
    """The same country after somebody gave the roads another name."""
    return package.changed("services", {"id": "roads-alliance"}, name="Highways Together")


@pytest.mark.parametrize("answer", [None, "No, we have left", "Yes"])
def test_a_council_is_asked_in_the_words_in_which_it_was_asked_before(
    each: Store, tmp_path: Path, home: Path, answer: str | None
) -> None:
    book = Workbook.of(each, "Ardshire", tmp_path).answered()
    book.answer("Roads Alliance", answer)
    import_returns(each, [book.save()], folder=home)
    renamed(country()).load(each)
    [found] = survey_of(each).waves[0].returns[0].answers
    assert found.name == "Roads Alliance"
    if answer is None:
        words = "Roads Alliance [on our records: Highways Together]"
        assert [row["activity"] for row in rows(each, "Missing", "EX-ARD")] == [words]
        assert f"- {words} (Known activities, row 6): still" in letter_to(each, "EX-ARD")


def test_a_council_is_asked_in_the_words_that_it_wrote(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = filled(small, "Eskland", tmp_path)
    blank = {"Service area": None, "Type of activity": None}
    book.add_new("The roads alliance of us", **blank)
    import_returns(small, [book.save()], folder=home)
    decide(small, "The roads alliance of us", "roads-alliance", folder=home)
    words = "The roads alliance of us [on our records: Roads Alliance]"
    assert words in letter_to(small, "EX-ESK")


def test_when_it_ended_is_read_back_beside_the_name(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered()
    book.answer("Roads Alliance", "No, we have left", **{"If not: when did it end?": "2026-05"})
    import_returns(small, [book.save()], folder=home)
    [answer] = returns_of(small, "2027")[0].answers
    assert (answer.end, answer.name) == ("2026-05", "Roads Alliance")


def test_a_claim_is_told_in_the_councils_own_words_of_an_earlier_wave(
    small: Store, tmp_path: Path, home: Path
) -> None:
    mine = filled(small, "Dunross City", tmp_path)
    earlier = Workbook.of(small, "Dunross City", tmp_path / "then", wave="2024").answered()
    earlier.add_new("Drones of Dunross and Ardshire", **{"With whom": "Ardshire"})
    then = [earlier.save()]
    import_returns(small, then, folder=home)
    theirs = filled(small, "Ardshire", tmp_path)
    theirs.add_new("Dunross and Ardshire drones", **{"With whom": "Dunross City"})
    import_returns(small, [mine.save(), theirs.save()], folder=home)
    assert [row["activity"] for row in rows(small, "Claims", "EX-DUN")] == [
        "Drones of Dunross and Ardshire"
    ]
