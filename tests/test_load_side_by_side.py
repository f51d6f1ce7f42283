"""Loads large enough for several sessions: what they write is what one would have written."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.model import Borders, Document
from graphmodel.store import Store
from graphmodel.store.statements import STRIPES, Shape
from loaders import partition
from loaders.columns import BATCH
from loaders.partition import Part, partitioned
from loaders.pipeline import LoadInterruptedError
from loaders.stated import Batch
from tests.conftest import on_each_server
from tests.packages import Package, graph_of
from tests.test_load_at_once import alone
from tests.test_load_many import many

BORDERS = Shape(Borders, "Council", "Council")
PAIRS = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("stuvwxyz"), st.integers(0, 9))
SIZES = [(40, "once"), (3, "in many parts")]
DAFT = Package({}, name="daft").plus("documents", {"id": "atlas", "title": "Atlas"})
"""Another dataset, which says something of what the large one says too."""


@given(st.lists(st.tuples(st.lists(PAIRS, min_size=1), st.booleans()), max_size=30))
def test_parts_are_the_batches_and_those_apart_share_no_node(
    said: list[tuple[list[tuple[str, str, int]], bool]],
) -> None:
    batches = [
        Batch(BORDERS, ("km",), {"kind": "land"} if land else {"kind": "ferry"}, rows)
        for rows, land in said
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partition, "BATCH", 8)
        parts = list(partitioned(batches))

    assert sorted(map(repr, _rows(part.batch for part in parts))) == sorted(
        map(repr, _rows(batches))
    )
    for one, other in combinations(parts, 2):
        if one.is_apart_from([other]):
            assert _ends(one).isdisjoint(_ends(other))


def _rows(batches: object) -> list[tuple[object, ...]]:
    return [(b.columns, b.constants, row) for b in batches for row in b.rows]  # type: ignore[attr-defined]


def _ends(part: Part) -> set[str]:
    return {end for row in part.batch.rows for end in row[:2]}


def test_many_edges_leave_work_for_a_second_session() -> None:
    rows = [(f"c-{n}", f"c-{n + 1}", n) for n in range(20_000)]
    parts = list(partitioned([Batch(BORDERS, ("km",), {}, rows)]))

    apart = [one.is_apart_from([other]) for one, other in combinations(parts, 2)]
    assert max(len(part.batch.rows) for part in parts) <= BATCH
    assert sum(apart) > len(apart) / 5


def test_all_nodes_are_apart() -> None:
    batch = Batch(Shape(Document), (), {}, [("a",)])

    one, other = partitioned([batch, batch])
    assert one.is_apart_from([other])


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Several sessions for some hundred edges; which stripes were taken for writing."""
    from loaders.merger import Merger

    taken: list[str] = []
    create_in = Merger.create_in

    def told(merger: Merger, stripe: str, number: int, batch: Batch) -> Callable[..., object]:
        taken.append(stripe)
        return create_in(merger, stripe, number, batch)

    monkeypatch.setattr(Merger, "create_in", told)
    monkeypatch.setattr("loaders.writer.LEAST_SIDE_BY_SIDE", 100)
    monkeypatch.setattr("loaders.partition.BATCH", 16)
    monkeypatch.setattr("loaders.columns.BATCH", 60)
    monkeypatch.setattr("loaders.columns.LEAST_ALIKE", 10)
    return taken


@on_each_server
def test_it_comes_to_the_same_as_in_one_session(
    store: Store, monkeypatch: pytest.MonkeyPatch, several: list[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("loaders.writer.LEAST_SIDE_BY_SIDE", 10**9)
        expected = alone(store, many())
        assert several == []

    report = many().load(store)

    assert graph_of(store) == expected
    assert set(several) == set(STRIPES)
    number = len(expected.nodes) + len(expected.edges)
    assert (report.total("inserted"), report.total("updated")) == (number, 0)
    assert many().load(store).total("unchanged") == number
    assert graph_of(store) == expected


def _interrupt(store: Store, action: Callable[[], object]) -> Callable[[str, int, int], None]:
    """Do something once, when some borders are written and others are not."""
    done: list[str] = []

    def step(kind: str, written: int, total: int) -> None:
        if kind == "BORDERS" and 0 < written < total and not done:
            done.append(kind)
            action()

    return step


def _daft() -> Package:
    """Another dataset that speaks of some of the same borders."""
    rows = [row | {"note": "Seen."} for row in many().tables["borders"][::3]]
    return DAFT.with_table("borders", rows).with_table(
        "documents", [{"id": "review", "title": "Review"}]
    )


@on_each_server
def test_another_load_in_the_middle_makes_it_look_at_what_is_there(
    store: Store, several: list[str]
) -> None:
    expected = alone(store, many(), _daft())

    many().load(store, progress=_interrupt(store, lambda: _daft().load(store)))

    assert graph_of(store) == expected
    assert several


@on_each_server
def test_nothing_is_there_twice_if_a_write_is_done_again(
    store: Store, several: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the database did what was asked, and its answer was lost."""
    expected = alone(store, many())
    several.clear()
    write = Store.write
    lost_answers: list[object] = []

    def again(self: Store, work: Callable[..., object]) -> object:
        if "create_in" in work.__qualname__ and len(several) >= 5 and not lost_answers:
            lost_answers.append(write(self, work))
        return write(self, work)

    monkeypatch.setattr(Store, "write", again)
    report = many().load(store)

    assert graph_of(store) == expected
    lost = report.total("unchanged")
    assert lost > 0
    assert report.total("inserted") == len(expected.nodes) + len(expected.edges) - lost


@on_each_server
def test_a_later_load_of_the_same_dataset_takes_over_both_sessions(
    store: Store, several: list[str]
) -> None:
    new = many().without("borders", neighbour="C-9")
    expected = alone(store, new)

    with pytest.raises(LoadInterruptedError, match="Another load of the same dataset began"):
        many().load(store, progress=_interrupt(store, lambda: new.load(store, force=True)))

    assert graph_of(store) == expected


@on_each_server
def test_what_one_session_cannot_write_stops_the_other(store: Store, several: list[str]) -> None:
    gone = "MATCH (c:Council) WHERE NOT (c)-[:BORDERS]-() DETACH DELETE c"

    with pytest.raises(LoadInterruptedError, match="found no node at one of their ends"):
        many().load(store, progress=_interrupt(store, lambda: store.execute(gone)))

    assert many().load(store).total("updated") == 0
    assert graph_of(store) == alone(store, many())
