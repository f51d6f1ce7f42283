"""Services that are alike: by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphmodel.analytics.twins import Difference, find_twins, related_services, word_likeness
from tests.two_mode import COUNCILS, add_service, two_mode


def twins_of(members: tuple[str, str], **facts: Any) -> Any:
    graph = two_mode([], COUNCILS)
    first, second = members
    add_service(graph, "x", first, categories=["roads", "waste"], start="2010")
    add_service(graph, "y", second, categories=["roads"], start="2014", **facts)
    return graph


@pytest.mark.parametrize(
    ("members", "borders", "in_both"),
    [
        (("ab", "cd"), (("b", "c"),), ()),
        (("ab", "bc"), (), ("b",)),
        (("abc", "bcd"), (), ("b", "c")),
        (("abc", "cde"), (), ("c",)),
    ],
)
def test_twins_touch_or_overlap(members: Any, borders: Any, in_both: Any) -> None:
    """Councils a to h in a row. Borders are between councils of one service alone."""
    graph = twins_of(members, delivery_mechanism="company")
    (found,) = find_twins(graph, nx.path_graph(COUNCILS), {("x", "y"): 0.5})
    assert (found.first, found.second, found.categories) == ("x", "y", ("roads",))
    assert (found.borders, found.in_both, found.apart) == (borders, in_both, not in_both)
    assert found.differences == (
        Difference("delivery_mechanism", None, "company"),
        Difference("start", "2010", "2014"),
    )


def test_what_are_no_twins() -> None:
    row = nx.path_graph(COUNCILS)
    alike = {("x", "y"): 0.5}
    assert not find_twins(twins_of(("ab", "de")), row, alike)
    assert not find_twins(twins_of(("ab", "cd")), row, {("x", "y"): 0.2})
    assert not find_twins(twins_of(("ab", "cd")), row, {})
    assert not find_twins(twins_of(("ab", "cd")), row, alike, {frozenset("xy")})
    other = twins_of(("ab", "cd"))
    other.nodes["y"]["categories"] = ["libraries"]
    assert not find_twins(other, row, alike)


def test_parts_of_one_whole_are_related() -> None:
    related = related_services([("a", "b"), ("b", "c"), ("d", "c")], [("e", "f")])
    assert related == {frozenset(pair) for pair in ("ab", "ac", "ad", "bc", "bd", "cd", "ef")}


def test_places_do_not_make_services_alike() -> None:
    texts = {
        "a": "Ayrshire Valuation Board",
        "b": "Valuation board of Tayside",
        "c": "Ayrshire museum",
        "d": "",
    }
    assert word_likeness(texts, ["Ayrshire", "Tayside"]) == {("a", "b"): 1.0}
    assert ("a", "c") in word_likeness(texts)
    assert word_likeness({"a": "Fife"}, ["Fife"]) == {}
