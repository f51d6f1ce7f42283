"""Twins that are one of a set are told apart from those that somebody could act on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analytics.series import set_apart
from graphmodel.analytics.twins import find_twins
from tests.two_mode import COUNCILS, add_service, two_mode


def roads(members: list[str], mechanism: str = "other") -> Any:
    """Services of one area, s0 of the first members and so on."""
    graph = two_mode([])
    for number, councils in enumerate(members):
        facts = {"categories": ["roads"], "delivery_mechanism": mechanism}
        add_service(graph, f"s{number}", councils, **facts)
    return graph


def twins_of(graph: Any, likeness: float = 0.9) -> Any:
    """Twins on a row of councils from a to h, each as alike as the next."""
    services = sorted(one for one, kind in graph.nodes(data="kind") if kind == "service")
    alike = {(a, b): likeness for a in services for b in services if a < b}
    return find_twins(graph, nx.path_graph(COUNCILS), alike)


def test_boards_by_law_are_a_set_even_if_they_are_two() -> None:
    graph = roads(["ab", "cd"], "statutory board")
    [series], pairs = set_apart(twins_of(graph), graph)
    assert (series.services, series.councils) == (("s0", "s1"), tuple("abcd"))
    assert (series.categories, series.by_law, series.pairs, pairs) == (("roads",), True, 1, [])


def test_a_board_and_another_service_are_twins() -> None:
    graph = roads(["ab", "cd"])
    graph.nodes["s0"]["delivery_mechanism"] = "statutory board"
    found = twins_of(graph)
    assert set_apart(found, graph) == ([], found)


def test_four_in_most_of_the_country_are_a_set_and_fewer_are_not() -> None:
    graph = roads(["ab", "cd", "e", "f"])
    [series], pairs = set_apart(twins_of(graph), graph)
    assert (series.services, series.by_law) == (("s0", "s1", "s2", "s3"), False)
    assert (series.pairs, pairs) == (3, [])
    for members, alike in ((["ab", "cd", "ef"], 0.9), (["a", "b", "c", "d"], 0.9)):
        graph = roads(members)
        found = twins_of(graph, alike)
        assert set_apart(found, graph) == ([], found)
    graph = roads(["ab", "cd", "e", "f"])
    found = twins_of(graph, 0.4)
    assert len(found) == 3
    assert set_apart(found, graph) == ([], found)


members = st.lists(st.sets(st.sampled_from(COUNCILS), min_size=1), max_size=7)
mechanisms = st.sampled_from(["statutory board", "other", None])


@given(members, st.lists(mechanisms, min_size=7, max_size=7), st.floats(0.3, 1))
def test_every_pair_is_in_a_set_or_left(
    services: list[set[str]], said: list[str], alike: float
) -> None:
    graph = roads([*map(sorted, services)])  # type: ignore[list-item]
    for number in range(len(services)):
        graph.nodes[f"s{number}"]["delivery_mechanism"] = said[number]
    found = twins_of(graph, alike)
    sets, pairs = set_apart(found, graph)
    inside = [one for one in found if any({one.first, one.second} <= set(s.services) for s in sets)]
    assert sorted([*inside, *pairs], key=found.index) == found
    assert sum(one.pairs for one in sets) == len(inside)
    assert all(before.pairs >= after.pairs for before, after in pairwise(sets))
