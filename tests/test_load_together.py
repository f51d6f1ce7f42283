"""Several datasets that speak of the same things: each keeps its own words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graphmodel.store import Store
from loaders.problems import RejectedDataError
from tests.packages import Package, Row, country, graph_of

HERE = {"source": "atlas", "locator": "Sheet 7"}
ATLAS = {"id": "atlas", "title": "Atlas of Councils"}
ARD = HERE | {"id": "EX-ARD", "name": "Ardshire", "population": "91000", "aliases": "Ardland"}
BEN = HERE | {"id": "EX-BEN", "name": "Ben and Glen"}
BORDER = HERE | {
    "council": "EX-BEN",
    "neighbour": "EX-ARD",
    "kind": "land",
    "km": "119",
    "note": "Along the river.",
}
NOTHING = Package({})


def other(**tables: list[Row]) -> Package:
    """Another dataset, which says something of two of the country's councils."""
    said: dict[str, list[Row]] = {"documents": [ATLAS], "councils": [ARD, BEN], "borders": [BORDER]}
    return Package({**said, **tables}, name="other")


def stated(*claims: tuple[str, dict[str, Any]]) -> list[str]:
    return [json.dumps(claim, ensure_ascii=False, sort_keys=True) for claim in claims]


def test_what_two_say_of_an_edge_is_merged(store: Store) -> None:
    country().load(store)
    counts = other().load(store).counts
    there = {"source": "review-2020", "locator": "Section 1"}

    assert (counts["BORDERS"].inserted, counts["BORDERS"].updated) == (0, 1)
    assert graph_of(store).edge("BORDERS", "EX-ARD", "EX-BEN") == {
        **there,
        "kind": "land",
        "key": "land",
        "km": 120.5,
        "note": "Along the river.",
        "datasets": ["example", "other"],
        "citations": ["review-2020#Section 1", "atlas#Sheet 7"],
        "conflicts": ["km"],
        "statements": stated(
            ("example", there | {"kind": "land", "km": 120.5}),
            ("other", HERE | {"kind": "land", "km": 119.0, "note": "Along the river."}),
        ),
    }


def test_what_two_say_of_a_node_is_merged(store: Store) -> None:
    country().load(store)
    other().load(store)
    there = {"source": "review-2020", "locator": "Section 1"}
    first = there | {
        "id": "EX-ARD",
        "name": "Ardshire",
        "official_name": "Ardshire Council",
        "gss_code": "X01",
        "former_gss_codes": ["X91", "X92"],
        "population": 90000,
        "area_km2": 2000.5,
    }
    second = HERE | {"id": "EX-ARD", "name": "Ardshire", "population": 91000}

    assert graph_of(store).node("EX-ARD") == first | {
        "aliases": ["Árd", "Ardland"],
        "datasets": ["example", "other"],
        "citations": ["review-2020#Section 1", "atlas#Sheet 7"],
        "conflicts": ["population"],
        "statements": stated(
            ("example", first | {"aliases": ["Árd"]}),
            ("other", second | {"aliases": ["Ardland"]}),
        ),
    }


def test_it_does_not_matter_who_comes_first(store: Store) -> None:
    country().load(store)
    other().load(store)
    expected = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")

    other().load(store)
    country().load(store)

    assert graph_of(store) == expected
    assert other().load(store).total("unchanged") == 4
    assert country().load(store).total("unchanged") == 47
    assert graph_of(store) == expected


@pytest.mark.parametrize("silent", ["example", "other"])
def test_each_can_take_back_all_its_words_alone(store: Store, silent: str) -> None:
    left = {"example": other(), "other": country()}[silent]
    left.load(store)
    expected = graph_of(store)
    {"example": country(), "other": other()}[silent].load(store)

    NOTHING.named(silent).load(store, force=True)

    assert graph_of(store) == expected


def test_an_edge_goes_when_both_are_silent(store: Store) -> None:
    country().load(store)
    alone = graph_of(store)
    other().load(store)
    both = graph_of(store)
    name = ("BORDERS", "EX-ARD", "EX-BEN", "land")

    report = country().without("borders", council="EX-ARD", neighbour="EX-BEN").load(store)
    assert (report.counts["BORDERS"].removed, report.counts["BORDERS"].updated) == (0, 1)
    assert graph_of(store).ties == both.ties
    assert graph_of(store).edge(*name[:3]) == HERE | {
        "kind": "land",
        "key": "land",
        "km": 119.0,
        "note": "Along the river.",
        "datasets": ["other"],
    }

    report = other(borders=[]).load(store, force=True)
    assert (report.counts["BORDERS"].removed, report.counts["BORDERS"].updated) == (1, 0)
    assert graph_of(store).ties == both.ties - {name}
    assert graph_of(store).nodes == both.nodes

    country().load(store)
    NOTHING.named("other").load(store, force=True)
    assert graph_of(store) == alone


