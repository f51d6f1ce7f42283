"""Small two-mode pictures for tests of analytics, and their shuffled and renamed likes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
from hypothesis import strategies as st

COUNCILS = "abcdefgh"
pictures = st.lists(st.sets(st.sampled_from(COUNCILS), min_size=1), max_size=8)
"""Which of a handful of councils take part in which of a handful of services."""
maps = st.sets(
    st.tuples(st.sampled_from(COUNCILS), st.sampled_from(COUNCILS)).filter(lambda p: p[0] < p[1])
)

weightings = st.sampled_from(["divided", "plain"])


def two_mode(services: Iterable[Iterable[str]], councils: Iterable[str] = COUNCILS) -> Any:
    """Councils a, b, … and services s0, s1, …, in no service area."""
    graph = nx.Graph()
    graph.add_nodes_from(councils, kind="council", name="")
    for number, members in enumerate(services):
        add_service(graph, f"s{number}", members)
    return graph


def add_service(graph: Any, service: str, members: Iterable[str], **facts: Any) -> None:
    """Put one more service into a picture."""
    known: dict[str, Any] = {
        "delivery_mechanism": None,
        "spectrum": None,
        "start": None,
        "categories": [],
    }
    graph.add_node(service, kind="service", name=service, **(known | facts))
    graph.add_edges_from([(member, service) for member in members], roles=["member"])


def shuffled(graph: Any, chance: random.Random) -> Any:
    """The same graph, put together in another order."""
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from([(b, a, facts) for a, b, facts in edges])
    return other


def renamed(graph: Any, chance: random.Random) -> tuple[Any, Mapping[str, str]]:
    """The same graph with ids in another order, and the new id of each."""
    nodes = sorted(graph)
    others = [f"n{number:03}" for number in range(len(nodes))]
    chance.shuffle(others)
    names = dict(zip(nodes, others, strict=True))
    return nx.relabel_nodes(graph, names), names


def on_the_map(pairs: set[tuple[str, str]]) -> Any:
    graph = nx.Graph()
    graph.add_nodes_from(COUNCILS)
    graph.add_edges_from(sorted(pairs))
    return graph


def weight(tied: Any, first: str, second: str) -> float:
    return float(tied.get_edge_data(first, second, {"weight": 0.0})["weight"])
