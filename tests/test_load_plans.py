"""How a Neo4j means to do what a load asks for, when it is wrong about how much there is."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import ManagedTransaction

from graphmodel.model import Borders, Council
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from graphmodel.store.migrations import prepare
from graphmodel.store.statements import Shape
from tests.conftest import IN_CI
from tests.neo4j_servers import VERSIONS, Neo4jServer, missing

COUNCILS, BORDERS = Shape(Council), Shape(Borders, "Council", "Council")
STATEMENTS = [
    COUNCILS.create(["name"], []),
    COUNCILS.same(["name"], []),
    COUNCILS.fetch(),
    COUNCILS.stated(),
    COUNCILS.write(),
    COUNCILS.unstate(),
    COUNCILS.delete(),
    BORDERS.create(["km"], []),
    BORDERS.same(["km"], []),
    BORDERS.same_around(0, ["km"], []),
    BORDERS.same_around(1, ["km"], []),
    BORDERS.fetch(),
    BORDERS.stated(),
    BORDERS.write(),
    BORDERS.delete(),
]


_MANY = 20_000
_FILL = f"UNWIND range(1, {_MANY}) AS n CREATE (:Council {{id: toString(n)}})"
WITHOUT_HINTS = [re.sub(r"USING INDEX SEEK \w+:\w+\(id\) ", "", text) for text in STATEMENTS]


@pytest.fixture(params=VERSIONS)
def mistaken(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A server that has counted the index of councils' ids when it was empty, and not since."""
    if lacks := missing(request.param):
        (pytest.fail if IN_CI else pytest.skip)(lacks)
    settings: dict[str, Any] = {"db.index_sampling.background_enabled": "false"}
    with (
        Neo4jServer.start(request.param, authentication=True, **settings) as server,
        connect(server.uri, server.username, server.password, "neo4j") as store,
    ):
        prepare(store)
        store.execute(_FILL)
        _count(store, _MANY)
        store.execute("MATCH (c:Council) DETACH DELETE c")
        _count(store, 0)
        store.execute(_FILL)
        yield store


def _count(store: Store, number: int) -> None:
    """Have the server count how many ids there are, and wait until it has."""
    size = (
        "CALL db.stats.retrieve('GRAPH COUNTS') YIELD data UNWIND data.indexes AS index "
        "WITH index WHERE index.labels = ['Council'] RETURN max(index.totalSize) AS size"
    )
    store.execute("CALL db.resampleIndex('council_id')")
    for _ in range(300):
        if next(iter(store.execute(size)))["size"] == number:
            return
        time.sleep(0.2)
    raise AssertionError(f"the server does not count {number} councils")


@pytest.mark.slow
def test_nodes_are_found_by_id_even_so(mistaken: Store) -> None:
    unguided = (_scans(mistaken, text) for _ in range(20) for text in WITHOUT_HINTS)
    assert any(unguided), "the server is not mistaken: nothing is tested"

    assert {text: found for text in STATEMENTS if (found := _scans(mistaken, text))} == {}


def _scans(store: Store, cypher: str) -> list[str]:
    """Operators that go through all of something, in the plan for a statement."""
    given: dict[str, object] = {"rows": [], "keys": [], "groups": [], "dataset": "mine"}

    store.execute("CALL db.clearQueryCaches()")

    def plan(transaction: ManagedTransaction) -> dict[str, Any]:
        return transaction.run(f"EXPLAIN {cypher}", given).consume().plan or {}

    def operators(step: dict[str, Any]) -> Iterator[str]:
        yield step["operatorType"]
        for child in step.get("children", []):
            yield from operators(child)

    return [operator for operator in operators(store.write(plan)) if "Scan" in operator]
