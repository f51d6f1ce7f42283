"""What one return says of others, and one council's copies of each other, beside the contrary."""

from __future__ import annotations

from pathlib import Path

from graphmodel.reports.conflicts import conflicts_report
from graphmodel.store import Store
from graphmodel.survey.answers import Party
from graphmodel.survey.returns import returns_of
from loaders.survey.importing import import_returns
from loaders.survey.resolving import decide
from tests.packages import graph_of
from tests.surveys import PARTNERS, SAVINGS, Workbook, by_id

ROADS = "Roads Alliance"
CALDALE = "Caldale in Roads Alliance"


def conflicts(store: Store, about: str = "") -> set[tuple[str, str, str]]:
    """What contradicts what, of a survey, with the documents that say it."""
    (table,) = conflicts_report(store).tables
    found = set()
    for row in table.records():
        if "2027" in row["what"] and about in row["about"]:
            places = [place.partition("#")[0] for place in row["said_in"].places]
            found.add((row["what"], str(row["value"]), "; ".join(sorted(set(places)))))
    return found


def without(book: Workbook, partner: str) -> Workbook:
    """Say on the partners' sheet that somebody no longer takes part in the roads."""
    page, columns = book.page(PARTNERS), book.columns(PARTNERS)
    [row] = [
        row
        for row in range(6, page.max_row + 1)
        if (page.cell(row, 1).value, page.cell(row, columns["Partner"]).value) == (ROADS, partner)
    ]
    page.cell(row, columns["Still takes part?"]).value = "No"
    return book


def filled(store: Store, council: str, folder: Path, answer: str = "Yes") -> Workbook:
    return Workbook.of(store, council, folder).answered().answer_all(answer)


def test_that_another_takes_no_part_is_a_claim_and_no_fact(
    each: Store, tmp_path: Path, home: Path
) -> None:
    before = graph_of(each).edge("PARTICIPATES_IN", "EX-CAL", "roads-alliance")
    book = without(filled(each, "Ardshire", tmp_path), "Caldale")
    import_returns(each, [book.save()], folder=home)
    [found] = returns_of(each, "2027")
    answer = by_id(found.answers)["roads-alliance"]
    assert answer.gone == (Party("Caldale", "EX-CAL"),)
    assert [party.id for party in answer.parties] == ["EX-BEN"]
    assert graph_of(each).edge("PARTICIPATES_IN", "EX-CAL", "roads-alliance") == before
    assert conflicts(each, CALDALE) == set()


def test_it_is_shown_where_the_other_says_that_it_takes_part(
    each: Store, tmp_path: Path, home: Path
) -> None:
    book = without(filled(each, "Ardshire", tmp_path), "Caldale")
    theirs = filled(each, "Caldale", tmp_path)
    import_returns(each, [book.save(), theirs.save()], folder=home)
    assert conflicts(each, CALDALE) == {
        ("claims of 2027", "takes part", "survey-2027-caldale"),
        ("claims of 2027", "no longer takes part", "survey-2027-ardshire"),
    }


