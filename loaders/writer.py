"""Writing what a dataset says into a store, and taking back what it no longer says."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, Self, TypeVar

from neo4j import ManagedTransaction, Record

from graphmodel.model import Document, Node
from graphmodel.pile import Pile
from graphmodel.store import Store
from graphmodel.store.merge import Statement
from graphmodel.store.statements import (
    ALL_NUMBER,
    CITED,
    EDGE_SHAPES,
    EDGES_STATED_BY,
    LABELS,
    NODE_SHAPES,
    NODES_STATED_BY,
    SHAPES,
    STATED_NUMBER,
    TYPES,
    UNSTATED,
    Shape,
)
from loaders.columns import MOST_CHARACTERS
from loaders.fingerprints import HELD_KEYS, Key, KeySet
from loaders.garbage import uncollected
from loaders.gathering import Values
from loaders.merger import Merger
from loaders.report import Counts, LoadReport, Progress
from loaders.run import hold
from loaders.side_by_side import SideBySide
from loaders.stale import Stale
from loaders.stated import Batch, Spool, Validated

BATCH = 2_000
"""Rows a transaction: large enough for speed, small enough for any server."""
SESSIONS = 2
"""Batches that are compared at the same time: while one is packed, the server has another."""
LEFT_LYING = 10
"""Batches of a session that have been compared before their memory is freed."""
LEAST_SIDE_BY_SIDE = 10_000
"""Nodes or edges of a shape from which on several sessions write them."""

_NODE_SHAPES = {shape.name: shape for shape in NODE_SHAPES}
_EDGE_SHAPES = {(shape.name, shape.tail, shape.head): shape for shape in EDGE_SHAPES}
Item = TypeVar("Item")


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
        self._same: set[tuple[Shape, int]] = set()
        self._pool = ThreadPoolExecutor(SESSIONS)
        self._begun: dict[Shape, tuple[Spool, list[Future[list[int]]]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def begin_to_compare(self, shape: Shape, spool: Spool) -> None:
        """Compare with the store while the rest of the package is still judged.

        Parameters
        ----------
        shape : Shape
            What is compared.
        spool : Spool
            To which nothing is added any more.
        """
        parts = range(SESSIONS if self._number(shape.count()) else 0)
        begun = [self._pool.submit(self._same_in, spool, part) for part in parts]
        self._begun[shape] = spool, begun

    def compare(self, validated: Validated) -> Stale:
        """Compare with the store: what is there already, and what is no longer said.

        Parameters
        ----------
        validated : Validated
            What the dataset says now.

        Returns
        -------
        Stale
            What it had said and no longer says.

        Raises
        ------
        LoadInterruptedError
            If a later load of the dataset has begun.
        StoreUnreachableError
            If the connection is lost.
        """
        spools = validated.spools
        # The rest was begun for a judgement that was given up later.
        self._begun = {
            shape: begun for shape, begun in self._begun.items() if begun[0] is spools.get(shape)
        }
        for shape in spools.keys() - self._begun.keys():
            self.begin_to_compare(shape, spools[shape])
        with uncollected():
            again = sum(self._said_again(shape, validated) for shape in validated.shapes)
        if self._same:
            # What is the same is not written, so this is its turn to be told of a later load.
            self._store.write(partial(hold, run=self._report.run))
        if self._number(ALL_NUMBER) == again:
            return Stale(had_said=again)
        had_said = self._number(STATED_NUMBER, dataset=self._dataset, labels=LABELS, types=TYPES)
        if had_said == again:
            return Stale(had_said=had_said)
        return self._store.reading(partial(self._stale, validated))

    def _said_again(self, shape: Shape, validated: Validated) -> int:
        """Count what the dataset had said of a shape and still says; note what is the same."""
        spool, begun = self._begun.get(shape, (Spool(), []))
        same = [future.result() for future in begun]
        if not same and self._number(shape.count()) == 0:
            return 0
        number = 0
        for place, batch in enumerate(spool if same else ()):
            if same[place % SESSIONS][place // SESSIONS] == len(batch.rows):
                self._same.add((shape, place))
                number += len(batch.rows)
            else:
                number += self._stated_of(shape, batch.keys())
        for keys in _batches(validated.of(shape), BATCH):
            number += self._stated_of(shape, keys)
        return number

    def _same_in(self, spool: Spool, part: int) -> list[int]:
        """Count what is the same in each batch of one session's part."""
        same = []
        for place, batch in enumerate(islice(spool, part, None, SESSIONS), start=1):
            same.append(self._same_of(batch))
            if place % LEFT_LYING == 0:
                # The driver leaves what it has sent in circles, and nobody else looks for them.
                gc.collect(1)
        return same

    def _same_of(self, batch: Batch) -> int:
        """Count those of a batch that the store has with just these properties."""
        # The embedded engine takes far longer for this than for one look an edge.
        around = None if self._store.embedded else batch.around()
        if around is not None:
            end, groups = around
            statement = batch.shape.same_around(end, batch.columns, batch.constants)
            return self._number(statement, groups=groups, **batch.constants)
        statement = batch.shape.same(batch.columns, batch.constants)
        return self._number(statement, **batch.parameters())

    def _stated_of(self, shape: Shape, keys: Iterable[Key]) -> int:
        return self._number(shape.stated(), keys=list(keys), dataset=self._dataset)

    def _number(self, cypher: str, **parameters: Any) -> int:
        return sum(row["number"] for row in self._store.read(cypher, parameters))

    def _stale(self, validated: Validated, transaction: ManagedTransaction) -> Stale:
        """Look at all that the dataset had said, one by one, without holding it."""
        keys: dict[Shape, Pile[Key]] = defaultdict(_pile)
        had_said = 0
        parameters = {"dataset": self._dataset, "labels": LABELS, "types": TYPES}
        for statement, place in ((NODES_STATED_BY, _node_place), (EDGES_STATED_BY, _edge_place)):
            for row in transaction.run(statement, parameters):
                shape, key = place(row)
                had_said += 1
                if not validated.states(shape, key):
                    keys[shape].add(key)
        return Stale(dict(keys), had_said)

    def write(self, validated: Validated) -> None:
        """Write everything stated that is not there already, nodes before edges.

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
        for shape, number in validated.shapes.items():
            done = 0
            self._progress(shape.name, done, number)
            for counts in self._written(shape, validated):
                self._report.of(shape.name).add(counts)
                done += counts.inserted + counts.updated + counts.unchanged
                self._progress(shape.name, done, number)

    def _written(self, shape: Shape, validated: Validated) -> Iterator[Counts]:
        """Write what is said of a shape; what became of it, transaction by transaction."""
        frozen = validated.partly_rejected.get(shape, ())
        for batch, counts in self._created(shape, validated.spools.get(shape, Spool())):
            yield counts or self._store.write(self._merger(shape, frozen).create(batch))
        for rows in _messages(validated.of(shape).items()):
            said = {
                key: [Statement(self._dataset, values) for values in said_of_key]
                for key, said_of_key in rows
            }
            yield self._store.write(self._merger(shape, frozen).merge(said))

    def _created(self, shape: Shape, spool: Spool) -> Iterator[tuple[Batch, Counts | None]]:
        """Write what need not be looked at; each batch, with counts unless it has to be."""
        if any(same == shape for same, _ in self._same):
            for place, batch in enumerate(spool):
                size = len(batch.rows)
                yield batch, Counts(unchanged=size) if (shape, place) in self._same else None
        elif self._store.embedded or len(spool) < LEAST_SIDE_BY_SIDE:
            yield from ((batch, None) for batch in spool)
        else:
            yield from SideBySide(self._store, self._merger(shape)).create(spool)

    def _merger(self, shape: Shape, frozen: Container[Key] = ()) -> Merger:
        own = self._report.of(shape.name).inserted
        return Merger(shape, self._dataset, self._report.run, own, frozen)

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
            for batch in _batches(stale.keys.get(shape, ()), BATCH):
                said: dict[Key, list[Statement]] = {key: [] for key in sorted(batch)}
                work = Merger(shape, self._dataset, self._report.run).merge(said)
                self._report.of(shape.name).add(self._store.write(work))
        deleted = self._sweep() if sweep else KeySet()
        self._report.kept = sum(
            (shape, key) not in deleted
            for shape, keys in stale.keys.items()
            if issubclass(shape.kind, Node)
            for key in keys
        )

    def _sweep(self) -> KeySet[tuple[Shape, Key]]:
        """Delete the nodes that nobody states or needs any longer."""
        unstated: dict[Shape, Pile[Key]] = defaultdict(_pile)
        for row in self._store.stream(UNSTATED, {"labels": LABELS}):
            unstated[_NODE_SHAPES[row["label"]]].add((row["id"],))
        documents = unstated.pop(Shape(Document), _pile())
        deleted: KeySet[tuple[Shape, Key]] = KeySet()
        # Documents last: what goes before them may be the last to cite them.
        for shape, keys in (*unstated.items(), (Shape(Document), documents)):
            for batch in _batches(keys, BATCH):
                deleted.add((shape, key) for key in self._delete(shape, sorted(batch)))
        return deleted

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


def _pile() -> Pile[Key]:
    return Pile(held=HELD_KEYS)


def _node_place(row: Record) -> tuple[Shape, Key]:
    return _NODE_SHAPES[row["label"]], (row["id"],)


def _edge_place(row: Record) -> tuple[Shape, Key]:
    shape = _EDGE_SHAPES[row["type"], row["tail_label"], row["head_label"]]
    ends = (row["tail"], row["head"])
    return shape, ends if row["key"] is None else (*ends, row["key"])


def _no_progress(name: str, done: int, total: int) -> None:
    """Where nobody watches."""


def _messages(
    stated: Iterable[tuple[Key, list[Values]]],
) -> Iterator[list[tuple[Key, list[Values]]]]:
    """Divide what rows say so that no server finds a message too large."""
    batch: list[tuple[Key, list[Values]]] = []
    characters = 0
    for key, rows in stated:
        size = sum(len(text) for row in rows for text in row.values() if isinstance(text, str))
        if batch and (len(batch) == BATCH or characters + size > MOST_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append((key, rows))
        characters += size
    if batch:
        yield batch


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
