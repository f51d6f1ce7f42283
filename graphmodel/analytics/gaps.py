"""Neighbours that share less than one would expect, and councils that share the least."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from graphmodel.analytics.projection import strengths


@dataclass(frozen=True)
class Gap:
    """Two councils that touch and share less than neighbours like them do.

    Attributes
    ----------
    first, second : str
        Ids, the smaller first.
    tie : float
        Weight of their tie; 0 where they share nothing.
    expected : float
        What neighbours of their size share; above the tie.
    surprise : float
        How many standard deviations the tie lies below it; above 0.
    services : tuple of str
        Ids of what they share nevertheless, sorted.

    Examples
    --------
    >>> Gap("a", "b", 0.0, 2.0, 1.4, ()).expected
    2.0
    """

    first: str
    second: str
    tie: float
    expected: float
    surprise: float
    services: tuple[str, ...]


@dataclass(frozen=True)
class Gaps:
    """All gaps of a picture, and what they were measured by.

    Attributes
    ----------
    ranked : tuple of Gap
        The most surprising first.
    pairs : int
        Number of pairs of neighbours.
    dispersion : float
        Variance of ties over what is expected, in units of the expectation: 1 if ties
        fell like rain, more if they cluster.

    Examples
    --------
    >>> neighbour_gaps(nx.Graph(), nx.Graph())
    Gaps(ranked=(), pairs=0, dispersion=0.0)
    """

    ranked: tuple[Gap, ...]
    pairs: int
    dispersion: float


def neighbour_gaps(
    tied: nx.Graph, touching: nx.Graph, sizes: Mapping[str, float] | None = None
) -> Gaps:
    """Rank neighbours that share less than expected by how surprising that is.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`; only councils that are in
        both graphs count.
    sizes : mapping of str to float, optional
        Size of each council; its strength, the sum of all its ties, by default.

    Returns
    -------
    Gaps

    Notes
    -----
    The null model is that of Expert, Evans, Blondel and Lambiotte 2011, "Uncovering
    space-independent communities in spatial networks", PNAS 108(19), equations 3 and 4,
    with two distances, touching and not: neighbours i and j of sizes N are expected to
    share f N_i N_j, where f is such that all neighbours together share what they do.
    It is the configuration model, held to pairs that touch. Surprise is the Pearson
    residual of a quasi-Poisson model (McCullagh and Nelder 1989, *Generalized Linear
    Models*, sections 6.2 and 9.2): ties come in bundles, so that their variance is the
    expectation times a dispersion, which is estimated from all pairs.

    Examples
    --------
    Four councils in a row share one service with each neighbour but for the last pair,
    of which one has a tie elsewhere:

    >>> tied = nx.Graph()
    >>> tied.add_weighted_edges_from([("a", "b", 1.0), ("b", "c", 1.0), ("d", "z", 1.0)])
    >>> found = neighbour_gaps(tied, nx.path_graph("abcd"))
    >>> [(gap.first, gap.second, gap.expected) for gap in found.ranked]
    [('c', 'd', 0.4)]
    """
    sizes = strengths(tied) if sizes is None else sizes
    pairs = sorted(
        (min(pair), max(pair))
        for pair in touching.edges
        if tied.has_node(pair[0]) and tied.has_node(pair[1])
    )
    products = {(first, second): sizes[first] * sizes[second] for first, second in pairs}
    weights = {pair: _weight(tied, *pair) for pair in pairs}
    whole = math.fsum(products.values())
    rate = math.fsum(weights.values()) / whole if whole else 0.0
    expected = {pair: rate * product for pair, product in products.items()}
    dispersion = _dispersion(weights, expected)
    gaps = [
        Gap(
            *pair,
            tie=weights[pair],
            expected=round(expected[pair], 9),
            surprise=round(
                (expected[pair] - weights[pair]) / math.sqrt(dispersion * expected[pair]), 9
            ),
            services=tuple(tied.get_edge_data(*pair, {}).get("services", ())),
        )
        for pair in pairs
        if dispersion and expected[pair] - weights[pair] > 1e-9
    ]
    gaps.sort(key=lambda gap: (-gap.surprise, gap.first, gap.second))
    return Gaps(tuple(gaps), len(pairs), round(dispersion, 9))


def _weight(tied: nx.Graph, first: str, second: str) -> float:
    return float(tied.get_edge_data(first, second, {"weight": 0.0})["weight"])


def _dispersion(
    weights: Mapping[tuple[str, str], float], expected: Mapping[tuple[str, str], float]
) -> float:
    """Pearson's chi-square over its degrees of freedom; one went into the rate."""
    squares = [
        (weights[pair] - hoped) ** 2 / hoped for pair, hoped in expected.items() if hoped > 0
    ]
    return math.fsum(squares) / (len(squares) - 1) if len(squares) > 1 else 0.0


@dataclass(frozen=True)
class Isolation:
    """How far a council works alone.

    Attributes
    ----------
    council : str
        Its id.
    strength : float
        Sum of its ties.
    works_with : int
        Councils that it shares a service with.
    neighbours : tuple of str
        Ids of the councils that it touches, sorted.
    shares_nothing_with : tuple of str
        Those of them that it shares nothing with.

    Examples
    --------
    >>> Isolation("a", 0.0, 0, ("b",), ("b",)).works_with
    0
    """

    council: str
    strength: float
    works_with: int
    neighbours: tuple[str, ...]
    shares_nothing_with: tuple[str, ...]


def most_isolated(tied: nx.Graph, touching: nx.Graph) -> list[Isolation]:
    """Rank councils by how little they share, those that share the least first.

    Parameters
    ----------
    tied, touching : networkx.Graph
        As for `neighbour_gaps`.

    Returns
    -------
    list of Isolation
        All councils that touching has and tied too; by strength, then number of
        councils worked with, then id.

    Examples
    --------
    >>> tied = nx.Graph()
    >>> tied.add_nodes_from("abc")
    >>> tied.add_edge("a", "b", weight=1.0)
    >>> alone = most_isolated(tied, nx.path_graph("abc"))[0]
    >>> alone.council, alone.shares_nothing_with
    ('c', ('b',))
    """
    summed = strengths(tied)
    found = [
        Isolation(
            council=council,
            strength=round(summed[council], 9),
            works_with=tied.degree(council),
            neighbours=tuple(sorted(touching[council])),
            shares_nothing_with=tuple(sorted(set(touching[council]).difference(tied[council]))),
        )
        for council in tied
        if council in touching
    ]
    found.sort(key=lambda one: (one.strength, one.works_with, one.council))
    return found


def areas_elsewhere(affiliated: nx.Graph, first: str, second: str) -> tuple[str, ...]:
    """Service areas in which both of two councils share with others but not with each other.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    first, second : str
        Ids of two councils.

    Returns
    -------
    tuple of str
        Ids; those in which both share the most first.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from(["north", "south"], kind="service", categories=["roads"])
    >>> graph.add_edges_from([("a", "north"), ("x", "north"), ("b", "south"), ("y", "south")])
    >>> areas_elsewhere(graph, "a", "b")
    ('roads',)
    """
    together = set(affiliated[first]) & set(affiliated[second])
    shared = {area for service in together for area in affiliated.nodes[service]["categories"]}
    counts = [
        Counter(
            area
            for service in affiliated[council]
            if affiliated.degree(service) > 1
            for area in affiliated.nodes[service]["categories"]
        )
        for council in (first, second)
    ]
    both = counts[0] & counts[1]
    return tuple(sorted(set(both) - shared, key=lambda area: (-both[area], area)))
