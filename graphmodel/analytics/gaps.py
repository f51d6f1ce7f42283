"""Neighbours that share less than one would expect, and councils that share the least."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.analytics.incidence import incidence, summarise_ties
from graphmodel.analytics.pairs import sums_of_ties, ties_of
from graphmodel.analytics.ranks import places
from graphmodel.analytics.scope import Weighting

_DIGITS = 9
LEAST = 0.01
"""Part of a service by which a tie falls short of what is expected, for a gap."""
_CLOSE = 1e-12
_MOST_STEPS = 500


@dataclass(frozen=True)
class Gap:
    """Two councils that touch and share less than neighbours like them do.

    Attributes
    ----------
    rank : int
        From 1; equals share a rank.
    first, second : str
        Ids, the smaller first.
    tie : float
        Weight of their tie; 0 where they share nothing.
    expected : float
        What neighbours with as many ties in all share; above the tie by `LEAST` or more.
    surprise : float
        How many standard deviations the tie lies below it; above 0.
    services : tuple of str
        Ids of what they share nevertheless, sorted.

    Examples
    --------
    >>> Gap(1, "a", "b", 0.0, 2.0, 1.4, ()).expected
    2.0
    """

    rank: int
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
    affiliated: nx.Graph, touching: nx.Graph, weighting: Weighting = "divided"
) -> Gaps:
    """Rank neighbours that share less than expected by how surprising that is.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`, without the services
        that make no ties.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`. Whoever is in affiliated
        alone touches nobody; councils that are in touching alone do not count.
    weighting : {"divided", "plain"}
        As for `graphmodel.analytics.projection.ties`.

    Returns
    -------
    Gaps

    Notes
    -----
    What is expected of a pair is the model of `expected_ties`. Surprise is the Pearson
    residual of a quasi-Poisson model (McCullagh and Nelder 1989, *Generalized Linear
    Models*, sections 6.2 and 9.2): ties come in bundles, so that their variance is the
    expectation times a dispersion, which is estimated from all neighbours.

    Examples
    --------
    Four councils in a ring share as much each, but not each with both neighbours:

    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abcd", kind="council")
    >>> for service, pair in enumerate(["ab", "ab", "cd", "cd", "ac", "bd"]):
    ...     graph.add_node(f"s{service}", kind="service")
    ...     graph.add_edges_from((council, f"s{service}") for council in pair)
    >>> found = neighbour_gaps(graph, nx.Graph(["ab", "bc", "cd", "da"]))
    >>> [(gap.rank, gap.first, gap.second, gap.expected) for gap in found.ranked]
    [(1, 'a', 'd', 1.0), (1, 'b', 'c', 1.0)]
    """
    expected = expected_ties(affiliated, touching, weighting)
    found = ties_of(affiliated, expected, weighting)
    weights = {pair: tie.weight for pair, tie in found.items()}
    dispersion = _dispersion(weights, expected)
    surprise = {
        pair: (hoped - weights[pair]) / math.sqrt(dispersion * hoped)
        for pair, hoped in expected.items()
        if dispersion and hoped - weights[pair] >= LEAST
    }
    keys = {"\0".join(pair): pair for pair in surprise}
    ranks = places([{key: surprise[pair] for key, pair in keys.items()}]) if surprise else {}
    gaps = [
        Gap(
            rank,
            *keys[key],
            tie=weights[keys[key]],
            expected=round(expected[keys[key]], _DIGITS),
            surprise=round(surprise[keys[key]], _DIGITS),
            services=found[keys[key]].services,
        )
        for key, rank in ranks.items()
    ]
    return Gaps(tuple(gaps), len(expected), round(dispersion, _DIGITS))


def expected_ties(
    affiliated: nx.Graph, touching: nx.Graph, weighting: Weighting = "divided"
) -> dict[tuple[str, str], float]:
    """What neighbours would share, if only their ties in all and touching mattered.

    Parameters
    ----------
    affiliated, touching, weighting
        As for `neighbour_gaps`.

    Returns
    -------
    dict of pairs of str to float
        By neighbours, the smaller id first, sorted.

    Notes
    -----
    The doubly constrained gravity model: Wilson 1967, "A statistical theory of spatial
    distribution models", Transportation Research 1(3), with two distances, touching and
    not. The tie of i and j is expected to be a_i a_j f, where the a are such that the
    expected ties of each council add up to its actual ones, and f, one for neighbours
    and one for others, such that those of all neighbours together do. So it is the
    configuration model, corrected for what neighbours share more than others: as in
    Expert, Evans, Blondel and Lambiotte 2011, "Uncovering space-independent communities
    in spatial networks", PNAS 108(19), but never above what a council has. Fitted by
    proportional scaling in turn (Deming and Stephan 1940, Annals of Mathematical
    Statistics 11(4)).

    Examples
    --------
    >>> graph = nx.Graph([("a", "roads"), ("b", "roads")])
    >>> nx.set_node_attributes(graph, {"a": "council", "b": "council", "roads": "service"}, "kind")
    >>> expected_ties(graph, nx.Graph(["ab"]))
    {('a', 'b'): 1.0}
    """
    summed = sums_of_ties(affiliated, weighting)
    members = list(summed)
    at = {member: number for number, member in enumerate(members)}
    pairs = sorted(
        (min(pair), max(pair)) for pair in touching.edges if pair[0] in at and pair[1] in at
    )
    if not pairs:
        return {}
    first, second = np.array([(at[a], at[b]) for a, b in pairs]).T
    shared = ties_of(affiliated, pairs, weighting)
    hoped = _scaled(
        np.array([summed[member] for member in members]),
        first,
        second,
        math.fsum(tie.weight for tie in shared.values()),
    )
    return dict(zip(pairs, np.round(hoped, _DIGITS).tolist(), strict=True))


def _scaled(sums: Any, first: Any, second: Any, near: float) -> Any:
    """Scale what is expected until it adds up for each member, for neighbours, and for others."""
    size, far = len(sums), float(sums.sum()) / 2 - near
    parts = np.sqrt(sums)
    factors = [1.0, 1.0]
    for _ in range(_MOST_STEPS):
        beside = np.bincount(first, parts[second], size) + np.bincount(second, parts[first], size)
        others = parts.sum() - parts - beside
        factors = [
            _ratio(2 * near, float(parts @ beside)),
            _ratio(2 * far, float(parts @ others)),
        ]
        now = parts * (factors[0] * beside + factors[1] * others)
        if np.abs(now - sums).max() <= _CLOSE * max(sums.max(), 1.0):
            break
        parts *= np.sqrt(np.divide(sums, now, out=np.zeros(size), where=now > 0))
    products = parts[first] * parts[second]
    return _ratio(near, float(products.sum())) * products


def _ratio(wanted: float, now: float) -> float:
    return max(wanted, 0.0) / now if now > 0 else 0.0


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


def most_isolated(
    affiliated: nx.Graph, touching: nx.Graph, weighting: Weighting = "divided"
) -> list[Isolation]:
    """Rank councils by how little they share, those that share the least first.

    Parameters
    ----------
    affiliated, touching, weighting
        As for `neighbour_gaps`.

    Returns
    -------
    list of Isolation
        All councils that touching has and affiliated too; by strength, then number of
        councils worked with, then id.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council")
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> alone = most_isolated(graph, nx.path_graph("abc"))[0]
    >>> alone.council, alone.shares_nothing_with
    ('c', ('b',))
    """
    summed = sums_of_ties(affiliated, weighting)
    members = incidence(affiliated)
    others = dict(zip(members.members, summarise_ties(members, weighting).degrees, strict=True))
    found = [
        Isolation(
            council=council,
            strength=round(summed[council], 9),
            works_with=int(others[council]),
            neighbours=tuple(sorted(touching[council])),
            shares_nothing_with=tuple(
                other
                for other in sorted(touching[council])
                if other not in affiliated
                or affiliated.adj[council].keys().isdisjoint(affiliated.adj[other])
            ),
        )
        for council in summed
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
