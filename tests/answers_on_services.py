"""Answers of the catalogue on services and documents, worked out from the tables alone."""

from __future__ import annotations

from typing import Any

from tests.scotland_tables import (
    LIVE,
    Row,
    councils,
    holds,
    in_order_of_the_report,
    members,
    named,
    names_of,
    participations,
    picked,
    services,
    sorted_by,
    table,
    things,
)


def savings() -> list[Row]:
    found = [
        {
            "service": named("services")[row["service"]],
            "amount": float(row["amount"]),
            "first_period": row["from"],
            "last_period": row["to"],
        }
        | picked(row, "basis", "currency", "note", "citations")
        for row in things("savings", "service", "amount", "currency", "basis", "from", "to")
    ]
    return sorted_by(found, "basis", "service", "currency", "amount")


def workstreams(review: str) -> list[Row]:
    found = [
        {
            "rank": int(part["rank"]) if part["rank"] else None,
            "workstream": named("services")[part["part"]],
            "leads": names_of(
                "participants",
                {
                    edge["participant"]
                    for edge in participations()
                    if edge["service"] == part["part"] and edge["role"] in ("lead", "joint lead")
                },
            ),
            "councils": len(members(part["part"])),
        }
        | picked(services()[part["part"]], "kind", "status", "status_as_of")
        | picked(part, "note", "citations")
        for part in things("service_parts", "part", "whole")
        if part["whole"] == review
    ]
    return sorted_by(found, "rank", "workstream")


def by_status(year: int | None = None) -> list[Row]:
    found = [
        {
            "years_old": year and year - int(service["status_as_of"][:4]),
            "service": service["name"],
            "councils": len(members(identifier)),
        }
        | picked(service, "status_as_of", "status", "kind", "citations")
        for identifier, service in services().items()
        if year is None or service["status_as_of"] <= f"{year}-01-01"
    ]
    return sorted_by(found, "status_as_of", "status", "service")


def on_day(day: str, *, council: str | None = None, dated: bool = False) -> list[Row]:
    found = []
    for identifier, service in services().items():
        present = {
            named("participants")[edge["participant"]]
            for edge in participations()
            if edge["service"] == identifier
            and edge["participant"] in councils()
            and holds(edge, day)
        }
        running = service["status"] in LIVE or (service["status"] == "ended" and service["end"])
        wanted = (council is None or council in present) and (service["start"] or not dated)
        if running and wanted and holds(service, day, "start", "end"):
            facts = picked(service, "kind", "status", "start", "end", "citations")
            found.append({"service": service["name"], "councils": sorted(present)} | facts)
    return sorted_by(found, "service")


def figures(group: str) -> list[Row]:
    found = [
        picked(row, "name", "label", "unit", "wave", "note", "citations")
        | {"value": float(row["value"])}
        for row in things("statistics", "source", "group", "name", "label", "unit", "wave")
        if row["group"] == group
    ]
    return sorted_by(found, "name", "label", "wave", "unit")


EDGES = {
    "participations": ("PARTICIPATES_IN", ("participant", "service", "role", "since")),
    "memberships": ("MEMBER_OF", ("member", "partner", "role", "since")),
    "service_parts": ("PART_OF", ("part", "whole")),
    "successions": ("SUCCEEDS", ("service", "predecessor")),
    "adoptions": ("ADOPTED_FROM", ("service", "model")),
    "priorities": ("PRIORITISES", ("council", "service", "as_of")),
    "service_categories": ("IN_CATEGORY", ("service", "category")),
    "service_types": ("OF_TYPE", ("service", "activity_type")),
    "borders": ("BORDERS", ("council", "neighbour", "kind")),
    "grouping_members": ("IN_GROUPING", ("council", "grouping", "since")),
    "service_areas": ("FOCUSED_ON", ("service", "grouping")),
    "savings": ("HAS_SAVING", ("service", "amount", "currency", "basis", "from", "to")),
    "findings": ("REPORTS", ("service", "kind", "theme", "text")),
    "statistics": ("STATED_IN", ("source", "group", "name", "label", "unit", "wave")),
}


def facts_by_document() -> list[Row]:
    documents = {row["id"]: row for row in table("documents")}
    stated: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
    for name, (relationship, key) in EDGES.items():
        for row in table(name):
            if name != "findings" or row["service"]:
                fact = tuple(row.get(column) for column in key)
                stated.setdefault((row["source"], relationship), set()).add(fact)
    found = [
        {
            "document": document,
            "title": documents[document]["title"],
            "published": documents[document]["published"],
            "relationship": relationship,
            "facts": len(facts),
        }
        for (document, relationship), facts in stated.items()
    ]
    return sorted_by(found, "document", "relationship")


def by_category() -> list[Row]:
    return in_order_of_the_report("category", "categories", "service_categories")


def by_mechanism() -> list[Row]:
    found = [
        {
            "mechanism": service["delivery_mechanism"],
            "service": service["name"],
            "councils": len(members(identifier)),
            "in_its_words": service["delivery_note"],
        }
        | picked(service, "status", "citations")
        for identifier, service in services().items()
        if service["delivery_mechanism"]
    ]
    return sorted_by(found, "mechanism", "service")


def findings(document: str | None = None) -> list[Row]:
    found = [
        {
            "finding": row["text"],
            "service": named("services")[row["service"]] if row["service"] else None,
        }
        | picked(row, "kind", "theme", "citations")
        for row in things("findings", "service", "kind", "theme", "text")
        if document is None or document in {place.partition("#")[0] for place in row["citations"]}
    ]
    return sorted_by(found, "kind", "theme", "finding", "service")


def tables_of_figures() -> list[Row]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in things("statistics", "source", "group", "name", "label", "unit", "wave"):
        groups.setdefault((row["source"], row["group"]), []).append(row)
    found = [
        {
            "group": group,
            "figures": len(rows),
            "waves": sorted({row["wave"] for row in rows if row["wave"]}),
            "document": document,
        }
        for (document, group), rows in groups.items()
    ]
    return sorted_by(found, "document", "group")


def models() -> list[Row]:
    found = [
        {
            "service": named("services")[row["service"]],
            "status": services()[row["service"]]["status"],
            "councils": names_of("councils", members(row["service"])),
            "model": named("services")[row["model"]],
        }
        | picked(row, "since", "note", "citations")
        for row in things("adoptions", "service", "model")
    ]
    return sorted_by(found, "service", "model")


def successions() -> list[Row]:
    """The lines: each earlier service by its later one, until none is earlier."""
    earlier = {row["service"]: row for row in things("successions", "service", "predecessor")}
    found = []
    for later, row in earlier.items():
        first, step = row["predecessor"], 1
        while first in earlier:
            first, step = earlier[first]["predecessor"], step + 1
        before, after = services()[row["predecessor"]], services()[later]
        found.append(
            {
                "line": named("services")[first],
                "step": step,
                "earlier": before["name"],
                "earlier_start": before["start"],
                "earlier_end": before["end"],
                "later": after["name"],
                "later_start": after["start"],
                "later_end": after["end"],
                "later_status": after["status"],
            }
            | picked(row, "note", "citations")
        )
    return sorted_by(found, "line", "step", "earlier", "later")
