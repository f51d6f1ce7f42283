"""The catalogue of questions: its files, how they are read and asked, and the command."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.names import Named, NameIndex
from graphmodel.query_catalogue import (
    AUDIENCES,
    CatalogueQuery,
    Column,
    Parameter,
    find_query,
    load_catalogue,
    parse_query,
)
from graphmodel.store import Rows, Store
from graphmodel.store.lookup import name_index
from loaders.datasets import locate

FOLDER = Path(__file__).parents[1] / "queries"
QUERIES = sorted(path.stem for path in FOLDER.glob("*/*.cypher"))
Ask = Callable[..., Result]

HEADER = """\
// title: Roads
// question: Which roads?
// param council: council = Angus | Whose
// param day: date = | When
// param most: integer | How many
// column road: Its name
"""
CYPHER = "MATCH (c:Council {id: $council}) WHERE $day IS NULL RETURN c.name AS road LIMIT $most\n"
NAMES = NameIndex([Named("Council", "GB-LAS-ANS", "Angus", ("Angus Council",))])
NODE = re.compile(r"(?<!\w)\(\s*(?P<name>\w*)\s*(?P<labels>:[\w|&]+)?\s*(?:\{[^}]*\})?\s*\)")


def names(*labels: str) -> NameIndex:
    assert labels == ("Council",)
    return NAMES


def without_header(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//"))


def unlabelled(cypher: str) -> list[str]:
    """Node patterns without a label, where no earlier pattern gave their name one."""
    labelled: set[str] = set()
    found = []
    for pattern in NODE.finditer(re.sub(r"'[^']*'", "''", cypher)):
        if pattern["labels"]:
            labelled.add(pattern["name"])
        elif pattern["name"] not in labelled - {""}:
            found.append(pattern[0])
    return found


def answer(store: Store, name: str, given: Mapping[str, str] | None = None) -> Rows:
    query = find_query(name)
    values = query.bind(given or {}, lambda *labels: name_index(store, *labels))
    return store.read(query.cypher, values)


def test_the_catalogue_holds_every_file_under_its_name() -> None:
    assert list(load_catalogue()) == QUERIES
    assert len(QUERIES) >= 30
    assert {name: query.name for name, query in load_catalogue().items()} == dict(
        zip(QUERIES, QUERIES, strict=True)
    )


def test_no_two_questions_are_the_same() -> None:
    asked = [query.question for query in load_catalogue().values()]
    titles = [query.title for query in load_catalogue().values()]
    assert len(set(asked)) == len(set(titles)) == len(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
def test_parameters_declared_and_used_are_the_same(name: str) -> None:
    query = find_query(name)
    declared = [parameter.name for parameter in query.parameters]
    assert sorted(declared) == sorted(set(re.findall(r"\$(\w+)", without_header(query.cypher))))


@pytest.mark.parametrize("name", QUERIES)
def test_every_node_pattern_has_a_label(name: str) -> None:
    assert unlabelled(without_header(find_query(name).cypher)) == []


@pytest.mark.parametrize(
    ("cypher", "found"),
    [
        ("MATCH () RETURN 1", ["()"]),
        ("MATCH (x) RETURN x", ["(x)"]),
        ("MATCH (x {id: $id}) RETURN x", ["(x {id: $id})"]),
        ("MATCH (a:A)-[r:R]->(b) RETURN count(b)", ["(b)"]),
        ("MATCH (:A)<-[:R]-() RETURN 1", ["()"]),
        ("MATCH (a:A|B)-[:R]->(:C {id: 'x (y)'}) MATCH (a)-[:R]->(c:C) RETURN count(c)", []),
    ],
)
def test_a_node_pattern_without_a_label_would_be_seen(cypher: str, found: list[str]) -> None:
    assert unlabelled(cypher) == found


@pytest.mark.parametrize("name", QUERIES)
def test_the_last_thing_a_question_does_is_to_put_its_answer_in_order(name: str) -> None:
    cypher = without_header(find_query(name).cypher)
    last_return = cypher[cypher.rindex("\nRETURN ") :]
    assert re.search(r"\nORDER BY [^}]+\Z", last_return)


@pytest.mark.parametrize("name", QUERIES)
def test_no_answer_hangs_on_the_clock_on_chance_or_on_inner_ids(name: str) -> None:
    cypher = without_header(find_query(name).cypher)
    unsteady = r"\b(?:date|datetime|localdatetime|timestamp|rand|randomUUID|elementId|id)\s*\("
    assert re.findall(unsteady, cypher) == []


@pytest.mark.parametrize("name", QUERIES)
def test_columns_are_those_declared_and_the_defaults_find_something(
    scotland: Store, name: str
) -> None:
    found = answer(scotland, name)
    assert found.columns == tuple(column.name for column in find_query(name).columns)
    assert found.rows


@pytest.mark.parametrize("name", QUERIES)
def test_every_store_answers_alike_and_in_the_same_order(
    scotland: Store, embedded_scotland: Store, name: str
) -> None:
    for given in ({}, *find_query(name).examples):
        assert answer(scotland, name, given).rows == answer(embedded_scotland, name, given).rows


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_has_an_example_that_finds_something(
    embedded_scotland: Store, name: str
) -> None:
    examples = find_query(name).examples
    assert examples
    assert [given for given in examples if not answer(embedded_scotland, name, given).rows] == []


def test_every_question_says_whom_it_serves() -> None:
    folders = {path.stem: path.parent.name for path in FOLDER.glob("*/*.cypher")}
    assert {name: query.audience for name, query in load_catalogue().items()} == folders
    assert set(folders.values()) == set(AUDIENCES) - {"own"}


def test_a_header_is_read_whole() -> None:
    assert parse_query("roads", HEADER + CYPHER) == CatalogueQuery(
        name="roads",
        title="Roads",
        question="Which roads?",
        parameters=(
            Parameter("council", "council", "Whose", required=False, default="Angus"),
            Parameter("day", "date", "When", required=False, default=None),
            Parameter("most", "integer", "How many", required=True, default=None),
        ),
        columns=(Column("road", "Its name"),),
        cypher=HEADER + CYPHER,
    )


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        (
            "// title: Roads\n",
            "",
            "roads, line 5: the header needs a title, a question and columns",
        ),
        (
            "// question: Which roads?\n",
            "",
            "roads, line 5: the header needs a title, a question and columns",
        ),
        (
            "// column road: Its name\n",
            "",
            "roads, line 5: the header needs a title, a question and columns",
        ),
        (
            "day: date",
            "day: colour",
            "roads, line 4: there is no type of parameter 'colour'. There are: text, ",
        ),
        (
            "// param day: date = | When",
            "// param day date",
            "roads, line 4: this part of the header is not understood: day date",
        ),
        (
            "// param day: date = | When",
            "// param day: date =",
            "roads, line 4: this part of the header is not understood: day: date =",
        ),
        (
            "// column road: Its name",
            "// column road",
            "roads, line 6: this part of the header is not understood: road",
        ),
        (
            "// title: Roads",
            "// titel: Roads",
            "roads, line 1: this line of the header is not understood: // titel: Roads",
        ),
        (
            "// column road",
            "// example: counsil=Angus\n// column road",
            "roads, line 7: an example gives counsil, which is no parameter of the question",
        ),
        (
            "// column road",
            "// example: Angus\n// column road",
            "roads, line 6: this example of the header is not understood: Angus",
        ),
        (
            "// param day: date = | When",
            "// param council: date = | When",
            "roads, line 4: the header describes council twice",
        ),
    ],
)
def test_a_wrong_header_is_told(line: str, instead: str, message: str) -> None:
    with pytest.raises(GraphmodelError) as error:
        parse_query("roads", HEADER.replace(line, instead) + CYPHER)
    assert str(error.value).startswith(message)


def test_values_become_what_their_types_say() -> None:
    header = (
        HEADER + "// param share: number | s\n// param all: boolean | b\n// param q: text | t\n"
    )
    query = parse_query("roads", header + CYPHER)
    given = {"council": "angus council", "day": "2014-06", "most": "3", "share": "0.5"}
    assert query.bind(given | {"all": "TRUE", "q": "3"}, names) == {
        "council": "GB-LAS-ANS",
        "day": date(2014, 6, 1),
        "most": 3,
        "share": 0.5,
        "all": True,
        "q": "3",
    }


def test_defaults_stand_in_and_what_is_left_out_is_null() -> None:
    bound = parse_query("roads", HEADER + CYPHER).bind({"most": "1"}, names)
    assert bound == {"council": "GB-LAS-ANS", "day": None, "most": 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"most": "1", "colour": "red", "age": "2"},
            "roads has no parameter age, colour. It takes: council, day, most, all.",
        ),
        ({}, "roads needs --param most=… (How many)"),
        (
            {"most": "1", "all": "perhaps"},
            "roads: all='perhaps' cannot be read as boolean (expected true or false)",
        ),
        ({"most": "many"}, "roads: most='many' cannot be read as "),
        (
            {"most": "1", "day": "soon"},
            "roads: day='soon' cannot be read as date (expected a date as YYYY, YYYY-MM",
        ),
        ({"most": "1", "council": "Agnus"}, "'Agnus' is not known. Did you mean Angus?"),
    ],
)
def test_wrong_parameters_are_told(given: dict[str, str], message: str) -> None:
    header = HEADER + "// param all: boolean = | b\n"
    with pytest.raises(GraphmodelError) as error:
        parse_query("roads", header + CYPHER).bind(given, names)
    assert str(error.value).startswith(message)


def test_a_question_without_parameters_takes_none() -> None:
    query = parse_query("roads", "// title: R\n// question: R?\n// column r: R\nRETURN 1 AS r\n")
    with pytest.raises(GraphmodelError, match=r"^roads has no parameter day. It takes: none.$"):
        query.bind({"day": "2014"}, names)


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"'services-of-counsil'.* mean services-of-council or"):
        find_query("services-of-counsil")


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The command line on an embedded store of its own, with the Scottish picture."""
    home = str(tmp_path_factory.mktemp("home"))
    runner = CliRunner(env={"GRAPHMODEL_HOME": home, "NEO4J_URI": None})

    def run(*arguments: str) -> Result:
        return runner.invoke(main, arguments)

    loaded = run("load")
    assert loaded.exit_code == 0, loaded.output
    return run


