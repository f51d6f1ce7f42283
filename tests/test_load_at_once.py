"""Loads and readings at the same time: one load wins whole, and readers are told."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from graphmodel.cli import main
from graphmodel.reports.loads import load_state
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from loaders.pipeline import LoadInterruptedError
from loaders.problems import RejectedDataError
from tests.conftest import on_each_server
from tests.packages import Graph, Package, country, graph_of, runs_of
from tests.test_load_together import other

OLD = country()
NEW = (
    country()
    .changed("councils", {"id": "EX-CAL"}, population="160000")
    .without("findings", service="")
    .plus("partners", {"id": "ard-police", "name": "Ardshire Police", "kind": "police"})
)
MOMENTS = ["Document", "Council", "Finding", "PARTICIPATES_IN", "FOCUSED_ON", "STATED_IN"]
"""What is being written when something else happens: first, last, and between."""


def at(moment: str, action: Callable[[], object]) -> Callable[[str, int, int], None]:
    """Do something once, when the load has written what is of that kind."""
    done: list[str] = []

    def step(kind: str, written: int, total: int) -> None:
        if kind == moment and written == total and not done:
            done.append(kind)
            action()

    return step


def alone(store: Store, *packages: Package) -> Graph:
    """What these packages come to, one after another in an empty store, which is left empty."""
    for package in packages:
        package.load(store, force=True)
    graph = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")
    return graph


def outcomes(store: Store) -> list[str]:
    return [run["outcome"] for run in runs_of(store)]


@pytest.mark.parametrize("moment", MOMENTS[:-1])
def test_a_later_load_of_the_same_dataset_takes_over(store: Store, moment: str) -> None:
    expected = alone(store, NEW)

    with pytest.raises(LoadInterruptedError, match="Another load of the same dataset began"):
        OLD.load(store, progress=at(moment, lambda: NEW.load(store, force=True)))

    assert graph_of(store) == expected
    assert outcomes(store) == ["interrupted", "done"]
    assert load_state(store).unfinished == ()


def test_a_load_that_had_written_all_before_its_successor_is_done(store: Store) -> None:
    expected = alone(store, OLD, NEW)

    OLD.load(store, progress=at(MOMENTS[-1], lambda: NEW.load(store, force=True)))

    assert graph_of(store) == expected
    assert outcomes(store) == ["done", "done"]


def test_a_slow_load_cannot_come_back_after_its_successor(store: Store) -> None:
    """Even one that was only to remove something has lost its right to."""
    OLD.load(store)
    expected = graph_of(store)

    with pytest.raises(LoadInterruptedError):
        NEW.load(store, force=True, progress=at("FOCUSED_ON", lambda: OLD.load(store, force=True)))

    assert graph_of(store) == expected
    assert outcomes(store) == ["done", "interrupted", "done"]


@pytest.mark.parametrize("attempt", range(4))
def test_two_loads_of_the_same_dataset_at_once(store: Store, attempt: int) -> None:
    expected = {"old": alone(store, OLD), "new": alone(store, NEW)}
    start = Barrier(2)

    def load(package: Package) -> str:
        start.wait()
        try:
            package.load(store, force=True)
        except LoadInterruptedError:
            return "interrupted"
        return "done"

    packages = [("old", OLD), ("new", Package(NEW.tables, version="2"))]
    with ThreadPoolExecutor() as pool:
        ended = list(pool.map(load, [package for _, package in packages]))

    runs = runs_of(store)
    assert sorted(run["outcome"] for run in runs) == sorted(ended)
    assert runs[-1]["outcome"] == "done"
    assert graph_of(store) == expected["new" if runs[-1]["version"] == "2" else "old"]


@pytest.mark.parametrize("attempt", range(4))
def test_loads_of_different_datasets_at_once(store: Store, attempt: int) -> None:
    expected = alone(store, OLD, other(), NEW)
    OLD.load(store)
    start = Barrier(2)

    def load(package: Package) -> None:
        start.wait()
        package.load(store, force=True)

    with ThreadPoolExecutor() as pool:
        list(pool.map(load, [NEW, other()]))

    assert graph_of(store) == expected
    assert outcomes(store) == ["done"] * 3


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_load_of_another_dataset_goes_between(store: Store, moment: str) -> None:
    expected = alone(store, OLD, other())

    OLD.load(store, progress=at(moment, lambda: other().load(store)))

    assert graph_of(store) == expected
    assert outcomes(store) == ["done", "done"]


class _KilledError(BaseException):
    """Stands for the end of a load in its middle."""


def break_off(store: Store, package: Package) -> None:
    def stop() -> None:
        raise _KilledError

    with pytest.raises(_KilledError):
        package.load(store, force=True, progress=at("Council", stop))


def unfinished(store: Store) -> list[tuple[str, str]]:
    return [(load.dataset, load.outcome) for load in load_state(store).unfinished]


def test_readers_are_told_until_a_load_has_come_to_its_end(store: Store) -> None:
    during = []
    OLD.load(store, progress=lambda *_: during.append(unfinished(store)))
    assert during == [[("example", "running")]] * len(during)
    assert unfinished(store) == []

    break_off(store, NEW)
    assert unfinished(store) == [("example", "failed")]
    with pytest.raises(RejectedDataError):
        OLD.changed("service_parts", {}, rank="first").load(store)
    assert unfinished(store) == [("example", "failed")]
    other().load(store)
    assert unfinished(store) == [("example", "failed")]
    OLD.load(store, force=True)
    assert unfinished(store) == []


def test_a_reader_can_tell_that_a_load_was_there_and_gone(store: Store) -> None:
    OLD.load(store)
    before = load_state(store)
    assert load_state(store) == before

    NEW.load(store, force=True)

    after = load_state(store)
    assert after != before
    assert (after.unfinished, before.unfinished) == ((), ())


class _Page(io.StringIO):
    """Where an answer is printed; before its first line comes a whole load."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._meanwhile: Callable[[], object] | None = meanwhile

    def write(self, text: str) -> int:
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return super().write(text)


def ask_while(
    monkeypatch: pytest.MonkeyPatch, login: tuple[str, str, str], meanwhile: Callable[[], object]
) -> str:
    for name, value in zip(("URI", "USERNAME", "PASSWORD"), login, strict=True):
        monkeypatch.setenv(f"NEO4J_{name}", value)
    text = "MATCH (c:Council) RETURN count(c) AS councils"
    page = _Page(meanwhile)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", page)
        main(["cypher", text, "--format", "csv"], standalone_mode=False)
    return page.getvalue()


@on_each_server
def test_a_report_says_that_a_load_came_between(
    store: Store,
    neo4j_server: tuple[str, str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    OLD.load(store)
    cases: list[tuple[Callable[[Store], object], str]] = [
        (lambda _: None, ""),
        (
            lambda loader: NEW.load(loader, force=True),
            "Note: a load began and ended while this was read, so the picture may be mixed. "
            "Ask again.\n",
        ),
        (lambda loader: break_off(loader, OLD), "failed. Until it is done (again) the picture"),
    ]
    with connect(*neo4j_server) as loader:
        for meanwhile, note in cases:
            out = ask_while(monkeypatch, neo4j_server, lambda m=meanwhile: m(loader))  # type: ignore[misc]
            err = capsys.readouterr().err
            assert out == "councils\n5\n"
            assert (note in err) if note else (err == "")
