"""Betweenness: whose services, and who, lies on the closest chains between councils."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from graphmodel.analytics.incidence import Incidence, incidence
from graphmodel.analytics.scope import Weighting

EXACT_MEMBERS = 2_000
"""Members up to which betweenness is worked out from all of them."""
PIVOTS = 256
"""Members from which it is estimated where there are more."""
_CONFIDENCE = 0.95
_AT_ONCE = 16


@dataclass(frozen=True)
class Betweenness:
    """Share of pairs of members whose closest chains of services lead through a node.

    Attributes
    ----------
    values : mapping of str to float
        0 to 1, of every member and of every service that at least two share.
    errors : mapping of str to float or None
        Standard errors of the values; ``None`` where they are exact.
    pivots : int
        Number of members from which chains were followed.
    bound : float
        No single value is further off with a probability of 95 %, 0 where exact.

    Examples
    --------
    >>> chain_betweenness(nx.Graph()).values
    {}
    """

    values: Mapping[str, float]
    errors: Mapping[str, float] | None
    pivots: int
    bound: float


def chain_betweenness(
    affiliated: nx.Graph,
    weighting: Weighting = "divided",
    *,
    pivots: int | None = None,
    seed: int = 0,
) -> Betweenness:
    """Work out betweenness on the two-mode graph of members and services.

    A step from one member of a service to another is as long as the service has other
    members, so that a small service is close and a national one far (1 for each where
    counts are plain). Of several chains of equal length each counts its part.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    weighting : {"divided", "plain"}
        As for `graphmodel.analytics.projection.ties`.
    pivots : int, optional
        Estimate from so many members, drawn without putting back. By default all where
        there are at most ``EXACT_MEMBERS``, and ``PIVOTS`` where there are more.
    seed : int
        Of the drawing.

    Returns
    -------
    Betweenness

    Raises
    ------
    ValueError
        If ``pivots`` is less than 2 and not all.

    Notes
    -----
    Brandes 2001, "A faster algorithm for betweenness centrality", Journal of
    Mathematical Sociology 25(2). On two-mode graphs: Faust 1997, "Centrality in
    affiliation networks", Social Networks 19(2); only members are ends of chains. The
    length is the inverse of what a service counts for in a tie, as in Newman 2001,
    Physical Review E 64, 016132. Estimate: Brandes and Pich 2007, "Centrality estimation
    in large networks", International Journal of Bifurcation and Chaos 17(7), with
    uniform pivots; their bound (Hoeffding) holds for any graph and is wide, the standard
    error is from the pivots themselves, with the correction for a finite population
    (Cochran 1977, *Sampling Techniques*, section 2.6). Lengths are whole numbers, so
    that chains of equal length are equal.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council")
    >>> graph.add_nodes_from(["roads", "waste"], kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads"), ("b", "waste"), ("c", "waste")])
    >>> found = chain_betweenness(graph)
    >>> found.values["b"], round(found.values["roads"], 3)
    (1.0, 0.667)
    """
    found = incidence(affiliated)
    number = len(found.members)
    if pivots is None:
        pivots = number if number <= EXACT_MEMBERS else PIVOTS
    exact = pivots >= number
    if pivots < 2 and not exact:
        raise ValueError(f"{pivots} pivots are too few for an estimate with its error: at least 2")
    drawn = (
        np.arange(number)
        if exact
        else np.sort(np.random.default_rng(seed).choice(number, pivots, replace=False))
    )
    sums, squares = _dependencies(found, weighting, drawn)
    used = len(drawn)
    pairs = _pairs(found)
    scale = number / used / 2 if used else 0.0
    nodes = (*found.members, *found.services)
    values = dict(zip(nodes, (sums * scale / pairs).tolist(), strict=True))
    if exact:
        return Betweenness(values, None, used, 0.0)
    variance = np.maximum(squares - sums**2 / used, 0) / (used - 1)
    errors = number / 2 * np.sqrt((1 - used / number) * variance / used) / pairs
    bound = math.sqrt(math.log(2 / (1 - _CONFIDENCE)) / (2 * used)) * number / (number - 1)
    return Betweenness(values, dict(zip(nodes, errors.tolist(), strict=True)), used, bound)


def _pairs(found: Incidence) -> Any:
    """Pairs of members that a chain through each node could join; at least one."""
    number = len(found.members)
    of_members = np.full(number, max((number - 1) * (number - 2) / 2, 1))
    return np.concatenate(
        [of_members, np.full(len(found.services), max(number * (number - 1) / 2, 1))]
    )


def _dependencies(found: Incidence, weighting: Weighting, drawn: Any) -> tuple[Any, Any]:
    """Sum, and sum of squares, of what each node counts for on chains from each pivot."""
    members = len(found.members)
    lengths = np.ones(len(found.services)) if weighting == "plain" else found.sizes - 1
    upper = (found.matrix * lengths).tocoo()
    size = members + len(found.services)
    starts = np.concatenate([upper.row, upper.col + members])
    ends = np.concatenate([upper.col + members, upper.row])
    graph = sparse.csr_array(
        (np.concatenate([upper.data, upper.data]), (starts, ends)), shape=(size, size)
    )
    steps = graph.tocoo()
    sums, squares = np.zeros(size), np.zeros(size)
    for first in range(0, len(drawn), _AT_ONCE):
        batch = drawn[first : first + _AT_ONCE]
        for pivot, distances in zip(batch, dijkstra(graph, indices=batch), strict=True):
            shares = _shares(steps, distances, int(pivot), members)
            sums += shares
            squares += shares**2
    return sums, squares


def _shares(steps: Any, distances: Any, pivot: int, members: int) -> Any:
    """Brandes's dependencies of one pivot, for all nodes at once."""
    size = len(distances)
    on_chain = np.isfinite(distances[steps.row]) & (
        distances[steps.row] + steps.data == distances[steps.col]
    )
    ahead = sparse.csr_array(
        (np.ones(int(on_chain.sum())), (steps.row[on_chain], steps.col[on_chain])),
        shape=(size, size),
    )
    back = ahead.T.tocsr()
    start = np.zeros(size)
    start[pivot] = 1.0
    chains = start + _followed(lambda count: back @ count, start)
    ends = np.zeros(size)
    reached = np.isfinite(distances[:members])
    ends[:members][reached] = 1 / chains[:members][reached]
    shares: Any = chains * _followed(lambda part: ahead @ part, ends)
    shares[pivot] = 0.0
    return shares


def _followed(step: Callable[[Any], Any], start: Any) -> Any:
    """Sum of what one step, two steps and so on lead to, until none leads further."""
    total = np.zeros_like(start)
    now = step(start)
    while now.any():
        total += now
        now = step(now)
    return total
