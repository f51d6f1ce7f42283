"""Kill loads at random moments, load again, and hold the result against an undisturbed one.

    python -m benchmarks.kills                      # what docs/reliability.md shows
    python -m benchmarks.kills --moments 4 --store embedded

Each round brings a store to where a load begins (empty, or holding another version of the
dataset), lets a child process load, ends it with ``kill -9`` at a random moment, and checks
what is left, what the next load makes of it, and what the records of both say. It ends with
code 1 if one check fails in one round.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from tabulate import tabulate

from graphmodel.reports.loads import load_state
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.statements import LOCK
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package
from loaders.writer import LEAST_SIDE_BY_SIDE
from tests.neo4j_servers import VERSIONS, Neo4jServer
from tests.packages import Graph, Package, country, graph_of

STORES = ("embedded", *(f"neo4j-{version}" for version in VERSIONS))
_FORKS = multiprocessing.get_context("forkserver")
Place = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A load that will be killed: from which state to which."""

    name: str
    package: Package
    before: Package | None


def cases() -> dict[str, tuple[Case, ...]]:
    """A first load and a change of each dataset; changes add, alter and take back.

    The large one is there as several sessions of one load write it.
    """
    example, scotland = country(), _shipped("scotland")
    altered = (
        example.changed("councils", {"id": "EX-CAL"}, population="160000")
        .without("findings", service="")
        .plus("partners", {"id": "ard-police", "name": "Ardshire Police", "kind": "police"})
    )
    fewer = scotland.with_table("findings", scotland.tables["findings"][:-40])
    older = fewer.with_table(
        "councils", [{**row, "population": "1"} for row in fewer.tables["councils"]]
    )
    return {
        "example": (Case("first", example, None), Case("change", altered, example)),
        "scotland": (Case("first", scotland, None), Case("change", older, scotland)),
        "large": (Case("first", _ring(LEAST_SIDE_BY_SIDE + 2_000), None),),
    }


def _ring(size: int) -> Package:
    """Councils that each border the next two."""
    councils = [{"id": f"C-{n}", "name": f"Town {n}"} for n in range(size)]
    borders = [
        {"council": f"C-{n}", "neighbour": f"C-{(n + step) % size}", "kind": "land"}
        for n in range(size)
        for step in (1, 2)
    ]
    package = Package({}, name="ring").plus("documents", {"id": "review-2020", "title": "Review"})
    return package.plus("councils", *councils).plus("borders", *borders)


