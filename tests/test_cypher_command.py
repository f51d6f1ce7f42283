"""``graphmodel cypher``: what it takes, what it shows, what it changes, and its prompt."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from graphmodel.cli import main
from graphmodel.cli.prompt import CypherCompleter, Prompt
from graphmodel.cli.statements import Settings
from graphmodel.errors import GraphmodelError, ReadOnlyError
from graphmodel.reports.cypher import change_report, cypher_answer, plan_report
from graphmodel.reports.formats import cell_text, csv_cell, dumped
from graphmodel.store import Store
from tests.packages import country
from tests.test_query_plans import forget_plans

Run = Callable[..., Result]
EVERY_VALUE = """
MATCH p = (a:Council {id: 'EX-ARD'})-[r:BORDERS]-(b:Council {id: 'EX-BEN'})
RETURN a, r, p, date('2014-06-01') AS day, datetime('2014-06-01T10:00:00Z') AS moment,
       localdatetime('2014-06-01T10:00:00') AS local, duration('P1Y2M') AS span,
       point({x: 1.5, y: 2.5}) AS place, {a: 1, b: ['x', null]} AS map, [1, [2, 3]] AS nested,
       ['x', 'y'] AS list, true AS yes, null AS nothing, 0.5 AS half
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    """The command line on an embedded store of its own, with the Scottish picture."""
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": None}

    def runner(*words: str, typed: str | None = None) -> Result:
        return CliRunner(env=environment).invoke(main, words, input=typed)

    assert runner("load").exit_code == 0
    return runner


def values_of(store: Store) -> dict[str, Any]:
    country().load(store)
    answer = cypher_answer(store, EVERY_VALUE, {})
    [row] = list(answer.rows)
    return dict(zip(answer.columns, row, strict=True))


def test_every_kind_of_value_has_a_form_on_a_page(store: Store) -> None:
    shown = {name: cell_text(value) for name, value in values_of(store).items()}
    assert shown.pop("a").startswith("(:Council {")
    assert "name: 'Ardshire'" in cell_text(values_of(store)["a"])
    assert shown.pop("r").startswith("[:BORDERS {kind: 'land'")
    assert shown == {
        "p": "(:Council {name: 'Ardshire'})-[:BORDERS]->(:Council {name: 'Ben and Glen'})",
        "day": "2014-06-01",
        "moment": "2014-06-01 10:00:00+00:00",
        "local": "2014-06-01 10:00:00",
        "span": "P1Y2M",
        "place": "srid: 7203, x: 1.5, y: 2.5",
        "map": "a: 1, b: x; ",
        "nested": "1; 2; 3",
        "list": "x; y",
        "yes": "yes",
        "nothing": "",
        "half": "0.5",
    }


def test_every_kind_of_value_has_a_form_in_json_and_csv(store: Store) -> None:
    values = values_of(store)
    as_json = json.loads(dumped(values))
    assert as_json["a"]["labels"] == ["Council"]
    assert as_json["r"]["type"] == "BORDERS"
    assert [step.get("name") for step in as_json["p"]] == ["Ardshire", None, "Ben and Glen"]
    plain = {name: as_json[name] for name in as_json if name not in ("a", "r", "p")}
    assert plain == {
        "day": "2014-06-01",
        "moment": "2014-06-01T10:00:00+00:00",
        "local": "2014-06-01T10:00:00",
        "span": "P1Y2M",
        "place": {"srid": 7203, "x": 1.5, "y": 2.5},
        "map": {"a": 1, "b": ["x", None]},
        "nested": [1, [2, 3]],
        "list": ["x", "y"],
        "yes": True,
        "nothing": None,
        "half": 0.5,
    }
    cells = {name: csv_cell(value) for name, value in values.items()}
    for name in ("a", "r", "p", "place", "map", "nested"):
        assert json.loads(cells[name]) == as_json[name]
    assert cells["list"] == "x|y"


def test_values_that_were_on_disk_are_what_they_were(store: Store) -> None:
    """Of that many rows, most are not held in memory."""
    country().load(store)
    statement = f"UNWIND range(1, 2500) AS n {EVERY_VALUE}".replace("RETURN", "RETURN n,")
    piled, read = store.stream_foreign(statement), store.read(statement)
    assert piled.columns == read.columns
    assert list(piled.rows) == read.rows
    for row in (read.rows[0], *islice(piled.rows, 2400, None)):
        shown = [(type(value), cell_text(value)) for value in row[1:]]
        assert shown == [(type(value), cell_text(value)) for value in read.rows[0][1:]]


def test_a_path_shows_which_way_each_relationship_points(store: Store) -> None:
    country().load(store)
    back = "MATCH p = (s:Service {id: 'roads-pilot'})<-[:PARTICIPATES_IN]-(c:Council) RETURN p"
    shown = [cell_text(row[0]) for row in cypher_answer(store, back, {}).rows]
    assert shown == [
        "(:Service {name: 'Roads Pilot'})<-[:PARTICIPATES_IN {role: 'lead'}]-"
        "(:Council {name: 'Ardshire'})"
    ]


