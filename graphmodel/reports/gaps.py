"""Where councils could share and do not, as a report."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from graphmodel.analytics.coverage import category_names, unshared
from graphmodel.analytics.gaps import Gap, areas_elsewhere, most_isolated, neighbour_gaps
from graphmodel.analytics.geography import CONTIGUOUS, contiguity
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.pieces import scattered_services
from graphmodel.analytics.scope import Scope
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

MOST_AREAS = 3
"""Service areas that a row names as those to talk about."""
_KNOWN = """
MATCH (k:Category)
OPTIONAL MATCH (s:Service)-[:IN_CATEGORY]->(k)
RETURN k.id AS id, s.name AS service, s.status AS status
"""


def gaps_report(
    store: Store,
    scope: Scope | None = None,
    *,
    ferries: bool = False,
) -> Report:
    """Show neighbours that share little, councils alone, areas in pieces, unshared areas.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    ferries : bool
        Whether councils with a ferry between them touch.

    Returns
    -------
    Report

    Examples
    --------
    >>> [table.heading for table in gaps_report(store).tables][:2]
    ['Neighbours that share less than expected', 'Most isolated councils']
    """
    seen = picture(store, scope)
    kinds = (*CONTIGUOUS, "ferry") if ferries else CONTIGUOUS
    touching = contiguity(store, kinds)
    names = category_names(store)
    gaps = neighbour_gaps(seen.specific, touching, seen.scope.weighting)
    links = " or ".join(kinds)
    notes = [
        *picture_notes(seen),
        f"Neighbours: {gaps.pairs} pairs that touch by {links}. expected: what the pair would "
        "share if only the ties that each has in all, and touching, mattered; surprise: how many "
        f"standard deviations the tie lies below it (ties cluster: their variance is "
        f"{gaps.dispersion:.3g} times what is expected).",
        f"to_talk_about: areas in which both share with others, but not with each other; "
        f"{MOST_AREAS} at most.",
        *_islands(seen, touching, links),
        "Gaps are of what is known here: neighbours may share what no source says.",
    ]
    tables = [
        Table(
            [
                "rank",
                "council",
                "neighbour",
                "by",
                "shared",
                "tie",
                "expected",
                "surprise",
                "to_talk_about",
            ],
            [_gap_row(gap, seen, touching, names) for gap in gaps.ranked],
            "Neighbours that share less than expected",
        ),
        _isolated(seen, touching),
        _scattered(seen, touching),
        _unshared(store, seen, names),
    ]
    return Report("Gaps", tables, notes)


def _gap_row(gap: Gap, seen: Picture, touching: nx.Graph, names: Mapping[str, str]) -> list[object]:
    links = touching[gap.first][gap.second]["links"]
    areas = areas_elsewhere(seen.affiliated, gap.first, gap.second)[:MOST_AREAS]
    return [
        gap.rank,
        seen.name(gap.first),
        seen.name(gap.second),
        sorted({link["kind"] for link in links}),
        len(gap.services),
        round(gap.tie, 3),
        round(gap.expected, 3),
        round(gap.surprise, 3),
        [names[area] for area in areas],
    ]


def _isolated(seen: Picture, touching: nx.Graph) -> Table:
    found = most_isolated(seen.specific, touching, seen.scope.weighting)
    rows = [
        [
            rank,
            seen.name(one.council),
            one.strength,
            one.works_with,
            len(one.neighbours),
            seen.names(one.shares_nothing_with),
        ]
        for rank, one in enumerate(found, 1)
    ]
    columns = ["rank", "council", "strength", "works_with", "neighbours", "shares_nothing_with"]
    return Table(columns, rows, "Most isolated councils")


def _scattered(seen: Picture, touching: nx.Graph) -> Table:
    rows = [
        [
            seen.name(one.service),
            len(one.pieces),
            [" + ".join(seen.names(piece)) for piece in one.pieces],
            seen.names(one.would_join),
        ]
        for one in scattered_services(seen.each, touching)
    ]
    columns = ["service", "pieces", "areas", "would_join_them"]
    return Table(columns, rows, "Services whose area is in pieces")


def _unshared(store: Store, seen: Picture, names: Mapping[str, str]) -> Table:
    known: dict[str, list[str]] = {}
    for row in store.read(_KNOWN):
        if row["service"] is not None:
            known.setdefault(row["id"], []).append(f"{row['service']} ({row['status']})")
    rows = [[names[area], sorted(known.get(area, ()))] for area in unshared(seen.affiliated, names)]
    return Table(["service_area", "all_that_is_known_in_it"], rows, "Areas that nobody shares")


def _islands(seen: Picture, touching: nx.Graph, links: str) -> list[str]:
    alone = seen.names(council for council in nx.isolates(touching) if council in seen.affiliated)
    return [f"Touch nobody by {links}: {', '.join(alone)}."] if alone else []
