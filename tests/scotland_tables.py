"""What the tables of the Scottish picture say, read without the program's own merging."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from typing import Any

from docs.generate import DOCS
from loaders.datasets import locate

Row = dict[str, Any]
PROSE = ("note", "reason", "delivery_note")
LIVE = ("live", "pilot")


@cache
def table(name: str) -> list[Row]:
    folder = DOCS if name == "sections" else locate("scotland")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
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


@cache
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
def named(kind: str) -> dict[str, str]:
    """Names by id, which are unique within a kind only."""
    tables = ("partners", "councils") if kind == "participants" else (kind,)
    return {row["id"]: row["name"] for name in tables for row in reversed(table(name))}


@cache
def councils() -> list[str]:
    return [row["id"] for row in table("councils")]


@cache
def members(service: str) -> set[str]:
    """Councils that take part, or have taken part."""
    found = {edge["participant"] for edge in participations() if edge["service"] == service}
    return found & set(councils())


@cache
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


def names_of(kind: str, ids: Iterable[str]) -> list[str]:
    return sorted(named(kind)[identifier] for identifier in ids)


def picked(row: Row, *columns: str) -> Row:
    return {column: row.get(column) for column in columns}


def spell(edge: Row) -> Row:
    """What is shown of somebody's taking part."""
    return picked(edge, "role", "since", "until", "citations") | {"status": edge["counts"]}


def in_order_of_the_report(kind: str, kinds: str, edges: str) -> list[Row]:
    """Services by what the 2020 report sorts them into, in its order."""
    position = {row["id"]: int(row["position"]) for row in table(kinds)}
    rows = sorted(
        things(edges, "service", kind),
        key=lambda row: (position[row[kind]], named("services")[row["service"]]),
    )
    return [
        {
            kind: named(kinds)[row[kind]],
            "service": named("services")[row["service"]],
            "status": services()[row["service"]]["status"],
            "councils": len(members(row["service"])),
        }
        | picked(row, "basis", "reason", "citations")
        for row in rows
    ]
