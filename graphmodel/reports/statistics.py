"""What a survey published beside what our own records come to, and any table of the records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from graphmodel.analytics.changes import services
from graphmodel.analytics.kinds import Kinds, councils, counted, crossed, service_kinds
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.reports.picture import counted_notes
from graphmodel.reports.published import Published, published_table
from graphmodel.reports.sheets import titles
from graphmodel.reports.survey_regions import ACROSS, AREAS, EVERYWHERE, SINGLE, area_of, areas_of
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from graphmodel.vocabulary import DeliveryMechanism, GeographicFocus, Spectrum

By = Literal["type", "region", "category", "reach", "spectrum", "mechanism"]

DEFAULT: tuple[By, ...] = ("type", "region", "category", "reach")
"""The three tables of the 2020 report, and the reach that its text tells of."""
_GROUPS = {"type": "Activity type", "region": "Returns by region", "category": "Service category"}
"""What the published tables are called among the figures."""
_WORDS = {
    "reach": get_args(GeographicFocus),
    "spectrum": get_args(Spectrum),
    "mechanism": get_args(DeliveryMechanism),
}
_LABELS = {"type": "ActivityType", "category": "Category"}
_NOT_SAID = "not known"
_RULES = {
    "type": "By type: what is recorded as such; 100 % is the services of known type.",
    "category": "By category: 100 % is the services whose service area is known.",
    "region": "By region: the smallest of the report's areas in which all councils of a service "
    f"lie; '{SINGLE}' and '{EVERYWHERE}' by their reach; 100 % is the services of known reach. "
    "Which councils an area has is our reading: the report does not say. Glasgow City Region has "
    "the same as Clyde Valley and is counted there; North East, West, South East, North and No "
    "Specific Location are too vague to count.",
    "reach": "By reach: as recorded; else by the councils that take part, if the source names all "
    "members: one, two or three (neighbouring councils), more (region), more than half of all "
    "(national). 100 % is the services of known reach.",
    "spectrum": "By spectrum: as recorded or judged; 100 % is the services where somebody has.",
    "mechanism": "By mechanism: as recorded; 100 % is the services whose mechanism is known.",
}


def statistics_report(store: Store, scope: Scope | None = None, *, by: Sequence[By] = ()) -> Report:
    """Count our records by reach, type, subject and how they are run.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which services count.
    by : sequence of {"type", "region", "category", "reach", "spectrum", "mechanism"}
        One for its table, beside the figures that the 2020 report published where it has
        such a table; two for the one against the other; by default the report's three
        tables, and the reach.

    Returns
    -------
    Report

    Raises
    ------
    ValueError
        If there are more than two.

    Examples
    --------
    >>> statistics_report(store, by=["type"]).tables[0].rows[0][:3]
    ['Joint provision', 56.0, 32.0]
    >>> [row[0] for row in statistics_report(store, by=["reach", "type"]).tables[0].rows][0]
    'one council area'
    """
    if len(by) > 2:
        raise ValueError("a table has rows and columns: give one or two")
    seen = picture(store, scope)
    tables: list[Table] = []
    notes: list[str] = []
    if len(by) == 2:
        tables.append(_cross_table(store, seen, by[0], by[1]))
    else:
        for facet in by or DEFAULT:
            published = Published.of(store, _GROUPS.get(facet, ""))
            tables.append(_table(store, seen, facet, published))
            notes += published.notes
    rules = [_RULES[facet] for facet in by or DEFAULT]
    return Report(
        "Services by " + (" and ".join(by) or "type, region, category and reach"),
        tables,
        [*counted_notes(seen), *rules, *_warnings(), *dict.fromkeys(notes)],
        titles(store),
    )


def published_report(store: Store) -> Report:
    """List every published figure, table by table, with the place that says it.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    Report

    Examples
    --------
    >>> "Service category" in [table.heading for table in published_report(store).tables]
    True
    """
    groups = store.read(
        "MATCH (f:Statistic)-[:STATED_IN]->(d:Document) "
        "RETURN d.id AS document, f.group AS group, count(f) AS number ORDER BY document, group"
    )
    tables = [published_table(store, row["document"], row["group"]) for row in groups]
    return Report("Published figures", tables, documents=titles(store))


def _warnings() -> list[str]:
    return [
        "Ours are the services of our records in which a council takes part, not the survey's 373 "
        "activities: they come from other documents, and miss what nobody wrote down. Compare "
        "the order, not the numbers.",
        "A service of two kinds counts in both, so that our shares may add up to more than 100 %.",
    ]


def _kinds(store: Store, seen: Picture, facet: By) -> Kinds:
    """Services by kind, under the names that people know."""
    if facet == "region":
        return _regions(store, seen)
    kinds = service_kinds(seen, facet)
    if facet in _LABELS:
        names = dict(_named(store, _LABELS[facet]))
        return {one: tuple(names[kind] for kind in found) for one, found in kinds.items()}
    return kinds


def _named(store: Store, label: str) -> list[tuple[str, str]]:
    rows = store.read(f"MATCH (x:{label}) RETURN x.id AS id, x.name AS name ORDER BY x.position")
    return [(row["id"], row["name"]) for row in rows]


def _rows(store: Store, facet: By, published: Published | None = None) -> list[str]:
    """What the rows are in any case: the report's own, or the words of a closed list."""
    if facet in _LABELS:
        return [name for _, name in _named(store, _LABELS[facet])]
    if facet == "region":
        labels = published.labels if published else []
        return [*(labels or AREAS), SINGLE, EVERYWHERE, ACROSS]
    return list(_WORDS[facet])


