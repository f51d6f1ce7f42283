"""What every command hands over for printing: a title and some tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Short:
    """A value that a page shows in short; other formats have all of it.

    Attributes
    ----------
    value : object
        What CSV and JSON have.
    short : object
        What a page shows.

    Examples
    --------
    >>> Short(["Angus", "Fife", "Moray"], ["Angus", "2 more"]).short
    ['Angus', '2 more']
    """

    value: Any
    short: Any


@dataclass
class Table:
    """Rows under named columns.

    Values stay what they are (numbers, dates, lists); formats decide how they look.

    Attributes
    ----------
    columns : sequence of str
        Their names.
    rows : sequence of sequence
        As many values each as there are columns.
    heading : str
        What stands above it; may be empty.
    headerless : bool
        Whether its rows explain themselves.
    cut : int
        Rows that are left out at the end.
    whole : bool
        Whether no limit on rows cuts it, as it belongs to the rows of another.
    heads : mapping of str to str
        Short names that stand above columns on a page, by column, with a legend below;
        for tables of many narrow columns.

    Examples
    --------
    >>> Table(["name", "services"], [["Angus", 3]]).rows
    [['Angus', 3]]
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    heading: str = ""
    headerless: bool = False
    """On a page, the columns need no names: facts, one a row."""
    cut: int = 0
    heads: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries.

        Returns
        -------
        list of dict
            By name of column, with whole values.

        Raises
        ------
        ValueError
            If a row has not as many values as there are columns.

        Examples
        --------
        >>> Table(["name", "services"], [["Angus", 3]]).records()
        [{'name': 'Angus', 'services': 3}]
        """
        return [
            {
                column: cell.value if isinstance(cell, Short) else cell
                for column, cell in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]


@dataclass
class Report:
    """A title, one or more tables, and notes that belong beneath them.

    Attributes
    ----------
    title : str
        What the tables are about.
    tables : list of Table
        In the order to show.
    notes : list of str
        One a line.
    documents : mapping of str to str
        For the places that tables cite.
    figures : mapping of str to callable
        Functions that draw it, by the name of the kind of picture; the first is the usual.

    Examples
    --------
    >>> Report("Councils", [Table(["name"], [["Angus"]])]).notes
    []
    """

    title: str
    tables: list[Table]
    notes: list[str] = field(default_factory=list)
    documents: Mapping[str, str] = field(default_factory=dict)
    """Titles of documents that may be cited, by id."""
    figures: Mapping[str, Callable[[], Figure]] = field(default_factory=dict)
    """Drawn only when asked for, as Matplotlib takes its time."""

    def limited(self, most: int | None) -> Report:
        """The same with at most so many rows a table, and a note where rows were cut.

        Parameters
        ----------
        most : int or None
            Rows a table; ``None`` for all. Tables of facts, and what belongs to the rows
            of another table, stay whole.

        Returns
        -------
        Report

        Examples
        --------
        >>> whole = Report("Councils", [Table(["name"], [["Angus"], ["Fife"]])])
        >>> whole.limited(1).tables[0].rows, whole.limited(1).notes
        ([['Angus']], ['The first 1 of 2 rows (--limit).'])
        """
        if most is None:
            return self
        notes = list(self.notes)
        tables = []
        for table in self.tables:
            if table.headerless or table.whole:
                tables.append(table)
                continue
            if len(table.rows) > most:
                of = f" of {table.heading}" if table.heading else ""
                first = f"The first {most}" if most else "None"
                notes.append(f"{first} of {len(table.rows)} rows{of} (--limit).")
            cut = max(len(table.rows) - most, 0)
            tables.append(replace(table, rows=table.rows[:most], cut=table.cut + cut))
        return replace(self, tables=tables, notes=notes)
