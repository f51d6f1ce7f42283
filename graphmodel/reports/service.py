"""A service's sheet, after the case-study sheets of the 2020 report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphmodel.analytics.scope import held_on
from graphmodel.model import Service
from graphmodel.reports.sheets import cited_table, facts_table, titles
from graphmodel.reports.table import Report
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

_FACTS = (
    ("kind", "what it is"),
    ("status", "status"),
    ("status_as_of", "status as of"),
    ("delivery_mechanism", "delivery mechanism"),
    ("delivery_note", "in its words"),
    ("start", "start"),
    ("end", "end"),
    ("members_complete", "all members named"),
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
_PARTNERS = f"""
MATCH (p:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service {{id: $id}})
WHERE {held_on("r", "s")}
RETURN p.name AS partner, r.role AS role, r.since AS since, r.until AS until,
       r.status AS own_status, r.part_of_area AS part_of_area, r.note AS note,
       properties(r) AS edge
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint lead' THEN 1 WHEN 'host' THEN 2 ELSE 3 END,
         partner, role
"""
_LINKS = {
    "service area": "-[r:IN_CATEGORY]->(o:Category)",
    "activity type": "-[r:OF_TYPE]->(o:ActivityType)",
    "for the area of": "-[r:FOCUSED_ON]->(o:Grouping)",
    "part of": "-[r:PART_OF]->(o:Service)",
    "has as a part": "<-[r:PART_OF]-(o:Service)",
    "succeeds": "-[r:SUCCEEDS]->(o:Service)",
    "succeeded by": "<-[r:SUCCEEDS]-(o:Service)",
    "follows the model of": "-[r:ADOPTED_FROM]->(o:Service)",
    "model for": "<-[r:ADOPTED_FROM]-(o:Service)",
    "a priority of": "<-[r:PRIORITISES]-(o:Council)",
}
"""What a service is tied to, in the order of the sheet."""
_PLACE = " UNION ".join(
    f"MATCH (:Service {{id: $id}}){pattern} RETURN '{what}' AS what, o.name AS name, "
    "r.basis AS basis, coalesce(r.reason, r.note) AS note, properties(r) AS edge"
    for what, pattern in _LINKS.items()
)
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


def service_report(store: Store, name: str, *, as_of: date | None = None) -> Report:
    """Show everything about one service, with citations.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        Id, name or alias.
    as_of : date, optional
        Only who took part on that day, as far as dates are known.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one service answers to the name.

    Examples
    --------
    >>> service_report(store, "Ayrshire Roads Alliance").tables[0].heading
    'The service'
    """
    service = name_index(store, "Service").resolve(name)
    parameters = {"id": service.id, "day": as_of}
    stored = store.read("MATCH (s:Service {id: $id}) RETURN properties(s) AS facts", parameters)
    facts = next(iter(stored))["facts"]
    order = list(_LINKS)
    places = sorted(
        store.read(_PLACE, parameters), key=lambda row: (order.index(row["what"]), row["name"])
    )
    tables = [
        facts_table(Service, facts, _FACTS, "The service"),
        cited_table(store.read(_PARTNERS, parameters), "Who takes part"),
        cited_table(places, "Where it belongs"),
        cited_table(store.read(_SAVINGS, parameters), "Savings"),
    ]
    for kind, heading in _HEADINGS.items():
        findings = store.read(_FINDINGS, parameters | {"kind": kind})
        tables.append(cited_table(findings, heading))
    title = service.name if as_of is None else f"{service.name}, as of {as_of}"
    notes = [*_time_notes(facts, as_of), *_judgements(facts)]
    return Report(title, [table for table in tables if table], notes, titles(store))


def _time_notes(facts: Mapping[str, Any], as_of: date | None) -> list[str]:
    if as_of is None:
        return []
    notes = ["Who takes part is that day's, as far as dates are known; all else is as last said."]
    if facts.get("valid_from") and as_of < facts["valid_from"]:
        notes.append(f"On that day it had not begun ({facts['start']}).")
    if facts.get("valid_to") and as_of >= facts["valid_to"]:
        notes.append(f"On that day it had ended ({facts['end']}).")
    return notes


def _judgements(properties: Mapping[str, Any]) -> list[str]:
    """Say which facts are our own judgement, and why."""
    lines = []
    for field, label in (("spectrum", "Depth"), ("geographic_focus", "Reach")):
        if properties.get(f"{field}_basis") == "assessed":
            reason = properties.get(f"{field}_reason")
            lines.append(f"{label} is our own assessment" + (f": {reason}" if reason else "."))
    return lines
