"""PageRank of members by their ties, and of services by their members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.analytics.incidence import incidence
from graphmodel.analytics.scope import Weighting

DAMPING = 0.85
_CHANGE = 1e-14
_MOST_STEPS = 1_000


def member_pagerank(affiliated: nx.Graph, weighting: Weighting = "divided") -> dict[str, float]:
    """PageRank of members on the graph of their ties.

    Where ties are divided: of someone who goes from a member to one of its services, and
    from there to another of its members, always by lot, and now and then anywhere.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    weighting : {"divided", "plain"}
        As for `graphmodel.analytics.projection.ties`.

    Returns
    -------
    dict of str to float
        By id; the sum is 1. A member without ties passes its part to all alike, so
        that a picture in pieces is no trouble.

    Notes
    -----
    Page, Brin, Motwani and Winograd 1999, "The PageRank citation ranking", with a
    damping of 0.85. The ties need not be made, so that large pictures are no trouble
    either.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> member_pagerank(graph)
    {'a': 0.5, 'b': 0.5}
    """
    found = incidence(affiliated)
    weights = found.weights(weighting)
    own = found.matrix @ weights
    strengths = found.matrix @ (weights * (found.sizes - 1))

    def pass_on(parts: Any) -> Any:
        return found.matrix @ (weights * (found.matrix.T @ parts)) - own * parts

    return _by_id(found.members, _pagerank(pass_on, strengths))


def service_pagerank(affiliated: nx.Graph) -> Mapping[str, float]:
    """PageRank of services on the two-mode graph of members and services.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.

    Returns
    -------
    dict of str to float
        By id, of services that at least two share; the rest, to 1, is the members'.

    Notes
    -----
    As `member_pagerank`; on two-mode graphs, see Faust 1997, "Centrality in affiliation
    networks", Social Networks 19(2).

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> round(service_pagerank(graph)["roads"], 3)
    0.486
    """
    found = incidence(affiliated)
    members = len(found.members)
    degrees = np.concatenate([np.asarray(found.matrix.sum(axis=1)).ravel(), found.sizes])

    def pass_on(parts: Any) -> Any:
        return np.concatenate([found.matrix @ parts[members:], found.matrix.T @ parts[:members]])

    return _by_id(found.services, _pagerank(pass_on, degrees)[members:])


def _pagerank(pass_on: Callable[[Any], Any], strengths: Any) -> Any:
    size = len(strengths)
    if not size:
        return np.zeros(0)
    tied = strengths > 0
    inverse = np.divide(1.0, strengths, out=np.zeros(size), where=tied)
    rank = np.full(size, 1 / size)
    for _ in range(_MOST_STEPS):
        loose = rank[~tied].sum()
        after = DAMPING * (pass_on(rank * inverse) + loose / size) + (1 - DAMPING) / size
        change = np.abs(after - rank).sum()
        rank = after
        if change < _CHANGE:
            break
    return rank


def _by_id(ids: tuple[str, ...], values: Any) -> dict[str, float]:
    return dict(zip(ids, values.tolist(), strict=True))
