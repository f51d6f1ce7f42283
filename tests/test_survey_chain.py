"""Generated workbooks, filled and imported for three waves, compare as is true."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.reports.survey_compare import compare_report
from graphmodel.reports.survey_tables import tables_report
from graphmodel.reports.survey_waves import MADE_NOTE, Survey, survey_of
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.survey.comparing import compare
from graphmodel.survey.waves import Wave
from tests.made_survey import WAVES, make
from tests.made_survey.chain import Chain, run_chain

pytestmark = pytest.mark.slow
Run = Callable[..., Result]
FORMATS = ("table", "csv", "json", "jsonl", "markdown")
SOME = frozenset(f"GB-LAS-{code}" for code in ("ANS", "DND", "PKN", "FIF", "EAY", "SAY"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("survey")


@pytest.fixture(scope="module")
def chain(home: Path) -> Chain:
    """Six councils in three waves, in a store of their own."""
    with EmbeddedStore(home) as store:
        return run_chain(store, make(5001, SOME), home / "surveys")


@pytest.fixture(scope="module")
def survey(home: Path, chain: Chain) -> Survey:
    with EmbeddedStore(home) as store:
        return survey_of(store)


@pytest.fixture
def run(home: Path, chain: Chain) -> Run:
    """Run commands of the survey on that store."""
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}

    def runner(*words: str) -> Result:
        runner = CliRunner(env=environment)
        return runner.invoke(main, ["survey", *words], prog_name="graphmodel")

    return runner


def true_waves(chain: Chain) -> list[Wave]:
    """The returns as they were made, each answer under the id that its activity has."""
    waves = []
    for wave in WAVES:
        returns = []
        for one in chain.survey.returns[wave]:
            answers = tuple(
                replace(each, id=chain.id_of[key])
                for each in one.answers
                if (key := chain.survey.key_of[wave, each.council, each.place]) in chain.id_of
            )
            returns.append(replace(one, answers=answers))
        waves.append(Wave(wave, tuple(returns)))
    return waves


def test_every_row_ends_up_with_its_own_activity(chain: Chain, survey: Survey) -> None:
    found = {
        (wave.name, answer.council, answer.place): answer.id
        for wave in survey.waves
        for told in wave.told.values()
        for _, answer in told.answers
        if answer.operational is not None
    }
    true = {told: chain.id_of.get(key) for told, key in chain.keys.items() if told in found}
    assert {told: id_ for told, id_ in found.items() if told in true} == true
    assert len(set(chain.id_of.values())) == len(chain.id_of)


@pytest.mark.parametrize(("first", "second"), [("2009", "2016"), ("2016", "2020")])
def test_what_became_of_activities_is_what_is_true(
    chain: Chain, survey: Survey, first: str, second: str
) -> None:
    true = Survey(tuple(true_waves(chain)), {}, {}, {})
    results = [
        {
            change.id: change.outcome
            for change in compare(one.wave(first), one.wave(second), one.before(one.wave(first)))
        }
        for one in (survey, true)
    ]
    assert results[0] == results[1]


def test_the_tables_are_those_of_the_truth(home: Path, chain: Chain, survey: Survey) -> None:
    true = replace(survey, waves=tuple(true_waves(chain)))
    with EmbeddedStore(home) as store:
        found, expected = (
            [table.rows for table in tables_report(store, one, ["2016", "2020"]).tables]
            for one in (survey, true)
        )
    assert found == expected


def test_all_of_it_is_marked_as_made(home: Path, survey: Survey) -> None:
    titles = [survey.documents[one.document] for wave in survey.waves for one in wave.returns]
    assert all("made for a trial" in title for title in titles)
    assert MADE_NOTE in compare_report(survey, "2016", "2020").notes
    with EmbeddedStore(home) as store:
        rows = store.read("MATCH (s:Service) UNWIND s.datasets AS one RETURN DISTINCT one")
        assert {row["one"] for row in rows} == {f"made-survey-{wave}" for wave in WAVES}


COMMANDS = [
    ("compare", "2016", "2020"),
    ("compare", "2016", "2020", "--activities"),
    ("compare", "2009", "2020", "--council", "Angus", "--activities"),
    ("compare", "2016", "2020", "--tables"),
    ("follow-up", "--wave", "2020"),
    ("follow-up", "--wave", "2020", "--council", "Moray"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_comes_in_every_format(run: Run, words: tuple[str, ...]) -> None:
    results = {how: run(*words, "--format", how) for how in FORMATS}
    assert {how: result.exit_code for how, result in results.items()} == dict.fromkeys(FORMATS, 0)
    records = [json.loads(line) for line in results["jsonl"].stdout.splitlines()]
    assert len(records) == len(list(csv.DictReader(io.StringIO(results["csv"].stdout))))
    assert "Made for a trial" in results["table"].stdout
    assert "Made for a trial" in results["csv"].stderr


def test_the_limit_and_the_file_are_those_of_every_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    result = run(
        "compare", "2016", "2020", "--limit", "2", "--format", "csv", "--output", str(path)
    )
    assert (result.exit_code, result.stdout) == (0, "")
    with path.open(encoding="utf-8", newline="") as file:
        by_council = [row for row in csv.DictReader(file) if row["council"]]
    assert len(by_council) == 2


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("compare", "2016", "2030"), 1, "There are: 2009, 2016, 2020."),
        (("compare", "2020", "2016"), 2, "the earlier first"),
        (("compare", "2016", "2020", "--tables", "--council", "Angus"), 2, "--tables counts all"),
        (("compare", "2016", "2020", "--council", "Agnus"), 1, "Did you mean Angus?"),
        (("follow-up", "--wave", "1999"), 1, "There are: 2009, 2016, 2020."),
        (("follow-up", "--wave", "2020", "--template", "pyproject.toml"), 2, "--letters FOLDER"),
    ],
)
def test_what_cannot_be_is_said(run: Run, words: tuple[str, ...], code: int, message: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_letters_go_to_those_of_whom_something_is_missing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    assert run("follow-up", "--wave", "2020", "--letters", str(folder)).exit_code == 0
    listed = run("follow-up", "--wave", "2020", "--format", "jsonl").stdout.splitlines()
    councils = [one for one in map(json.loads, listed) if "answered" in one]
    silent = {one["council"] for one in councils if not one["answered"]}
    assert len(silent) >= 26
    assert {path.name for path in folder.iterdir()} >= {
        "letter-2020-moray.txt",
        "letter-2020-edinburgh.txt",
    }
    text = (folder / "letter-2020-moray.txt").read_text(encoding="utf-8")
    assert text.startswith("THIS LETTER WAS MADE FOR A TRIAL. IT IS NOT TO BE SENT.")
    assert "We have not yet received your council's return" in text


def test_a_letter_that_somebody_worked_on_is_not_lost(run: Run, tmp_path: Path) -> None:
    words = ("follow-up", "--wave", "2020", "--council", "Moray", "--letters", str(tmp_path))
    assert run(*words).exit_code == 0
    assert run(*words).exit_code == 0
    (path,) = tmp_path.iterdir()
    path.write_text("Dear Moray,\n", encoding="utf-8")
    result = run(*words)
    assert result.exit_code == 1
    assert "another text" in result.stderr
    assert path.read_text(encoding="utf-8") == "Dear Moray,\n"


@pytest.mark.parametrize(
    ("template", "code", "result"),
    [
        ("{{ council }}, {{ wave }}\n", 0, "The Moray Council, 2020\n"),
        ("{% for %}", 1, "line 1"),
        ("{{ no_such_thing }}", 1, "It may use wave, today"),
        ("{{ council.__class__.__mro__ }}", 1, "It may use wave, today"),
        ("{{ 1 / 0 }}", 1, "It may use wave, today"),
    ],
)
def test_letters_come_from_the_users_template(
    run: Run, tmp_path: Path, template: str, code: int, result: str
) -> None:
    own, folder = tmp_path / "own.txt", tmp_path / "letters"
    own.write_text(template, encoding="utf-8")
    words = ("--council", "Moray", "--letters", str(folder), "--template", str(own))
    done = run("follow-up", "--wave", "2020", *words)
    assert done.exit_code == code
    if code:
        assert result in done.stderr
        assert not folder.exists()
    else:
        (path,) = folder.iterdir()
        assert path.read_text(encoding="utf-8") == result
