"""Rows that are right, as statements about ids; and what cannot be true together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphmodel.model import Element, declared_properties
from graphmodel.model.element import Spell
from graphmodel.names import Named
from graphmodel.store.statements import Shape
from graphmodel.wording import listed
from loaders.consistency import do_overlap
from loaders.fingerprints import Key
from loaders.gathering import Values, identity
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
            stated = [(self._seen(row, *one), one) for one in stated_by(row, found)]
            if all(seen for seen, _ in stated) and not self._result.package.as_stored:
                message = f"the row says again what row {stated[0][0]} says"
                self._result.problems.append(row.problem(None, message, "Remove one of the two."))
            for seen, one in stated:
                if not seen:
                    self._keep(row, *one)
        if not self._result.package.as_stored:
            for claims in self._spells.values():
                self._refuse_overlaps(claims)
        self._result.several.update(self._stated)

    def _seen(self, row: Row, shape: Shape, key: Key, values: Values) -> int:
        """Number of an earlier row that has said just that of an element; 0 if there is none."""
        claim = shape, key, identity(values)
        earlier = self._first_seen.setdefault(claim, row.number)
        return 0 if earlier == row.number else earlier

    def _keep(self, row: Row, shape: Shape, key: Key, values: Values) -> None:
        self._stated.setdefault(shape, {}).setdefault(key, []).append(values)
        if issubclass(shape.kind, Spell):
            # Two spells of one document in one role cannot overlap. Those of different
            # documents may: then the documents contradict each other, and both stand.
            claim = (shape, *key[:2], values.get("role"), values["source"])
            self._spells[claim].append(_SpellClaim(row, shape, key, values))

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
        self._result.partly_rejected[claim.shape].add([claim.key])
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


def stated_by(row: Row, found: Mapping[str, Named]) -> Iterator[tuple[Shape, Key, Values]]:
    """Read what a row that is right states.

    Parameters
    ----------
    row : Row
        With its elements.
    found : mapping of str to Named
        Whom it names, by column.

    Yields
    ------
    tuple of (Shape, tuple, dict)
        What it speaks of, and what it says of that.

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> from loaders.datapackage import Table
    >>> stated = (Document(id="a", title="A report"),)
    >>> row = Row(Table("documents", "documents.csv", [], []), 2, {}, stated)
    >>> [(key, values) for _, key, values in stated_by(row, {})]
    [(('a',), {'id': 'a', 'title': 'A report'})]
    """
    node, node_id = row.node, ""
    if node is not None:
        said = node.statement()
        cells = {column: named.id for column, named in found.items()}
        node_id = type(node).derive_id(said | cells) if row.model.derives_id else node.id
        yield Shape(type(node)), (node_id,), _declared(type(node), said | {"id": node_id}, found)
    if row.edge is not None:
        kind = type(row.edge)
        said = row.edge.statement()
        tail, head = (
            Named(end.labels[0], node_id, "") if end.column == "id" else found[end.column]
            for end in kind.ends()
        )
        yield *place_of(kind, tail, head, said), _declared(kind, said, found)


def claims_of(stated: Iterable[tuple[Shape, Key, Values]]) -> Hashable:
    """Make of all that a row states something that is the same where a row says it again.

    Parameters
    ----------
    stated : iterable of (Shape, tuple, dict)
        As `stated_by` gives it.

    Returns
    -------
    hashable

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> claims = [claims_of([(Shape(Document), ("a",), {"title": title})]) for title in "AAB"]
    >>> [claim == claims[0] for claim in claims]
    [True, True, False]
    """
    return tuple((shape, key, identity(values)) for shape, key, values in stated)


def _declared(kind: type[Element], said: Values, found: Mapping[str, Named]) -> Values:
    names = {prop.name for prop in declared_properties(kind)}
    values = {name: value for name, value in said.items() if name in names and value != []}
    if "source" in values:
        values["source"] = found["source"].id
    return values


def _rows(numbers: list[int]) -> str:
    """Name rows, of very many only the first."""
    if len(numbers) == 1:
        return f"that of row {numbers[0]}"
    named = list(map(str, numbers[:MOST_NAMED]))
    further = len(numbers) - MOST_NAMED
    return f"those of rows {listed([*named, f'{further} further ones'] if further > 0 else named)}"
