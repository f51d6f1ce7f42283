"""Answers of the query catalogue, worked out from the tables of the Scottish picture alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from itertools import permutations
from typing import Any

from loaders.datasets import locate

Row = dict[str, Any]
PROSE = ("note", "reason", "description", "delivery_note")
LIVE = ("live", "pilot")


# --- what the tables say, rows about the same thing put together


@cache
def table(name: str) -> list[Row]:
    with (locate("scotland") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {column: cell.strip() or None for column, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def together(rows: list[Row]) -> Row:
    """One thing out of all rows about it: the first value holds, prose is joined."""
    result: Row = {column: None for row in rows for column in row}
    for column in result:
        values = list(dict.fromkeys(row[column] for row in rows if row.get(column) is not None))
        if values:
            result[column] = " ".join(values) if column in PROSE else values[0]
    places = (f"{row['source']}#{row['locator']}" for row in rows)
    return result | {"citations": list(dict.fromkeys(places))}


@cache
def things(name: str, *key: str) -> list[Row]:
    """The nodes or edges of a table, told apart by these columns."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in table(name):
        groups.setdefault(tuple(row.get(column) for column in key), []).append(row)
    return [together(rows) for rows in groups.values()]


def participations() -> list[Row]:
    """Each with the status that counts: its own, or else the service's."""
    found = things("participations", "participant", "service", "role", "since")
    return [
        edge | {"counts": edge["status"] or services()[edge["service"]]["status"]} for edge in found
    ]


@cache
def services() -> dict[str, Row]:
    """By id; the status is that of the latest news."""
    found = {row["id"]: row for row in things("services", "id")}
    for identifier, service in found.items():
        news = [row for row in table("services") if row["id"] == identifier]
        newest = max(row["status_as_of"] or "" for row in news)
        latest = next(row for row in news if (row["status_as_of"] or "") == newest)
        service["status"], service["status_as_of"] = latest["status"], latest["status_as_of"]
    return found


@cache
def named() -> dict[str, str]:
    tables = ("services", "partners", "councils", "groupings", "categories")
    return {row["id"]: row["name"] for name in tables for row in reversed(table(name))}


@cache
def councils() -> list[str]:
    return [row["id"] for row in table("councils")]


def members(service: str) -> set[str]:
    """Councils that take part, or have taken part."""
    found = {edge["participant"] for edge in participations() if edge["service"] == service}
    return found & set(councils())


def of_all() -> set[str]:
    return {service for service in services() if len(members(service)) == len(councils())}


@cache
def touching(council: str) -> dict[str, list[Row]]:
    """Councils that one touches by land or bridge, and the links."""
    found: dict[str, list[Row]] = {}
    for row in sorted(table("borders"), key=lambda row: (row["kind"], row["note"] or "")):
        ends = (row["council"], row["neighbour"])
        if council in ends and row["kind"] in ("land", "bridge"):
            found.setdefault(ends[1 - ends.index(council)], []).append(row)
    return found


def holds(row: Row, day: str, first: str = "since", last: str = "until") -> bool:
    """Whether a whole day lies between two dates of any precision, both inclusive."""
    since, until = row[first], row[last]
    return (since is None or since <= day) and (until is None or until >= day[: len(until)])


def nothing_last(*values: Any) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is None, value) for value in values)


def sorted_by(rows: Iterable[Row], *columns: str) -> list[Row]:
    return sorted(rows, key=lambda row: nothing_last(*(row[column] for column in columns)))


def names_of(ids: Iterable[str]) -> list[str]:
    return sorted(named()[identifier] for identifier in ids)


# --- the answers expected


def members_of_service(service: str) -> list[Row]:
    first = {"lead": 0, "joint lead": 1, "host": 2}
    kinds = {row["id"]: row["kind"] for row in reversed(table("partners"))}
    found = [
        {
            "member": named()[edge["participant"]],
            "sort": kinds.get(edge["participant"], "council"),
            "role": edge["role"],
            "status": edge["counts"],
            "since": edge["since"],
            "until": edge["until"],
            "part_of_area": None,
            "note": edge["note"],
            "citations": edge["citations"],
        }
        for edge in participations()
        if edge["service"] == service
    ]
    return sorted(
        sorted_by(found, "member", "role", "since"), key=lambda row: first.get(row["role"], 3)
    )


def pairs(
    *,
    council: str | None = None,
    statuses: tuple[str, ...] = LIVE,
    category: str | None = None,
    day: str | None = None,
    universal: bool = False,
) -> list[Row]:
    shared: dict[tuple[str, str], set[str]] = {}
    in_category = {
        row["service"] for row in table("service_categories") if row["category"] == category
    }
    for service, facts in services().items():
        if (not universal and service in of_all()) or (category and service not in in_category):
            continue
        if day and not holds(facts, day, "start", "end"):
            continue
        present = {
            edge["participant"]
            for edge in participations()
            if edge["service"] == service
            and (day is None or holds(edge, day))
            and (
                edge["counts"] in statuses
                or (day and edge["counts"] == "ended" and (edge["until"] or facts["end"]))
            )
        }
        for pair in permutations(present & set(councils()), 2):
            a, b = (named()[identifier] for identifier in pair)
            if a < b if council is None else a == council:
                shared.setdefault((a, b), set()).add(service)
    found = [
        {"council": a, "other": b, "shared": len(ids), "services": names_of(ids)}
        for (a, b), ids in shared.items()
    ]
    return sorted(found, key=lambda row: (-row["shared"], row["council"], row["other"]))


