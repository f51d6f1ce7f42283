"""A graph model of how councils work together.

Everything that the command line does can be done from Python; what is listed here
is imported when it is first used.

Examples
--------
>>> import graphmodel
>>> graph = graphmodel.ties(graphmodel.affiliations(store))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphmodel.analytics.agreement import agreement
    from graphmodel.analytics.breaks import find_breaks
    from graphmodel.analytics.bundles import find_bundled_clusters
    from graphmodel.analytics.candidates import find_candidates, service_candidates
    from graphmodel.analytics.centrality import rank_by_centrality, rank_services
    from graphmodel.analytics.changes import changes_between, find_changes
    from graphmodel.analytics.clusters import find_clusters
    from graphmodel.analytics.coverage import cover
    from graphmodel.analytics.expansions import best_sets, openings
    from graphmodel.analytics.gaps import neighbour_gaps
    from graphmodel.analytics.geography import contiguity, grouping_members
    from graphmodel.analytics.inquiry import read_inquiry
    from graphmodel.analytics.links import only_links
    from graphmodel.analytics.picture import picture
    from graphmodel.analytics.pieces import scattered_services
    from graphmodel.analytics.projection import (
        affiliations,
        ties,
        without_parts,
        without_universal,
    )
    from graphmodel.analytics.scope import Scope
    from graphmodel.analytics.twins import find_twins
    from graphmodel.exports import export
    from graphmodel.store import open_store
    from loaders.pipeline import load, restore

__version__ = "0.1.0"

_HOMES = {
    "affiliations": "graphmodel.analytics.projection",
    "changes_between": "graphmodel.analytics.changes",
    "contiguity": "graphmodel.analytics.geography",
    "agreement": "graphmodel.analytics.agreement",
    "find_bundled_clusters": "graphmodel.analytics.bundles",
    "export": "graphmodel.exports",
    "best_sets": "graphmodel.analytics.expansions",
    "openings": "graphmodel.analytics.expansions",
    "read_inquiry": "graphmodel.analytics.inquiry",
    "find_candidates": "graphmodel.analytics.candidates",
    "find_changes": "graphmodel.analytics.changes",
    "find_clusters": "graphmodel.analytics.clusters",
    "grouping_members": "graphmodel.analytics.geography",
    "Scope": "graphmodel.analytics.scope",
    "load": "loaders.pipeline",
    "open_store": "graphmodel.store",
    "restore": "loaders.pipeline",
    "service_candidates": "graphmodel.analytics.candidates",
    "picture": "graphmodel.analytics.picture",
    "rank_by_centrality": "graphmodel.analytics.centrality",
    "cover": "graphmodel.analytics.coverage",
    "find_breaks": "graphmodel.analytics.breaks",
    "find_twins": "graphmodel.analytics.twins",
    "neighbour_gaps": "graphmodel.analytics.gaps",
    "only_links": "graphmodel.analytics.links",
    "rank_services": "graphmodel.analytics.centrality",
    "scattered_services": "graphmodel.analytics.pieces",
    "ties": "graphmodel.analytics.projection",
    "without_parts": "graphmodel.analytics.projection",
    "without_universal": "graphmodel.analytics.projection",
}

__all__ = [
    "Scope",
    "__version__",
    "affiliations",
    "agreement",
    "best_sets",
    "changes_between",
    "contiguity",
    "cover",
    "export",
    "find_breaks",
    "find_bundled_clusters",
    "find_candidates",
    "find_changes",
    "find_clusters",
    "find_twins",
    "grouping_members",
    "load",
    "neighbour_gaps",
    "only_links",
    "open_store",
    "openings",
    "picture",
    "rank_by_centrality",
    "rank_services",
    "read_inquiry",
    "restore",
    "scattered_services",
    "service_candidates",
    "ties",
    "without_parts",
    "without_universal",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
