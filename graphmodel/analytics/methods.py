"""One run of a method that divides a graph into communities."""

from __future__ import annotations

import random
from typing import Literal

import networkx as nx

from graphmodel.errors import GraphmodelError

Method = Literal["louvain", "leiden"]


def communities(
    graph: nx.Graph, method: Method = "louvain", *, resolution: float = 1.0, seed: int = 0
) -> list[set[int]]:
    """Divide a graph into communities by one run from one seed.

    Parameters
    ----------
    graph : networkx.Graph
        Its nodes are numbered 0, 1, 2 ...; edges have ``weight``.
    method : {"louvain", "leiden"}
        NetworkX's Louvain, or igraph's Leiden where igraph is installed.
    resolution : float
        Above 1 for smaller communities, below 1 for larger ones.
    seed : int
        Of the random order in which nodes are tried.

    Returns
    -------
    list of set of int
        Every node is in one.

    Raises
    ------
    GraphmodelError
        If igraph is asked for and not there.

    Notes
    -----
    Louvain: Blondel et al. 2008, "Fast unfolding of communities in large networks",
    Journal of Statistical Mechanics P10008. Leiden: Traag, Waltman and van Eck 2019,
    "From Louvain to Leiden: guaranteeing well-connected communities", Scientific
    Reports 9, 5233. Both look for high modularity, with the resolution of Reichardt and
    Bornholdt 2006, "Statistical mechanics of community detection", Physical Review E
    74, 016110.

    Examples
    --------
    >>> pairs = nx.Graph([(0, 1, {"weight": 1.0}), (2, 3, {"weight": 1.0})])
    >>> sorted(map(sorted, communities(pairs)))
    [[0, 1], [2, 3]]
    """
    if method == "leiden":
        return _leiden(graph, resolution, seed)
    found: list[set[int]] = nx.community.louvain_communities(graph, "weight", resolution, seed=seed)
    return found


def has_leiden() -> bool:
    """Tell whether Leiden can be used here.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_leiden() in (True, False)
    True
    """
    try:
        import igraph  # noqa: F401
    except ImportError:
        return False
    return True


def _leiden(graph: nx.Graph, resolution: float, seed: int) -> list[set[int]]:
    if not has_leiden():
        raise GraphmodelError(
            "Leiden needs igraph, which is not installed: pip install 'graphmodel[leiden]', "
            "or use --method louvain."
        )
    import igraph

    edges = graph.edges(data="weight")
    drawn = igraph.Graph(n=len(graph), edges=[(a, b) for a, b, _ in edges])
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - not for secrets
    try:
        found = drawn.community_leiden(
            "modularity",
            weights=[weight for _, _, weight in edges],
            resolution=resolution,
            n_iterations=-1,
        )
    finally:
        igraph.set_random_number_generator(random)
    return [set(members) for members in found]