def leads_and_hosts() -> list[Row]:
    found = [
        {
            "council": named()[edge["participant"]],
            "role": edge["role"],
            "service": named()[edge["service"]],
            "status": edge["counts"],
            "since": edge["since"],
            "until": edge["until"],
            "citations": edge["citations"],
        }
        for edge in participations()
        if edge["participant"] in councils() and edge["role"] in ("lead", "joint lead", "host")
    ]
    return sorted_by(found, "council", "role", "service", "since")


def neighbours(*, universal: bool = False) -> list[Row]:
    found = []
    for a in councils():
        for b, links in touching(a).items():
            both = {
                service
                for service in services()
                if {a, b} <= members(service) and (universal or service not in of_all())
            }
            live = {
                service
                for service in both
                if {a, b}
                <= {
                    edge["participant"]
                    for edge in participations()
                    if edge["service"] == service and edge["counts"] == "live"
                }
            }
            if not live and named()[a] < named()[b]:
                found.append(
                    {
                        "council": named()[a],
                        "neighbour": named()[b],
                        "links": [link["kind"] for link in links],
                        "crossings": [link["note"] for link in links if link["note"]],
                        "not_live": names_of(both),
                    }
                )
    return sorted_by(found, "council", "neighbour")


def candidates(service: str) -> list[Row]:
    inside = members(service)
    found = [
        {
            "council": named()[council],
            "touched": len(inside & set(touching(council))),
            "members": names_of(inside & set(touching(council))),
            "neighbours": len(touching(council)),
        }
        for council in councils()
        if council not in inside and inside & set(touching(council))
    ]
    return sorted(found, key=lambda row: (-row["touched"], row["council"]))


def members_of_members() -> list[Row]:
    """One step is enough here: no joint body of the tables belongs to another."""
    seats = things("memberships", "member", "partner", "role", "since")
    assert {seat["member"] for seat in seats} <= set(councils())
    found = [
        {
            "council": named()[seat["member"]],
            "role_on_body": seat["role"],
            "through": [named()[seat["partner"]]],
            "service": named()[edge["service"]],
            "role": edge["role"],
            "status": edge["counts"],
            "itself": seat["member"] in members(edge["service"]),
            "citations": [seat["citations"][0], edge["citations"][0]],
        }
        for seat in seats
        for edge in participations()
        if edge["participant"] == seat["partner"]
    ]
    return sorted_by(found, "council", "through", "role_on_body", "service", "role", "citations")


def savings() -> list[Row]:
    found = [
        {
            "basis": row["basis"],
            "service": named()[row["service"]],
            "amount": float(row["amount"]),
            "currency": row["currency"],
            "first_period": row["from"],
            "last_period": row["to"],
            "note": row["note"],
            "citations": row["citations"],
        }
        for row in things("savings", "service", "amount", "currency", "basis", "from", "to")
    ]
    return sorted_by(found, "basis", "service", "currency", "amount")


def workstreams(review: str) -> list[Row]:
    found = [
        {
            "rank": int(part["rank"]) if part["rank"] else None,
            "workstream": named()[part["part"]],
            "kind": services()[part["part"]]["kind"],
            "status": services()[part["part"]]["status"],
            "status_as_of": services()[part["part"]]["status_as_of"],
            "leads": names_of(
                {
                    edge["participant"]
                    for edge in participations()
                    if edge["service"] == part["part"] and edge["role"] in ("lead", "joint lead")
                }
            ),
            "councils": len(members(part["part"])),
            "note": part["note"],
            "citations": part["citations"],
        }
        for part in things("service_parts", "part", "whole")
        if part["whole"] == review
    ]
    return sorted_by(found, "rank", "workstream")


def by_status(year: int | None = None) -> list[Row]:
    found = [
        {
            "status_as_of": service["status_as_of"],
            "years_old": year and year - int(service["status_as_of"][:4]),
            "status": service["status"],
            "service": service["name"],
            "kind": service["kind"],
            "councils": len(members(identifier)),
            "citations": service["citations"],
        }
        for identifier, service in services().items()
        if year is None or service["status_as_of"] <= f"{year}-01-01"
    ]
    return sorted_by(found, "status_as_of", "status", "service")


