"""A read can never write: attempts on every store, and the whole graph afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from graphmodel.errors import GraphmodelError, ReadOnlyError
from graphmodel.store import Store
from tests.gate_statements import READS, WRITES


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


@pytest.mark.parametrize(
    "statement", [text for text in WRITES if text.startswith("MATCH") and "LOAD CSV" not in text]
)
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


@pytest.mark.parametrize(
    ("statement", "what", "place"),
    [
        ("RETURN 'Angus", "text", "line 1, column 8"),
        ("MATCH (c)\nWHERE c.name = 'it's'\nRETURN c", "text", "line 2, column 21"),
        ('RETURN "Angus\\', "text", "line 1, column 8"),
        ("MATCH (c:`Council) RETURN c", "quoted name", "line 1, column 10"),
        ("RETURN 1 /* one", "comment", "line 1, column 10"),
        ("RETURN '" + "\\'" * 30_000, "text", "line 1, column 8"),
    ],
)
def test_what_never_ends_is_shown_at_once(
    guarded: Store, statement: str, what: str, place: str
) -> None:
    """The embedded engine alone needs half a minute for the last of these."""
    with pytest.raises(GraphmodelError, match=f"{place}: the {what} that begins here has no end"):
        guarded.read_foreign(statement)


def test_there_are_enough_of_both() -> None:
    assert len(set(WRITES)) == len(WRITES) >= 150
    assert len({statement for statement, _ in READS}) == len(READS) >= 40


def test_the_message_names_what_is_refused(guarded: Store) -> None:
    with pytest.raises(ReadOnlyError, match="CREATE is not allowed here: only reading is"):
        guarded.read_foreign("CREATE (:Council)")
    with pytest.raises(ReadOnlyError, match="Only one statement at a time"):
        guarded.read_foreign("RETURN 1; RETURN 2")
    with pytest.raises(ReadOnlyError, match="do more than read"):
        guarded.read_foreign("MATCH (c:Council) SET c.name = 'X'")
