"""What the ways of writing and comparing cost that the loader could have.

Run with ``python -m benchmarks.choices EDGES`` from the top of the project: borders of
a made country, on one Neo4j, each way in turn and all of them several times. Seconds
of client and server processors together, the median with the least and most.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.compare import VERSION
from benchmarks.countries import made
from graphmodel.model import Borders
from graphmodel.store.bolt import Store, connect
from graphmodel.store.statements import CONSTRAINTS, Shape
from graphmodel.store.values import plain
from loaders.datapackage import DataPackage, read_package
from loaders.merger import Merger
from loaders.pipeline import load_package
from loaders.run import Run
from loaders.stated import Batch
from loaders.validation import validate
from tests.neo4j_servers import Neo4jServer

ROUNDS = 5
SHAPE = Shape(Borders, "Council", "Council")
ENDS = "MATCH (tail:Council {id: row[0]}) MATCH (head:Council {id: row[1]}) "
Way = Callable[[Store, list[Batch]], None]


def rows_as_maps(batch: Batch) -> list[dict[str, Any]]:
    return [{"tail": key[0], "head": key[1], "said": said} for key, said in batch.properties()]


def merge_maps(store: Store, batches: list[Batch]) -> None:
    for batch in batches:
        store.execute(
            "UNWIND $rows AS row MATCH (tail:Council {id: row.tail}) "
            "MATCH (head:Council {id: row.head}) "
            "MERGE (tail)-[x:BORDERS {key: row.said.key}]->(head) SET x += row.said",
            {"rows": rows_as_maps(batch)},
        )


def merge_lists(store: Store, batches: list[Batch]) -> None:
    for batch in batches:
        said = SHAPE._literal(batch.columns, batch.constants)
        key = "$key" if "key" in batch.constants else f"row[{2 + batch.columns.index('key')}]"
        store.execute(
            f"UNWIND $rows AS row {ENDS}MERGE (tail)-[x:BORDERS {{key: {key}}}]->(head) "
            f"SET x = {said}",
            {"rows": batch.rows, **batch.constants},
        )


def create_lists(store: Store, batches: list[Batch]) -> None:
    for batch in batches:
        store.execute(
            SHAPE.create(batch.columns, batch.constants), {"rows": batch.rows, **batch.constants}
        )


def as_loaded(store: Store, batches: list[Batch]) -> None:
    run = Run(store, DataPackage("made", "", "1"))
    own = 0
    for batch in batches:
        own += store.write(Merger(SHAPE, "made", run.report.run, own).create(batch)).inserted


def same_whole(store: Store, batches: list[Batch]) -> None:
    for batch in batches:
        statement = SHAPE.same(batch.columns, batch.constants)
        found = store.read(statement, {"rows": batch.rows, **batch.constants})
        assert found.rows == [(len(batch.rows),)]


def same_each(store: Store, batches: list[Batch]) -> None:
    for batch in batches:
        tests = [f"x.{name} = row[{place}]" for place, name in enumerate(batch.columns, 2)]
        tests += [f"x.{name} = ${name}" for name in batch.constants]
        found = store.read(
            f"UNWIND $rows AS row {ENDS}MATCH (tail)-[x:BORDERS]->(head) "
            f"WHERE {' AND '.join(tests)} RETURN count(*) AS number",
            {"rows": batch.rows, **batch.constants},
        )
        assert found.rows == [(len(batch.rows),)]


def fetch(store: Store, batches: list[Batch]) -> None:
    for batch in batches:
        keys = list(map(list, batch.keys()))
        found = store.read(SHAPE.fetch(), {"keys": keys})
        stored = {tuple(row["key"]): plain(row["properties"]) for row in found}
        assert all(stored[key] == said for key, said in batch.properties())


WRITING: dict[str, Way] = {
    "MERGE, rows as maps, SET x += row": merge_maps,
    "MERGE, rows as lists, SET x = {…}": merge_lists,
    "CREATE, rows as lists": create_lists,
    "the same with lock and counters, as the loader does": as_loaded,
}
COMPARING: dict[str, Way] = {
    "MERGE again, rows as maps": merge_maps,
    "properties(x) = {…}, as the loader does": same_whole,
    "each property by itself": same_each,
    "fetch all and compare in Python": fetch,
}
SIZES = (500, 2_000, 5_000, 20_000)


def resized(batches: list[Batch], size: int) -> list[Batch]:
    """The same rows in batches of another size."""
    groups: dict[tuple[str, ...], list[Batch]] = {}
    for batch in batches:
        groups.setdefault(batch.columns, []).append(batch)
    return [
        Batch(SHAPE, columns, group[0].constants, rows[start : start + size])
        for columns, group in groups.items()
        for rows in [[row for batch in group for row in batch.rows]]
        for start in range(0, len(rows), size)
    ]


def clear(store: Store) -> None:
    store.execute("MATCH ()-[x:BORDERS]->() DELETE x")


def seconds(store: Store, server: int, way: Way, batches: list[Batch]) -> float:
    began = time.process_time() + _ticks(server)
    way(store, batches)
    return time.process_time() + _ticks(server) - began


def _ticks(server: int) -> float:
    fields = Path("/proc", str(server), "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def trials(batches: list[Batch]) -> Iterator[tuple[str, Way, list[Batch], bool]]:
    """Name, way and rows of each trial, and whether the edges are there before."""
    for name, way in WRITING.items():
        yield f"write: {name}", way, batches, False
    for name, way in COMPARING.items():
        yield f"compare: {name}", way, batches, True
    for size in SIZES:
        yield f"write: CREATE in batches of {size:,}", create_lists, resized(batches, size), False


def main() -> None:
    found: dict[str, list[float]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        Neo4jServer.start(VERSION) as server,
        connect(server.uri, server.username, server.password) as store,
    ):
        store.define(CONSTRAINTS)
        package = read_package(made(int(sys.argv[1]), Path(folder)))
        load_package(store, package)
        batches = list(validate(package).spools[SHAPE])
        for number in range(ROUNDS + 1):
            for name, way, rows, is_there in trials(batches):
                clear(store)
                if is_there:
                    create_lists(store, batches)
                used = seconds(store, server.process.pid, way, rows)
                if number:
                    found.setdefault(name, []).append(used)
    print(f"| {sum(len(batch.rows) for batch in batches):,} edges | processor s |\n|---|---|")
    for name, values in found.items():
        low, high = min(values), max(values)
        print(f"| {name} | {statistics.median(values):.2f} ({low:.2f} to {high:.2f}) |")


if __name__ == "__main__":
    main()
