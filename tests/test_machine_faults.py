"""Faults of the machine: no room, no rights, a wrong clock, a process that is killed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from graphmodel.errors import StoreUnreachableError
from graphmodel.reports.loads import load_state, runs_report
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from tests.conftest import IN_CI
from tests.packages import Graph, country, graph_of, runs_of

COMMAND = [sys.executable, "-m", "graphmodel"]


def settings(home: Path, **more: str) -> dict[str, str]:
    return os.environ | {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": "", "HOME": str(home)} | more


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    return country().write(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """What an undisturbed load of the country comes to."""
    with EmbeddedStore(tmp_path_factory.mktemp("whole")) as store:
        country().load(store)
        return graph_of(store)


def limit_files(kilobytes: int) -> None:
    """To be called in a child process: let it write no larger files."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1000, kilobytes * 1000))


def require_one_message(ended: subprocess.CompletedProcess[str], *codes: int) -> str:
    """No result, no traceback of any language: one line that begins with Error."""
    assert ended.returncode in codes, ended.stderr
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [1, 100, 1000, 2500, 3300, 3600])
def test_a_full_disk_is_said_and_made_good(
    tmp_path: Path, package: Path, whole: Graph, kilobytes: int
) -> None:
    """A limit on the size of files stands for it: at the start, in the rules, in the data."""
    home = tmp_path / "home"

    ended = subprocess.run(
        [*COMMAND, "load", str(package)],
        env=settings(home),
        preexec_fn=partial(limit_files, kilobytes),
        capture_output=True,
        text=True,
        check=False,
    )
    said = require_one_message(ended, 3)
    assert str(home) in said

    with EmbeddedStore(home) as store:
        country().load(store)
        assert graph_of(store) == whole
        assert runs_of(store)[-1]["outcome"] == "done"
        assert load_state(store).unfinished == ()


@pytest.mark.slow
def test_a_long_answer_that_finds_no_room_is_said(tmp_path: Path) -> None:
    """A limit on the size of files stands for a full temporary folder, with room at its start."""
    with EmbeddedStore(tmp_path) as store:
        country().load(store)
    long = "UNWIND range(1, 20000) AS n RETURN n, $text + toString(n) AS text"
    for kilobytes in (5_000, None):
        ended = subprocess.run(
            [*COMMAND, "cypher", long, "--param", f"text={'x' * 1000}", "--format", "csv"],
            env=settings(tmp_path, TMPDIR=str(tmp_path)),
            preexec_fn=partial(limit_files, kilobytes) if kilobytes else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if kilobytes:
            said = require_one_message(ended, 1)
            assert f"cannot be kept in {tmp_path}: File too large. Make room there" in said
    assert (ended.returncode, len(ended.stdout.splitlines())) == (0, 20_001)


@pytest.mark.parametrize("options", [[], ["--output", "/dev/full"]])
def test_a_result_that_finds_no_room_is_said(tmp_path: Path, options: list[str]) -> None:
    with EmbeddedStore(tmp_path) as store:
        country().load(store)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*COMMAND, "show", "council", "Ardshire", *options],
            env=settings(tmp_path),
            stdout=None if options else full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith("Error: ")
    assert "No space left on device" in line


@pytest.mark.parametrize("is_used", [False, True], ids=["new", "used"])
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, is_used: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if is_used:
        with EmbeddedStore(home) as store:
            country().load(store)
    for path in [home, *home.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    # The superuser may write everywhere, unless it gives that up.
    as_anybody = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    ended = subprocess.run(
        [*(as_anybody if os.geteuid() == 0 else []), *COMMAND, "report", "runs"],
        env=settings(home),
        capture_output=True,
        text=True,
        check=False,
    )
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755)
    said = require_one_message(ended, 3)
    assert f"cannot be kept in {home}" in said
    assert "Permission denied" in said


LOADER = """
import select
import sys
from datetime import datetime
from pathlib import Path
from graphmodel.store.embedded import EmbeddedStore
from tests.packages import country

def step(kind, done, total):
    if kind == "Service" and done:
        print(kind, flush=True)
        before = datetime.now()
        while sys.stdin.readline() == "wait for the jump\\n":
            while abs(datetime.now() - before).days < 300:
                select.select([], [], [], 0.1)

with EmbeddedStore(Path(sys.argv[1])) as store:
    country().load(store, progress=step)
"""


def faked_clock() -> str:
    """A library that lets a process see another time of day."""
    if IN_CI and shutil.which("faketime") is None:
        subprocess.run(["apt-get", "install", "-y", "faketime"], check=True)
    program = shutil.which("faketime")
    if program is None:
        pytest.skip("faketime is not at hand: apt-get install faketime")
    print_library = [program, "now", "printenv", "LD_PRELOAD"]
    return subprocess.check_output(print_library, text=True).strip()


@pytest.mark.slow
@pytest.mark.parametrize("jump", ["-400d", "+400d"])
def test_a_clock_that_jumps_does_no_harm(tmp_path: Path, whole: Graph, jump: str) -> None:
    home, clock = tmp_path / "home", tmp_path / "clock"
    faked = {
        "LD_PRELOAD": faked_clock(),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    clock.write_text("+0")
    child = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(home)],
        env=settings(home, **faked),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "Service\n"
    clock.write_text(jump)
    child.communicate("wait for the jump\n", timeout=300)
    assert child.returncode == 0

    later = subprocess.run(
        [sys.executable, "-c", LOADER, str(home)],
        env=settings(home, **faked),
        input="\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert later.returncode == 0, later.stderr

    with EmbeddedStore(home) as store:
        assert graph_of(store) == whole
        assert load_state(store).unfinished == ()
        first, second = store.read(
            "MATCH (r:LoadRun) RETURN r.started AS started, r.finished AS finished, "
            "r.inserted AS inserted ORDER BY r.number"
        )
        assert (first["inserted"], second["inserted"]) == (47, 0)
        for run in (first, second):
            assert timedelta(0) <= run["finished"] - run["started"] < timedelta(hours=1)
        # The clock did jump: else this would show nothing.
        assert abs(second["started"] - first["started"]) > timedelta(days=300)
        shown = [row["inserted"] for row in runs_report(store).tables[0].records()]
        assert shown == [0, 47]


SERVER = """
import sys
from pathlib import Path
from graphmodel.store.embedded import EmbeddedStore

with EmbeddedStore(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.slow
def test_an_embedded_store_killed_while_serving_loses_nothing(tmp_path: Path, whole: Graph) -> None:
    with EmbeddedStore(tmp_path) as store:
        country().load(store)
    child = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    owner = json.loads((tmp_path / "owner.json").read_text())
    with connect(owner["uri"], owner["username"], owner["password"], "graphmodel") as guest:
        assert guest.read("MATCH (c:Council) RETURN count(c) AS number").rows == [(5,)]
        child.kill()
        child.communicate()
        with pytest.raises(StoreUnreachableError, match=r"The connection to bolt.* was lost"):
            guest.read("MATCH (c:Council) RETURN count(c) AS number")

    with EmbeddedStore(tmp_path) as store:
        assert graph_of(store) == whole
        assert load_state(store).unfinished == ()
        assert json.loads((tmp_path / "owner.json").read_text())["pid"] == os.getpid()
