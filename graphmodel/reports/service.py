"""A service's sheet, after the case-study sheets of the 2020 report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphmodel.model import Service
from graphmodel.reports.citations import Citations
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from graphmodel.store.merge import statements_of

_FACTS = (
    ("kind", "what it is"),
    ("status", "status"),
    ("status_as_of", "status as of"),
    ("delivery_mechanism", "delivery mechanism"),
    ("delivery_note", "in its words"),
    ("start", "start"),
    ("end", "end"),
    ("geographic_focus", "reach"),
    ("spectrum", "depth"),
    ("aliases", "also called"),
    ("description", "nature of service"),
    ("origins", "origins"),
    ("governance", "governance"),
    ("staffing", "staffing"),
    ("funding", "funding"),
    ("website", "website"),
)
_PARTNERS = """
MATCH (p:Council|Partner)-[r:PARTICIPATES_IN]->(:Service {id: $id})
RETURN p.name AS partner, r.role AS role, r.since AS since, r.until AS until,
       r.status AS own_status, r.part_of_area AS part_of_area, r.note AS note,
       properties(r) AS edge
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint lead' THEN 1 WHEN 'host' THEN 2 ELSE 3 END,
         partner, role
"""
_PLACE = """
MATCH (:Service {id: $id})-[r:IN_CATEGORY]->(c:Category)
RETURN 'service area' AS what, c.name AS name, r.basis AS basis, r.reason AS note,
       properties(r) AS edge
UNION
MATCH (:Service {id: $id})-[r:OF_TYPE]->(t:ActivityType)
RETURN 'activity type' AS what, t.name AS name, r.basis AS basis, r.reason AS note,
       properties(r) AS edge
UNION
MATCH (:Service {id: $id})-[r:FOCUSED_ON]->(g:Grouping)
RETURN 'for the area of' AS what, g.name AS name, r.basis AS basis, r.reason AS note,
       properties(r) AS edge
UNION
MATCH (:Service {id: $id})-[r:PART_OF]->(s:Service)
RETURN 'part of' AS what, s.name AS name, null AS basis, r.note AS note, properties(r) AS edge
UNION
MATCH (:Service {id: $id})<-[r:PART_OF]-(s:Service)
RETURN 'has as a part' AS what, s.name AS name, null AS basis, r.note AS note,
       properties(r) AS edge
UNION
MATCH (:Service {id: $id})-[r:SUCCEEDS]->(s:Service)
RETURN 'succeeds' AS what, s.name AS name, null AS basis, r.note AS note, properties(r) AS edge
UNION
MATCH (:Service {id: $id})<-[r:SUCCEEDS]-(s:Service)
RETURN 'succeeded by' AS what, s.name AS name, null AS basis, r.note AS note,
       properties(r) AS edge
UNION
MATCH (:Service {id: $id})-[r:ADOPTED_FROM]->(s:Service)
RETURN 'follows the model of' AS what, s.name AS name, null AS basis, r.note AS note,
       properties(r) AS edge
UNION
MATCH (:Service {id: $id})<-[r:ADOPTED_FROM]-(s:Service)
RETURN 'model for' AS what, s.name AS name, null AS basis, r.note AS note, properties(r) AS edge
UNION
MATCH (:Service {id: $id})<-[r:PRIORITISES]-(c:Council)
RETURN 'a priority of' AS what, c.name AS name, null AS basis, r.note AS note,
       properties(r) AS edge
"""
_SAVINGS = """
MATCH (:Service {id: $id})-[r:HAS_SAVING]->(x:Saving)
RETURN x.basis AS basis, x.amount AS amount, x.currency AS currency, x.from AS from, x.to AS to,
       x.note AS note, properties(x) AS edge
ORDER BY basis, amount
"""
_FINDINGS = """
MATCH (:Service {id: $id})-[:REPORTS]->(f:Finding {kind: $kind})
RETURN f.theme AS theme, f.text AS finding, properties(f) AS edge
ORDER BY theme, finding
"""
_HEADINGS = {
    "driver": "Drivers",
    "benefit": "Progress and benefits",
    "challenge": "Challenges",
    "lesson": "Learning",
    "opportunity": "Opportunities",
    "future development": "Future developments",
}


def service_report(store: Store, name: str) -> Report:
    """Show everything about one service, with citations.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        Id, name or alias.

    Returns
    -------
    Report
    """
    service = name_index(store, "Service").resolve(name)
    parameters = {"id": service.id}
    citations = Citations(store)
    properties = next(
        iter(store.read("MATCH (s:Service {id: $id}) RETURN properties(s) AS facts", parameters))
    )["facts"]
    tables = [
        Table(["fact", "value", "source"], _facts(properties, citations), "The service", True)
    ]
    for heading, query in (
        ("Who takes part", _PARTNERS),
        ("Where it belongs", _PLACE),
        ("Savings", _SAVINGS),
    ):
        _append(tables, heading, store.read(query, parameters), citations)
    for kind, heading in _HEADINGS.items():
        findings = store.read(_FINDINGS, parameters | {"kind": kind})
        _append(tables, heading, findings, citations)
    return Report(service.name, tables, [*_judgements(properties), *citations.notes()])


def _facts(properties: Mapping[str, Any], citations: Citations) -> list[list[Any]]:
    """Each property with the places that state it, contradictions apart."""
    rows = []
    statements = statements_of(Service, dict(properties))
    for field, label in _FACTS:
        places: dict[str, list[str]] = {}
        shown: dict[str, Any] = {}
        for statement in statements:
            value = statement.values.get(field)
            if value not in (None, []):
                place = f"{statement.values['source']}#{statement.values['locator']}"
                places.setdefault(str(value), []).append(place)
                shown[str(value)] = value
        for text, cited in places.items():
            rows.append([label, shown[text], citations.of({"citations": cited})])
    return rows


def _append(
    tables: list[Table], heading: str, found: Iterable[dict[str, Any]], citations: Citations
) -> None:
    """Add a table of what was found, without columns that are empty throughout."""
    rows = []
    for row in found:
        edge = row.pop("edge")
        rows.append(row | {"source": citations.of(edge)})
    if rows:
        columns = [column for column in rows[0] if any(row[column] for row in rows)]
        tables.append(
            Table(columns, [[row[column] for column in columns] for row in rows], heading)
        )


def _judgements(properties: Mapping[str, Any]) -> list[str]:
    """Say which facts are our own judgement, and why."""
    lines = []
    for field, label in (("spectrum", "Depth"), ("geographic_focus", "Reach")):
        if properties.get(f"{field}_basis") == "assessed":
            reason = properties.get(f"{field}_reason")
            lines.append(f"{label} is our own assessment" + (f": {reason}" if reason else "."))
    return lines