def test_a_node_goes_when_both_are_silent(store: Store) -> None:
    lone = {"id": "EX-FAR", "name": "Faraway"} | HERE
    other(councils=[ARD, BEN, lone]).load(store)
    country().plus("councils", lone | {"source": "review-2020"}).load(store)
    before = graph_of(store)

    other().load(store, force=True)
    assert graph_of(store).ids == before.ids
    country().load(store)
    assert graph_of(store).ids == before.ids - {"EX-FAR"}


def needing(*councils: str) -> Package:
    """A dataset that says nothing of some councils but that they touch one of its own."""
    rows = [BORDER | {"council": "EX-OWN", "neighbour": council} for council in councils]
    return other(councils=[HERE | {"id": "EX-OWN", "name": "Ownland"}], borders=rows)


def without_councils(*councils: str) -> Package:
    """The country without some councils and all that hangs on them."""
    ends = {"council", "neighbour", "participant", "member", "id"}
    return Package(
        {
            table: [row for row in rows if not any(row.get(end) in councils for end in ends)]
            for table, rows in country().tables.items()
        }
    )


def test_a_node_that_another_needs_stays_until_that_is_over(store: Store) -> None:
    country().load(store)
    needing("EX-ESK").load(store)
    before = graph_of(store)
    less = without_councils("EX-ESK")

    report = less.load(store, force=True)

    assert (report.kept, report.counts["Council"].removed) == (1, 0)
    after = graph_of(store)
    assert after.ids == before.ids
    assert after.node("EX-ESK") == before.node("EX-ESK") | {"datasets": []}
    assert after.ties == {
        tie for tie in before.ties if "EX-ESK" not in tie[1:3] or "EX-OWN" in tie[1:3]
    }
    assert less.load(store).kept == 0
    assert needing("EX-ESK").load(store).total("unchanged") == 3
    assert graph_of(store) == after

    report = needing().load(store, force=True)

    assert (report.kept, report.counts["Council"].removed) == (0, 1)
    assert graph_of(store).ids == before.ids - {"EX-ESK"}


@pytest.mark.parametrize("rows", [1, 2])
def test_who_states_a_node_that_stayed_does_so_alone(store: Store, rows: int) -> None:
    again = {"id": "EX-ESK", "name": "Eskland", "population": "1"}
    country().plus("councils", *[again][: rows - 1]).load(store)
    needing("EX-ESK").load(store)
    without_councils("EX-ESK").load(store, force=True)
    esk = HERE | {"id": "EX-ESK", "name": "Eskland"}

    other(councils=[ARD, BEN, esk]).load(store, force=True)

    assert graph_of(store).node("EX-ESK") == esk | {"datasets": ["other"]}


def test_nodes_that_stayed_do_not_ask_for_force_again(store: Store) -> None:
    country().load(store)
    gone = ("EX-ARD", "EX-BEN", "EX-ESK")
    needing(*gone).load(store)
    less = without_councils(*gone)
    assert less.load(store, force=True).kept == 3

    report = less.load(store)

    assert (report.kept, report.total("updated"), report.total("removed")) == (0, 0, 0)


def test_a_document_that_another_cites_stays(store: Store) -> None:
    country().load(store)
    minutes = {"source": "minutes-2015", "locator": "Item 2"}
    other(borders=[BORDER | minutes]).load(store)

    country().without("documents", id="minutes-2015").load(store)

    assert "minutes-2015" in graph_of(store).ids


@pytest.mark.parametrize(("table", "id_"), [("councils", "EX-ESK"), ("documents", "review-2020")])
def test_a_dataset_cannot_rely_on_what_it_no_longer_says(
    store: Store, table: str, id_: str
) -> None:
    lacking = country().without(table, id=id_)
    with pytest.raises(RejectedDataError) as on_empty:
        lacking.load(store)
    country().load(store)
    before = graph_of(store)

    with pytest.raises(RejectedDataError) as on_full:
        lacking.load(store)

    assert on_full.value.problems == on_empty.value.problems
    assert graph_of(store) == before


def test_another_name_for_the_same_becomes_an_alias(store: Store) -> None:
    country().load(store)
    partner = HERE | {"id": "esk-waste", "name": "Waste of Esk", "kind": "company"}
    member = HERE | {"member": "EX-BEN", "partner": "esk-waste"}

    other(partners=[partner], memberships=[member]).load(store)

    said = graph_of(store).node("esk-waste")
    assert (said["name"], said["aliases"]) == ("Esk Waste Limited", ["Waste of Esk"])


def test_what_a_broken_off_load_left_behind_goes_with_the_next(store: Store) -> None:
    country().load(store)
    less = country().without("findings", service="")
    before = graph_of(store).ids
    # So far comes a load that ends between taking words back and deleting the node.
    store.execute("MATCH (f:Finding {kind: 'lesson'}) SET f.datasets = []")

    less.load(store)

    assert len(before - graph_of(store).ids) == 1


@pytest.mark.parametrize("cells", [{"amount": "8600000.00"}, {"currency": "GBP"}])
def test_a_saving_is_the_same_however_it_is_written(store: Store, cells: dict[str, str]) -> None:
    country().load(store)
    before = graph_of(store)

    country().changed("savings", {}, **cells).load(store, force=True)

    assert graph_of(store) == before
