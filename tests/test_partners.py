"""Reports that count partners: they say members, and pages stay readable."""

from __future__ import annotations

import json

import pytest

from graphmodel.analytics.scope import Scope
from graphmodel.reports.clusters import clusters_report
from graphmodel.reports.formats import render
from graphmodel.store import Store

PARTNERS = [f"Board of many people who look after number {number}" for number in range(5)]


@pytest.fixture
def county(store: Store) -> Store:
    """Two councils that are an official region, and five boards, in one service."""
    store.execute(
        "CREATE (g:Grouping {id: 'shire', name: 'Shire Deal', kind: 'growth deal'}), "
        "(s:Service {id: 'roads', name: 'Roads', status: 'live'}) "
        "WITH g, s UNWIND ['Ash', 'Birch'] AS name CREATE (c:Council {id: name, name: name}) "
        "CREATE (c)-[:IN_GROUPING]->(g) CREATE (c)-[:PARTICIPATES_IN {role: 'member'}]->(s)"
    )
    store.execute(
        "MATCH (s:Service) UNWIND $names AS name CREATE (p:Partner {id: name, name: name}) "
        "CREATE (p)-[:PARTICIPATES_IN {role: 'member'}]->(s)",
        {"names": PARTNERS},
    )
    return store


def test_pages_count_partners_and_files_name_them(county: Store) -> None:
    report = clusters_report(county, Scope(partners=True), details=True)
    found = json.loads(render(report, "json"))
    [cluster] = found["Clusters"]
    assert (cluster["name"], cluster["councils"], cluster["partners"]) == ("Shire Deal", 2, 5)
    assert cluster["members"] == sorted(["Ash", "Birch", *PARTNERS])
    assert {row["member"] for row in found["Members"]} == {"Ash", "Birch", *PARTNERS}
    page, sheet = render(report, "markdown"), render(report, "csv")
    assert "Ash; Birch; 5 partners" in page
    assert page.count("Board of many people who…") == 5
    assert not any(name in page for name in PARTNERS)
    assert all(name in sheet for name in PARTNERS)


def test_without_partners_councils_are_said(county: Store) -> None:
    report = clusters_report(county, details=True)
    assert report.tables[0].records()[0]["members"] == ["Ash", "Birch"]
    assert "partners" not in report.tables[0].columns
    assert report.tables[1].heading == "Councils"
