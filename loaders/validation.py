"""Judging what a data package says, before anything is written.

Each row becomes statements of the model; names become ids; and what cannot be
true together (two spells that overlap, an edge whose end nobody knows) is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from graphmodel.errors import GraphmodelError
from graphmodel.model import Document, Edge, Element, Node, declared_properties
from graphmodel.model.element import Endpoint, Spell
from graphmodel.model.tables import TABLES, TableModel
from graphmodel.names import Named, NameIndex
from graphmodel.store.statements import Shape
from loaders.datapackage import DataPackage, Table
from loaders.problems import Problem

Key = tuple[str, ...]
"""Id of a node; ids of tail and head, and what else tells an edge from others."""
Values = dict[str, Any]

_SOURCE = Endpoint("source", (Document,))


@dataclass
class Validated:
    """What a data package states, ready to be written."""

    package: DataPackage
    nodes: dict[Shape, dict[Key, list[Values]]] = field(default_factory=dict)
    edges: dict[Shape, dict[Key, list[Values]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def shapes(self) -> dict[Shape, dict[Key, list[Values]]]:
        """Everything stated, nodes before edges."""
        return {**self.nodes, **self.edges}


class _Row(NamedTuple):
    """A row on its way to becoming statements."""

    table: Table
    number: int
    cells: dict[str, str]

    def problem(self, column: str | None, message: str, advice: str = "") -> Problem:
        value = self.cells.get(column) if column else None
        return Problem(self.table.file, self.number, column, value, message, advice)


def validate(package: DataPackage, known: Iterable[Named] = ()) -> Validated:
    """Turn the rows of a data package into statements, and find all that is wrong.

    Parameters
    ----------
    package : DataPackage
        As read.
    known : iterable of Named
        What the store holds already, to which the package may refer.

    Returns
    -------
    Validated
        Statements of the rows that are right, and the problems of the others.
    """
    return _Validation(package, known).run()


class _Validation:
    def __init__(self, package: DataPackage, known: Iterable[Named]) -> None:
        self._result = Validated(package, problems=list(package.problems))
        self._known = list(known)
        self._edge_rows: list[tuple[_Row, type[Edge], Edge]] = []
        self._spells: dict[tuple[Shape, Key], list[tuple[_Row, Values]]] = defaultdict(list)
        self._first_seen: dict[tuple[Any, ...], int] = {}

    def run(self) -> Validated:
        node_rows: list[tuple[_Row, type[Node], Node]] = []
        for table in self._result.package.tables:
            model = TABLES[table.name]
            if self._has_right_columns(table, model):
                for row in _rows(table):
                    node_rows += self._state(row, model)
        self._names = NameIndex([*(_named(node) for _, _, node in node_rows), *self._known])
        for row, kind, node in node_rows:
            if self._source_is_known(row, node):
                self._keep(self._result.nodes, Shape(kind), (node.id,), row, node)
        for row, edge_kind, edge in self._edge_rows:
            self._tie(row, edge_kind, edge)
        for (shape, _), spells in self._spells.items():
            self._refuse_overlaps(shape, spells)
        return self._result

    def _has_right_columns(self, table: Table, model: TableModel) -> bool:
        from rapidfuzz import process

        allowed = [column.name for column in model.columns]
        wrong = [column for column in table.columns if column not in allowed]
        missing = [c.name for c in model.columns if c.required and c.name not in table.columns]
        for column in wrong:
            near = process.extractOne(column, allowed, score_cutoff=60)
            hint = f"Did you mean {near[0]}? " if near else ""
            advice = f"{hint}Expected: {', '.join(allowed)}."
            self._result.problems.append(
                Problem(table.file, 1, column or "(no name)", None, "no such column", advice)
            )
        for column in missing:
            self._result.problems.append(
                Problem(table.file, 1, column, None, "this column is required and not there")
            )
        return not wrong and not missing

    def _state(self, row: _Row, model: TableModel) -> Iterator[tuple[_Row, type[Node], Node]]:
        """Validate a row against each kind that it states; a fault is reported once."""
        filled = {column: cell for column, cell in row.cells.items() if cell}
        if model.node is not None and model.node.derived_from:
            filled["id"] = model.node.derive_id(row.cells)
        stated: list[Element] = []
        faults: dict[tuple[Any, ...], Problem] = {}
        for kind in model.kinds:
            if issubclass(kind, Edge) and kind.optional and kind.tail.column not in filled:
                continue
            try:
                stated.append(kind.model_validate(_columns_of(kind, filled)))
            except ValidationError as error:
                for fault in error.errors(include_url=False):
                    problem = _explained(row, fault)
                    faults[problem.column, problem.problem] = problem
        if faults:
            self._result.problems.extend(faults.values())
            return
        for element in stated:
            if isinstance(element, Edge):
                self._edge_rows.append((row, type(element), element))
            elif isinstance(element, Node):
                yield row, type(element), element

    def _source_is_known(self, row: _Row, element: Element) -> bool:
        source = getattr(element, "source", None)
        return source is None or self._resolved(row, _SOURCE, source) is not None

    def _tie(self, row: _Row, kind: type[Edge], edge: Edge) -> None:
        """Resolve the ends of an edge to ids and keep what is said of it."""
        cells = edge.statement()
        tail = self._resolved(row, kind.tail, cells[kind.tail.column])
        head = self._resolved(row, kind.head, cells[kind.head.column])
        if tail is None or head is None or not self._source_is_known(row, edge):
            return
        if tail == head:
            self._result.problems.append(
                row.problem(kind.head.column, f"{head.name} is on both ends")
            )
            return
        if kind.undirected and head.id < tail.id:
            tail, head = head, tail
        key: Key = (tail.id, head.id)
        if issubclass(kind, Spell):
            self._spells[Shape(kind, tail.label, head.label), key].append((row, cells))
        if kind.key_fields:
            key = (*key, kind.key(cells))
        self._keep(self._result.edges, Shape(kind, tail.label, head.label), key, row, edge)

    def _resolved(self, row: _Row, end: Endpoint, text: str) -> Named | None:
        try:
            return self._names.resolve(text, end.labels)
        except GraphmodelError as error:
            expected = " or ".join(label.lower() for label in end.labels)
            message = f"this {expected} cannot be told: {str(error).rstrip('.?')}"
            problem = Problem(row.table.file, row.number, end.column, text, message)
            if problem not in self._result.problems[-4:]:
                self._result.problems.append(problem)
            return None

    def _keep(
        self,
        group: dict[Shape, dict[Key, list[Values]]],
        shape: Shape,
        key: Key,
        row: _Row,
        element: Element,
    ) -> None:
        names = {prop.name for prop in declared_properties(shape.kind)}
        values = {name: said for name, said in element.statement().items() if name in names}
        for name in [name for name, said in values.items() if said == []]:
            del values[name]
        identity = (shape, key, *sorted((name, str(said)) for name, said in values.items()))
        earlier = self._first_seen.setdefault(identity, row.number)
        if earlier != row.number:
            message = f"the row says again what row {earlier} says"
            self._result.problems.append(row.problem(None, message, "Remove one of the two."))
            return
        group.setdefault(shape, {}).setdefault(key, []).append(values)

    def _refuse_overlaps(self, shape: Shape, spells: list[tuple[_Row, Values]]) -> None:
        """Two spells of one document in one role cannot overlap.

        Those of different documents may: then the documents contradict each other,
        and both stand.
        """
        by_claim: dict[tuple[Any, ...], list[tuple[_Row, Values]]] = defaultdict(list)
        for row, cells in spells:
            by_claim[cells.get("role"), cells["source"]].append((row, cells))
        for claims in by_claim.values():
            for position, (row, cells) in enumerate(claims):
                span = shape.kind.interval(cells)
                for other_row, other in claims[:position]:
                    other_span = shape.kind.interval(other)
                    same = (cells.get("since"), cells.get("until")) == (
                        other.get("since"),
                        other.get("until"),
                    )
                    if span and other_span and not same and span.overlaps(other_span):
                        message = f"this spell overlaps with that of row {other_row.number}"
                        self._result.problems.append(
                            row.problem("since", message, "One spell of membership is one row.")
                        )


def _rows(table: Table) -> Iterator[_Row]:
    for number, cells in table.rows:
        yield _Row(
            table,
            number,
            {column: cell.strip() for column, cell in zip(table.columns, cells, strict=True)},
        )


def _columns_of(kind: type[Element], cells: dict[str, str]) -> dict[str, str]:
    columns = {field.alias or name for name, field in kind.model_fields.items()}
    return {column: cell for column, cell in cells.items() if column in columns}


def _named(node: Node) -> Named:
    said = node.statement()
    others = [said.get("official_name"), said.get("gss_code"), said.get("title")]
    others += [*said.get("former_gss_codes", []), *said.get("aliases", [])]
    name = said.get("name") or said.get("title") or node.id
    return Named(node.label, node.id, name, tuple(other for other in others if other))


def _explained(row: _Row, fault: Any) -> Problem:
    """Put a fault that Pydantic found into words for people."""
    column = str(fault["loc"][0]) if fault["loc"] else None
    context = fault.get("ctx") or {}
    match fault["type"]:
        case "missing":
            message, advice = "a value is required here", ""
        case "literal_error":
            message, advice = "this word is not in the list", f"Expected {context['expected']}."
        case "value_error":
            message, advice = str(context["error"]), ""
        case "string_pattern_mismatch":
            message, advice = f"expected a text that fits {context['pattern']}", ""
        case _:
            message, advice = str(fault["msg"]).removeprefix("Input should be "), ""
            message = f"expected {message}"
    return row.problem(column, message[0].lower() + message[1:], advice)
