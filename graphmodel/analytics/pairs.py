"""Ties of a few pairs, and sums of all ties, without making the ties of all pairs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from graphmodel.analytics.scope import Weighting

Pair = tuple[str, str]


@dataclass(frozen=True)
class Tie:
    """What two members share.

    Attributes
    ----------
    weight : float
        As in `graphmodel.analytics.projection.ties`; 0 where they share nothing.
    services : tuple of str
        Ids of the services, sorted.

    Examples
    --------
    >>> Tie(0.0, ()).services
    ()
    """

    weight: float
    services: tuple[str, ...]


def ties_of(
    affiliated: nx.Graph, pairs: Iterable[Pair], weighting: Weighting = "divided"
) -> dict[Pair, Tie]:
    """What some pairs share: the same as in `graphmodel.analytics.projection.ties`.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`, without the services
        that make no ties.
    pairs : iterable of pairs of str
        Ids of members.
    weighting : {"divided", "plain"}
        As for `graphmodel.analytics.projection.ties`.

    Returns
    -------
    dict of pairs of str to Tie
        In the order in which the pairs came.

    Examples
    --------
    >>> graph = nx.Graph([("a", "roads"), ("b", "roads"), ("c", "roads")])
    >>> ties_of(graph, [("a", "b")])
    {('a', 'b'): Tie(weight=0.5, services=('roads',))}
    """
    found = {}
    for first, second in pairs:
        shared = tuple(sorted(affiliated.adj[first].keys() & affiliated.adj[second].keys()))
        counted = (_counted(affiliated, service, weighting) for service in shared)
        found[first, second] = Tie(math.fsum(counted), shared)
    return found


def sums_of_ties(affiliated: nx.Graph, weighting: Weighting = "divided") -> dict[str, float]:
    """Sum of all ties of each member, as from `graphmodel.analytics.projection.strengths`.

    Parameters
    ----------
    affiliated, weighting
        As for `ties_of`.

    Returns
    -------
    dict of str to float
        By id, sorted.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council")
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> sums_of_ties(graph), sums_of_ties(graph, "plain")
    ({'a': 1.0, 'b': 1.0, 'c': 0.0}, {'a': 1.0, 'b': 1.0, 'c': 0.0})
    """
    spent = {
        service: float(min(others, 1) if weighting == "divided" else others)
        for service, kind in affiliated.nodes(data="kind")
        if kind == "service"
        for others in [affiliated.degree(service) - 1]
    }
    members = (one for one, kind in sorted(affiliated.nodes(data="kind")) if kind != "service")
    return {member: math.fsum(spent[one] for one in affiliated[member]) for member in members}


def _counted(affiliated: nx.Graph, service: str, weighting: Weighting) -> float:
    return 1.0 if weighting == "plain" else 1 / max(affiliated.degree(service) - 1, 1)
