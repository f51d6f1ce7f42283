"""A read can never write: attempts on every store, and the whole graph afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from graphmodel.errors import GraphmodelError, ReadOnlyError
from graphmodel.store import Store

WRITES = [
    "CREATE (:Council {id: 'X'})",
    "MERGE (c:Council {id: 'X'})",
    "merge (c:Council {id: 'X'}) return c",
    "MATCH (c:Council) SET c.name = 'X'",
    "MATCH (c:Council) SET c:Other",
    "MATCH (c:Council) SET c += {name: 'X'} RETURN c",
    "MATCH (c:Council) REMOVE c.name",
    "MATCH (c:Council) DETACH DELETE c",
    "MATCH (:Council)-[r:BORDERS]->(:Council) DELETE r",
    "MATCH (a:Council {id: 'A'}), (b:Council {id: 'B'}) CREATE (a)-[:BORDERS {kind: 'land'}]->(b)",
    "UNWIND [1, 2] AS n CREATE (:Council {id: toString(n)})",
    "WITH 1 AS n CREATE (:Council {id: 'X'}) RETURN n",
    "OPTIONAL MATCH (c:Council {id: 'A'}) SET c.name = 'X' RETURN c.name",
    "FOREACH (n IN [1] | CREATE (:Council {id: 'X'}))",
    "MATCH (c:Council) FOREACH (n IN [1] | SET c.name = 'X')",
    "CALL { CREATE (c:Council {id: 'X'}) RETURN c } RETURN c",
    "MATCH (c:Council) CALL { WITH c SET c.name = 'X' } RETURN c",
    "MATCH (c:Council) CALL (c) { SET c.name = 'X' } RETURN c",
    "CALL { MATCH (c:Council) SET c.name = 'X' } IN TRANSACTIONS",
    "MATCH (c:Council) CALL { WITH c DETACH DELETE c } IN TRANSACTIONS OF 1 ROWS",
    "RETURN 1 AS n UNION CREATE (c:Council {id: 'X'}) RETURN 2 AS n",
    "/* MATCH */ CREATE (:Council {id: 'X'})",
    "// only looking\nCREATE (:Council {id: 'X'})",
    "MATCH (c:Council) RETURN c; CREATE (:Council {id: 'X'})",
    "MATCH (c:Council) /* ; */ SET c.name = '/* ' RETURN ' */'",
    "RETURN '\\u0027' AS text; CREATE (:Council {id: 'X'})",
    "\\u0043REATE (:Council {id: 'X'})",
    "MATCH (c:Council) \\u0053ET c.name = 'X'",
    "WITH \"\\u0022 AS x LOAD CSV FROM 'file:///x' AS l RETURN l //\" AS y RETURN y",
    "RETURN '\\u0027 AS a LOAD CSV FROM \\u0027file:///x\\u0027 AS l RETURN l //' AS b",
    "RETURN 1 //\\u000a LOAD CSV FROM 'file:///x' AS l RETURN l",
    "CALL db.resampleIndex('council_id')",
    "CALL db.resampleOutdatedIndexes()",
    "CALL db.prepareForReplanning()",
    "CALL db.stats.clear('QUERIES')",
    "call apoc.export.csv.all('x.csv', {})",
    "CALL `apoc`.`export`.csv.all('x.csv', {})",
    "CALL dbms . killConnections(['bolt-1'])",
    "MATCH (c:Council) WITH c CALL db.createLabel('Gate') RETURN c",
    "EXPLAIN CREATE (:Council {id: 'X'})",
    "PROFILE CREATE (:Council {id: 'X'})",
    "PROFILE MATCH (c:Council) SET c.name = 'X'",
    "CYPHER runtime=slotted CREATE (:Council {id: 'X'})",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM 'file:///x.csv' AS line CREATE (:Council {id: line.id})",
    "WITH 1 AS n LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "CREATE CONSTRAINT gate FOR (x:Gate) REQUIRE x.id IS UNIQUE",
    "DROP CONSTRAINT council_id",
    "CREATE INDEX gate FOR (c:Council) ON (c.name)",
    "DROP INDEX gate IF EXISTS",
    "CALL db.createLabel('Gate')",
    "CALL db.createProperty('gate')",
    "CALL db.createRelationshipType('GATE')",
    "CREATE USER gate SET PASSWORD 'gate-gate-gate'",
    "EXPLAIN CREATE USER gate SET PASSWORD 'gate-gate-gate'",
    "ALTER CURRENT USER SET PASSWORD FROM 'x' TO 'gate-gate-gate'",
    "DROP USER neo4j",
    "CREATE DATABASE gate",
    "DROP DATABASE neo4j",
    "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN *",
    "CALL dbms.setConfigValue('server.http.enabled', 'true')",
    "CALL dbms.killConnections(['bolt-1'])",
    "CALL apoc.create.node(['Council'], {id: 'X'})",
    "CALL apoc.cypher.doIt('CREATE (:Council {id: 1})', {})",
    "INSERT (:Council {id: 'X'})",
    "",
    ";",
    "/* nothing */",
]

READS: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("MATCH (c:Council) RETURN c.id AS id ORDER BY id", [("A",), ("B",)]),
    ("match (c:Council) where c.name = 'CREATE' return count(c) AS n;", [(0,)]),
    ("/* a comment */ RETURN 'SET; DELETE' AS text // the end", [("SET; DELETE",)]),
    ('RETURN "it\'s; LOAD CSV" AS text', [("it's; LOAD CSV",)]),
    ("CALL { MATCH (c:Council) RETURN c.id AS id } RETURN id ORDER BY id", [("A",), ("B",)]),
    ("CALL (*) { RETURN 1 AS n } RETURN n", [(1,)]),
    ("UNWIND [2, 1] AS n WITH n ORDER BY n RETURN n", [(1,), (2,)]),
    ("MATCH (c:Council {id: 'A'}) RETURN c.`set`", [(None,)]),
    ("RETURN date('2009-01-01').year AS year", [(2009,)]),
]


@pytest.fixture
def guarded(store: Store) -> Store:
    store.execute(
        "CREATE (:Council {id: 'A', name: 'Ash'})-[:BORDERS {kind: 'land'}]->"
        "(:Council {id: 'B', name: 'Birch'})"
    )
    return store


def everything(store: Store) -> list[Any]:
    nodes = store.execute("MATCH (n) RETURN labels(n), properties(n) ORDER BY n.id").rows
    edges = store.execute("MATCH ()-[r]->() RETURN type(r), properties(r)").rows
    constraints = store.execute("SHOW CONSTRAINTS").rows
    return [nodes, edges, sorted(str(row) for row in constraints)]


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_gets_through(guarded: Store, statement: str) -> None:
    before = everything(guarded)
    with pytest.raises(GraphmodelError):
        guarded.read_foreign(statement)
    assert everything(guarded) == before


@pytest.mark.parametrize("statement", [text for text in WRITES if text.startswith("MATCH")])
def test_reading_sessions_cannot_write_by_themselves(guarded: Store, statement: str) -> None:
    """The database holds this too, without our look at the text."""
    before = everything(guarded)
    with pytest.raises(GraphmodelError):
        guarded.read(statement)
    assert everything(guarded) == before


@pytest.mark.parametrize(("statement", "expected"), READS)
def test_reading_is_let_through(
    guarded: Store, statement: str, expected: list[tuple[Any, ...]]
) -> None:
    assert guarded.read_foreign(statement).rows == expected


def test_the_message_names_what_is_refused(guarded: Store) -> None:
    with pytest.raises(ReadOnlyError, match="CREATE is not allowed here: only reading is"):
        guarded.read_foreign("CREATE (:Council)")
    with pytest.raises(ReadOnlyError, match="Only one statement at a time"):
        guarded.read_foreign("RETURN 1; RETURN 2")
    with pytest.raises(ReadOnlyError, match="do more than read"):
        guarded.read_foreign("MATCH (c:Council) SET c.name = 'X'")
