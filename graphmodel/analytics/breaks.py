"""What would break: members and services without which a picture falls apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

import networkx as nx

from graphmodel.analytics.incidence import incidence, summarise_ties
from graphmodel.analytics.pairs import ties_of


@dataclass(frozen=True)
class Break:
    """A council, partner or service without which others would not hang together.

    Attributes
    ----------
    id, kind : str
        What would go: a council, partner or service.
    cut_off : tuple of tuple of str
        Ids of the councils of each piece that would come off the largest, the larger
        pieces first. A piece may be one council.
    left : int
        Councils in the largest piece.

    Examples
    --------
    >>> Break("roads", "service", (("c", "d"), ("a",)), 7).councils
    3
    """

    id: str
    kind: str
    cut_off: tuple[tuple[str, ...], ...]
    left: int

    @property
    def councils(self) -> int:
        """Number of councils that would come off.

        Examples
        --------
        >>> Break("roads", "service", (("c", "d"), ("a",)), 7).councils
        3
        """
        return sum(map(len, self.cut_off))


def find_breaks(affiliated: nx.Graph, councils: Collection[str] | None = None) -> list[Break]:
    """Find what a picture, or the part of it among some councils, would break without.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`, without the services
        that make no ties.
    councils : collection of str, optional
        Only these councils and what they share with each other; all by default. Other
        members, such as partners, then do not count.

    Returns
    -------
    list of Break
        What would cut off the most councils first, then by id. Pieces that were apart
        before are no break, and neither is the loss of whoever goes.

    Notes
    -----
    The articulation points of the two-mode graph, and the councils on either side, from
    its tree of blocks: Hopcroft and Tarjan 1973, "Algorithm 447: efficient algorithms
    for graph manipulation", Communications of the ACM 16(6). Time grows with the size of
    the graph and of the answer.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council")
    >>> graph.add_nodes_from(["roads", "waste"], kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads"), ("b", "waste"), ("c", "waste")])
    >>> [(found.id, found.cut_off) for found in find_breaks(graph)]
    [('b', (('c',),)), ('roads', (('a',),)), ('waste', (('c',),))]
    """
    graph = affiliated if councils is None else among(affiliated, councils)
    found = [
        one
        for component in nx.connected_components(graph)
        for one in _breaks_of_component(graph.subgraph(component))
    ]
    found.sort(key=lambda one: (-one.councils, one.id))
    return found


def among(affiliated: nx.Graph, councils: Collection[str]) -> nx.Graph:
    """Part of a picture: some councils and what at least two of them share.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    councils : collection of str
        Their ids.

    Returns
    -------
    networkx.Graph

    Examples
    --------
    >>> graph = nx.Graph([("a", "roads"), ("b", "roads"), ("b", "waste")])
    >>> sorted(among(graph, ["a", "b"]))
    ['a', 'b', 'roads']
    """
    wanted = set(councils) & set(affiliated)
    services = {service for council in wanted for service in affiliated[council]}
    shared = [service for service in services if len(wanted.intersection(affiliated[service])) > 1]
    return affiliated.subgraph([*wanted, *shared])


def _breaks_of_component(graph: nx.Graph) -> Iterator[Break]:
    """Articulation points of a connected graph that part councils from each other."""
    kinds = graph.nodes(data="kind")
    cuts = set(nx.articulation_points(graph))
    blocks = [frozenset(block) for block in nx.biconnected_components(graph)] if cuts else []
    tree = nx.Graph()
    tree.add_edges_from((at, node) for at, block in enumerate(blocks) for node in block & cuts)
    tour, spans, parents = _tour(tree, blocks, cuts, kinds) if cuts else ([], {}, {})
    for node in cuts:
        first, last = spans[node]
        pieces = [[spans[at]] for at in tree[node] if at != parents[node]]
        pieces.append([(0, first), (last, len(tour))])
        cut_off, left = _smaller(tour, pieces)
        if cut_off:
            yield Break(node, kinds[node], cut_off, left)


def _smaller(
    tour: list[str], pieces: list[list[tuple[int, int]]]
) -> tuple[tuple[tuple[str, ...], ...], int]:
    """All pieces but the largest, and the size of that; only what is small is written out."""
    sizes = [sum(last - first for first, last in piece) for piece in pieces]
    left = max(sizes)
    largest = [at for at, size in enumerate(sizes) if size == left]
    kept = largest[0] if len(largest) == 1 else None
    written = [
        tuple(sorted(one for first, last in piece for one in tour[first:last]))
        for at, piece in enumerate(pieces)
        if sizes[at] and at != kept
    ]
    written.sort(key=lambda piece: (-len(piece), piece))
    return tuple(written if kept is not None else written[1:]), left


def _tour(
    tree: nx.Graph,
    blocks: list[frozenset[str]],
    cuts: set[str],
    kinds: Mapping[str, str],
) -> tuple[list[str], dict[object, tuple[int, int]], dict[object, object]]:
    """Councils in the order in which a walk down the tree meets them.

    With it, for each node of the tree, the stretch of the councils below it, and its
    parent. The stretch of an articulation point has itself as well, if it is a council.
    """
    tour: list[str] = []
    starts: dict[object, int] = {}
    spans: dict[object, tuple[int, int]] = {}
    parents: dict[object, object] = {0: None}
    for parent, node, kind in nx.dfs_labeled_edges(tree, 0):
        if kind == "forward":
            if parent != node:
                parents[node] = parent
            starts[node] = len(tour)
            own = blocks[node] - cuts if isinstance(node, int) else [node]
            tour.extend(sorted(one for one in own if kinds[one] == "council"))
        elif kind == "reverse":
            spans[node] = (starts[node], len(tour))
    return tour, spans, parents


@dataclass(frozen=True)
class SoleTies:
    """Pairs of councils that share one service and nothing else.

    Attributes
    ----------
    service : str
        Its id.
    pairs : int
        How many.
    first : tuple of pairs of str
        The first of them in order of ids, with the smaller id first.

    Examples
    --------
    >>> SoleTies("roads", 1, (("a", "b"),)).pairs
    1
    """

    service: str
    pairs: int
    first: tuple[tuple[str, str], ...]


def sole_ties(affiliated: nx.Graph, most: int | None = None) -> list[SoleTies]:
    """Count the pairs of councils that share one service and nothing else.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`, without the services
        that make no ties.
    most : int, optional
        Pairs to give of each service; all by default, which may be millions.

    Returns
    -------
    list of SoleTies
        Those of the most pairs first, then by id; services without any are not there.

    Notes
    -----
    The pairs of multiplicity one of Newman 2001, Physical Review E 64, 016131.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> sole_ties(graph)
    [SoleTies(service='roads', pairs=1, first=(('a', 'b'),))]
    """
    kinds = affiliated.nodes(data="kind")
    rest = affiliated.subgraph([node for node, kind in kinds if kind in ("council", "service")])
    shared = incidence(rest)
    counts = zip(shared.services, summarise_ties(shared).sole.tolist(), strict=True)
    found = [
        SoleTies(service, count, tuple(islice(_sole_pairs(rest, service), most)))
        for service, count in counts
        if count
    ]
    return sorted(found, key=lambda one: (-one.pairs, one.service))


def sole_neighbours(affiliated: nx.Graph, touching: nx.Graph) -> Counter[str]:
    """Count the neighbours that share one service and nothing else.

    Parameters
    ----------
    affiliated : networkx.Graph
        As for `sole_ties`.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`.

    Returns
    -------
    collections.Counter
        By the service's id.

    Examples
    --------
    >>> sole_neighbours(nx.Graph([("a", "roads"), ("b", "roads")]), nx.Graph(["ab"]))
    Counter({'roads': 1})
    """
    pairs = (pair for pair in touching.edges if pair[0] in affiliated and pair[1] in affiliated)
    found = ties_of(affiliated, pairs)
    return Counter(tie.services[0] for tie in found.values() if len(tie.services) == 1)


def _sole_pairs(affiliated: nx.Graph, service: str) -> Iterator[tuple[str, str]]:
    together = {one: affiliated.adj[one].keys() for one in sorted(affiliated[service])}
    for first, second in combinations(together, 2):
        if len(together[first] & together[second]) == 1:
            yield first, second
