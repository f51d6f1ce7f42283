"""One division of a graph from many seeded runs, and how far the runs agree on it."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graphmodel.analytics.methods import Method, communities
from graphmodel.analytics.structure import structural_order

DIGITS = 12
"""Weights are taken to so many decimals, so that the order of a sum cannot matter."""
MOST_ROUNDS = 10
MAJORITY = 0.5

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Part:
    """Nodes that most runs keep together.

    Attributes
    ----------
    members : tuple of str
        Sorted.
    belonging : tuple of float
        For each member, 0 to 1.
    stability : float
        0 to 1.

    Examples
    --------
    >>> consensus(nx.Graph([("a", "b"), ("c", "d")])).parts[0]
    Part(members=('a', 'b'), belonging=(1.0, 1.0), stability=1.0)
    """

    members: tuple[str, ...]
    belonging: tuple[float, ...]
    """Share of the other members that a member is with, on average over the runs."""
    stability: float
    """How much the part has in common with the one most like it in a run, on average."""


@dataclass(frozen=True)
class Consensus:
    """What many runs agree on.

    Attributes
    ----------
    parts : tuple of Part
        Every node is in one; the largest first.
    modularity, best_run : float
        Quality of the parts, and of the best division that a single run found.
    settled : bool
        Whether the runs came to agree in the end. Where a graph can be mirrored or turned
        onto itself they may not: then what most runs keep together is one part.

    Examples
    --------
    >>> consensus(nx.cycle_graph(6)).settled
    False
    """

    parts: tuple[Part, ...]
    modularity: float
    best_run: float
    settled: bool


def consensus(
    graph: nx.Graph,
    method: Method = "louvain",
    *,
    weight: str = "weight",
    resolution: float = 1.0,
    runs: int = 100,
    seed: int = 0,
) -> Consensus:
    """Divide a graph into the parts that many runs agree on.

    Each edge is weighted with the share of runs that keep its ends together, and the runs
    are repeated on what comes of it, until all of them agree; nodes that no run parts
    go on as one. The result depends on the
    ties and the seed alone: not on the order of nodes and edges, nor on what they are
    called. Nodes that could be exchanged for each other are treated alike.

    Parameters
    ----------
    graph : networkx.Graph
        Undirected, with at least one edge at each node.
    method : {"louvain", "leiden"}
        As in `graphmodel.analytics.methods.communities`.
    weight : str
        Name of the edges' weight; 1 where an edge has none.
    resolution : float
        Above 1 for smaller parts, below 1 for larger ones.
    runs : int
        How many, each from a seed of its own.
    seed : int
        From which theirs are drawn.

    Returns
    -------
    Consensus

    Notes
    -----
    Lancichinetti and Fortunato 2012, "Consensus clustering in complex networks",
    Scientific Reports 2, 336. As in Tandon et al. 2019, "Fast consensus clustering in
    complex networks", Physical Review E 99, 042301, only nodes with an edge are compared;
    as in Poulin and Theberge 2019, "Ensemble clustering for graphs", Applied Network
    Science 4, 51, the shares multiply the weights instead of replacing them, so that
    the resolution keeps its meaning. Stability: the mean Jaccard index of Hennig 2007,
    "Cluster-wise assessment of cluster stability", Computational Statistics and Data
    Analysis 52, 258-271, over runs.

    Examples
    --------
    >>> found = consensus(nx.barbell_graph(3, 0))
    >>> [part.members for part in found.parts], round(found.modularity, 3)
    ([(0, 1, 2), (3, 4, 5)], 0.357)
    """
    network = _Network.of(graph, weight)
    chance = random.Random(seed)  # noqa: S311 - for repeatable runs, not for secrets
    seeds = [chance.getrandbits(32) for _ in range(runs)]

    def divisions(weights: Floats, cores: Numbers) -> Numbers:
        drawn = network.drawn(weights, cores)
        found = [communities(drawn, method, resolution=resolution, seed=one) for one in seeds]
        return np.array([_labels(parts, len(drawn))[cores] for parts in found])

    first = labels = divisions(network.weights, np.arange(len(network.order)))
    before = np.empty(0)
    for _ in range(MOST_ROUNDS):
        together = network.together(labels)
        held = network.held(together)
        settled = bool(np.isin(together, (0.0, 1.0)).all())
        if settled or np.array_equal(together, before):
            break
        before = together
        never_parted = network.pieces(together == 1)
        labels = divisions(network.weights * together * held, never_parted)
    places = network.pieces(held)
    return Consensus(
        parts=network.judged(places, first),
        modularity=network.modularity(places, resolution),
        best_run=max(network.modularity(one, resolution) for one in first),
        settled=settled,
    )


@dataclass(frozen=True)
class _Network:
    """A graph as arrays, its nodes numbered in an order that their ties give."""

    order: Sequence[Hashable]
    colours: Numbers
    ends: Numbers
    weights: Floats
    kinds: Numbers
    """Edges of one kind look alike."""

    @classmethod
    def of(cls, graph: nx.Graph, weight: str) -> _Network:
        rounded = nx.Graph()
        rounded.add_nodes_from(graph)
        rounded.add_weighted_edges_from(
            (a, b, round(float(value), DIGITS))
            for a, b, value in graph.edges(data=weight, default=1)
        )
        order, colours = structural_order(rounded)
        number = {node: at for at, node in enumerate(order)}
        edges = sorted(
            (*sorted((number[a], number[b])), value) for a, b, value in rounded.edges(data="weight")
        )
        ends = np.array([(a, b) for a, b, _ in edges], dtype=np.int64).T
        weights = np.array([value for _, _, value in edges])
        coloured = np.array([colours[node] for node in order], dtype=np.int64)
        looks = np.column_stack([*np.sort(coloured[ends], axis=0), weights])
        _, kinds = np.unique(looks, axis=0, return_inverse=True)
        return cls(order, coloured, ends, weights, kinds.ravel())

    def drawn(self, weights: Floats, cores: Numbers) -> nx.Graph:
        """The graph with these weights, each core one node; what weighs nothing is not there."""
        graph = nx.empty_graph(int(cores.max()) + 1)
        matrix = coo_array((weights, np.sort(cores[self.ends], axis=0)), shape=(len(graph),) * 2)
        summed = matrix.tocsr().tocoo()
        edges = zip(summed.row.tolist(), summed.col.tolist(), summed.data.tolist(), strict=True)
        graph.add_weighted_edges_from(edge for edge in edges if edge[2] > 0)
        return graph

    def together(self, labels: Numbers) -> Floats:
        """For each edge, the share of runs that keep its ends together; alike for look-alikes."""
        first, second = self.ends
        shares = np.mean([one[first] == one[second] for one in labels], axis=0)
        return _means(shares, self.kinds)

    def held(self, together: Floats) -> Marks:
        """Edges within what most runs keep together, and the best of nodes that have none."""
        best = np.zeros(len(self.order))
        for ends in self.ends:
            np.maximum.at(best, ends, together)
        floor = np.minimum(best[self.ends].min(axis=0), MAJORITY)
        held: Marks = (together > 0) & (together >= floor)
        return held

    def pieces(self, held: Marks) -> Numbers:
        """For each node, the number of the piece that these edges connect it to."""
        size, ends = len(self.order), self.ends[:, held]
        matrix = coo_array((np.ones(ends.shape[1]), tuple(ends)), shape=(size, size))
        _, piece = connected_components(matrix, directed=False)
        found: Numbers = piece.astype(np.int64)
        return found

    def judged(self, places: Numbers, runs: Numbers) -> tuple[Part, ...]:
        """The parts with how sure they are."""
        parts = np.split(np.argsort(places, kind="stable"), np.cumsum(np.bincount(places))[:-1])
        belonging = np.empty(len(self.order))
        stability = np.empty(len(parts))
        for number, part in enumerate(parts):
            belonging[part], stability[number] = _sureness(part, runs)
        belonging = _means(belonging, self.colours)
        looks: dict[tuple[int, ...], int] = {}
        kinds = [
            looks.setdefault(tuple(sorted(self.colours[part].tolist())), len(looks))
            for part in parts
        ]
        stability = _means(stability, np.array(kinds))
        judged = []
        for part, sure in zip(parts, stability, strict=True):
            by_member = dict(sorted((self.order[at], float(belonging[at])) for at in part))
            judged.append(Part(tuple(by_member), tuple(by_member.values()), float(sure)))
        return tuple(sorted(judged, key=lambda part: (-len(part.members), part.members)))

    def modularity(self, labels: Numbers, resolution: float) -> float:
        """Share of weight within parts beyond what chance would put there."""
        first, second = self.ends
        total = self.weights.sum()
        within = self.weights[labels[first] == labels[second]].sum() / total
        of_nodes = np.concatenate([labels[first], labels[second]])
        shares = np.bincount(of_nodes, np.tile(self.weights, 2)) / (2 * total)
        return float(within - resolution * (shares**2).sum())


def _labels(parts: Iterable[Iterable[int]], size: int) -> Numbers:
    """For each node, the number of its part."""
    found = np.empty(size, dtype=np.int64)
    for number, part in enumerate(parts):
        found[list(part)] = number
    return found


def _means(values: Floats, kinds: Numbers) -> Floats:
    """Each value as the mean of its kind."""
    means: Floats = np.bincount(kinds, values) / np.maximum(np.bincount(kinds), 1)
    return means[kinds]


def _sureness(part: Numbers, runs: Numbers) -> tuple[Floats, float]:
    """How much each member belongs, and how stable the part is."""
    belonging = np.zeros(len(part))
    stability = 0.0
    for labels in runs:
        sizes = np.bincount(labels)
        shared = np.bincount(labels[part], minlength=len(sizes))
        belonging += (shared[labels[part]] - 1) / max(len(part) - 1, 1)
        stability += float((shared / (sizes + len(part) - shared)).max())
    if len(part) == 1:
        belonging += len(runs)
    return belonging / len(runs), stability / len(runs)
