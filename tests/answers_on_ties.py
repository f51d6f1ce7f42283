"""Answers of the catalogue on who is tied to whom, worked out from the tables alone."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx

from tests.scotland_tables import (
    LIVE,
    Row,
    councils,
    members,
    named,
    names_of,
    of_all,
    participations,
    picked,
    services,
    sorted_by,
    table,
    things,
    touching,
)


def councils_in(grouping: str) -> set[str]:
    return {row["council"] for row in table("grouping_members") if row["grouping"] == grouping}


def in_area(grouping: str, *, least: int = 1) -> list[Row]:
    focused = {row["service"] for row in table("service_areas") if row["grouping"] == grouping}
    found = []
    for identifier, service in services().items():
        inside = members(identifier) & councils_in(grouping)
        if len(inside) >= max(least, 1):
            row = {
                "service": service["name"],
                "inside": len(inside),
                "councils": names_of("councils", inside),
                "outside": len(members(identifier) - inside),
                "focused": identifier in focused,
            }
            found.append(row | picked(service, "status", "citations"))
    return sorted(found, key=lambda row: (-row["inside"], row["service"]))


def odd_ones_out(most_missing: int = 1) -> list[Row]:
    kinds = {row["id"]: row["kind"] for row in reversed(table("groupings"))}
    found = []
    for grouping, kind in kinds.items():
        all_of_it = councils_in(grouping)
        if len(all_of_it) < 3:
            continue
        for identifier, service in services().items():
            inside = members(identifier) & all_of_it
            missing = all_of_it - inside
            if len(inside) >= 2 and 1 <= len(missing) <= most_missing:
                row = {
                    "kind": kind,
                    "grouping": named("groupings")[grouping],
                    "service": service["name"],
                    "taking_part": len(inside),
                    "missing": names_of("councils", missing),
                }
                found.append(row | picked(service, "status", "citations"))
    return sorted_by(found, "kind", "grouping", "service")


def ties(
    council: str = "GB-LAS-ANS", *, statuses: tuple[str, ...] = LIVE, universal: bool = False
) -> list[Row]:
    found = []
    for one in participations():
        service = services()[one["service"]]
        if one["participant"] != council or service["status"] not in statuses:
            continue
        if one["service"] in of_all() and not universal:
            continue
        for other in participations():
            if other["service"] == one["service"] and other["participant"] != council:
                starts = [edge["since"] or service["start"] for edge in (one, other)]
                places = dict.fromkeys([*one["citations"], *other["citations"]])
                found.append(
                    {
                        "other": named("participants")[other["participant"]],
                        "service": service["name"],
                        "role": one["role"],
                        "other_role": other["role"],
                        "since": max(filter(None, starts), default=None),
                        "citations": list(places),
                    }
                    | picked(service, "status", "spectrum")
                )
    return sorted_by(found, "other", "service", "role", "other_role", "since")


def neighbours_without_ties(*, universal: bool = False) -> list[Row]:
    bodies: dict[str, set[str]] = {}
    for row in table("memberships"):
        bodies.setdefault(row["partner"], set()).add(row["member"])
    circles = [members(service) for service in services() if universal or service not in of_all()]
    found = []
    for a in councils():
        for b, links in touching(a).items():
            tied = any({a, b} <= circle for circle in [*circles, *bodies.values()])
            if named("councils")[a] < named("councils")[b] and not tied:
                common = [
                    row["id"] for row in table("groupings") if {a, b} <= councils_in(row["id"])
                ]
                found.append(
                    {
                        "council": named("councils")[a],
                        "neighbour": named("councils")[b],
                        "links": [link["kind"] for link in links],
                        "groupings": names_of("groupings", set(common)),
                    }
                )
    return sorted_by(found, "council", "neighbour")


def neighbours_of(council: str) -> list[Row]:
    found = []
    for row in things("borders", "council", "neighbour", "kind"):
        ends = (row["council"], row["neighbour"])
        if council in ends:
            both = set(ends)
            found.append(
                {
                    "neighbour": named("councils")[ends[1 - ends.index(council)]],
                    "km": None,
                    "shared": sum(both <= members(service) for service in services()),
                }
                | picked(row, "kind", "note", "citations")
            )
    return sorted_by(found, "neighbour", "kind", "note")


def chains(first: str, last: str, *, live: bool = False, universal: bool = False) -> list[Row]:
    """Every step of the shortest chains, by another algorithm: NetworkX looks for them."""
    shared: nx.Graph[str] = nx.Graph()
    for edge in participations():
        service = edge["service"]
        counts = not live or services()[service]["status"] in LIVE
        if counts and (universal or service not in of_all()):
            shared.add_edge(edge["participant"], "service " + service)
    steps: dict[tuple[int, str, str], set[str]] = {}
    if {first, last} <= set(shared) and nx.has_path(shared, first, last):
        for path in nx.all_shortest_paths(shared, first, last):
            ways = zip(pairwise(path[::2]), path[1::2], strict=True)
            for step, ((nearer, farther), way) in enumerate(ways, 1):
                steps.setdefault((step, nearer, farther), set()).add(way.partition(" ")[2])
    found = [
        {
            "step": step,
            "nearer": named("participants")[nearer],
            "services": names_of("services", ways),
            "farther": named("participants")[farther],
        }
        for (step, nearer, farther), ways in steps.items()
    ]
    return sorted_by(found, "step", "nearer", "farther")