def _shipped(name: str) -> Package:
    tables = {}
    for path in sorted(locate(name).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return Package(tables, name=name)


def opened(place: Place) -> Store:
    return EmbeddedStore(Path(place[0])) if len(place) == 1 else connect(*place)


def load_in_child(place: Place, folder: str, told: Connection) -> None:
    """What the child does until it is killed: it says when it has come how far, and loads."""
    with opened(place) as store:
        told.send("open")
        is_writing = False

        def step(*_: object) -> None:
            nonlocal is_writing
            if not is_writing:
                told.send("writing")
                is_writing = True

        load_package(store, read_package(Path(folder)), force=True, progress=step)
        told.send("loaded")


class Child:
    """A process that loads a package."""

    def __init__(self, place: Place, folder: str) -> None:
        self._told, theirs = _FORKS.Pipe()
        self.process = _FORKS.Process(target=load_in_child, args=(place, folder, theirs))
        self.process.start()
        theirs.close()
        self.wait_until("open")

    @classmethod
    def start(cls, place: Place, folder: str) -> Child:
        """Start one, again if a busy machine did not let it reach the store in time."""
        while True:
            with suppress(EOFError):
                return cls(place, folder)

    def wait_until(self, stage: str) -> None:
        while self._told.recv() != stage:
            pass

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


@dataclass
class Tally:
    """What was found in all rounds of a case."""

    where: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def check_round(
    store: Store, case: Case, start: Graph, expected: Graph, last_run: int, tally: Tally
) -> None:
    """Look at what a killed load left, load again, and look again."""
    store.execute(LOCK)  # waits until the server has noticed that the child is gone
    left = graph_of(store)
    killed = outcomes_after(store, last_run)
    outcome = killed[0] if killed else "not begun"

    def require(what: str, holds: bool) -> None:
        if not holds:
            tally.faults.append(what)

    if left in (start, expected):
        tally.where["after the end" if outcome == "done" else "nothing written yet"] += 1
    else:
        tally.where["in the middle"] += 1
        require("a reader is told of the mixture", len(load_state(store).unfinished) == 1)
    require("no run says done before all is written", outcome != "done" or left == expected)

    report = case.package.load(store, force=True)

    require("the graph equals an undisturbed one", graph_of(store) == expected)
    require("nobody is warned any longer", load_state(store).unfinished == ())
    if case.before is None:
        missing = size(expected) - size(left)
        require("the next load counts what was missing", report.total("inserted") == missing)
    told = {"running": ["interrupted", "done"], "done": ["done", "done"], "not begun": ["done"]}
    require("the records tell what happened", outcomes_after(store, last_run) == told.get(outcome))


def outcomes_after(store: Store, number: int) -> list[str]:
    """How the loads ended that began after the one with this number."""
    found = store.read(
        "MATCH (r:LoadRun) WHERE r.number > $number RETURN r.outcome AS outcome ORDER BY r.number",
        {"number": number},
    )
    return [row["outcome"] for row in found]


def last_number(store: Store) -> int:
    found = store.read("MATCH (r:LoadRun) RETURN coalesce(max(r.number), 0) AS number")
    return int(next(iter(found))["number"])


def size(graph: Graph) -> int:
    return len(graph.nodes) + len(graph.edges)


def run_case(place: Place, case: Case, moments: int, chance: random.Random) -> Tally:
    """Kill as many loads as asked for."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, persistent(place) as using:
        case.package.write(Path(folder))

        def prepare(store: Store) -> None:
            if case.before is None:
                store.execute("MATCH (n) DETACH DELETE n")
            else:
                case.before.load(store, force=True)

        lengths = []
        for _ in range(3):
            with using() as store:
                prepare(store)
                start = graph_of(store)
            child = Child.start(place, folder)
            child.wait_until("writing")
            began = time.perf_counter()
            child.wait_until("loaded")
            lengths.append(time.perf_counter() - began)
            child.process.join()
            with using() as store:
                expected = graph_of(store)
        usual = sorted(lengths)[1]
        for number in range(moments):
            with using() as store:
                prepare(store)
                last_run = last_number(store)
            child = Child.start(place, folder)
            if number % 10:  # else also before it writes, when it reads and checks
                child.wait_until("writing")
            # One moment in each share of the writing, so that all of it is covered.
            time.sleep((number + chance.random()) / moments * usual)
            child.kill()
            with using() as store:
                check_round(store, case, start, expected, last_run, tally)
    return tally


@contextmanager
def persistent(place: Place) -> Iterator[Callable[[], AbstractContextManager[Store]]]:
    """A way to the store: always the same connection to a server, a new start when embedded."""
    if len(place) == 1:
        yield lambda: opened(place)
    else:
        with opened(place) as store:
            yield lambda: nullcontext(store)


@contextmanager
def started(kind: str) -> Iterator[Place]:
    if kind == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield (folder,)
    else:
        with Neo4jServer.start(kind.removeprefix("neo4j-")) as server:
            yield server.uri, server.username, server.password


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill loads at random moments.")
    parser.add_argument("--moments", type=int, default=100, help="kills a store and dataset")
    parser.add_argument("--store", choices=STORES, action="append")
    parser.add_argument("--dataset", choices=list(cases()), action="append")
    parser.add_argument("--seed", type=int, default=20)
    asked = parser.parse_args()
    _FORKS.set_forkserver_preload(["loaders.pipeline", "graphmodel.store.embedded"])
    rows, faults = [], []
    for kind in asked.store or STORES:
        with started(kind) as place:
            for dataset, pair in cases().items():
                if dataset not in (asked.dataset or cases()):
                    continue
                for case in pair:
                    chance = random.Random(asked.seed)
                    tally = run_case(place, case, asked.moments // len(pair), chance)
                    where = [
                        tally.where[what]
                        for what in ("nothing written yet", "in the middle", "after the end")
                    ]
                    rows.append([kind, dataset, case.name, *where, len(tally.faults)])
                    faults += [f"{kind}, {dataset}, {case.name}: {what}" for what in tally.faults]
                    print(*rows[-1], file=sys.stderr, flush=True)
    headers = ["store", "dataset", "load", "nothing written yet", "in the middle", "after the end"]
    headers += ["faults found"]
    print(tabulate(rows, headers, tablefmt="github"))
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
