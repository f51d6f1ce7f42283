"""Questions of the catalogue on small packages that are made for what is asked."""

from __future__ import annotations

import json
from typing import Any

from graphmodel.store import Store
from tests.packages import country
from tests.test_query_answers import CANDIDATES, NEIGHBOURS, ON_DAY, PAIRS, asked


def test_on_a_day_councils_work_together_on_what_both_were_in(store: Store) -> None:
    """Ben and Glen left the alliance from April 2016 to 2018; the pilot ended with 2013."""
    member = {"participant": "EX-BEN", "service": "roads-pilot", "role": "member", "until": "2013"}
    country().plus("participations", member).load(store)

    def on_day(day: str) -> list[list[Any]]:
        rows = asked(store, PAIRS, {"day": day})
        return [[row["council"], row["other"], row["services"]] for row in rows]

    alliance, pilot = ["Roads Alliance"], ["Roads Pilot"]
    assert on_day("2013-12-31") == [["Ardshire", "Ben and Glen", pilot]]
    assert on_day("2014-01-01") == []
    assert on_day("2014-04-01") == [["Ardshire", "Ben and Glen", alliance]]
    assert on_day("2016-04-01") == [["Ardshire", "Caldale", alliance]]
    assert on_day("2018") == [
        ["Ardshire", "Ben and Glen", alliance],
        ["Ardshire", "Caldale", alliance],
        ["Ben and Glen", "Caldale", alliance],
    ]


def test_a_service_is_there_until_the_last_day_of_its_end(store: Store) -> None:
    country().load(store)

    def on_day(day: str) -> list[list[Any]]:
        rows = asked(store, ON_DAY, {"day": day})
        return [[row["service"], row["councils"]] for row in rows]

    assert on_day("2011-12-31") == []
    assert on_day("2013-12-31") == [["Roads Pilot", ["Ardshire"]]]
    assert on_day("2014-01-01") == []
    assert on_day("2014-04-01") == [["Roads Alliance", ["Ardshire", "Ben and Glen"]]]
    assert on_day("2017") == [["Roads Alliance", ["Ardshire", "Caldale"]]]


def test_candidates_are_counted_by_the_members_of_the_day(store: Store) -> None:
    """Eskland has no more than a ferry, and so touches nobody."""
    country().load(store)

    def candidates(**given: str) -> list[list[Any]]:
        rows = asked(store, CANDIDATES, {"service": "roads-alliance"} | given)
        return [[row[column] for column in ("council", "members", "neighbours")] for row in rows]

    assert candidates() == [["Dunross City", ["Ben and Glen", "Caldale"], 2]]
    assert candidates(day="2017") == [
        ["Ben and Glen", ["Ardshire"], 2],
        ["Dunross City", ["Caldale"], 2],
    ]


def test_members_of_members_are_followed_through_several_bodies(store: Store) -> None:
    """Eskland and Dunross City own a company, which sits on the board until 2012."""
    seat = {"member": "esk-waste", "partner": "nhs-ardshire", "role": "member", "until": "2012"}
    country().plus("memberships", seat).load(store)

    def through(**given: str) -> list[list[Any]]:
        rows = asked(store, "members-of-members", given)
        columns = ("council", "role_on_body", "through", "service", "role", "itself")
        return [[row[column] for column in columns] for row in rows]

    bodies = ["Esk Waste Limited", "NHS Ardshire"]
    dunross = ["Dunross City", "member", bodies, "Joint Archives", "customer", True]
    eskland = ["Eskland", "owner", bodies, "Joint Archives", "customer", True]
    assert through() == [dunross, eskland]
    assert through(day="2000") == [dunross]
    assert through(day="2012-12-31") == [dunross, eskland]
    assert through(day="2013") == []
    assert through(council="Eskland") == [eskland]
    assert through(body="nhs-ardshire") == [dunross, eskland]


