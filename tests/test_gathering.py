"""What several rows state, gathered: the same whether it fits into memory or not."""

from __future__ import annotations

import random
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.store import Store
from loaders.columns import NotPlainError
from loaders.datapackage import DataPackage, Table, read_package
from loaders.fingerprints import Key
from loaders.gathering import Gathered, Values, gathered, parted, parts_of
from loaders.validation import validate
from tests.packages import Package, Row, graph_of

ROWS = st.lists(
    st.tuples(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from("12")),
        st.integers(0, 3),
    ),
    max_size=60,
)


@pytest.mark.parametrize("held", [1, 7, 1_000])
@given(ROWS, st.randoms())
def test_rows_are_gathered_as_a_dict_would(
    held: int, rows: list[tuple[Key, int]], chance: random.Random
) -> None:
    expected: dict[Key, list[Values]] = defaultdict(list)
    for key, number in rows:
        expected[key].append({"n": number})
    numbered = [(place, key, {"n": number}) for place, (key, number) in enumerate(rows)]
    chance.shuffle(numbered)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.gathering.HELD_TOGETHER", held)
        found = gathered(iter(numbered), len(numbered))

    assert isinstance(found, Gathered) == (len(rows) > held)
    assert dict(found.items()) == expected
    assert len(found) == len(expected)
    assert {key: found[key] for key in expected} == expected
    assert all(key in found for key in expected)
    assert ("e", "x", "1") not in found
    of_parts = [{key[:2] for key in part} for part in parts_of(found)]
    assert sum(map(len, of_parts)) == len(set().union(*of_parts))


