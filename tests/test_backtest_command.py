"""The backtest of a store: what it learns from, what it prints, what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphmodel.analytics.arrangements import arrangements
from graphmodel.analytics.backtest import (
    Fold,
)
from graphmodel.analytics.blend import Blend
from graphmodel.analytics.forward import forward_folds, split_at
from graphmodel.analytics.recorded import Membership, recorded_memberships
from graphmodel.analytics.scores import Neighbours
from graphmodel.cli import main
from graphmodel.reports.backtest import SCORERS, Trial, backtest_report
from graphmodel.store import Store
from tests.test_backtest import Leaking


def test_forward_learns_from_the_past_alone() -> None:
    """Roads was there with a and b; c joined in 2012, d at an unknown time. Waste began in 2015."""
    spells: list[tuple[str, str, int | None]] = [
        ("a", "roads", 2008),
        ("b", "roads", 2008),
        ("c", "roads", 2012),
        ("d", "roads", None),
        *((council, "waste", 2015) for council in "abc"),
        ("e", "lamps", 2009),
    ]
    memberships = [
        Membership(council, service, date(year, 1, 1) if year else None, None, None)
        for council, service, year in spells
    ]
    split = split_at(memberships, date(2010, 1, 1))
    assert {(one.council, one.service) for one in split.before} == {
        ("a", "roads"),
        ("b", "roads"),
        ("e", "lamps"),
    }
    assert [one.council for one in split.unknown] == ["d"]
    known = arrangements({"roads": "ab", "lamps": "e", "waste": ""}, councils="abcde")
    roads, waste = (known.services.index(name) for name in ("roads", "waste"))
    assert forward_folds(split, known) == [
        Fold(roads, (0, 1, 3), (2,)),
        Fold(waste, (1, 2), (0,)),
        Fold(waste, (0, 2), (1,)),
        Fold(waste, (0, 1), (2,)),
    ]


def test_what_a_source_said_before_the_day_was_there() -> None:
    said = Membership("a", "roads", None, None, date(2009, 6, 1))
    assert said.known_by(date(2010, 1, 1)) is True
    assert said.known_by(date(2009, 1, 1)) is None


def test_a_score_that_leaks_ends_the_command(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from graphmodel.errors import GraphmodelError
    from graphmodel.reports import backtest

    _small_country(store)
    monkeypatch.setattr(backtest, "SCORERS", (Neighbours(), Leaking()))
    with pytest.raises(GraphmodelError, match="'leaking' sees what was hidden from it in 'roads'"):
        backtest_report(store)


def _small_country(store: Store) -> None:
    """A ring a to f; roads and signs of a, b, c, waste of d, e, f, lamps of c, d. What is planned
    (c, d, e) and whoever only looks into roads (f) do not count. The region is roads' area."""
    for name in "abcdef":
        store.execute("CREATE (:Council {id: $name, name: $name})", {"name": name})
    services: dict[str, tuple[str, str]] = {
        "roads": ("live", "abc"),
        "signs": ("ended", "abc"),
        "waste": ("pilot", "def"),
        "lamps": ("live", "cd"),
        "plan": ("proposed", "cde"),
    }
    for service, (status, members) in services.items():
        store.execute(
            "CREATE (:Service {id: $id, name: $id, status: $status})",
            {"id": service, "status": status},
        )
        for council in members:
            _join(store, council, service)
    _join(store, "f", "roads", status="proposed")
    for first, second in zip("abcdef", "bcdefa", strict=True):
        store.execute(
            "MATCH (a:Council {id: $a}), (b:Council {id: $b}) "
            "CREATE (a)-[:BORDERS {kind: 'land'}]->(b)",
            {"a": first, "b": second},
        )
    store.execute("CREATE (:Grouping {id: 'region', name: 'Region', kind: 'city region'})")
    store.execute("MATCH (s:Service {id: 'roads'}), (g:Grouping) CREATE (s)-[:FOCUSED_ON]->(g)")
    for council in "abc":
        store.execute(
            "MATCH (c:Council {id: $id}), (g:Grouping) CREATE (c)-[:IN_GROUPING]->(g)",
            {"id": council},
        )


