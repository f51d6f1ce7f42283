"""Gaps, pieces and coverage: by hand, by brute force, shuffled and renamed."""

from __future__ import annotations

import math
import random
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analytics.coverage import NO_AREA, cover, unshared
from graphmodel.analytics.gaps import (
    LEAST,
    areas_elsewhere,
    expected_ties,
    most_isolated,
    neighbour_gaps,
)
from graphmodel.analytics.geography import contiguity
from graphmodel.analytics.picture import picture
from graphmodel.analytics.pieces import scattered_services
from graphmodel.analytics.projection import affiliations, ties
from graphmodel.reports.coverage import coverage_report
from graphmodel.reports.formats import render
from graphmodel.reports.gaps import gaps_report
from graphmodel.reports.twins import twins_report
from graphmodel.store import Store
from tests.two_mode import (
    COUNCILS,
    add_service,
    maps,
    on_the_map,
    pictures,
    renamed,
    shuffled,
    two_mode,
    weight,
)


def test_gaps_by_hand() -> None:
    """A ring a-b-c-d. Ties: a-b and c-d 2, a-c and b-d, which do not touch, 1. So each has 3, and
    neighbours 4 in all: every pair is expected to share 1, and b-c and a-d share nothing. Each of
    the four pairs is 1 off, so the dispersion is 4/3, and the surprise 1 / sqrt(4/3)."""
    services = ["ab", "ab", "cd", "cd", "ac", "bd"]
    found = neighbour_gaps(two_mode(services, "abcd"), nx.Graph(["ab", "bc", "cd", "da"]))
    assert [(gap.rank, gap.first, gap.second, gap.tie, gap.services) for gap in found.ranked] == [
        (1, "a", "d", 0.0, ()),
        (1, "b", "c", 0.0, ()),
    ]
    assert found.pairs == 4
    assert found.dispersion == pytest.approx(4 / 3)
    for gap in found.ranked:
        assert gap.expected == pytest.approx(1)
        assert gap.surprise == pytest.approx((3 / 4) ** 0.5)


@given(pictures, maps)
def test_all_neighbours_together_are_expected_to_share_what_they_do(
    services: list[set[str]], pairs: set[tuple[str, str]]
) -> None:
    graph, touching = two_mode(services), on_the_map(pairs)
    tied = ties(graph)
    expected = expected_ties(graph, touching)
    assert set(expected) == pairs
    shared = math.fsum(weight(tied, *pair) for pair in pairs)
    assert math.fsum(expected.values()) == pytest.approx(shared, abs=1e-6)
    for gap in neighbour_gaps(graph, touching).ranked:
        assert gap.expected == pytest.approx(expected[gap.first, gap.second])
        assert gap.tie == weight(tied, gap.first, gap.second) <= gap.expected - LEAST
        assert gap.surprise > 0


def test_each_is_expected_to_have_the_ties_that_it_has(embedded_scotland: Store) -> None:
    """The model has one solution with these sums (it maximises a likelihood); found again here
    by Newton's method over all pairs, as a Poisson regression on councils and touching."""
    seen, touching = picture(embedded_scotland), contiguity(embedded_scotland)
    tied = seen.tied
    councils = sorted(council for council in tied if tied.degree(council))
    every = list(combinations(councils, 2))
    design = np.array(
        [[*(c in pair for c in councils), touching.has_edge(*pair)] for pair in every], dtype=float
    )
    tie = np.array([weight(tied, *pair) for pair in every])
    found = np.zeros(design.shape[1]) - 1
    for _ in range(60):
        mean = np.exp(design @ found)
        found += np.linalg.lstsq(
            design.T @ (design * mean[:, None]), design.T @ (tie - mean), rcond=None
        )[0].clip(-2, 2)
    regression = dict(zip(every, np.exp(design @ found), strict=True))
    for pair, value in expected_ties(seen.specific, touching).items():
        assert value == pytest.approx(regression.get(pair, 0.0), rel=1e-4, abs=1e-4)


@settings(max_examples=50)
@given(pictures, maps, st.randoms())
def test_neither_order_nor_names_change_gaps(
    services: list[set[str]], pairs: set[tuple[str, str]], chance: random.Random
) -> None:
    graph, touching = two_mode(services), on_the_map(pairs)
    found = neighbour_gaps(graph, touching)
    assert neighbour_gaps(shuffled(graph, chance), shuffled(touching, chance)) == found
    other, names = renamed(graph, chance)
    again = neighbour_gaps(other, nx.relabel_nodes(touching, names))
    assert again.dispersion == pytest.approx(found.dispersion)
    assert {frozenset((names[gap.first], names[gap.second])): gap.rank for gap in found.ranked} == {
        frozenset((gap.first, gap.second)): gap.rank for gap in again.ranked
    }
    first = most_isolated(graph, touching)
    second = most_isolated(other, nx.relabel_nodes(touching, names))
    assert [(one.strength, one.works_with) for one in first] == [
        (one.strength, one.works_with) for one in second
    ]


def test_isolation_by_hand() -> None:
    graph = two_mode(["ab"], "abc")
    first, second, _ = most_isolated(graph, nx.path_graph("abc"))
    assert (first.council, first.strength, first.neighbours) == ("c", 0.0, ("b",))
    assert first.shares_nothing_with == ("b",)
    assert (second.council, second.shares_nothing_with) == ("a", ())


