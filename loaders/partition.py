"""Dividing edges so that several sessions can write them at once and share no node.

A database locks both ends of an edge that it writes. Nodes are put into classes by
chance; edges between two classes are one part, and two parts without a common class
have no node in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, islice
from typing import Any

from loaders.columns import BATCH
from loaders.stated import Batch

CLASSES = 4
"""Fewer would leave a second session without work; more would make parts smaller."""
GATHERED = 10
"""Batches that are divided together: as many as there are pairs of classes."""
_PAIRS = {pair: frozenset(pair) for pair in combinations_with_replacement(range(CLASSES), 2)}
_ALL = frozenset(range(CLASSES))


@dataclass(frozen=True, eq=False)
class Part:
    """What is written in one transaction, while other parts may be.

    Attributes
    ----------
    batch : Batch
        Nodes or edges.
    classes : frozenset of int
        Where the ends of its edges are; empty for nodes.

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> from graphmodel.store.statements import Shape
    >>> batch = Batch(Shape(Document), (), {}, [("a",)])
    >>> Part(batch, frozenset()).is_apart_from([Part(batch, frozenset())])
    True
    """

    batch: Batch
    classes: frozenset[int]

    def is_apart_from(self, others: Iterable[Part]) -> bool:
        """Tell whether it has no node in common with others.

        Parameters
        ----------
        others : iterable of Part
            Of the same load.

        Returns
        -------
        bool

        Examples
        --------
        >>> from graphmodel.model import Borders
        >>> from graphmodel.store.statements import Shape
        >>> batch = Batch(Shape(Borders, "Council", "Council"), (), {}, [("a", "b")])
        >>> one, other = Part(batch, frozenset({0, 1})), Part(batch, frozenset({1}))
        >>> one.is_apart_from([other])
        False
        """
        return all(self.classes.isdisjoint(other.classes) for other in others)


def partitioned(batches: Iterable[Batch]) -> Iterator[Part]:
    """Divide batches of one shape into parts.

    Parameters
    ----------
    batches : iterable of Batch
        Read as the parts are taken; some are held at a time.

    Yields
    ------
    Part

    Examples
    --------
    >>> from graphmodel.model import Borders
    >>> from graphmodel.store.statements import Shape
    >>> rows = [(f"c{n}", f"c{n + 1}") for n in range(5_000)]
    >>> parts = list(partitioned([Batch(Shape(Borders, "Council", "Council"), (), {}, rows)]))
    >>> len(parts), sum(len(part.batch.rows) for part in parts)
    (10, 5000)
    """
    iterator = iter(batches)
    while gathered := list(islice(iterator, GATHERED)):
        alike: dict[tuple[Any, ...], list[Batch]] = defaultdict(list)
        for batch in gathered:
            alike[batch.shape, batch.columns, repr(batch.constants)].append(batch)
        for some in alike.values():
            yield from _divided(some)


def _divided(batches: list[Batch]) -> Iterator[Part]:
    """Divide batches with the same properties; too few edges stay together."""
    whole = batches[0]
    if whole.shape.ends == 1:
        yield from (Part(batch, frozenset()) for batch in batches)
        return
    if sum(len(batch.rows) for batch in batches) < BATCH:
        yield from (Part(batch, _ALL) for batch in batches)
        return
    cells: dict[tuple[int, int], list[tuple[Any, ...]]] = {pair: [] for pair in _PAIRS}
    rows_of = {}
    for (one, other), rows in cells.items():
        rows_of[one, other] = rows_of[other, one] = rows
    for batch in batches:
        for row in batch.rows:
            rows_of[hash(row[0]) % CLASSES, hash(row[1]) % CLASSES].append(row)
    for pair, rows in cells.items():
        number = -(-len(rows) // BATCH)
        for place in range(number):
            yield Part(replace(whole, rows=rows[place::number], places=()), _PAIRS[pair])