@pytest.mark.parametrize(
    ("statement", "line", "marked"),
    [
        ("MATCH (c:Council RETURN c", 1, "MATCH (c:Council RETURN c"),
        ("MATCH (c:Council)\nWHERE c.name == 'Fife'\nRETURN c", 2, "WHERE c.name == 'Fife'"),
        ("MATCH (c:Council)\n\nRETURN c.name AS", None, None),
    ],
)
def test_a_mistake_is_shown_where_it_is(
    scotland: Store, statement: str, line: int | None, marked: str | None
) -> None:
    with pytest.raises(GraphmodelError) as error:
        cypher_answer(scotland, statement, {})
    first, *rest = str(error.value).splitlines()
    assert first.startswith("The statement is not understood, line ")
    if line is not None:
        assert first.startswith(f"The statement is not understood, line {line}, column ")
        assert rest[0] == f"  {marked}"
    assert rest[1].strip() == "^"
    column = int(first.partition("column ")[2].partition(":")[0])
    assert rest[1].index("^") == column + 1


def test_reading_refuses_what_writing_does_and_counts(store: Store) -> None:
    made = "CREATE (a:Example {n: $n})-[:TOLD]->(b:Example) RETURN a.n AS n;"
    with pytest.raises(ReadOnlyError):
        cypher_answer(store, made, {"n": 1})
    assert store.read("MATCH (x:Example) RETURN count(x) AS n").rows == [(0,)]
    report = change_report(store, made, {"n": 1})
    assert report.tables[0].records() == [{"n": 1}]
    assert report.notes[0].startswith("Changed: 2 nodes created, ")
    assert "1 relationship created" in report.notes[0]
    assert store.read("MATCH (x:Example) RETURN count(x) AS n").rows == [(2,)]
    gone = change_report(store, "MATCH (x:Example) DETACH DELETE x", {})
    assert gone.notes == ["Changed: 2 nodes deleted, 1 relationship deleted."]
    assert change_report(store, "RETURN 1 AS n", {}).notes == ["Nothing was changed."]


def test_one_statement_is_written_at_a_time_and_a_wrong_one_changes_nothing(store: Store) -> None:
    with pytest.raises(ReadOnlyError, match="Only one statement at a time"):
        change_report(store, "CREATE (:Example); CREATE (:Example)", {})
    with pytest.raises(GraphmodelError):
        change_report(store, "CREATE (:Example) WITH 1 AS n RETURN n / 0 AS x", {})
    assert store.read("MATCH (x:Example) RETURN count(x) AS n").rows == [(0,)]


def test_plans_and_profiles_are_tables(scotland: Store) -> None:
    statement = "MATCH (c:Council {id: $id})-[:PARTICIPATES_IN]->(s:Service) RETURN s.name AS name"
    forget_plans(scotland)
    plan = plan_report(scotland, statement, {"id": "GB-LAS-FIF"})
    assert any("IndexSeek" in row[0] for row in plan.tables[0].rows), plan.tables[0].rows
    profile = plan_report(scotland, statement, {"id": "GB-LAS-FIF"}, profile=True)
    assert (plan.title, profile.title) == ("Plan", "Profile")
    if not scotland.embedded:
        assert profile.tables[0].columns == ["step", "details", "estimated_rows", "rows", "hits"]
        assert profile.tables[0].rows[0][3] == len(scotland.read(statement, {"id": "GB-LAS-FIF"}))
    with pytest.raises(ReadOnlyError):
        plan_report(scotland, "CREATE (:Example)", {}, profile=True)


def test_explain_may_stand_before_a_statement(run: Run) -> None:
    by_word = run("cypher", "explain MATCH (c:Council) RETURN c.name")
    by_option = run("cypher", "MATCH (c:Council) RETURN c.name", "--explain")
    assert by_word.exit_code == by_option.exit_code == 0
    assert by_word.stdout.splitlines()[0] == by_option.stdout.splitlines()[0] == "Plan"
    assert run("cypher", "PROFILE RETURN 1 AS n").stdout.startswith("Profile\n")
    assert run("cypher", "RETURN 1", "--write", "--explain").exit_code == 2


def test_a_statement_comes_from_an_argument_a_file_or_standard_input(
    run: Run, tmp_path: Path
) -> None:
    text = "// whose\nMATCH (c:Council {id: $id})\nRETURN c.name AS name;\n"
    (tmp_path / "mine.cypher").write_text("\ufeff" + text, encoding="utf-8")
    options = ("--param", "id=GB-LAS-FIF", "--format", "jsonl")
    found = [
        run("cypher", text, *options),
        run("cypher", "-", *options, typed=text),
        run("cypher", "--file", str(tmp_path / "mine.cypher"), *options),
    ]
    assert [one.stdout for one in found] == ['{"name": "Fife"}\n'] * 3


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 2, "Give a statement as TEXT, --file FILE, or -"),
        (("RETURN 1", "--file", "x.cypher"), 2, "Give either TEXT or --file FILE, not both."),
        (("--file", "lost.cypher"), 1, "Error: lost.cypher cannot be read: "),
        (("CREATE (:X)",), 1, "CREATE is not allowed here"),
    ],
)
def test_wrong_usage_is_told(run: Run, words: tuple[str, ...], code: int, message: str) -> None:
    found = run("cypher", *words)
    assert (found.exit_code, found.stdout) == (code, "")
    assert message in found.stderr


