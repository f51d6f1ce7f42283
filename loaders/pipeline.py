"""Loading: a validated data package into a store, in batches, idempotently."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from graphmodel.store.lookup import known_names
from graphmodel.store.merge import Statement, merged, statements_of
from graphmodel.store.statements import (
    CONSTRAINTS,
    EDGE_SHAPES,
    EDGES_STATED_BY,
    LABELS,
    LABELS_IN_USE,
    NODE_SHAPES,
    NODES_STATED_BY,
    SHAPES,
    TYPES_IN_USE,
    Shape,
)
from loaders.datapackage import DataPackage
from loaders.problems import Problem, RejectedDataError
from loaders.validation import Key, Validated, Values, validate

BATCH = 2_000
"""Rows a transaction: large enough for speed, small enough for any server."""
MOST_REMOVED = 0.05
"""Share of what a dataset had said that may go without ``force``."""

_NODE_SHAPES = {shape.name: shape for shape in NODE_SHAPES}
_EDGE_SHAPES = {(shape.name, shape.tail, shape.head): shape for shape in EDGE_SHAPES}

Progress = Callable[[str, int, int], None]
"""Told what is being written, how many rows are done, and how many there are."""
Item = TypeVar("Item")


@dataclass
class Counts:
    """What became of the nodes or edges of one kind."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass
class LoadReport:
    """What a load did."""

    dataset: str
    version: str
    run: str
    counts: dict[str, Counts] = field(default_factory=dict)
    rejected: list[Problem] = field(default_factory=list)
    kept: int = 0
    """Nodes that the dataset no longer states, but that something else hangs on."""

    def total(self, outcome: str) -> int:
        """Sum of one outcome over all kinds."""
        return sum(getattr(counts, outcome) for counts in self.counts.values())


class LoadInterruptedError(GraphmodelError):
    """A load that did not come to its end; the next one puts it right."""


