"""Clusters of very many councils: those with the very same services are taken together."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import networkx as nx

from graphmodel.analytics.clusters import Cluster, Clustering
from graphmodel.analytics.consensus import Part, consensus
from graphmodel.analytics.methods import Method
from graphmodel.analytics.scope import Weighting

RUNS = 5
"""Runs that a clustering of very many councils is agreed from."""


def bundles(affiliated: nx.Graph) -> dict[str, tuple[str, ...]]:
    """Put together the councils that take part in the very same services.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.

    Returns
    -------
    dict of str to tuple of str
        Ids by that of the first of each bundle, sorted.

    Examples
    --------
    >>> graph = nx.Graph([("a", "roads"), ("b", "roads"), ("c", "records"), ("c", "roads")])
    >>> nx.set_node_attributes(graph, {"roads": "service", "records": "service"}, "kind")
    >>> bundles(graph)
    {'a': ('a', 'b'), 'c': ('c',)}
    """
    by_services: dict[frozenset[str], list[str]] = {}
    for node, kind in sorted(affiliated.nodes(data="kind")):
        if kind != "service":
            by_services.setdefault(frozenset(affiliated[node]), []).append(node)
    return {together[0]: tuple(together) for together in by_services.values()}


def bundled_ties(
    affiliated: nx.Graph, bundled: dict[str, tuple[str, ...]], weighting: Weighting = "divided"
) -> nx.Graph:
    """How strongly bundles are tied to each other, and each within itself.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    bundled : dict of str to tuple of str
        As from `bundles`.
    weighting : {"divided", "plain"}
        As in `graphmodel.analytics.projection.ties`.

    Returns
    -------
    networkx.Graph
        The ``weight`` between two bundles is the sum of the ties of their councils; a
        loop has those within one bundle.

    Examples
    --------
    >>> graph = nx.Graph([("a", "roads"), ("b", "roads"), ("c", "records"), ("c", "roads")])
    >>> nx.set_node_attributes(graph, {"roads": "service", "records": "service"}, "kind")
    >>> sorted(bundled_ties(graph, bundles(graph)).edges(data="weight"))
    [('a', 'a', 0.5), ('a', 'c', 1.0)]
    """
    size = {first: len(together) for first, together in bundled.items()}
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    services = sorted(node for node, kind in affiliated.nodes(data="kind") if kind == "service")
    for service in services:
        here = sorted(member for member in affiliated[service] if member in bundled)
        count = affiliated.degree(service)
        weight = 1.0 if weighting == "plain" else 1 / max(count - 1, 1)
        for first, second in combinations(here, 2):
            weights[first, second] += size[first] * size[second] * weight
        for first in here:
            if size[first] > 1:
                weights[first, first] += size[first] * (size[first] - 1) / 2 * weight
    graph = nx.Graph()
    graph.add_nodes_from(bundled)
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    return graph


def find_bundled_clusters(
    affiliated: nx.Graph,
    *,
    weighting: Weighting = "divided",
    method: Method = "louvain",
    resolution: float = 1.0,
    runs: int = RUNS,
    seed: int = 0,
) -> Clustering:
    """Divide very many councils into clusters that keep those with the same services together.

    The ties of all pairs are never made: of 30,000 communes there would be millions.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    weighting : {"divided", "plain"}
        As in `graphmodel.analytics.projection.ties`.
    method, resolution, seed
        As in `graphmodel.analytics.clusters.find_clusters`.
    runs : int
        Fewer than there: they are less sure of councils that stand between clusters.

    Returns
    -------
    Clustering
        Modularity is that of all ties; belonging and stability are shares of bundles,
        not of councils. Nothing in the data tells councils with the same
        services apart; still, at high resolutions the best clusters would part them.

    Examples
    --------
    >>> graph = nx.Graph([("a", "roads"), ("b", "roads"), ("c", "records"), ("d", "records")])
    >>> nx.set_node_attributes(graph, {"roads": "service", "records": "service"}, "kind")
    >>> [cluster.members for cluster in find_bundled_clusters(graph).clusters]
    [('a', 'b'), ('c', 'd')]
    """
    bundled = bundles(affiliated)
    tied = bundled_ties(affiliated, bundled, weighting)
    alone = list(nx.isolates(tied))
    untied = tuple(sorted(council for first in alone for council in bundled[first]))
    tied.remove_nodes_from(alone)
    if not tied:
        return Clustering((), untied, 0.0, 0.0, settled=True)
    found = consensus(tied, method, resolution=resolution, runs=runs, seed=seed)
    clusters = tuple(_unbundled(part, bundled, affiliated) for part in found.parts)
    clusters = tuple(sorted(clusters, key=lambda one: (-len(one.members), one.members)))
    return Clustering(clusters, untied, found.modularity, found.best_run, found.settled)


def _unbundled(part: Part, bundled: dict[str, tuple[str, ...]], affiliated: nx.Graph) -> Cluster:
    """A part with the councils of its bundles."""
    sure = {
        council: belonging
        for first, belonging in zip(part.members, part.belonging, strict=True)
        for council in bundled[first]
    }
    together = Counter(service for council in sure for service in affiliated[council])
    spent = {
        service: count * (count - 1) / max(affiliated.degree(service) - 1, 1)
        for service, count in together.items()
        if count > 1
    }
    services = sorted(spent, key=lambda service: (-round(spent[service], 9), service))
    members = tuple(sorted(sure))
    return Cluster(
        members, tuple(services), tuple(sure[council] for council in members), part.stability
    )
