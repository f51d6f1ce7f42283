"""Clusters: small cases by hand, the same whatever the names and the order, igraph's quality."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.france_centrality import FRANCE, france
from benchmarks.planted import REGIONS, clusters_of, plant
from graphmodel.analytics.bundles import bundled_ties, bundles, find_bundled_clusters
from graphmodel.analytics.clusters import Clustering, find_clusters
from graphmodel.analytics.consensus import consensus
from graphmodel.analytics.geography import Grouping
from graphmodel.analytics.methods import Method, communities
from graphmodel.analytics.picture import picture
from graphmodel.analytics.portraits import bridges, pieces, resemblance
from graphmodel.analytics.projection import ties, without_universal
from graphmodel.analytics.scan import scan
from graphmodel.analytics.scope import Scope, Weighting
from graphmodel.store import Store
from tests.two_mode import COUNCILS, pictures, renamed, shuffled, two_mode

RUNS = 8
METHODS: tuple[Method, ...] = ("louvain", "leiden")


def members(found: Clustering) -> set[tuple[Any, ...]]:
    return {cluster.members for cluster in found.clusters}


def test_two_triangles_by_hand() -> None:
    """Of 7 ties 6 lie within; each half has 7 of the 14 ends: 6/7 - 2 * (7/14)^2 = 5/14."""
    found = find_clusters(nx.barbell_graph(3, 0))
    assert members(found) == {(0, 1, 2), (3, 4, 5)}
    assert found.modularity == pytest.approx(5 / 14)
    assert found.best_run == pytest.approx(5 / 14)
    assert found.settled
    assert [(cluster.belonging, cluster.stability) for cluster in found.clusters] == [
        ((1.0, 1.0, 1.0), 1.0)
    ] * 2


def test_what_can_be_mirrored_is_not_divided_by_chance() -> None:
    """Of a chain a-b-c-d-e, the best divisions are ab-cde and abc-de, equally good: nothing says
    where c belongs. Single runs give one or the other."""
    chain = nx.path_graph(list("abcde"))
    numbered = nx.convert_node_labels_to_integers(chain)
    nx.set_edge_attributes(numbered, 1.0, "weight")
    single = {tuple(sorted(map(len, communities(numbered, seed=seed)))) for seed in range(10)}
    assert single == {(2, 3)}
    found = find_clusters(chain)
    assert members(found) == {tuple("abcde")}
    assert not found.settled
    belonging = dict(zip("abcde", found.clusters[0].belonging, strict=True))
    assert (belonging["a"], belonging["b"]) == (belonging["e"], belonging["d"])
    assert found.clusters[0].stability < 0.7
    assert found.modularity == pytest.approx(0.0)
    assert found.best_run == pytest.approx(3 / 4 - (3 / 8) ** 2 - (5 / 8) ** 2)


def test_how_surely_a_council_belongs_by_hand() -> None:
    """In the chain above, every run has a with b, half of them with c, none with d or e: of four
    others 1.5; c is with two of them in each run."""
    (part,) = consensus(nx.path_graph(list("abcde"))).parts
    assert part.belonging == pytest.approx((1.5 / 4, 1.5 / 4, 0.5, 1.5 / 4, 1.5 / 4))


@given(pictures)
@settings(max_examples=50)
def test_clusters_divide_the_tied_councils(services: list[set[str]]) -> None:
    tied = ties(two_mode(services))
    found = find_clusters(tied, runs=RUNS)
    councils = [council for cluster in found.clusters for council in cluster.members]
    assert sorted(councils + list(found.untied)) == sorted(tied)
    assert set(found.untied) == set(nx.isolates(tied))
    for cluster in found.clusters:
        assert nx.is_connected(tied.subgraph(cluster.members))
        assert all(0 <= sure <= 1 for sure in (*cluster.belonging, cluster.stability))


@pytest.mark.parametrize("method", METHODS)
@given(services=pictures, chance=st.randoms())
@settings(max_examples=50)
def test_order_and_names_change_nothing(
    method: Method, services: list[set[str]], chance: random.Random
) -> None:
    """Councils and services get ids that sort in another order, and rows are shuffled."""
    graph = two_mode(services)
    other_graph, names = renamed(shuffled(graph, chance), chance)
    found = find_clusters(ties(graph), method=method, runs=RUNS)
    other = find_clusters(ties(other_graph), method=method, runs=RUNS)

    def told(clustering: Clustering, names: Mapping[str, str]) -> Any:
        return sorted(
            (
                sorted(
                    zip([names[one] for one in cluster.members], cluster.belonging, strict=True)
                ),
                sorted(names[service] for service in cluster.services),
                cluster.stability,
            )
            for cluster in clustering.clusters
        )

    assert told(other, {name: name for name in names.values()}) == told(found, names)
    assert (other.modularity, other.best_run, other.settled) == (
        found.modularity,
        found.best_run,
        found.settled,
    )


def igraphs(tied: Any) -> Any:
    return igraph.Graph.TupleList(tied.edges(data="weight"), weights=True)


def assert_quality_is_igraphs(tied: Any, resolution: float = 1.0) -> None:
    """Modularity of what is found, and the quality that igraph's own Leiden reaches."""
    graph = igraphs(tied)
    best = graph.community_leiden(
        "modularity", weights="weight", resolution=resolution, n_iterations=-1
    )
    reached = graph.modularity(best.membership, weights="weight", resolution=resolution)
    for method in METHODS:
        found = find_clusters(tied, method=method, resolution=resolution, runs=RUNS)
        places = found.places()
        membership = [places[name] for name in graph.vs["name"]]
        quality = graph.modularity(membership, weights="weight", resolution=resolution)
        assert found.modularity == pytest.approx(quality, abs=1e-9)
        assert found.best_run >= reached - 0.01
        assert found.modularity <= max(found.best_run, reached) + 1e-9