def test_writing_is_told_beside_what_is_returned(run: Run) -> None:
    made = run("cypher", "CREATE (x:Example) RETURN x", "--write", "--format", "csv")
    assert list(csv.reader(io.StringIO(made.stdout))) == [["x"], ['{"labels": ["Example"]}']]
    assert made.stderr.startswith("Changed: 1 node created")
    gone = run("cypher", "MATCH (x:Example) DELETE x", "--write")
    assert gone.stdout.rstrip().endswith("Changed: 1 node deleted.")


# The prompt


@contextmanager
def prompted(
    store: Store, typed: str, monkeypatch: pytest.MonkeyPatch, folder: Path, **settings: Any
) -> Iterator[Prompt]:
    """A prompt at which somebody types."""
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: folder)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(typed)
        yield Prompt(store, Settings(**settings), None, {})


def shown(
    store: Store,
    typed: str,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    **settings: Any,
) -> tuple[str, str]:
    import click

    from graphmodel.cli.cypher import cypher

    with (
        prompted(store, typed, monkeypatch, folder, **settings) as prompt,
        click.Context(cypher),
    ):
        prompt.run()
    return capsys.readouterr()


def test_the_prompt_answers_until_it_is_left(
    embedded_scotland: Store,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = (
        "MATCH (c:Council {id: $id})\rRETURN c.name AS name;\r"
        ":param id=GB-LAS-FIF\r:params\r"
        "MATCH (c:Council {id: $id})\rRETURN c.name AS name;\r"
        ":nonsense\r:format jsonl\r:query leads-and-hosts council=Midlothian\r"
        "CREATE (:Example);\r:query\r:format colour\r:help\r;\r:quit\r"
    )
    out, err = shown(embedded_scotland, typed, monkeypatch, tmp_path, capsys)
    lines = out.splitlines()
    assert lines[0] == "id = GB-LAS-FIF"
    assert lines[lines.index("name") + 2] == "Fife"
    leads = [json.loads(line) for line in lines if line.startswith("{")]
    assert {row["council"] for row in leads} == {"Midlothian"}
    assert lines[-1].strip() == ":quit                       leave (also Ctrl-D)"
    told = [line for line in err.splitlines() if line.startswith("Error: ")]
    assert [line[:40] for line in told[1:]] == [
        "Error: There is no :nonsense. There are:",
        "Error: CREATE is not allowed here: only ",
        "Error: Expected :query NAME [PARAM=VALUE",
        "Error: There is no format 'colour'. Ther",
    ]


def test_the_prompt_writes_only_if_it_was_begun_so(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = "CREATE (:Example);\r\x04"
    shown(store, typed, monkeypatch, tmp_path, capsys)
    assert store.read("MATCH (x:Example) RETURN count(x) AS n").rows == [(0,)]
    out, _ = shown(store, typed, monkeypatch, tmp_path, capsys, writing=True)
    assert "Changed: 1 node created" in out
    assert store.read("MATCH (x:Example) RETURN count(x) AS n").rows == [(1,)]


def test_what_was_typed_is_kept_for_this_user_alone(
    embedded_scotland: Store,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "state"
    shown(embedded_scotland, "RETURN 1 AS n;\r:quit\r", monkeypatch, folder, capsys)
    history = folder / "cypher_history"
    assert "+RETURN 1 AS n;" in history.read_text(encoding="utf-8")
    if os.name == "posix":
        assert history.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("before", "some", "none"),
    [
        ("MATCH (c:Cou", {"Council"}, {"COUNT"}),
        ("MATCH (c:Council)-[r:PART", {"PARTICIPATES_IN", "PART_OF"}, {"Partner"}),
        ("MATCH (c:Council) RETURN c.pop", {"population", "population_year"}, {"PART_OF"}),
        ("RET", {"RETURN"}, {"REPORTS"}),
        (":query services-of", {"services-of-council"}, {"Service"}),
        (":qu", {"query", "queries", "quit"}, {"format"}),
    ],
)
def test_words_are_completed_by_what_stands_before(
    before: str, some: set[str], none: set[str]
) -> None:
    completer = CypherCompleter(["services-of-council", "savings-by-basis"])
    found = {one.text for one in completer.get_completions(Document(before), CompleteEvent())}
    assert some <= found
    assert not none & found


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_the_prompt_runs_on_a_terminal(run: Run, home: Path) -> None:
    assert run("doctor").exit_code == 0
    import pty

    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "GRAPHMODEL_HOME": str(home),
        "NEO4J_URI": "",
        "TERM": "dumb",
        "XDG_STATE_HOME": str(home / "state"),
    }
    words = [sys.executable, "-m", "graphmodel", "cypher", "--format", "jsonl"]
    with subprocess.Popen(
        words, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment
    ) as process:
        os.write(ours, b"RETURN 40 +\r2 AS answer;\r:quit\r")
        out, _ = process.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert b'{"answer": 42}' in out
