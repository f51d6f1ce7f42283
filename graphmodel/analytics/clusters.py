"""Which councils hang together: communities of the graph of ties."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True)
class Cluster:
    """Councils that share more with each other than with the rest.

    Attributes
    ----------
    members : tuple of str
        Ids of councils, sorted.
    services : tuple of str
        Ids of services.

    Examples
    --------
    >>> Cluster(("a", "b"), ("roads",)).members
    ('a', 'b')
    """

    members: tuple[str, ...]
    services: tuple[str, ...]
    """Services that tie its members to each other, those with the most weight first."""


@dataclass(frozen=True)
class Clustering:
    """A division of the councils into clusters.

    Attributes
    ----------
    clusters : tuple of Cluster
        No council is in two.
    untied : tuple of str
        Ids, sorted.
    modularity : float
        Share of the ties within clusters beyond what chance would put there, at most 1;
        0 where there are no ties.

    Examples
    --------
    >>> find_clusters(nx.empty_graph(["a"]))
    Clustering(clusters=(), untied=('a',), modularity=0.0)
    """

    clusters: tuple[Cluster, ...]
    """Largest first."""
    untied: tuple[str, ...]
    """Councils that share nothing; they belong to no cluster."""
    modularity: float


def find_clusters(tied: nx.Graph, *, resolution: float = 1.0, seed: int = 0) -> Clustering:
    """Divide councils into clusters by the Louvain method.

    Nodes and edges are sorted first, and the seed is fixed, so that the same ties
    give the same clusters whatever the order in which they were read.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.
    resolution : float
        Above 1 for smaller clusters, below 1 for larger ones.
    seed : int
        Of the random order in which councils are tried.

    Returns
    -------
    Clustering

    Notes
    -----
    Blondel et al. 2008, "Fast unfolding of communities in large networks", Journal of
    Statistical Mechanics P10008; as implemented in NetworkX. Resolution: Reichardt and
    Bornholdt 2006, "Statistical mechanics of community detection", Physical Review E
    74, 016110.

    Examples
    --------
    >>> pairs = nx.Graph([("a", "b", {"weight": 1.0}), ("c", "d", {"weight": 1.0})])
    >>> [cluster.members for cluster in find_clusters(pairs).clusters]
    [('a', 'b'), ('c', 'd')]
    """
    graph = _in_order(tied)
    untied = tuple(nx.isolates(graph))
    graph.remove_nodes_from(untied)
    if not graph:
        return Clustering((), untied, 0.0)
    communities = nx.community.louvain_communities(graph, "weight", resolution, seed=seed)
    modularity = nx.community.modularity(graph, communities, "weight", resolution)
    clusters = [
        Cluster(tuple(sorted(members)), _binding_services(graph, members))
        for members in communities
    ]
    clusters.sort(key=lambda cluster: (-len(cluster.members), cluster.members))
    return Clustering(tuple(clusters), untied, modularity)


def _in_order(tied: nx.Graph) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(sorted(tied.nodes(data=True)))
    graph.add_edges_from(sorted((*sorted((a, b)), facts) for a, b, facts in tied.edges(data=True)))
    return graph


def _binding_services(graph: nx.Graph, members: set[str]) -> tuple[str, ...]:
    """Services within a cluster, by the number of its pairs that they tie."""
    pairs: dict[str, int] = {}
    for _, _, services in graph.subgraph(members).edges(data="services"):
        for service in services or ():
            pairs[service] = pairs.get(service, 0) + 1
    return tuple(sorted(pairs, key=lambda service: (-pairs[service], service)))
