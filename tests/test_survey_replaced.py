"""A corrected file takes the place of the first, and a return is taken back and in again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.store import Store
from graphmodel.survey.returns import returns_of
from loaders.survey.faults import FaultyReturnsError
from loaders.survey.importing import Imported, import_returns
from loaders.survey.resolving import decide, forget
from loaders.survey.withdrawing import withdraw
from tests.packages import country, graph_of
from tests.surveys import SAVINGS, Workbook

FIRST, SECOND = "survey-2027-ardshire", "survey-2027-ardshire-2"


def brought(store: Store, home: Path, *paths: Path, **options: Any) -> Imported:
    return import_returns(store, paths, folder=home, **options)


def filled(store: Store, folder: Path, saved: int, **options: Any) -> Path:
    """A return of Ardshire that tells of a saving, and of an activity called after it."""
    book = Workbook.of(store, "Ardshire", folder / str(saved), **options).answered().answer_all()
    book.add_new(f"Joint Drones {saved}")
    book.add(SAVINGS, Activity="Roads Alliance", Basis="Realised", **{"Amount in pounds": saved})
    return book.save(folder / f"{saved}.xlsx")


def saved(store: Store) -> set[float]:
    """The amounts that returns tell of."""
    nodes = graph_of(store).nodes
    return {
        said["amount"]
        for labels, said in nodes
        if labels == ["Saving"] and str(said["source"]).startswith("survey-")
    }


def standing(store: Store, wave: str = "2027") -> list[str]:
    return [one.document for one in returns_of(store, wave)]


def listed(home: Path, wave: str = "2027") -> dict[str, bool]:
    """Whether each return is withdrawn, as the list of the wave says; its file must be there."""
    kept = json.loads((home / wave / "returns.json").read_text(encoding="utf-8"))
    assert all((home / wave / "files" / one["stored"]).is_file() for one in kept)
    return {one["document"]: one["withdrawn"] for one in kept}


def test_nothing_of_one_wave_is_loaded_where_another_is_refused(
    small: Store, tmp_path: Path, home: Path
) -> None:
    small.execute("CREATE (:Document {id: 'survey-2028-caldale', datasets: ['survey-2028']})")
    files = [filled(small, tmp_path, 5), filled(small, tmp_path, 7, wave="2028")]
    before = graph_of(small)
    with pytest.raises(GraphmodelError, match="returns of 2028 whose files are not in"):
        brought(small, home, *files)
    assert graph_of(small) == before
    assert not home.exists()


def test_only_copies_that_stand_together_are_called_copies(
    small: Store, tmp_path: Path, home: Path
) -> None:
    def titles() -> list[str]:
        found = small.read("MATCH (d:Document) WHERE d.id STARTS WITH 'survey-' RETURN d.title")
        return sorted(title.partition("shared services")[2] for (title,) in found.rows)

    brought(small, home, filled(small, tmp_path, 5))
    brought(small, home, filled(small, tmp_path, 7))
    assert titles() == ["", ", copy 2"]
    withdraw(small, FIRST, folder=home)
    assert titles() == [""]


def test_a_corrected_file_takes_the_place_of_the_first(
    each: Store, tmp_path: Path, home: Path
) -> None:
    brought(each, home, filled(each, tmp_path, 5))
    done = brought(each, home, filled(each, tmp_path, 7), in_place=True)
    assert (done.taken, done.replaced) == ([(SECOND, "7.xlsx")], {SECOND: [FIRST]})
    assert (standing(each), saved(each)) == ([SECOND], {7})
    assert listed(home) == {FIRST: True, SECOND: False}
    assert done.notes == []
    assert graph_of(each).ids & {"joint-drones-5", "joint-drones-7"} == {"joint-drones-7"}


def test_a_second_copy_without_it_stands_beside_the_first_and_that_is_told(
    small: Store, tmp_path: Path, home: Path
) -> None:
    first = brought(small, home, filled(small, tmp_path, 5))
    second = filled(small, tmp_path, 7)
    done = brought(small, home, second)
    assert first.notes == []
    [note] = done.notes
    assert f"{SECOND} stands beside {FIRST}" in note
    assert "--replace" in note
    assert "survey withdraw" in note
    assert (standing(small), saved(small)) == ([FIRST, SECOND], {5, 7})
    assert brought(small, home, second).notes == []
    done = brought(small, home, second, in_place=True)
    assert (done.same, done.replaced) == ([(SECOND, "7.xlsx")], {SECOND: [FIRST]})
    assert (standing(small), saved(small)) == ([SECOND], {7})


def test_what_is_withdrawn_leaves_the_graph_as_it_was(
    each: Store, tmp_path: Path, home: Path
) -> None:
    other = Workbook.of(each, "Caldale", tmp_path).answered().answer_all("No").save()
    brought(each, home, other)
    before = graph_of(each)
    path = filled(each, tmp_path, 5)
    brought(each, home, path)
    done = withdraw(each, FIRST, folder=home)
    assert done.withdrawn == [(FIRST, "5.xlsx")]
    assert graph_of(each) == before
    assert listed(home) == {FIRST: True, "survey-2027-caldale": False}
    again = brought(each, home, path)
    assert (again.back, again.taken) == ([(FIRST, "5.xlsx")], [])
    assert standing(each) == [FIRST, "survey-2027-caldale"]
    assert listed(home) == {FIRST: False, "survey-2027-caldale": False}


@pytest.mark.parametrize("made", [False, True])
def test_the_last_return_of_a_wave_can_be_withdrawn(
    small: Store, tmp_path: Path, home: Path, made: bool
) -> None:
    before = graph_of(small)
    path = filled(small, tmp_path, 5, made=made)
    brought(small, home, path)
    done = withdraw(small, FIRST, folder=home)
    assert [one.dataset for one in done.loads] == [f"{'made-' if made else ''}survey-2027"]
    assert graph_of(small) == before
    assert withdraw(small, FIRST, folder=home).withdrawn == [(FIRST, "5.xlsx")]
    assert graph_of(small) == before
    brought(small, home, path)
    assert saved(small) == {5}


def test_the_id_of_a_withdrawn_return_is_never_anothers(
    small: Store, tmp_path: Path, home: Path
) -> None:
    brought(small, home, filled(small, tmp_path, 5))
    withdraw(small, FIRST, folder=home)
    done = brought(small, home, filled(small, tmp_path, 7))
    assert (done.taken, done.notes) == ([(SECOND, "7.xlsx")], [])
    assert listed(home) == {FIRST: True, SECOND: False}


def test_all_of_a_council_to_one_wave_is_withdrawn_together(
    small: Store, tmp_path: Path, home: Path
) -> None:
    brought(small, home, filled(small, tmp_path, 5), filled(small, tmp_path, 7))
    brought(small, home, filled(small, tmp_path, 9, wave="2030"))
    brought(small, home, Workbook.of(small, "Caldale", tmp_path).answered().answer_all().save())
    withdraw(small, council="Ardshire Council", wave="2027", folder=home)
    assert standing(small) == ["survey-2027-caldale"]
    assert standing(small, "2030") == ["survey-2030-ardshire"]
    assert saved(small) == {9}


def test_returns_of_other_councils_and_waves_are_not_replaced(
    small: Store, tmp_path: Path, home: Path
) -> None:
    brought(small, home, Workbook.of(small, "Caldale", tmp_path).answered().answer_all().save())
    brought(small, home, filled(small, tmp_path, 9, wave="2030"))
    done = brought(small, home, filled(small, tmp_path, 5), in_place=True)
    assert done.replaced == {}
    assert standing(small) == [FIRST, "survey-2027-caldale"]
    assert standing(small, "2030") == ["survey-2030-ardshire"]


def test_what_cannot_be_replaced_or_withdrawn_changes_nothing(
    small: Store, tmp_path: Path, home: Path
) -> None:
    first, second = filled(small, tmp_path, 5), filled(small, tmp_path, 7)
    brought(small, home, first)
    before, kept = graph_of(small), sorted(home.rglob("*"))
    with pytest.raises(GraphmodelError, match="--replace leaves one only"):
        brought(small, home, first, second, in_place=True)
    faulty = Workbook(second)
    faulty.page(SAVINGS)["B6"].value = "lots"
    with pytest.raises(FaultyReturnsError):
        brought(small, home, faulty.save(), in_place=True)
    with pytest.raises(NotFoundError, match=f"is no return.* There is: {FIRST}"):
        withdraw(small, "survey-2027-caldale", folder=home)
    with pytest.raises(NotFoundError, match="Caldale has no return to the survey of '2027'"):
        withdraw(small, council="Caldale", wave="2027", folder=home)
    assert (graph_of(small), sorted(home.rglob("*"))) == (before, kept)


def test_decisions_stay_and_wait_for_nobody_once_all_is_withdrawn(
    small: Store, tmp_path: Path, home: Path
) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    book.add_new("Joint Drones", **{"With whom": "NHS Ardshyre"})
    path = book.save()
    brought(small, home, path)
    decide(small, "NHS Ardshyre", "nhs-ardshire", folder=home)
    withdraw(small, FIRST, folder=home)
    assert brought(small, home, path).questions == []
    withdraw(small, FIRST, folder=home)
    assert forget(small, "NHS Ardshyre", folder=home).imported.questions == []


def test_a_file_that_came_before_and_is_an_error_now_can_be_replaced_or_withdrawn(
    small: Store, tmp_path: Path, home: Path
) -> None:
    brought(small, home, filled(small, tmp_path, 5))
    kept = Workbook(home / "2027" / "files" / f"{FIRST}.xlsx")
    kept.page(SAVINGS)["B6"].value = "lots"
    kept.save()
    other = Workbook.of(small, "Caldale", tmp_path).answered().answer_all().save()
    with pytest.raises(GraphmodelError, match=f"sheet Savings, cell B6.*\n.*withdraw {FIRST}"):
        brought(small, home, other)
    brought(small, home, filled(small, tmp_path, 7), in_place=True)
    assert saved(small) == {7}
    brought(small, home, other)
    assert standing(small) == [SECOND, "survey-2027-caldale"]


def run(home: Path, *words: str) -> Result:
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}
    return CliRunner(env=environment).invoke(main, list(words))


def test_the_commands_say_what_was_replaced_and_withdrawn(small: Store, tmp_path: Path) -> None:
    home, package = tmp_path / "home", country().write(tmp_path / "package")
    first, second = filled(small, tmp_path, 5), filled(small, tmp_path, 7)
    assert run(home, "load", str(package)).exit_code == 0
    assert run(home, "survey", "import", str(first)).exit_code == 0
    table = ["--format", "csv"]
    done = run(home, "survey", "import", str(second), "--replace", *table)
    assert f"7.xlsx,{SECOND},replaces {FIRST}" in done.stdout
    done = run(home, "survey", "withdraw", SECOND, *table)
    assert f"7.xlsx,{SECOND},withdrawn" in done.stdout
    done = run(home, "survey", "import", str(second), *table)
    assert f"7.xlsx,{SECOND},taken back in" in done.stdout
    done = run(home, "survey", "withdraw", "--council", "Ardshire", "--wave", "2027", *table)
    assert f"7.xlsx,{SECOND},withdrawn" in done.stdout
    assert run(home, "survey", "withdraw", "--council", "Ardshire").exit_code == 2
    assert run(home, "survey", "withdraw").exit_code == 2
    unknown = run(home, "survey", "withdraw", "survey-2027-nowhere")
    assert (unknown.exit_code, "is no return that was imported" in unknown.stderr) == (1, True)
