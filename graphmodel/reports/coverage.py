"""Councils by service area, as a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphmodel.analytics.coverage import NO_AREA, Coverage, category_names, cover
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.reports.picture import counted_notes, left_out_notes
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NO_AREA_SAID = "no area said"
RAREST = 5
"""Areas with few councils that the notes name."""


def coverage_report(store: Store, scope: Scope | None = None) -> Report:
    """Show in how many services of each area each council takes part.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts. National services count here too, as they
        cover a council like any other; only those above ``most_members`` do not.

    Returns
    -------
    Report
        One row for each council and one column for each service area, with zeros.

    Examples
    --------
    >>> table = coverage_report(store).tables[0]
    >>> len(table.rows), table.columns[:3]
    (32, ['council', 'services', 'Adult Services'])
    """
    seen = picture(store, scope)
    most = seen.scope.most_members
    affiliated = seen.affiliated if most is None else seen.each
    names = {**category_names(store), NO_AREA: NO_AREA_SAID}
    found = cover(affiliated, [area for area in names if area != NO_AREA])
    rows: list[list[Any]] = [
        [
            seen.name(council),
            found.services[council],
            *(found.counts[council][area] for area in found.categories),
        ]
        for council in sorted(found.councils, key=seen.name)
    ]
    columns = ["council", "services", *(names[area] for area in found.categories)]
    heads = {names[area]: str(number) for number, area in enumerate(found.categories, 1)}
    notes = _notes(seen)
    if found.empty_councils:
        notes.append(f"Take part in nothing: {', '.join(seen.names(found.empty_councils))}.")
    if found.empty_categories:
        empty = ", ".join(names[area] for area in found.empty_categories)
        notes.append(f"Areas in which no council takes part in anything: {empty}.")
    if rare := _rarest(found, names):
        notes.append(f"Areas in which the fewest take part beside those: {rare}.")
    title = "Services of each council by service area"

    def heat_map() -> Figure:
        from graphmodel.plots.heat_map import draw_heat_map

        counts = [list(row[2:]) for row in rows]
        return draw_heat_map([str(row[0]) for row in rows], columns[2:], counts, title=title)

    tables = [Table(columns, rows, heads=heads)]
    return Report(title, tables, notes, figures={"heat map": heat_map})


def _rarest(found: Coverage, names: Mapping[str, str]) -> str:
    """Name the areas that have services of the fewest councils, with how many."""
    sharing = {
        area: sum(found.counts[council][area] > 0 for council in found.councils)
        for area in found.categories
        if area != NO_AREA
    }
    some = sorted((area for area in sharing if sharing[area]), key=lambda area: sharing[area])
    return "; ".join(f"{names[area]} {sharing[area]}" for area in some[:RAREST])


def _notes(seen: Picture) -> list[str]:
    """What counts; the national services do, unless large ones were to be left out."""
    notes = counted_notes(seen)
    if seen.scope.most_members is not None:
        notes += left_out_notes(seen)
    elif seen.left_out:
        notes.append(
            f"Nine in ten councils or more take part in {len(seen.left_out)} of them, which "
            "count here as well; --most-members leaves out large ones."
        )
    return [*notes, "A service in two areas counts in both, and once under services."]
