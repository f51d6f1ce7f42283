"""A council's profile."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphmodel.analytics.projection import Scope
from graphmodel.reports.citations import Citations
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

MOST_NAMED = 12
"""Other councils that a row names; more are counted."""

_FACTS = (
    ("official_name", "official name"),
    ("gss_code", "GSS code"),
    ("former_gss_codes", "former GSS codes"),
    ("population", "population"),
    ("population_year", "of the year"),
    ("area_km2", "area, km²"),
)
_SERVICES = """
MATCH (:Council {id: $id})-[r:PARTICIPATES_IN]->(s:Service)
WHERE $day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                       AND (r.valid_to IS NULL OR r.valid_to > $day))
OPTIONAL MATCH (o:Council|Partner)-[:PARTICIPATES_IN]->(s)
WHERE o.id <> $id
RETURN s.name AS service, r.role AS role, coalesce(r.status, s.status) AS status,
       s.status_as_of AS status_as_of, r.since AS since, r.until AS until,
       collect(DISTINCT [labels(o)[0], o.name]) AS others, properties(r) AS edge
ORDER BY service, role
"""
_BODIES = """
MATCH (:Council {id: $id})-[r:MEMBER_OF]->(p:Partner)
RETURN p.name AS body, r.role AS role, r.since AS since, r.until AS until, properties(r) AS edge
ORDER BY body, role
"""
_PRIORITIES = """
MATCH (:Council {id: $id})-[r:PRIORITISES]->(s:Service)
RETURN s.name AS service, r.rank AS rank, r.as_of AS as_of, properties(r) AS edge
ORDER BY as_of, rank, service
"""
_NEIGHBOURS = """
MATCH (:Council {id: $id})-[r:BORDERS]-(n:Council)
RETURN n.name AS neighbour, r.kind AS kind, r.km AS km, r.note AS note, properties(r) AS edge
ORDER BY kind, neighbour
"""
_GROUPINGS = """
MATCH (:Council {id: $id})-[r:IN_GROUPING]->(g:Grouping)
WHERE $day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                       AND (r.valid_to IS NULL OR r.valid_to > $day))
RETURN g.name AS grouping, g.kind AS kind, r.since AS since, r.part_of_area AS part_of_area,
       properties(r) AS edge
ORDER BY kind, grouping
"""


def council_report(store: Store, name: str, *, as_of: date | None = None) -> Report:
    """Show everything about one council, with citations.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        Id, GSS code, name or alias.
    as_of : date, optional
        Only what held on that day.

    Returns
    -------
    Report
    """
    council = name_index(store, "Council").resolve(name)
    citations = Citations(store)
    facts = next(
        iter(
            store.read(
                "MATCH (c:Council {id: $id}) RETURN properties(c) AS facts", {"id": council.id}
            )
        )
    )["facts"]
    parameters = {"id": council.id, "day": as_of}
    tables = [
        Table(
            ["fact", "value", "source"],
            [
                [label, facts[field], citations.of(facts)]
                for field, label in _FACTS
                if facts.get(field)
            ],
            "The council",
            headerless=True,
        )
    ]
    for heading, query in (
        ("Takes part in", _SERVICES),
        ("Belongs to", _BODIES),
        ("Priorities", _PRIORITIES),
        ("Neighbours", _NEIGHBOURS),
        ("Groupings", _GROUPINGS),
    ):
        found = [_cited(row, citations) for row in store.read(query, parameters)]
        if found:
            columns = [column for column in found[0] if any(row[column] for row in found)]
            rows = [[row[column] for column in columns] for row in found]
            tables.append(Table(columns, rows, heading))
    title = council.name if as_of is None else f"{council.name}, as of {Scope(as_of).day}"
    return Report(title, tables, citations.notes())


def _others(found: list[list[str]]) -> list[str]:
    """Who else takes part: councils first, and only counted where they are many."""
    councils = sorted(name for label, name in found if label == "Council")
    partners = sorted(name for label, name in found if label == "Partner")
    if len(councils) > MOST_NAMED:
        councils = [f"{len(councils)} other councils"]
    return councils + partners


def _cited(row: dict[str, Any], citations: Citations) -> dict[str, Any]:
    edge = row.pop("edge")
    if "others" in row:
        row["others"] = _others(row["others"])
    return row | {"source": citations.of(edge)}