def test_it_is_shown_where_a_third_says_that_the_other_takes_part(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = without(filled(small, "Ardshire", tmp_path), "Caldale")
    third = filled(small, "Ben and Glen", tmp_path)
    import_returns(small, [book.save(), third.save()], folder=home)
    assert conflicts(small, CALDALE) == {
        ("claims of 2027", "takes part", "survey-2027-ben-and-glen"),
        ("claims of 2027", "no longer takes part", "survey-2027-ardshire"),
    }


def test_who_says_itself_that_it_has_left_agrees(small: Store, tmp_path: Path, home: Path) -> None:
    book = without(filled(small, "Ardshire", tmp_path), "Caldale")
    theirs = filled(small, "Caldale", tmp_path, "No, we have left")
    import_returns(small, [book.save(), theirs.save()], folder=home)
    assert conflicts(small, CALDALE) == set()


def test_who_has_left_does_not_confirm_that_it_takes_part(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = filled(small, "Ardshire", tmp_path)
    theirs = filled(small, "Caldale", tmp_path, "No, we have left")
    import_returns(small, [book.save(), theirs.save()], folder=home)
    assert conflicts(small, CALDALE) == {
        ("claims of 2027", "takes part", "survey-2027-ardshire"),
        ("claims of 2027", "goes on without it", "survey-2027-caldale"),
    }


def test_of_what_has_ended_nobody_need_be_said_to_have_left(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = without(filled(small, "Ardshire", tmp_path, "No"), "Caldale")
    import_returns(small, [book.save()], folder=home)
    [found] = returns_of(small, "2027")
    assert by_id(found.answers)["roads-alliance"].gone == ()


def test_a_councils_two_copies_on_who_takes_part(small: Store, tmp_path: Path, home: Path) -> None:
    one = filled(small, "Ardshire", tmp_path)
    two = without(filled(small, "Ardshire", tmp_path / "other"), "Caldale")
    import_returns(small, [one.save(), two.save()], folder=home)
    assert conflicts(small, CALDALE) == {
        ("own copies of 2027", "takes part", "survey-2027-ardshire"),
        ("own copies of 2027", "no longer takes part", "survey-2027-ardshire-2"),
    }


def saving(book: Workbook, amount: int, year: str = "2025/26") -> Workbook:
    cells = {"Activity": ROADS, "Amount in pounds": amount, "Basis": "Realised", "From": year}
    book.add(SAVINGS, **cells)
    return book


def test_two_copies_with_other_savings_are_shown_as_ones_own(
    each: Store, tmp_path: Path, home: Path
) -> None:
    one = saving(saving(filled(each, "Ardshire", tmp_path), 250_000), 10, "2024/25")
    two = saving(saving(filled(each, "Ardshire", tmp_path / "other"), 300_000), 10, "2024/25")
    theirs = saving(filled(each, "Caldale", tmp_path), 7)
    import_returns(each, [one.save(), two.save(), theirs.save()], folder=home)
    what = "own copies of 2027: savings, realised, 2025/26"
    assert conflicts(each) == {
        (what, "£250,000", "survey-2027-ardshire"),
        (what, "£300,000", "survey-2027-ardshire-2"),
    }


def test_savings_cite_their_own_row(small: Store, tmp_path: Path, home: Path) -> None:
    one = saving(filled(small, "Ardshire", tmp_path), 250_000)
    two = saving(filled(small, "Ardshire", tmp_path / "other"), 300_000)
    import_returns(small, [one.save(), two.save()], folder=home)
    (table,) = conflicts_report(small).tables
    places = {
        place
        for row in table.records()
        if "savings" in row["what"]
        for place in row["said_in"].places
    }
    assert places == {
        "survey-2027-ardshire#Savings, row 6",
        "survey-2027-ardshire-2#Savings, row 6",
    }


def test_two_copies_with_other_answers_are_told_from_two_councils(
    small: Store, tmp_path: Path, home: Path
) -> None:
    region = "Region: correction"
    one = filled(small, "Ardshire", tmp_path).answer(ROADS, "Yes", **{region: "National"})
    two = filled(small, "Ardshire", tmp_path / "other")
    two.answer(ROADS, "No", **{region: "Ayrshires"})
    import_returns(small, [one.save(), two.save()], folder=home)
    own = "own copies of 2027"
    copies = {
        (f"{own}: still operational", "goes on", "survey-2027-ardshire"),
        (f"{own}: still operational", "no longer operational", "survey-2027-ardshire-2"),
        (f"{own}: region", "National", "survey-2027-ardshire"),
        (f"{own}: region", "Ayrshires", "survey-2027-ardshire-2"),
    }
    assert {row for row in conflicts(small, ROADS) if not row[0].startswith("claims")} == copies
    import_returns(small, [filled(small, "Caldale", tmp_path).save()], folder=home)
    both = "survey-2027-ardshire; survey-2027-caldale"
    what = "still operational in 2027"
    assert conflicts(small, ROADS) >= {
        *copies,
        (what, "goes on", both),
        (what, "no longer operational", "survey-2027-ardshire-2"),
    }


def test_what_only_one_copy_answers_is_no_contradiction(
    small: Store, tmp_path: Path, home: Path
) -> None:
    one = saving(filled(small, "Ardshire", tmp_path), 250_000)
    two = Workbook.of(small, "Ardshire", tmp_path / "other").answered()
    import_returns(small, [one.save(), two.save()], folder=home)
    assert conflicts(small, ROADS) == set()


def test_that_a_part_of_its_return_waits_is_said_instead_of_no_mention(
    each: Store, tmp_path: Path, home: Path
) -> None:
    mine = filled(each, "Ardshire", tmp_path)
    mine.add_new("Joint Drones", **{"With whom": "Dunross City"})
    theirs = filled(each, "Dunross City", tmp_path)
    theirs.add_new("Our Boats", **{"With whom": "NHS Ardshyre"})
    import_returns(each, [mine.save(), theirs.save()], folder=home)
    waits = "part of its return still waits for a decision"
    what, about, own = "claims of 2027", "Dunross City in Joint Drones", "survey-2027-dunross-city"
    claim = (what, "takes part", "survey-2027-ardshire")
    assert conflicts(each, about) == {claim, (what, waits, own)}
    decide(each, "NHS Ardshyre", None, folder=home)
    assert conflicts(each, about) == {claim, (what, "its own return does not mention it", own)}
