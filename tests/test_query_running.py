"""Running questions: streamed, within limits, for Neo4j Browser, and those of one's own."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.cli import main
from graphmodel.errors import GraphmodelError, TimeLimitError
from graphmodel.foreign_text import defused
from graphmodel.query_catalogue import load_catalogue
from graphmodel.query_catalogue.browser import browser_text
from graphmodel.reports.cypher import cypher_answer
from graphmodel.reports.formats import Format, render
from graphmodel.reports.queries import bound, query_answer, query_report
from graphmodel.reports.streamed import FIRST_ROWS, PAGE_ROWS, Answer, rows_wanted, write_answer
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

Ask = Callable[..., Result]
OWN = """\
// title: Big councils
// question: Which councils have more people than so many?
// param more: integer = 500000 | How many
// column council: Its name
// example: more=600000
MATCH (c:Council) WHERE c.population > $more RETURN c.name AS council ORDER BY council
"""
LONG = "UNWIND range(1, 50000000) AS a WITH a WHERE a % 49999999 = 0 RETURN count(a) AS n"
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.lists(st.integers(0, 9), max_size=3),
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 9), max_size=2),
)


@given(
    rows=st.lists(st.tuples(values, values), max_size=5),
    how=st.sampled_from(["csv", "json", "jsonl"]),
    limit=st.one_of(st.none(), st.integers(0, 6)),
)
def test_what_is_streamed_is_what_is_written_whole(
    rows: list[tuple[object, object]], how: Format, limit: int | None
) -> None:
    file = io.StringIO()
    notes = write_answer(Answer("T", ["a", "b"], iter(rows)), how, file, limit)
    whole = Report("T", [Table(["a", "b"], rows[:limit])])
    assert file.getvalue() == render(whole, how)
    assert bool(notes) == (limit is not None and len(rows) > limit)


@given(st.lists(st.lists(st.text("a,;\"'\r\n =+", max_size=6), min_size=2, max_size=2), max_size=4))
def test_a_spreadsheet_reads_the_cells_that_were_written(rows: list[list[str]]) -> None:
    streamed = io.StringIO()
    write_answer(Answer("T", ["a", "b"], iter(rows)), "csv", streamed)
    sections = [Table(["a", "b"], rows, "one"), Table(["a", "b"], rows, "two")]
    whole = render(Report("T", sections), "csv")
    shown = [[defused(cell) for cell in row] for row in rows]
    assert cells(streamed.getvalue()) == [["a", "b"], *shown]
    assert cells(whole) == [
        ["section", "a", "b"],
        *(["one", *row] for row in shown),
        *(["two", *row] for row in shown),
    ]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def peak(store: Store, rows: int, how: Format, folder: Path) -> int:
    """Most memory that Python held while so many rows were written."""
    statement = f"UNWIND range(1, {rows}) AS n RETURN n, 'row ' + toString(n) AS text"
    with (folder / "out").open("w", encoding="utf-8") as file:
        tracemalloc.start()
        try:
            write_answer(cypher_answer(store, statement, {}), how, file)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["csv", "json", "jsonl"])
def test_many_rows_need_no_more_memory_than_some(
    scotland: Store, tmp_path: Path, how: Format
) -> None:
    """Twenty thousand rows held at once would be some megabytes."""
    peak(scotland, 10, how, tmp_path)
    some, many = (peak(scotland, rows, how, tmp_path) for rows in (3_000, 20_000))
    assert many < some + 1_000_000
    text = (tmp_path / "out").read_text(encoding="utf-8")
    found = json.loads(text) if how == "json" else text.splitlines()
    assert len(found) == 20_000 + (how == "csv")


def test_a_page_has_no_more_rows_than_can_be_read() -> None:
    drawn = 0

    def rows() -> object:
        nonlocal drawn
        for drawn in range(1, 10 * PAGE_ROWS):
            yield [drawn]

    file = io.StringIO()
    write_answer(Answer("", ["n"], rows()), "table", file)  # type: ignore[arg-type]
    lines = file.getvalue().splitlines()
    assert drawn == PAGE_ROWS + 1
    assert lines[0] == f"{PAGE_ROWS} rows"
    assert lines[-1].startswith("There are more rows: these are the first 10,000. --limit NUMBER")


def test_nothing_is_written_if_it_goes_wrong_early_or_late(scotland: Store) -> None:
    file = io.StringIO()
    for wrong in (FIRST_ROWS - 1, 5 * FIRST_ROWS):
        statement = f"UNWIND range(1, {6 * FIRST_ROWS}) AS n RETURN 1 / ({wrong} - n) AS x"
        with pytest.raises(GraphmodelError):
            write_answer(cypher_answer(scotland, statement, {}), "jsonl", file)
    assert file.getvalue() == ""


def test_no_more_is_fetched_than_is_shown(scotland: Store) -> None:
    """On a server all of it would take days; the embedded store works it out before it answers."""
    most = 1 if scotland.embedded else 1_000_000
    endless = f"UNWIND range(1, {most}) AS a UNWIND range(1, 100000) AS b RETURN a, b"
    assert cypher_answer(scotland, endless, {}, limit=0).columns == ("a", "b")
    cases: tuple[tuple[Format, int | None, int], ...] = (
        ("csv", 3, 3),
        ("csv", 1_500, 1_500),
        ("table", None, PAGE_ROWS),
    )
    for how, limit, shown in cases:
        wanted = rows_wanted(how, limit)
        answer = cypher_answer(scotland, endless, {}, limit=wanted)
        assert list(answer.rows) == [(1, b) for b in range(1, shown + 2)]


def test_a_time_limit_ends_what_takes_too_long(scotland: Store) -> None:
    with pytest.raises(TimeLimitError, match=r"^The time limit was reached .*--timeout SECONDS"):
        cypher_answer(scotland, LONG, {}, seconds=0.2)
    assert list(query_answer(scotland, "savings-by-basis", {}, seconds=600).rows)
    assert scotland.read("RETURN 1 AS n").rows == [(1,)]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The command line on an embedded store of its own, with the Scottish picture."""
    home = str(tmp_path_factory.mktemp("home"))

    def run(*arguments: str, queries: Path | None = None) -> Result:
        environment = {"GRAPHMODEL_HOME": home, "NEO4J_URI": None}
        environment["GRAPHMODEL_QUERIES"] = str(queries) if queries else None
        return CliRunner(env=environment).invoke(main, arguments)

    loaded = run("load")
    assert loaded.exit_code == 0, loaded.output
    return run


