"""Loads that are killed: the next one comes to what an undisturbed one would have.

The child tells each step of its load and waits until it may go on, so it never gets
further than the step at which it is killed: within a transaction, or between two.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package
from loaders.validation import validate
from tests.conftest import STORES
from tests.packages import Graph, graph_of, runs_of

CHILD = """
import sys
from pathlib import Path
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package

def step(kind, done, total):
    print(kind, done, total, flush=True)
    sys.stdin.readline()

kind, *place = sys.argv[1:]
with EmbeddedStore(Path(*place)) if kind == "embedded" else connect(*place) as store:
    load_package(store, read_package(locate("scotland")), progress=step)
"""
LONGEST_WAIT = 0.03
"""Seconds from the last step that a child may take to its end; a transaction takes less."""
_CHANCE = random.Random(20)
MOMENTS = [((part + _CHANCE.random()) / 6, _CHANCE.uniform(0, LONGEST_WAIT)) for part in range(6)]
"""How far a load comes, as a share of its steps, and how long it lives from then on."""


def load_until_killed(steps: int, wait: float, *place: str) -> list[str]:
    """Let a child load the Scottish picture for some steps, then kill it."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        told = []
        for _ in range(steps):
            told.append(child.stdout.readline())
            child.stdin.write("\n")
            child.stdin.flush()
        time.sleep(wait)
        child.kill()
    assert child.returncode == -9
    return told


def steps_until(share: float) -> int:
    """Turn a share of a load's steps into a number of steps, some but never all."""
    stated = validate(read_package(locate("scotland"))).shapes
    return 1 + int(share * (2 * len(stated) - 3))


def load(store: Store) -> int:
    return load_package(store, read_package(locate("scotland"))).total("inserted")


def outcomes(store: Store) -> list[str]:
    return [run["outcome"] for run in runs_of(store)]


def size(graph: Graph) -> int:
    return len(graph.nodes) + len(graph.edges)


def said_to_be_written(told: list[str]) -> int:
    """Number of nodes and edges in the steps that the child told to be done."""
    steps = [line.split() for line in told]
    return sum(int(total) for _, done, total in steps if done == total)


@pytest.fixture(scope="module")
def whole(embedded_scotland: Store) -> Graph:
    """What an undisturbed load comes to."""
    return graph_of(embedded_scotland)


@pytest.mark.parametrize(
    ("share", "wait"), MOMENTS, ids=[f"after {share:.0%}" for share, _ in MOMENTS]
)
def test_a_load_after_a_killed_one_makes_it_whole(
    whole: Graph, tmp_path: Path, share: float, wait: float
) -> None:
    told = load_until_killed(steps_until(share), wait, "embedded", str(tmp_path))

    with EmbeddedStore(tmp_path) as store:
        assert outcomes(store) == ["running"]
        broken = graph_of(store)
        assert said_to_be_written(told) <= size(broken) < size(whole)
        assert load(store) == size(whole) - size(broken)
        assert graph_of(store) == whole
        assert outcomes(store) == ["interrupted", "done"]


@pytest.mark.parametrize("open_store_of_kind", [STORES[1]], indirect=True)
def test_loads_killed_one_after_another_do_no_harm_on_neo4j(
    whole: Graph, store: Store, neo4j_server: tuple[str, str, str]
) -> None:
    for share, wait in MOMENTS[1:5:3]:
        told = load_until_killed(steps_until(share), wait, "neo4j", *neo4j_server)

    assert outcomes(store) == ["interrupted", "running"]
    broken = graph_of(store)
    assert said_to_be_written(told) <= size(broken) < size(whole)
    assert load(store) == size(whole) - size(broken)
    assert graph_of(store) == whole
    assert outcomes(store) == ["interrupted", "interrupted", "done"]
