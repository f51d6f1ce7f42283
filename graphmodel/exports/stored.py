"""What each dataset says, read back from a store as rows of the model's tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from graphmodel.exports.inventory import BROKEN, FOREIGN, NAMELESS, Inventory, NodeKey
from graphmodel.exports.references import References
from graphmodel.model import Document, Edge, Element, Node
from graphmodel.model.element import LIST_DELIMITER, Spell
from graphmodel.model.tables import TABLES, TableModel
from graphmodel.store import Store
from graphmodel.store.merge import Statement, merged, statements_of
from graphmodel.store.statements import EDGE_SHAPES, Shape

Cells = dict[str, str]


def rows(store: Store, inventory: Inventory) -> Iterator[tuple[TableModel, str, Cells]]:
    """Read back what was loaded, table by table, in an order that is always the same.

    Parameters
    ----------
    store : Store
        An open store.
    inventory : Inventory
        Gets what was seen.

    Yields
    ------
    table : TableModel
        Nodes before edges.
    dataset : str
        Whose words they are.
    cells : dict of str to str
        By column, without those that are missing.

    Examples
    --------
    >>> table, dataset, cells = next(rows(store, Inventory()))
    >>> table.name, dataset, "title" in cells
    ('documents', 'scotland', True)
    """
    reader = _Reader(store, inventory)
    for table in TABLES.values():
        for dataset, cells in reader.nodes(table) if table.node else reader.edges(table):
            yield table, dataset, cells


class _Reader:
    def __init__(self, store: Store, inventory: Inventory) -> None:
        self._store = store
        self._inventory = inventory
        self._references = References(store)

    def nodes(self, table: TableModel) -> Iterator[tuple[str, Cells]]:
        """Rows of a table that states nodes, and perhaps what ties each to a service."""
        kind = table.node
        assert kind is not None  # noqa: S101 - the caller's choice, told to the type checker
        tie = next((edge for edge in table.edge_kinds if edge.head.column == "id"), None)
        for found in self._store.stream(_nodes_with(kind, tie)):
            properties, service = found["said"], found["service"]
            node = (kind.label, properties["id"])
            statements = self._statements(kind, properties, " ".join(node))
            if not statements:
                self._inventory.unstated[node] = properties
            end = {} if service is None or tie is None else {tie.tail.column: service}
            if kind.derived_from and not _derives(kind, statements, end, node[1]):
                self._inventory.miss(BROKEN, " ".join(node))
                continue
            if kind.derived_from:
                self._note_repeats(statements)
            for dataset, said in statements:
                self._inventory.state(dataset, node)
                self._need(dataset, said, *(("Service", name) for name in end.values()))
                stated = said if not kind.derived_from else {**said, "id": None}
                yield dataset, _cells({**end, **stated})

    def edges(self, table: TableModel) -> Iterator[tuple[str, Cells]]:
        """Rows of a table that states edges between nodes of other tables."""
        for shape in EDGE_SHAPES:
            if shape.kind.table == table.name:
                found = self._store.stream(_edges_of(shape))
                # All edges of one tail at a time: enough to sort them and compare spells.
                for _, group in groupby(found, key=itemgetter("tail")):
                    yield from self._edges_of_tail(shape, group)

    def _edges_of_tail(
        self, shape: Shape, group: Iterable[dict[str, Any]]
    ) -> Iterator[tuple[str, Cells]]:
        kind = shape.kind
        assert issubclass(kind, Edge)  # noqa: S101 - for the type checker
        said_of: list[tuple[dict[str, Any], list[Statement]]] = []
        for edge in sorted(group, key=lambda edge: (edge["head"], edge["said"].get("key", ""))):
            which = f"{edge['tail']} {shape.name} {edge['head']}"
            said_of.append((edge, self._statements(kind, edge["said"], which)))
        if issubclass(kind, Spell):
            self._note_overlaps(kind, said_of)
        for edge, statements in said_of:
            nodes = ((shape.tail, edge["tail"]), (shape.head, edge["head"]))
            ends = [
                self._references.to(node, end.labels)
                for node, end in zip(nodes, kind.ends(), strict=True)
            ]
            if None in ends:
                self._inventory.miss(NAMELESS, f"{edge['tail']} {shape.name} {edge['head']}")
                continue
            named = dict(zip((end.column for end in kind.ends()), ends, strict=True))
            for dataset, said in statements:
                self._need(dataset, said, *nodes)
                yield dataset, _cells({**named, **said})

    def _need(self, dataset: str, said: dict[str, Any], *nodes: NodeKey) -> None:
        cited = ((Document.label, said["source"]),) if "source" in said else ()
        self._inventory.need(dataset, *nodes, *cited)

    def _statements(
        self, kind: type[Element], properties: dict[str, Any], which: str
    ) -> list[Statement]:
        """Statements that the properties were merged from, if they tell all of them."""
        statements = statements_of(kind, properties)
        if statements and merged(kind, statements) != properties:
            self._inventory.miss(FOREIGN, which)
        return statements

    def _note_repeats(self, statements: Sequence[Statement]) -> None:
        """Note who says a thing's tie twice: rows that differ only in a note, say."""
        seen = set()
        for dataset, said in statements:
            place = (dataset, said.get("source"), said.get("locator"))
            if place in seen:
                self._inventory.as_stored.add(dataset)
            seen.add(place)

    def _note_overlaps(
        self, kind: type[Edge], said_of: Iterable[tuple[dict[str, Any], list[Statement]]]
    ) -> None:
        """Note who has spells of one document, role and pair that overlap."""
        claims: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for edge, statements in said_of:
            for dataset, said in statements:
                claim = (dataset, edge["head"], said.get("role"), said.get("source"))
                claims[claim].append(said)
        for (dataset, *_), spells in claims.items():
            if any(_overlap(kind, *pair) for pair in combinations(spells, 2)):
                self._inventory.as_stored.add(dataset)


def _overlap(kind: type[Edge], one: dict[str, Any], other: dict[str, Any]) -> bool:
    intervals = kind.interval(one), kind.interval(other)
    differ = any(one.get(name) != other.get(name) for name in ("since", "until"))
    return differ and all(intervals) and intervals[0].overlaps(intervals[1])  # type: ignore


def _nodes_with(kind: type[Node], tie: type[Edge] | None) -> str:
    """Cypher for all nodes of a kind, each with the service that it is tied to."""
    if tie is None:
        return f"MATCH (x:{kind.label}) RETURN properties(x) AS said, null AS service ORDER BY x.id"
    return (
        f"MATCH (x:{kind.label}) OPTIONAL MATCH (s:Service)-[:{tie.type}]->(x) "
        "RETURN properties(x) AS said, s.id AS service ORDER BY x.id, service"
    )


def _edges_of(shape: Shape) -> str:
    return (
        f"MATCH (tail:{shape.tail})-[x:{shape.name}]->(head:{shape.head}) "
        "RETURN tail.id AS tail, head.id AS head, properties(x) AS said ORDER BY tail"
    )


def _derives(
    kind: type[Node], statements: Iterable[Statement], end: dict[str, str], identifier: str
) -> bool:
    """Whether the id would be made again out of what is said."""
    return all(kind.derive_id({**said, **end}) == identifier for _, said in statements)


def _cells(values: dict[str, Any]) -> Cells:
    return {column: _cell(value) for column, value in values.items() if value is not None}


def _cell(value: Any) -> str:
    """Write a value so that reading it gives the same; never made safe for spreadsheets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_DELIMITER.join(value)
    return str(value)