def rows_of(table: str) -> list[dict[str, str]]:
    path = locate("scotland") / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def adopted_from_ayrshire() -> list[dict[str, Any]]:
    """Who follows the model of the Ayrshire Roads Alliance, from the tables themselves."""
    services = {row["id"]: row for row in reversed(rows_of("services"))}
    councils = {row["id"]: row["name"] for row in rows_of("councils")}
    found = [
        {
            "service": services[row["service"]]["name"],
            "status": services[row["service"]]["status"],
            "councils": sorted(
                {
                    councils[other["participant"]]
                    for other in rows_of("participations")
                    if other["service"] == row["service"] and other["participant"] in councils
                }
            ),
            "model": "Ayrshire Roads Alliance",
            "since": None,
            "note": None,
            "citations": [f"{row['source']}#{row['locator']}"],
        }
        for row in rows_of("adoptions")
        if row["model"] == "ayrshire-roads-alliance"
    ]
    return sorted(found, key=lambda row: row["service"])


def test_the_command_lists_all_questions(ask: Ask) -> None:
    listed = ask("query", "--format", "json")
    assert (listed.exit_code, listed.stderr) == (
        0,
        "Ask one with: graphmodel query NAME --param NAME=VALUE\n"
        "What one takes and gives: graphmodel query NAME --describe\n",
    )
    assert json.loads(listed.stdout) == [
        {
            "name": query.name,
            "question": query.question,
            "parameters": [f"{one.name}={one.default or '…'}" for one in query.parameters],
        }
        for query in load_catalogue().values()
    ]
    as_page = ask("query").stdout
    assert [name for name in QUERIES if not re.search(rf"^{name} ", as_page, re.M)] == []


