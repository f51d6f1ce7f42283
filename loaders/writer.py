"""Writing what a dataset says into a store, and taking back what it no longer says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from neo4j import ManagedTransaction

from graphmodel.errors import GraphmodelError
from graphmodel.model import Document, Edge, Node
from graphmodel.store import Store
from graphmodel.store.merge import Statement, merged, statements_of
from graphmodel.store.statements import (
    CITED,
    EDGE_SHAPES,
    EDGES_STATED_BY,
    LABELS,
    NODE_SHAPES,
    NODES_STATED_BY,
    SHAPES,
    TYPES,
    UNSTATED,
    Shape,
)
from graphmodel.store.values import plain
from loaders.report import Counts, LoadReport, Progress
from loaders.run import LoadInterruptedError, hold
from loaders.validation import Key, Validated, Values

BATCH = 2_000
"""Rows a transaction: large enough for speed, small enough for any server."""
MOST_REMOVED = 0.05
"""Share of what a dataset had said that may go without ``force``."""

_NODE_SHAPES = {shape.name: shape for shape in NODE_SHAPES}
_EDGE_SHAPES = {(shape.name, shape.tail, shape.head): shape for shape in EDGE_SHAPES}
Item = TypeVar("Item")


@dataclass
class Stale:
    """What a dataset had said and no longer says.

    Attributes
    ----------
    keys : dict of Shape to list of tuple
        Nodes and edges that it no longer states.
    had_said : int
        Number of nodes and edges that it stated before.

    Examples
    --------
    >>> Stale().refuse_if_large("mine")
    """

    keys: dict[Shape, list[Key]] = field(default_factory=dict)
    had_said: int = 0

    def refuse_if_large(self, dataset: str) -> None:
        """Stop before writing if much would go: more often a broken file than the truth.

        Parameters
        ----------
        dataset : str
            What the message calls it.

        Raises
        ------
        GraphmodelError
            If more than 5 % of what it had said would go.

        Examples
        --------
        >>> Stale({Shape(Document): [("report-2020",)]}, had_said=20).refuse_if_large("mine")
        >>> Stale({Shape(Document): [("report-2020",)]}, had_said=19).refuse_if_large("mine")
        Traceback (most recent call last):
        ...
        graphmodel.errors.GraphmodelError: 'mine' no longer states 1 of the 19 nodes and edges ...
        """
        going = sum(map(len, self.keys.values()))
        if going <= MOST_REMOVED * self.had_said:
            return
        listed = ", ".join(
            f"{len(keys):,} {shape.name}, such as {' and '.join(keys[0][:2])}"
            for shape, keys in self.keys.items()
        )
        raise GraphmodelError(
            f"{dataset!r} no longer states {going:,} of the {self.had_said:,} nodes and edges "
            f"that it had stated ({listed}). That is more than {MOST_REMOVED:.0%}, so nothing "
            "was written. If it is right, use --force."
        )


class Writer:
    """The writing of one dataset into one store.

    Parameters
    ----------
    store : Store
        Open, for writing.
    dataset : str
        Whose words they are.
    report : LoadReport
        Gets the counts.
    progress : callable, optional
        Called as the work goes on.
    """

    def __init__(
        self, store: Store, dataset: str, report: LoadReport, progress: Progress | None = None
    ) -> None:
        self._store = store
        self._dataset = dataset
        self._report = report
        self._progress = progress or _no_progress

    def stale(self, validated: Validated) -> Stale:
        """Find what the dataset had said and no longer says.

        Parameters
        ----------
        validated : Validated
            What it says now.

        Returns
        -------
        Stale

        Raises
        ------
        StoreUnreachableError
            If the connection is lost.
        """
        stale = Stale()
        stated = validated.shapes
        for shape, key in self._stated_before():
            stale.had_said += 1
            if key not in stated.get(shape, ()):
                stale.keys.setdefault(shape, []).append(key)
        return stale

    def _stated_before(self) -> Iterator[tuple[Shape, Key]]:
        parameters = {"dataset": self._dataset, "labels": LABELS, "types": TYPES}
        for row in self._store.read(NODES_STATED_BY, parameters):
            yield _NODE_SHAPES[row["label"]], (row["id"],)
        for row in self._store.read(EDGES_STATED_BY, parameters):
            shape = _EDGE_SHAPES[row["type"], row["tail_label"], row["head_label"]]
            ends = (row["tail"], row["head"])
            yield shape, ends if row["key"] is None else (*ends, row["key"])

    def write(self, validated: Validated) -> None:
        """Write everything stated, nodes before edges.

        Parameters
        ----------
        validated : Validated
            What the dataset says now.

        Raises
        ------
        LoadInterruptedError
            If an end of an edge has gone meanwhile.
        GraphmodelError
            If the database refuses it.
        StoreUnreachableError
            If the connection is lost.
        """
        for shape, stated in validated.shapes.items():
            done = 0
            self._progress(shape.name, done, len(stated))
            for batch in _batches(stated.items(), BATCH):
                said = {
                    key: [Statement(self._dataset, values) for values in rows]
                    for key, rows in batch
                }
                merger = _Merger(
                    shape,
                    self._dataset,
                    self._report.run,
                    own=self._report.of(shape.name).inserted,
                    frozen={key for key in said if (shape, key) in validated.partly_rejected},
                )
                self._report.of(shape.name).add(self._store.write(merger.work(said)))
                done += len(batch)
                self._progress(shape.name, done, len(stated))

    def remove(self, stale: Stale, *, sweep: bool = True) -> None:
        """Take the dataset's own words back; what nobody else states or needs goes.

        Parameters
        ----------
        stale : Stale
            As from `stale`.
        sweep : bool
            Remove also the nodes that nobody states or needs.

        Raises
        ------
        GraphmodelError
            If the database refuses it.
        StoreUnreachableError
            If the connection is lost.
        """
        for shape in reversed(SHAPES):
            for batch in _batches(sorted(stale.keys.get(shape, ())), BATCH):
                merger = _Merger(shape, self._dataset, self._report.run)
                said: dict[Key, list[Statement]] = {key: [] for key in batch}
                self._report.of(shape.name).add(self._store.write(merger.work(said)))
        deleted = self._sweep() if sweep else set()
        self._report.kept = sum(
            (shape, key) not in deleted
            for shape, keys in stale.keys.items()
            if issubclass(shape.kind, Node)
            for key in keys
        )

    def _sweep(self) -> set[tuple[Shape, Key]]:
        """Delete the nodes that nobody states or needs any longer."""
        unstated: dict[Shape, list[Key]] = {}
        for row in self._store.read(UNSTATED, {"labels": LABELS}):
            unstated.setdefault(_NODE_SHAPES[row["label"]], []).append((row["id"],))
        documents = unstated.pop(Shape(Document), [])
        # Documents last: what goes before them may be the last to cite them.
        nodes = {**unstated, Shape(Document): documents}
        return {
            (shape, key)
            for shape, keys in nodes.items()
            for batch in _batches(sorted(keys), BATCH)
            for key in self._delete(shape, batch)
        }

    def _delete(self, shape: Shape, keys: list[Key]) -> list[Key]:
        """Delete nodes unless another load has come to state, need or cite them meanwhile."""

        def in_transaction(transaction: ManagedTransaction) -> tuple[list[Key], int]:
            hold(transaction, self._report.run)
            going = keys
            if shape.kind is Document:
                cited = transaction.run(CITED, ids=[key[0] for key in keys]).value("id")
                going = [key for key in keys if key[0] not in set(cited)]
            number = transaction.run(shape.delete(), keys=going).single(strict=True)["number"]
            return going, number

        gone, number = self._store.write(in_transaction)
        self._report.of(shape.name).removed += number
        return gone


@dataclass(frozen=True)
class _Merger:
    """Compares a batch with what is stored and writes what differs, in one transaction."""

    shape: Shape
    dataset: str
    run: str
    """Id of the load's record."""
    own: int = 0
    """How many of the label or type this load has made so far."""
    frozen: Collection[Key] = ()
    """Those to leave as they are, if they are there."""

    def work(self, said: dict[Key, list[Statement]]) -> Any:
        """Make the function to run in a transaction; running it twice comes to the same."""

        def in_transaction(transaction: ManagedTransaction) -> Counts:
            hold(transaction, self.run)
            stored = self._stored(transaction, said)
            counts = Counts()
            changed: list[tuple[Key, Values]] = []
            gone: list[Key] = []
            for key, statements in said.items():
                before = stored.get(key)
                after = self._after(key, before, statements)
                if after is None:
                    gone.append(key)
                elif before is None:
                    counts.inserted += 1
                    changed.append((key, after))
                elif before == after:
                    counts.unchanged += 1
                else:
                    counts.updated += 1
                    changed.append((key, after))
            self._write(transaction, changed)
            counts.removed = self._take_away(transaction, gone)
            return counts

        return in_transaction

    def _after(self, key: Key, before: Values | None, statements: list[Statement]) -> Values | None:
        """Properties once the dataset has spoken; nothing if nobody states it any longer."""
        if before is not None and key in self.frozen:
            return before
        said_before = statements_of(self.shape.kind, before) if before else []
        others = [statement for statement in said_before if statement.dataset != self.dataset]
        said = [*others, *statements]
        return merged(self.shape.kind, said) if said else None

    def _stored(self, transaction: ManagedTransaction, keys: Iterable[Key]) -> dict[Key, Values]:
        """Fetch what is there; nothing, without looking, if all of the kind is from this load."""
        number = transaction.run(self.shape.count()).single(strict=True)["number"]
        if number == self.own:
            return {}
        result = transaction.run(self.shape.fetch(), keys=list(keys))
        return {tuple(key): plain(properties) for key, properties in result}

    def _write(self, transaction: ManagedTransaction, rows: list[tuple[Key, Values]]) -> None:
        if not rows:
            return
        result = transaction.run(self.shape.write(), rows=rows)
        written = result.single(strict=True)["number"]
        if written != len(rows):
            raise LoadInterruptedError(
                f"{len(rows) - written} of {len(rows)} {self.shape.name} found no node at one of "
                "their ends: something else changed the graph during the load. Load again."
            )

    def _take_away(self, transaction: ManagedTransaction, keys: list[Key]) -> int:
        """Delete edges; mark nodes as stated by nobody, for the sweep to see if they can go."""
        if not keys:
            return 0
        if not issubclass(self.shape.kind, Edge):
            transaction.run(self.shape.unstate(), keys=keys).consume()
            return 0
        number: int = transaction.run(self.shape.delete(), keys=keys).single(strict=True)["number"]
        return number


def _no_progress(name: str, done: int, total: int) -> None:
    """Where nobody watches."""


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
