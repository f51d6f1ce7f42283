"""Telling nodes apart by their ties alone, whatever they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import networkx as nx

MOST_TOLD_APART = 500
"""Up to so many nodes, look-alikes are told apart one by one; beyond, by their ids at once."""


def colours(graph: nx.Graph, start: Mapping[str, int], weight: str = "weight") -> dict[str, int]:
    """Colour nodes so that those of one colour have the same ties to each colour.

    Parameters
    ----------
    graph : networkx.Graph
        Any weighted graph.
    start : mapping of node to int
        Colours to refine.
    weight : str
        Name of the edges' weight.

    Returns
    -------
    dict of node to int
        0, 1, 2 ... in an order that depends on the ties and on ``start`` alone.

    Notes
    -----
    Colour refinement: Weisfeiler and Leman 1968; Berkholz, Bonsma and Grohe 2017,
    "Tight lower and upper bounds for the complexity of canonical colour refinement",
    Theory of Computing Systems 60, 581-614.

    Examples
    --------
    >>> chain = nx.path_graph(["a", "b", "c"])
    >>> colours(chain, dict.fromkeys(chain, 0))
    {'a': 0, 'b': 1, 'c': 0}
    """
    found = dict(start)
    while True:
        seen = {
            node: (
                found[node],
                tuple(sorted((found[other], tie.get(weight, 1)) for other, tie in ties.items())),
            )
            for node, ties in graph.adjacency()
        }
        rank = {sight: number for number, sight in enumerate(sorted(set(seen.values())))}
        settled = len(rank) == len(set(found.values()))
        found = {node: rank[sight] for node, sight in seen.items()}
        if settled:
            return found


def structural_order(graph: nx.Graph, weight: str = "weight") -> tuple[list[str], dict[str, int]]:
    """Put nodes in an order that depends on their ties alone.

    Ids only decide between nodes that look alike. Where these can be exchanged without
    changing the graph, which of them comes first makes no difference to what is
    computed in this order.

    Parameters
    ----------
    graph : networkx.Graph
        Any weighted graph.
    weight : str
        Name of the edges' weight.

    Returns
    -------
    list of nodes
        All of them.
    dict of node to int
        Colours as from `colours`: look-alikes have the same.

    Notes
    -----
    Individualisation and refinement, as in McKay and Piperno 2014, "Practical graph
    isomorphism, II", Journal of Symbolic Computation 60, 94-112, but without their
    search: among look-alikes that cannot be exchanged (in graphs as regular as the
    strongly regular ones) the order does depend on ids.

    Examples
    --------
    >>> chain = nx.path_graph(["b", "a", "c", "d"])
    >>> structural_order(chain)[0]
    ['b', 'd', 'a', 'c']
    """
    parts = nx.connected_components(graph)
    alike = colours(graph, {node: len(part) for part in parts for node in part}, weight)
    told = alike
    while len(graph) <= MOST_TOLD_APART:
        size = Counter(told.values())
        doubtful = [(colour, node) for node, colour in told.items() if size[colour] > 1]
        if not doubtful:
            break
        _, first = min(doubtful)
        told = {node: 2 * colour + (node != first) for node, colour in told.items()}
        told = colours(graph, told, weight)
    return sorted(graph, key=lambda node: (told[node], node)), alike