def test_the_command_answers_in_json(ask: Ask) -> None:
    found = ask("query", "models-adopted", "-p", "model=ayrshire roads alliance", "--format=json")
    assert (found.exit_code, found.stderr) == (0, "")
    assert json.loads(found.stdout) == adopted_from_ayrshire() != []


def test_the_command_answers_in_csv(ask: Ask) -> None:
    found = ask(
        "query", "models-adopted", "--param", "model=ayrshire-roads-alliance", "--format", "csv"
    )
    assert (found.exit_code, found.stderr) == (0, "")
    expected = [
        {
            name: "|".join(value) if isinstance(value, list) else value or ""
            for name, value in row.items()
        }
        for row in adopted_from_ayrshire()
    ]
    assert list(csv.DictReader(io.StringIO(found.stdout))) == expected != []


def test_as_of_is_the_parameter_day(ask: Ask) -> None:
    as_of = ask("query", "services-on-day", "--as-of", "2003", "--format", "json")
    by_day = ask("query", "services-on-day", "--param", "day=2003-01-01", "--format", "json")
    default = ask("query", "services-on-day", "--format", "json")
    assert json.loads(as_of.stdout) == json.loads(by_day.stdout) != json.loads(default.stdout)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("no-such-question",), 1, "Error: There is no question 'no-such-question'. Did you mean "),
        (
            ("services-of-council", "-p", "council=Agnus"),
            1,
            "Error: 'Agnus' is not known. Did you mean Angus",
        ),
        (
            ("services-of-council", "-p", "counsil=Angus"),
            1,
            "Error: services-of-council has no parameter counsil. It takes: council, status, day.",
        ),
        (
            ("savings-by-basis", "--as-of", "2014"),
            1,
            "Error: savings-by-basis does not ask about a day, so --as-of means nothing here.",
        ),
        (("services-of-council", "-p", "Angus"), 2, "Usage: "),
    ],
)
def test_the_command_says_what_is_wrong(
    ask: Ask, arguments: tuple[str, ...], code: int, message: str
) -> None:
    found = ask("query", *arguments)
    assert (found.exit_code, found.stdout) == (code, "")
    assert found.stderr.startswith(message)
