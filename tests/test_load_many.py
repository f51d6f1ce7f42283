"""Loads large enough to be judged by column and written without looking first.

What comes of them is what comes of judging and merging row by row.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from graphmodel.store import Store
from loaders.datapackage import read_package
from loaders.validation import validate
from tests.packages import Graph, Package, Row, graph_of

SIZE = 240


def many(seed: int = 1) -> Package:
    """A country of hundreds, of which some lack what others have, and some have it twice."""
    chance = random.Random(seed)
    councils = [_some({"id": f"C-{n}", "name": f"Town {n}"}, chance, n) for n in range(SIZE)]
    services = [
        {"id": f"s-{n}", "name": f"Service {n}", "kind": "project", "status": "live"}
        | ({"start": chance.choice(["2001", "2012-06"])} if n % 2 else {})
        for n in range(SIZE)
    ]
    partners = [{"id": f"p-{n}", "name": f"Board {n}", "kind": "agency"} for n in range(SIZE)]
    borders = [
        {"council": f"C-{(n + 1) % SIZE}", "neighbour": f"C-{n}", "kind": "land"}
        | ({"km": str(n / 8 + 1)} if n % 2 else {})
        for n in range(SIZE)
    ]
    spells = [
        {"participant": f"{who}-{n}", "service": f"S-{n % 7}".lower(), "role": "member"}
        | ({"since": "2003", "until": "2010-05"} if n % 3 else {})
        for who in ("C", "p")
        for n in range(SIZE)
    ]
    # Two spells between the same two, and a second place that says something of a council.
    spells.append({**spells[4], "since": "2011", "until": "", "note": "Again."})
    councils.append({"id": "C-5", "name": "Town 5", "population": "77", "locator": "Section 2"})
    councils[-1]["source"] = "review"
    spells.append({**spells[7], "participant": "town 9", "role": "lead"})
    package = Package({}, name="many")
    tables = {
        "documents": [{"id": "review", "title": "Review"}],
        "councils": councils,
        "services": services,
        "partners": partners,
        "borders": borders,
        "participations": spells,
    }
    for table, rows in tables.items():
        package = package.plus(table, *(_cited(row) for row in rows))
    return package


def _cited(row: Row) -> Row:
    return row if "title" in row or "source" in row else row | {"source": "Review", "locator": "§1"}


def _some(row: Row, chance: random.Random, number: int) -> Row:
    if number % 2:
        row |= {"population": str(chance.randrange(1000)), "aliases": f"Old {number}|Ü{number}"}
    return row | {"valid_from": chance.choice(["1996-04-01", "1975-05-16"])}


def row_by_row(store: Store, package: Package) -> Graph:
    """What the rows come to when each is judged and merged by itself."""
    store.execute("MATCH (n) DETACH DELETE n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.validation._plainly", lambda *_: None)
        assert package.load(store).rejected == []
    return graph_of(store)


def test_it_comes_to_the_same_as_row_by_row(store: Store) -> None:
    expected = row_by_row(store, many())
    store.execute("MATCH (n) DETACH DELETE n")

    first = many().load(store)

    assert graph_of(store) == expected
    number = len(expected.nodes) + len(expected.edges)
    assert (first.total("inserted"), first.total("updated")) == (number, 0)
    again = many().load(store)
    assert (again.total("unchanged"), again.total("inserted")) == (number, 0)
    assert (again.total("updated"), again.total("removed")) == (0, 0)
    assert graph_of(store) == expected


def test_most_of_it_is_judged_by_column(tmp_path: Path) -> None:
    stated = validate(read_package(many().write(tmp_path)))

    by_column = sum(map(len, stated.spools.values()))
    assert stated.problems == []
    assert by_column > 0.8 * sum(stated.shapes.values())


def test_it_comes_to_the_same_when_most_of_it_waits_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = validate(read_package(many().write(tmp_path)))
    monkeypatch.setattr("loaders.table_file.HELD_ROWS", 10)
    monkeypatch.setattr("loaders.stated.HELD_BATCHES", 1)
    monkeypatch.setattr("loaders.validation.HELD_NAMED", 1)
    monkeypatch.setattr("loaders.fingerprints.HELD_NUMBERS", 10)
    monkeypatch.setattr("loaders.fingerprints.HELD_KEYS", 1)
    monkeypatch.setattr("loaders.plain.MOST_FOUND", 1)
    monkeypatch.setattr("graphmodel.names.HELD_NAMED", 1)

    on_disk = validate(read_package(tmp_path))

    assert on_disk.shapes == in_memory.shapes
    for shape in in_memory.shapes:
        assert on_disk.of(shape) == in_memory.of(shape)
        assert list(on_disk.spools.get(shape, ())) == list(in_memory.spools.get(shape, ()))


FAULTS: dict[str, list[tuple[str, Row]]] = {
    "a cell": [("councils", {"id": "x", "name": "X", "population": "many"})],
    "an unknown council": [("borders", {"council": "C-1", "neighbour": "Nowhere", "kind": "land"})],
    "both ends the same": [("borders", {"council": "C-1", "neighbour": "Town 1", "kind": "land"})],
    "an unknown source": [
        ("borders", {"council": "C-1", "neighbour": "C-7", "kind": "land", "source": "No such"})
    ],
    "a node's source, and what refers to the node": [
        ("councils", {"id": "x", "name": "X", "source": "No such"}),
        ("borders", {"council": "C-1", "neighbour": "X", "kind": "land"}),
        ("participations", {"participant": "x", "service": "s-1", "role": "lead"}),
    ],
    "a row said again": [
        ("borders", {"council": "C-3", "neighbour": "C-2", "kind": "land", "locator": "§1"})
    ],
    "a spell that overlaps": [
        (
            "participations",
            {"participant": "C-4", "service": "s-4", "role": "member"}
            | {"since": "2009", "until": "2012"},
        ),
    ],
    "a cell, and what refers to the node": [
        ("partners", {"id": "x", "name": "X", "kind": "party"}),
        ("participations", {"participant": "X", "service": "s-1", "role": "lead"}),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_rows_with_faults_are_as_if_they_were_not_there(
    store: Store, fault: str, tmp_path: Path
) -> None:
    faulty = many()
    for table, row in FAULTS[fault]:
        faulty = faulty.plus(table, {"source": "Review", "locator": "§9", **row})
    many().load(store)
    expected = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")

    report = faulty.load(store, skip_rejected=True)

    assert graph_of(store) == expected
    places = {(f"{name}.csv", len(faulty.tables[name]) + 1) for name, _ in FAULTS[fault]}
    assert {(one.file, one.row) for one in report.rejected} == places
    stated = validate(read_package(faulty.write(tmp_path)))
    by_column = sum(map(len, stated.spools.values()))
    assert by_column > 0.8 * sum(stated.shapes.values())


def test_many_long_texts_are_not_too_much_for_one_message(store: Store) -> None:
    long = "Ü" * 90_000
    rows = [{"id": f"s-{n}", "name": f"S {n}", "governance": f"{n} {long}"} for n in range(80)]
    common = {"kind": "project", "status": "live"}
    package = Package({}, name="long").plus("documents", {"id": "review", "title": "Review"})
    package = package.plus("services", *(_cited(row | common) for row in rows))

    assert package.load(store).counts["Service"].inserted == 80
    assert package.load(store).counts["Service"].unchanged == 80
    assert {said.get("governance", "")[-90_000:] for _, said in graph_of(store).nodes} == {"", long}


Change = Callable[[Package], Package]
CHANGES: dict[str, tuple[Change, tuple[int, int, int]]] = {
    "a value": (lambda p: p.changed("councils", {"id": "C-8"}, valid_from="1999-01-01"), (0, 1, 0)),
    "one more": (lambda p: p.changed("services", {"id": "s-8"}, end="2020"), (0, 1, 0)),
    "one less": (lambda p: p.changed("councils", {"id": "C-9"}, population=""), (0, 1, 0)),
    "a number": (lambda p: p.changed("borders", {"neighbour": "C-9"}, km="2.126"), (0, 1, 0)),
    "a key": (lambda p: p.changed("borders", {"neighbour": "C-9"}, kind="ferry"), (1, 0, 1)),
    "a node": (
        lambda p: p.plus("partners", _cited({"id": "x", "name": "X", "kind": "other"})),
        (1, 0, 0),
    ),
    "less": (lambda p: p.without("borders", neighbour="C-9"), (0, 0, 1)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_among_many_is_found(store: Store, name: str) -> None:
    change, expected = CHANGES[name]
    changed = change(many())
    whole = row_by_row(store, changed)
    store.execute("MATCH (n) DETACH DELETE n")
    before = many().load(store).total("inserted")

    report = changed.load(store)

    found = tuple(report.total(outcome) for outcome in ("inserted", "updated", "removed"))
    assert found == expected
    assert report.total("unchanged") == before - expected[1] - expected[2]
    assert graph_of(store) == whole


@pytest.mark.slow
@pytest.mark.parametrize(
    "edit",
    [
        "MATCH (c:Council {id: 'C-8'}) SET c.name = 'Edited'",
        "MATCH (c:Council {id: 'C-8'}) SET c.country = 'Nowhere'",
        "MATCH (c:Council {id: 'C-9'}) REMOVE c.population",
        "MATCH (:Council {id: 'C-9'})-[b:BORDERS]-(:Council {id: 'C-10'}) SET b.km = 7.5",
        "MATCH (:Council {id: 'C-9'})-[b:BORDERS]-(:Council {id: 'C-10'}) DELETE b",
        "MATCH (:Council {id: 'C-4'})-[p:PARTICIPATES_IN]->() SET p.valid_to = date('2099-01-01')",
        "MATCH (s:Service {id: 's-8'}) DETACH DELETE s",
    ],
)
def test_what_others_edited_is_put_right(store: Store, edit: str) -> None:
    many().load(store)
    before = graph_of(store)
    store.execute(edit)
    assert graph_of(store) != before

    many().load(store)

    assert graph_of(store) == before


def test_two_datasets_keep_their_own_words(store: Store) -> None:
    many().named("other").load(store)
    alone = graph_of(store)
    report = many().load(store)
    assert (report.total("inserted"), report.total("unchanged")) == (0, 0)
    both = graph_of(store)
    assert many().load(store).total("unchanged") == report.total("updated")
    assert many().named("other").load(store).total("unchanged") == report.total("updated")
    assert graph_of(store) == both

    Package({}, name="many").load(store, force=True)

    assert graph_of(store) == alone


class BrokenOffError(Exception):
    """The load is broken off."""


@pytest.mark.slow
@pytest.mark.parametrize("steps", [1, 4, 7, 10])
def test_a_load_after_a_broken_one_makes_it_whole(store: Store, steps: int) -> None:
    whole = row_by_row(store, many())
    store.execute("MATCH (n) DETACH DELETE n")
    left = steps

    def step(kind: str, done: int, total: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        many().load(store, progress=step)

    assert graph_of(store) != whole
    many().load(store)
    assert graph_of(store) == whole
