"""Which councils hang together, as a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphmodel.analytics.clusters import Clustering, find_clusters
from graphmodel.analytics.projection import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.writing import write_clusters
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.table import Report, Table
from graphmodel.reports.written import written_note
from graphmodel.store import Store

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN_SERVICES = 5
"""Binding services that a cluster's row names."""


def clusters_report(
    store: Store,
    scope: Scope | None = None,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    write: bool = False,
) -> Report:
    """Show which councils hang together, and what binds them.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    resolution, seed
        As in `graphmodel.analytics.clusters.find_clusters`.
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
    seen = picture(store, scope)
    found = find_clusters(seen.tied, resolution=resolution, seed=seed)
    rows = [
        [
            number,
            len(cluster.members),
            seen.names(cluster.members),
            [seen.name(service) for service in cluster.services[:SHOWN_SERVICES]],
        ]
        for number, cluster in enumerate(found.clusters, 1)
    ]
    notes = [*picture_notes(seen), f"Modularity {found.modularity:.3f}."]
    if found.untied:
        alone = ", ".join(seen.names(found.untied))
        notes.append(f"Without a tie of their own, and so in no cluster: {alone}.")
    if write:
        settings = {
            "resolution": resolution,
            "seed": seed,
            "modularity": round(found.modularity, 6),
        }
        notes.append(written_note(write_clusters(store, seen, found, settings), "clusters"))
    table = Table(["cluster", "councils", "members", "bound_most_by"], rows)
    title = "Clusters of councils by shared services"
    return Report(title, [table], notes, figures=_figures(seen, found, title))


def _figures(seen: Picture, found: Clustering, title: str) -> dict[str, Callable[[], Figure]]:
    groups = [(", ".join(seen.names(one.members)), one.members) for one in found.clusters]

    def network() -> Figure:
        from graphmodel.plots.network import draw_network

        return draw_network(seen.tied, groups, title=title)

    def tiles() -> Figure:
        from graphmodel.plots.tile_map import draw_tile_map

        return draw_tile_map(seen.tied, groups, title=title)

    return {"network": network, "tiles": tiles}
