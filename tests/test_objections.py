"""What speaks against a candidate, what is only on record, and what would change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graphmodel.analytics.candidates import Candidate, find_candidates
from graphmodel.analytics.change import change_of
from graphmodel.analytics.inquiry import read_inquiry
from graphmodel.analytics.objections import CAPACITY
from graphmodel.store import Store
from tests.small_map import lay, members_of

ROADS: dict[str, Any] = {
    "councils": "abcdef",
    "borders": [
        *({"pair": pair} for pair in ("ab", "bc", "cd", "de")),
        {"pair": "af", "kind": "ferry", "note": "Long Ferry"},
    ],
}


def candidate(
    store: Store, council: str, reach: Any = "land", day: date | None = None
) -> Candidate:
    inquiry = read_inquiry(store, day, reach)
    found = find_candidates(inquiry, inquiry.plan("roads"))
    return next(one for one in found.ranked if one.council == council)


def against(store: Store, council: str, **given: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.kind, one.text, one.said_in) for one in candidate(store, council, **given).objections
    ]


def in_category(store: Store, *services: str) -> None:
    store.execute("CREATE (:Category {id: 'highways', name: 'Highways'})")
    store.execute(
        "UNWIND $services AS service MATCH (s:Service {id: service}), (k:Category) "
        "CREATE (s)-[r:IN_CATEGORY {source: 'review', locator: 'areas'}]->(k)",
        {"services": list(services)},
    )


def test_a_service_of_the_same_area_there_already(store: Store) -> None:
    """c has lanes with d, and potholes alone, and signs with a member, which lowers no score;
    paths are over, and ferries are of another area."""
    services = {"roads": "ab", "lanes": "cd", "potholes": "c", "signs": "bc", "paths": "cd"}
    lay(
        store,
        **ROADS,
        services={
            **{name: {"status": "ended" if name == "paths" else "live"} for name in services},
            "ferries": {},
        },
        joined=members_of({**services, "ferries": "cd"}),
    )
    in_category(store, *services)
    assert against(store, "c") == [
        (
            "there already",
            "has in the same broad area (Highways) already Potholes (with no other council) and "
            "Lanes (with D)",
            ("paper#c in potholes", "review#areas", "paper#c in lanes"),
        ),
        (
            "there with members",
            "has in the same broad area (Highways) with members Signs (with B)",
            ("paper#c in signs", "review#areas"),
        ),
    ]
    assert candidate(store, "c").objections[1].moved == 0


def test_what_the_law_has_set_up(store: Store) -> None:
    board = {"delivery_mechanism": "statutory board", "source": "act", "locator": "section 1"}
    lay(
        store,
        **ROADS,
        services={"roads": board, "lamps": {"delivery_mechanism": "hosted"}},
        joined=members_of({"roads": "b", "lamps": "b"}),
    )
    by_law = ("by law", "set up by law for its area", ("act#section 1",))
    inquiry = read_inquiry(store)
    told = {
        service: {
            one.council: [(said.kind, said.text, said.said_in) for said in one.objections]
            for one in find_candidates(inquiry, inquiry.plan(service)).ranked
        }
        for service in ("roads", "lamps")
    }
    assert told == {"roads": {"a": [by_law], "c": [by_law]}, "lamps": {"a": [], "c": []}}


def test_a_service_left_before(store: Store) -> None:
    """c left waste, in which b stayed; lamps ended for both."""
    over = {"valid_to": date(2016, 4, 1), "until": "2016-03-31"}
    lay(
        store,
        **ROADS,
        services={"roads": {}, "waste": {}, "lamps": {"status": "ended"}},
        joined=[
            *members_of({"roads": "ab"}),
            {"council": "b", "service": "waste"},
            {"council": "c", "service": "waste", **over},
            *({"council": one, "service": "lamps", **over} for one in "bc"),
        ],
    )
    left = ("left before", "left Waste (2016-03-31), which B stayed in", ("paper#c in waste",))
    assert against(store, "c") == [left]
    assert against(store, "c", day=date(2016, 3, 31)) == []


def test_a_proposal_rejected(store: Store) -> None:
    """Plans with a member count, but for those of another area; the same area alone does not
    make a plan of others one to hold against c, a name that is nearly the same does."""
    plans = {"bridges": "bc", "tolls": "cd", "bins": "bc", "books": "bc", "roads 2": "cd"}
    lay(
        store,
        **ROADS,
        services={
            "roads": {},
            "bridges": {"status": "rejected", "description": "Too dear."},
            **{name: {"status": "rejected"} for name in ("bins", "books", "roads 2")},
            "tolls": {},
        },
        joined=[
            *members_of({"roads": "ab"}),
            *(
                {"status": "rejected", "note": "No cars.", **one}
                if one == {"council": "c", "service": "books"}
                else one
                for one in members_of(plans)
            ),
        ],
    )
    in_category(store, "roads", "bridges", "tolls")
    store.execute(
        "CREATE (k:Category {id: 'waste', name: 'Waste'}) WITH k "
        "MATCH (s:Service {id: 'bins'}) CREATE (s)-[:IN_CATEGORY]->(k)"
    )
    found = [
        (one.text, one.detail, one.said_in)
        for one in candidate(store, "c").objections
        if one.kind == "proposal rejected"
    ]
    assert found == [
        ("decided against Books with B", "No cars.", ("paper#c in books",)),
        ("was in a plan given up: Bridges with B", "Too dear.", ("paper#c in bridges",)),
        ("was in a plan given up: Roads 2", "", ("paper#c in roads 2",)),
    ]


@pytest.mark.parametrize(
    ("council", "reach", "texts"),
    [
        ("c", "land", []),
        ("f", "ferry", ["its area would be in 2 pieces by land and bridge, one with ferries"]),
        ("d", "any", ["its area would be in 2 pieces by land and bridge"]),
    ],
)
def test_an_area_in_pieces(store: Store, council: str, reach: str, texts: list[str]) -> None:
    lay(store, **ROADS, services={"roads": {}}, joined=members_of({"roads": "ab"}))
    assert [text for _, text, _ in against(store, council, reach=reach)] == texts


@pytest.mark.parametrize(
    ("council", "text"),
    [
        ("f", "its area would be in 2 pieces by land and bridge, as now"),
        ("b", "its area would be in one piece by land and bridge, 2 now"),
    ],
)
def test_pieces_that_joining_does_not_add_to(store: Store, council: str, text: str) -> None:
    """a and e are apart: f leaves it so, b closes the gap; neither is an objection."""
    chain = {**ROADS, "borders": [{"pair": pair} for pair in ("ab", "be", "ef")]}
    lay(store, **chain, services={"roads": {}}, joined=members_of({"roads": "ae"}))
    one = candidate(store, council)
    assert one.objections == ()
    assert [fact.text for fact in one.facts] == [text]


def test_what_a_council_leads_already(store: Store) -> None:
    names = [f"plan {number}" for number in range(CAPACITY)]
    lay(
        store,
        **ROADS,
        services={name: {} for name in ("roads", "gone", *names)},
        joined=[
            *members_of({"roads": "ab"}),
            *({"council": "c", "service": name, "role": "lead"} for name in names),
            {"council": "c", "service": "gone", "role": "host", "valid_to": date(2010, 1, 1)},
        ],
    )
    text = f"leads or hosts {CAPACITY} services already: Plan 0, Plan 1 and Plan 2"
    places = tuple(f"paper#c in {name}" for name in names)
    assert against(store, "c") == [("capacity", text, places)]
    store.execute(
        "MATCH (:Council {id: 'c'})-[r {role: 'lead'}]->(:Service {id: 'plan 0'}) DELETE r"
    )
    assert against(store, "c") == []


def test_facts_that_moved_no_score(store: Store) -> None:
    """f is of b's size and density, not of a's; it has adopted the model and knows hosting."""
    lay(
        store,
        **ROADS,
        services={
            "roads": {"delivery_mechanism": "hosted"},
            "island roads": {"status": "proposed"},
            "lamps": {"delivery_mechanism": "hosted"},
        },
        joined=members_of({"roads": "ab", "island roads": "f", "lamps": "f"}),
    )
    sizes = {"a": (200_000, 50.0), "b": (20_000, 400.0), "f": (25_000, 300.0)}
    for council, (people, area) in sizes.items():
        store.execute(
            "MATCH (c:Council {id: $id}) SET c.population = $people, c.area_km2 = $area",
            {"id": council, "people": people, "area": area},
        )
    store.execute(
        "MATCH (s:Service {id: 'island roads'}), (m:Service {id: 'roads'}) "
        "CREATE (s)-[:ADOPTED_FROM {source: 'paper', locator: 'models'}]->(m)"
    )
    facts = candidate(store, "f", "ferry").facts
    assert [(one.text, one.said_in) for one in facts] == [
        ("alike in size and rurality: 25,000 people; B 20,000", ()),
        ("has adopted its model: Island Roads (proposed)", ("paper#models",)),
        ("has others that are run in the same way (hosted): Lamps", ("paper#f in lamps",)),
        ("ferry to A (Long Ferry)", ("paper#af",)),
    ]
    around = read_inquiry(store).around
    change = change_of(around, ["a", "b"], ["f"])
    assert (change.population, change.area) == ((220_000, 245_000), (450.0, 750.0))
    assert (change.pieces, change.with_ferries) == ((1, 2), (1, 1))
    assert change_of(around, ["a"], ["c"]).population == (200_000, None)


def test_a_source_that_does_not_name_all(store: Store) -> None:
    """Who is not named may take part already; of a whole list nothing is said."""
    lay(store, **ROADS, services={"roads": {}}, joined=members_of({"roads": "ab"}))
    assert against(store, "c") == []
    store.execute(
        "MATCH (s:Service {id: 'roads'}) "
        "SET s.members_complete = false, s.source = 'paper', s.locator = 'list'"
    )
    text = "may take part already: the source does not name all who do"
    assert against(store, "c") == [("members incomplete", text, ("paper#list",))]
    store.execute("MATCH (s:Service {id: 'roads'}) SET s.members_complete = true")
    assert against(store, "c") == []
