"""A council's profile."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphmodel.analytics.scope import held_on
from graphmodel.model import Council
from graphmodel.reports.sheets import cited_table, facts_table, titles
from graphmodel.reports.table import Report
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
    ("area_km2", "area in km²"),
    ("aliases", "also found as"),
    ("country", "country"),
)
_SERVICES = f"""
MATCH (:Council {{id: $id}})-[r:PARTICIPATES_IN]->(s:Service)
WHERE {held_on("r", "s")}
OPTIONAL MATCH (o:Council|Partner)-[x:PARTICIPATES_IN]->(s)
WHERE o.id <> $id AND {held_on("x")}
RETURN s.name AS service, r.role AS role, coalesce(r.status, s.status) AS status,
       s.status_as_of AS status_as_of, r.since AS since, r.until AS until,
       collect(DISTINCT [labels(o)[0], o.name]) AS others, properties(r) AS edge
ORDER BY service, role
"""
_BODIES = f"""
MATCH (:Council {{id: $id}})-[r:MEMBER_OF]->(p:Partner)
WHERE {held_on("r")}
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
_GROUPINGS = f"""
MATCH (:Council {{id: $id}})-[r:IN_GROUPING]->(g:Grouping)
WHERE {held_on("r")}
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
        Only what held on that day, as far as dates are known.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one council answers to the name.

    Examples
    --------
    >>> [table.heading for table in council_report(store, "Angus").tables][:2]
    ['The council', 'Takes part in']
    """
    council = name_index(store, "Council").resolve(name)
    parameters = {"id": council.id, "day": as_of}
    stored = store.read("MATCH (c:Council {id: $id}) RETURN properties(c) AS facts", parameters)
    facts = next(iter(stored))["facts"]
    tables = [facts_table(Council, facts, _FACTS, "The council")]
    for heading, query in (
        ("Takes part in", _SERVICES),
        ("Belongs to", _BODIES),
        ("Priorities", _PRIORITIES),
        ("Neighbours", _NEIGHBOURS),
        ("Groupings", _GROUPINGS),
    ):
        table = cited_table(map(_readable, store.read(query, parameters)), heading)
        if table is not None:
            tables.append(table)
    title = council.name if as_of is None else f"{council.name}, as of {as_of}"
    notes = ["What has no dates is shown for every day."] if as_of else []
    return Report(title, tables, notes, titles(store))


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"others": _others(row["others"])} if "others" in row else row


def _others(found: list[list[str]]) -> list[str]:
    """Who else takes part: councils first, and only counted where they are many."""
    councils = sorted(name for label, name in found if label == "Council")
    partners = sorted(name for label, name in found if label == "Partner")
    if len(councils) > MOST_NAMED:
        councils = [f"{len(councils)} other councils"]
    return councils + partners
