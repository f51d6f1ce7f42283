"""Which councils hang together, as a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import networkx as nx

from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.geography import CONTIGUOUS, contiguity, grouping_members
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.portraits import pieces
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.writing import write_clusters
from graphmodel.reports.choices import Choices, is_large
from graphmodel.reports.cluster_details import cluster_details
from graphmodel.reports.cluster_names import cluster_names
from graphmodel.reports.members import divided, shown_members, told_members
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.table import Report, Table
from graphmodel.reports.written import written_note
from graphmodel.store import Store

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN_SERVICES = 3
"""Services that a row names."""


def clusters_report(
    store: Store,
    scope: Scope | None = None,
    choices: Choices | None = None,
    *,
    ferries: bool = False,
    details: bool = False,
    write: bool = False,
) -> Report:
    """Show which councils hang together, and what binds them.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    choices : Choices, optional
        How clusters are looked for.
    ferries : bool
        Whether councils that only a ferry links lie in one piece.
    details : bool
        Whether to add what links the clusters, how surely each council belongs to its
        own, and what the other method finds.
    write : bool
        Whether to write the clusters into the graph too.

    Returns
    -------
    Report

    Examples
    --------
    >>> clusters_report(store).title
    'Clusters of councils by shared services'
    """
    choices = choices or Choices()
    seen = picture(store, scope)
    found = choices.find(seen)
    kinds = (*CONTIGUOUS, "ferry") if ferries else CONTIGUOUS
    names = cluster_names(seen, found, grouping_members(store, seen.scope.as_of).values())
    tables = [_clusters(seen, found, names, contiguity(store, kinds))]
    notes = [*picture_notes(seen), *_notes(seen, found, choices, ferries)]
    if found.untied:
        alone = told_members(seen, found.untied)
        notes.append(f"Without a tie of their own, and so in no cluster: {alone}.")
    if details and is_large(seen):
        notes.append("No details are shown of so many: the ties of all pairs are not made.")
    elif details:
        tables[0].heading = "Clusters"
        tables += cluster_details(seen, found, names, choices)
    if write:
        settings = {
            "method": choices.method,
            "resolution": choices.resolution,
            "runs": choices.runs_for(seen),
            "seed": choices.seed,
            "modularity": round(found.modularity, 6),
        }
        notes.append(written_note(write_clusters(store, seen, found, settings), "clusters"))
    who = "councils and partners" if seen.scope.partners else "councils"
    title = f"Clusters of {who} by shared services"
    return Report(title, tables, notes, figures=_figures(seen, found, names, title))


def _clusters(seen: Picture, found: Clustering, names: list[str], touching: nx.Graph) -> Table:
    rows = []
    for number, (cluster, name) in enumerate(zip(found.clusters, names, strict=True), 1):
        councils, partners = divided(seen, cluster.members)
        ground = pieces(councils, touching)
        apart = [council for piece in ground[1:] for council in piece]
        rows.append(
            [
                number,
                name,
                len(councils),
                *([len(partners)] if seen.scope.partners else []),
                shown_members(seen, cluster.members),
                round(cluster.stability, 2),
                len(ground),
                seen.names(apart),
                [seen.name(service) for service in cluster.services[:SHOWN_SERVICES]],
            ]
        )
    counted = "councils partners" if seen.scope.partners else "councils"
    columns = f"cluster name {counted} members stability pieces apart bound_most_by"
    return Table(columns.split(), rows)


def _notes(seen: Picture, found: Clustering, choices: Choices, ferries: bool) -> list[str]:
    if not found.clusters:
        return []
    ways = "land, bridge or ferry" if ferries else "land or bridge"
    notes = [
        f"Agreed from {choices.runs_for(seen)} runs of {choices.method} at resolution "
        f"{choices.resolution:g}. Modularity {found.modularity:.4f}; of the best single run "
        f"{found.best_run:.4f}.",
        "stability: what a cluster has in common with the most similar one of a run, on average "
        f"(1: the same in all). pieces: on the ground, by {ways}; apart: members that are "
        "not in the largest piece.",
    ]
    if is_large(seen):
        notes.append("Councils with the very same services were taken together.")
    if not found.settled:
        notes.append("The runs did not come to agree: what most of them keep together is shown.")
    return notes


def _figures(
    seen: Picture, found: Clustering, names: list[str], title: str
) -> dict[str, Callable[[], Figure]]:
    groups = [(name, cluster.members) for name, cluster in zip(names, found.clusters, strict=True)]

    def network() -> Figure:
        from graphmodel.plots.network import draw_network

        return draw_network(seen.tied, groups, title=title)

    def tiles() -> Figure:
        from graphmodel.plots.tile_map import draw_tile_map

        return draw_tile_map(seen.tied, groups, title=title)

    return {"network": network, "tiles": tiles}
