"""What changed between two days, as a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graphmodel.analytics.changes import Changes, changes_between, services
from graphmodel.analytics.geography import grouping_members
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.projection import affiliations
from graphmodel.analytics.scope import Scope, held_on
from graphmodel.reports.choices import Choices
from graphmodel.reports.citations import Places
from graphmodel.reports.cluster_moves import moves_table
from graphmodel.reports.cluster_names import cluster_names
from graphmodel.reports.members import member_word, shown_name
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.sheets import titles
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

MOST_NAMED = 12
"""Members that a service's row names; more are counted."""

_FACTS = """
UNWIND $ids AS id MATCH (s:Service {id: id})
RETURN s.id AS id, s.start AS start, s.end AS end, properties(s) AS said
"""
_SPELLS = """
UNWIND $pairs AS pair
MATCH (m:{label} {{id: pair[0]}})-[r:PARTICIPATES_IN]->(s:Service {{id: pair[1]}})
WHERE {held}
RETURN m.id AS member, s.id AS service, r.role AS role, coalesce(r.since, s.start) AS since,
       coalesce(r.until, s.end) AS until, properties(r) AS said
"""
_ENDED_UNDATED = """
MATCH (s:Service {status: 'ended'}) WHERE s.valid_to IS NULL RETURN count(s) AS number
"""


def changes_report(
    store: Store,
    first: date,
    last: date,
    scope: Scope | None = None,
    *,
    at: Iterable[date] = (),
    choices: Choices | None = None,
) -> Report:
    """Show what changed between two days.

    Parameters
    ----------
    store : Store
        An open store.
    first, last : date
        The two days, the earlier one first.
    scope : Scope, optional
        Which part of the picture counts.
    at : iterable of date
        Further days to give the totals of.
    choices : Choices, optional
        How clusters are looked for.

    Returns
    -------
    Report

    Raises
    ------
    ValueError
        If the second day lies before the first.

    Examples
    --------
    >>> report = changes_report(store, date(2009, 1, 1), date(2020, 3, 31))
    >>> [table.heading for table in report.tables][:2]
    ['Totals', 'Services that began']
    """
    choices = choices or Choices()
    found = changes_between(store, first, last, scope, find=choices.find)
    seen = {first: found.then, last: found.now}
    for day in at:
        seen.setdefault(day, picture(store, replace(found.then.scope, as_of=day)))
    totals = [_totals(seen[day], choices) for day in sorted(seen)]
    tables = [
        Table(list(totals[0]), [list(row.values()) for row in totals], "Totals"),
        *_service_tables(store, found),
        *_membership_tables(store, found),
        *([] if first == last else _moves(store, found)),
    ]
    notes = [*_notes(store, found), *_of_each_day(found)]
    if first == last:
        notes.insert(0, f"Both days are {first}: nothing can have changed between them.")
    title = f"Changes from {first} to {last}"
    return Report(title, [table for table in tables if table.rows], notes, titles(store))


def _moves(store: Store, found: Changes) -> list[Table]:
    """How clusters, called as on their day, and ranks moved."""
    names = [
        cluster_names(seen, clusters, grouping_members(store, seen.scope.as_of).values())
        for seen, clusters in (
            (found.then, found.clusters_then),
            (found.now, found.clusters_now),
        )
    ]
    return [moves_table(found, *names), _ranks_table(found)]


def _totals(seen: Picture, choices: Choices) -> dict[str, Any]:
    there = services(seen.affiliated)
    edges = list(seen.affiliated.edges(data="dated"))
    clusters = choices.find(seen)
    nodes = seen.affiliated.nodes
    return {
        "day": seen.scope.day,
        "services": len(there),
        "of_unknown_start": sum(nodes[service]["valid_from"] is None for service in there),
        "memberships": len(edges),
        "without_a_start": sum(not dated for *_, dated in edges),
        "pairs_tied": seen.tied.number_of_edges(),
        "clusters": len(clusters.clusters),
        f"{member_word(seen)}_untied": len(clusters.untied),
    }


def _service_tables(store: Store, found: Changes) -> list[Table]:
    kinds = (
        ("Services that began", found.began, found.now.affiliated, "start"),
        ("Services that ended", found.ended, found.then.affiliated, "end"),
        ("Services that began and ended between the days", found.passing, found.between, "start"),
    )
    tables = []
    for heading, ids, graph, order in kinds:
        facts = {row["id"]: row for row in store.read(_FACTS, {"ids": list(ids)})}
        rows = [
            [
                facts[service]["start"],
                facts[service]["end"],
                graph.nodes[service]["name"],
                _named(graph, graph[service]),
                Places.of(facts[service]["said"]),
            ]
            for service in sorted(
                ids, key=lambda one: (facts[one][order] or "", graph.nodes[one]["name"])
            )
        ]
        columns = ["start", "end", "service", "members", "source"]
        tables.append(_without_empty(Table(columns, rows, heading)))
    return tables