def test_lines_that_part_and_meet_again_are_told_once(store: Store) -> None:
    """The pilot becomes two services, which become one, which is then renewed."""
    package = country()
    for identifier in ("city-roads", "one-roads", "new-roads"):
        service = {"id": identifier, "name": identifier, "kind": "project", "status": "live"}
        package = package.plus("services", service)
    for later, earlier in (
        ("city-roads", "roads-pilot"),
        ("one-roads", "roads-alliance"),
        ("one-roads", "city-roads"),
        ("new-roads", "one-roads"),
    ):
        package = package.plus("successions", {"service": later, "predecessor": earlier})
    package.load(store)
    found = asked(store, "successions", {"service": "city-roads"})
    assert [[row[column] for column in ("line", "step", "earlier", "later")] for row in found] == [
        ["Roads Pilot", 1, "Roads Pilot", "Roads Alliance"],
        ["Roads Pilot", 1, "Roads Pilot", "city-roads"],
        ["Roads Pilot", 2, "Roads Alliance", "one-roads"],
        ["Roads Pilot", 2, "city-roads", "one-roads"],
        ["Roads Pilot", 3, "one-roads", "new-roads"],
    ]
    for other in ("roads-pilot", "new-roads"):
        assert asked(store, "successions", {"service": other}) == found


def test_neighbours_share_a_live_service_only_if_it_is_live_for_both(store: Store) -> None:
    """Dunross City only thinks of joining the alliance of its two neighbours."""
    thought = {"participant": "EX-DUN", "service": "roads-alliance", "status": "proposed"}
    country().plus("participations", {**thought, "role": "member"}).load(store)

    def neighbours(**given: str) -> list[list[Any]]:
        rows = asked(store, NEIGHBOURS, given)
        columns = ("council", "neighbour", "links", "not_live")
        return [[row[column] for column in columns] for row in rows]

    ben, cal, dun = "Ben and Glen", "Caldale", "Dunross City"
    alliance = ["Roads Alliance"]
    assert neighbours() == [[ben, dun, ["land"], alliance], [cal, dun, ["bridge"], alliance]]
    assert neighbours(council=dun) == [
        [dun, ben, ["land"], alliance],
        [dun, cal, ["bridge"], alliance],
    ]


def test_a_members_own_status_goes_before_that_of_the_service(store: Store) -> None:
    country().load(store)
    found = asked(store, "members-of-service", {"service": "joint-archives"})
    assert [[row["member"], row["role"], row["status"]] for row in found] == [
        ["Dunross City", "lead", "proposed"],
        ["Eskland", "member", "rejected"],
        ["NHS Ardshire", "customer", "proposed"],
    ]


def test_a_finding_of_two_documents_is_found_by_either(store: Store) -> None:
    lesson = {"kind": "lesson", "text": "Start with what people want."}
    minutes = {"source": "minutes-2015", "locator": "Item 4"}
    country().plus("findings", {**lesson, **minutes}).load(store)
    texts = {
        document: [row["finding"] for row in asked(store, "findings", {"document": document})]
        for document in ("minutes-2015", "review-2020")
    }
    assert texts == {
        "minutes-2015": [lesson["text"]],
        "review-2020": ["Buying together is cheaper.", lesson["text"]],
    }


def test_a_contradiction_on_a_relationship_is_found(store: Store) -> None:
    """Two places disagree on which part of its area Ardshire brought in."""
    edge = {"participant": "EX-ARD", "service": "joint-archives", "role": "customer"}
    minutes = {"source": "minutes-2015", "locator": "Item 4"}
    country().plus(
        "participations",
        {**edge, "part_of_area": "the north"},
        {**edge, "part_of_area": "the south", **minutes},
    ).load(store)
    found = asked(store, "contradictions", {})
    assert [(row["sort"], row["about"], row["property"]) for row in found] == [
        ("PARTICIPATES_IN", "Ardshire, Joint Archives", "part_of_area")
    ]
    assert [json.loads(text)[1]["part_of_area"] for text in found[0]["statements"]] == [
        "the north",
        "the south",
    ]
