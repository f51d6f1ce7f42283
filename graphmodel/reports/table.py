"""What every command hands over for printing: a title and some tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Table:
    """Rows under named columns.

    Values stay what they are (numbers, dates, lists); formats decide how they look.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    heading: str = ""
    headerless: bool = False
    """On a page, the columns need no names: facts, one a row."""

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass
class Report:
    """A title, one or more tables, and notes that belong beneath them."""

    title: str
    tables: list[Table]
    notes: list[str] = field(default_factory=list)
    documents: Mapping[str, str] = field(default_factory=dict)
    """Titles of documents that may be cited, by id."""

    def limited(self, most: int | None) -> Report:
        """The same with at most so many rows a table, and a note where rows were cut."""
        if most is None:
            return self
        notes = list(self.notes)
        tables = []
        for table in self.tables:
            if table.headerless:
                tables.append(table)
                continue
            if len(table.rows) > most:
                of = f" of {table.heading}" if table.heading else ""
                notes.append(f"The first {most} of {len(table.rows)} rows{of} (--limit).")
            tables.append(Table(table.columns, table.rows[:most], table.heading, table.headerless))
        return Report(self.title, tables, notes, self.documents)
