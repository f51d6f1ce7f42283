"""Centrality against igraph, by hand, shuffled, renamed, sampled, and with a national service."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analytics.centrality import Centrality, rank_by_centrality, rank_services
from graphmodel.analytics.chains import chain_betweenness
from graphmodel.analytics.links import only_links
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.projection import strengths, ties
from graphmodel.analytics.ranks import places
from graphmodel.analytics.scope import Scope, Weighting
from graphmodel.analytics.walks import member_pagerank, service_pagerank
from graphmodel.reports.centrality import centrality_report
from graphmodel.store import Store
from tests.two_mode import add_service, pictures, renamed, shuffled, two_mode

FRANCE = Path(__file__).parents[2] / "shared" / "data" / "france" / "syndicate_members_2021.csv"
SLICE = ("01", "38", "69")
"""Departments of the French slice: Ain, Isère and Rhône."""
weightings = st.sampled_from(["divided", "plain"])


@pytest.fixture(scope="module")
def french_slice() -> Any:
    if not FRANCE.is_file():
        pytest.skip("the French memberships are not beside this checkout")
    members: dict[str, set[str]] = {}
    with FRANCE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["commune_insee"].startswith(SLICE):
                members.setdefault(row["syndicat_siren"], set()).add(row["commune_insee"])
    return two_mode(members.values(), {commune for found in members.values() for commune in found})


def igraph_betweenness(affiliated: Any, weighting: Weighting) -> dict[str, float]:
    """On the two-mode graph, between members alone, as a share of their pairs."""
    small = [
        n
        for n, k in affiliated.nodes(data="kind")
        if k == "service" and not is_shared(affiliated, n)
    ]
    graph = affiliated.copy()
    graph.remove_nodes_from(small)
    nodes = sorted(graph)
    at = {node: number for number, node in enumerate(nodes)}
    services = [node for node in nodes if graph.nodes[node]["kind"] == "service"]
    members = [at[node] for node in nodes if graph.nodes[node]["kind"] != "service"]
    edges = [(at[member], at[service]) for service in services for member in graph[service]]
    lengths = [
        1 if weighting == "plain" else graph.degree(service) - 1
        for service in services
        for _ in graph[service]
    ]
    other = igraph.Graph(len(nodes), edges)
    found = other.betweenness(
        weights=lengths or None, sources=members, targets=members, directed=False
    )
    number = len(members)
    pairs = {True: number * (number - 1) / 2, False: (number - 1) * (number - 2) / 2}
    return {
        node: found[at[node]] / (pairs[graph.nodes[node]["kind"] == "service"] or 1)
        for node in nodes
    }


def is_shared(affiliated: Any, service: str) -> bool:
    return bool(affiliated.degree(service) > 1)


def igraph_pagerank(graph: Any, weighted: bool) -> dict[str, float]:
    nodes = sorted(graph)
    at = {node: number for number, node in enumerate(nodes)}
    other = igraph.Graph(len(nodes), [(at[a], at[b]) for a, b in graph.edges])
    weights = [weight for _, _, weight in graph.edges(data="weight")] if weighted else None
    return dict(zip(nodes, other.pagerank(weights=weights or None), strict=True))


def assert_as_in_igraph(affiliated: Any, weighting: Weighting) -> None:
    found = chain_betweenness(affiliated, weighting, pivots=len(affiliated))
    assert found.errors is None
    assert found.values == pytest.approx(igraph_betweenness(affiliated, weighting), abs=1e-9)
    tied = ties(affiliated, weighting)
    assert member_pagerank(affiliated, weighting) == pytest.approx(
        igraph_pagerank(tied, weighted=True), abs=1e-9
    )
    shared = affiliated.copy()
    shared.remove_nodes_from(
        [
            n
            for n, k in affiliated.nodes(data="kind")
            if k == "service" and not is_shared(affiliated, n)
        ]
    )
    on_both = igraph_pagerank(shared, weighted=False)
    assert service_pagerank(affiliated) == pytest.approx(
        {n: on_both[n] for n, k in shared.nodes(data="kind") if k == "service"}, abs=1e-9
    )


@settings(max_examples=50)
@given(pictures, weightings)
def test_random_pictures_are_as_in_igraph(services: list[set[str]], weighting: Weighting) -> None:
    assert_as_in_igraph(two_mode(services), weighting)


@pytest.mark.parametrize("weighting", ["divided", "plain"])
@pytest.mark.parametrize("partners", [False, True])
def test_scotland_is_as_in_igraph(
    embedded_scotland: Store, weighting: Weighting, partners: bool
) -> None:
    seen = picture(embedded_scotland, Scope(weighting=weighting, partners=partners))
    assert_as_in_igraph(seen.specific, weighting)


def test_a_french_slice_is_as_in_igraph(french_slice: Any) -> None:
    assert len(french_slice) > 1000
    assert_as_in_igraph(french_slice, "divided")


def test_summaries_are_those_of_the_ties(french_slice: Any) -> None:
    """Degree, strength, closest and sole ties come from a matrix; here from the graph of ties."""
    tied = ties(french_slice)
    summed = strengths(tied)
    for one in rank_by_centrality(french_slice, pivots=2):
        weights = {other: round(facts["weight"], 9) for other, facts in tied[one.id].items()}
        most = max(weights.values(), default=None)
        assert one.degree == len(weights)
        assert one.strength == pytest.approx(summed[one.id])
        assert one.closest == min((o for o, w in weights.items() if w == most), default=None)
    alone: dict[str, int] = {}
    for _, _, services in tied.edges(data="services"):
        if len(services) == 1:
            alone[services[0]] = alone.get(services[0], 0) + 1
    found = {one.id: one.sole_ties for one in rank_services(french_slice, pivots=2)}
    assert {service: number for service, number in found.items() if number} == alone


def test_a_chain_by_hand() -> None:
    """a-s0-b-s1-c, and d alone. b is between a and c, 1 of the 3 pairs of the others.
    s0 is on a-b and a-c, 2 of 6 pairs. PageRank of d: x = 0.15/4 + 0.85 x/4."""
    affiliated = two_mode(["ab", "bc"], "abcd")
    affiliated["b"]["s0"]["roles"] = ["lead", "member"]
    ranked = rank_by_centrality(affiliated)
    assert [(one.rank, one.id) for one in ranked] == [(1, "b"), (2, "a"), (2, "c"), (4, "d")]
    first, last = ranked[0], ranked[-1]
    assert (first.degree, first.strength, first.services, first.leads) == (2, 2.0, 2, ("s0",))
    assert first.betweenness == pytest.approx(1 / 3)
    assert (first.closest, last.closest) == ("a", None)
    assert last.pagerank == pytest.approx((0.15 / 4) / (1 - 0.85 / 4))
    services = rank_services(affiliated)
    assert [(one.rank, one.id, one.sole_ties, one.led_by) for one in services] == [
        (1, "s0", 1, ("b",)),
        (1, "s1", 1, ()),
    ]
    assert services[0].betweenness == pytest.approx(1 / 3)


def test_small_services_are_close_and_large_ones_far() -> None:
    """a and b share a service of 5; by way of c, two of 2 each: 2 steps, not 4."""
    affiliated = two_mode(["abxyz", "ac", "cb"], "abcxyz")
    between = chain_betweenness(affiliated).values
    plain = chain_betweenness(affiliated, "plain").values
    assert between["c"] > 0
    assert plain["c"] == pytest.approx(0)


@settings(max_examples=40)
@given(pictures, st.randoms())
def test_order_of_rows_changes_nothing(services: list[set[str]], chance: random.Random) -> None:
    graph = two_mode(services)
    assert rank_by_centrality(shuffled(graph, chance)) == rank_by_centrality(graph)
    assert rank_services(shuffled(graph, chance)) == rank_services(graph)


@settings(max_examples=40)
@given(pictures, weightings, st.sampled_from(["strength", "betweenness", "pagerank"]), st.randoms())
def test_names_change_no_rank(
    services: list[set[str]], weighting: Weighting, by: Any, chance: random.Random
) -> None:
    graph = two_mode(services)
    other, names = renamed(graph, chance)
    ranked = {one.id: one for one in rank_by_centrality(graph, by=by, weighting=weighting)}
    again = {one.id: one for one in rank_by_centrality(other, by=by, weighting=weighting)}
    assert {names[one]: found.rank for one, found in ranked.items()} == {
        one: found.rank for one, found in again.items()
    }
    for one, found in ranked.items():
        assert again[names[one]].betweenness == pytest.approx(found.betweenness)
        assert again[names[one]].strength == found.strength
    first, second = rank_services(graph), rank_services(other)
    assert {names[one.id]: one.rank for one in first} == {one.id: one.rank for one in second}


@given(
    st.lists(st.sampled_from([0.1, 0.2, 0.3, 1 / 3, 1 / 7]), min_size=1, max_size=12), st.randoms()
)
def test_noise_of_sums_moves_no_rank(parts: list[float], chance: random.Random) -> None:
    values = {}
    for one in "abcd":
        chance.shuffle(parts)
        values[one] = sum(parts)
    assert set(places([values | {"e": sum(parts) + 1e-3}]).values()) == {1, 2}


def test_regions_that_one_council_links() -> None:
    """North (a, b) and South (c, d) share through b and c; East (e, f) is linked by c alone.
    North and East share nothing, and nobody but c of a third shares with both."""
    affiliated = two_mode(["ab", "bc", "cd", "ce", "cf", "ef"], "abcdef")
    regions = {"a": "North", "b": "North", "c": "South", "d": "South", "e": "East", "f": "East"}
    assert only_links(affiliated, regions) == {
        "b": [("North", "South")],
        "c": [("East", "North"), ("East", "South"), ("North", "South")],
    }


def regional() -> Any:
    """A picture of 32 councils in eight regions, of uneven ties and with links between them."""
    chance = random.Random(7)
    councils = [f"c{number:02}" for number in range(32)]
    regions = [councils[at : at + 4] for at in range(0, 32, 4)]
    services = [chance.sample(region, chance.choice([2, 3, 4])) for region in regions * 3]
    services += [
        [chance.choice(region), chance.choice(after)]
        for region, after in zip(regions, regions[1:] + regions[:1], strict=True)
    ]
    return two_mode(services, councils)


def moves(before: list[Centrality], after: list[Centrality]) -> int:
    """By how many places the rank of one moved, at most."""
    ranks = {one.id: one.rank for one in before}
    return max(abs(one.rank - ranks[one.id]) for one in after)


def with_national(affiliated: Any) -> Any:
    """The same with one service of all councils."""
    everyone = [one for one, kind in affiliated.nodes(data="kind") if kind == "council"]
    add_service(affiliated, "national", everyone)
    return affiliated


@pytest.mark.parametrize("weighting", ["divided", "plain"])
@pytest.mark.parametrize("by", ["strength", "degree", "betweenness", "pagerank", "leads"])
def test_a_national_service_moves_no_rank(by: Any, weighting: Weighting) -> None:
    """As every report takes it by default: left out, as it ties all alike, it moves nothing."""
    scope = Scope(weighting=weighting)
    before, after = (Picture.of(one, scope) for one in (regional(), with_national(regional())))
    assert after.left_out == ("national",)
    ranked = [
        rank_by_centrality(one.affiliated, one.specific, by=by, weighting=weighting)
        for one in (before, after)
    ]
    assert moves(*ranked) == 0


@pytest.mark.slow
@given(pictures.filter(lambda services: any(len(one) > 1 for one in services)), weightings)
def test_a_national_service_changes_nothing_that_is_looked_at(
    services: list[set[str]], weighting: Weighting
) -> None:
    """Whatever the picture: clusters, ranks, gaps and breaks are all worked out on the same."""
    scope = Scope(weighting=weighting)
    before = Picture.of(two_mode(services), scope)
    after = Picture.of(with_national(two_mode(services)), scope)
    assert nx.utils.graphs_equal(after.specific, before.specific)
    assert nx.utils.graphs_equal(after.tied, before.tied)
    assert rank_services(after.specific, weighting=weighting) == rank_services(
        before.specific, weighting=weighting
    )


@pytest.mark.parametrize("by", ["strength", "betweenness"])
def test_a_national_service_that_counts_moves_no_rank_if_it_is_divided(by: Any) -> None:
    """Divided among 31 it adds one to each strength, and is too far to be on a closest chain."""
    alone, national = regional(), with_national(regional())
    assert moves(rank_by_centrality(alone, by=by), rank_by_centrality(national, by=by)) == 0


@pytest.mark.parametrize("by", ["degree", "betweenness", "pagerank"])
def test_a_national_service_by_plain_counts_moves_ranks(by: Any) -> None:
    """It puts everybody next to everybody: nobody has more ties, or lies between others.

    Even where it counts, dividing it leaves betweenness as it was and moves no PageRank by
    more than two places; only the number of others, which no weight is in, is lost.
    """
    alone, national = regional(), with_national(regional())
    plain = moves(
        rank_by_centrality(alone, by=by, weighting="plain"),
        rank_by_centrality(national, by=by, weighting="plain"),
    )
    divided = moves(rank_by_centrality(alone, by=by), rank_by_centrality(national, by=by))
    assert plain > 10
    assert by == "degree" or divided <= 2


def test_sampled_betweenness_errs_as_much_as_it_says(french_slice: Any) -> None:
    """Over twenty drawings: no bias, errors of the size said, and the bound is one."""
    exact = chain_betweenness(french_slice, pivots=len(french_slice)).values
    central = sorted(exact, key=lambda one: -exact[one])[:20]
    residuals = []
    for seed in range(20):
        found = chain_betweenness(french_slice, pivots=100, seed=seed)
        assert found.errors is not None
        assert found.pivots == 100
        assert max(abs(found.values[one] - exact[one]) for one in exact) < found.bound
        residuals += [(found.values[one] - exact[one]) / found.errors[one] for one in central]
    spread = (sum(value**2 for value in residuals) / len(residuals)) ** 0.5
    assert abs(sum(residuals) / len(residuals)) < 0.5
    assert 0.7 < spread < 1.4
    again = chain_betweenness(french_slice, pivots=100, seed=3)
    assert again == chain_betweenness(french_slice, pivots=100, seed=3)


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(ValueError, match="affiliations"):
        rank_by_centrality(two_mode(["ab"]), ties(two_mode(["ab"])))
    with pytest.raises(ValueError, match="at least 2"):
        chain_betweenness(two_mode(["ab"]), pivots=1)
    with pytest.raises(ValueError, match="not a measure"):
        rank_by_centrality(two_mode([]), by="importance")  # type: ignore[arg-type]


def test_partners_do_not_hide_behind_services_of_their_name(store: Store) -> None:
    store.execute(
        "CREATE (a:Council {id: 'A', name: 'Ash'}), (p:Partner {id: 'roads', name: 'Roads Ltd'}), "
        "(r:Service {id: 'roads', name: 'Roads', status: 'live'}), "
        "(w:Service {id: 'waste', name: 'Waste', status: 'live'}), "
        "(a)-[:PARTICIPATES_IN {role: 'member'}]->(r), "
        "(p)-[:PARTICIPATES_IN {role: 'lead'}]->(w), "
        "(a)-[:PARTICIPATES_IN {role: 'member'}]->(w)"
    )
    seen = picture(store, Scope(partners=True))
    assert set(map(frozenset, seen.affiliated.edges)) == {
        frozenset(("A", "roads")),
        frozenset(("A", "waste")),
        frozenset(("partner:roads", "waste")),
    }
    assert seen.name("partner:roads") == "Roads Ltd"
    ranked = rank_by_centrality(seen.affiliated, seen.specific, kind="partner")
    assert [(one.id, one.leads) for one in ranked] == [("partner:roads", ("waste",))]


def test_where_nothing_is_shared_nobody_is_ranked(embedded_scotland: Store) -> None:
    report = centrality_report(embedded_scotland, Scope(categories=("legal",)))
    assert report.tables[0].rows == []
