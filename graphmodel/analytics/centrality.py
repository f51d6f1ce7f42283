"""Which councils are central: how many others they work with, and whom they link."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

LEADING_ROLES = ("lead", "joint lead", "host")


@dataclass(frozen=True)
class Centrality:
    """How central one council is.

    Attributes
    ----------
    council : str
        Its id.
    degree, services, leads : int
        Numbers of councils and of services.
    strength : float
        Not less than 0.
    betweenness : float
        0 to 1.
    closest : str or None
        Id of a council; none where it has no ties.

    Examples
    --------
    >>> Centrality("a", 0, 0.0, 0.0, services=1, leads=0, closest=None).services
    1
    """

    council: str
    degree: int
    """Councils that it shares a service with."""
    strength: float
    """Sum of its ties; each service shared counts one."""
    betweenness: float
    """Share of the other pairs whose closest chain of ties leads through it, 0 to 1."""
    services: int
    """Services that it takes part in."""
    leads: int
    """Services that it leads or hosts."""
    closest: str | None
    """The council that it is tied to most."""


def rank_by_centrality(affiliated: nx.Graph, tied: nx.Graph) -> list[Centrality]:
    """Rank councils by how central they are.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`, of the same picture.

    Returns
    -------
    list of Centrality
        By strength, then betweenness, then id; all councils.

    Notes
    -----
    Betweenness: Brandes 2001, "A faster algorithm for betweenness centrality", Journal
    of Mathematical Sociology 25(2), with 1/weight as the length of a tie, so that
    strong ties are short. Strength: Barrat et al. 2004, "The architecture of complex
    weighted networks", PNAS 101(11).

    Examples
    --------
    >>> from graphmodel.analytics.projection import ties
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council", name="")
    >>> graph.add_nodes_from(["roads", "records"], kind="service", name="")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")], roles=["member"])
    >>> graph.add_edges_from([("b", "records"), ("c", "records")], roles=["lead"])
    >>> [(one.council, one.betweenness) for one in rank_by_centrality(graph, ties(graph))]
    [('b', 1.0), ('a', 0.0), ('c', 0.0)]
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(tied))
    for first, second, weight in sorted(tied.edges(data="weight")):
        graph.add_edge(first, second, weight=weight, distance=tie_length(weight))
    betweenness = nx.betweenness_centrality(graph, weight="distance", normalized=True)
    ranked = [
        Centrality(
            council=council,
            degree=graph.degree(council),
            strength=round(float(graph.degree(council, weight="weight")), 9),
            betweenness=round(betweenness[council], 9),
            services=affiliated.degree(council),
            leads=sum(
                any(role in LEADING_ROLES for role in roles)
                for _, _, roles in affiliated.edges(council, data="roles")
            ),
            closest=_closest(graph, council),
        )
        for council in graph
    ]
    ranked.sort(key=lambda found: (-found.strength, -found.betweenness, found.council))
    return ranked


def tie_length(weight: float) -> int:
    """Length of a tie, in millionths: whole, so that chains of equal length are equal.

    Parameters
    ----------
    weight : float
        Of the tie; above 0.

    Returns
    -------
    int
        A million divided by the weight, rounded.

    Raises
    ------
    ZeroDivisionError
        If the weight is 0.

    Notes
    -----
    The inverse of the weight as distance: Newman 2001, Physical Review E 64, 016132.

    Examples
    --------
    >>> tie_length(0.5)
    2000000
    """
    return round(1_000_000 / weight)


def _closest(graph: nx.Graph, council: str) -> str | None:
    neighbours = graph[council]
    return min(neighbours, key=lambda other: (-neighbours[other]["weight"], other), default=None)
