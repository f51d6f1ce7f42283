"""Several new members at once, and services that councils could join."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analytics.candidates import find_candidates
from graphmodel.analytics.expansions import best_sets, openings
from graphmodel.analytics.inquiry import Inquiry, read_inquiry
from graphmodel.analytics.plan import Plan
from graphmodel.store import Store
from tests.small_map import inquiry_of

COUNCILS = "abcdefg"
maps = st.sets(
    st.tuples(st.sampled_from(COUNCILS), st.sampled_from(COUNCILS))
    .filter(lambda pair: pair[0] < pair[1])
    .map("".join),
    min_size=3,
)
arranged = st.lists(st.sets(st.sampled_from(COUNCILS), min_size=1), min_size=1, max_size=6)


def asked(sets: list[set[str]], borders: set[str], reach: Any) -> tuple[Inquiry, Plan]:
    services = {f"s{number}": sorted(joined) for number, joined in enumerate(sets)}
    inquiry = inquiry_of(services, sorted(borders), COUNCILS, reach)
    return inquiry, inquiry.plan("s0")


def by_hand(inquiry: Inquiry, plan: Plan, number: int) -> list[tuple[float, tuple[str, ...]]]:
    """Every set in which each piece has a present member, scored in every order: each council
    by what it owes the members, beside those that came before it."""
    learnt = inquiry.learnt
    graph = inquiry.touching
    found = []
    for new in combinations(sorted(set(COUNCILS) - plan.members), number):
        if graph is not None:
            pieces = nx.connected_components(graph.subgraph(plan.members.union(new)))
            if any(plan.members.isdisjoint(piece) for piece in pieces):
                continue
        sums = []
        for order in permutations(new):
            before: set[str] = set()
            summed = 0.0
            for council in order:
                at, out = learnt.known.councils.index(council), learnt.family(plan.ignored)
                summed += float(learnt.scores([plan.members | before], out)[0, at])
                summed -= float(learnt.scores([before], out)[0, at])
                before.add(council)
            sums.append(summed)
        found.append((sum(sums) / len(sums), new))
    return found


@settings(max_examples=40)
@given(arranged, maps, st.integers(1, 3), st.sampled_from(["land", "any"]))
def test_the_best_sets_are_those_of_brute_force(
    sets: list[set[str]], borders: set[str], number: int, reach: str
) -> None:
    inquiry, plan = asked(sets, borders, reach)
    found = best_sets(inquiry, plan, number, most=1000)
    wanted = {new: score for score, new in by_hand(inquiry, plan, number)}
    assert (found.exact, found.tried) == (True, len(wanted))
    assert {one.councils: one.score for one in found.ranked} == pytest.approx(wanted, abs=1e-7)
    order = [(-one.score, one.councils) for one in found.ranked]
    assert order == sorted(order)


@settings(max_examples=40)
@given(arranged, maps)
def test_a_search_that_cannot_try_all_says_so(sets: list[set[str]], borders: set[str]) -> None:
    """With room for two sets, what it finds is scored as if all had been tried."""
    inquiry, plan = asked(sets, borders, "land")
    found = best_sets(inquiry, plan, 2, room=2 * len(COUNCILS))
    wanted = {new: score for score, new in by_hand(inquiry, plan, 2)}
    assert len(found.ranked) == min(2, len(wanted))
    for one in found.ranked:
        assert one.score == pytest.approx(wanted[one.councils], abs=1e-7)
    if len(wanted) > 2:
        assert not found.exact


@settings(max_examples=40)
@given(arranged, maps, st.sampled_from(["land", "any"]))
def test_sets_of_one_are_the_candidates(
    sets: list[set[str]], borders: set[str], reach: str
) -> None:
    inquiry, plan = asked(sets, borders, reach)
    found = {one.councils: one.score for one in best_sets(inquiry, plan, 1).ranked}
    ranked = {(one.council,): one.score for one in find_candidates(inquiry, plan, 0).ranked}
    assert list(found) == list(ranked)
    assert found == pytest.approx(ranked)


def test_openings_are_the_candidates_of_every_service(embedded_scotland: Store) -> None:
    """The whole picture has each service's candidates with their ranks; a council's, its own."""
    inquiry = read_inquiry(embedded_scotland)
    found = openings(inquiry)
    by_service: dict[str, set[tuple[int, str]]] = {}
    for one in found:
        by_service.setdefault(one.service, set()).add((one.rank, one.council))
    assert by_service
    for service, councils in by_service.items():
        ranked = find_candidates(inquiry, inquiry.plan(service), 0).ranked
        scores = [one.score for one in ranked]
        assert councils == {(1 + scores.index(one.score), one.council) for one in ranked}
    north = "GB-LAS-NAY"
    assert openings(inquiry, north) == [one for one in found if one.council == north]
