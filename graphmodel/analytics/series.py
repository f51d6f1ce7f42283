"""Services that are one of a set: set up by law, or the same arrangement in most of the country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from graphmodel.analytics.twins import Twins

BY_LAW = "statutory board"
"""Delivery mechanism of what its members did not set up and cannot merge."""
SAME = 0.5
"""Likeness of words from which on two services are one of a set."""
LEAST_SERVICES = 4
LEAST_SHARE = 0.5
"""Share of all councils beyond which a set is one across the country."""


@dataclass(frozen=True)
class Series:
    """Twins of twins, of which no two alone are the ones that could be one.

    Attributes
    ----------
    services : tuple of str
        Their ids, sorted.
    categories : tuple of str
        Ids of the service areas that all of them are in, sorted.
    councils : tuple of str
        Ids of the councils that take part in any of them, sorted.
    by_law : bool
        Whether they are statutory boards, and not just many.
    pairs : int
        Number of pairs of them that touch or overlap.

    Examples
    --------
    >>> Series(("a", "b"), ("valuation",), ("x", "y"), True, 1).by_law
    True
    """

    services: tuple[str, ...]
    categories: tuple[str, ...]
    councils: tuple[str, ...]
    by_law: bool
    pairs: int


def set_apart(found: Iterable[Twins], affiliated: nx.Graph) -> tuple[list[Series], list[Twins]]:
    """Take twins that are one of a set out of those that somebody could act on.

    Parameters
    ----------
    found : iterable of Twins
        As from `graphmodel.analytics.twins.find_twins`.
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.

    Returns
    -------
    list of Series
        Statutory boards that are each other's twins; and what is much alike, at least
        `LEAST_SERVICES` of it, in more than half of all councils. Those with the most
        pairs first.
    list of Twins
        The others, in the order in which they came.

    Examples
    --------
    >>> board = {"kind": "service", "delivery_mechanism": "statutory board", "categories": []}
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> graph.add_nodes_from(["east", "west"], **board)
    >>> graph.add_edges_from([("a", "east"), ("b", "west")])
    >>> twins = [Twins("east", "west", ("valuation",), 1.0, (), (("a", "b"),), ())]
    >>> [series.services for series in set_apart(twins, graph)[0]], set_apart(twins, graph)[1]
    ([('east', 'west')], [])
    """
    rest = list(found)
    nodes = affiliated.nodes
    everyone = sum(kind == "council" for _, kind in nodes(data="kind"))
    sets: list[Series] = []
    boards = [
        twins
        for twins in rest
        if nodes[twins.first]["delivery_mechanism"] == BY_LAW
        and nodes[twins.second]["delivery_mechanism"] == BY_LAW
    ]
    for edges in (boards, [twins for twins in rest if twins.likeness >= SAME]):
        by_law = edges is boards
        for services in nx.connected_components(nx.Graph((one.first, one.second) for one in edges)):
            pairs = [one for one in rest if {one.first, one.second} <= services]
            councils = {council for service in services for council in affiliated[service]}
            councils = {one for one in councils if nodes[one]["kind"] == "council"}
            many = len(services) >= LEAST_SERVICES and len(councils) > LEAST_SHARE * everyone
            if pairs and (by_law or many):
                sets.append(_series(services, councils, pairs, affiliated, by_law=by_law))
                rest = [one for one in rest if one not in pairs]
    sets.sort(key=lambda one: (-one.pairs, one.services))
    return sets, rest


def _series(
    services: set[str],
    councils: set[str],
    pairs: list[Twins],
    affiliated: nx.Graph,
    *,
    by_law: bool,
) -> Series:
    areas = [set(affiliated.nodes[one]["categories"]) for one in services]
    return Series(
        tuple(sorted(services)),
        tuple(sorted(set.intersection(*areas))),
        tuple(sorted(councils)),
        by_law,
        len(pairs),
    )
