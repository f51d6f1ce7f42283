"""Judging what a data package says, before anything is written.

Names become ids, rows become statements of the model, and what cannot be true
together (two spells that overlap, an edge whose end nobody knows) is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.model import Document, Edge, Node, declared_properties
from graphmodel.model.element import LIST_DELIMITER, Endpoint, Spell
from graphmodel.model.tables import TABLES
from graphmodel.names import Named, NameIndex, normalised
from graphmodel.pile import Pile
from graphmodel.store.statements import Shape
from loaders.columns import NotPlainError
from loaders.datapackage import DataPackage
from loaders.garbage import uncollected
from loaders.plain import Judged, Plain, divided
from loaders.problems import Problem
from loaders.rows import Row, read_rows, right_rows, wrong_columns
from loaders.stated import Key, Validated, Values
from loaders.table_file import HELD_ROWS, Table

_SOURCE = Endpoint("source", (Document,))
_LABELS_OF = {table.name: table.node.label for table in TABLES.values() if table.node}


def validate(
    package: DataPackage,
    known: Iterable[Named] = (),
    own: Iterable[Named] = (),
    judged: Judged | None = None,
) -> Validated:
    """Turn the rows of a data package into statements, and find all that is wrong.

    Parameters
    ----------
    package : DataPackage
        As read.
    known : iterable of Named
        What others have stated, to which the package may refer.
    own : iterable of Named
        What the package's own dataset alone had stated before.
    judged : callable, optional
        Told of each spool as soon as it is whole, while the rest is still judged; in the
        end it may turn out that the spool does not count.

    Returns
    -------
    Validated
        Statements of the rows that are right, and the problems of the others.

    Examples
    --------
    >>> from loaders.datapackage import Table
    >>> rows = [(2, ["report-2020", "A report"])]
    >>> table = Table("documents", "documents.csv", ["id", "title"], rows)
    >>> validate(DataPackage("mine", "", "1", [table])).nodes[Shape(Document)]
    {('report-2020',): [{'id': 'report-2020', 'title': 'A report'}]}
    """
    known = list(known)
    if not (package.problems or package.unread or package.malformed):
        plain = _plainly(package, known, judged) or _without_faulty_rows(package, known, own)
        if plain:
            return plain[0]
    return _row_by_row(package, known, own)


@uncollected()
def _plainly(
    package: DataPackage, known: list[Named], judged: Judged | None = None
) -> tuple[Validated, Plain] | None:
    """Judge a package that has no fault; nothing if anything may be wrong with it."""
    result = Validated(package)
    tables, others = divided(package.tables)
    try:
        plain = Plain(tables, package.name, known, judged)
    except NotPlainError:
        return None
    result.spools = plain.spools
    for shape, several in plain.several.items():
        (result.nodes if issubclass(shape.kind, Node) else result.edges)[shape] = several
    if others:
        rows = read_rows(DataPackage(package.name, "", "", others), result.problems)
        if not rows.rejected and not rows.unread:
            _Settlement(result, plain.names, _Hopes((), (), (), ())).settle(rows.right)
        if result.problems or rows.unread:
            return None
    return result, plain


def _without_faulty_rows(
    package: DataPackage, known: list[Named], own: Iterable[Named]
) -> tuple[Validated, Plain] | None:
    """Judge in little room a package whose faults are each a row's own; nothing for others."""
    problems: list[Problem] = []
    rejected: list[Row] = []
    tables: list[Table] = []
    for table in package.tables:
        if any(wrong_columns(table)):
            return None
        right = right_rows(table, problems, rejected)
        cells = ((row.number, [row.cells[name] for name in table.columns]) for row in right)
        tables.append(replace(table, rows=Pile(cells, held=HELD_ROWS)))
    judged = _plainly(replace(package, tables=tables), known) if rejected else None
    if judged is None:
        return None
    result, plain = judged
    result.package, result.problems = package, problems
    named = {found for row in rejected if (found := _named_in(row))}
    told = set(plain.named())
    names = NameIndex([*told, *known, *named])
    hopes = _Hopes((), (), named - told - set(known), set(own))
    _Settlement(result, names, hopes).look_at_rejected(rejected)
    # What right rows say of the same must be left as it is, which batches cannot be.
    if any(result.states(*place) for place in result.partly_rejected):
        return None
    return judged


