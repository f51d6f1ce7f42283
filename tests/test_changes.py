"""What changed between two days, against the tables themselves and figures worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analytics.changes import Changes, changes_between, find_changes
from graphmodel.analytics.clusters import find_clusters
from graphmodel.analytics.matching import ClusterChange, match_clusters
from graphmodel.analytics.picture import picture
from graphmodel.analytics.scope import Scope
from graphmodel.cli import main
from graphmodel.reports.changes import changes_report
from graphmodel.reports.choices import Choices
from graphmodel.reports.clusters import clusters_report
from graphmodel.store import Store
from tests import scotland_tables as tables
from tests.packages import country

Pairs = set[tuple[str, str]]
DAYS = [date(2000, 1, 1), date(2009, 1, 1), date(2015, 3, 31), date(2015, 4, 1), date(2020, 3, 31)]
days = st.dates(date(1990, 1, 1), date(2026, 1, 1))


def there(day: date, dated: bool = False) -> Pairs:
    """Who takes part in what on a day, from the published texts, compared as texts."""
    found = set()
    for edge in tables.participations():
        service = tables.services()[edge["service"]]
        ended = edge["until"] or service["end"]
        status = "live" if edge["counts"] == "ended" and ended else edge["counts"]
        if (
            edge["participant"] in tables.councils()
            and status in tables.LIVE
            and (edge["since"] or service["start"] or not dated)
            and tables.holds(edge, day.isoformat())
            and tables.holds(service, day.isoformat(), "start", "end")
        ):
            found.add((edge["participant"], edge["service"]))
    return found


def dated_ends(pairs: Pairs, column: str) -> set[str]:
    return {service for _, service in pairs if tables.services()[service][column]}


@pytest.mark.parametrize("dated", [False, True])
def test_changes_are_those_of_the_tables(scotland: Store, dated: bool) -> None:
    for first, last in [*pairwise(DAYS), (DAYS[0], DAYS[-1])]:
        found = changes_between(scotland, first, last, Scope(undated=not dated))
        then, now = there(first, dated), there(last, dated)
        assert (set(found.joined), set(found.left)) == (now - then, then - now)
        between = {pair for pair in every_day(first, last, dated) if pair not in then | now}
        assert set(found.passed) == between
        new, old = services(now) - services(then), services(then) - services(now)
        began = {one for one in new if (tables.services()[one]["start"] or "") > first.isoformat()}
        ended = {one for one in old if (tables.services()[one]["end"] or "9999") < last.isoformat()}
        assert (set(found.began), set(found.ended)) == (began, ended)
        assert set(found.by_members) == (new | old) - began - ended
        assert set(found.passing) == services(between) - services(then) - services(now)


def services(pairs: Pairs) -> set[str]:
    return {service for _, service in pairs}


def every_day(first: date, last: date, dated: bool) -> Pairs:
    """Whoever took part on any day: one look a month is enough for these tables, and both ends."""
    months = {date(year, month, 1) for year in range(first.year, last.year + 1) for month in MONTHS}
    looks = sorted({first, last} | {day for day in months if first < day < last})
    return {pair for day in looks for pair in there(day, dated)}


MONTHS = range(1, 13)


@pytest.mark.slow
@settings(max_examples=20)
@given(st.tuples(days, days, days), st.booleans())
def test_changes_add_up(
    embedded_scotland: Store, three: tuple[date, date, date], dated: bool
) -> None:
    a, b, c = sorted(three)
    scope = Scope(undated=not dated)
    first, second, whole = (
        changes_between(embedded_scotland, *span, scope) for span in ((a, b), (b, c), (a, c))
    )
    assert net(whole) == {
        pair: number for pair in net(first) | net(second) if (number := total(pair, first, second))
    }
    for found in (first, second, whole):
        were, are = pairs_of(found.then.affiliated), pairs_of(found.now.affiliated)
        assert (were | set(found.joined)) - set(found.left) == are


def net(found: Changes) -> dict[tuple[str, str], int]:
    return dict.fromkeys(found.joined, 1) | dict.fromkeys(found.left, -1)


def total(pair: tuple[str, str], *found: Changes) -> int:
    return sum(net(one).get(pair, 0) for one in found)


def pairs_of(affiliated: nx.Graph) -> Pairs:
    councils = {node for node, kind in affiliated.nodes(data="kind") if kind == "council"}
    return {(one, service) for one in councils for service in affiliated[one]}


@settings(max_examples=10)
@given(days)
def test_nothing_changes_within_a_day(embedded_scotland: Store, day: date) -> None:
    found = changes_between(embedded_scotland, day, day)
    assert not any((found.joined, found.left, found.passed))
    assert not any((found.began, found.ended, found.by_members, found.passing))
    assert all(not (change.came or change.went) for change in found.clusters)
    assert {move.places for move in found.ranks} == {0}


def test_changes_by_hand(store: Store) -> None:
    """Roads Alliance from 2014-04 of Ardshire and Ben and Glen, who left on 2016-04-01 and came
    back in 2018; Caldale joined in 2015. The pilot lasted from 2012 to 2013, Ardshire alone."""
    country().load(store)
    roads, pilot = "roads-alliance", "roads-pilot"

    def between(first: date, last: date) -> Changes:
        return changes_between(store, first, last)

    start = between(date(2014, 3, 31), date(2014, 4, 1))
    assert (start.began, start.ended, start.left) == ((roads,), (), ())
    assert start.joined == (("EX-ARD", roads), ("EX-BEN", roads))
    assert between(date(2016, 3, 30), date(2016, 3, 31)).left == ()
    assert between(date(2016, 3, 31), date(2016, 4, 1)).left == (("EX-BEN", roads),)
    assert between(date(2016, 3, 31), date(2018, 1, 1)).left == ()
    assert between(date(2013, 12, 31), date(2014, 1, 1)).ended == (pilot,)
    over = between(date(2011, 12, 31), date(2014, 1, 1))
    assert (over.passing, over.passed) == ((pilot,), (("EX-ARD", pilot),))
    assert (over.began, over.ended, over.joined, over.left) == ((), (), (), ())
    with pytest.raises(ValueError, match="lies before"):
        between(date(2014, 1, 1), date(2013, 12, 31))


def test_what_has_no_start_is_neither_begun_nor_joined(store: Store) -> None:
    """A service without a start counts on both days; with --dated on neither, until a member's
    own start is known, and even then the service has not begun."""
    package = country().plus(
        "services", {"id": "old", "name": "Old", "kind": "shared service", "status": "live"}
    )
    package = package.plus(
        "participations",
        {"participant": "EX-ARD", "service": "old", "role": "member"},
        {"participant": "EX-DUN", "service": "old", "role": "member", "since": "2016"},
    )
    package.load(store)
    span = (date(2015, 6, 1), date(2017, 6, 1))
    found = changes_between(store, *span)
    assert [pair for pair in found.joined if pair[1] == "old"] == [("EX-DUN", "old")]
    assert "old" not in (*found.began, *found.by_members)
    dated = changes_between(store, *span, Scope(undated=False))
    assert [pair for pair in dated.joined if pair[1] == "old"] == [("EX-DUN", "old")]
    assert (dated.began, dated.by_members) == ((), ("old",))
    notes = "\n".join(changes_report(store, *span).notes)
    assert "No start is known of 1 services and 1 memberships" in notes


def test_clusters_are_matched_by_what_they_share() -> None:
    def cliques(*groups: str) -> nx.Graph:
        graph = nx.Graph()
        for group in groups:
            graph.add_edges_from(nx.complete_graph(group).edges, weight=1.0)
        graph.add_nodes_from("abcdefghxyz")
        return graph

    then = find_clusters(cliques("abcd", "efgh", "xyz"))
    now = find_clusters(cliques("abc", "defgh"))
    assert match_clusters(then, now) == [
        ClusterChange(tuple("efgh"), tuple("defgh")),
        ClusterChange(tuple("abcd"), tuple("abc")),
        ClusterChange(tuple("xyz"), ()),
    ]
    assert match_clusters(now, then)[-1] == ClusterChange((), tuple("xyz"))


groupings = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3))


@pytest.mark.slow
@given(groupings, groupings)
def test_each_cluster_is_matched_once(then: dict[str, int], now: dict[str, int]) -> None:
    def clustered(groups: dict[str, int]) -> nx.Graph:
        graph = nx.Graph()
        graph.add_nodes_from("abcdefgh")
        for number in set(groups.values()):
            members = [one for one, group in groups.items() if group == number]
            graph.add_edges_from(nx.complete_graph(members).edges, weight=1.0)
        return graph

    before, after = (find_clusters(clustered(groups)) for groups in (then, now))
    found = match_clusters(before, after)
    assert sorted(one.then for one in found if one.then) == sorted(
        c.members for c in before.clusters
    )
    assert sorted(one.now for one in found if one.now) == sorted(c.members for c in after.clusters)
    assert all(set(one.then) & set(one.now) for one in found if one.then and one.now)


def test_moves_are_told_in_words(store: Store) -> None:
    """Two pairs; on the second day one council has left its own for the other."""
    store.execute(
        "UNWIND ['A', 'B', 'C', 'D', 'E'] AS id CREATE (:Council {id: id, name: 'Council ' + id})"
    )
    store.execute(
        "UNWIND [['one', ['A', 'B', 'C']], ['two', ['D', 'E']]] AS row "
        "CREATE (s:Service {id: row[0], name: row[0], kind: 'shared service', status: 'live', "
        "source: 'd', locator: 'p'}) WITH s, row UNWIND row[1] AS id MATCH (c:Council {id: id}) "
        "CREATE (c)-[:PARTICIPATES_IN {role: 'member', source: 'd', locator: 'p'}]->(s)"
    )
    store.execute(
        "MATCH (c:Council {id: 'C'})-[r]->(:Service {id: 'one'}) "
        "SET r.valid_to = date('2010-01-01')"
    )
    store.execute(
        "MATCH (c:Council {id: 'C'}), (s:Service {id: 'two'}) CREATE (c)-[:PARTICIPATES_IN "
        "{role: 'lead', valid_from: date('2010-01-01'), since: '2010', source: 'd', locator: 'q'}]"
        "->(s)"
    )
    report = changes_report(store, date(2009, 12, 31), date(2010, 1, 1))
    found = {table.heading: table.records() for table in report.tables}
    assert [(row["cluster"], row["what_changed"]) for row in found["How clusters moved"]] == [
        (
            "Council C, Council D and Council E",
            [
                "all its 2 councils stayed",
                "Council C came from Council A, Council B and Council C",
            ],
        ),
        (
            "Council A and Council B",
            ["2 of its 3 councils stayed", "Council C went to Council C, Council D and Council E"],
        ),
    ]
    [joined] = found["Who joined"]
    assert (joined["who"], joined["role"], joined["since"]) == ("Council C", ["lead"], "2010")
    assert joined["source"].places == ("d#q",)
    [left] = found["Who left"]
    assert (left["who"], left["service"]) == ("Council C", "one")
    assert [row["services"] for row in found["Totals"]] == [2, 2]


def test_totals_are_of_each_day(embedded_scotland: Store) -> None:
    report = changes_report(
        embedded_scotland, DAYS[0], DAYS[-1], Scope(universal=True), at=[DAYS[1]]
    )
    totals = report.tables[0].records()
    assert [row["day"] for row in totals] == [DAYS[0], DAYS[1], DAYS[-1]]
    for row in totals:
        pairs = there(row["day"])
        assert (row["services"], row["memberships"]) == (len(services(pairs)), len(pairs))
        assert row["without_a_start"] == len(pairs - there(row["day"], dated=True))


def test_two_pictures_are_enough(embedded_scotland: Store) -> None:
    then, now = (picture(embedded_scotland, Scope(day)) for day in (DAYS[1], DAYS[-1]))
    alone = find_changes(then, now)
    whole = changes_between(embedded_scotland, DAYS[1], DAYS[-1])
    assert (alone.joined, alone.began, alone.clusters) == (
        whole.joined,
        whole.began,
        whole.clusters,
    )
    assert alone.passed == ()


def test_from_the_command_line(tmp_path: Path) -> None:
    runner = CliRunner(env={"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""})
    assert runner.invoke(main, ["load"]).exit_code == 0

    def run(*words: str) -> tuple[int, str, str]:
        result = runner.invoke(main, ["report", "changes", *words])
        return result.exit_code, result.stdout, result.stderr

    code, out, _ = run("--from", "2009", "--to", "2020-03-31", "--format", "json")
    began = {row["service"] for row in json.loads(out)["Services that began"]}
    assert (code, "Ayrshire Roads Alliance" in began) == (0, True)
    code, _, said = run("--from", "2010", "--to", "2009")
    assert (code, "2009-01-01 lies before 2010-01-01" in said) == (2, True)
    code, _, said = run("--from", "2010", "--to", "2010", "--as-of", "2009")
    assert (code, "--as-of does nothing" in said) == (0, True)
    code, out, said = run("--from", "2010", "--to", "2010")
    assert (code, "Both days are 2010-01-01: nothing can have changed" in out) == (0, True)
    assert "How ranks moved" not in out
    assert "Who joined" not in out
    code, out, _ = run("--from", "2009", "--to", "2020", "--limit", "0")
    assert (code, "(none)" in out, out.count("(not shown)") > 2) == (0, False, True)


def test_clusters_are_looked_for_as_asked_and_called_as_on_the_day(
    embedded_scotland: Store,
) -> None:
    days = DAYS[1], DAYS[-1]
    fine = Choices(resolution=4.0, runs=10, seed=3)
    report = changes_report(embedded_scotland, *days, choices=fine)
    found = {table.heading: table.records() for table in report.tables}
    for row, day in zip(found["Totals"], days, strict=True):
        asked = clusters_report(embedded_scotland, Scope(day), fine).tables[0].records()
        assert row["clusters"] == len(asked) > 2
    names = [row["cluster"] for row in found["How clusters moved"] if row["members_now"]]
    assert sorted(names) == sorted(row["name"] for row in asked)