def _join(store: Store, council: str, service: str, **said: Any) -> None:
    store.execute(
        "MATCH (c:Council {id: $council}), (s:Service {id: $service}) "
        "CREATE (c)-[r:PARTICIPATES_IN {role: 'member'}]->(s) SET r += $said",
        {"council": council, "service": service, "said": said},
    )


def test_what_is_learnt_from_a_store(store: Store) -> None:
    from graphmodel.analytics.recorded import read_arrangements

    _small_country(store)
    assert {(one.service, one.council) for one in recorded_memberships(store)} == {
        *(("roads", council) for council in "abc"),
        *(("signs", council) for council in "abc"),
        *(("waste", council) for council in "def"),
        *(("lamps", council) for council in "cd"),
    }
    known = read_arrangements(store)
    assert known.groupings == {}
    assert known.borders.sum() == 12
    assert known.members.shape == (4, 6)


def test_the_report_by_hand(store: Store) -> None:
    """Adjacent members on the ring: of roads (abc), hidden a is touched by b, as d is by c and f by
    nobody: first by id; b by two: first; c by b, f by a: first by id. Of signs the same. Of waste
    (def) d is touched by e, as a is by f: second; e by two: first; f by e, c by d: second. So 7
    of 9 are first, and MRR is (7 + 2/2) / 9."""
    _small_country(store)
    report = backtest_report(store)
    rows = {row["score"]: row for row in report.tables[0].records()}
    assert set(rows) == {scorer.name for scorer in SCORERS}
    adjacent = rows["adjacent members"]
    assert (adjacent["at_1"], adjacent["at_3"], adjacent["mrr"]) == (0.778, 1.0, 0.889)
    assert report.notes[0].startswith(
        "9 memberships of 3 services with 3 to 20 members were hidden"
    )
    assert any(note.startswith("Too little to tell: 3 services") for note in report.notes)


def test_nothing_to_tell_from(store: Store) -> None:
    report = backtest_report(store, Trial(sample=5))
    assert report.tables[0].rows == []
    assert report.notes[-1] == "Nothing to tell from."


def test_figures_are_the_same_on_every_store(scotland: Store) -> None:
    """The five documents: the same figures wherever they are kept."""
    rows = {row["score"]: row for row in backtest_report(scotland).tables[0].records()}
    found = {name: (rows[name]["at_1"], rows[name]["mrr"]) for name in rows}
    assert found["EASE with borders"] == (0.925, 0.958)
    assert found[Blend().name] == (0.985, 0.993)


def test_the_command_refuses_what_makes_no_sense(tmp_path: Path) -> None:
    home = {"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""}
    for words, said in {
        ("--least-members", "9", "--most-members", "5"): "--least-members 9 is above",
        ("--forward", "2010", "--hide", "2"): "--hide has no say",
        ("--hide", "0"): "0 is not in the range",
    }.items():
        result = CliRunner(env=home).invoke(main, ["backtest", *words])
        assert (result.exit_code, said in result.output) == (2, True), result.output


@pytest.mark.slow
def test_the_documented_figures_of_scotland_are_measured(tmp_path: Path) -> None:
    """The table of docs/candidates.md is what the command prints for both datasets."""
    home = {"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""}
    runner = CliRunner(env=home)
    assert runner.invoke(main, ["load", "scotland", "scotland-public"]).exit_code == 0
    printed = runner.invoke(main, ["backtest", "--format", "markdown"]).output
    table = printed.split("## How often right\n\n")[1].split("\n\n")[0]
    page = Path(__file__).parents[1] / "docs" / "candidates.md"
    assert table in page.read_text(encoding="utf-8")