def on_day(day: str, *, council: str | None = None, dated: bool = False) -> list[Row]:
    found = []
    for identifier, service in services().items():
        present = {
            named()[edge["participant"]]
            for edge in participations()
            if edge["service"] == identifier
            and edge["participant"] in councils()
            and holds(edge, day)
        }
        running = service["status"] in LIVE or (service["status"] == "ended" and service["end"])
        wanted = (council is None or council in present) and (service["start"] or not dated)
        if running and wanted and holds(service, day, "start", "end"):
            facts = {
                name: service[name] for name in ("kind", "status", "start", "end", "citations")
            }
            found.append({"service": service["name"], "councils": sorted(present)} | facts)
    return sorted_by(found, "service")


def figures(group: str) -> list[Row]:
    columns = ("name", "label", "unit", "wave", "note", "citations")
    found = [
        {column: row[column] for column in columns} | {"value": float(row["value"])}
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
    positions = {row["id"]: int(row["position"]) for row in table("categories")}
    found = [
        {
            "position": positions[row["category"]],
            "category": named()[row["category"]],
            "service": named()[row["service"]],
            "status": services()[row["service"]]["status"],
            "councils": len(members(row["service"])),
            "basis": row["basis"],
            "reason": row["reason"],
            "citations": row["citations"],
        }
        for row in things("service_categories", "service", "category")
    ]
    ordered = sorted_by(found, "position", "service")
    return [{name: row[name] for name in row if name != "position"} for row in ordered]


def by_mechanism() -> list[Row]:
    found = [
        {
            "mechanism": service["delivery_mechanism"],
            "service": service["name"],
            "status": service["status"],
            "councils": len(members(identifier)),
            "in_its_words": service["delivery_note"],
            "citations": service["citations"],
        }
        for identifier, service in services().items()
        if service["delivery_mechanism"]
    ]
    return sorted_by(found, "mechanism", "service")


def findings(document: str | None = None) -> list[Row]:
    found = [
        {
            "kind": row["kind"],
            "theme": row["theme"],
            "finding": row["text"],
            "service": named()[row["service"]] if row["service"] else None,
            "citations": row["citations"],
        }
        for row in things("findings", "service", "kind", "theme", "text")
        if document is None or document in {place.partition("#")[0] for place in row["citations"]}
    ]
    return sorted_by(found, "kind", "theme", "finding", "service")


def partners() -> list[Row]:
    kinds = {row["id"]: row for row in things("partners", "id")}
    found = [
        {
            "partner": named()[edge["participant"]],
            "kind": kinds[edge["participant"]]["kind"],
            "number": (number := kinds[edge["participant"]]["number"]) and int(number),
            "service": named()[edge["service"]],
            "role": edge["role"],
            "status": edge["counts"],
            "since": edge["since"],
            "until": edge["until"],
            "citations": edge["citations"],
        }
        for edge in participations()
        if edge["participant"] in kinds
    ]
    return sorted_by(found, "partner", "service", "role", "since")


def groupings() -> list[Row]:
    kinds = {row["id"]: row["kind"] for row in reversed(table("groupings"))}
    found = [
        {
            "kind": kinds[row["grouping"]],
            "grouping": named()[row["grouping"]],
            "council": named()[row["council"]],
            "part_of_area": row["part_of_area"],
            "since": row["since"],
            "until": row.get("until"),
            "citations": row["citations"],
        }
        for row in things("grouping_members", "council", "grouping", "since")
    ]
    return sorted_by(found, "kind", "grouping", "council", "since")


def services_of(council: str) -> list[Row]:
    found = [
        {
            "service": named()[edge["service"]],
            "role": edge["role"],
            "status": edge["counts"],
            "since": edge["since"],
            "until": edge["until"],
            "source": edge["source"],
            "locator": edge["locator"],
        }
        for edge in participations()
        if edge["participant"] == council
    ]
    return sorted_by(found, "service", "role", "since")


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


def priorities() -> list[Row]:
    found = [
        {
            "council": named()[row["council"]],
            "as_of": row["as_of"],
            "rank": int(row["rank"]) if row["rank"] else None,
            "service": named()[row["service"]],
            "status": services()[row["service"]]["status"],
            "note": row["note"],
            "citations": row["citations"],
        }
        for row in things("priorities", "council", "service", "as_of")
    ]
    return sorted_by(found, "council", "as_of", "rank", "service")


def models() -> list[Row]:
    found = [
        {
            "service": named()[row["service"]],
            "status": services()[row["service"]]["status"],
            "councils": names_of(members(row["service"])),
            "model": named()[row["model"]],
            "since": row.get("since"),
            "note": row.get("note"),
            "citations": row["citations"],
        }
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
                "line": named()[first],
                "step": step,
                "earlier": before["name"],
                "earlier_start": before["start"],
                "earlier_end": before["end"],
                "later": after["name"],
                "later_start": after["start"],
                "later_end": after["end"],
                "later_status": after["status"],
                "note": row["note"],
                "citations": row["citations"],
            }
        )
    return sorted_by(found, "line", "step", "earlier", "later")
