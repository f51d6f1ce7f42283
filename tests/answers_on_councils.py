"""Answers of the catalogue on councils and partners, worked out from the tables alone."""

from __future__ import annotations

from itertools import permutations

from tests.scotland_tables import (
    LIVE,
    Row,
    councils,
    holds,
    members,
    named,
    names_of,
    of_all,
    participations,
    picked,
    services,
    sorted_by,
    spell,
    table,
    things,
    touching,
)


def members_of_service(service: str) -> list[Row]:
    first = {"lead": 0, "joint lead": 1, "host": 2}
    kinds = {row["id"]: row["kind"] for row in reversed(table("partners"))}
    found = [
        {
            "member": named("participants")[edge["participant"]],
            "sort": kinds.get(edge["participant"], "council"),
        }
        | picked(edge, "part_of_area", "note")
        | spell(edge)
        for edge in participations()
        if edge["service"] == service
    ]
    return sorted(
        sorted_by(found, "member", "role", "since"), key=lambda row: first.get(row["role"], 3)
    )


def services_of(council: str, day: str = "") -> list[Row]:
    found = [
        {
            "service": named("services")[edge["service"]],
            "status": edge["counts"],
        }
        | picked(edge, "role", "since", "until", "source", "locator")
        for edge in participations()
        if edge["participant"] == council
        and (
            not day
            or (holds(edge, day) and holds(services()[edge["service"]], day, "start", "end"))
        )
    ]
    return sorted_by(found, "service", "role", "since")


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
            a, b = (named("councils")[identifier] for identifier in pair)
            if a < b if council is None else a == council:
                shared.setdefault((a, b), set()).add(service)
    found = [
        {"council": a, "other": b, "shared": len(ids), "services": names_of("services", ids)}
        for (a, b), ids in shared.items()
    ]
    return sorted(found, key=lambda row: (-row["shared"], row["council"], row["other"]))


def leads_and_hosts() -> list[Row]:
    found = [
        {
            "council": named("participants")[edge["participant"]],
            "service": named("services")[edge["service"]],
        }
        | spell(edge)
        for edge in participations()
        if edge["participant"] in councils() and edge["role"] in ("lead", "joint lead", "host")
    ]
    return sorted_by(found, "council", "role", "service", "since")


def neighbours(council: str | None = None) -> list[Row]:
    """Pairs in order of name; with one council, that one first."""
    found = []
    for a in councils():
        for b, links in touching(a).items():
            both = {
                service
                for service in services()
                if {a, b} <= members(service) and service not in of_all()
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
            in_order = (
                named("councils")[a] < named("councils")[b]
                if council is None
                else named("councils")[a] == council
            )
            if in_order and not live:
                found.append(
                    {
                        "council": named("councils")[a],
                        "neighbour": named("councils")[b],
                        "links": [link["kind"] for link in links],
                        "crossings": [link["note"] for link in links if link["note"]],
                        "not_live": names_of("services", both),
                    }
                )
    return sorted_by(found, "council", "neighbour")


def candidates(service: str) -> list[Row]:
    inside = members(service)
    found = [
        {
            "council": named("councils")[council],
            "touched": len(inside & set(touching(council))),
            "members": names_of("councils", inside & set(touching(council))),
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
            "council": named("participants")[seat["member"]],
            "role_on_body": seat["role"],
            "through": [named("participants")[seat["partner"]]],
            "service": named("services")[edge["service"]],
            "status": edge["counts"],
            "itself": seat["member"] in members(edge["service"]),
            "citations": [seat["citations"][0], edge["citations"][0]],
        }
        | picked(edge, "role")
        for seat in seats
        for edge in participations()
        if edge["participant"] == seat["partner"]
    ]
    return sorted_by(found, "council", "through", "role_on_body", "service", "role", "citations")


def partners() -> list[Row]:
    kinds = {row["id"]: row for row in things("partners", "id")}
    found = [
        {
            "partner": named("participants")[edge["participant"]],
            "kind": kinds[edge["participant"]]["kind"],
            "number": (number := kinds[edge["participant"]]["number"]) and int(number),
            "service": named("services")[edge["service"]],
        }
        | spell(edge)
        for edge in participations()
        if edge["participant"] in kinds
    ]
    return sorted_by(found, "partner", "service", "role", "since")


def groupings() -> list[Row]:
    kinds = {row["id"]: row["kind"] for row in reversed(table("groupings"))}
    found = [
        {
            "kind": kinds[row["grouping"]],
            "grouping": named("groupings")[row["grouping"]],
            "council": named("councils")[row["council"]],
        }
        | picked(row, "part_of_area", "since", "until", "citations")
        for row in things("grouping_members", "council", "grouping", "since")
    ]
    return sorted_by(found, "kind", "grouping", "council", "since")


def priorities() -> list[Row]:
    found = [
        {
            "council": named("councils")[row["council"]],
            "rank": int(row["rank"]) if row["rank"] else None,
            "service": named("services")[row["service"]],
            "status": services()[row["service"]]["status"],
        }
        | picked(row, "as_of", "note", "citations")
        for row in things("priorities", "council", "service", "as_of")
    ]
    return sorted_by(found, "council", "as_of", "rank", "service")