def _row_by_row(package: DataPackage, known: list[Named], own: Iterable[Named]) -> Validated:
    """Judge each row by itself, and put into words what is wrong."""
    result = Validated(package, problems=list(package.problems))
    rows = read_rows(package, result.problems)
    named = [_named(row.node) for row in rows.right if row.node and not row.model.derives_id]
    rejected = [found for row in rows.rejected if (found := _named_in(row))]
    hopes = _Hopes(
        unread={_LABELS_OF[table] for table in rows.unread if table in _LABELS_OF},
        malformed={
            (_LABELS_OF[table], normalised(cell))
            for table, cells in package.malformed.items()
            if table in _LABELS_OF
            for cell in cells
        },
        rejected=set(rejected) - set(named) - set(known),
        stored=set(own),
    )
    settlement = _Settlement(result, NameIndex([*named, *known, *rejected]), hopes)
    settlement.settle(rows.right)
    settlement.look_at_rejected(rows.rejected)
    return result


@dataclass(frozen=True)
class _Hopes:
    """What may yet be there once a package is put right."""

    unread: Collection[str]
    """Labels whose table could not be read."""
    malformed: Collection[tuple[str, str]]
    """Label and normalised cell of rows that could not be read."""
    rejected: Collection[Named]
    """What was stated in rejected rows alone."""
    stored: Collection[Named]
    """What the dataset had stated before, and is still in the store."""

    def may_name(self, text: str, end: Endpoint) -> bool:
        """Tell whether a name may yet turn out to be one that could not be read."""
        return any(
            label in self.unread or (label, normalised(text)) in self.malformed
            for label in end.labels
        )


