"""Who could join, who is left out and why: in small countries, and early in real expansions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analytics.candidates import find_candidates, score_all, service_candidates
from graphmodel.analytics.inquiry import read_inquiry
from graphmodel.analytics.reasons import MOST_NAMED
from graphmodel.reports.asked import Asked
from graphmodel.reports.candidates import candidates_report
from graphmodel.reports.expansions import openings_report, sets_report
from graphmodel.reports.explained import explained_report
from graphmodel.reports.table import Report
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package
from tests.small_map import inquiry_of, lay, members_of

FAR = "touches no member by land or bridge"
JOINED = "takes part already"
CONTINGENCIES = "renfrewshire-civil-contingencies-service"
LIGHTING = "tayside-street-lighting-partnership"


def land(*pairs: str) -> list[dict[str, Any]]:
    return [{"pair": pair} for pair in pairs]


def texts(store: Store, service: str, council: str) -> list[str]:
    found = {one.council: one for one in service_candidates(store, service).ranked}
    return [reason.text for reason in found[council].reasons]


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


def test_reasons_in_words(store: Store) -> None:
    """c touches a by a bridge and b by land, and d; it shares waste with both, lamps with a, and
    had signs with b, which is over; of all six services the first three are named."""
    many = {f"plan {number}": "bc" for number in range(MOST_NAMED + 2)}
    services = {"roads": "ab", "waste": "abc", "lamps": "ac", "signs": "bc", **many}
    lay(
        store,
        "abcde",
        [
            {"pair": "ac", "kind": "bridge", "km": 1.4, "note": "Long Bridge"},
            {"pair": "bc", "km": 12.4},
            {"pair": "cd", "km": 3.0},
        ],
        {name: {"status": "ended"} if name == "signs" else {} for name in services},
        members_of(services),
        {"valley": "abc", "hill": "ac"},
    )
    assert sorted(texts(store, "roads", "c")) == [
        "borders A by bridge (Long Bridge), 1 km and B by land, 12 km; 2 of its 3 neighbours by "
        "land or bridge take part",
        "has shared Signs with B",
        "in Hill (city region) with A",
        "in Valley (city region) with A and B",
        "shares Lamps with A",
        "shares Plan 0, Plan 1, Plan 2 and 3 more with B",
        "shares Waste with A and B",
    ]


def test_a_whole_is_named_and_not_its_parts(store: Store) -> None:
    """Zebra has two parts, one of them with a part of its own; young has one part."""
    parts = {"arm": "zebra", "finger": "arm", "leg": "young"}
    services = dict.fromkeys(("zebra", "young", "alone", "beside", *parts), "bc")
    lay(
        store,
        "abc",
        land("bc"),
        {name: {} for name in ("roads", *services)},
        members_of({"roads": "ab", **services}),
    )
    store.execute(
        "UNWIND $rows AS row MATCH (a:Service {id: row[0]}), (b:Service {id: row[1]}) "
        "CREATE (a)-[:PART_OF]->(b)",
        {"rows": [list(pair) for pair in parts.items()]},
    )
    [ties] = [text for text in texts(store, "roads", "c") if text.startswith("shares")]
    assert ties == "shares Zebra, Young, Alone and 4 more with B"


def test_each_reason_names_where_it_is_said(store: Store) -> None:
    lay(
        store,
        "abc",
        land("ac", "bc"),
        {"roads": {}, "waste": {}},
        members_of({"roads": "ab", "waste": "bc"}),
        {"valley": "ac"},
    )
    [one] = service_candidates(store, "roads").ranked
    assert {reason.kind: set(reason.said_in) for reason in one.reasons} == {
        "border": {"paper#ac", "paper#bc"},
        "ties": {"paper#b in waste", "paper#c in waste"},
        "grouping": {"paper#a", "paper#c"},
    }


SMALL: dict[str, Any] = {
    "councils": "abcdefg",
    "borders": land("ac", "bc", "ad", "bd", "ce", "df", "be", "eg", "fg"),
    "services": {name: {} for name in ("roads", "waste", "lamps", "signs", "buses")},
    "joined": members_of(
        {"roads": "ab", "waste": "abc", "lamps": "abd", "signs": "bcef", "buses": "aceg"}
    ),
    "groupings": {"valley": "abc", "coast": "bd"},
}
TAKE_AWAY = {
    "ties": "MATCH (:Council {id: $council})-[r:PARTICIPATES_IN]->(s:Service) "
    "WHERE s.id IN $services DELETE r",
    "border": "MATCH (:Council {id: $council})-[r:BORDERS]-(c:Council) "
    "WHERE c.id IN $neighbours DELETE r",
    "grouping": "MATCH (:Council {id: $council})-[r:IN_GROUPING]->(g:Grouping) "
    "WHERE g.id IN $groupings DELETE r",
}


OTHER_END = {"PARTICIPATES_IN": "Service", "BORDERS": "Council", "IN_GROUPING": "Grouping"}


def edges_of(store: Store, council: str) -> list[tuple[Any, ...]]:
    found = store.read(
        "MATCH (:Council {id: $council})-[r:PARTICIPATES_IN|BORDERS|IN_GROUPING]-() "
        "RETURN startNode(r).id AS first, type(r) AS kind, endNode(r).id AS second, "
        "properties(r) AS properties",
        {"council": council},
    )
    edges = [(*row[:3], dict(sorted(row[3].items()))) for row in found.rows]
    return sorted(edges, key=repr)


def put_back(store: Store, edges: list[tuple[Any, ...]]) -> None:
    """Write all edges of a council anew."""
    for first, kind, second, _ in edges:
        store.execute(
            f"MATCH (:Council {{id: $first}})-[r:{kind}]->(:{OTHER_END[kind]} {{id: $second}}) "
            "DELETE r",
            {"first": first, "second": second},
        )
    for first, kind, second, properties in edges:
        store.execute(
            f"MATCH (a:Council {{id: $first}}), (b:{OTHER_END[kind]} {{id: $second}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = $properties",
            {"first": first, "second": second, "properties": properties},
        )


def take_away(store: Store, council: str, reason: Any) -> None:
    """Delete the edges that a reason rests on."""
    edges = reason.edges
    store.execute(
        TAKE_AWAY[reason.kind],
        {
            "council": council,
            "services": list(edges.services),
            "neighbours": list(edges.neighbours),
            "groupings": list(edges.groupings),
        },
    )


@pytest.mark.parametrize("number", range(6))
def test_a_reason_moved_the_score_by_what_it_says(store: Store, number: int) -> None:
    """Without the edges of any one reason of c, its score is lower by what the reason says."""
    lay(store, **SMALL)
    before = {one.council: one for one in service_candidates(store, "roads", None, "any").ranked}
    reasons = before["c"].reasons
    assert len(reasons) == 5
    if number == len(reasons):
        for reason in reasons:
            take_away(store, "c", reason)
    else:
        take_away(store, "c", reasons[number])
    after = {one.council: one for one in service_candidates(store, "roads", None, "any").ranked}
    lost = before["c"].score - after["c"].score
    if number == len(reasons):
        assert after["c"].reasons == ()
        assert lost > max(reason.moved for reason in reasons)
    else:
        assert lost == pytest.approx(reasons[number].moved, abs=2e-6)
        assert reasons[number].text not in [reason.text for reason in after["c"].reasons]


def test_parts_are_measured_like_reasons(store: Store) -> None:
    lay(store, **SMALL)
    before = {one.council: one for one in service_candidates(store, "roads", None, "any").ranked}
    for reason in before["c"].reasons:
        if reason.kind == "ties":
            take_away(store, "c", reason)
    after = {one.council: one for one in service_candidates(store, "roads", None, "any").ranked}
    lost = before["c"].score - after["c"].score
    assert lost == pytest.approx(before["c"].parts["ties"], abs=2e-6)
    assert after["c"].parts["ties"] == 0


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
