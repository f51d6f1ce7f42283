"""Stores of other versions of the model: brought up to date, or refused with what to do."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import main
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.migrations import (
    MIGRATIONS,
    MODEL_VERSION,
    Migration,
    ModelVersionError,
    migrate,
    require_readable,
    version_of,
)
from tests.conftest import on_each_server
from tests.packages import Graph, country, graph_of, runs_of

LATER = MODEL_VERSION + 1
# One council at a time, so that there is a middle to be killed in; each is counted.
RENAME = Migration(
    LATER,
    "call the area of a council size",
    (
        "MATCH (c:Council) WHERE c.area_km2 IS NOT NULL WITH c ORDER BY c.id LIMIT 1 "
        "SET c.size = c.area_km2, c.moved = coalesce(c.moved, 0) + 1 REMOVE c.area_km2 "
        "RETURN count(c) AS number",
    ),
)
STEPS = (*MIGRATIONS, RENAME)

CHILD = f"""
import sys
from pathlib import Path
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.migrations import MIGRATIONS, Migration, migrate

class Told(tuple):
    "Statements that wait for a word each time that they are asked for."
    def __iter__(self):
        for statement in super().__iter__():
            for _ in range(3):
                yield statement
                print("done", flush=True)
                sys.stdin.readline()

[statement] = {RENAME.statements!r}
once = statement.replace("RETURN count(c) AS number", "RETURN 0 AS number")
kind, *place = sys.argv[1:]
with EmbeddedStore(Path(*place)) if kind == "embedded" else connect(*place) as store:
    migrate(store, (*MIGRATIONS, Migration({LATER}, "rename", Told((once,)))))
"""


def make_old(store: Store) -> Store:
    """Make of a store one of the time before there were versions."""
    store.execute("MATCH (l:LoadLock) REMOVE l.model")
    store.execute("MATCH (r:LoadRun) REMOVE r.number")
    return store


def areas(store: Store) -> list[tuple[float | None, float | None, int | None]]:
    found = store.read(
        "MATCH (c:Council) RETURN c.area_km2 AS old, c.size AS new, c.moved AS moved ORDER BY c.id"
    )
    return [(row["old"], row["new"], row["moved"]) for row in found]


SIZES = [2000.5, 3000.0, 410.0, 66.25, 980.0]
OLD = [(size, None, None) for size in SIZES]
NEW = [(None, size, 1) for size in SIZES]


def test_loading_marks_an_empty_store(store: Store) -> None:
    assert version_of(store) is None
    country().load(store)
    assert version_of(store) == MODEL_VERSION


def test_a_store_without_a_version_is_brought_up_by_the_next_load(store: Store) -> None:
    country().load(store)
    before = graph_of(store)
    assert version_of(make_old(store)) == 0
    require_readable(store)
    assert country().load(store).total("unchanged") == 47
    assert version_of(store) == MODEL_VERSION
    assert graph_of(store) == before


def test_a_store_without_a_version_is_brought_up_once(store: Store) -> None:
    country().load(store)
    make_old(store)
    assert migrate(store) == list(MIGRATIONS)
    assert migrate(store) == []
    assert version_of(store) == MODEL_VERSION


def test_loads_of_before_are_numbered_in_their_order(store: Store) -> None:
    for version in ("1", "2", "3"):
        replace(country(), version=version).load(store)
    make_old(store).execute("MATCH (l:LoadLock) SET l.taken = 1")
    migrate(store)
    replace(country(), version="4").load(store)
    assert [run["version"] for run in runs_of(store)] == ["1", "2", "3", "4"]
    numbers = store.read("MATCH (r:LoadRun) RETURN DISTINCT r.number AS number ORDER BY number")
    assert [row["number"] for row in numbers][:3] == [1, 2, 3]
    assert len(numbers) == 4


def test_a_migration_changes_what_is_stored_once(store: Store) -> None:
    country().load(store)
    make_old(store)
    assert areas(store) == OLD
    assert migrate(store, STEPS) == list(STEPS)
    assert areas(store) == NEW
    assert version_of(store) == LATER
    assert migrate(store, STEPS) == []
    assert areas(store) == NEW


def test_an_empty_store_needs_no_migration(store: Store) -> None:
    assert migrate(store, STEPS) == []
    assert version_of(store) == LATER


def test_what_must_be_migrated_first_is_refused_with_what_to_do(store: Store) -> None:
    country().load(store)
    with pytest.raises(ModelVersionError) as refusal:
        require_readable(store, STEPS)
    assert f"was made with version {MODEL_VERSION} of the model" in str(refusal.value)
    assert "run 'graphmodel doctor --migrate' once; it will call the area" in str(refusal.value)


def killed_in_the_middle(*place: str) -> None:
    """Let a child migrate two councils, and kill it before it says that it is done."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "done\n"
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "done\n"
        child.kill()
    assert child.returncode == -9


