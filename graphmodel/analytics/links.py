"""Councils that are the only link between two regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

import networkx as nx


def only_links(
    affiliated: nx.Graph, regions: Mapping[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """Find councils that are the only link between two regions.

    Either no other council of its own region shares anything with the other region; or
    the two regions share nothing, and no other council of a third shares with both.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`, without the services
        that make no ties.
    regions : mapping of str to str
        Region of each council; councils without one do not count.

    Returns
    -------
    dict of str to list of tuple of str
        Pairs of regions by council, sorted. A council that is a region by itself links
        it in any case, which is left out.

    Notes
    -----
    Representatives and liaisons in the sense of Gould and Fernandez 1989, "Structures of
    mediation", Sociological Methodology 19.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abcd", kind="council")
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("b", "roads"), ("c", "roads")])
    >>> only_links(graph, {"a": "North", "b": "North", "c": "South", "d": "South"})
    {'b': [('North', 'South')], 'c': [('North', 'South')]}
    """
    reached = _reached(affiliated, regions)
    representatives: dict[tuple[str, str], list[str]] = {}
    liaisons: dict[tuple[str, str], list[str]] = {}
    for council, others in reached.items():
        for other in others:
            representatives.setdefault((regions[council], other), []).append(council)
        for pair in combinations(sorted(others), 2):
            liaisons.setdefault(pair, []).append(council)
    sizes = Counter(regions.values())
    found: dict[str, set[tuple[str, str]]] = {}
    for (own, other), councils in representatives.items():
        if len(councils) == 1 and sizes[own] > 1:
            found.setdefault(councils[0], set()).add((min(own, other), max(own, other)))
    for pair, councils in liaisons.items():
        if len(councils) == 1 and pair not in representatives:
            found.setdefault(councils[0], set()).add(pair)
    return {council: sorted(pairs) for council, pairs in sorted(found.items())}


def _reached(affiliated: nx.Graph, regions: Mapping[str, str]) -> dict[str, set[str]]:
    """Other regions with which each council shares something."""
    reached: dict[str, set[str]] = {
        council: set() for council in sorted(regions) if council in affiliated
    }
    for service, kind in affiliated.nodes(data="kind"):
        if kind == "service":
            members = [member for member in affiliated[service] if member in reached]
            there = {regions[member] for member in members}
            for member in members:
                reached[member] |= there - {regions[member]}
    return reached
