"""The tables of a data package, as the model's declarations imply them.

A table may state a node and the edge that ties it: a row of ``savings`` is both a
saving and the service's link to it.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, Union, get_args, get_origin

from graphmodel.model.edges import EDGE_KINDS
from graphmodel.model.element import LIST_DELIMITER, Edge, Element, Node, Property
from graphmodel.model.nodes import NODE_KINDS

_TYPES = {int: "integer", float: "number", bool: "boolean", date: "date", str: "string"}
_LAST = ("source", "locator")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, description : str
        As declared.
    type : str
        In the words of the Table Schema: string, integer, number, boolean, date or list.
    required : bool
        Whether each row must fill it.
    choices : tuple of str
        The closed list of its words; empty where any will do.

    Examples
    --------
    >>> TABLES["borders"].columns[2].choices
    ('land', 'bridge', 'ferry', 'water')
    """

    name: str
    type: str
    description: str
    required: bool
    choices: tuple[str, ...] = ()

    def descriptor(self) -> dict[str, Any]:
        """The column as a field of a Table Schema (Data Package standard, version 2).

        Returns
        -------
        dict
            Ready for JSON; lists are divided by ``|``.

        Examples
        --------
        >>> Column("km", "number", "", required=True).descriptor()
        {'name': 'km', 'type': 'number', 'constraints': {'required': True}}
        """
        field: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.type == "list":
            field["delimiter"] = LIST_DELIMITER
        if self.description:
            field["description"] = self.description
        constraints: dict[str, Any] = {}
        if self.required:
            constraints["required"] = True
        if self.choices:
            constraints["enum"] = list(self.choices)
        if constraints:
            field["constraints"] = constraints
        return field


@dataclass(frozen=True)
class TableModel:
    """A table and the kinds of nodes and edges that each of its rows states.

    Attributes
    ----------
    name : str
        Of the table.
    kinds : tuple of type of Element
        At most one kind of node, before the edges.

    Examples
    --------
    >>> [kind.__name__ for kind in TABLES["savings"].kinds]
    ['Saving', 'HasSaving']
    """

    name: str
    kinds: tuple[type[Element], ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns, ends first and citations last.

        Examples
        --------
        >>> [column.name for column in TABLES["borders"].columns]
        ['council', 'neighbour', 'kind', 'km', 'note', 'source', 'locator']
        """
        found: dict[str, Column] = {}
        for kind in self.kinds:
            for name, field in kind.model_fields.items():
                column = field.alias or name
                if column == "id" and self.derives_id:
                    continue
                required = field.is_required() and not (
                    issubclass(kind, Edge) and kind.optional and column == kind.tail.column
                )
                kind_of_value, choices = _inner_type(field.annotation)
                found.setdefault(
                    column,
                    Column(column, kind_of_value, field.description or "", required, choices),
                )
        return tuple(sorted(found.values(), key=self._place))

    def _place(self, column: Column) -> int:
        """What the row is about comes first, where it stands comes last."""
        ends = {end.column for kind in self.kinds if issubclass(kind, Edge) for end in kind.ends()}
        if column.name in _LAST:
            return 2
        return 0 if column.name == "id" or column.name in ends else 1

    @cached_property
    def node(self) -> type[Node] | None:
        """The kind of node that its rows state, if they state one.

        Examples
        --------
        >>> TABLES["councils"].node.label, TABLES["borders"].node
        ('Council', None)
        """
        return next((kind for kind in self.kinds if issubclass(kind, Node)), None)

    @cached_property
    def edge_kinds(self) -> tuple[type[Edge], ...]:
        """The kinds of edge that its rows state.

        Examples
        --------
        >>> [kind.type for kind in TABLES["findings"].edge_kinds]
        ['REPORTS']
        """
        return tuple(kind for kind in self.kinds if issubclass(kind, Edge))

    @cached_property
    def derives_id(self) -> bool:
        """Whether ids of its nodes are made from other columns.

        Examples
        --------
        >>> TABLES["savings"].derives_id, TABLES["councils"].derives_id
        (True, False)
        """
        return self.node is not None and bool(self.node.derived_from)

    def descriptor(self) -> dict[str, Any]:
        """The table as a resource of a data package (Data Package standard, version 2).

        Returns
        -------
        dict
            Ready for JSON.

        Examples
        --------
        >>> TABLES["borders"].descriptor()["path"]
        'borders.csv'
        """
        summary = (self.kinds[0].__doc__ or "").strip().splitlines()[0]
        return {
            "name": self.name,
            "description": summary,
            "path": f"{self.name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [column.descriptor() for column in self.columns],
                "missingValues": [""],
            },
        }


def column_of(declared: Property) -> Column:
    """Describe a property as the column that gives it.

    Parameters
    ----------
    declared : Property
        As from `graphmodel.model.declared_properties`.

    Returns
    -------
    Column

    Examples
    --------
    >>> from graphmodel.model import Borders, declared_properties
    >>> [column_of(field).type for field in declared_properties(Borders)]
    ['string', 'string', 'string', 'number', 'string']
    """
    kind_of_value, choices = _inner_type(declared.annotation)
    return Column(declared.name, kind_of_value, declared.description, declared.required, choices)


def _inner_type(annotation: Any) -> tuple[str, tuple[str, ...]]:
    """Name of a field's type in the Table Schema, and its closed list if it has one."""
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if hasattr(annotation, "__metadata__"):
        return _inner_type(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return "string", get_args(annotation)
    if get_origin(annotation) is list:
        return "list", ()
    return _TYPES[annotation], ()


def _tables() -> dict[str, TableModel]:
    kinds_by_table: dict[str, list[type[Element]]] = {}
    for kind in (*NODE_KINDS, *EDGE_KINDS):
        kinds_by_table.setdefault(kind.table, []).append(kind)
    return {name: TableModel(name, tuple(kinds)) for name, kinds in kinds_by_table.items()}


TABLES: dict[str, TableModel] = _tables()
"""Every table that a data package of this model can have, nodes before edges."""
