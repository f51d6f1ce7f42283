"""Services whose area is in pieces on the ground."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True)
class Scattered:
    """A service whose councils do not all hang together on the ground.

    Attributes
    ----------
    service : str
        Its id.
    pieces : tuple of tuple of str
        Ids of the councils of each piece; at least two pieces, the largest first.
    would_join : tuple of str
        Ids of councils that take no part and touch more than one piece, those that
        touch the most first.

    Examples
    --------
    >>> Scattered("roads", (("a",), ("c",)), ("b",)).would_join
    ('b',)
    """

    service: str
    pieces: tuple[tuple[str, ...], ...]
    would_join: tuple[str, ...]


def scattered_services(affiliated: nx.Graph, touching: nx.Graph) -> list[Scattered]:
    """Find the services whose area is in pieces.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`, by the links that count as
        hanging together. Members that it does not have, such as partners, do not count.

    Returns
    -------
    list of Scattered
        Those that one more council could join first; then those in the most pieces, then
        by id.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("c", "roads")])
    >>> scattered_services(graph, nx.path_graph("abc"))
    [Scattered(service='roads', pieces=(('a',), ('c',)), would_join=('b',))]
    """
    found = []
    for service in sorted(n for n, kind in affiliated.nodes(data="kind") if kind == "service"):
        members = {member for member in affiliated[service] if member in touching}
        pieces = pieces_of(touching, members)
        if len(pieces) > 1:
            found.append(Scattered(service, pieces, _links(touching, members, pieces)))
    found.sort(key=lambda one: (not one.would_join, -len(one.pieces), one.service))
    return found


def pieces_of(touching: nx.Graph, members: set[str]) -> tuple[tuple[str, ...], ...]:
    """Divide councils into those that hang together on the ground.

    Parameters
    ----------
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`.
    members : set of str
        Ids of the councils.

    Returns
    -------
    tuple of tuple of str
        Sorted ids of each piece, the largest piece first.

    Examples
    --------
    >>> pieces_of(nx.path_graph("abcde"), {"a", "c", "d"})
    (('c', 'd'), ('a',))
    """
    components = nx.connected_components(touching.subgraph(members))
    return tuple(
        sorted(
            (tuple(sorted(component)) for component in components),
            key=lambda piece: (-len(piece), piece),
        )
    )


def _links(
    touching: nx.Graph, members: set[str], pieces: tuple[tuple[str, ...], ...]
) -> tuple[str, ...]:
    """Councils that would join pieces by coming in."""
    outside = {other for member in members for other in touching[member]} - members
    touched = {
        council: sum(not set(touching[council]).isdisjoint(piece) for piece in pieces)
        for council in outside
    }
    links = [council for council, number in touched.items() if number > 1]
    return tuple(sorted(links, key=lambda council: (-touched[council], council)))
