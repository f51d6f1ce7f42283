"""Ties and clusters, against igraph and against figures worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analytics.geography import contiguity, grouping_members
from graphmodel.analytics.projection import affiliations, ties
from graphmodel.analytics.scope import Scope
from graphmodel.store import Store

# Which of a handful of councils take part in which of a handful of services.
pictures = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), max_size=8)


def two_mode(services: list[set[str]], councils: str = "abcdefgh") -> Any:
    graph = nx.Graph()
    graph.add_nodes_from(councils, kind="council", name="")
    for number, members in enumerate(services):
        graph.add_node(f"s{number}", kind="service", name="")
        graph.add_edges_from([(council, f"s{number}") for council in members], roles=["member"])
    return graph


def test_ties_by_hand() -> None:
    """a and b share s0 (k=2, weight 1) and s1 (k=3, weight 1/2): 1.5; a-c, b-c only s1: 0.5."""
    tied = ties(two_mode([{"a", "b"}, {"a", "b", "c"}, {"d"}], "abcd"))
    assert {(a, b): w for a, b, w in tied.edges(data="weight")} == {
        ("a", "b"): 1.5,
        ("a", "c"): 0.5,
        ("b", "c"): 0.5,
    }
    assert list(nx.isolates(tied)) == ["d"]
    assert tied["a"]["b"]["services"] == ["s0", "s1"]


@given(pictures)
def test_each_council_spends_one_unit_on_each_service_that_it_shares(
    services: list[set[str]],
) -> None:
    tied = ties(two_mode(services))
    for council in tied:
        shared = sum(council in members and len(members) > 1 for members in services)
        assert tied.degree(council, weight="weight") == pytest.approx(shared)


def test_the_picture_of_a_day(store: Store) -> None:
    store.execute(
        "CREATE (a:Council {id: 'A', name: 'Ash'}), (b:Council {id: 'B', name: 'Birch'}), "
        "(live:Service {id: 'live', name: 'Live', status: 'live'}), "
        "(old:Service {id: 'old', name: 'Old', status: 'ended', valid_from: date('2009-01-01'), "
        "valid_to: date('2015-04-01')}), "
        "(plan:Service {id: 'plan', name: 'Plan', status: 'proposed'}), "
        "(a)-[:PARTICIPATES_IN {role: 'lead'}]->(live), "
        "(b)-[:PARTICIPATES_IN {role: 'member', valid_from: date('2012-06-01')}]->(live), "
        "(b)-[:PARTICIPATES_IN {role: 'customer', status: 'proposed'}]->(old), "
        "(a)-[:PARTICIPATES_IN {role: 'member'}]->(old), "
        "(a)-[:PARTICIPATES_IN {role: 'member'}]->(plan)"
    )

    def edges(scope: Scope) -> set[tuple[str, str]]:
        return {(min(edge), max(edge)) for edge in affiliations(store, scope).edges}

    assert edges(Scope()) == {("A", "live"), ("B", "live")}
    assert edges(Scope(date(2015, 3, 31))) == {("A", "live"), ("B", "live"), ("A", "old")}
    assert edges(Scope(date(2015, 4, 1))) == {("A", "live"), ("B", "live")}
    assert edges(Scope(date(2012, 5, 31))) == {("A", "live"), ("A", "old")}
    assert edges(Scope(statuses=("proposed",))) == {("A", "plan")}


def test_links_and_groupings_are_the_published_ones(scotland: Store) -> None:
    """links.csv has 56 links by land and 7 by bridge; Orkney, Shetland and Eilean Siar have none.
    The Tayside collaborative is of Angus, Dundee City and Perth and Kinross."""
    graph = contiguity(scotland)
    kinds = [link["kind"] for _, _, links in graph.edges(data="links") for link in links]
    assert sorted(nx.isolates(graph)) == ["GB-LAS-ELS", "GB-LAS-ORK", "GB-LAS-ZET"]
    assert set(kinds) == {"land", "bridge"}
    assert graph["GB-LAS-DND"]["GB-LAS-FIF"]["links"][0]["note"] == "Tay Road Bridge"
    tayside = grouping_members(scotland)["tayside-regional-improvement-collaborative"]
    assert tayside.members == ("GB-LAS-ANS", "GB-LAS-DND", "GB-LAS-PKN")
    assert "tayside-regional-improvement-collaborative" not in grouping_members(
        scotland, date(2017, 12, 31)
    )
