"""What a picture leaves out, on which days its memberships hold, and of which days it can speak."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.projection import affiliations, without_parts
from graphmodel.analytics.scope import Scope
from graphmodel.reports.picture import counted_notes, picture_notes
from graphmodel.store import Store
from tests.two_mode import COUNCILS, add_service, pictures, renamed, two_mode

wholes = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8)
"""Which service is a part of which, by number; some of no service, or of itself."""
scopes = st.builds(Scope, universal=st.booleans(), most_members=st.none() | st.integers(2, 6))


def with_parts(services: list[set[str]], pairs: list[tuple[int, int]]) -> Any:
    """A picture with parts and all the wholes above them, as the projection gives them."""
    graph = two_mode(services)
    above = nx.DiGraph(
        (f"s{part}", f"s{whole}")
        for part, whole in pairs
        if part < whole and max(part, whole) < len(services)
    )
    for part in above:
        graph.nodes[part]["part_of"] = sorted(nx.descendants(above, part))
    return graph


def weights(graph: Any) -> dict[frozenset[str], float]:
    return {frozenset((a, b)): weight for a, b, weight in graph.edges(data="weight")}


def test_parts_by_hand() -> None:
    """A programme of a, b, c: payroll within it, waste with a stranger, tax within waste."""
    graph = two_mode(["abc", "ab", "ad", "ad"])
    graph.nodes["s1"]["part_of"] = ["s0"]
    graph.nodes["s2"]["part_of"] = ["s0"]
    graph.nodes["s3"]["part_of"] = ["s0", "s2"]
    seen = Picture.of(graph, Scope())
    assert seen.parts == ("s1", "s3")
    assert seen.left_out == ()
    assert weights(seen.tied) == {
        frozenset("ab"): 0.5,
        frozenset("ac"): 0.5,
        frozenset("bc"): 0.5,
        frozenset("ad"): 1.0,
    }
    assert set(seen.each) == set(graph)


def test_a_part_counts_where_its_whole_does_not() -> None:
    graph = two_mode([COUNCILS, "abcde", "ab"])
    graph.nodes["s1"]["part_of"] = ["s0"]
    graph.nodes["s2"]["part_of"] = ["s0", "s1"]
    assert Picture.of(graph, Scope()).parts == ("s2",)
    assert Picture.of(graph, Scope(universal=True)).parts == ("s1", "s2")
    assert Picture.of(graph, Scope(most_members=4)).parts == ()


@given(pictures, wholes, scopes)
def test_no_tie_is_lost_with_a_part(
    services: list[set[str]], pairs: list[tuple[int, int]], scope: Scope
) -> None:
    graph = with_parts(services, pairs)
    seen = Picture.of(graph, scope)
    plain = Picture.of(two_mode(services), scope)
    assert set(weights(seen.tied)) == set(weights(plain.tied))
    for part in seen.parts:
        above = [one for one in graph.nodes[part]["part_of"] if one in seen.specific]
        assert any(set(graph[part]) <= set(graph[one]) for one in above)


@given(pictures, scopes, st.data())
def test_a_workstream_within_a_whole_changes_no_tie(
    services: list[set[str]], scope: Scope, data: st.DataObject
) -> None:
    before = Picture.of(two_mode(services), scope)
    counting = sorted(one for one, kind in before.specific.nodes(data="kind") if kind == "service")
    if not counting:
        return
    whole = data.draw(st.sampled_from(counting))
    members = data.draw(st.sets(st.sampled_from(sorted(before.affiliated[whole])), min_size=1))
    graph = two_mode(services)
    add_service(graph, "workstream", members, part_of=[whole])
    after = Picture.of(graph, scope)
    assert nx.utils.graphs_equal(after.tied, before.tied)
    assert nx.utils.graphs_equal(after.specific, before.specific)


@given(pictures, wholes, st.randoms(use_true_random=False))
def test_names_change_no_part(
    services: list[set[str]], pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    graph = with_parts(services, pairs)
    other, names = renamed(graph, chance)
    for node, above in graph.nodes(data="part_of"):
        if above:
            other.nodes[names[node]]["part_of"] = sorted(names[one] for one in above)
    assert without_parts(other)[1] == sorted(names[one] for one in without_parts(graph)[1])


def test_parts_are_read_from_the_store(store: Store) -> None:
    """Up to the top, and none from parts that go round in a ring."""
    store.execute(
        "CREATE (a:Council {id: 'A', name: 'Ash'}), (b:Council {id: 'B', name: 'Birch'}), "
        "(w:Service {id: 'whole', name: 'Whole', status: 'live'}), "
        "(m:Service {id: 'middle', name: 'Middle', status: 'ended'}), "
        "(p:Service {id: 'part', name: 'Part', status: 'live'}), "
        "(r:Service {id: 'ring', name: 'Ring', status: 'live'}), "
        "(s:Service {id: 'round', name: 'Round', status: 'live'}), "
        "(p)-[:PART_OF]->(m), (m)-[:PART_OF]->(w), (r)-[:PART_OF]->(s), (s)-[:PART_OF]->(r)"
    )
    for service in ("whole", "part", "ring", "round"):
        store.execute(
            "MATCH (m:Council), (s:Service {id: $id}) "
            "CREATE (m)-[:PARTICIPATES_IN {role: 'member'}]->(s)",
            {"id": service},
        )
    seen = picture(store)
    assert seen.parts == ("part",)
    assert seen.tied["A"]["B"]["services"] == ["ring", "round", "whole"]
    assert picture_notes(seen)[-1].startswith(
        "1 of all these services is a part of another that counts"
    )


def test_memberships_keep_to_the_days_of_their_service(store: Store) -> None:
    """Members "since 2014, until 2017" of a service from April 2014 to March 2017."""
    store.execute(
        "CREATE (a:Council {id: 'A', name: 'Ash'}), (b:Council {id: 'B', name: 'Birch'}), "
        "(c:Council {id: 'C', name: 'Cedar'}), "
        "(s:Service {id: 'roads', name: 'Roads', status: 'ended', "
        "valid_from: date('2014-04-01'), valid_to: date('2017-04-01')}), "
        "(a)-[:PARTICIPATES_IN {role: 'lead', valid_from: date('2014-01-01'), "
        "valid_to: date('2018-01-01')}]->(s), "
        "(b)-[:PARTICIPATES_IN {role: 'member', valid_from: date('2015-01-01')}]->(s), "
        "(b)-[:PARTICIPATES_IN {role: 'customer', valid_to: date('2016-01-01')}]->(s), "
        "(c)-[:PARTICIPATES_IN {role: 'member', valid_to: date('2014-04-01')}]->(s)"
    )
    began, over = date(2014, 4, 1), date(2017, 4, 1)
    span = affiliations(store, Scope(date(2010, 1, 1)), until=date(2020, 1, 1))
    held = {one: (span["roads"][one]["valid_from"], span["roads"][one]["valid_to"]) for one in "AB"}
    assert held == {"A": (began, over), "B": (began, over)}
    assert sorted(span["roads"]) == ["A", "B"]
    for day, members in (
        (began - timedelta(1), []),
        (began, ["A", "B"]),
        (over - timedelta(1), ["A", "B"]),
        (over, []),
    ):
        graph = affiliations(store, Scope(day))
        assert sorted(graph.adj.get("roads", ())) == members


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, []),
        (date(2008, 12, 31), ["2008-12-31 lies before 2009-01-01"]),
        (date(2009, 1, 1), []),
        (date(2020, 1, 1), []),
        (date(2998, 1, 1), ["but for the starts and ends that are on record"]),
        (date(3000, 1, 1), ["nothing is on record after 2999-01-01"]),
    ],
)
def test_days_that_nobody_speaks_of_are_warned_of(
    store: Store, day: date | None, said: list[str]
) -> None:
    store.execute(
        "CREATE (a:Council {id: 'A', name: 'Ash'}), "
        "(s:Service {id: 'roads', name: 'Roads', status: 'live', status_as_of: '2015-06', "
        "valid_from: date('1975-01-01'), valid_to: date('2999-01-01')}), "
        "(a)-[:PARTICIPATES_IN {role: 'member', valid_from: date('2009-01-01')}]->(s)"
    )
    warned = counted_notes(picture(store, Scope(day)))[1:]
    assert len(warned) == len(said)
    assert all(words in note for words, note in zip(said, warned, strict=True))


def test_where_nothing_is_dated_the_future_alone_is_warned_of(store: Store) -> None:
    store.execute(
        "CREATE (a:Council {id: 'A', name: 'Ash'}), "
        "(s:Service {id: 'roads', name: 'Roads', status: 'live'}), "
        "(a)-[:PARTICIPATES_IN {role: 'member'}]->(s)"
    )
    assert len(counted_notes(picture(store, Scope(date(1900, 1, 1))))) == 1
    assert "nothing is dated" in counted_notes(picture(store, Scope(date(3000, 1, 1))))[1]
