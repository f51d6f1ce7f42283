"""What breaks apart without somebody, and pairs that share alone: by brute force."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analytics.breaks import find_breaks, sole_neighbours, sole_ties
from graphmodel.analytics.gaps import (
    most_isolated,
)
from graphmodel.analytics.pairs import sums_of_ties, ties_of
from graphmodel.analytics.projection import strengths, ties
from graphmodel.analytics.scope import Weighting
from tests.two_mode import (
    COUNCILS,
    maps,
    on_the_map,
    pictures,
    two_mode,
    weight,
    weightings,
)


def brute_force_breaks(graph: Any) -> dict[str, tuple[tuple[tuple[str, ...], ...], int]]:
    """Take out every node in turn, and see into what its part of the picture falls."""
    found = {}
    for component in nx.connected_components(graph):
        for node in component:
            rest = graph.subgraph(component - {node})
            pieces = [
                tuple(sorted(n for n in piece if graph.nodes[n]["kind"] == "council"))
                for piece in nx.connected_components(rest)
            ]
            pieces = sorted(filter(None, pieces), key=lambda piece: (-len(piece), piece))
            if len(pieces) > 1:
                found[node] = (tuple(pieces[1:]), len(pieces[0]))
    return found


@given(pictures, st.sets(st.sampled_from(COUNCILS)))
def test_breaks_are_those_of_brute_force(services: list[set[str]], partners: set[str]) -> None:
    graph = two_mode(services)
    nx.set_node_attributes(graph, dict.fromkeys(partners, "partner"), "kind")
    found = {one.id: (one.cut_off, one.left) for one in find_breaks(graph)}
    assert found == brute_force_breaks(graph)


@given(pictures, st.sets(st.sampled_from(COUNCILS)))
def test_breaks_of_a_part_are_those_of_brute_force(
    services: list[set[str]], part: set[str]
) -> None:
    graph = two_mode(services)
    inside = two_mode([members & part for members in services], part)
    small = [f"s{n}" for n, members in enumerate(services) if len(members & part) < 2]
    inside.remove_nodes_from(small)
    found = {one.id: (one.cut_off, one.left) for one in find_breaks(graph, part)}
    assert found == brute_force_breaks(inside)


def test_breaks_of_trees_and_rings_by_random_graphs() -> None:
    """Larger and sparser than the others, so that blocks hang on blocks."""
    chance = random.Random(3)
    for _ in range(30):
        councils = [f"c{number:02}" for number in range(30)]
        graph = two_mode(
            [chance.sample(councils, chance.choice([2, 2, 2, 3])) for _ in range(28)], councils
        )
        assert {
            one.id: (one.cut_off, one.left) for one in find_breaks(graph)
        } == brute_force_breaks(graph)


@given(pictures, maps)
def test_sole_ties_are_the_pairs_with_one_service(
    services: list[set[str]], pairs: set[tuple[str, str]]
) -> None:
    graph, touching = two_mode(services), on_the_map(pairs)
    expected: dict[str, list[tuple[str, str]]] = {}
    for a, b, shared in sorted(ties(graph).edges(data="services")):
        if len(shared) == 1:
            expected.setdefault(shared[0], []).append((min(a, b), max(a, b)))
    found = sole_ties(graph)
    assert {one.service: list(one.first) for one in found} == {
        service: sorted(alone) for service, alone in expected.items()
    }
    assert [one.pairs for one in found] == [len(one.first) for one in found]
    assert [(one.pairs, one.first) for one in sole_ties(graph, 1)] == [
        (one.pairs, one.first[:1]) for one in found
    ]
    assert sole_neighbours(graph, touching) == {
        service: number
        for service, alone in expected.items()
        if (number := len(pairs & set(alone)))
    }


@given(pictures, weightings)
def test_pairs_alone_share_what_they_do_among_all(
    services: list[set[str]], weighting: Weighting
) -> None:
    """What gaps and breaks rest on is what the graph of all ties has."""
    graph = two_mode(services)
    tied = ties(graph, weighting)
    every = list(combinations(COUNCILS, 2))
    found = ties_of(graph, every, weighting)
    assert {pair: tie.weight for pair, tie in found.items()} == {
        pair: weight(tied, *pair) for pair in every
    }
    assert {pair: list(tie.services) for pair, tie in found.items() if tie.services} == {
        (min(a, b), max(a, b)): shared for a, b, shared in tied.edges(data="services")
    }
    assert sums_of_ties(graph, weighting) == pytest.approx(strengths(tied))
    others = {one.council: one.works_with for one in most_isolated(graph, on_the_map(set()))}
    assert others == dict(tied.degree)
