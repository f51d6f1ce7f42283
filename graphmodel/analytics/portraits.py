"""What people ask of a cluster: what to call it, where it lies, what links it to others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import get_args

import networkx as nx

from graphmodel.analytics.clusters import Clustering, by_share, service_sizes
from graphmodel.analytics.geography import Grouping
from graphmodel.vocabulary import GroupingKind

DIGITS = 9
ALIKE = 0.6
"""Jaccard index from which on a cluster may bear the name of a grouping."""


@dataclass(frozen=True)
class Resemblance:
    """The official grouping whose councils are most nearly those of a cluster.

    Attributes
    ----------
    grouping : Grouping
        The official grouping.
    jaccard : float
        0 to 1.
    also, without : tuple of str
        Ids of councils, sorted.

    Examples
    --------
    >>> tay = Grouping("tay", "Tay", "city region", ("a", "b", "c"))
    >>> resemblance(("a", "b", "c", "d"), [tay]).jaccard
    0.75
    """

    grouping: Grouping
    jaccard: float
    """Councils in both as a share of those in either."""
    also: tuple[str, ...]
    """Councils of the cluster that the grouping has not."""
    without: tuple[str, ...]
    """Councils of the grouping that are not in the cluster."""


def resemblance(members: Collection[str], groupings: Iterable[Grouping]) -> Resemblance | None:
    """Find the official grouping that a cluster is most like.

    Parameters
    ----------
    members : collection of str
        Ids of the cluster's councils.
    groupings : iterable of Grouping
        Official groupings, as from `graphmodel.analytics.geography.grouping_members`.

    Returns
    -------
    Resemblance or None
        The best by Jaccard index; of equals that of the kind that comes first in the
        vocabulary, then by name. None where more than four in ten of all their councils differ.

    Notes
    -----
    Jaccard 1912, "The distribution of the flora in the alpine zone", New Phytologist
    11, 37-50.

    Examples
    --------
    >>> tay = Grouping("tay", "Tay", "city region", ("a", "b", "c"))
    >>> found = resemblance(("a", "b"), [tay])
    >>> found.grouping.name, found.also, found.without
    ('Tay', (), ('c',))
    """
    kinds = get_args(GroupingKind)
    here = set(members)

    def rank(found: Resemblance) -> tuple[float, int, str]:
        return (-found.jaccard, kinds.index(found.grouping.kind), found.grouping.name)

    compared = []
    for grouping in groupings:
        there = set(grouping.members)
        jaccard = len(here & there) / len(here | there)
        if jaccard >= ALIKE:
            also, without = tuple(sorted(here - there)), tuple(sorted(there - here))
            compared.append(Resemblance(grouping, jaccard, also, without))
    return min(compared, key=rank, default=None)


def pieces(members: Collection[str], touching: nx.Graph) -> list[tuple[str, ...]]:
    """Into how many pieces a cluster falls on the ground.

    Parameters
    ----------
    members : collection of str
        Ids of councils.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`.

    Returns
    -------
    list of tuple of str
        Ids, sorted; the largest piece first. Members that are not in the graph, such as
        partners, are in none.

    Examples
    --------
    >>> pieces(["a", "b", "d"], nx.path_graph(["a", "b", "c", "d"]))
    [('a', 'b'), ('d',)]
    """
    found = [tuple(sorted(piece)) for piece in nx.connected_components(touching.subgraph(members))]
    return sorted(found, key=lambda piece: (-len(piece), piece))


@dataclass(frozen=True)
class Bridge:
    """What links two clusters.

    Attributes
    ----------
    between : tuple of int
        Places of the two in the clustering, from 0, the smaller first.
    strength : float
        Sum of the ties.
    ties : tuple of (str, str, float)
        The councils of the first and of the second, and how strongly they are tied.
    services : tuple of str
        Ids of services.

    Examples
    --------
    >>> Bridge((0, 1), 0.5, (("a", "d", 0.5),), ("roads",)).ties[0]
    ('a', 'd', 0.5)
    """

    between: tuple[int, int]
    strength: float
    ties: tuple[tuple[str, str, float], ...]
    """Strongest first."""
    services: tuple[str, ...]
    """Those that do most of it first."""


def bridges(tied: nx.Graph, clustering: Clustering, weight: str = "weight") -> list[Bridge]:
    """Find what links the clusters to each other.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.
    clustering : Clustering
        Of the same ties.
    weight : str
        Name of the edges' weight.

    Returns
    -------
    list of Bridge
        Strongest first; one for each two clusters that are linked at all.

    Examples
    --------
    >>> from graphmodel.analytics.clusters import find_clusters
    >>> chain = nx.barbell_graph(3, 0)
    >>> bridges(chain, find_clusters(chain))[0].ties
    ((2, 3, 1.0),)
    """
    home = clustering.places()
    crossing: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for tie in tied.edges:
        first, second = sorted(tie, key=lambda council: home[council])
        if home[first] != home[second]:
            crossing.setdefault((home[first], home[second]), []).append((first, second))
    size = service_sizes(tied)
    found = []
    for between, pairs in crossing.items():
        ties = [(a, b, round(float(tied[a][b].get(weight, 1)), DIGITS)) for a, b in pairs]
        found.append(
            Bridge(
                between=between,
                strength=round(sum(sorted(strength for _, _, strength in ties)), DIGITS),
                ties=tuple(sorted(ties, key=lambda tie: (-tie[2], tie[:2]))),
                services=by_share((tied[a][b].get("services") for a, b in pairs), size),
            )
        )
    return sorted(found, key=lambda bridge: (-bridge.strength, bridge.between))
