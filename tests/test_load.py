"""Loading a data package, again, changed, and in any order of its rows."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from tests.packages import Package, country, graph_of

STATED = {
    "Document": 2,
    "Council": 5,
    "Partner": 2,
    "Grouping": 1,
    "Category": 1,
    "ActivityType": 1,
    "Service": 3,
    "Saving": 1,
    "Finding": 2,
    "Statistic": 1,
    "HAS_SAVING": 1,
    "REPORTS": 1,
    "STATED_IN": 1,
    "PARTICIPATES_IN": 8,
    "MEMBER_OF": 2,
    "PART_OF": 1,
    "SUCCEEDS": 1,
    "ADOPTED_FROM": 1,
    "PRIORITISES": 1,
    "IN_CATEGORY": 2,
    "OF_TYPE": 1,
    "BORDERS": 5,
    "IN_GROUPING": 2,
    "FOCUSED_ON": 1,
}
"""What `country` states, by kind; 47 in all."""


def outcomes(inserted: int = 0, updated: int = 0, unchanged: int = 0, removed: int = 0) -> Any:
    return {
        "inserted": inserted,
        "updated": updated,
        "unchanged": unchanged,
        "removed": removed,
    }


def all_unchanged_but(**others: dict[str, int]) -> dict[str, dict[str, int]]:
    return {kind: outcomes(unchanged=number) for kind, number in STATED.items()} | others


def load(store: Store, package: Package, **options: Any) -> dict[str, dict[str, int]]:
    return {kind: asdict(n) for kind, n in package.load(store, **options).counts.items()}


def test_first_load_inserts_everything(store: Store) -> None:
    counts = load(store, country())

    assert counts == {kind: outcomes(inserted=number) for kind, number in STATED.items()}
    graph = graph_of(store)
    written = dict.fromkeys(STATED, 0)
    for kind in [*(labels[0] for labels, _ in graph.nodes), *(kind for kind, *_ in graph.edges)]:
        written[kind] += 1
    assert written == STATED


def test_what_is_written_has_all_that_the_row_says(store: Store) -> None:
    country().load(store)
    graph = graph_of(store)
    cited = {"source": "review-2020", "locator": "Section 1", "datasets": ["example"]}

    assert graph.node("EX-ARD") == cited | {
        "id": "EX-ARD",
        "name": "Ardshire",
        "official_name": "Ardshire Council",
        "gss_code": "X01",
        "former_gss_codes": ["X91", "X92"],
        "aliases": ["Árd"],
        "population": 90000,
        "area_km2": 2000.5,
    }
    assert graph.node("roads-pilot") == cited | {
        "id": "roads-pilot",
        "name": "Roads Pilot",
        "kind": "project",
        "status": "ended",
        "start": "2012",
        "end": "2013",
        "valid_from": date(2012, 1, 1),
        "valid_to": date(2014, 1, 1),
    }
    assert graph.edge("BORDERS", "EX-CAL", "EX-ESK") == cited | {"kind": "ferry", "key": "ferry"}
    spells = [said for *ends, said in graph.edges if ends[1:] == ["EX-BEN", "roads-alliance"]]
    assert spells == [
        cited
        | {
            "key": "member|2014-04",
            "role": "member",
            "since": "2014-04",
            "until": "2016-03-31",
            "valid_from": date(2014, 4, 1),
            "valid_to": date(2016, 4, 1),
        },
        cited
        | {
            "key": "member|2018",
            "role": "member",
            "since": "2018",
            "valid_from": date(2018, 1, 1),
        },
    ]


def test_second_load_changes_nothing(store: Store) -> None:
    country().load(store)
    before = graph_of(store)

    assert load(store, country()) == all_unchanged_but()
    assert graph_of(store) == before


def test_folder_zip_and_zipped_folder_say_the_same(store: Store, tmp_path: Any) -> None:
    from loaders.datapackage import read_package

    package = country()
    read = [
        read_package(package.write(tmp_path / "folder")),
        read_package(tmp_path / "folder" / "datapackage.json"),
        read_package(package.write_zip(tmp_path / "flat.zip")),
        read_package(package.write_zip(tmp_path / "deep.ZIP", inside="my councils/2020/")),
    ]

    assert read == [read[0]] * 4
    assert read[0].problems == []


@pytest.mark.parametrize(
    ("variant", "expected", "node", "property_", "value"),
    [
        (
            country().changed("councils", {"id": "EX-CAL"}, population="150001"),
            all_unchanged_but(Council=outcomes(updated=1, unchanged=4)),
            "EX-CAL",
            "population",
            150001,
        ),
        (
            country().changed("services", {"id": "joint-archives"}, start="2021-02-28"),
            all_unchanged_but(Service=outcomes(updated=1, unchanged=2)),
            "joint-archives",
            "valid_from",
            date(2021, 2, 28),
        ),
        (
            country().changed("services", {"id": "roads-pilot"}, end=""),
            all_unchanged_but(Service=outcomes(updated=1, unchanged=2)),
            "roads-pilot",
            "valid_to",
            None,
        ),
    ],
)
def test_a_changed_property_is_updated(
    store: Store,
    variant: Package,
    expected: dict[str, dict[str, int]],
    node: str,
    property_: str,
    value: object,
) -> None:
    country().load(store)
    ties = graph_of(store).ties

    assert load(store, variant) == expected
    after = graph_of(store)
    assert after.node(node).get(property_) == value
    assert after.ties == ties
    country().load(store)
    variant.load(store)
    assert graph_of(store) == after


def test_a_changed_name_is_updated(store: Store) -> None:
    country().load(store)
    renamed = country().changed("services", {"id": "roads-alliance"}, name="Highways Alliance")

    assert load(store, renamed) == all_unchanged_but(Service=outcomes(updated=1, unchanged=2))
    assert graph_of(store).node("roads-alliance")["name"] == "Highways Alliance"


def test_a_moved_spell_is_another_edge(store: Store) -> None:
    country().load(store)
    before = graph_of(store).ties
    moved = country().changed("participations", {"participant": "EX-CAL"}, since="2016")

    counts = load(store, moved)

    assert counts == all_unchanged_but(PARTICIPATES_IN=outcomes(inserted=1, unchanged=7, removed=1))
    gone = ("PARTICIPATES_IN", "EX-CAL", "roads-alliance", "member|2015")
    come = ("PARTICIPATES_IN", "EX-CAL", "roads-alliance", "member|2016")
    assert graph_of(store).ties == before - {gone} | {come}


def test_what_is_no_longer_stated_goes(store: Store) -> None:
    country().load(store)
    before = graph_of(store)
    less = country().without("findings", service="").without("borders", kind="ferry")

    counts = load(store, less)

    assert counts == all_unchanged_but(
        Finding=outcomes(unchanged=1, removed=1), BORDERS=outcomes(unchanged=4, removed=1)
    )
    after = graph_of(store)
    [lone] = [said["id"] for _, said in before.nodes if said.get("kind") == "lesson"]
    assert after.ids == before.ids - {lone}
    assert after.ties == before.ties - {("BORDERS", "EX-CAL", "EX-ESK", "ferry")}
    assert load(store, less) == all_unchanged_but(
        Finding=outcomes(unchanged=1), BORDERS=outcomes(unchanged=4)
    )
    assert graph_of(store) == after


def with_documents(number: int) -> Package:
    """The country with more documents, so that 13 make it 60 nodes and edges."""
    more = ({"id": f"paper-{n}", "title": f"Paper {n}"} for n in range(number))
    return country().plus("documents", *more)


def test_one_twentieth_may_go(store: Store) -> None:
    with_documents(13).load(store)
    before = graph_of(store).ids

    assert with_documents(10).load(store).total("removed") == 3
    assert graph_of(store).ids == before - {"paper-10", "paper-11", "paper-12"}


def test_more_than_one_twentieth_goes_only_when_told(store: Store) -> None:
    with_documents(13).load(store)
    before = graph_of(store)
    changed = with_documents(9).changed("councils", {"id": "EX-CAL"}, population="1")

    with pytest.raises(GraphmodelError) as refusal:
        changed.load(store)

    assert str(refusal.value) == (
        "'example' no longer states 4 of the 60 nodes and edges that it had stated (4 Document, "
        "such as paper-9). "
        "That is more than 5%, so nothing was written. If it is right, use --force."
    )
    assert refusal.value.exit_code == 1
    assert graph_of(store) == before
    assert changed.load(store, force=True).total("removed") == 4
    assert graph_of(store).ids == before.ids - {f"paper-{n}" for n in range(9, 13)}


def test_skipping_rejected_rows_loads_the_others_and_removes_nothing(store: Store) -> None:
    country().load(store)
    before = graph_of(store)
    faulty = (
        country()
        .without("borders", kind="ferry")
        .changed("participations", {"participant": "EX-DUN"}, role="boss")
        .changed("councils", {"id": "EX-CAL"}, population="1")
        .plus("documents", {"id": "paper", "title": "Paper"})
    )

    report = faulty.load(store, skip_rejected=True)

    assert {kind: asdict(number) for kind, number in report.counts.items()} == all_unchanged_but(
        Document=outcomes(inserted=1, unchanged=2),
        Council=outcomes(updated=1, unchanged=4),
        PARTICIPATES_IN=outcomes(unchanged=7),
        BORDERS=outcomes(unchanged=4),
    )
    [problem] = report.rejected
    assert (problem.file, problem.row, problem.column) == ("participations.csv", 7, "role")
    after = graph_of(store)
    assert (after.ids, after.edges) == (before.ids | {"paper"}, before.edges)
    assert after.node("EX-CAL") == before.node("EX-CAL") | {"population": 1}


ARCHIVES = {
    "id": "joint-archives",
    "name": "Joint Archives",
    "kind": "partnership",
    "status": "proposed",
}


def test_skipping_one_of_two_rows_takes_nothing_back(store: Store) -> None:
    country().plus("services", ARCHIVES | {"funding": "By grant"}).load(store)
    faulty = country().plus("services", ARCHIVES | {"funding": "By grant", "spectrum": "much"})

    faulty.load(store, skip_rejected=True)

    assert graph_of(store).node("joint-archives").get("funding") == "By grant"


def test_skipping_one_of_two_rows_for_an_edge_takes_nothing_back(store: Store) -> None:
    second = {"participant": "EX-CAL", "service": "roads-alliance", "role": "member"}
    second |= {"since": "2015", "source": "minutes-2015", "locator": "Item 2"}
    country().plus("participations", second).load(store)
    before = graph_of(store)

    country().plus("participations", second | {"status": "over"}).load(store, skip_rejected=True)

    assert graph_of(store) == before


def test_a_spell_that_overlaps_is_left_out(store: Store) -> None:
    overlapping = {"participant": "EX-CAL", "service": "roads-alliance", "role": "member"}

    report = country().plus("participations", overlapping).load(store, skip_rejected=True)

    assert len(report.rejected) == 1
    assert report.counts["PARTICIPATES_IN"].inserted == 8
    left_out = ("PARTICIPATES_IN", "EX-CAL", "roads-alliance", "member|")
    assert left_out not in graph_of(store).ties


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_columns_and_tables_does_not_matter(store: Store, seed: int) -> None:
    country().load(store)
    expected = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    chance = random.Random(seed)

    shuffled(country(), chance).load(store)

    assert graph_of(store) == expected
    assert load(store, shuffled(country(), chance)).keys() == STATED.keys()
    assert graph_of(store) == expected


def shuffled(package: Package, chance: random.Random) -> Package:
    tables = {
        table: [
            dict(chance.sample(list(row.items()), len(row)))
            for row in chance.sample(rows, len(rows))
        ]
        for table, rows in package.tables.items()
    }
    return Package(dict(chance.sample(list(tables.items()), len(tables))), package.name)


def test_of_several_rows_for_one_thing_the_first_holds_and_all_are_kept(store: Store) -> None:
    there = {"source": "minutes-2015", "locator": "Item 4"}
    second = ARCHIVES | there | {"governance": "A board", "website": "https://second.example"}
    first = {"source": "review-2020", "locator": "Section 9", "website": "https://first.example"}
    package = country().changed("services", {"id": "joint-archives"}, **first)
    package.plus("services", second).load(store)

    said = graph_of(store).node("joint-archives")

    assert said.pop("statements")
    assert said == {
        **ARCHIVES,
        **first,
        "aliases": [],
        "governance": "A board",
        "members_complete": False,
        "citations": ["review-2020#Section 9", "minutes-2015#Item 4"],
        "conflicts": ["website"],
        "datasets": ["example"],
    }


def test_rows_whose_dates_contradict_each_other_both_stand(store: Store) -> None:
    package = country().plus("services", ARCHIVES | {"start": "2015"}, ARCHIVES | {"end": "2012"})

    package.load(store)

    said = graph_of(store).node("joint-archives")
    assert (said["start"], said["end"]) == ("2015", "2012")


def test_a_source_given_by_title_is_stored_as_id(store: Store) -> None:
    country().changed("borders", {"kind": "ferry"}, source="REVIEW of shared services").load(store)

    assert graph_of(store).edge("BORDERS", "EX-CAL", "EX-ESK")["source"] == "review-2020"


def test_a_saving_is_the_same_by_whatever_name_its_service_is_called(store: Store) -> None:
    country().load(store)
    before = graph_of(store)

    country().changed("savings", {}, service="the ROADS ALLIANCE").load(store, force=True)

    assert graph_of(store) == before