def _membership_tables(store: Store, found: Changes) -> list[Table]:
    stayed = services(found.then.affiliated) | services(found.now.affiliated)
    stayed -= {*found.began, *found.ended}
    day_then, day_now = found.then.scope.day, found.now.scope.day
    kinds = (
        ("Who joined", found.joined, found.now.affiliated, (day_now, day_now)),
        ("Who left", found.left, found.then.affiliated, (day_then, day_then)),
        ("Who joined and left between the days", found.passed, found.between, (day_then, day_now)),
    )
    tables = []
    for heading, pairs, graph, span in kinds:
        wanted = [pair for pair in pairs if pair[1] in stayed]
        spells = _spells(store, graph, wanted, span)
        rows = [
            [
                graph.nodes[member]["name"],
                graph.nodes[service]["name"],
                sorted({spell["role"] for spell in spells[member, service]}),
                min((s["since"] for s in spells[member, service] if s["since"]), default=None),
                max((s["until"] for s in spells[member, service] if s["until"]), default=None),
                Places(
                    tuple(p for s in spells[member, service] for p in Places.of(s["said"]).places)
                ),
            ]
            for member, service in sorted(
                wanted, key=lambda pair: [graph.nodes[one]["name"] for one in pair]
            )
        ]
        columns = ["who", "service", "role", "since", "until", "source"]
        tables.append(_without_empty(Table(columns, rows, heading)))
    return tables


def _spells(
    store: Store, graph: Any, pairs: Sequence[tuple[str, str]], span: tuple[date, date]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """What is said of memberships that held on any day of a span."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {pair: [] for pair in pairs}
    for label in ("Council", "Partner"):
        of_label = [pair for pair in pairs if graph.nodes[pair[0]]["kind"] == label.lower()]
        if of_label:
            statement = _SPELLS.format(label=label, held=held_on("r", "s", until="$until"))
            first, last = span
            parameters = {"pairs": of_label, "day": first, "until": last}
            for row in store.read(statement, parameters):
                found[row["member"], row["service"]].append(row)
    return found


def _named(graph: Any, members: Iterable[str]) -> list[str]:
    names = sorted(graph.nodes[member]["name"] for member in members)
    return names if len(names) <= MOST_NAMED else [f"{len(names)} members"]


def _without_empty(table: Table) -> Table:
    """The table without columns that say nothing in any row."""
    kept = [at for at, _ in enumerate(table.columns) if any(row[at] for row in table.rows)]
    rows = [[row[at] for at in kept] for row in table.rows]
    return Table([table.columns[at] for at in kept], rows, table.heading)


def _ranks_table(found: Changes) -> Table:
    """Those who moved most come first."""
    moved = sorted(found.ranks, key=lambda move: -abs(move.places or 0))
    rows = [
        [
            shown_name(found.now if move.now else found.then, move.council),
            move.then,
            move.now,
            move.places,
            round(move.strength_then, 3),
            round(move.strength_now, 3),
        ]
        for move in moved
    ]
    columns = ["rank_then", "rank_now", "places_up", "strength_then", "strength_now"]
    columns = [member_word(found.now, ""), *columns]
    return Table(columns, rows, "How ranks moved")


def _notes(store: Store, found: Changes) -> list[str]:
    notes = [
        "What holds on a day is of its picture: 'until 2015-03-31' holds on that day and not on "
        "the next. What the sources say has ended since counts as live on the days before.",
        "A membership without a start or end of its own has that of its service. Members of "
        "services that began or ended are in those rows alone.",
        _unknown(store, found),
    ]
    ended = next(iter(store.read(_ENDED_UNDATED)))["number"]
    if ended:
        notes.append(
            f"Of {ended} services it is said that they have ended, not when: they are in no "
            "picture."
        )
    if found.by_members:
        nodes = {**dict(found.then.affiliated.nodes), **dict(found.now.affiliated.nodes)}
        names = ", ".join(sorted(nodes[service]["name"] for service in found.by_members))
        notes.append(
            "In one of the pictures only by the dates of their members, and so neither begun nor "
            f"ended: {names}."
        )
    notes.append(
        "Clusters are paired by the share of their members that they have in common; below 0.3 "
        "they are not taken for the same. Ranks: by strength; equals share one."
    )
    return notes


def _unknown(store: Store, found: Changes) -> str:
    """What became of things without a start."""
    graphs = []
    for seen in (found.then, found.now):
        scope = replace(seen.scope, undated=True)
        graphs.append(seen.affiliated if seen.scope.undated else affiliations(store, scope))
    undated = set()
    unknown = set()
    for graph in graphs:
        undated |= {
            (service, member)
            for service in services(graph)
            for member in graph[service]
            if not graph.edges[service, member]["dated"]
        }
        unknown |= {one for one in services(graph) if graph.nodes[one]["valid_from"] is None}
    what = f"No start is known of {len(unknown)} services and {len(undated)} memberships"
    if not found.then.scope.undated:
        return f"{what}: such memberships are left out of both pictures (--dated)."
    return f"{what}: they count from the first day, and so not as begun or joined."


def _of_each_day(found: Changes) -> list[str]:
    """What there is to say of either picture, once where it is the same."""
    said: dict[str, list[str]] = {}
    for seen in (found.then, found.now):
        for note in picture_notes(seen):
            said.setdefault(note, []).append(str(seen.scope.day))
    return [f"{' and '.join(dict.fromkeys(days))}: {note}" for note, days in said.items()]
