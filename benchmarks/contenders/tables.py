"""What a contender needs of a data package: rows ready to write, and the stopwatch.

Standard library alone, as each contender runs in an environment of its own.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.peak import peak_memory

Item = TypeVar("Item")
Properties = dict[str, Any]

NUMBERS: dict[str, Callable[[str], Any]] = {"population": int, "km": float}
NODES = {"documents": "Document", "councils": "Council", "services": "Service"}
EDGES = {
    "participations": ("PARTICIPATES_IN", "Council", "participant", "Service", "service"),
    "borders": ("BORDERS", "Council", "council", "Council", "neighbour"),
}
"""By table: type, label and column of the tail, label and column of the head."""


def rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    """Rows of a table, as texts, without the cells that are empty."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: cell for name, cell in row.items() if cell}


def nodes(folder: Path, table: str) -> Iterator[Properties]:
    """Properties of a table's nodes, as the graph has them in the end."""
    for row in rows(folder, table):
        yield _properties(row, folder.name)


def edges(folder: Path, table: str) -> Iterator[tuple[str, str, Properties]]:
    """Ids of tail and head, and properties, as the graph has them in the end."""
    _, _, tail, _, head = EDGES[table]
    for row in rows(folder, table):
        start, end = row.pop(tail), row.pop(head)
        if table == "borders":
            start, end = min(start, end), max(start, end)
            key = row["kind"]
        else:
            key = f"{row['role']}|{row.get('since', '')}"
        yield start, end, {**_properties(row, folder.name), "key": key}


def _properties(row: dict[str, str], dataset: str) -> Properties:
    found: Properties = dict(row)
    for name, convert in NUMBERS.items():
        if name in found:
            found[name] = convert(found[name])
    start = row.get("start") or row.get("since")
    if start:
        year, month, day = (*map(int, start.split("-")), 1, 1)[:3]
        found["valid_from"] = date(year, month, day)
    found["datasets"] = [dataset]
    return found


def without_source(said: Properties) -> Properties:
    """Call the source a document, as object mappers keep the other word for themselves."""
    return {"document" if name == "source" else name: value for name, value in said.items()}


def batches(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while batch := list(islice(items, size)):
        yield batch


def race(load: Callable[[], None]) -> None:
    """Load twice; print the seconds of each, by the clock and of both sides' processors.

    With the most memory that was held, in MB.
    """
    found = {}
    for turn in ("first", "second"):
        began, used = time.perf_counter(), _processor_seconds()
        load()
        found[turn] = time.perf_counter() - began
        found[f"{turn} cpu"] = _processor_seconds() - used
    found["memory"] = peak_memory()
    print(json.dumps(found))


def _processor_seconds() -> float:
    """Processor time of this process, and of the server's if we are told which it is."""
    server = os.environ.get("SERVER")
    if not server:
        return time.process_time()
    fields = Path("/proc", server, "stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def arguments() -> tuple[str, str, str, str, Path]:
    """Address, user, password, database and the folder of the data package."""
    uri, user, password, database, folder = sys.argv[1:6]
    return uri, user, password, database, Path(folder)