def test_areas_to_talk_about() -> None:
    """Both share roads and waste with others, and waste with each other; libraries only a."""
    graph = two_mode([], "abxy")
    for service, members, area in (
        ("r1", "ax", "roads"),
        ("r2", "by", "roads"),
        ("w", "ab", "waste"),
        ("w2", "bx", "waste"),
        ("l", "ax", "libraries"),
        ("alone", "b", "libraries"),
    ):
        add_service(graph, service, members, categories=[area])
    assert areas_elsewhere(graph, "a", "b") == ("roads",)


@given(pictures, maps)
def test_pieces_hang_together_and_not_with_each_other(
    services: list[set[str]], pairs: set[tuple[str, str]]
) -> None:
    touching = on_the_map(pairs)
    graph = two_mode(services)
    found = {one.service: one for one in scattered_services(graph, touching)}
    for number, members in enumerate(services):
        whole = nx.is_connected(touching.subgraph(members))
        assert (f"s{number}" in found) is not whole
        if whole:
            continue
        one = found[f"s{number}"]
        assert sorted(council for piece in one.pieces for council in piece) == sorted(members)
        assert all(nx.is_connected(touching.subgraph(piece)) for piece in one.pieces)
        assert set(one.would_join) == {
            council
            for council in set(COUNCILS) - members
            if nx.number_connected_components(touching.subgraph(members | {council}))
            < len(one.pieces)
        }


def test_coverage_counts_every_membership_once_an_area() -> None:
    graph = two_mode([], "abc")
    add_service(graph, "gritting", "ab", categories=["roads", "winter"])
    add_service(graph, "potholes", "a", categories=["roads"])
    add_service(graph, "other", "b")
    found = cover(graph, ["libraries", "roads", "winter"])
    assert found.categories == ("libraries", "roads", "winter", NO_AREA)
    assert {council: tuple(found.counts[council].values()) for council in found.councils} == {
        "a": (0, 2, 1, 0),
        "b": (0, 1, 1, 1),
        "c": (0, 0, 0, 0),
    }
    assert found.services == {"a": 2, "b": 2, "c": 0}
    assert (found.empty_councils, found.empty_categories) == (("c",), ("libraries",))
    assert unshared(graph, ["libraries", "roads", "winter"]) == ("libraries",)


def test_the_gap_that_the_map_of_scotland_shows(embedded_scotland: Store) -> None:
    """Neighbours by land or bridge, 63 links of which join each pair once; and by ferry more."""
    seen = picture(embedded_scotland)
    without = neighbour_gaps(seen.specific, contiguity(embedded_scotland))
    ferries = neighbour_gaps(
        seen.specific, contiguity(embedded_scotland, ("land", "bridge", "ferry"))
    )
    assert without.pairs < ferries.pairs
    pairs = {frozenset((gap.first, gap.second)) for gap in without.ranked}
    assert frozenset(("GB-LAS-ANS", "GB-LAS-DND")) not in pairs


def test_coverage_agrees_with_the_memberships(embedded_scotland: Store) -> None:
    table = coverage_report(embedded_scotland).tables[0]
    graph = affiliations(embedded_scotland)
    names = {
        row["id"]: row["name"]
        for row in embedded_scotland.read("MATCH (k:Category) RETURN k.id AS id, k.name AS name")
    }
    assert len(table.columns) == 2 + 27 + ("no area said" in table.columns)
    for record in table.records():
        council = next(n for n, name in graph.nodes(data="name") if name == record["council"])
        areas = [names[area] for s in graph[council] for area in graph.nodes[s]["categories"]]
        counted = {name: value for name, value in record.items() if name in names.values()}
        assert counted == {name: areas.count(name) for name in names.values()}


def test_a_wide_table_stays_readable(
    embedded_scotland: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a page every block fits the line; all councils are in each, and no number is broken."""
    monkeypatch.setenv("COLUMNS", "100")
    report = coverage_report(embedded_scotland)
    page = render(report, "table")
    lines = page.split("1 Adult Services;")[0].splitlines()
    assert max(map(len, lines)) <= 100
    assert sum(line.startswith("Angus ") for line in lines) >= 2
    shown = [line.split()[1:] for line in lines if line.startswith("Angus ")]
    angus = next(row for row in report.tables[0].rows if row[0] == "Angus")
    assert [int(cell) for cells in shown for cell in cells] == angus[1:]
    header = render(report, "csv").splitlines()[0]
    assert "Adult Services" in header


def test_reports_on_every_store(scotland: Store) -> None:
    """The same rows whatever the store."""
    gaps, twins = gaps_report(scotland), twins_report(scotland)
    assert [table.heading for table in gaps.tables] == [
        "Neighbours that share less than expected",
        "Most isolated councils",
        "Services whose area is in pieces",
        "Areas that nobody shares",
    ]
    assert len(gaps.tables[1].rows) == 32
    assert [row[0] for row in gaps.tables[0].rows] == list(range(1, len(gaps.tables[0].rows) + 1))
    assert twins.tables[0].columns[-2:] == ["differ_in", "both_are"]
