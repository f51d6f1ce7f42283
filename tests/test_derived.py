"""Tables whose ids are made of what their rows say: the same in parts as at once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graphmodel.store import Store
from loaders.datapackage import DataPackage, Table, read_package
from loaders.pipeline import load_package
from loaders.validation import validate
from tests.packages import Package, graph_of

SIZE = 60
CITED = {"source": "review", "locator": "§1"}


def told(times: int = 1) -> Package:
    """What a review says of two services, in rows that come once or more often."""
    services = [
        {"id": name, "name": name.upper(), "kind": "project", "status": "live", **CITED}
        for name in "st"
    ]
    amounts = range(1, SIZE + 1)
    saved = {"service": "s", "currency": "GBP", "basis": "projected", **CITED}
    found = {"service": "t", "kind": "lesson", **CITED}
    counted = {"name": "activities", "unit": "activities", **CITED}
    return (
        Package({}, name="told")
        .plus("documents", {"id": "review", "title": "Review"})
        .plus("services", *services)
        .plus("savings", *({**saved, "amount": str(n)} for n in amounts for _ in range(times)))
        .plus("findings", *({**found, "text": f"Lesson {n}."} for n in amounts))
        .plus("statistics", *({**counted, "group": f"g{n}", "value": str(n)} for n in amounts))
    )


@pytest.fixture(params=[7, 50_000], ids=["in parts", "at once"])
def held(request: pytest.FixtureRequest) -> Iterator[int]:
    """How many rows are looked at together."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("gathering", "repetitions"):
            patch.setattr(f"loaders.{module}.HELD_TOGETHER", request.param)
        patch.setattr("loaders.derived.HELD_COPIED", request.param)
        yield request.param


@pytest.mark.usefixtures("held")
def test_each_row_becomes_a_node_and_its_edge(store: Store) -> None:
    first = told().load(store)
    graph = graph_of(store)
    second = told().load(store)

    kinds = ("Saving", "HAS_SAVING", "Finding", "REPORTS", "Statistic", "STATED_IN")
    assert {kind: first.counts[kind].inserted for kind in kinds} == dict.fromkeys(kinds, SIZE)
    assert second.total("unchanged") == first.total("inserted")
    assert graph_of(store) == graph
    amounts = store.read("MATCH (:Service {id: 's'})-->(saving:Saving) RETURN saving.amount AS n")
    assert sorted(row["n"] for row in amounts) == list(range(1, SIZE + 1))


@pytest.mark.usefixtures("held")
def test_a_row_that_comes_twice_is_told(tmp_path: Path) -> None:
    stated = validate(read_package(told(times=2).write(tmp_path)))

    expected = {3 + 2 * n: f"the row says again what row {2 + 2 * n} says" for n in range(SIZE)}
    assert {one.row: one.problem for one in stated.problems} == expected
    assert {one.file for one in stated.problems} == {"savings.csv"}
    assert stated.shapes == validate(read_package(told().write(tmp_path))).shapes


@pytest.mark.usefixtures("held")
def test_of_a_back_up_a_row_that_comes_twice_counts_once(store: Store, tmp_path: Path) -> None:
    told().load(store)
    expected = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    read = read_package(told(times=2).write(tmp_path))

    load_package(store, replace(read, mark={"as_stored": True}))

    assert graph_of(store) == expected


@pytest.mark.usefixtures("held")
def test_a_row_that_is_wrong_leaves_the_others(tmp_path: Path) -> None:
    wrong = {"service": "u", "amount": "1", "basis": "projected", **CITED}
    package = told().plus("savings", wrong, {**wrong, "service": "s", "amount": "much"})

    stated = validate(read_package(package.write(tmp_path)))

    assert sorted((one.row, one.column) for one in stated.problems) == [
        (SIZE + 2, "service"),
        (SIZE + 3, "amount"),
    ]
    assert stated.shapes == validate(read_package(told().write(tmp_path))).shapes


@pytest.mark.slow
def test_very_many_are_not_all_held() -> None:
    """Twenty thousand statistics: about two kB each if they were held."""
    cells = [["activities", f"g{n}", str(n), "d", "x"] for n in range(20_000)]
    columns = ["name", "group", "value", "source", "locator"]
    documents = Table("documents", "documents.csv", ["id", "title"], [(2, ["d", "D"])])
    statistics = Table("statistics", "statistics.csv", columns, list(enumerate(cells, start=2)))
    package = DataPackage("mine", "", "1", [documents, statistics])

    def most(held: int) -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("loaders.gathering.HELD_TOGETHER", held)
            patch.setattr("loaders.derived.HELD_COPIED", held)
            tracemalloc.start()
            try:
                assert sum(validate(package).shapes.values()) == 40_001
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    most(held=1_000)  # What is made once and kept is not to count.
    assert most(held=1_000) < 0.4 * most(held=100_000)
