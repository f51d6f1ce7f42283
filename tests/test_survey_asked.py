"""Which waves there are to compare, and which councils were asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.store.embedded import EmbeddedStore
from tests.packages import country
from tests.surveys import Workbook

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    with EmbeddedStore(folder) as store:
        country().load(store)
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command of the survey on a store of its own."""

    def runner(*words: str | Path) -> Result:
        runner = CliRunner(env={"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""})
        return runner.invoke(main, ["survey", *map(str, words)], prog_name="graphmodel")

    return runner


def returned(run: Run, folder: Path, wave: str, *councils: str) -> None:
    """Import what these councils answer."""
    for council in councils:
        assert (
            run("export", "--wave", wave, "--council", council, "--folder", folder).exit_code == 0
        )
    for path in sorted(folder.glob(f"survey-{wave}-*.xlsx")):
        assert run("import", Workbook(path).answered().answer_all().save()).exit_code == 0


@pytest.mark.parametrize("words", [(), ("--tables",)])
def test_who_has_no_two_waves_is_told_what_there_is(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run("compare", "2020", "2027", *words)
    assert result.exit_code == 1
    assert "none is loaded" in result.stderr
    assert "only what the 2020 report published" in result.stderr
    assert "survey import FOLDER" in result.stderr
    returned(run, tmp_path / "out", "2027", "Ardshire")
    result = run("compare", "2020", "2027", *words)
    assert result.exit_code == 1
    assert "only 2027 is loaded" in result.stderr
    assert "survey import FOLDER" in result.stderr


def measures(run: Run) -> dict[str, tuple[Any, Any]]:
    listed = run("compare", "2024", "2027", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in listed]
    return {row["measure"]: (row["2024"], row["2027"]) for row in rows if "measure" in row}


def test_asked_are_those_whose_workbooks_were_written(run: Run, tmp_path: Path) -> None:
    returned(run, tmp_path / "then", "2024", "Ardshire", "Caldale")
    returned(run, tmp_path / "now", "2027", "Ardshire")
    run("export", "--wave", "2027", "--council", "Dunross City", "--folder", tmp_path)
    assert {key: said for key, said in measures(run).items() if "council" in key} == {
        "councils asked": (2, 2),
        "councils in the store": (5, 5),
        "councils that answered": (2, 1),
    }
    assert measures(run)["response rate, %"] == (100, 50)


def test_only_who_was_asked_is_asked_again(run: Run, tmp_path: Path) -> None:
    returned(run, tmp_path / "out", "2027", "Ardshire")
    run("export", "--wave", "2027", "--council", "Dunross City", "--folder", tmp_path)
    result = run("follow-up", "--wave", "2027", "--letters", tmp_path / "letters")
    assert result.exit_code == 0
    assert "wrote a workbook on this machine" in result.stdout
    assert {path.name for path in (tmp_path / "letters").iterdir()} == {
        "letter-2027-ardshire.txt",
        "letter-2027-dunross-city.txt",
    }
    other = run("follow-up", "--wave", "2027", "--council", "Eskland")
    assert "Eskland was not asked: no workbook of 2027" in other.stdout


def test_who_was_asked_elsewhere_is_not_known_here(run: Run, home: Path, tmp_path: Path) -> None:
    returned(run, tmp_path / "out", "2027", "Ardshire")
    (home / "surveys" / "2027" / "asked.json").unlink()
    result = run("follow-up", "--wave", "2027")
    assert "Asked in 2027: not known here" in result.stdout
    assert "all 5 councils in the store" in result.stdout


@pytest.mark.parametrize("content", ["[1]", "{}", "[", ""])
def test_a_list_of_who_was_asked_that_cannot_be_read_is_named(
    run: Run, home: Path, tmp_path: Path, content: str
) -> None:
    returned(run, tmp_path / "out", "2027", "Ardshire")
    (home / "surveys" / "2027" / "asked.json").write_text(content)
    result = run("follow-up", "--wave", "2027")
    assert result.exit_code == 1
    assert "asked.json" in result.stderr
    assert "move it away" in result.stderr
