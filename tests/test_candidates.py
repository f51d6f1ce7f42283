"""Who could join, and who is left out and why, in small countries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analytics.candidates import find_candidates, score_all, service_candidates
from graphmodel.reports.asked import Asked
from graphmodel.reports.candidates import candidates_report
from graphmodel.reports.expansions import openings_report, sets_report
from graphmodel.reports.explained import explained_report
from graphmodel.reports.table import Report
from graphmodel.store import Store
from tests.small_map import SMALL, inquiry_of, land, lay, members_of

FAR = "touches no member by land or bridge"
JOINED = "takes part already"
CONTINGENCIES = "renfrewshire-civil-contingencies-service"


def test_everybody_is_ranked_or_left_out_once(store: Store) -> None:
    lay(store, "abcdef", land("ab", "bc", "cd", "de"), {"roads": {}}, members_of({"roads": "b"}))
    found = service_candidates(store, "roads")
    assert [one.council for one in found.ranked] == ["a", "c"]
    assert {(one.council, one.why) for one in found.excluded} == {
        ("b", JOINED),
        ("d", FAR),
        ("e", FAR),
        ("f", FAR),
    }


def test_equal_scores_stand_in_order_of_id(store: Store) -> None:
    lay(store, "xcab", land("ax", "xc", "bx"), {"roads": {}}, members_of({"roads": "x"}))
    found = service_candidates(store, "roads")
    assert [one.council for one in found.ranked] == ["a", "b", "c"]
    assert len({one.score for one in found.ranked}) == 1
    report = candidates_report(store, "roads")
    assert [row["rank"] for row in report.tables[0].records()] == [1, 1, 1]
    [facts, *_] = explained_report(store, Asked("roads"), "c").tables
    assert facts.rows[0] == ["where it stands", "ranks 1 of 3"]
    sets = sets_report(store, Asked("roads"), 1).tables[0].records()
    assert [row["rank"] for row in sets] == [1, 1, 1]


def test_who_left_or_decided_against_it_is_left_out(store: Store) -> None:
    """A chain a-b-c-d-e-f: b takes part; a left in 2015, c decided against it, d joins in 2020."""
    lay(
        store,
        "abcdef",
        land("ab", "bc", "cd", "de", "ef"),
        {"roads": {}},
        [
            {"council": "a", "service": "roads", "valid_to": date(2016, 1, 1), "until": "2015"},
            {"council": "b", "service": "roads"},
            {"council": "c", "service": "roads", "status": "rejected", "note": "Too far."},
            {"council": "d", "service": "roads", "valid_from": date(2020, 1, 1), "since": "2020"},
        ],
    )

    def asked(day: date) -> tuple[list[str], dict[str, tuple[str, tuple[str, ...]]]]:
        found = service_candidates(store, "roads", day)
        return (
            [one.council for one in found.ranked],
            {one.council: (one.why, one.said_in) for one in found.excluded if one.why != FAR},
        )

    left = ("took part before (until 2015)", ("paper#a in roads",))
    against = ("decided against it: Too far.", ("paper#c in roads",))
    joined: tuple[str, tuple[str, ...]] = (JOINED, ())
    assert asked(date(2019, 1, 1)) == ([], {"a": left, "b": joined, "c": against})
    assert asked(date(2014, 1, 1)) == ([], {"a": joined, "b": joined, "c": against})
    assert asked(date(2021, 1, 1)) == (["e"], {"a": left, "b": joined, "c": against, "d": joined})


def test_who_is_abolished_or_not_there_yet_is_left_out(store: Store) -> None:
    lay(store, "abc", land("ab", "bc"), {"roads": {}}, members_of({"roads": "b"}))
    store.execute("MATCH (c:Council {id: 'a'}) SET c.valid_to = $day", {"day": date(1996, 4, 1)})
    store.execute("MATCH (c:Council {id: 'c'}) SET c.valid_from = $day", {"day": date(1996, 4, 1)})
    for day, ranked, why in (
        (date(1996, 3, 31), ["a"], ("c", "not there yet (from 1996-04-01)")),
        (date(1996, 4, 1), ["c"], ("a", "abolished (1996-04-01)")),
    ):
        found = service_candidates(store, "roads", day)
        assert [one.council for one in found.ranked] == ranked
        assert [(one.council, one.why) for one in found.excluded if one.why != JOINED] == [why]


def test_reach(store: Store) -> None:
    """b takes part: a by land, c by ferry, d across the water; e is on its own."""
    lay(
        store,
        "abcde",
        [{"pair": "ab"}, {"pair": "bc", "kind": "ferry"}, {"pair": "bd", "kind": "water"}],
        {"roads": {}},
        members_of({"roads": "b"}),
    )
    found = {
        reach: {one.council for one in service_candidates(store, "roads", None, reach).ranked}
        for reach in ("land", "ferry", "any")
    }
    assert found == {"land": {"a"}, "ferry": {"a", "c", "d"}, "any": {"a", "c", "d", "e"}}


def test_a_service_does_not_speak_for_itself(store: Store) -> None:
    """What ties b to a is the service, its successor and its area alone: only the border counts."""
    lay(
        store,
        "ab",
        land("ab"),
        {"roads": {}, "new roads": {}},
        members_of({"roads": "b", "new roads": "ab"}),
        {"valley": "ab"},
    )
    store.execute(
        "MATCH (s:Service {id: 'roads'}), (n:Service {id: 'new roads'}), (g:Grouping) "
        "CREATE (s)-[:FOCUSED_ON]->(g), (n)-[:SUCCEEDS]->(s)"
    )
    [one] = service_candidates(store, "roads").ranked
    assert [reason.kind for reason in one.reasons] == ["border"]
    store.execute("MATCH (:Council {id: 'a'})-[r:PARTICIPATES_IN|IN_GROUPING]->() DELETE r")
    assert [again.score for again in service_candidates(store, "roads").ranked] == [one.score]


def test_order_of_writing_does_not_matter(store: Store) -> None:
    """The same country, laid the other way round, is told of in the same words."""
    reports = []
    for step in (1, -1):
        store.execute("MATCH (n) DETACH DELETE n")
        lay(
            store,
            SMALL["councils"][::step],
            SMALL["borders"][::step],
            dict(list(SMALL["services"].items())[::step]),
            SMALL["joined"][::step],
            dict(list(SMALL["groupings"].items())[::step]),
        )
        reports.append(rows_of(candidates_report(store, "roads", sources=True)))
    assert reports[0] == reports[1]


COUNCILS = "abcdefgh"
pairs = st.sets(
    st.tuples(st.sampled_from(COUNCILS), st.sampled_from(COUNCILS)).map(sorted).map(tuple)
)
arranged = st.lists(st.sets(st.sampled_from(COUNCILS), min_size=1), min_size=1, max_size=8)


@given(arranged, pairs, st.permutations(COUNCILS), st.randoms())
def test_names_and_order_of_rows_change_no_score(
    sets: list[set[str]], borders: set[tuple[str, str]], names: list[str], random: Any
) -> None:
    """A score belongs to a council, whatever it is called and wherever its rows stand."""
    renamed = dict(zip(COUNCILS, names, strict=True))
    services = {f"s{number}": sorted(joined) for number, joined in enumerate(sets)}
    other = [
        (service, [renamed[one] for one in random.sample(joined, len(joined))])
        for service, joined in services.items()
    ]
    touching = [renamed[a] + renamed[b] for a, b in sorted(borders) if a != b]
    random.shuffle(other)
    random.shuffle(touching)
    straight = [a + b for a, b in sorted(borders) if a != b]
    first = inquiry_of(services, straight, COUNCILS, "any")
    second = inquiry_of(dict(other), touching, COUNCILS, "any")
    scores = {one.council: one.score for one in score_all(first, first.plan("s0"))}
    again = {one.council: one.score for one in score_all(second, second.plan("s0"))}
    assert again == pytest.approx({renamed[one]: score for one, score in scores.items()}, abs=1e-8)
    found = find_candidates(second, second.plan("s0"), 0)
    ranked = [(-one.score, one.council) for one in found.ranked]
    assert ranked == sorted(ranked)


def rows_of(report: Report) -> list[tuple[str, list[list[Any]]]]:
    return [(table.heading, [list(row) for row in table.rows]) for table in report.tables]


@pytest.mark.slow
def test_every_store_says_the_same(scotland: Store, embedded_scotland: Store) -> None:
    asked = Asked(members=("Dundee", "Perth and Kinross"), categories=("Transport & Highways",))

    def told(store: Store) -> list[Any]:
        return [
            rows_of(candidates_report(store, CONTINGENCIES, sources=True)),
            rows_of(candidates_report(store, CONTINGENCIES, as_of=date(2012, 1, 1))),
            rows_of(explained_report(store, asked, "Angus")),
            rows_of(sets_report(store, asked, 2)),
            rows_of(openings_report(store, most=5)),
        ]

    assert told(scotland) == told(embedded_scotland)
