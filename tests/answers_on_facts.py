"""Answers of the catalogue on what is said, where and how often, from the tables alone."""

from __future__ import annotations

from typing import Any

from tests.scotland_tables import (
    LIVE,
    Row,
    councils,
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

DEPTHS = ["integrate", "collaborate", "co-ordinate", "co-operate", "communicate"]
REACHES = ["one council area", "neighbouring councils", "region", "national"]


def by_type() -> list[Row]:
    return [
        {"type" if name == "activity_type" else name: value for name, value in row.items()}
        for row in in_order_of_the_report("activity_type", "activity_types", "service_types")
    ]


def by_spectrum() -> list[Row]:
    found = [
        {
            "spectrum": service["spectrum"],
            "service": service["name"],
            "councils": len(members(identifier)),
            "basis": service["spectrum_basis"],
            "reason": service["spectrum_reason"],
        }
        | picked(service, "status", "citations")
        for identifier, service in services().items()
        if service["spectrum"]
    ]
    return sorted(found, key=lambda row: (DEPTHS.index(row["spectrum"]), row["service"]))


def by_reach() -> list[Row]:
    found = [
        {
            "reach": service["geographic_focus"],
            "service": service["name"],
            "councils": len(members(identifier)),
            "focused_on": names_of(
                "groupings",
                {row["grouping"] for row in table("service_areas") if row["service"] == identifier},
            ),
            "basis": service["geographic_focus_basis"],
        }
        | picked(service, "status", "citations")
        for identifier, service in services().items()
        if service["geographic_focus"]
    ]
    return sorted(found, key=lambda row: (REACHES.index(row["reach"]), row["service"]))


def ages(day: str | None = None) -> list[Row]:
    said: dict[str, list[Row]] = {}
    for service in services().values():
        if day is None or service["status_as_of"] <= day:
            said.setdefault(service["status"], []).append(service)
    found = []
    for status, of_it in said.items():
        dates = [service["status_as_of"] for service in of_it]
        found.append(
            {
                "status": status,
                "services": len(of_it),
                "oldest": min(dates),
                "newest": max(dates),
                "years_old": day and int(day[:4]) - int(min(dates)[:4]),
                "oldest_services": sorted(
                    one["name"] for one in of_it if one["status_as_of"] == min(dates)
                ),
            }
        )
    return sorted(found, key=lambda row: (-row["services"], row["status"]))


def participations_of_one_source() -> list[Row]:
    found = [
        {
            "tail": named("participants")[edge["participant"]],
            "relationship": "PARTICIPATES_IN",
            "head": named("services")[edge["service"]],
            "detail": edge["role"],
            "document": edge["source"],
            "places": edge["citations"],
        }
        for edge in participations()
        if len({place.partition("#")[0] for place in edge["citations"]}) == 1
    ]
    return sorted_by(found, "tail", "head", "detail", "document", "places")


def savings_of_one_source() -> list[Row]:
    key = ("service", "amount", "currency", "basis", "from", "to")
    found = [
        {
            "tail": named("services")[row["service"]],
            "relationship": "HAS_SAVING",
            "head": float(row["amount"]),
            "detail": None,
            "document": row["source"],
            "places": row["citations"],
        }
        for row in things("savings", *key)
        if len({place.partition("#")[0] for place in row["citations"]}) == 1
    ]
    return sorted(found, key=lambda row: (row["tail"], str(row["head"])))


def contradictions() -> list[Row]:
    """Only a figure has two values here; by its citations it is found in the table."""
    key = ("source", "group", "name", "label", "unit", "wave")
    found = []
    for row in things("statistics", *key):
        rows = [one for one in table("statistics") if all(one[name] == row[name] for name in key)]
        values = [one["value"] for one in rows]
        if len(set(values)) > 1:
            found.append(
                {
                    "sort": "Statistic",
                    "about": row["label"],
                    "property": "value",
                    "stands": str(float(values[0])),
                    "values": [float(value) for value in values],
                    "citations": row["citations"],
                }
            )
    return found


def by_theme(*, least: int = 1) -> list[Row]:
    groups: dict[tuple[str, Any], list[Row]] = {}
    for row in things("findings", "service", "kind", "theme", "text"):
        groups.setdefault((row["kind"], row["theme"]), []).append(row)
    found = [
        {
            "kind": kind,
            "theme": theme,
            "findings": len(rows),
            "services": names_of("services", {row["service"] for row in rows if row["service"]}),
            "documents": sorted(
                {place.partition("#")[0] for row in rows for place in row["citations"]}
            ),
        }
        for (kind, theme), rows in groups.items()
        if len(rows) >= least
    ]
    ordered = sorted_by(found, "kind", "theme")
    return sorted(ordered, key=lambda row: -row["findings"])


def coverage(*, statuses: tuple[str, ...] = LIVE) -> list[Row]:
    found = []
    for council in councils():
        mine = {
            edge["service"]
            for edge in participations()
            if edge["participant"] == council and edge["counts"] in statuses
        }
        for category in table("categories"):
            there = mine & {
                row["service"]
                for row in table("service_categories")
                if row["category"] == category["id"]
            }
            found.append(
                {
                    "council": named("councils")[council],
                    "category": category["name"],
                    "services": len(there),
                    "names": names_of("services", there),
                }
            )
    return sorted(found, key=lambda row: str(row["council"]))


def joined_and_left(first: str, last: str = "9999") -> list[Row]:
    """Who joins in a year does so on its first day; who leaves in it, on its last."""
    found = []
    for edge in participations():
        for what, when, rest in (
            ("joined", edge["since"], "0000-01-01"),
            ("left", edge["until"], "0000-12-31"),
        ):
            if when and first <= when + rest[len(when) :] <= last:
                found.append(
                    {
                        "when": when,
                        "what": what,
                        "member": named("participants")[edge["participant"]],
                        "service": named("services")[edge["service"]],
                    }
                    | picked(edge, "role", "citations")
                )
    return sorted_by(found, "when", "what", "member", "service", "role")