def _regions(store: Store, seen: Picture) -> Kinds:
    areas = areas_of(name_index(store, "Council"))
    found: dict[str, tuple[str, ...]] = {}
    for service, reaches in service_kinds(seen, "reach").items():
        if "one council area" in reaches:
            found[service] = (SINGLE,)
        elif "national" in reaches:
            found[service] = (EVERYWHERE,)
        else:
            found[service] = (area_of(councils(seen, service), areas),) if reaches else ()
    return found


def _table(store: Store, seen: Picture, facet: By, published: Published) -> Table:
    kinds = _kinds(store, seen, facet)
    counts = counted(kinds, _rows(store, facet, published))
    countable = {*areas_of(name_index(store, "Council")), SINGLE, EVERYWHERE, ACROSS}
    columns = [facet, "published", "published_percent", "ours", "ours_percent", "published_in"]
    rows: list[list[Any]] = []
    for kind, count in counts.items():
        said = published.figures.get(kind.casefold())
        known = facet != "region" or kind in countable
        rows.append(
            [
                kind,
                said.number if said else None,
                said.percent if said else None,
                count.services if known else None,
                round(100 * count.share, 1) if known else None,
                said.places if said else None,
            ]
        )
    unknown = sum(not found for found in kinds.values())
    rows.append([_NOT_SAID, None, None, unknown, None, None])
    if not published.figures:
        columns, rows = [facet, *columns[3:5]], [[row[0], *row[3:5]] for row in rows]
    return Table(columns, rows, f"By {facet}")


def _cross_table(store: Store, seen: Picture, first: By, second: By) -> Table:
    down, across = (
        {one: found or (_NOT_SAID,) for one, found in _kinds(store, seen, facet).items()}
        for facet in (first, second)
    )
    cells = crossed(down, across)
    columns = [
        kind
        for kind in [*counted(across, [*_rows(store, second), _NOT_SAID])]
        if any((row, kind) in cells for row in counted(down))
    ]
    rows: list[list[Any]] = []
    for kind in [*counted(down, [*_rows(store, first), _NOT_SAID])]:
        of_kind = sum(kind in found for found in down.values())
        rows.append([kind, *(cells.get((kind, other), 0) for other in columns), of_kind])
    of_all = [sum(other in found for found in across.values()) for other in columns]
    rows.append(["all services", *of_all, len(services(seen.affiliated))])
    return Table([first, *columns, "all services"], rows, f"By {first} and {second}")