def test_a_limit_is_told_in_every_format(ask: Ask) -> None:
    told = "There are more rows: these are the first 2 (--limit).\n"
    found = {
        how: ask("query", "services-of-council", "--limit", "2", "--format", how)
        for how in ("csv", "json", "jsonl", "table", "markdown")
    }
    for how in ("csv", "json", "jsonl"):
        assert found[how].stderr == told
    assert len(list(csv.reader(io.StringIO(found["csv"].stdout)))) == 3
    assert len(json.loads(found["json"].stdout)) == 2
    assert len(found["jsonl"].stdout.splitlines()) == 2
    assert found["table"].stdout.endswith(told)


def test_a_file_is_written_whole_or_not_at_all(ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert ask("query", "savings-by-basis", "--format", "csv", "--output", str(target)).stdout == ""
    before = target.read_text(encoding="utf-8")
    assert len(list(csv.DictReader(io.StringIO(before)))) == 2
    late = "UNWIND range(1, 3000) AS n RETURN 1 / (2999 - n) AS x"
    failed = ask("cypher", late, "--format", "csv", "--output", str(target))
    assert failed.exit_code == 1
    assert target.read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    lost = ask("query", "savings-by-basis", "--output", str(tmp_path / "no" / "out.csv"))
    assert (lost.exit_code, lost.stdout) == (1, "")
    assert lost.stderr.startswith(f"Error: {tmp_path / 'no' / 'out.csv'} cannot be written: ")


def test_a_time_limit_is_told_by_the_command(ask: Ask) -> None:
    found = ask("cypher", LONG, "--timeout", "0.2")
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("Error: The time limit was reached")
    assert ask("cypher", "RETURN 1", "--timeout", "0").exit_code == 2


def parameters_set(text: str) -> tuple[dict[str, str], str]:
    """What ``:param`` lines set, and the statement below them."""
    lines = text.splitlines(keepends=True)
    found = [re.fullmatch(r":param (\w+) => (.*);\n", line) for line in lines]
    given = [one for one in found if one]
    return {one[1]: one[2] for one in given}, "".join(lines[len(given) :])


def test_lines_for_neo4j_browser_set_what_the_question_is_asked_with(scotland: Store) -> None:
    """The values are read back by the database itself, as literals of its language."""
    for query in load_catalogue().values():
        for asked_with in ({}, *query.examples):
            bound_to = bound(scotland, query, asked_with)
            literals, statement = parameters_set(browser_text(query, bound_to))
            assert statement == query.cypher.strip() + ";\n"
            if literals:
                columns = ", ".join(f"{text} AS `{name}`" for name, text in literals.items())
                assert next(iter(scotland.read(f"RETURN {columns}"))) == bound_to


def test_the_command_prints_for_neo4j_browser(ask: Ask) -> None:
    found = ask("query", "services-of-council", "-p", "council=fife council", "--browser")
    literals, statement = parameters_set(found.stdout)
    assert literals == {"council": "'GB-LAS-FIF'", "status": "null", "day": "null"}
    assert statement.startswith("// title: Services of a council\n")


@pytest.mark.parametrize("name", ["services-by-status", "savings-by-basis"])
def test_a_question_is_described(ask: Ask, name: str) -> None:
    found = ask("query", name, "--describe", "--format", "json")
    query = load_catalogue()[name]
    described = json.loads(found.stdout)
    assert {row["name"]: row["allowed"] for row in described["Parameters"]} == {
        parameter.name: list(parameter.allowed) for parameter in query.parameters
    }
    assert [row["name"] for row in described["Columns"]] == [one.name for one in query.columns]
    assert len(described["Examples"]) == len(query.examples)
    assert found.stderr == f"{query.question}\n"


def test_questions_of_ones_own_are_listed_and_asked(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "within").mkdir()
    (tmp_path / "within" / "big-councils.cypher").write_text(OWN, encoding="utf-8")
    for given_as in ({"queries": tmp_path}, {}):
        option = () if given_as else ("--queries", str(tmp_path))
        listed = json.loads(ask("query", *option, "--format", "json", **given_as).stdout)
        assert {row["name"] for row in listed} == {*load_catalogue(), "big-councils"}
        found = ask("query", "big-councils", *option, "--format", "jsonl", **given_as)
        assert [json.loads(line)["council"] for line in found.stdout.splitlines()] == [
            "City of Edinburgh",
            "Glasgow City",
        ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("mine", OWN.replace("more: integer", "more: colour"), "mine.cypher, line 3: there is no"),
        ("mine", OWN.replace("// question", "// qestion"), "mine.cypher, line 2: this line of the"),
        ("mine", "RETURN 1 AS n", "mine.cypher, line 1: the header needs a title"),
        ("mine", OWN.replace("MATCH", "CREATE (:X) MATCH"), "CREATE is not allowed here"),
        (
            "mine",
            OWN.replace("AS council", "AS name").replace("BY council", "BY name"),
            "mine: the header declares the column council, which the answer does not",
        ),
        (
            "savings-by-basis",
            OWN,
            "savings-by-basis.cypher: a question of the program has the name",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_line(
    ask: Ask, tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / f"{name}.cypher").write_text(content, encoding="utf-8")
    found = ask("query", name, "--queries", str(tmp_path))
    assert (found.exit_code, found.stdout) == (1, "")
    assert message in found.stderr
    assert found.stderr.count("Error: ") == 1


def test_a_folder_that_is_none_and_text_that_is_none_are_told(ask: Ask, tmp_path: Path) -> None:
    lost = ask("query", "--queries", str(tmp_path / "lost"))
    assert lost.exit_code == 1
    assert lost.stderr.startswith("Error: There is no folder ")
    (tmp_path / "mine.cypher").write_bytes(b"// title: T\n// question: \xff\n")
    found = ask("query", "--queries", str(tmp_path))
    assert found.stderr == f"Error: {tmp_path / 'mine.cypher'}, line 2: this is not UTF-8 text.\n"


def test_the_whole_answer_and_the_streamed_one_are_the_same(scotland: Store) -> None:
    whole = query_report(scotland, "facts-with-single-source", {}).tables[0].rows
    assert list(query_answer(scotland, "facts-with-single-source", {}).rows) == whole


@pytest.mark.parametrize("how", ["table", "csv", "json", "jsonl", "markdown"])
def test_a_limit_beyond_counting_is_none(ask: Ask, how: str) -> None:
    words = ("cypher", "UNWIND [1, 2] AS n RETURN n", "--format", how)
    beyond = ask(*words, "--limit", "9" * 30)
    assert (beyond.exit_code, beyond.stdout) == (0, ask(*words).stdout)
