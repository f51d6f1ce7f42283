"""The contract of a store, the same for the embedded one and both versions of Neo4j."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from neo4j import ManagedTransaction

from graphmodel.errors import GraphmodelError, ReadOnlyError, StoreUnreachableError
from graphmodel.store import Rows, Store, open_store
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.statements import CONSTRAINTS
from tests.conftest import on_each_server


def test_values_come_back_as_they_went_in(store: Store) -> None:
    values = {
        "text": "Na h-Eileanan Siar \N{MEDIUM WHITE CIRCLE}",
        "whole": 2**53,
        "real": 0.1,
        "flag": True,
        "day": date(2015, 4, 1),
        "list": ["a", "b"],
    }
    store.execute("CREATE (:Council {id: 'A'}) ")
    store.execute("MATCH (c:Council {id: 'A'}) SET c += $values", {"values": values})
    found = store.read("MATCH (c:Council {id: 'A'}) RETURN properties(c) AS values")
    assert found.rows == [({"id": "A", **values},)]


def test_moments_keep_their_zone(store: Store) -> None:
    moment = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    found = store.read("RETURN datetime($text) AS moment", {"text": moment.isoformat()})
    assert found.rows == [(moment,)]


def test_what_python_has_no_time_for_is_text(store: Store) -> None:
    found = store.read("RETURN time('23:59:59.999999999+18:00') AS late")
    assert found.rows == [("23:59:59.999999999+18:00",)]


def test_nodes_relationships_and_paths_become_plain(store: Store) -> None:
    store.execute("CREATE (:Council {id: 'A'})-[:BORDERS {kind: 'land'}]->(:Council {id: 'B'})")
    found = store.read("MATCH p = (:Council {id: 'A'})-[r:BORDERS]->(b:Council) RETURN b, r, p")
    tail = {"labels": ["Council"], "id": "A"}
    head = {"labels": ["Council"], "id": "B"}
    edge = {"type": "BORDERS", "kind": "land"}
    assert found.rows == [(head, edge, [tail, edge, head])]


def test_constraints_hold(store: Store) -> None:
    store.define(CONSTRAINTS)
    store.define(CONSTRAINTS)
    names = {row["name"] for row in store.execute("SHOW CONSTRAINTS")}
    assert set(CONSTRAINTS) <= names
    store.execute("CREATE (:Council {id: 'A'})")
    with pytest.raises(GraphmodelError):
        store.execute("CREATE (:Council {id: 'A'})")
    assert store.read("MATCH (c:Council) RETURN count(c) AS number").rows == [(1,)]


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    def work(transaction: ManagedTransaction) -> None:
        transaction.run("UNWIND range(1, 300) AS n CREATE (:Council {id: toString(n)})").consume()
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        store.write(work)
    assert store.read("MATCH (c:Council) RETURN count(c) AS number").rows == [(0,)]


def test_limit_says_that_there_was_more(store: Store) -> None:
    found = store.read("UNWIND range(1, 10) AS n RETURN n", limit=3)
    assert (found.rows, found.cut) == ([(1,), (2,), (3,)], True)
    assert not store.read("UNWIND range(1, 3) AS n RETURN n", limit=3).cut


def test_writing_is_refused_although_only_the_first_rows_are_fetched(store: Store) -> None:
    """Of an answer that is not read to its end, the embedded store does not say what it did."""
    store.execute("UNWIND range(1, 3000) AS n CREATE (:Council {id: toString(n)})")
    statement = "MATCH (c:Council) SET c.name = 'x' RETURN c.id AS id"
    for read in (store.read, store.stream):
        with pytest.raises(ReadOnlyError):
            read(statement, limit=1)
    assert store.read("MATCH (c:Council) RETURN count(c), count(c.name)").rows == [(3000, 0)]
    assert len(store.stream("MATCH (c:Council) RETURN c.id AS id", limit=1)) == 1
    assert len(store.read("MATCH (c:Council) RETURN c.id AS id", limit=1)) == 1


def test_a_wrong_statement_is_one_clear_error(store: Store) -> None:
    with pytest.raises(GraphmodelError, match="refused the statement"):
        store.read("MATCH (c:Council RETURN c")


@pytest.mark.parametrize(
    "statement",
    ["RETURN datetime($text)", "RETURN " + "y" * 100_000 + "(1)", "RETURN 1 AS x " + "y" * 100_000],
    ids=["value", "function", "syntax"],
)
def test_an_error_does_not_repeat_a_huge_text(store: Store, statement: str) -> None:
    with pytest.raises(GraphmodelError) as refusal:
        store.read_foreign(statement, {"text": "x" * 100_000})
    assert len(str(refusal.value)) < 1_500


def test_what_is_written_is_read_at_once(store: Store) -> None:
    for number in range(20):
        store.execute("CREATE (:Council {id: $id})", {"id": str(number)})
        found = store.read("MATCH (c:Council {id: $id}) RETURN c.id AS id", {"id": str(number)})
        assert found.rows == [(str(number),)]


@on_each_server
def test_what_another_deletes_meanwhile_is_not_there(
    store: Store, neo4j_server: tuple[str, str, str]
) -> None:
    """A statement that has found a node, and waits for whoever deletes it, is run again."""
    store.execute("CREATE (:Council {id: 'A'}), (:Council {id: 'B'})")
    bordered = (
        "MATCH (a:Council {id: 'A'}), (b:Council {id: 'B'}) "
        "CREATE (a)-[:BORDERS]->(b) RETURN count(*) AS number"
    )
    waiting = (
        "SHOW TRANSACTIONS YIELD currentQuery AS text, status WHERE text = $text RETURN status"
    )

    with ThreadPoolExecutor(1) as pool, connect(*neo4j_server) as other:

        def delete_under_the_hand(transaction: ManagedTransaction) -> Future[Rows]:
            transaction.run("MATCH (c:Council {id: 'B'}) DELETE c").consume()
            found = pool.submit(store.execute, bordered)
            while not any(
                "Blocked" in row["status"] for row in other.read(waiting, {"text": bordered})
            ):
                assert not found.done()
                time.sleep(0.05)
            return found

        assert other.write(delete_under_the_hand).result().rows == [(0,)]
    assert store.read("MATCH (c:Council) RETURN c.id AS id, COUNT {(c)--()} AS n").rows == [
        ("A", 0)
    ]


@on_each_server
def test_what_a_statement_itself_deletes_is_its_fault(store: Store) -> None:
    """As is all that comes to the same however often it is run."""
    store.execute("CREATE (:Council {id: 'A'})")
    with pytest.raises(GraphmodelError, match=r"refused the statement: .*deleted in this trans"):
        store.execute("MATCH (c:Council) DELETE c RETURN c.id AS id")
    assert store.read("MATCH (c:Council) RETURN count(c) AS number").rows == [(1,)]


def doctor(uri: str) -> subprocess.CompletedProcess[str]:
    """Ask for the store at an address; a program that hangs is given up on."""
    return subprocess.run(
        [sys.executable, "-m", "graphmodel", "doctor", "--uri", uri],
        capture_output=True,
        text=True,
        check=False,
        timeout=40,
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_silence_is_said(scheme: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    asked = doctor(f"{scheme}://127.0.0.1:{port}")
    assert (asked.returncode, asked.stdout) == (3, "")
    assert asked.stderr.startswith(f"Error: Nothing answers at {scheme}://127.0.0.1:{port}")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_something_else_that_listens_is_said(scheme: str) -> None:
    """The driver itself would wait a minute, so a hang shows as a timeout here."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        asked = doctor(f"{scheme}://127.0.0.1:{mute.getsockname()[1]}")
    assert asked.returncode == 3
    assert "does not answer as Neo4j does" in asked.stderr
    assert "Traceback" not in asked.stderr


