"""Checking a table column by column: fast, and only for a table without any fault.

A column of thousands of cells is judged at once, a value that comes again only once.
Whoever finds a fault here gives up: `loaders.rows` then looks at each row by itself,
and puts what is wrong into words.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, islice
from operator import eq
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from graphmodel.model import Document, Edge, Element, Node, declared_properties
from graphmodel.model.element import Endpoint
from graphmodel.model.tables import TABLES, TableModel
from graphmodel.store.merge import Statement, merged
from graphmodel.store.statements import Shape
from loaders.datapackage import Table
from loaders.rows import CONTROL, wrong_columns
from loaders.stated import Batch

BATCH = 5_000
"""Rows that are judged, and later sent, together."""
MOST_CHARACTERS = 3_000_000
"""Of a batch: a message to the embedded store holds 16 MB, and a character may take four."""
LEAST_ALIKE = 100
"""Rows of a batch that must have the same properties to be sent as plain rows."""

SOURCE = Endpoint("source", (Document,))
DERIVED = ("valid_from", "valid_to", "key")
"""Properties that follow from others; see `graphmodel.store.merge`."""

Column = list[Any]
Resolve = Callable[[Sequence[str], Endpoint], list[tuple[str, str]]]
"""Turns names into labels and ids; raises `NotPlainError` if one is not known."""


class NotPlainError(Exception):
    """There is something in a table that has to be looked at row by row.

    Examples
    --------
    >>> raise NotPlainError
    Traceback (most recent call last):
    loaders.columns.NotPlainError
    """


def is_plain(model: TableModel) -> bool:
    """Tell whether rows of a table can be judged column by column.

    Parameters
    ----------
    model : TableModel
        The table, as declared.

    Returns
    -------
    bool
        Not if a row states both a node and its tie, or the id is derived.

    Examples
    --------
    >>> is_plain(TABLES["borders"]), is_plain(TABLES["savings"])
    (True, False)
    """
    return len(model.kinds) == 1 and not model.derives_id


def checked(table: Table, dataset: str, resolve: Resolve) -> Iterator[tuple[Batch, bool]]:
    """Judge a table without faults, and give what it states.

    Parameters
    ----------
    table : Table
        One that `is_plain`.
    dataset : str
        Whose words they are.
    resolve : callable
        Finds what names stand for.

    Yields
    ------
    tuple of (Batch, bool)
        Whether there are enough of its rows to be sent as they are.

    Raises
    ------
    NotPlainError
        If anything may be wrong.

    Examples
    --------
    >>> rows = [(2, ["report-2020", "A report"])]
    >>> [(batch, _)] = checked(Table("documents", "d.csv", ["id", "title"], rows), "mine", None)
    >>> batch.rows
    [('report-2020', 'A report')]
    """
    [kind] = TABLES[table.name].kinds
    rules = _Rules.of(kind)
    if any(wrong_columns(table)):
        raise NotPlainError
    rows = iter(table.rows)
    first = 0
    while chunk := [cells for _, cells in islice(rows, BATCH)]:
        for part in _small_enough(chunk):
            cells = _cells(table.columns, part)
            yield from _Chunk(kind, rules, dataset, first, len(part)).stated(cells, resolve)
            first += len(part)


def _small_enough(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    """Divide rows that would come to a larger message than any server takes."""
    size = sum(len("".join(cells)) for cells in rows)
    if size <= MOST_CHARACTERS or len(rows) == 1:
        yield rows
        return
    half = len(rows) // 2
    yield from _small_enough(rows[:half])
    yield from _small_enough(rows[half:])


def _cells(names: list[str], rows: list[list[str]]) -> dict[str, list[str]]:
    columns = {}
    for name, cells in zip(names, zip(*rows, strict=True), strict=True):
        column = list(map(str.strip, cells))
        if CONTROL.search("".join(column)):
            raise NotPlainError
        columns[name] = column
    return columns


@dataclass(frozen=True)
class _Field:
    """How the cells of one column are judged."""

    name: str
    attribute: str
    adapter: TypeAdapter[list[Any]]
    required: bool
    default: Any

    def values(self, cells: list[str]) -> Column:
        """Judge cells, each different one once where they repeat; empty ones are None."""
        different = dict.fromkeys(cells)
        has_empty = "" in different
        if has_empty:
            if self.required:
                raise NotPlainError
            del different[""]
        if not has_empty and len(different) > len(cells) // 2:
            return self._judged(cells)
        words = list(different)
        meaning: dict[str, Any] = dict(zip(words, self._judged(words), strict=True))
        meaning[""] = self.default
        return [meaning[cell] for cell in cells]

    def _judged(self, words: list[str]) -> Column:
        try:
            values = self.adapter.validate_python(words)
        except ValidationError:
            raise NotPlainError from None
        return [None if value == [] else value for value in values]


@dataclass(frozen=True)
class _Rules:
    """What a kind asks of its columns."""

    fields: tuple[_Field, ...]
    properties: tuple[str, ...]

    @staticmethod
    @cache
    def of(kind: type[Element]) -> _Rules:
        ends = {end.column for end in kind.ends()} if issubclass(kind, Edge) else set()
        strip = ConfigDict(str_strip_whitespace=True)
        fields = []
        for attribute, info in kind.model_fields.items():
            parts = (info.annotation, *info.metadata, attribute)
            adapter = TypeAdapter(list[Annotated[parts]], config=strip)  # type: ignore[valid-type]
            default = None if info.is_required() else info.get_default(call_default_factory=True)
            name = info.alias or attribute
            fields.append(_Field(name, attribute, adapter, info.is_required(), default or None))
        names = tuple(prop.name for prop in declared_properties(kind) if prop.name != "id")
        properties = tuple(name for name in names if name not in ends or name == "source")
        return _Rules(tuple(fields), properties)


class _Chunk:
    """Some thousand rows of one kind on their way from cells to batches."""

    def __init__(
        self, kind: type[Element], rules: _Rules, dataset: str, first: int, size: int
    ) -> None:
        self._kind = kind
        self._rules = rules
        self._dataset = dataset
        self._first = first
        self._size = size

    def stated(self, cells: dict[str, list[str]], resolve: Resolve) -> Iterator[tuple[Batch, bool]]:
        """Judge the cells, and give the rows by label and by which properties they have."""
        values: dict[str, Column] = {}
        for field in self._rules.fields:
            column = cells.get(field.name)
            if column is None:
                if field.required:
                    raise NotPlainError
                values[field.name] = [field.default] * self._size
            else:
                values[field.name] = field.values(column)
        self._add_dependent(cells, values)
        if "source" in values:
            values["source"] = [found for _, found in resolve(values["source"], SOURCE)]
        names = [*self._rules.properties, *(name for name in DERIVED if name in values)]
        columns = {name: values[name] for name in names}
        if issubclass(self._kind, Node):
            yield from self._alike(Shape(self._kind), (values["id"],), columns)
        elif issubclass(self._kind, Edge):
            yield from self._edges(self._kind, values, columns, resolve)

    def _edges(
        self,
        kind: type[Edge],
        values: dict[str, Column],
        columns: dict[str, Column],
        resolve: Resolve,
    ) -> Iterator[tuple[Batch, bool]]:
        tail_names, head_names = values[kind.tail.column], values[kind.head.column]
        tails, heads = resolve(tail_names, kind.tail), resolve(head_names, kind.head)
        may_loop = set(kind.tail.labels) & set(kind.head.labels)
        if may_loop and (any(map(eq, tail_names, head_names)) or any(map(eq, tails, heads))):
            raise NotPlainError
        if kind.undirected:
            pairs = list(zip(tails, heads, strict=True))
            tails = [a if a[1] < b[1] else b for a, b in pairs]
            heads = [b if a[1] < b[1] else a for a, b in pairs]
        labels = [(a[0], b[0]) for a, b in zip(tails, heads, strict=True)]
        ends = ([a[1] for a in tails], [b[1] for b in heads])
        if len(several := dict.fromkeys(labels)) == 1:
            yield from self._alike(Shape(kind, *labels[0]), ends, columns)
            return
        for pair in several:
            chosen = [labelled == pair for labelled in labels]
            part = {name: list(compress(column, chosen)) for name, column in columns.items()}
            some = tuple(list(compress(end, chosen)) for end in ends)
            places = list(compress(range(self._size), chosen))
            yield from self._alike(Shape(kind, *pair), some, part, places)

    def _add_dependent(self, cells: dict[str, list[str]], values: dict[str, Column]) -> None:
        """Judge what must fit together, and add what follows from it: real dates, the key."""
        kind = self._kind
        names = [name for name in kind.judged_together if any(values[name])]
        if issubclass(kind, Edge):
            names += [name for name in kind.key_fields if name not in names]
        if not names:
            return
        rows = list(zip(*(values[name] for name in names), strict=True))
        places = {row: place for place, row in enumerate(rows)}
        follows = {row: self._judged(cells, place) for row, place in places.items()}
        for name in DERIVED:
            column = [follows[row].get(name) for row in rows]
            if any(value is not None for value in column):
                values[name] = column

    def _judged(self, cells: dict[str, list[str]], place: int) -> dict[str, Any]:
        """Let the model judge one row, for all that have the same in these columns."""
        row = {name: column[place] for name, column in cells.items() if column[place]}
        try:
            said = self._kind.model_validate(row).statement()
        except ValidationError:
            raise NotPlainError from None
        return merged(self._kind, [Statement(self._dataset, said)])

    def _alike(
        self,
        shape: Shape,
        ends: tuple[Column, ...],
        columns: dict[str, Column],
        of_chunk: Sequence[int] | None = None,
    ) -> Iterator[tuple[Batch, bool]]:
        """Divide rows by which of the properties they have."""
        numbers = range(self._size) if of_chunk is None else of_chunk
        whole = {name: column for name, column in columns.items() if None not in column}
        partial = [name for name, column in columns.items() if name not in whole]
        partial = [name for name in partial if any(value is not None for value in columns[name])]
        if not partial:
            yield self._batch(shape, ends, whole, numbers)
            return
        patterns: dict[tuple[bool, ...], list[int]] = defaultdict(list)
        flags = ([value is not None for value in columns[name]] for name in partial)
        for place, pattern in enumerate(zip(*flags, strict=True)):
            patterns[pattern].append(place)
        for pattern, places in patterns.items():
            names = [*whole, *compress(partial, pattern)]
            part = {name: [columns[name][place] for place in places] for name in names}
            some = tuple([end[place] for place in places] for end in ends)
            yield self._batch(shape, some, part, [numbers[place] for place in places])

    def _batch(
        self,
        shape: Shape,
        ends: tuple[Column, ...],
        columns: dict[str, Column],
        numbers: Sequence[int],
    ) -> tuple[Batch, bool]:
        size = len(ends[0])
        constants: dict[str, Any] = {"datasets": [self._dataset]}
        for name, column in columns.items():
            if size > 1 and column.count(column[0]) == size:
                constants[name] = column[0]
        names = tuple(name for name in columns if name not in constants)
        rows = list(zip(*ends, *(columns[name] for name in names), strict=True))
        places = array("q", (self._first + number for number in numbers))
        return Batch(shape, names, constants, rows, places), size >= LEAST_ALIKE
