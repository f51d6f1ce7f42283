"""Candidates on both Scottish datasets: real expansions named early, and chances."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graphmodel.analytics.candidates import find_candidates, score_all
from graphmodel.analytics.inquiry import read_inquiry
from graphmodel.reports.asked import Asked
from graphmodel.reports.candidates import candidates_report
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package
from tests.small_map import SMALL, edges_of, lay, put_back, take_away

CONTINGENCIES = "renfrewshire-civil-contingencies-service"
LIGHTING = "tayside-street-lighting-partnership"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with both Scottish datasets."""
    with EmbeddedStore(tmp_path_factory.mktemp("whole")) as store:
        for dataset in ("scotland", "scotland-public"):
            load_package(store, read_package(locate(dataset)))
        yield store


def test_west_dunbartonshire_is_named_before_it_joins(whole: Store) -> None:
    """It joined the civil contingencies service of 2009 later; as if it had not yet."""
    asked = Asked(CONTINGENCIES, without=("West Dunbartonshire",))
    table = candidates_report(whole, asked=asked).tables[0]
    assert table.records()[0]["council"] == "West Dunbartonshire"


def test_angus_is_named_for_street_lighting(whole: Store) -> None:
    """As if the partnership that Angus did join were not on record."""
    asked = Asked(
        members=("Dundee", "Perth and Kinross"),
        categories=("Transport & Highways",),
        ignored=(LIGHTING,),
    )
    table = candidates_report(whole, asked=asked).tables[0]
    assert table.records()[0]["council"] == "Angus"


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "keeps_first"), [("ties", 1), ("border", 1), ("grouping", 0)])
def test_without_its_reason_the_first_falls(whole: Store, kind: str, keeps_first: bool) -> None:
    """Ties and border each keep West Dunbartonshire first; the grouping adds to its lead."""
    west = "GB-LAS-WDU"
    inquiry = read_inquiry(whole)
    plan = inquiry.plan(CONTINGENCIES, removed=[west])
    first, second = find_candidates(inquiry, plan, 2).ranked[:2]
    assert first.council == west
    reason = next(one for one in first.reasons if one.kind == kind)
    edges = edges_of(whole, west)
    take_away(whole, west, reason)
    try:
        later = read_inquiry(whole, reach="any")
        scores = {one.council: one.score for one in score_all(later, plan)}
    finally:
        put_back(whole, edges)
    assert edges_of(whole, west) == edges
    assert scores[west] == pytest.approx(first.score - reason.moved, abs=2e-6)
    best_other = max(score for council, score in scores.items() if council != west)
    assert scores[west] - best_other < first.score - second.score
    assert (scores[west] < best_other) == bool(keeps_first)


def test_without_a_service_of_the_same_area_nothing_is_lost_for_it(whole: Store) -> None:
    """North Ayrshire loses by transport services that it has with others than the alliance."""
    council, alliance = "GB-LAS-NAY", "ayrshire-roads-alliance"
    inquiry = read_inquiry(whole)
    plan = inquiry.plan(alliance)
    [first] = find_candidates(inquiry, plan, [council]).ranked[:1]
    assert first.council == council
    [objection] = [one for one in first.objections if one.kind == "there already"]
    assert objection.moved == first.parts["area"] < 0
    edges = edges_of(whole, council)
    whole.execute(
        "MATCH (c:Council {id: $council})-[r:PARTICIPATES_IN]->(s:Service)-[:IN_CATEGORY]->(a) "
        "WHERE a.id IN $areas AND s.id <> $alliance DELETE r",
        {"council": council, "areas": sorted(plan.categories), "alliance": alliance},
    )
    try:
        later = read_inquiry(whole)
        [again] = find_candidates(later, later.plan(alliance), [council]).ranked[:1]
    finally:
        put_back(whole, edges)
    assert again.council == council
    assert again.parts["area"] == 0
    assert not [one for one in again.objections if one.kind == "there already"]


def test_chances_of_all_add_up_to_one(whole: Store) -> None:
    inquiry = read_inquiry(whole)
    for service in (CONTINGENCIES, "ayrshire-roads-alliance"):
        chances = [one.chance for one in score_all(inquiry, inquiry.plan(service))]
        assert sum(chance or 0 for chance in chances) == pytest.approx(1, abs=1e-6)


def test_with_little_on_record_no_chance_is_said(store: Store) -> None:
    lay(store, **SMALL)
    report = candidates_report(store, "roads")
    assert "chance" not in report.tables[0].columns
    assert any(note.startswith("Too little is on record to say a chance") for note in report.notes)