class _Settlement:
    """Turns rows that are right by themselves into statements about ids."""

    def __init__(self, result: Validated, names: NameIndex, hopes: _Hopes) -> None:
        self._result = result
        self._names = names
        self._hopes = hopes
        self._spells: dict[tuple[Any, ...], list[_SpellClaim]] = defaultdict(list)
        self._first_seen: dict[tuple[Any, ...], int] = {}

    def settle(self, rows: Iterable[Row]) -> None:
        for row in rows:
            found = self._resolve_all(row)
            if found is None:
                self._mark_partly_rejected(row)
                continue
            cells = {column: named.id for column, named in found.items()}
            node_id = self._settle_node(row, row.node, cells) if row.node else None
            if row.edge:
                self._settle_edge(row, row.edge, found, node_id)
        if self._result.package.as_stored:
            return
        for claims in self._spells.values():
            self._refuse_overlaps(claims)

    def look_at_rejected(self, rows: Iterable[Row]) -> None:
        """Find what else is wrong in rows that have a fault already."""
        for row in rows:
            self._resolve_all(row)
            self._mark_partly_rejected(row)

    def _mark_partly_rejected(self, row: Row) -> None:
        """Remember of what a rejected row spoke, as far as that can be told."""
        for kind in row.model.kinds:
            if issubclass(kind, Node) and "id" in row.cells:
                self._result.partly_rejected.add((Shape(kind), (row.cells["id"],)))
            elif issubclass(kind, Edge) and "id" not in (end.column for end in kind.ends()):
                with suppress(GraphmodelError):
                    tail, head = (
                        self._names.resolve(row.cells.get(end.column, ""), end.labels)
                        for end in kind.ends()
                    )
                    self._result.partly_rejected.add(_place(kind, tail, head, row.cells))

    def _resolve_all(self, row: Row) -> dict[str, Named] | None:
        """Find whom the row names, by column; nothing if somebody is not found."""
        ends = {end.column: end for kind in row.model.edge_kinds for end in kind.ends()}
        wanted = {
            column: end
            for column, end in {"source": _SOURCE, **ends}.items()
            if column != "id" and row.cells.get(column)
        }
        found: dict[str, Named] = {}
        for column, end in wanted.items():
            try:
                found[column] = self._names.resolve(row.cells[column], end.labels)
            except GraphmodelError as error:
                expected = " or ".join(label.lower() for label in end.labels)
                message, advice = str(error), ""
                if isinstance(error, NotFoundError):
                    message, advice = f"no {expected} of this name is known", error.hint
                is_consequence = self._hopes.may_name(row.cells[column], end)
                self._report(row.problem(column, message, advice), is_consequence)
                continue
            if found[column] in self._hopes.rejected and found[column] not in self._hopes.stored:
                message = f"{found[column].name} was rejected, and so is what refers to it"
                self._report(row.problem(column, message), is_consequence=True)
                del found[column]
        return found if len(found) == len(wanted) else None

    def _report(self, problem: Problem, is_consequence: bool) -> None:
        group = self._result.consequences if is_consequence else self._result.problems
        group.append(problem)

    def _settle_node(self, row: Row, node: Node, cells: dict[str, str]) -> str:
        said = node.statement()
        node_id = type(node).derive_id(said | cells) if row.model.derives_id else node.id
        values = said | {"id": node_id}
        self._keep(self._result.nodes, Shape(type(node)), (node_id,), row, cells, values)
        return node_id

    def _settle_edge(
        self, row: Row, edge: Edge, found: dict[str, Named], node_id: str | None
    ) -> None:
        def at(end: Endpoint) -> Named:
            if end.column == "id":
                return Named(end.labels[0], node_id or "", "")
            return found[end.column]

        tail, head = at(edge.tail), at(edge.head)
        if tail == head:
            column = edge.head.column
            self._result.problems.append(row.problem(column, f"{head.name} is on both ends"))
            return
        said = edge.statement()
        shape, key = _place(type(edge), tail, head, said)
        cells = {"source": found["source"].id}
        kept = self._keep(self._result.edges, shape, key, row, cells, said)
        if isinstance(edge, Spell) and kept is not None:
            # Two spells of one document in one role cannot overlap. Those of different
            # documents may: then the documents contradict each other, and both stand.
            claim = (shape, *key[:2], said.get("role"), found["source"].id)
            self._spells[claim].append(_SpellClaim(row, shape, key, kept))

    def _keep(
        self,
        group: dict[Shape, dict[Key, list[Values]]],
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
        group.setdefault(shape, {}).setdefault(key, []).append(values)
        return values

    def _refuse_overlaps(self, claims: list[_SpellClaim]) -> None:
        refused: list[_SpellClaim] = []
        for earlier, later in combinations(claims, 2):
            if earlier.overlaps(later):
                message = f"this spell overlaps with that of row {earlier.row.number}"
                advice = "One spell of membership is one row."
                self._result.problems.append(later.row.problem("since", message, advice))
                if later not in refused:
                    refused.append(later)
        for claim in refused:
            stated = self._result.edges[claim.shape]
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
        one, two = (claim.shape.kind.interval(claim.values) for claim in (self, other))
        differ = any(self.values.get(name) != other.values.get(name) for name in ("since", "until"))
        return differ and one is not None and two is not None and one.overlaps(two)


def _place(
    kind: type[Edge], tail: Named, head: Named, values: Mapping[str, Any]
) -> tuple[Shape, Key]:
    """Shape and key of an edge between two nodes."""
    if kind.undirected and head.id < tail.id:
        tail, head = head, tail
    key: Key = (tail.id, head.id)
    if kind.key_fields:
        key = (*key, kind.key(dict(values)))
    return Shape(kind, tail.label, head.label), key


def _named_in(row: Row) -> Named | None:
    """Read a rejected row just enough to know of whom it speaks."""
    node = row.model.node
    identifier = row.cells.get("id")
    if node is None or not identifier:
        return None
    others = [row.cells.get(column, "") for column in ("official_name", "gss_code", "title")]
    for column in ("former_gss_codes", "aliases"):
        others += row.cells.get(column, "").split(LIST_DELIMITER)
    name = row.cells.get("name") or row.cells.get("title") or identifier
    return Named(node.label, identifier, name, tuple(filter(None, map(str.strip, others))))


def _named(node: Node) -> Named:
    said = node.statement()
    others = [said.get("official_name"), said.get("gss_code"), said.get("title")]
    others += [*said.get("former_gss_codes", []), *said.get("aliases", [])]
    name = said.get("name") or said.get("title") or node.id
    return Named(node.label, node.id, name, tuple(other for other in others if other))