@pytest.mark.parametrize("held", [1, 7, 1_000])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers())))
def test_what_belongs_together_is_in_one_part_in_its_order(
    held: int, items: list[tuple[int, int]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.gathering.HELD_TOGETHER", held)
        parts = list(parted(items, len(items), itemgetter(0)))

    assert len(parts) == max(1, -(-len(items) // held))
    assert sum(map(len, parts)) == len(items)
    for wanted in range(6):
        together = [item for item in items if item[0] == wanted]
        holding = [part for part in parts if any(item in part for item in together)]
        assert len(holding) == bool(together)
        assert [item for part in holding for item in part if item[0] == wanted] == together


SIZE = 300


def twice(wrong: tuple[Row, ...] = ()) -> Package:
    """Councils that two documents speak of, and spells that end and begin again."""
    cited = {"source": "review", "locator": "§1"}
    councils = [{"id": f"C-{n}", "name": f"Town {n}", **cited} for n in range(SIZE)]
    more = [{**row, "population": str(n), "locator": "§2"} for n, row in enumerate(councils)]
    service = {"id": "s", "name": "S", "kind": "project", "status": "live", **cited}
    spells = [
        {"participant": f"C-{n}", "service": "s", "role": "member", **dates, **cited}
        for dates in ({"since": "2001", "until": "2005"}, {"since": "2007", "until": ""})
        for n in range(SIZE)
    ]
    package = Package({}, name="twice")
    package = package.plus("documents", {"id": "review", "title": "Review"})
    package = package.plus("councils", *councils, *more).plus("services", service)
    return package.plus("participations", *spells, *({**cited, **row} for row in wrong))


@pytest.fixture(params=[10, 50_000], ids=["in parts", "at once"])
def held(request: pytest.FixtureRequest) -> Iterator[int]:
    """How many rows are looked at together."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("gathering", "repetitions"):
            patch.setattr(f"loaders.{module}.HELD_TOGETHER", request.param)
        yield request.param


def test_a_load_in_parts_is_like_one_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = twice().load(store)
    expected = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    monkeypatch.setattr("loaders.gathering.HELD_TOGETHER", 10)

    counts = twice().load(store).counts

    assert graph_of(store) == expected
    assert counts == first.counts
    assert counts["PARTICIPATES_IN"].inserted
    again = twice().load(store)
    assert again.total("unchanged") == first.total("inserted")
    assert (again.total("inserted"), again.total("updated"), again.total("removed")) == (0, 0, 0)

    fewer = twice().without("participations", since="2007")
    assert fewer.load(store, force=True).total("removed") == SIZE
    fewer.load(store)
    left = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    fewer.load(store)
    assert graph_of(store) == left


OVERLAP = {"participant": "C-5", "service": "s", "role": "member", "since": "2004", "until": "2006"}
AGAIN = {"participant": "C-9", "service": "s", "role": "member", "since": "2007", "until": ""}


@pytest.mark.usefixtures("held")
def test_what_is_wrong_is_told_by_row(tmp_path: Path) -> None:
    stated = validate(read_package(twice((OVERLAP, AGAIN)).write(tmp_path)))

    last = 2 * SIZE + 1
    assert {(one.file, one.row, one.problem) for one in stated.problems} == {
        ("participations.csv", last + 1, "this spell overlaps with that of row 7"),
        ("participations.csv", last + 2, f"the row says again what row {SIZE + 11} says"),
    }


@pytest.mark.slow
@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("table", ["councils", "participations"])
def test_very_many_repetitions_are_counted_and_left_out(
    table: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice().load(store)
    expected = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    monkeypatch.setattr("loaders.repetitions.MOST_REJECTED", 20)
    every = twice().tables[table]

    report = twice().plus(table, *every).load(store, skip_rejected=True)

    assert graph_of(store) == expected
    number = len(every)
    told = [(one.row, one.problem) for one in report.rejected]
    assert sorted(told) == [
        *((number + row, f"the row says again what row {row} says") for row in range(2, 21)),
        (number + 21, f"from here on, {number - 20} further rows repeat or contradict others"),
        (number + 21, "the row says again what row 21 says"),
    ]


def test_many_spells_of_one_pair_are_told_once_each(tmp_path: Path) -> None:
    spell = {"participant": "C-5", "service": "s", "role": "member", "source": "review"}
    wrong = tuple(
        {**spell, "since": "1980", "until": f"{1990 + n % 5}", "locator": f"§{n}"}
        for n in range(100)
    )

    stated = validate(read_package(twice(wrong).write(tmp_path)))

    first = 2 * SIZE + 2
    assert [one.row for one in stated.problems] == list(range(first + 1, first + 100))
    # Row 7 of the spells ends as row 2 does, and overlaps with the five others before it.
    assert stated.problems[5].problem == (
        f"this spell overlaps with those of rows {first}, {first + 2}, {first + 3}, {first + 4} "
        f"and {first + 5}"
    )
    assert stated.problems[-1].problem.endswith("and 70 further ones")


def test_after_very_many_problems_one_message_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("rows", "references", "repetitions"):
        monkeypatch.setattr(f"loaders.{module}.MOST_REJECTED", 20)
    wrong = [{**AGAIN, "participant": "nobody", "locator": f"§{n}"} for n in range(30)]
    package = twice(tuple(wrong))
    package = package.plus("councils", package.tables["councils"][0])

    stated = validate(read_package(package.write(tmp_path)))

    last = [one for one in stated.problems if "problems" in one.problem]
    assert [(one.file, one.row) for one in last] == [("participations.csv", 2 * SIZE + 2 + 20)]
    assert len(stated.problems) == 21
    assert stated.shapes == {}


def test_what_a_judgement_began_and_gave_up_does_not_count(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the councils that were compared at once are taken for as many others."""

    def gives_up(*arguments: Any) -> NoReturn:
        raise NotPlainError

    saving = {"service": "s", "amount": "5", "basis": "projected", "source": "review"}
    package = twice().with_table("participations", [])
    package = package.plus("savings", {**saving, "locator": "§1"})
    package.load(store)
    fewer = package.with_table("councils", twice().tables["councils"][: SIZE // 2])
    monkeypatch.setattr("loaders.validation.derived", gives_up)
    fewer.load(store, force=True)

    (row,) = store.read("MATCH (c:Council) RETURN count(c) AS number")
    assert row["number"] == SIZE // 2


def test_a_council_of_which_a_row_is_wrong_stays_as_it_is(store: Store, tmp_path: Path) -> None:
    once = twice().without("councils", locator="§2")
    once.load(store)
    before = graph_of(store)
    wrong = {"id": "C-7", "name": "Town 7", "population": "many"}
    altered = once.changed("councils", {"id": "C-7"}, name="Town Seven")
    altered = altered.plus("councils", {**wrong, "source": "review", "locator": "§3"})

    report = altered.load(store, skip_rejected=True)

    assert [one.column for one in report.rejected] == ["population"]
    assert graph_of(store) == before
    assert sum(map(len, validate(read_package(altered.write(tmp_path))).spools.values())) == SIZE


def test_the_same_spell_at_two_places_is_no_contradiction(tmp_path: Path) -> None:
    again = {**AGAIN, "locator": "§7"}
    package = twice((again,)).without("councils", locator="§2")

    stated = validate(read_package(package.write(tmp_path)))

    assert stated.problems == []
    assert sum(map(len, stated.spools.values())) == SIZE


@pytest.mark.slow
def test_rows_that_many_share_are_not_all_held() -> None:
    """Ten thousand councils, each stated by two rows: about a kB each if they were held."""
    cells = [[f"C-{n % 10_000}", f"Town {n % 10_000}", str(n), "d", "x"] for n in range(20_000)]
    columns = ["id", "name", "population", "source", "locator"]
    documents = Table("documents", "documents.csv", ["id", "title"], [(2, ["d", "D"])])
    councils = Table("councils", "councils.csv", columns, list(enumerate(cells, start=2)))
    package = DataPackage("mine", "", "1", [documents, councils])

    def most(held: int) -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("loaders.gathering.HELD_TOGETHER", held)
            patch.setattr("loaders.stated.HELD_BATCHES", 1)
            tracemalloc.start()
            try:
                stated = validate(package)
                assert sum(stated.shapes.values()) == 10_001
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    most(held=1_000)  # What is made once and kept is not to count.
    assert most(held=1_000) < 0.6 * most(held=100_000)
