"""Who could join: by hand on a small map, and the reasons that go with it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from graphmodel.analytics.candidates import (
    WEIGHTS,
    Surroundings,
    find_candidates,
    service_candidates,
)
from graphmodel.analytics.geography import Grouping
from graphmodel.store import Store

FAR = "touches no member by land or bridge"


def map_of(*borders: str, km: float | None = None) -> Any:
    """A map from pairs such as "ab"; a capital second letter stands for a bridge."""
    graph = nx.Graph()
    for pair in borders:
        first, second = pair[0], pair[1]
        kind = "bridge" if second.isupper() else "land"
        link = {"kind": kind, "km": km, "note": "Long Bridge" if kind == "bridge" else None}
        graph.add_edge(first, second.lower(), links=[link])
    return graph


def tied(**weights: tuple[float, list[str]]) -> Any:
    graph = nx.Graph()
    for pair, (weight, services) in weights.items():
        graph.add_edge(*pair, weight=weight, services=services)
    return graph


def test_the_score_by_hand() -> None:
    """Members a and b. c touches both, and d: 2 of 3 neighbours. Its ties: 1.0 to a, 1.0 to d,
    so half leads to members. It is in one grouping with a alone: half of the members.
    0.40 x 1/2 + 0.35 x 2/3 + 0.25 x 1/2 = 0.2 + 0.23333 + 0.125 = 0.558333."""
    around = Surroundings(
        touching=map_of("ab", "ac", "bc", "cd"),
        tied=tied(ac=(1.0, ["roads"]), cd=(1.0, ["waste"])),
        groupings=[Grouping("g", "Region", "city region", ("a", "c"))],
        names={"a": "Ash", "b": "Birch", "roads": "Roads"},
    )
    found = find_candidates({"a", "b"}, around)
    assert [(one.council, one.score) for one in found.ranked] == [("c", 0.558333)]
    assert [reason.text for reason in found.ranked[0].reasons] == [
        "borders Ash and Birch by land",
        "2 of its 3 neighbours by land or bridge take part",
        "shares Roads with Ash",
        "in Region (city region) with Ash",
    ]
    assert {(one.council, one.why) for one in found.excluded} == {
        ("a", "takes part already"),
        ("b", "takes part already"),
        ("d", "touches no member by land or bridge"),
    }
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_everybody_is_ranked_or_left_out_once() -> None:
    around = Surroundings(map_of("ab", "bc", "cd", "de"), nx.Graph(), [])
    found = find_candidates({"b"}, around, {"c": "took part before (until 2015)"})
    councils = [one.council for one in found.ranked]
    councils += [one.council for one in found.excluded]
    assert sorted(councils) == ["a", "b", "c", "d", "e"]
    assert ("c", "took part before (until 2015)") in {
        (one.council, one.why) for one in found.excluded
    }


def test_equal_scores_stand_in_order_of_id() -> None:
    around = Surroundings(map_of("ax", "xc", "bx"), nx.Graph(), [])
    assert [one.council for one in find_candidates({"x"}, around).ranked] == ["a", "b", "c"]


def test_a_long_list_of_services_is_cut_with_its_number() -> None:
    around = Surroundings(map_of("ab"), tied(ab=(6.0, list("stuvwx"))), [])
    reasons = [reason.text for reason in find_candidates({"a"}, around).ranked[0].reasons]
    assert reasons[2] == "shares s, t, u, v and 2 more with a"
    around = Surroundings(map_of("ab"), tied(ab=(5.0, list("stuvw"))), [])
    reasons = [reason.text for reason in find_candidates({"a"}, around).ranked[0].reasons]
    assert reasons[2] == "shares s, t, u, v and w with a"


def test_a_reason_names_the_bridge_and_the_length() -> None:
    around = Surroundings(map_of("aB", "bc", km=12.4), nx.Graph(), [])
    reasons = [reason.text for reason in find_candidates({"b"}, around).ranked[0].reasons]
    assert reasons[0] == "borders b by bridge (Long Bridge), 12 km"


@pytest.mark.parametrize("missing", ["ties", "border", "grouping"])
def test_without_its_reasons_a_candidate_falls(missing: str) -> None:
    """Each part of the score rests on edges: take them away and the score sinks."""
    full: dict[str, Any] = {
        "touching": map_of("ac", "bc", "cd"),
        "tied": tied(ac=(1.0, ["roads"]), cd=(1.0, ["waste"])),
        "groupings": [Grouping("g", "Region", "city region", ("a", "b", "c"))],
    }
    less: dict[str, Any] = {
        "ties": {"tied": tied(cd=(1.0, ["waste"]))},
        "border": {"touching": map_of("ac", "cd", "bd")},
        "grouping": {"groupings": []},
    }[missing]
    before = {one.council: one for one in find_candidates({"a", "b"}, Surroundings(**full)).ranked}
    after = {
        one.council: one
        for one in find_candidates({"a", "b"}, Surroundings(**{**full, **less})).ranked
    }
    assert after["c"].score < before["c"].score
    assert after["c"].parts[missing] < before["c"].parts[missing]


def test_who_left_or_decided_against_it_is_left_out(store: Store) -> None:
    """A chain a-b-c-d-e-f: b takes part; a left in 2015, c decided against it, d joins in 2020."""
    names = "abcdef"
    for name in names:
        store.execute("CREATE (:Council {id: $name, name: $name})", {"name": name})
    for first, second in pairwise(names):
        store.execute(
            "MATCH (a:Council {id: $first}), (b:Council {id: $second}) "
            "CREATE (a)-[:BORDERS {kind: 'land', key: 'land'}]->(b)",
            {"first": first, "second": second},
        )
    store.execute("CREATE (:Service {id: 'roads', name: 'Roads', status: 'live'})")
    for name, spell in {
        "a": {"valid_to": date(2016, 1, 1), "until": "2015"},
        "b": {},
        "c": {"status": "rejected"},
        "d": {"valid_from": date(2020, 1, 1), "since": "2020"},
    }.items():
        store.execute(
            "MATCH (c:Council {id: $name}), (s:Service {id: 'roads'}) "
            "CREATE (c)-[r:PARTICIPATES_IN {role: 'member'}]->(s) SET r += $spell",
            {"name": name, "spell": spell},
        )

    def asked(day: date) -> tuple[list[str], dict[str, str]]:
        found = service_candidates(store, "roads", day)
        return (
            [one.council for one in found.ranked],
            {one.council: one.why for one in found.excluded if one.why != FAR},
        )

    joined = "takes part already"
    assert asked(date(2019, 1, 1)) == (
        [],
        {"a": "took part before (until 2015)", "b": joined, "c": "decided against it"},
    )
    assert asked(date(2014, 1, 1)) == ([], {"a": joined, "b": joined, "c": "decided against it"})
    assert asked(date(2021, 1, 1)) == (
        ["e"],
        {
            "a": "took part before (until 2015)",
            "b": joined,
            "c": "decided against it",
            "d": joined,
        },
    )


def test_a_service_does_not_speak_for_itself(store: Store) -> None:
    """b takes part and touches a and c. What ties b to a is the service alone, so a's score is
    its border only: 0.35 x 1."""
    store.execute(
        "CREATE (a:Council {id: 'a', name: 'a'})-[:BORDERS {kind: 'land'}]->"
        "(b:Council {id: 'b', name: 'b'}), (s:Service {id: 's', name: 'S', status: 'live'}), "
        "(g:Grouping {id: 'g', name: 'G', kind: 'city region'}), (s)-[:FOCUSED_ON]->(g), "
        "(a)-[:IN_GROUPING]->(g), (b)-[:IN_GROUPING]->(g), "
        "(b)-[:PARTICIPATES_IN {role: 'lead'}]->(s)"
    )
    assert [(one.council, one.score) for one in service_candidates(store, "s").ranked] == [
        ("a", 0.35)
    ]
