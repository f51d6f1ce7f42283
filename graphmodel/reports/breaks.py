"""What the picture and its clusters would break without, as a report."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from graphmodel.analytics.breaks import Break, find_breaks, sole_neighbours, sole_ties
from graphmodel.analytics.geography import contiguity, grouping_members
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.reports.choices import Choices
from graphmodel.reports.cluster_names import cluster_names
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.reasons import cut_off_names
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

MOST_PAIRS = 4
"""Pairs of councils that a row names."""


def breaks_report(store: Store, scope: Scope | None = None) -> Report:
    """Show which councils, partners or services, if they went, would split what.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.

    Returns
    -------
    Report

    Examples
    --------
    >>> [table.heading for table in breaks_report(store).tables]
    ['What would split the picture', 'What would split a cluster', 'What pairs share alone']
    """
    seen = picture(store, scope)
    columns = ["without", "what_it_is", "councils_cut_off", "pieces_cut_off", "councils_left"]
    found = Choices().find(seen)
    names = cluster_names(seen, found, grouping_members(store, seen.scope.as_of).values())
    clusters = [
        [name, *row]
        for name, cluster in zip(names, found.clusters, strict=True)
        for row in _rows(seen, find_breaks(seen.specific, _councils(seen, cluster.members)))
    ]
    tables = [
        Table(columns, _rows(seen, find_breaks(seen.specific)), "What would split the picture"),
        Table(["cluster", *columns], clusters, "What would split a cluster"),
        _sole(seen, contiguity(store)),
    ]
    notes = [
        *picture_notes(seen),
        "pieces_cut_off: councils that would have no chain of shared services to the others, "
        "joined by + where they would still have one to each other. In a cluster only what its "
        "councils share with each other counts.",
        "pairs: of councils that share this one service and no other; neighbours: those of them "
        "that touch by land or bridge.",
    ]
    if not tables[0].rows and not tables[1].rows:
        notes.append(
            "Nothing alone would split anything. --most-members 3 asks what holds by small "
            "services alone."
        )
    return Report("What would break", tables, notes)


def _rows(seen: Picture, found: Iterable[Break]) -> list[list[object]]:
    return [
        [seen.name(one.id), one.kind, one.councils, cut_off_names(one, seen), one.left]
        for one in found
    ]


def _councils(seen: Picture, members: Iterable[str]) -> list[str]:
    return [member for member in members if seen.affiliated.nodes[member]["kind"] == "council"]


def _sole(seen: Picture, touching: nx.Graph) -> Table:
    neighbours = sole_neighbours(seen.specific, touching)
    rows = [
        [
            seen.name(one.service),
            one.pairs,
            neighbours[one.service],
            [" + ".join(seen.names(pair)) for pair in one.first]
            + ([f"and {one.pairs - MOST_PAIRS} more"] if one.pairs > MOST_PAIRS else []),
        ]
        for one in sole_ties(seen.specific, MOST_PAIRS)
    ]
    return Table(["service", "pairs", "neighbours", "which"], rows, "What pairs share alone")
