"""What a dataset states, held so that a large one takes little room.

Most nodes and edges are stated by one row alone. They are kept as plain rows of
values, in batches ready to be sent, on disk once there are many.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any

from graphmodel.model import Edge
from graphmodel.names import Named
from graphmodel.pile import Pile
from graphmodel.store.statements import SHAPES, Shape
from graphmodel.store.values import Unprinted
from loaders.datapackage import DataPackage
from loaders.fingerprints import Fingerprints, Key, KeySet
from loaders.gathering import Several, Values
from loaders.problems import Problem

HELD_BATCHES = 50
"""Batches of a shape that stay in memory; further ones wait on the disk."""
LEAST_AROUND = 3
"""Edges of a node in a batch from which on it pays to look at all of the node's together."""
MOST_AROUND = 1_000
"""More edges than that in one batch are a sign of many more, to be looked at one by one."""


@dataclass(frozen=True)
class Batch:
    """Nodes or edges of one shape, all with the same properties.

    Attributes
    ----------
    shape : Shape
        Label or type that they have.
    columns : tuple of str
        Properties whose values are in the rows.
    constants : dict
        Properties that all share.
    rows : list of tuple
        Id (for edges: ids of tail and head), and a value for each of the columns.
    places : sequence of int
        Where each row stands in its table.

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> batch = Batch(Shape(Document), ("title",), {"datasets": ["mine"]}, [("a", "A report")])
    >>> list(batch.properties())
    [(('a',), {'id': 'a', 'title': 'A report', 'datasets': ['mine']})]
    """

    shape: Shape
    columns: tuple[str, ...]
    constants: dict[str, Any]
    rows: list[tuple[Any, ...]]
    places: Sequence[int] = ()

    def chosen(self, flags: Sequence[bool]) -> Batch:
        """Those of its rows that are flagged.

        Parameters
        ----------
        flags : sequence of bool
            One a row.

        Returns
        -------
        Batch

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> batch = Batch(Shape(Document), (), {}, [("a",), ("b",)], [0, 1])
        >>> batch.chosen([False, True]).rows
        [('b',)]
        """
        rows, places = list(compress(self.rows, flags)), array("q", compress(self.places, flags))
        return replace(self, rows=rows, places=places)

    def around(self) -> tuple[int, Unprinted] | None:
        """Its edges by the nodes at one end, if that is fewer looks than one for each edge.

        Returns
        -------
        tuple of (int, list) or None
            Which end (0 for tails), and each node with the values by the id of the other end.

        Examples
        --------
        >>> from graphmodel.model import Borders
        >>> rows = [("a", other, 2.5) for other in "bcd"]
        >>> Batch(Shape(Borders, "Council", "Council"), ("km",), {}, rows).around()[1][0]
        ['a', {'b': [2.5], 'c': [2.5], 'd': [2.5]}]
        """
        if self.shape.ends == 1:
            return None
        numbers = [len({row[end] for row in self.rows}) for end in (0, 1)]
        end = 0 if numbers[0] <= numbers[1] else 1
        if len(self.rows) < LEAST_AROUND * numbers[end]:
            return None
        groups: dict[str, dict[str, list[Any]]] = defaultdict(dict)
        for row in self.rows:
            groups[row[end]][row[1 - end]] = list(row[2:])
        if max(map(len, groups.values())) > MOST_AROUND:
            return None
        return end, Unprinted(map(list, groups.items()))

    def parameters(self) -> dict[str, Any]:
        """What a statement that goes through its rows is to be given.

        Returns
        -------
        dict
            The ``rows`` as lists, which the driver packs in half the time of tuples,
            and the constants.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> Batch(Shape(Document), (), {"datasets": ["mine"]}, [("a",)]).parameters()
        {'rows': <1 items>, 'datasets': ['mine']}
        """
        return {"rows": Unprinted(map(list, self.rows)), **self.constants}

    def keys(self) -> Iterable[Key]:
        """What tells each of its rows from all others.

        Returns
        -------
        iterable of tuple

        Examples
        --------
        >>> from graphmodel.model import Borders
        >>> shape = Shape(Borders, "Council", "Council")
        >>> list(Batch(shape, ("km",), {"key": "land"}, [("a", "b", 2.5)]).keys())
        [('a', 'b', 'land')]
        """
        ends = self.shape.ends
        if not self.shape.has_key:
            return (row[:ends] for row in self.rows)
        if "key" in self.constants:
            key = self.constants["key"]
            return ((*row[:ends], key) for row in self.rows)
        place = ends + self.columns.index("key")
        return ((*row[:ends], row[place]) for row in self.rows)

    def properties(self) -> Iterator[tuple[Key, Values]]:
        """Key and properties of each, as the store has them in the end.

        Yields
        ------
        tuple of (tuple, dict)
        """
        ends = self.shape.ends
        for key, row in zip(self.keys(), self.rows, strict=True):
            said = dict(zip(self.columns, row[ends:], strict=True)) | self.constants
            yield key, ({"id": row[0], **said} if ends == 1 else said)


