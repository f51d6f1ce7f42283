"""Figures that documents publish, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from graphmodel.model import Statistic
from graphmodel.reports.citations import Places
from graphmodel.reports.table import Table
from graphmodel.store import Store
from graphmodel.store.merge import citation, statements_of

PERCENT = "% of total"
_FIGURES = """
MATCH (f:Statistic)-[r:STATED_IN]->(d:Document)
WHERE f.group = $group AND ($document IS NULL OR d.id = $document)
RETURN f.name AS name, f.label AS label, f.value AS value, f.unit AS unit, f.wave AS wave,
       f.note AS note, properties(f) AS said
ORDER BY wave DESC, name, label, unit, value, f.id
"""


@dataclass(frozen=True)
class Figure:
    """What is published of one row of a table.

    Attributes
    ----------
    label : str
        The row.
    number, percent : float, list of float or None
        Several where places differ.
    places : Places
        Where it stands.

    Examples
    --------
    >>> Figure("Joint provision", 56.0, 32.0, Places(("report#§2",))).percent
    32.0
    """

    label: str
    number: Any
    percent: Any
    places: Places


@dataclass(frozen=True)
class Published:
    """A published table, of its latest wave.

    Attributes
    ----------
    figures : mapping of str to Figure
        By label in small letters.
    notes : list of str
        What else is said of them.

    Examples
    --------
    >>> Published.of(store, "Activity type").figures["co-location"].number
    9.0
    """

    figures: Mapping[str, Figure]
    notes: list[str]

    @property
    def labels(self) -> list[str]:
        """The rows, largest first.

        Examples
        --------
        >>> Published.of(store, "Returns by region").labels[:2]
        ['One Local Authority', 'National']
        """
        order = sorted(self.figures.values(), key=lambda one: (-_largest(one.number), one.label))
        return [figure.label for figure in order]

    @property
    def total(self) -> float:
        """What the numbers of its rows add up to.

        Examples
        --------
        >>> Published.of(store, "Activity type").total
        177.0
        """
        return sum(_largest(figure.number) for figure in self.figures.values())

    @classmethod
    def of(cls, store: Store, group: str, wave: str | None = None) -> Self:
        """Read a table; an empty one if nobody publishes such a one.

        Parameters
        ----------
        store : Store
            An open store.
        group : str
            What the table is called.
        wave : str, optional
            The latest by default.

        Returns
        -------
        Published

        Examples
        --------
        >>> Published.of(store, "No such table").notes
        []
        """
        said = [
            {"citation": citation(statement.values), **statement.values}
            for row in store.read(_FIGURES, {"group": group, "document": None})
            for statement in statements_of(Statistic, row["said"])
        ]
        latest = max((row.get("wave", "") for row in said), default="")
        wanted = latest if wave is None else wave
        rows = [row for row in said if row.get("wave", "") == wanted and "label" in row]
        figures = {}
        for label in dict.fromkeys(row["label"] for row in rows):
            of_label = [row for row in rows if row["label"] == label]
            figures[label.casefold()] = Figure(
                label,
                _value([row["value"] for row in of_label if row.get("unit") != PERCENT]),
                _value([row["value"] for row in of_label if row.get("unit") == PERCENT]),
                Places(tuple(dict.fromkeys(row["citation"] for row in of_label))),
            )
        return cls(figures, _notes(group, rows))


def published_table(store: Store, document: str, group: str) -> Table:
    """All figures of a table, as one document gives them.

    Parameters
    ----------
    store : Store
        An open store.
    document, group : str
        Id of the document, and what the table is called.

    Returns
    -------
    Table
        Without columns that say nothing.

    Examples
    --------
    >>> report = "improvement-service-collaborative-working-2020"
    >>> published_table(store, report, "Activity type").columns
    ['name', 'label', 'value', 'unit', 'wave', 'note', 'source']
    """
    rows = list(store.read(_FIGURES, {"group": group, "document": document}))
    names = ("name", "label", "value", "unit", "wave", "note")
    columns = [name for name in names if any(row[name] is not None for row in rows)]
    cells = [[*(row[name] for name in columns), Places.of(row["said"])] for row in rows]
    return Table([*columns, "source"], cells, group)


def _value(values: list[float]) -> Any:
    found = list(dict.fromkeys(values))
    return found if len(found) > 1 else next(iter(found), None)


def _largest(number: Any) -> float:
    return max(number) if isinstance(number, list) else number or 0.0


def _notes(group: str, rows: list[dict[str, Any]]) -> list[str]:
    """What is said of the rows: of most of them once, of single ones by name."""
    by_note: dict[str, list[str]] = {}
    for row in rows:
        if "note" in row:
            by_note.setdefault(row["note"], []).append(row["label"])
    return [
        f"{group}{', ' + labels[0] if len(set(labels)) == 1 else ''}, as published: {note}"
        for note, labels in by_note.items()
    ]