@given(pictures, st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=30)
def test_modularity_is_igraphs(services: list[set[str]], resolution: float) -> None:
    tied = ties(two_mode(services))
    found = find_clusters(tied, resolution=resolution, runs=RUNS)
    if found.clusters:
        graph, places = igraphs(tied), found.places()
        membership = [places[name] for name in graph.vs["name"]]
        quality = graph.modularity(membership, weights="weight", resolution=resolution)
        assert found.modularity == pytest.approx(quality, abs=1e-9)


@pytest.mark.parametrize("resolution", [0.7, 1.0, 1.5])
@pytest.mark.parametrize("seed", range(3))
def test_quality_is_igraphs_on_planted_maps(seed: int, resolution: float) -> None:
    affiliated, _ = without_universal(plant(0.3, seed).affiliated)
    assert_quality_is_igraphs(ties(affiliated), resolution)


def test_quality_is_igraphs_on_the_scottish_picture(embedded_scotland: Store) -> None:
    for weighting in ("divided", "plain"):
        scope = Scope(universal=True, weighting=weighting)
        assert_quality_is_igraphs(picture(embedded_scotland, scope).tied)


@pytest.fixture(scope="module")
def finistere() -> Any:
    """The communes and syndicates of a French département."""
    if not FRANCE.is_file():
        pytest.skip("the French memberships are not beside this checkout")
    return france("29")


def test_quality_is_igraphs_on_french_memberships(finistere: Any) -> None:
    assert_quality_is_igraphs(ties(finistere))


def test_bundles_find_what_all_pairs_give(finistere: Any) -> None:
    """Communes with the same syndicates are one, and yet the modularity is that of all pairs."""
    bundled = bundles(finistere)
    assert 1 < len(bundled) < sum(len(together) for together in bundled.values()) == 154
    tied = ties(finistere)
    graph = igraphs(tied)
    best = graph.community_leiden("modularity", weights="weight", n_iterations=-1)
    for method in METHODS:
        found = find_bundled_clusters(finistere, method=method, runs=RUNS)
        places = found.places()
        quality = graph.modularity([places[name] for name in graph.vs["name"]], weights="weight")
        assert found.modularity == pytest.approx(quality, abs=1e-9)
        assert quality >= graph.modularity(best.membership, weights="weight") - 0.01
        assert set(places) | set(found.untied) == set(tied)


@given(pictures)
@settings(max_examples=50)
def test_bundles_keep_the_ties_of_all_pairs(services: list[set[str]]) -> None:
    affiliated = two_mode(services)
    bundled = bundles(affiliated)
    home = {council: first for first, together in bundled.items() for council in together}
    assert set(home) == set(COUNCILS)
    expected: dict[tuple[str, ...], float] = {}
    for a, b, weight in ties(affiliated).edges(data="weight"):
        pair = tuple(sorted((home[a], home[b])))
        expected[pair] = expected.get(pair, 0) + weight
    made = {
        tuple(sorted((a, b))): weight
        for a, b, weight in bundled_ties(affiliated, bundled).edges(data="weight")
    }
    assert made == pytest.approx(expected)
    found = find_bundled_clusters(affiliated, runs=RUNS)
    places = found.places()
    assert all(places.get(council) == places.get(first) for council, first in home.items())
    assert found.untied == find_clusters(ties(affiliated), runs=RUNS).untied


def region_by_region(counts: list[int], national: bool) -> Any:
    """Regions of four councils that share so many services each, and one of all if asked for."""
    councils = [f"{region}{one}" for region in "ABCDEFGH" for one in "1234"]
    services: list[list[str]] = [
        [council for council in councils if council[0] == region]
        for region, count in zip("ABCDEFGH", counts, strict=True)
        for _ in range(count)
    ]
    return two_mode([*services, councils] if national else services, councils)


