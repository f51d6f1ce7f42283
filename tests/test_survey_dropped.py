"""What is no name is dropped, and what waits for a decision is not stated meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graphmodel.cli import main
from graphmodel.errors import NotFoundError
from graphmodel.store import Store
from graphmodel.survey.answers import Answer
from graphmodel.survey.lists import lists_of
from graphmodel.survey.returns import returns_of
from loaders.survey.decision_sheet import write_questions
from loaders.survey.importing import import_returns
from loaders.survey.resolving import decide, decide_all, forget, open_questions
from tests.packages import country, graph_of
from tests.surveys import FINDINGS, NEW, PARTNERS, Workbook, by_id

HELD = "How it is run"
SHARED = "Roads Alliance"


@pytest.fixture
def book(small: Store, tmp_path: Path) -> Workbook:
    return Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()


def waiting(store: Store, home: Path) -> list[tuple[str, str]]:
    found = (question for _, question in open_questions(store, folder=home))
    return sorted((question.kind, question.text) for question in found)


def told(store: Store) -> object:
    """All that is said, but for the statistics: they count what waits."""
    graph = graph_of(store)
    nodes = [said for labels, said in graph.nodes if labels != ["Statistic"]]
    return nodes, [edge for edge in graph.edges if edge[0] != "STATED_IN"]


def answers(store: Store) -> dict[str, Answer]:
    [found] = returns_of(store, "2027")
    return by_id(found.answers)


def parties(store: Store, service: str) -> set[str]:
    return {party.name for party in answers(store)[service].parties}


@pytest.mark.parametrize("name", ["All of the above", "Various", "See above", "as above", "n/a"])
def test_an_activity_that_is_none_waits_until_it_is_dropped(
    book: Workbook, small: Store, home: Path, name: str
) -> None:
    book.add_new(name)
    book.add_new("Joint Drones")
    book.add(FINDINGS, Activity="Any of these", Kind="Benefit", **{"In your words": "Fast."})
    import_returns(small, [book.save()], folder=home)
    asked = sorted([("activity", "Any of these"), ("activity", name)])
    assert waiting(small, home) == asked
    before = told(small)
    assert set(answers(small)) == {"roads-alliance", "joint-drones"}
    decide(small, name, None, drop=True, folder=home)
    decide(small, "Any of these", None, drop=True, folder=home)
    assert (waiting(small, home), told(small)) == ([], before)
    forget(small, name, folder=home)
    assert waiting(small, home) == [("activity", name)]
    decide(small, name, None, folder=home)
    assert len(answers(small)) == 3


def test_a_row_that_says_nothing_is_passed_over(book: Workbook, small: Store, home: Path) -> None:
    book.add(NEW, Activity="N/A", **{"What it does": "None"})
    done = import_returns(small, [book.save()], folder=home)
    assert [(one.cell, one.found, one.is_error) for one in done.faults] == [("A6", "N/A", False)]
    assert (done.questions, set(answers(small))) == ([], {"roads-alliance"})


@pytest.mark.parametrize("name", ["Various", "All of the above"])
def test_a_partner_that_is_none_waits_until_it_is_dropped(
    book: Workbook, small: Store, home: Path, name: str
) -> None:
    book.add_new("Joint Drones", **{"With whom": f"Caldale; {name}"})
    book.add(PARTNERS, Activity="Joint Drones", Partner=name)
    import_returns(small, [book.save()], folder=home)
    assert waiting(small, home) == [("partner", name)]
    before = told(small)
    decide(small, name, None, drop=True, folder=home)
    assert (waiting(small, home), told(small)) == ([], before)
    assert parties(small, "joint-drones") == {"Caldale"}
    forget(small, name, folder=home)
    assert waiting(small, home) == [("partner", name)]


def test_a_name_near_one_that_is_known_can_be_dropped_too(
    book: Workbook, small: Store, tmp_path: Path, home: Path
) -> None:
    book.add_new("Shared legal advice", **{"With whom": "Eskland; NHS Ardshyre"})
    other = Workbook.of(small, "Caldale", tmp_path).answered().answer_all()
    other.add_new("Shared legal services", **{"With whom": "Ben and Glen"})
    import_returns(small, [book.save(), other.save()], folder=home)
    assert waiting(small, home) == [
        ("activity", "Shared legal services"),
        ("partner", "NHS Ardshyre"),
    ]
    path = tmp_path / "to-decide.xlsx"
    write_questions(open_questions(small, folder=home), path, lists_of(small))
    sheet = load_workbook(path)
    words = {"Shared legal services": "Nothing is meant", "NHS Ardshyre": "drop"}
    for row in (2, 3):
        sheet["To decide"].cell(row, 7).value = words[str(sheet["To decide"].cell(row, 3).value)]
    sheet.save(path)
    done = decide_all(small, path, folder=home)
    assert {meant for _, meant in done.taken} == {"drop"}
    assert waiting(small, home) == []
    mine, theirs = returns_of(small, "2027")
    assert {party.name for party in by_id(mine.answers)["shared-legal-advice"].parties} == {
        "Eskland"
    }
    assert set(by_id(theirs.answers)) == {"roads-alliance"}


@pytest.mark.parametrize(
    ("meant", "drop", "stated"),
    [("company", False, "company"), (None, False, None), (None, True, "joint committee")],
)
def test_what_is_held_is_not_stated_while_its_correction_waits(
    book: Workbook, small: Store, home: Path, meant: Any, drop: bool, stated: str | None
) -> None:
    cells = {f"{HELD}: what we hold": "Joint committee", f"{HELD}: correction": "Firm of ours"}
    book.answer(SHARED, "Yes, but changed", **cells)
    import_returns(small, [book.save()], folder=home)
    assert waiting(small, home) == [("word", "Firm of ours")]
    assert answers(small)["roads-alliance"].mechanism is None
    decide(small, "Firm of ours", meant, drop=drop, folder=home)
    assert answers(small)["roads-alliance"].mechanism == stated
    forget(small, "Firm of ours", folder=home)
    assert answers(small)["roads-alliance"].mechanism is None


def test_what_is_listed_instead_of_a_name_can_be_read(
    book: Workbook, small: Store, home: Path
) -> None:
    names = [f"NHS Ardshyre {'and its many friends ' * 9}{number}" for number in range(8)]
    for number, name in enumerate([*names, "NHS Ardshyre"]):
        book.add_new(f"Joint Drones {number}", **{"With whom": name})
    for number in range(8):
        book.answer(SHARED, f"{'we do not know ' * 9}{number}")
        book.add(FINDINGS, Activity=f"{'Some thing ' * 9}{number}", Kind="Benefit")
        text = book.columns(FINDINGS)["In your words"]
        page = book.page(FINDINGS)
        page.cell(6 + number, text).value = "Fast."
    import_returns(small, [book.save()], folder=home)
    with pytest.raises(NotFoundError) as caught:
        decide(small, "Something else " * 50, None, folder=home)
    listed = str(caught.value).split("There is: ")[1].split("; ")
    assert (len(listed), listed[-1].startswith("and ")) == (6, True)
    assert max(map(len, listed)) <= 61
    assert len(str(caught.value)) < 500


def run(home: Path, *words: str) -> Result:
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}
    return CliRunner(env=environment).invoke(main, list(words))


def test_the_command_drops_and_forgets(book: Workbook, tmp_path: Path) -> None:
    home, package = tmp_path / "home", country().write(tmp_path / "package")
    book.add_new("All of the above")
    assert run(home, "load", str(package)).exit_code == 0
    assert run(home, "survey", "import", str(book.save())).exit_code == 0
    wrong = run(home, "survey", "resolve", "All of the above", "--drop", "--new")
    assert wrong.exit_code == 2
    dropped = run(home, "survey", "resolve", "All of the above", "--drop", "--format", "csv")
    assert "activity,All of the above," in dropped.stdout
    assert ",drop" in dropped.stdout
    assert "Nothing waits" in run(home, "survey", "resolve").stdout
    assert run(home, "survey", "resolve", "All of the above", "--forget").exit_code == 0
    assert "All of the above" in run(home, "survey", "resolve").stdout
