"""The catalogue of questions: its files, how they are read and asked, and the command."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

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
    # What CALL takes stands in brackets too, and is no node.
    plain = re.sub(r"'[^']*'|CALL \([\w, ]*\)", "''", cypher)
    for pattern in NODE.finditer(plain):
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
        ("CALL () { MATCH (x) RETURN x } RETURN x", ["(x)"]),
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
        "// param last: last_day | l\n"
    )
    query = parse_query("roads", header + CYPHER)
    given = {"council": "angus council", "day": "2014-06", "most": "3", "share": "0.5"}
    assert query.bind(given | {"all": "TRUE", "q": "3", "last": "2012-02"}, names) == {
        "council": "GB-LAS-ANS",
        "day": date(2014, 6, 1),
        "most": 3,
        "share": 0.5,
        "all": True,
        "q": "3",
        "last": date(2012, 2, 29),
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
