"""Analyses back into the graph: only on request, in the way of nothing, and out again wholly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphmodel.analytics.centrality import rank_by_centrality
from graphmodel.analytics.clusters import find_clusters
from graphmodel.analytics.picture import picture
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.writing import clear, write_clusters, write_ranks
from graphmodel.cli import main
from graphmodel.reports.ageing import ageing_report
from graphmodel.reports.candidates import candidates_report
from graphmodel.reports.centrality import centrality_report
from graphmodel.reports.changes import changes_report
from graphmodel.reports.clusters import clusters_report
from graphmodel.reports.conflicts import conflicts_report
from graphmodel.reports.council import council_report
from graphmodel.reports.find import Wanted, find_report
from graphmodel.reports.loads import runs_report
from graphmodel.reports.queries import query_report
from graphmodel.reports.schema import schema_report
from graphmodel.reports.service import service_report
from graphmodel.reports.statistics import published_report, statistics_report
from graphmodel.reports.table import Report
from graphmodel.store import Store
from tests.packages import Package, country, graph_of, runs_of

EVERYTHING = Scope(statuses=("live", "proposed"), universal=True, partners=True)
REPORTS: dict[str, Callable[[Store], Report]] = {
    "clusters": clusters_report,
    "centrality": centrality_report,
    "changes": lambda store: changes_report(store, date(2013, 1, 1), date(2020, 1, 1)),
    "statistics": statistics_report,
    "published": published_report,
    "conflicts": conflicts_report,
    "ageing": ageing_report,
    "runs": runs_report,
    "council": lambda store: council_report(store, "Ardshire"),
    "service": lambda store: service_report(store, "Roads Alliance"),
    "find": lambda store: find_report(store, Wanted()),
    "candidates": lambda store: candidates_report(store, "Roads Alliance"),
    "members-of-service": lambda store: query_report(
        store, "members-of-service", {"service": "Roads Alliance"}
    ),
    "facts-by-document": lambda store: query_report(store, "facts-by-document", {}),
}


def written(store: Store) -> list[str]:
    """Write clusters and ranks of the small country, partners and plans included."""
    seen = picture(store, EVERYTHING)
    return [
        write_clusters(store, seen, find_clusters(seen.tied), {"resolution": 1.0}),
        write_ranks(store, seen, rank_by_centrality(seen.affiliated, seen.specific, kind=None), {}),
    ]


def rows(store: Store, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return sorted(store.read(statement, parameters).rows)


def test_what_is_written_is_what_was_found(store: Store) -> None:
    """By hand: Ardshire, Caldale and Ben and Glen share the roads; Dunross City plans archives
    with the health board, Eskland has decided against them. Roads: 1/2 for each pair."""
    country().load(store)
    of_clusters, of_ranks = written(store)
    members = rows(
        store,
        "MATCH (m:Council|Partner)-[:IN_CLUSTER {run: $run}]->(k:Cluster {run: $run})"
        "-[:FOUND_IN]->(:Analysis {id: $run, kind: 'clusters', complete: true}) "
        "RETURN k.number, k.size, m.id",
        run=of_clusters,
    )
    assert members == [
        (1, 3, "EX-ARD"),
        (1, 3, "EX-BEN"),
        (1, 3, "EX-CAL"),
        (2, 2, "EX-DUN"),
        (2, 2, "nhs-ardshire"),
    ]
    for run in (of_clusters, of_ranks):
        assert rows(
            store,
            "MATCH (a:Council|Partner)-[r:TIED_TO {run: $run}]->(b:Council|Partner) "
            "RETURN a.id, b.id, r.weight, r.services",
            run=run,
        ) == [
            ("EX-ARD", "EX-BEN", 0.5, ["roads-alliance"]),
            ("EX-ARD", "EX-CAL", 0.5, ["roads-alliance"]),
            ("EX-BEN", "EX-CAL", 0.5, ["roads-alliance"]),
            ("EX-DUN", "nhs-ardshire", 1.0, ["joint-archives"]),
        ]
    seen = picture(store, EVERYTHING)
    assert rows(
        store,
        "MATCH (m:Council|Partner)-[r:RANKED_IN {run: $run}]->(:Analysis {id: $run}) "
        "RETURN r.rank, m.id, r.strength, r.betweenness, r.works_with, r.services, "
        "r.leads_or_hosts",
        run=of_ranks,
    ) == sorted(
        (one.rank, one.id, one.strength, one.betweenness, one.degree, one.services, len(one.leads))
        for one in rank_by_centrality(seen.affiliated, seen.specific, kind=None)
    )
    [(scope, day, kind)] = rows(
        store, "MATCH (a:Analysis {id: $run}) RETURN a.scope, a.as_of, a.kind", run=of_ranks
    )
    assert (day, kind) == (None, "centrality")
    assert {"statuses=live,proposed", "partners=True", "weighting=divided"} <= set(scope)


def test_clearing_leaves_the_graph_as_it_was(store: Store) -> None:
    country().load(store)
    before = graph_of(store)
    written(store)
    first = graph_of(store)
    written(store)
    assert len(graph_of(store).nodes) == len(first.nodes) + (len(first.nodes) - len(before.nodes))
    gone = clear(store, "clusters")
    assert (gone["Analysis"], gone["Cluster"], gone["IN_CLUSTER"]) == (2, 4, 10)
    assert gone["RANKED_IN"] == 0
    left = {kind for kind, *_ in graph_of(store).edges} - {kind for kind, *_ in before.edges}
    assert left == {"RANKED_IN", "TIED_TO"}
    clear(store, "centrality")
    assert graph_of(store) == before
    assert set(clear(store, "clusters").values()) == {0}


def test_loads_go_on_as_ever(store: Store) -> None:
    country().load(store)
    plain = graph_of(store)
    written(store)
    report = country().load(store)
    assert (report.total("unchanged"), report.total("updated")) == (
        len(plain.nodes) + len(plain.edges),
        0,
    )
    changed = country().changed("councils", {"id": "EX-CAL"}, population="151000")
    assert changed.load(store).total("updated") == 1
    assert country().load(store).total("updated") == 1
    clear(store, "clusters")
    clear(store, "centrality")
    assert graph_of(store) == plain


def test_what_nobody_states_goes_although_it_was_analysed(store: Store) -> None:
    """A council that leaves the tables is not held back by its ties."""
    country().load(store)
    written(store)
    smaller = without_caldale(country())
    report = smaller.load(store, force=True)
    assert report.kept == 0
    assert "EX-CAL" not in graph_of(store).ids
    clear(store, "clusters")
    clear(store, "centrality")
    gone = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    smaller.load(store)
    assert graph_of(store) == gone


def without_caldale(package: Package) -> Package:
    for table, columns in (
        ("councils", ("id",)),
        ("participations", ("participant",)),
        ("borders", ("council", "neighbour")),
    ):
        kept = [
            row for row in package.tables[table] if "EX-CAL" not in [row[name] for name in columns]
        ]
        package = package.with_table(table, kept)
    return package


@pytest.mark.parametrize("name", REPORTS)
def test_reports_never_write_and_see_nothing_of_it(store: Store, name: str) -> None:
    country().load(store)
    before, runs = graph_of(store), runs_of(store)
    said = REPORTS[name](store)
    assert (graph_of(store), runs_of(store)) == (before, runs)
    written(store)
    with_analyses = graph_of(store)
    again = REPORTS[name](store)
    assert (again.tables, again.notes) == (said.tables, said.notes)
    assert graph_of(store) == with_analyses


def test_the_schema_tells_of_what_was_written(store: Store) -> None:
    country().load(store)
    plain = schema_report(store).tables
    written(store)
    *same, written_there = schema_report(store).tables
    assert same == plain
    assert {row["pattern"]: row["count"] for row in written_there.records()} == {
        "(Analysis)": 2,
        "(Cluster)": 2,
        "(Cluster)-[:FOUND_IN]->(Analysis)": 2,
        "(Council or Partner)-[:IN_CLUSTER]->(Cluster)": 5,
        "(Council or Partner)-[:RANKED_IN]->(Analysis)": 6,
        "(Council or Partner)-[:TIED_TO]->(Council or Partner)": 8,
    }
    for row in written_there.records():
        [(names,)] = rows(store, f"MATCH {_named(row['pattern'])} RETURN collect(keys(x))")
        assert {name for found in names for name in found} | {"as_of"} == {
            *row["properties"],
            "as_of",
        }


def _named(pattern: str) -> str:
    """A pattern of the schema, with what it describes called ``x``."""
    if "[" not in pattern:
        return pattern.replace("(", "(x:")
    kind = pattern.partition("[:")[2].partition("]")[0]
    return f"()-[x:{kind}]->()"


@pytest.mark.slow
def test_from_the_command_line(tmp_path: Path) -> None:
    runner = CliRunner(env={"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""})
    assert runner.invoke(main, ["load"]).exit_code == 0

    def run(*words: str) -> str:
        result = runner.invoke(main, list(words))
        assert result.exit_code == 0, result.output
        return str(result.stdout)

    def number(kind: str) -> str:
        counting = f"MATCH (a:Analysis {{kind: '{kind}'}}) RETURN count(a) AS n"
        return run("cypher", counting, "--format", "csv").split()[1]

    for kind in ("clusters", "centrality"):
        plain = run("report", kind, "--as-of", "2015")
        said = run("report", kind, "--as-of", "2015", "--write")
        assert said.startswith(plain.rstrip())
        assert "Written into the graph as run" in said
        run("report", kind, "--write")
        assert number(kind) == "2"
        run("report", kind, "--write", "--clear")
        assert number(kind) == "1"
        other = "centrality" if kind == "clusters" else "clusters"
        run("report", other, "--write")
        said = run("report", kind, "--clear")
        assert said.startswith(f"Taken out: 1 analysis of {kind}\n")
        assert f"Left in the graph: 1 analysis of {other} ('graphmodel report {other}" in said
        assert (number(kind), number(other)) == ("0", "1")
        assert "Left in the graph: no analysis." in run("report", other, "--clear")