@pytest.mark.parametrize(
    "uri", ["localhost:7687", "http://localhost:7474", "bolt://", "bolt://h:x"]
)
def test_what_is_no_address_is_said(uri: str) -> None:
    with pytest.raises(StoreUnreachableError, match="not an address"):
        connect(uri)


@on_each_server
def test_a_wrong_password_is_said(neo4j_server: tuple[str, str, str]) -> None:
    uri, username, _ = neo4j_server
    with pytest.raises(StoreUnreachableError, match="did not accept the user name and password"):
        connect(uri, username, "wrong-password")


@on_each_server
def test_routing_addresses_work(neo4j_server: tuple[str, str, str]) -> None:
    uri, username, password = neo4j_server
    with connect(uri.replace("bolt://", "neo4j://"), username, password) as store:
        assert store.read("RETURN 1 AS one").rows == [(1,)]


def test_a_second_process_is_told_who_has_the_store(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path):
        second = subprocess.run(
            [sys.executable, "-m", "graphmodel", "doctor"],
            env={**os.environ, "GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 3
    assert f"in use by process {os.getpid()}" in second.stderr
    assert "Traceback" not in second.stderr


def test_the_embedded_store_keeps_its_secrets(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        for name in ("owner.json", "config/server-users.jsonl"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        owner = json.loads((tmp_path / "owner.json").read_text())
        assert owner["uri"].startswith("bolt://127.0.0.1:")
        with connect(owner["uri"], owner["username"], owner["password"], "graphmodel") as guest:
            with pytest.raises(GraphmodelError):
                guest.execute("CREATE (:Council {id: 'A'})")
            assert store.read("MATCH (n) RETURN count(n) AS number").rows == [(0,)]
    assert not (tmp_path / "owner.json").exists()


def test_the_embedded_store_is_there_again(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        store.execute("CREATE (:Council {id: 'A'})")
    with EmbeddedStore(tmp_path) as store:
        assert store.read("MATCH (c:Council) RETURN c.id AS id").rows == [("A",)]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StoreUnreachableError, match="Set GRAPHMODEL_HOME"):
        EmbeddedStore(blocked / "store")


def test_settings_choose_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("GRAPHMODEL_HOME", str(tmp_path))
    with open_store() as store:
        assert store.embedded
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    with pytest.raises(StoreUnreachableError, match=r"bolt://127\.0\.0\.1:1"):
        open_store()