@pytest.mark.parametrize(("weighting", "kept"), [("divided", True), ("plain", False)])
def test_one_national_service_changes_no_cluster(weighting: Weighting, kept: bool) -> None:
    """Eight regions of four councils that share one to three services.

    Two regions come together if a tie between their councils is more than chance would put
    there: (ends at one) * (ends at the other) / (all ends). With divided weights the ends at a
    council are its services: in the weakest regions 2, of 92 in all; 2 * 2 / 92 = 0.043 is more
    than the 1/31 = 0.032 of the tie. With plain counts they are 31 and 3 for each regional
    service: 34 * 34 / 1172 = 0.986 is less than the tie's 1, so the weak regions come together.
    """
    counts = [1, 2, 3, 1, 2, 3, 1, 2]
    before = find_clusters(ties(region_by_region(counts, national=False), weighting))
    assert len(before.clusters) == 8
    with_national = region_by_region(counts, national=True)
    after = find_clusters(ties(with_national, weighting))
    assert (members(after) == members(before)) is kept
    left_out, universal = without_universal(with_national)
    assert len(universal) == 1
    assert find_clusters(ties(left_out, weighting)) == before


def test_national_services_drown_weak_clusters_where_they_are_asked_for(
    embedded_scotland: Store,
) -> None:
    """The five documents show much of Tayside and the Lothians and little of the rest: what all
    32 share is left out by default. With --universal the little is drowned."""
    scottish = picture(embedded_scotland, Scope(universal=True))
    found = members(find_clusters(scottish.tied))
    assert ("GB-LAS-ANS", "GB-LAS-DND", "GB-LAS-PKN") in found
    assert ("GB-LAS-ELN", "GB-LAS-MLN") in found
    assert sorted(map(len, found)) == [2, 3, 3, 24]


def test_planted_clusters_are_found_at_moderate_noise() -> None:
    """One membership in five is anybody's, three services are of all and two of half of them;
    all levels: python -m benchmarks.planted."""
    found = [clusters_of(plant(0.2, seed)) for seed in range(5)]
    assert sum(found) / len(found) >= 0.95
    assert clusters_of(plant(1.0, 0)) < 0.2
    assert sum(REGIONS) == 32


def test_a_cluster_is_called_like_the_grouping_that_it_resembles() -> None:
    """By hand: {a, b, c, d} and {a, b, c, e} have 3 of 5 in common, 0.6; of those that fit as
    well, the kind that comes first in the vocabulary counts."""
    board = Grouping("b", "Board", "health board area", tuple("abce"))
    region = Grouping("r", "Region", "city region", tuple("abce"))
    far = Grouping("f", "Far", "city region", tuple("abxyz"))
    found = resemblance("abcd", [far, board, region])
    assert found is not None
    assert (found.grouping, found.jaccard, found.also, found.without) == (
        region,
        0.6,
        ("d",),
        ("e",),
    )
    assert resemblance("ab", [far]) is None


def test_pieces_and_bridges_by_hand() -> None:
    """s2, of three councils, ties c with each of d and e by 1/2."""
    affiliated = two_mode(["abc", "abc", "cde", "de", "de"], "abcde")
    found = find_clusters(ties(affiliated))
    assert members(found) == {tuple("abc"), tuple("de")}
    (bridge,) = bridges(ties(affiliated), found)
    assert bridge.between == (0, 1)
    assert bridge.ties == (("c", "d", 0.5), ("c", "e", 0.5))
    assert (bridge.strength, bridge.services) == (1.0, ("s2",))
    assert [cluster.services for cluster in found.clusters] == [("s0", "s1"), ("s3", "s4", "s2")]
    touching = nx.Graph([("a", "b"), ("d", "e")])
    touching.add_node("c")
    assert pieces("abc", touching) == [("a", "b"), ("c",)]
    assert pieces(["d", "e", "partner"], touching) == [("d", "e")]


def test_neighbouring_resolutions_with_the_same_clusters_are_one_range() -> None:
    """Two triangles with one tie between them are divided from resolution 2/7 on: the tie of 1
    against 7 * 7 / 14 * resolution = 3.5 * resolution. At 0.25 they are one."""
    triangles = nx.barbell_graph(3, 0)
    ranges = scan(
        lambda resolution: find_clusters(triangles, resolution=resolution, runs=RUNS),
        [1.2, 0.25, 0.3, 0.9],
    )
    assert [(found.resolutions, len(found.clustering.clusters)) for found in ranges] == [
        ((0.25,), 1),
        ((0.3, 0.9, 1.2), 2),
    ]
    assert [found.agreement for found in ranges] == [None, 0.0]
