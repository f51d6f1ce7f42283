"""From the texts of a row to elements of the model, each fault in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from graphmodel.model import Edge, Element, Node
from graphmodel.model.tables import TABLES, TableModel
from graphmodel.pile import Pile
from loaders.datapackage import Table
from loaders.problems import Problem

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_REJECTED = 50_000
"""Rows of a package with problems, after which the rest is not looked at."""
HELD_COPIED = 10_000
"""Rows of a table made of another's that stay in memory: fewer, as the other's do as well."""
UNDERIVED = "(to be derived)"
"""Stands for an id that is made once the names in its row are known to be whose."""


@dataclass(frozen=True)
class Row:
    """A row of a table and what it states.

    Attributes
    ----------
    table : Table
        Where it stands.
    number : int
        As a spreadsheet shows it.
    cells : dict of str to str
        By column, without blanks around them.
    elements : tuple of Element
        Empty where the row has a problem.

    Examples
    --------
    >>> Row(Table("borders", "borders.csv", ["km"], []), 2, {"km": "5"}).elements
    ()
    """

    table: Table
    number: int
    cells: dict[str, str]
    elements: tuple[Element, ...] = ()

    @property
    def model(self) -> TableModel:
        """The model's view of its table.

        Examples
        --------
        >>> Row(Table("borders", "borders.csv", [], []), 2, {}).model.name
        'borders'
        """
        return TABLES[self.table.name]

    @property
    def node(self) -> Node | None:
        """The node that it states, if it states one.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> stated = (Document(id="a", title="A report"),)
        >>> Row(Table("documents", "documents.csv", [], []), 2, {}, stated).node.title
        'A report'
        """
        return next((element for element in self.elements if isinstance(element, Node)), None)

    @property
    def edge(self) -> Edge | None:
        """The edge that it states, if it states one.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> stated = (Document(id="a", title="A report"),)
        >>> Row(Table("documents", "documents.csv", [], []), 2, {}, stated).edge is None
        True
        """
        return next((element for element in self.elements if isinstance(element, Edge)), None)

    def problem(self, column: str | None, message: str, advice: str = "") -> Problem:
        """Something that is wrong in this row.

        Parameters
        ----------
        column : str or None
            Of the faulty cell; none where the whole row is meant.
        message, advice : str
            What is wrong, and what to do.

        Returns
        -------
        Problem

        Examples
        --------
        >>> row = Row(Table("borders", "borders.csv", ["km"], []), 2, {"km": "far"})
        >>> print(row.problem("km", "expected a number"))
        borders.csv, row 2, column km: 'far': expected a number.
        """
        value = self.cells.get(column) if column else None
        return Problem(self.table.file, self.number, column, value, message, advice)

    def too_many(self) -> Problem:
        """Say that from here on nothing was looked at.

        Returns
        -------
        Problem

        Examples
        --------
        >>> print(Row(Table("borders", "borders.csv", [], []), 60_000, {}).too_many())
        borders.csv, row 60000: 50,000 rows have problems. From here on nothing was looked at.
        """
        message = f"{MOST_REJECTED:,} rows have problems"
        return self.problem(None, message, "From here on nothing was looked at.")


def right_rows(
    table: Table, problems: list[Problem], rejected: list[Row], most: int | None = None
) -> Iterator[Row]:
    """Validate each row of a table by itself.

    Parameters
    ----------
    table : Table
        With the columns that it must have.
    problems : list of Problem
        Gets what is wrong.
    rejected : list of Row
        Gets the rows in which something is.
    most : int, optional
        How many of those there may be before the rest is not looked at; `MOST_REJECTED`.

    Yields
    ------
    Row
        One that is right.

    Examples
    --------
    >>> table = Table("documents", "documents.csv", ["id", "title"], [(2, ["a", "A report"])])
    >>> [row.number for row in right_rows(table, [], [])]
    [2]
    """
    most = MOST_REJECTED if most is None else most
    for number, cells in table.rows:
        stripped = zip(table.columns, map(str.strip, cells), strict=True)
        row = Row(table, number, dict(stripped))
        if len(rejected) >= most:
            problems.append(row.too_many())
            return
        validated = _validated(row, problems)
        if validated is None:
            rejected.append(row)
        else:
            yield validated


def unjudged_rows(tables: Iterable[Table]) -> Iterator[Row]:
    """All rows of tables, without what they state.

    Parameters
    ----------
    tables : iterable of Table
        With the columns that they must have.

    Yields
    ------
    Row

    Examples
    --------
    >>> table = Table("borders", "borders.csv", ["km"], [(2, ["5"])])
    >>> [row.cells for row in unjudged_rows([table])]
    [{'km': '5'}]
    """
    for table in tables:
        for number, cells in table.rows:
            yield Row(table, number, dict(zip(table.columns, cells, strict=True)))


def with_rows(table: Table, rows: Iterable[Row]) -> Table:
    """Make a table of some of its rows.

    Parameters
    ----------
    table : Table
        Where they stand.
    rows : iterable of Row
        Read once.

    Returns
    -------
    Table

    Examples
    --------
    >>> table = Table("borders", "borders.csv", ["km"], [(2, ["5"]), (3, ["x"])])
    >>> with_rows(table, right_rows(table, [], [])).rows
    []
    """
    cells = ((row.number, [row.cells[name] for name in table.columns]) for row in rows)
    return replace(table, rows=Pile(cells, held=HELD_COPIED))


def wrong_columns(table: Table) -> Iterator[Problem]:
    """Find columns that a table must not have, or lacks.

    Parameters
    ----------
    table : Table
        As read.

    Yields
    ------
    Problem

    Examples
    --------
    >>> print(*wrong_columns(Table("documents", "documents.csv", ["id"], [])))
    documents.csv, row 1, column title: this column is required and not there.
    """
    columns = TABLES[table.name].columns
    allowed = [column.name for column in columns]
    for column in table.columns:
        if column not in allowed:
            from rapidfuzz import process

            near = process.extractOne(column, allowed, score_cutoff=75)
            hint = f"Did you mean {near[0]}? " if near else ""
            advice = f"{hint}Expected: {', '.join(allowed)}."
            yield Problem(table.file, 1, column or "(no name)", None, "no such column", advice)
    for required in columns:
        if required.required and required.name not in table.columns:
            message = "this column is required and not there"
            yield Problem(table.file, 1, required.name, None, message)


def _validated(row: Row, problems: list[Problem]) -> Row | None:
    """Validate a row against each kind that it states; a fault is reported once."""
    filled = {column: cell for column, cell in row.cells.items() if cell}
    if row.model.derives_id:
        filled["id"] = UNDERIVED
    elements: list[Element] = []
    faults: dict[tuple[str | None, str], Problem] = {}
    for kind in row.model.kinds:
        if issubclass(kind, Edge) and kind.optional and kind.tail.column not in filled:
            continue
        try:
            elements.append(kind.model_validate(_columns_of(kind, filled)))
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                problem = _explained(row, fault)
                faults[problem.column, problem.problem] = problem
    for column, cell in filled.items():
        if CONTROL.search(cell):
            message = "there is a control character in it"
            faults[column, message] = row.problem(column, message, "Type the cell anew.")
    problems += faults.values()
    return None if faults else Row(row.table, row.number, row.cells, tuple(elements))


def _columns_of(kind: type[Element], cells: dict[str, str]) -> dict[str, str]:
    columns = {field.alias or name for name, field in kind.model_fields.items()}
    return {column: cell for column, cell in cells.items() if column in columns}


def _explained(row: Row, fault: Any) -> Problem:
    """Put a fault that Pydantic found into words for people."""
    column = str(fault["loc"][0]) if fault["loc"] else None
    context = fault.get("ctx") or {}
    advice = ""
    match fault["type"]:
        case "missing":
            message = "a value is required here"
        case "literal_error":
            message, advice = "this word is not in the list", f"Expected {context['expected']}."
        case "value_error":
            message = str(context["error"])
        case "string_pattern_mismatch":
            message = f"expected a text that fits {context['pattern']}"
        case _:
            message = "expected " + str(fault["msg"]).removeprefix("Input should be ")
    return row.problem(column, message[0].lower() + message[1:], advice)
