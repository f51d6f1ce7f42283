"""Reasons of candidates: what they say, where it is said, and that they moved the score."""

from __future__ import annotations

import pytest

from graphmodel.analytics.candidates import service_candidates
from graphmodel.analytics.reasons import MOST_NAMED
from graphmodel.store import Store
from tests.small_map import SMALL, land, lay, members_of, take_away


def texts(store: Store, service: str, council: str) -> list[str]:
    found = {one.council: one for one in service_candidates(store, service).ranked}
    return [reason.text for reason in found[council].reasons]


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


@pytest.mark.slow
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
