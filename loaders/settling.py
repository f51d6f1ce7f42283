"""Rows that are right, as statements about ids; and what cannot be true together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphmodel.model import Edge, Node, declared_properties
from graphmodel.model.element import Endpoint, Spell
from graphmodel.names import Named
from graphmodel.store.statements import Shape
from graphmodel.wording import listed
from loaders.fingerprints import Key
from loaders.gathering import Values
from loaders.rows import Row
from loaders.stated import Validated, place_of

MOST_NAMED = 10
"""Rows that one message names."""


class Settlement:
    """Turns rows into statements about ids.

    Parameters
    ----------
    result : Validated
        Gets the statements, and the problems of rows that repeat or contradict others.
    """

    def __init__(self, result: Validated) -> None:
        self._result = result
        self._stated: dict[Shape, dict[Key, list[Values]]] = {}
        self._spells: dict[tuple[Any, ...], list[_SpellClaim]] = defaultdict(list)
        self._first_seen: dict[tuple[Any, ...], int] = {}

    def settle(self, rows: Iterable[tuple[Row, dict[str, Named]]]) -> None:
        """Take rows in, all that may overlap at once.

        Parameters
        ----------
        rows : iterable of (Row, dict)
            Each with whom it names, by column.
        """
        for row, found in rows:
            cells = {column: named.id for column, named in found.items()}
            node_id = self._settle_node(row, row.node, cells) if row.node else None
            if row.edge:
                self._settle_edge(row, row.edge, found, node_id)
        if not self._result.package.as_stored:
            for claims in self._spells.values():
                self._refuse_overlaps(claims)
        self._result.several.update(self._stated)

    def _settle_node(self, row: Row, node: Node, cells: dict[str, str]) -> str:
        said = node.statement()
        node_id = type(node).derive_id(said | cells) if row.model.derives_id else node.id
        values = said | {"id": node_id}
        self._keep(Shape(type(node)), (node_id,), row, cells, values)
        return node_id

    def _settle_edge(
        self, row: Row, edge: Edge, found: dict[str, Named], node_id: str | None
    ) -> None:
        def at(end: Endpoint) -> Named:
            if end.column == "id":
                return Named(end.labels[0], node_id or "", "")
            return found[end.column]

        tail, head = at(edge.tail), at(edge.head)
        said = edge.statement()
        shape, key = place_of(type(edge), tail, head, said)
        cells = {"source": found["source"].id}
        kept = self._keep(shape, key, row, cells, said)
        if isinstance(edge, Spell) and kept is not None:
            # Two spells of one document in one role cannot overlap. Those of different
            # documents may: then the documents contradict each other, and both stand.
            claim = (shape, *key[:2], said.get("role"), found["source"].id)
            self._spells[claim].append(_SpellClaim(row, shape, key, kept))

    def _keep(
        self,
        shape: Shape,
        key: Key,
        row: Row,
        cells: dict[str, str],
        said: Values,
    ) -> Values | None:
        """Keep what a row says of an element, unless a row before has said just that."""
        names = {prop.name for prop in declared_properties(shape.kind)}
        values = {name: value for name, value in said.items() if name in names and value != []}
        if "source" in values:
            values["source"] = cells["source"]
        identity = (shape, key, *sorted((name, str(value)) for name, value in values.items()))
        earlier = self._first_seen.setdefault(identity, row.number)
        if earlier != row.number:
            if self._result.package.as_stored:
                return None
            message = f"the row says again what row {earlier} says"
            self._result.problems.append(row.problem(None, message, "Remove one of the two."))
            return None
        self._stated.setdefault(shape, {}).setdefault(key, []).append(values)
        return values

    def _refuse_overlaps(self, claims: list[_SpellClaim]) -> None:
        for place, later in enumerate(claims):
            earlier = [claim.row.number for claim in claims[:place] if claim.overlaps(later)]
            if earlier:
                message = f"this spell overlaps with {_rows(earlier)}"
                advice = "One spell of membership is one row."
                self._result.problems.append(later.row.problem("since", message, advice))
                self._take_back(later)

    def _take_back(self, claim: _SpellClaim) -> None:
        stated = self._stated[claim.shape]
        stated[claim.key].remove(claim.values)
        self._result.partly_rejected.add((claim.shape, claim.key))
        if not stated[claim.key]:
            del stated[claim.key]


@dataclass(frozen=True)
class _SpellClaim:
    """What a row says of somebody's time in something."""

    row: Row
    shape: Shape
    key: Key
    values: Values

    def overlaps(self, other: _SpellClaim) -> bool:
        kind = self.shape.kind
        return issubclass(kind, Spell) and do_overlap(kind, self.values, other.values)


def do_overlap(kind: type[Spell], one: Values, other: Values) -> bool:
    """Tell whether two spells cannot both be true: they overlap, and are not the same.

    Parameters
    ----------
    kind : type of Spell
        Which spells.
    one, other : dict
        What is said of each, by one document, of the same two and the same role.

    Returns
    -------
    bool
        Not where it cannot be told when they were.

    Examples
    --------
    >>> from graphmodel.model import ParticipatesIn
    >>> do_overlap(ParticipatesIn, {"since": "2001", "until": "2005"}, {"since": "2003"})
    True
    >>> do_overlap(ParticipatesIn, {"since": "2001"}, {"since": "2001", "note": "Again."})
    False
    """
    if all(one.get(name) == other.get(name) for name in ("since", "until")):
        return False
    spans = kind.interval(one), kind.interval(other)
    return spans[0] is not None and spans[1] is not None and spans[0].overlaps(spans[1])


def _rows(numbers: list[int]) -> str:
    """Name rows, of very many only the first."""
    if len(numbers) == 1:
        return f"that of row {numbers[0]}"
    named = list(map(str, numbers[:MOST_NAMED]))
    further = len(numbers) - MOST_NAMED
    return f"those of rows {listed([*named, f'{further} further ones'] if further > 0 else named)}"
