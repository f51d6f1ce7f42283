"""Which councils hang together: communities of the graph of ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from graphmodel.analytics.consensus import consensus
from graphmodel.analytics.methods import Method

RUNS = 100
"""Runs that a clustering is agreed from: on the Scottish picture, other seeds change nothing."""


@dataclass(frozen=True)
class Cluster:
    """Councils that share more with each other than with the rest.

    Attributes
    ----------
    members : tuple of str
        Ids of councils, and of partners where they count, sorted.
    services : tuple of str
        Ids of services.
    belonging : tuple of float
        For each member, 0 to 1.
    stability : float
        0 to 1.

    Examples
    --------
    >>> Cluster(("a", "b"), ("roads",), (1.0, 1.0), 1.0).members
    ('a', 'b')
    """

    members: tuple[str, ...]
    services: tuple[str, ...]
    """Services that tie its members to each other, those that do most of it first."""
    belonging: tuple[float, ...]
    """Share of the other members that a member is with, on average over the runs."""
    stability: float
    """How much the cluster has in common with the one most like it in a run, on average."""


@dataclass(frozen=True)
class Clustering:
    """A division of the councils into clusters.

    Attributes
    ----------
    clusters : tuple of Cluster
        No council is in two.
    untied : tuple of str
        Ids, sorted.
    modularity, best_run : float
        Share of the ties within clusters beyond what chance would put there, at most 1;
        0 where there are no ties. Of these clusters, and of the best single run.
    settled : bool
        Whether the runs came to agree.

    Examples
    --------
    >>> find_clusters(nx.empty_graph(["a"])).untied
    ('a',)
    """

    clusters: tuple[Cluster, ...]
    """Largest first."""
    untied: tuple[str, ...]
    """Councils that share nothing; they belong to no cluster."""
    modularity: float
    best_run: float
    settled: bool

    def places(self) -> dict[str, int]:
        """Which cluster each council is in.

        Returns
        -------
        dict of str to int
            Place in ``clusters``, from 0, by id; who is untied is not there.

        Examples
        --------
        >>> find_clusters(nx.Graph([("a", "b"), ("c", "d")])).places()
        {'a': 0, 'b': 0, 'c': 1, 'd': 1}
        """
        return {
            member: at for at, cluster in enumerate(self.clusters) for member in cluster.members
        }


def find_clusters(
    tied: nx.Graph,
    *,
    method: Method = "louvain",
    weight: str = "weight",
    resolution: float = 1.0,
    runs: int = RUNS,
    seed: int = 0,
) -> Clustering:
    """Divide councils into the clusters that many runs agree on.

    The same ties give the same clusters, whatever the order in which they were read and
    whatever the councils' ids.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.
    method : {"louvain", "leiden"}
        Of each run, as in `graphmodel.analytics.methods.communities`.
    weight : str
        Name of the edges' weight.
    resolution : float
        Above 1 for smaller clusters, below 1 for larger ones.
    runs, seed : int
        How many runs, and the seed from which theirs are drawn.

    Returns
    -------
    Clustering

    Notes
    -----
    Of the many ways to divide a graph that are nearly as good, a single run gives any.
    What most of a hundred runs keep together is steadier, and may score a little less
    than the best of them: see `graphmodel.analytics.consensus.consensus`.

    Examples
    --------
    >>> pairs = nx.Graph([("a", "b", {"weight": 1.0}), ("c", "d", {"weight": 1.0})])
    >>> [cluster.members for cluster in find_clusters(pairs).clusters]
    [('a', 'b'), ('c', 'd')]
    """
    untied = tuple(sorted(nx.isolates(tied)))
    graph = tied.subgraph(set(tied) - set(untied))
    if not graph:
        return Clustering((), untied, 0.0, 0.0, settled=True)
    found = consensus(graph, method, weight=weight, resolution=resolution, runs=runs, seed=seed)
    size = service_sizes(graph)
    clusters = tuple(
        Cluster(
            members=part.members,
            services=by_share(_services_within(graph, part.members), size),
            belonging=part.belonging,
            stability=part.stability,
        )
        for part in found.parts
    )
    return Clustering(clusters, untied, found.modularity, found.best_run, found.settled)


def _services_within(graph: nx.Graph, members: Iterable[str]) -> list[Iterable[str] | None]:
    return [services for _, _, services in graph.subgraph(members).edges(data="services")]


def service_sizes(tied: nx.Graph) -> dict[str, int]:
    """How many take part in each service that makes ties.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.

    Returns
    -------
    dict of str to int
        By the service's id.

    Examples
    --------
    >>> service_sizes(nx.Graph([("a", "b", {"services": ["roads"]})]))
    {'roads': 2}
    """
    taking_part: dict[str, set[str]] = {}
    for first, second, services in tied.edges(data="services"):
        for service in services or ():
            taking_part.setdefault(service, set()).update((first, second))
    return {service: len(members) for service, members in taking_part.items()}


def by_share(
    services_of_ties: Iterable[Iterable[str] | None], size: Mapping[str, int]
) -> tuple[str, ...]:
    """Order services by what they do for some ties.

    Parameters
    ----------
    services_of_ties : iterable of iterable of str
        Ids of the services that make each tie.
    size : mapping of str to int
        How many take part in each, as from `service_sizes`.

    Returns
    -------
    tuple of str
        Those that do most first. As for ties, each member of a service divides one
        unit among the others, so that large services do not come first everywhere.

    Examples
    --------
    >>> by_share([["roads", "records"], ["records"]], {"roads": 2, "records": 4})
    ('roads', 'records')
    """
    done: dict[str, float] = {}
    for services in services_of_ties:
        for service in services or ():
            done[service] = done.get(service, 0) + 1 / (size[service] - 1)
    return tuple(sorted(done, key=lambda service: (-round(done[service], 9), service)))
