"""Outages of a real Neo4j in the middle of a load: the driver tries again, and we say so."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from graphmodel.errors import StoreUnreachableError
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from tests.conftest import SERVERS, on_each_server, require_neo4j
from tests.neo4j_servers import Neo4jServer
from tests.packages import Graph, country, graph_of, runs_of
from tests.proxy import Proxy
from tests.test_load_at_once import alone, at, outcomes

SCHEMES = ("bolt", "neo4j")
SHARES = (0.02, 0.35, 0.6, 0.9)
"""How much of what a load sends has been sent when the connection is cut."""


@pytest.fixture
def whole(store: Store) -> Graph:
    """What an undisturbed load of the country comes to; the store is empty again."""
    return alone(store, country())


@pytest.fixture
def proxy(neo4j_server: tuple[str, str, str]) -> Iterator[Proxy]:
    with Proxy(neo4j_server[0]) as between:
        yield between


def through(proxy: Proxy, scheme: str, login: tuple[str, str, str]) -> Store:
    """A store behind the proxy; a routing driver is given the same address by the server."""
    return connect(proxy.uri.replace("bolt", scheme), *login[1:])


def length_of_a_load(proxy: Proxy, store: Store) -> int:
    """Number of bytes that a first load of the country sends."""
    before = len(proxy.sent)
    country().load(store)
    store.execute("MATCH (n) DETACH DELETE n")
    return len(proxy.sent) - before


@on_each_server
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_load_outlives_cut_connections(
    whole: Graph, proxy: Proxy, neo4j_server: tuple[str, str, str], scheme: str
) -> None:
    with through(proxy, scheme, neo4j_server) as store:
        length = length_of_a_load(proxy, store)
        proxy.cut_after(*(int(share * length) for share in SHARES))

        report = country().load(store)

        assert proxy.cuts == len(SHARES)
        assert report.total("inserted") == len(whole.nodes) + len(whole.edges)
        assert graph_of(store) == whole
        assert outcomes(store) == ["done"]


@on_each_server
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_load_waits_for_a_server_that_is_away(
    whole: Graph, proxy: Proxy, neo4j_server: tuple[str, str, str], scheme: str
) -> None:
    def outage() -> None:
        proxy.refuse(2)
        proxy.cut()

    with through(proxy, scheme, neo4j_server) as store:
        report = country().load(store, progress=at("Service", outage))

        assert report.total("inserted") == len(whole.nodes) + len(whole.edges)
        assert graph_of(store) == whole
        assert outcomes(store) == ["done"]


@pytest.mark.slow
@on_each_server
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_lost_answer_is_not_taken_for_a_yes_or_a_no(
    whole: Graph, proxy: Proxy, neo4j_server: tuple[str, str, str], scheme: str
) -> None:
    """Also a commit's, which the driver rightly does not repeat: it may have been done."""
    with through(proxy, scheme, neo4j_server) as store:
        length = length_of_a_load(proxy, store)
        for cut in range(length // 20, length, length // 10):
            proxy.cut_after(cut, is_delivered=True)
            with suppress(StoreUnreachableError):
                country().load(store, force=True)
        proxy.cut_after()
        country().load(store)

        assert graph_of(store) == whole
        assert outcomes(store)[-1] == "done"
        assert set(outcomes(store)) <= {"interrupted", "done"}


@on_each_server
def test_a_reading_carries_the_bookmark_of_the_write_before(
    store: Store, proxy: Proxy, neo4j_server: tuple[str, str, str]
) -> None:
    """In a cluster, the member that reads then waits until it has what was written."""
    bookmark = re.compile(rb"FB:[\w+/=]+")
    with through(proxy, "neo4j", neo4j_server) as other:
        seen = []
        for number in range(3):
            other.execute("CREATE (:Council {id: $id})", {"id": str(number)})
            before = len(proxy.sent)
            other.read("MATCH (c:Council) RETURN count(c)")
            [sent] = set(bookmark.findall(bytes(proxy.sent[before:])))
            seen.append(sent)
        assert len(set(seen)) == 3


def run_cli(*words: str, login: tuple[str, str, str]) -> subprocess.Popen[str]:
    names = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD")
    return subprocess.Popen(
        [sys.executable, "-m", "graphmodel", *words],
        env=os.environ | dict(zip(names, login, strict=True)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A test run in the background may have been told to ignore Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.slow
@pytest.mark.parametrize("open_store_of_kind", SERVERS[:1], indirect=True)
def test_a_server_that_stays_away_is_one_clear_message(
    store: Store, neo4j_server: tuple[str, str, str], tmp_path: Path
) -> None:
    """The driver tries for half a minute, all these commands at once."""
    country().load(store)
    country().write(tmp_path)
    # The check of the address and the login get through, the first question does not.
    # Of a long answer, the first ten thousand rows come.
    commands = [
        (("load", str(tmp_path)), b"LoadRun", 1),
        (("cypher", "MATCH (c:Council) RETURN c.name"), b"LoadRun", 1),
        (("cypher", LONG, "--format", "csv"), ASK, 20),
    ]
    proxies, children = [], []
    for command, words, times in commands:
        for scheme in SCHEMES:
            proxy = Proxy(neo4j_server[0])
            proxies.append(proxy)
            login = (proxy.uri.replace("bolt", scheme), *neo4j_server[1:])
            proxy.close_on(words, times)
            children.append(run_cli(*command, login=login))
    for child, proxy in zip(children, proxies, strict=True):
        out, err = child.communicate(timeout=150)
        assert (child.returncode, out) == (3, ""), err
        lines = err.splitlines()
        assert lines[0] == "Note: the database did not answer as it should; trying again."
        assert [line.partition(":")[0] for line in lines] == ["Note", "Error"]
        assert "The connection to" in lines[1]
        proxy.__exit__()


LONG = "UNWIND range(1, 20000) AS n RETURN n, 'row ' + toString(n) AS text"
ASK = b"\x00\x08\xb1\x3f\xa1\x81n\xc9\x03\xe8\x00\x00"
"""How a client asks for the next thousand rows: the message PULL."""


def moments_of_a_long_answer(sent: bytes) -> list[int]:
    """How much has been sent while the second thousand of rows is asked for, and the last."""
    [asks] = re.finditer(b"(?:" + re.escape(ASK) + b"){20}", sent)
    half = len(ASK) // 2
    return [asks.start() + len(ASK) + half, asks.end() - half]


@pytest.mark.slow
@on_each_server
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_long_answer_outlives_a_cut_connection(
    store: Store, proxy: Proxy, neo4j_server: tuple[str, str, str], scheme: str
) -> None:
    expected = store.read(LONG).rows
    with through(proxy, scheme, neo4j_server) as other:
        other.read("RETURN 1")
        for read in (other.stream, other.stream_foreign):
            before = len(proxy.sent)
            assert list(read(LONG).rows) == expected
            for moment in moments_of_a_long_answer(bytes(proxy.sent[before:])):
                cuts = proxy.cuts
                proxy.cut_after(moment)
                assert list(read(LONG).rows) == expected
                assert proxy.cuts == cuts + 1


@pytest.mark.slow
@on_each_server
def test_a_long_answer_is_shown_once_although_the_connection_is_cut(
    store: Store, proxy: Proxy, neo4j_server: tuple[str, str, str]
) -> None:
    country().load(store)
    login = (proxy.uri, *neo4j_server[1:])

    def answer() -> tuple[str, str]:
        child = run_cli("cypher", LONG, "--format", "csv", login=login)
        out, err = child.communicate(timeout=150)
        assert child.returncode == 0, err
        return out, err

    before = len(proxy.sent)
    expected = "".join(f"{n},row {n}\n" for n in range(1, 20_001))
    assert answer() == (f"n,text\n{expected}", "")
    for number, moment in enumerate(moments_of_a_long_answer(bytes(proxy.sent[before:])), 1):
        proxy.cut_after(moment)
        out, err = answer()
        assert proxy.cuts == number
        assert out == f"n,text\n{expected}"
        assert err == "Note: the database did not answer as it should; trying again.\n"


@on_each_server
@pytest.mark.parametrize("returned", ["count(*) AS n", "a, b"], ids=["waiting", "fetching"])
def test_what_is_broken_off_ends_at_once_here_and_on_the_server(
    store: Store, neo4j_server: tuple[str, str, str], returned: str
) -> None:
    country().load(store)
    numbers = "UNWIND range(1, 1000000)"
    endless = f"{numbers} AS a {numbers} AS b WITH a, b WHERE a + b > 1 RETURN {returned}"

    def await_number(number: int) -> None:
        asked = "SHOW TRANSACTIONS YIELD currentQuery AS text WHERE text = $text RETURN text"
        while len(store.read(asked, {"text": endless})) != number:
            assert number == 0 or child.poll() is None
            time.sleep(0.1)

    with run_cli("cypher", endless, "--format", "csv", login=neo4j_server) as child:
        await_number(1)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err.split()) == (1, "", ["Aborted!"])
    await_number(0)


STARTED_ANEW = [pytest.param(server, marks=pytest.mark.slow) for server in SERVERS]
"""Each start takes many seconds."""


@pytest.fixture(scope="module", params=STARTED_ANEW)
def server(request: pytest.FixtureRequest) -> Iterator[Neo4jServer]:
    """A server of its own, to be stopped and started."""
    version = request.param.removeprefix("neo4j-")
    require_neo4j(version)
    with Neo4jServer.start(version) as started:
        yield started


@pytest.fixture
def own_store(server: Neo4jServer) -> Iterator[Store]:
    with connect(server.uri, server.username, server.password) as store:
        store.execute("MATCH (n) DETACH DELETE n")
        yield store


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_restart_of_the_server_does_no_harm(
    server: Neo4jServer, own_store: Store, how: str
) -> None:
    """Where it takes longer than the driver's half minute, the next load completes the work."""
    expected = alone(own_store, country())
    restart = threading.Thread(target=server.restart)

    def outage() -> None:
        getattr(server, how)()
        restart.start()

    try:
        assert country().load(own_store, progress=at("Service", outage)).total("inserted") == 47
        records = ["done"]
        restart.join()
    except StoreUnreachableError:
        restart.join()
        assert outcomes(own_store) == ["running"]
        country().load(own_store)
        records = ["interrupted", "done"]

    assert graph_of(own_store) == expected
    assert outcomes(own_store) == records


def test_a_server_without_room_is_said_and_made_good(server: Neo4jServer, own_store: Store) -> None:
    """A limit on the size of its files stands for a full disk."""
    expected = alone(own_store, country())
    process = server.process.pid

    def limit(size: int) -> None:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    with pytest.raises(StoreUnreachableError, match=r"could not write: .* a full disk") as told:
        country().load(own_store, progress=at("Service", lambda: limit(1000)))
    assert "loading again, once the database answers, completes it" in str(told.value)

    server.kill()
    server.restart()
    assert outcomes(own_store) == ["running"]
    country().load(own_store)
    assert graph_of(own_store) == expected
    assert [run["outcome"] for run in runs_of(own_store)] == ["interrupted", "done"]
