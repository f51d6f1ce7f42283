"""Clusters beside official groupings, and reports of both, on a small made country."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from click.testing import CliRunner

from graphmodel.analytics.agreement import Deviation, agreement
from graphmodel.analytics.clusters import Cluster, Clustering
from graphmodel.analytics.geography import Grouping
from graphmodel.cli import main
from graphmodel.reports.choices import Choices
from graphmodel.reports.clusters import clusters_report
from graphmodel.reports.groupings import groupings_report
from graphmodel.reports.table import Report
from graphmodel.store import Store


def clustering(*groups: str, untied: str = "") -> Clustering:
    clusters = tuple(Cluster(tuple(group), (), (1.0,) * len(group), 1.0) for group in groups)
    return Clustering(clusters, tuple(untied), 0.0, 0.0, settled=True)


def test_agreement_by_hand() -> None:
    """Of the 15 pairs of six councils, 6 are together in the clusters, 7 in the groupings and 4
    in both: (4 - 6 * 7 / 15) / ((6 + 7) / 2 - 6 * 7 / 15) = 1.2 / 3.7."""
    kind = "city region"
    groupings = [Grouping("ab", "AB", kind, tuple("ab")), Grouping("cf", "CF", kind, tuple("cdef"))]
    (found,) = agreement(clustering("abc", "def"), groupings, "abcdef")
    assert found.adjusted_rand == pytest.approx(1.2 / 3.7)
    assert found.adjusted_information is not None
    assert 0 < found.adjusted_information < 1
    assert found.deviations == (Deviation("c", "cf", "ab", 0),)
    assert (found.compared, found.groupings) == (tuple("abcdef"), 2)


def test_who_has_no_one_place_is_not_compared() -> None:
    """By hand: b is in two groupings, x in none, u in one but untied; the partner is no council.
    Of the cluster abcd, a and c are of P and d of Q: d deviates. In ef, half is no majority."""
    kind = "growth deal"
    groupings = [
        Grouping("p", "P", kind, tuple("abceu")),
        Grouping("q", "Q", kind, tuple("bdf")),
        Grouping("r", "R", "family group", tuple("a")),
    ]
    found = agreement(clustering(("abcd"), "ef", "x", untied="u"), groupings, sorted("abcdefux"))
    assert [one.kind for one in found] == ["growth deal", "family group"]
    deals, family = found
    assert (deals.compared, deals.in_none, deals.in_several, deals.untied) == (
        tuple("acdef"),
        ("x",),
        ("b",),
        ("u",),
    )
    assert deals.deviations == (Deviation("d", "q", "p", 0),)
    assert (family.compared, family.adjusted_rand, family.adjusted_information) == (
        ("a",),
        None,
        None,
    )


@pytest.fixture
def country(store: Store) -> Store:
    """Ash and Birch share roads and records, Cedar and Dale waste and the Deal of their area;
    Birch and Cedar share a forum. Ash reaches Birch by ferry only. Elm shares nothing."""
    store.execute(
        "UNWIND ['Ash', 'Birch', 'Cedar', 'Dale', 'Elm'] AS name "
        "CREATE (:Council {id: toLower(name), name: name})"
    )
    services = {
        "Roads": ["ash", "birch"],
        "Records": ["ash", "birch"],
        "Waste": ["cedar", "dale"],
        "Deal": ["cedar", "dale"],
        "Forum": ["birch", "cedar"],
    }
    store.execute(
        "UNWIND $rows AS row "
        "CREATE (s:Service {id: toLower(row[0]), name: row[0], status: 'live'}) "
        "WITH s, row UNWIND row[1] AS member MATCH (c:Council {id: member}) "
        "CREATE (c)-[:PARTICIPATES_IN {role: 'member'}]->(s)",
        {"rows": [[name, members] for name, members in services.items()]},
    )
    store.execute(
        "MATCH (a:Council {id: 'ash'}), (b:Council {id: 'birch'}), (c:Council {id: 'cedar'}), "
        "(d:Council {id: 'dale'}), (deal:Service {id: 'deal'}) "
        "CREATE (a)-[:BORDERS {kind: 'ferry'}]->(b), (b)-[:BORDERS {kind: 'land'}]->(c), "
        "(c)-[:BORDERS {kind: 'bridge'}]->(d), "
        "(south:Grouping {id: 'south', name: 'South', kind: 'growth deal'}), "
        "(c)-[:IN_GROUPING]->(south), (d)-[:IN_GROUPING]->(south), "
        "(deal)-[:FOCUSED_ON]->(south)"
    )
    return store


def table(report: Report, heading: str) -> list[dict[str, Any]]:
    return next(table.records() for table in report.tables if table.heading == heading)


def test_a_cluster_comes_with_its_name_its_ground_and_its_bridges(country: Store) -> None:
    """By hand; the five ties have 10 ends, 5 in each cluster: 4/5 - 2 * (5/10)^2 = 0.3."""
    report = clusters_report(country, details=True)
    assert table(report, "Clusters") == [
        {
            "cluster": 1,
            "name": "Ash and Birch",
            "councils": 2,
            "members": ["Ash", "Birch"],
            "stability": 1.0,
            "pieces": 2,
            "apart": ["Birch"],
            "bound_most_by": ["Records", "Roads"],
        },
        {
            "cluster": 2,
            "name": "South",
            "councils": 2,
            "members": ["Cedar", "Dale"],
            "stability": 1.0,
            "pieces": 1,
            "apart": [],
            "bound_most_by": ["Deal", "Waste"],
        },
    ]
    assert table(report, "Bridges") == [
        {
            "cluster": "Ash and Birch",
            "other_cluster": "South",
            "strength": 1.0,
            "ties": 1,
            "strongest_ties": ["Birch - Cedar (1)"],
            "services": ["Forum"],
        }
    ]
    assert {
        (row["council"], row["cluster"], row["belongs"], row["ties_inside"])
        for row in table(report, "Councils")
    } == {
        ("Ash", "Ash and Birch", 1.0, 1.0),
        ("Birch", "Ash and Birch", 1.0, 0.67),
        ("Cedar", "South", 1.0, 0.67),
        ("Dale", "South", 1.0, 1.0),
    }
    assert [(row["method"], row["modularity"]) for row in table(report, "Methods")] == [
        ("louvain", 0.3),
        ("leiden", 0.3),
    ]
    assert "Without a tie of their own, and so in no cluster: Elm." in report.notes
    by_ferry = clusters_report(country, ferries=True).tables[0].records()
    assert [(row["pieces"], row["apart"]) for row in by_ferry] == [(1, []), (1, [])]


def test_the_area_of_a_service_is_not_compared_with_itself(country: Store) -> None:
    """Without the deal, Cedar is tied as much to Birch as to Dale."""
    honest = groupings_report(country, choices=Choices(runs=10))
    assert any(
        "1 services whose area is a grouping make no ties here" in one for one in honest.notes
    )
    circular = groupings_report(country, choices=Choices(runs=10), area_services_too=True)
    assert any("compared with themselves" in one for one in circular.notes)
    assert [row["members"] for row in table(circular, "Clusters compared")] == [
        ["Ash", "Birch"],
        ["Cedar", "Dale"],
    ]
    (deals,) = table(honest, "Agreement")
    assert (deals["kind"], deals["councils"], deals["in_none"]) == ("growth deal", 2, 3)
    assert honest.notes[0].startswith("4 services")


def test_leiden_without_igraph_is_refused_with_advice(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment = {"GRAPHMODEL_HOME": str(tmp_path_factory.mktemp("leiden")), "NEO4J_URI": ""}
    runner = CliRunner(env=environment)
    assert runner.invoke(main, ["load"]).exit_code == 0
    monkeypatch.setitem(sys.modules, "igraph", None)
    result = runner.invoke(main, ["report", "clusters", "--method", "leiden"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "pip install 'graphmodel[leiden]'" in result.stderr
    assert "Traceback" not in result.output
    details = runner.invoke(main, ["report", "clusters", "--details", "--runs", "5"])
    assert (details.exit_code, "leiden" in details.stdout) == (0, False)
    drawn = runner.invoke(main, ["report", "clusters", "--scan", "--runs", "2", "--plot", "x.svg"])
    assert drawn.exit_code == 2
    assert "has no such picture" in drawn.stderr