def load_package(
    store: Store,
    package: DataPackage,
    *,
    force: bool = False,
    skip_rejected: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Check a data package whole, then write what it says into a store.

    What the same dataset said before and no longer says is removed, once all has
    been written. Loading the same again changes nothing.

    Parameters
    ----------
    store : Store
        Open, for writing.
    package : DataPackage
        As read by `loaders.datapackage.read_package`.
    force : bool
        Remove even if it is more than 5 % of what the dataset had said.
    skip_rejected : bool
        Leave out rows with problems; nothing is removed then, as the reading is
        not complete.
    progress : callable, optional
        Called as the work goes on.

    Returns
    -------
    LoadReport
        Inserted, updated, unchanged and removed, by label or relationship type.

    Raises
    ------
    RejectedDataError
        If a row has a problem and `skip_rejected` is not given; nothing is written
        save the record of the run.
    GraphmodelError
        If too much would be removed.
    """
    store.define(CONSTRAINTS)
    run = _Run(store, package)
    try:
        validated = validate(package, known_names(store))
        if validated.problems and not skip_rejected:
            raise RejectedDataError(f"{package.name!r}", validated.problems)
        load = _Load(store, package.name, run.report, progress)
        stale = load.stale(validated) if not validated.problems else _Stale()
        if not force:
            stale.refuse_if_large(package.name)
        run.report.rejected = validated.problems
        load.write(validated)
        load.remove(stale)
    except BaseException as error:
        run.end("refused" if isinstance(error, GraphmodelError) else "failed", str(error))
        raise
    run.end("done")
    return run.report


class _Run:
    """The record of a run in the graph, made before the first write."""

    def __init__(self, store: Store, package: DataPackage) -> None:
        from graphmodel import __version__

        self._store = store
        self.report = LoadReport(package.name, package.version, str(uuid.uuid4()))
        store.execute(
            "MATCH (r:LoadRun {dataset: $dataset, outcome: 'running'}) "
            "SET r.outcome = 'interrupted'",
            {"dataset": package.name},
        )
        self._set(
            {
                "dataset": package.name,
                "version": package.version,
                "program": __version__,
                "outcome": "running",
            },
            "started",
        )

    def end(self, outcome: str, message: str = "") -> None:
        report = self.report
        totals = {
            name: report.total(name) for name in ("inserted", "updated", "unchanged", "removed")
        }
        totals["rejected"] = len(report.rejected)
        self._set({"outcome": outcome, "message": message[:2000], **totals}, "finished")

    def _set(self, properties: dict[str, Any], moment: str) -> None:
        # The embedded store drops the zone of a datetime parameter, so it travels as text.
        self._store.execute(
            f"MERGE (r:LoadRun {{id: $id}}) SET r += $properties, r.{moment} = datetime($now)",
            {
                "id": self.report.run,
                "properties": properties,
                "now": datetime.now(UTC).isoformat(timespec="milliseconds"),
            },
        )


@dataclass
class _Stale:
    """What a dataset had said and no longer says."""

    keys: dict[Shape, list[Key]] = field(default_factory=dict)
    had_said: int = 0

    def refuse_if_large(self, dataset: str) -> None:
        """Stop before writing if much would go: more often a broken file than the truth."""
        going = sum(map(len, self.keys.values()))
        if going <= MOST_REMOVED * self.had_said:
            return
        listed = ", ".join(f"{len(keys):,} {shape.name}" for shape, keys in self.keys.items())
        raise GraphmodelError(
            f"{dataset!r} no longer states {going:,} of the {self.had_said:,} nodes and edges "
            f"that it had stated ({listed}). That is more than {MOST_REMOVED:.0%}, so nothing "
            "was written. If it is right, use --force."
        )


class _Load:
    """The writing of one dataset into one store."""

    def __init__(
        self, store: Store, dataset: str, report: LoadReport, progress: Progress | None
    ) -> None:
        self._store = store
        self._dataset = dataset
        self._report = report
        self._progress = progress or _no_progress

    def stale(self, validated: Validated) -> _Stale:
        """Find what the dataset had said and no longer says."""
        stale = _Stale()
        stated = validated.shapes
        for shape, key in self._stated_before():
            stale.had_said += 1
            if key not in stated.get(shape, ()):
                stale.keys.setdefault(shape, []).append(key)
        return stale

    def _stated_before(self) -> Iterator[tuple[Shape, Key]]:
        parameters = {"dataset": self._dataset, "labels": LABELS}
        for row in self._store.read(NODES_STATED_BY, parameters):
            yield _NODE_SHAPES[row["label"]], (row["id"],)
        for row in self._store.read(EDGES_STATED_BY, parameters):
            shape = _EDGE_SHAPES[row["type"], row["tail_label"], row["head_label"]]
            ends = (row["tail"], row["head"])
            yield shape, ends if row["key"] is None else (*ends, row["key"])

    def write(self, validated: Validated) -> None:
        """Write everything stated, nodes before edges."""
        in_use = {row["name"] for row in self._store.read(LABELS_IN_USE, {"labels": LABELS})}
        in_use |= {row["name"] for row in self._store.read(TYPES_IN_USE)}
        for shape, stated in validated.shapes.items():
            counts = self._report.counts.setdefault(shape.name, Counts())
            is_empty = shape.name not in in_use
            done = 0
            self._progress(shape.name, done, len(stated))
            for batch in _batches(stated.items(), BATCH):
                said = {
                    key: [Statement(self._dataset, values) for values in rows]
                    for key, rows in batch
                }
                changed = self._merge_batch(shape, said, is_empty)
                counts.inserted += changed.inserted
                counts.updated += changed.updated
                counts.unchanged += changed.unchanged
                done += len(batch)
                self._progress(shape.name, done, len(stated))

    def remove(self, stale: _Stale) -> None:
        """Take the dataset's own words back; what nobody else states goes."""
        for shape in reversed(SHAPES):
            keys = sorted(stale.keys.get(shape, ()))
            counts = self._report.counts.setdefault(shape.name, Counts())
            for batch in _batches(keys, BATCH):
                changed = self._merge_batch(shape, {key: [] for key in batch}, is_empty=False)
                counts.removed += changed.removed
                counts.updated += changed.updated

    def _merge_batch(
        self, shape: Shape, said: dict[Key, list[Statement]], is_empty: bool
    ) -> Counts:
        """Compare a batch with what is stored and write what differs, in one transaction."""

        def work(transaction: ManagedTransaction) -> tuple[Counts, int]:
            stored = {} if is_empty else _fetched(transaction, shape, said)
            counts = Counts()
            rows: list[tuple[Sequence[str], dict[str, Any]]] = []
            gone: list[Key] = []
            for key, statements in said.items():
                before = stored.get(key)
                others = [
                    statement
                    for statement in (statements_of(shape.kind, before) if before else [])
                    if statement.dataset != self._dataset
                ]
                if not statements and not others:
                    gone.append(key)
                    continue
                after = merged(shape.kind, [*others, *statements])
                if before is None:
                    counts.inserted += 1
                elif before == after:
                    counts.unchanged += 1
                    continue
                else:
                    counts.updated += 1
                rows.append((key, after))
            _write(transaction, shape, rows)
            counts.removed = _delete(transaction, shape, gone)
            return counts, len(gone) - counts.removed

        counts, kept = self._store.write(work)
        self._report.kept += kept
        return counts


def _no_progress(name: str, done: int, total: int) -> None:
    """Where nobody watches."""


def _fetched(
    transaction: ManagedTransaction, shape: Shape, keys: Iterable[Key]
) -> dict[Key, dict[str, Any]]:
    from graphmodel.store.values import plain

    result = transaction.run(shape.fetch(), keys=list(keys))
    return {tuple(key): plain(properties) for key, properties in result}


def _write(
    transaction: ManagedTransaction, shape: Shape, rows: list[tuple[Sequence[str], Values]]
) -> None:
    if not rows:
        return
    result = transaction.run(shape.write(), rows=rows)
    written = result.single(strict=True)["number"]
    if written != len(rows):
        raise LoadInterruptedError(
            f"{len(rows) - written} of {len(rows)} {shape.name} found no node at one of their "
            "ends: something else changed the graph during the load. Load again."
        )


def _delete(transaction: ManagedTransaction, shape: Shape, keys: list[Key]) -> int:
    if not keys:
        return 0
    result = transaction.run(shape.delete(), keys=keys)
    number: int = result.single(strict=True)["number"]
    return number


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