def test_a_killed_migration_is_completed_by_the_next(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path) as store:
        country().load(store)
    killed_in_the_middle("embedded", str(tmp_path))
    with EmbeddedStore(tmp_path) as store:
        assert version_of(store) == MODEL_VERSION
        assert areas(store) == [*NEW[:2], *OLD[2:]]
        assert migrate(store, STEPS) == [RENAME]
        assert areas(store) == NEW


@on_each_server
def test_a_killed_migration_is_completed_by_the_next_on_neo4j(
    store: Store, neo4j_server: tuple[str, str, str]
) -> None:
    country().load(store)
    killed_in_the_middle("neo4j", *neo4j_server)
    assert areas(store) == [*NEW[:2], *OLD[2:]]
    assert migrate(store, STEPS) == [RENAME]
    assert areas(store) == NEW


@on_each_server
def test_of_several_programs_each_part_is_done_by_one(
    store: Store, neo4j_server: tuple[str, str, str]
) -> None:
    country().load(store)
    make_old(store)

    def run(_: int) -> list[Migration]:
        with connect(*neo4j_server) as own:
            return migrate(own, STEPS)

    with ThreadPoolExecutor(4) as pool:
        done = [step for steps in pool.map(run, range(4)) for step in steps]
    assert sorted(done, key=lambda step: step.version) == list(STEPS)
    assert areas(store) == NEW


# As a user meets it


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    with EmbeddedStore(folder) as store:
        country().load(store)
    return folder


def run(home: Path, *words: str) -> Result:
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}
    return CliRunner(env=environment).invoke(main, words, prog_name="graphmodel")


def set_version(home: Path, version: int | None) -> Graph:
    with EmbeddedStore(home) as store:
        store.execute("MATCH (l:LoadLock) SET l.model = $version", {"version": version})
        return graph_of(store)


@pytest.mark.parametrize(
    "words",
    [("report", "clusters"), ("load",), ("export", "--output", "x"), ("doctor", "--migrate")],
    ids=" ".join,
)
def test_a_store_of_a_later_program_is_refused(home: Path, words: tuple[str, ...]) -> None:
    before = set_version(home, 99)
    result = run(home, *words)
    assert result.exit_code == 1
    assert "was made with version 99 of the model, by a later graphmodel" in result.stderr
    assert result.stdout == ""
    with EmbeddedStore(home) as store:
        assert graph_of(store) == before
        assert [made["outcome"] for made in runs_of(store)] == ["done"]


def test_the_doctor_tells_of_a_later_program(home: Path) -> None:
    set_version(home, 99)
    result = run(home, "doctor")
    assert result.exit_code == 1
    assert f"BAD  version of the model: 99, and the program's is {MODEL_VERSION}" in result.stdout
    assert "install that" in result.stdout


def test_the_doctor_migrates_a_store_without_a_version(home: Path) -> None:
    before = set_version(home, None)
    assert run(home, "show", "council", "Ardshire").exit_code == 0
    looked = run(home, "doctor")
    assert looked.exit_code == 0
    assert (
        f"ok   version of the model: 0, and the program's is {MODEL_VERSION}; "
        "the next load will keep the version of the model in the store"
    ) in looked.stdout

    result = run(home, "doctor", "--migrate")
    assert result.exit_code == 0
    assert "Version 1 of the model: keep the version of the model in the store. Done." in (
        result.stderr
    )
    assert f"ok   version of the model: {MODEL_VERSION}" in result.stdout
    with EmbeddedStore(home) as store:
        assert graph_of(store) == before
