"""Names and words that only a person can decide on: asked once, kept, never asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from graphmodel.cli import main
from graphmodel.errors import NotFoundError
from graphmodel.names import slug
from graphmodel.store import Store
from graphmodel.survey.answers import Answer
from graphmodel.survey.lists import OPERATIONAL, lists_of
from graphmodel.survey.returns import returns_of
from loaders.survey.decision_sheet import write_questions
from loaders.survey.faults import FaultyDecisionsError
from loaders.survey.filled import Filled
from loaders.survey.importing import import_returns
from loaders.survey.questions import Decisions, Question
from loaders.survey.resolving import decide, decide_all, open_questions
from loaders.survey.settling import settle
from tests.packages import country, graph_of
from tests.surveys import KNOWN, NEW, Workbook, by_id


def asked(store: Store, home: Path) -> dict[str, list[str]]:
    """What each name that waits may be."""
    return {
        question.text: [one.id for one in question.nearest]
        for _, question in open_questions(store, folder=home)
    }


def a_return(store: Store, folder: Path, partners: str) -> Path:
    book = Workbook.of(store, "Ardshire", folder).answered().answer_all()
    book.add_new("Joint Drones", **{"With whom": partners})
    return book.save()


def drones(store: Store) -> set[str | None]:
    found = returns_of(store, "2027")[0]
    return {party.id for party in by_id(found.answers)["joint-drones"].parties}


def test_a_name_that_is_known_exactly_is_not_asked_for(
    small: Store, tmp_path: Path, home: Path
) -> None:
    path = a_return(small, tmp_path, "City of Dunross Council; NHS ARDSHIRE; X91")
    import_returns(small, [path], folder=home)
    assert asked(small, home) == {}
    assert drones(small) == {"EX-DUN", "nhs-ardshire"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Caldale, Ben and Glen and Eskland", {"EX-CAL", "EX-BEN", "EX-ESK"}),
        ("Caldale and Dunross City Councils", {"EX-CAL", "EX-DUN"}),
        ("Caldale, Eskland, Drone Friends", {"EX-CAL", "EX-ESK", "drone-friends"}),
        ("Caldale/Eskland", {"EX-CAL", "EX-ESK"}),
        ("Ben & Glen", {"EX-BEN"}),
        ("Kites, Drones and Balloons Ltd", {"kites-drones-and-balloons-ltd"}),
        ("All councils", {"EX-BEN", "EX-CAL", "EX-DUN", "EX-ESK"}),
    ],
)
def test_a_list_of_names_in_one_cell(
    small: Store, tmp_path: Path, home: Path, written: str, meant: set[str]
) -> None:
    import_returns(small, [a_return(small, tmp_path, written)], folder=home)
    assert (asked(small, home), drones(small)) == ({}, meant)


def test_a_near_miss_waits_and_the_rest_is_loaded(small: Store, tmp_path: Path, home: Path) -> None:
    path = a_return(small, tmp_path, "NHS Ardshyre; Caldale; Ben")
    done = import_returns(small, [path], folder=home)
    assert [question.text for question in done.questions] == ["NHS Ardshyre"]
    assert asked(small, home) == {"NHS Ardshyre": ["nhs-ardshire"]}
    assert drones(small) == {"EX-CAL", "ben"}


def test_a_decision_is_loaded_at_once_and_never_asked_again(
    small: Store, tmp_path: Path, home: Path
) -> None:
    path = a_return(small, tmp_path, "NHS Ardshyre; Caldale")
    import_returns(small, [path], folder=home)
    decide(small, "nhs ardshyre", "NHS Ardshire", folder=home)
    assert asked(small, home) == {}
    assert drones(small) == {"EX-CAL", "nhs-ardshire"}
    again = import_returns(small, [path], folder=home)
    assert again.questions == []
    assert again.loads[0].has_written is False
    other = Workbook.of(small, "Caldale", tmp_path, wave="2030").answered().answer_all()
    other.add_new("Joint Boats", **{"With whom": "NHS Ardshyre"})
    assert import_returns(small, [other.save()], folder=home).questions == []


def test_something_new_is_said_to_be_new(small: Store, tmp_path: Path, home: Path) -> None:
    import_returns(small, [a_return(small, tmp_path, "NHS Ardshyre")], folder=home)
    decide(small, "NHS Ardshyre", None, folder=home)
    assert drones(small) == {"nhs-ardshyre"}
    assert graph_of(small).node("nhs-ardshyre")["kind"] == "nhs board"


def test_words_of_a_list_are_decided_on_for_all(small: Store, tmp_path: Path, home: Path) -> None:
    paths = []
    for council in ("Ardshire", "Caldale"):
        book = Workbook.of(small, council, tmp_path).answered()
        paths.append(book.answer_all("as was").save())
    import_returns(small, paths, folder=home)
    assert list(asked(small, home)) == ["as was"]
    decide(small, "As was", "Yes", folder=home)
    found = [one.answers[0].operational for one in returns_of(small, "2027")]
    assert found == ["yes", "yes"]


def test_what_is_not_asked_or_not_known_is_refused(
    small: Store, tmp_path: Path, home: Path
) -> None:
    import_returns(small, [a_return(small, tmp_path, "NHS Ardshyre")], folder=home)
    with pytest.raises(NotFoundError, match="There is: NHS Ardshyre"):
        decide(small, "Something", None, folder=home)
    with pytest.raises(NotFoundError, match="is not known"):
        decide(small, "NHS Ardshyre", "nobody at all", folder=home)
    with pytest.raises(NotFoundError, match="There is: 2027"):
        open_questions(small, "1999", home)


def two_that_wait(store: Store, folder: Path, home: Path) -> Path:
    """A workbook of two names to decide on, and a word."""
    first = a_return(store, folder, "NHS Ardshyre; Caldale")
    book = Workbook.of(store, "Caldale", folder).answered().answer_all("as was")
    book.add_new("Joint Boats", **{"With whom": "Eskland; Ben and Glem"})
    import_returns(store, [first, book.save()], folder=home)
    path = folder / "to-decide.xlsx"
    write_questions(open_questions(store, folder=home), path, lists_of(store))
    return path


def fill(path: Path, decisions: dict[str, str]) -> list[str]:
    """Decide by name; tells what the list of each offers."""
    book = load_workbook(path)
    page, offered = book["To decide"], []
    for row in range(2, page.max_row + 1):
        name = str(page.cell(row, 3).value)
        page.cell(row, 7).value = decisions.get(name)
        offered.append(name)
    book.save(path)
    return offered


def test_many_decisions_are_taken_together_from_a_workbook(
    small: Store, tmp_path: Path, home: Path
) -> None:
    path = two_that_wait(small, tmp_path, home)
    assert sorted(fill(path, {"NHS Ardshyre": "NHS Ardshire (nhs-ardshire)"})) == [
        "Ben and Glem",
        "NHS Ardshyre",
        "as was",
    ]
    first = decide_all(small, path, folder=home)
    assert [(one.text, meant) for one, meant in first.taken] == [("NHS Ardshyre", "nhs-ardshire")]
    assert sorted(asked(small, home)) == ["Ben and Glem", "as was"]
    assert drones(small) == {"EX-CAL", "nhs-ardshire"}
    fill(path, {"NHS Ardshyre": "new", "Ben and Glem": "Something new", "as was": "yes"})
    second = decide_all(small, path, folder=home)
    assert {one.text: meant for one, meant in second.taken} == {
        "Ben and Glem": "new",
        "as was": "yes",
    }
    assert (second.gone, len(second.imported.loads)) == (1, 1)
    assert asked(small, home) == {}
    assert drones(small) == {"EX-CAL", "nhs-ardshire"}


def test_the_list_offers_what_it_may_be_and_that_it_is_new(
    small: Store, tmp_path: Path, home: Path
) -> None:
    path = two_that_wait(small, tmp_path, home)
    book = load_workbook(path)
    page, lists = book["To decide"], book["Lists"]
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    for row in range(2, page.max_row + 1):
        area = str(rules[f"G{row}"]).split("!")[1].replace("$", "")
        offered = [cell.value for line in lists[area] for cell in line]
        near = [one.split(": ")[0] for one in str(page.cell(row, 6).value or "").splitlines()]
        if page.cell(row, 2).value == "word":
            assert [one for one in offered if one] == [
                *OPERATIONAL,
                "None of these",
                "Nothing is meant",
            ]
        else:
            assert [one for one in offered if one] == [*near, "Something new", "Nothing is meant"]
    assert lists.sheet_state == "hidden"


def test_what_is_no_decision_is_told_at_once_and_nothing_is_decided(
    small: Store, tmp_path: Path, home: Path
) -> None:
    path = two_that_wait(small, tmp_path, home)
    fill(path, {"NHS Ardshyre": "nobody at all", "as was": "perhaps", "Ben and Glem": "new"})
    with pytest.raises(FaultyDecisionsError) as error:
        decide_all(small, path, folder=home)
    told = str(error.value).splitlines()
    assert told[0] == "2 errors in to-decide.xlsx; nothing was decided."
    assert [line.split(": expected")[0].split(", ", 2)[2] for line in told[1:]] == [
        "cell G2: found 'nobody at all'",
        "cell G4: found 'perhaps'",
    ]
    assert len(asked(small, home)) == 3


@pytest.mark.parametrize("text", ["", "%PDF", "name,decision\nNHS Ardshyre,new\n"])
def test_a_file_without_decisions_is_refused(
    small: Store, tmp_path: Path, home: Path, text: str
) -> None:
    two_that_wait(small, tmp_path, home)
    path = tmp_path / "notes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyDecisionsError, match=r"1 error in notes\.csv; nothing was decided"):
        decide_all(small, path, folder=home)


@pytest.mark.parametrize("others", [0, 1], ids=["each other", "one another in a ring"])
def test_two_that_are_decided_to_be_each_other_are_one(others: int) -> None:
    names = ["Joint Drones", "Drones Shared", "Flying Things"][: 2 + others]
    councils = ["EX-ARD", "EX-CAL", "EX-ESK"]
    filled, decisions = {}, Decisions(None)
    for at, (name, council) in enumerate(zip(names, councils, strict=False)):
        answer = Answer(council, "2027", "New activities, row 6", None, name, False, "yes")
        filled[f"survey-2027-{council}"] = Filled("a.xlsx", council, "2027", "2", answers=[answer])
        other = slug(names[(at + 1) % len(names)])
        decisions.take({Question("activity", council, name, "", "").key: other})
    settled = settle(filled, [], [], decisions)
    assert settled.questions == []
    assert {answer.id for one in settled.returns for answer in one.answers} == {"joint-drones"}


def run(home: Path, *words: str) -> Result:
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}
    return CliRunner(env=environment).invoke(main, ["survey", *words])


def test_the_commands_from_export_to_decision(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "out"
    package = country().write(tmp_path / "package")
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}
    assert CliRunner(env=environment).invoke(main, ["load", str(package)]).exit_code == 0
    made = run(home, "export", "--wave", "2027", "--council", "Ardshire", "--folder", str(folder))
    assert "survey-2027-ardshire.xlsx" in made.stdout
    book = Workbook(folder / "survey-2027-ardshire.xlsx").answered().answer_all()
    book.add_new("Joint Drones", Since="soon", **{"With whom": "NHS Ardshyre"})
    book.save()
    refused = run(home, "import", str(folder), "--annotate", str(tmp_path / "back"))
    assert refused.exit_code == 1
    assert "sheet New activities, cell K6: found 'soon'" in refused.stderr
    assert "Traceback" not in refused.output
    marked = load_workbook(tmp_path / "back" / "survey-2027-ardshire-to-put-right.xlsx")
    comment = marked[NEW]["K6"].comment
    assert comment is not None
    assert "expected a date as 2013, 2013-06 or 2013-06-01" in comment.text
    assert marked[KNOWN].protection.sheet
    assert marked.sheetnames[0] == "To put right"
    book.page(NEW)["K6"].value = "2026"
    book.save()
    taken = run(home, "import", str(folder))
    assert (taken.exit_code, "1 name or word waits" in taken.stdout) == (0, True)
    assert "NHS Ardshire (nhs-ardshire)" in run(home, "resolve").stdout
    listed = tmp_path / "listed.csv"
    assert run(home, "resolve", "--format", "csv", "--output", str(listed)).exit_code == 0
    header, row = listed.read_text(encoding="utf-8").splitlines()
    listed.write_text(f"{header},decision\n{row},nobody\n", encoding="utf-8")
    wrong = run(home, "resolve", "--decisions", str(listed))
    assert (wrong.exit_code, "cell F2: found 'nobody'" in wrong.stderr) == (1, True)
    decided = run(home, "resolve", "NHS Ardshyre", "--as", "nhs-ardshire")
    assert "Nothing else waits for a decision." in decided.stdout
    assert "Nothing waits for a decision." in run(home, "resolve", "--wave", "2027").stdout
    unclear = run(home, "resolve", "NHS Ardshyre")
    assert (unclear.exit_code, "--as ID, or --new" in unclear.output) == (2, True)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("Human resources", "HR"),
        ("Human Resources Service", "HR"),
        ("Waste", "Environmental Protection, Waste, and Regulatory Services"),
        ("Libraries", "Library"),
        ("Community safety", "Comm. Safety (inc Fire)"),
        ("childrens services", "Children & young People"),
        ("Bulding control", "Planning & building Control"),
        ("IT", None),
        ("Payroll", None),
    ],
)
def test_the_published_service_area_that_has_the_words_is_proposed_first(
    embedded_scotland: Store, written: str, first: str | None
) -> None:
    near = lists_of(embedded_scotland)["category"].nearest(written)
    assert (near[0] if near else None) == first
