"""Who could join: by hand on a small map, and the reasons that go with it."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphmodel.analytics.candidates import WEIGHTS, Surroundings, find_candidates
from graphmodel.analytics.projection import Grouping


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
