"""Tables whose ids are made of what their rows say: the same in parts as at once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.store import Store
from loaders.columns import NotPlainError
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


@pytest.mark.usefixtures("held")
def test_two_values_at_one_place_are_a_conflict_not_a_repetition(store: Store) -> None:
    statistic = {"name": "activities", "group": "g1", "unit": "activities", **CITED}
    package = told().plus("statistics", {**statistic, "value": "77"})
    first = package.load(store)

    assert first.counts["Statistic"].inserted == first.counts["STATED_IN"].inserted == SIZE
    assert package.load(store).total("unchanged") == first.total("inserted")
    found = store.read("MATCH (s:Statistic {group: 'g1'}) RETURN s.value AS v, s.conflicts AS c")
    assert [(row["v"], len(row["c"])) for row in found] == [(1, 1)]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("12"), st.sampled_from("xy"))),
    st.booleans(),
)
def test_part_by_part_comes_to_the_same_as_row_by_row(
    cells: list[tuple[str, str, str]], as_stored: bool
) -> None:
    columns = ["group", "value", "locator", "source", "name"]
    rows = [(row, [*some, "d", "n"]) for row, some in enumerate(cells, start=2)]
    documents = Table("documents", "documents.csv", ["id", "title"], [(2, ["d", "D"])])
    statistics = Table("statistics", "statistics.csv", columns, rows)
    package = DataPackage("mine", "", "1", [documents, statistics])
    package = replace(package, mark={"as_stored": as_stored})

    def gives_up(*arguments: Any) -> NoReturn:
        raise NotPlainError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.gathering.HELD_TOGETHER", 3)
        parts = validate(package)
        patch.setattr("loaders.validation.derived", gives_up)
        single = validate(package)

    assert parts.problems == single.problems
    assert parts.shapes == single.shapes
    for shape in parts.shapes:
        assert dict(parts.of(shape).items()) == dict(single.of(shape).items())


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [[], [["activities", "g0", "0", "d", "x"]]])
def test_very_many_are_not_all_held(wrong: list[list[str]]) -> None:
    """Six thousand statistics: about two kB each if they were held."""
    cells = [["activities", f"g{n}", str(n), "d", "x"] for n in range(6_000)] + wrong
    columns = ["name", "group", "value", "source", "locator"]
    documents = Table("documents", "documents.csv", ["id", "title"], [(2, ["d", "D"])])
    statistics = Table("statistics", "statistics.csv", columns, list(enumerate(cells, start=2)))
    package = DataPackage("mine", "", "1", [documents, statistics])

    def most(held: int) -> int:
        with pytest.MonkeyPatch.context() as patch:
            for module in ("gathering", "repetitions"):
                patch.setattr(f"loaders.{module}.HELD_TOGETHER", held)
            for module in ("derived", "rows"):
                patch.setattr(f"loaders.{module}.HELD_COPIED", held)
            patch.setattr("loaders.repetitions._TOGETHER", held)
            tracemalloc.start()
            try:
                stated = validate(package)
                assert sum(stated.shapes.values()) == 12_001
                assert len(stated.problems) == len(wrong)
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    most(held=300)  # What is made once and kept is not to count.
    assert most(held=300) < 0.6 * most(held=100_000)
