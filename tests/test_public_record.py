"""The wider picture: what public pages say, beside the five documents."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from graphmodel.analytics.candidates import service_candidates
from graphmodel.analytics.projection import affiliations
from graphmodel.analytics.scope import Scope
from graphmodel.reports.ageing import ageing_report
from graphmodel.store import Store
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package
from tests.conftest import OpenStore

BOTH = ("scotland", "scotland-public")


@pytest.fixture
def whole(open_store_of_kind: OpenStore) -> Store:
    """A store of each kind with both datasets; for reading only."""
    return open_store_of_kind.loaded(*BOTH)


def table(dataset: str, name: str) -> list[dict[str, str]]:
    with (locate(dataset) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_second_load_of_both_changes_nothing(whole: Store) -> None:
    for dataset in BOTH:
        report = load_package(whole, read_package(locate(dataset)))
        assert report.rejected == []
        assert {kind: counts for kind, counts in report.counts.items() if _changed(counts)} == {}


def _changed(counts: object) -> bool:
    return any(getattr(counts, name) for name in ("inserted", "updated", "removed"))


def test_every_membership_names_its_page(whole: Store) -> None:
    found = whole.read(
        "MATCH (:Council|Partner)-[r:PARTICIPATES_IN]->(:Service) "
        "WHERE r.datasets = ['scotland-public'] "
        "MATCH (d:Document {id: r.source}) RETURN d.url IS NOT NULL AS page, count(r) AS number"
    )
    assert [row["page"] for row in found] == [True]


def test_what_both_speak_of_is_one_node(whole: Store) -> None:
    """Services under one id in both datasets, read from the tables themselves."""
    ids = [{row["id"] for row in table(dataset, "services")} for dataset in BOTH]
    shared = ids[0] & ids[1]
    assert {"supplier-development-programme", "ayrshire-roads-alliance"} <= shared
    found = whole.read(
        "MATCH (s:Service) WHERE size(s.datasets) = 2 "
        "RETURN s.id AS id, size(s.citations) > 1 AS cited_twice"
    )
    assert {row["id"] for row in found} == shared
    assert all(row["cited_twice"] for row in found)
    names = whole.read("MATCH (s:Service) RETURN toLower(s.name) AS name, count(s) AS number")
    assert [row["name"] for row in names if row["number"] > 1] == []


def test_boards_that_police_and_fire_services_replaced_are_over(whole: Store) -> None:
    """The joint police and fire boards of 1996 ended in 2013, when the national services began."""
    found = whole.read(
        "MATCH (s:Service) WHERE s.kind = 'joint board' "
        "AND (s.name CONTAINS 'Police' OR s.name CONTAINS 'Fire') "
        "RETURN s.name AS name, s.status AS status, s.end AS end"
    )
    assert len(found) >= 10
    assert {row["status"] for row in found} == {"ended"}
    day = Scope(statuses=("live", "pilot"))
    assert not {row["name"] for row in found} & {
        name for _, name in affiliations(whole, day).nodes(data="name")
    }


def test_a_deal_and_its_area_count_once(whole: Store) -> None:
    """Each grouping that is the area of a service in force gives no second reason."""
    areas = {row["grouping"] for row in table("scotland-public", "service_areas")}
    names = {row["name"] for row in table("scotland", "groupings") if row["id"] in areas}
    found = service_candidates(whole, "renfrewshire-civil-contingencies-service")
    grouped = [
        reason.text
        for candidate in found.ranked
        for reason in candidate.reasons
        if reason.kind == "grouping"
    ]
    assert grouped
    assert not [text for text in grouped for name in names if f"{name} (" in text and name in LIVE]


LIVE = frozenset(
    {"West Partnership", "Glasgow City Region Deal", "Strathclyde Partnership for Transport"}
)


def test_ageing_lists_the_oldest_news_first(whole: Store) -> None:
    (rows,) = ageing_report(whole).tables
    said = [row[0] for row in rows.rows]
    dated = [text for text in said if text != "not said"]
    assert said == ["not said"] * (len(said) - len(dated)) + sorted(dated)
    live = whole.read(
        "MATCH (s:Service) WHERE s.status IN ['live', 'pilot'] RETURN count(s) AS number"
    )
    assert [(len(rows.rows),)] == live.rows
    (angus,) = ageing_report(whole, council="Angus").tables
    assert all("Angus" in row[4] for row in angus.rows)
    assert 0 < len(angus.rows) < len(rows.rows)


def test_the_five_documents_are_still_all_there(whole: Store) -> None:
    """Rows of participation of each document, by the tables, are edges that cite it."""
    rows = table("scotland", "participations")
    expected = Counter(
        source
        for source, *_ in {
            (row["source"], row["participant"], row["service"], row["role"], row["since"])
            for row in rows
        }
    )
    found = whole.read(
        "MATCH (:Council|Partner)-[r:PARTICIPATES_IN]->(:Service) WHERE 'scotland' IN r.datasets "
        "UNWIND coalesce(r.citations, [r.source]) AS place "
        "WITH DISTINCT r, split(place, '#')[0] AS source RETURN source, count(r) AS number"
    )
    counted = {row["source"]: row["number"] for row in found if row["source"] in expected}
    assert counted == dict(expected)