class Spool:
    """Batches in the order in which they came, those beyond a limit on disk.

    Parameters
    ----------
    batches : iterable of Batch
        Read once.

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> spool = Spool([Batch(Shape(Document), (), {}, [("a",), ("b",)])])
    >>> len(spool), [len(batch.rows) for batch in spool]
    (2, [2])
    """

    def __init__(self, batches: Iterable[Batch] = ()) -> None:
        self._batches: Pile[Batch] = Pile(held=HELD_BATCHES, together=1)
        self._rows = 0
        for batch in batches:
            self.add(batch)

    def add(self, batch: Batch) -> None:
        """Put a batch at the end.

        Parameters
        ----------
        batch : Batch
            Not to be changed afterwards.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> spool = Spool()
        >>> spool.add(Batch(Shape(Document), (), {}, [("a",)]))
        >>> len(spool)
        1
        """
        self._rows += len(batch.rows)
        self._batches.add(batch)

    def __len__(self) -> int:
        return self._rows

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._batches)


@dataclass
class Validated:
    """What a data package states, ready to be written.

    Attributes
    ----------
    package : DataPackage
        As read.
    several : dict of Shape to mapping of tuple to list of dict
        By shape and key, what each row says: of what several rows state, and of what was
        looked at row by row. See `loaders.gathering`.
    problems, consequences : list of Problem
        What is wrong, and what would be right without that.
    partly_rejected : dict of Shape to KeySet
        Keys of what is left as it is in the store.

    Examples
    --------
    >>> Validated(DataPackage("mine", "", "1")).problems
    []
    """

    package: DataPackage
    several: dict[Shape, Several] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    consequences: list[Problem] = field(default_factory=list)
    """Rows that are right but for what they refer to, which was rejected."""

    partly_rejected: dict[Shape, KeySet[Key]] = field(default_factory=lambda: defaultdict(KeySet))
    """Nodes and edges of which a row was rejected: not all is known that is said of them."""

    spools: dict[Shape, Spool] = field(default_factory=dict)
    """What one row alone states, ready to be sent; not in `several`."""
    _prints: dict[Shape, Fingerprints] = field(default_factory=dict)

    @property
    def shapes(self) -> dict[Shape, int]:
        """How much is stated of each shape, nodes before edges.

        Examples
        --------
        >>> Validated(DataPackage("mine", "", "1")).shapes
        {}
        """
        found = {}
        for shape in SHAPES:
            number = len(self.spools.get(shape, ())) + len(self.of(shape))
            if number:
                found[shape] = number
        return found

    def of(self, shape: Shape) -> Several:
        """What rows say of one shape, without what is in the spools.

        Parameters
        ----------
        shape : Shape
            Which.

        Returns
        -------
        mapping of tuple to list of dict

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> Validated(DataPackage("mine", "", "1")).of(Shape(Document))
        {}
        """
        return self.several.get(shape, {})

    def states(self, shape: Shape, key: Key) -> bool:
        """Tell whether the package states something.

        Parameters
        ----------
        shape, key
            What is asked for.

        Returns
        -------
        bool

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> Validated(DataPackage("mine", "", "1")).states(Shape(Document), ("report-2020",))
        False
        """
        if key in self.of(shape):
            return True
        if shape not in self.spools:
            return False
        if shape not in self._prints:
            self._prints[shape] = Fingerprints()
            for batch in self.spools[shape]:
                self._prints[shape].add(batch.keys())
        return key in self._prints[shape]


def place_of(
    kind: type[Edge], tail: Named, head: Named, values: Mapping[str, Any]
) -> tuple[Shape, Key]:
    """Shape and key of an edge between two nodes.

    Parameters
    ----------
    kind : type of Edge
        Its relationship type.
    tail, head : Named
        As the row gives them; where there is no direction, they are put in order.
    values : mapping
        What else the row says.

    Returns
    -------
    Shape
    tuple of str

    Examples
    --------
    >>> from graphmodel.model import Borders
    >>> ends = Named("Council", "b", "B"), Named("Council", "a", "A")
    >>> place_of(Borders, *ends, {"kind": "land"})[1]
    ('a', 'b', 'land')
    """
    if kind.undirected and head.id < tail.id:
        tail, head = head, tail
    key: Key = (tail.id, head.id)
    if kind.key_fields:
        key = (*key, kind.key(dict(values)))
    return Shape(kind, tail.label, head.label), key
