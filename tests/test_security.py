"""What nobody may get: the files of the machine, the passwords, a say in our statements."""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from click.testing import CliRunner

from graphmodel.cli import main
from graphmodel.errors import StoreUnreachableError
from graphmodel.model import EDGE_KINDS, NODE_KINDS
from graphmodel.model.written import ON_MEMBERS
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.statements import CONSTRAINTS, SHAPES
from tests.packages import country, graph_of, runs_of

INJECTION = "x'}) DETACH DELETE n //`\\u0027"
VOCABULARY = {
    *(kind.label for kind in NODE_KINDS),
    *(kind.type for kind in EDGE_KINDS),
    "LoadRun",
    "LoadLock",
}
SECRET = "a-s3cret-word"


def test_statements_have_labels_of_the_model_and_no_values() -> None:
    """Read what is built: names after a colon are the vocabulary's, and no text stands in it."""
    built = [*CONSTRAINTS.values()]
    for shape in SHAPES:
        built += [shape.fetch(), shape.write(), shape.count(), shape.unstate(), shape.delete()]
    for statement in built:
        named = re.findall(r"[:|]\s*([A-Z]\w*)", statement)
        assert named
        assert set(named) <= VOCABULARY
        # The one kind of text in them is the types of edges that analyses draw.
        texts = re.findall(r"'([^']*)'", statement)
        assert set(texts) <= set(ON_MEMBERS)
        assert not re.search(r"[\"`;]|//|/\*", statement)


def test_values_of_a_package_are_never_part_of_a_statement(store: Store) -> None:
    """Texts that would end a quoted text are kept as they are, and nothing else happens."""
    package = country().changed(
        "services",
        {"id": "roads-pilot"},
        name=INJECTION,
        governance=INJECTION,
        locator=INJECTION,
    )
    package.load(store)

    service = graph_of(store).node("roads-pilot")
    assert [service[name] for name in ("name", "governance", "locator")] == [INJECTION] * 3
    assert len(graph_of(store).nodes) == len(set(graph_of(store).ids))
    assert runs_of(store)[-1]["outcome"] == "done"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home") / "store"
    with EmbeddedStore(folder):
        yield folder


def owner(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "owner.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="asks Linux")
def test_the_embedded_store_listens_on_loopback_only(home: Path) -> None:
    listening = list(_listening())
    assert any(f"bolt://127.0.0.1:{port}" == owner(home)["uri"] for _, port in listening)
    loopback = {"0100007F", "0" * 24 + "01000000", "0" * 16 + "FFFF00000100007F"}
    assert {address for address, _ in listening} <= loopback


def _listening() -> Iterator[tuple[str, int]]:
    """Addresses (in hexadecimal) and ports on which this process listens."""
    own = set()
    for link in Path("/proc/self/fd").iterdir():
        if link.is_symlink() and (found := re.fullmatch(r"socket:\[(\d+)\]", str(link.readlink()))):
            own.add(found[1])
    for name in ("tcp", "tcp6"):
        for line in Path("/proc/self/net", name).read_text().splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and cells[9] in own:
                address, _, port = cells[1].partition(":")
                yield address, int(port, 16)


def test_ports_and_passwords_differ_from_start_to_start(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        with EmbeddedStore(tmp_path / "store"):
            found.append(owner(tmp_path / "store"))
    first, second = found
    assert first["uri"] != second["uri"]
    assert first["password"] != second["password"]
    assert len(first["password"]) >= 32


@pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")
def test_only_the_user_can_look_into_the_store(home: Path) -> None:
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for name in ("owner.json", "config/server-users.jsonl", "config/server-groups.json"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600


FILE_READS = [
    "LOAD CSV FROM '{0}' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM '{0}' AS line RETURN line",
    "LOAD CSV FROM 'file://{0}' AS line RETURN line",
    "LOAD CSV FROM 'file:///../../../../../../../..{0}' AS line RETURN line",
    "LOAD CSV FROM '../../../../../../../..{0}' AS line RETURN line",
    "LOAD CSV FROM 'file:///%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e{0}' AS line RETURN line",
    "LOAD CSV FROM 'file:///link.csv' AS line RETURN line",
    "CALL apoc.load.csv('{0}') YIELD list RETURN list",
    "CALL apoc.load.json('file://{0}') YIELD value RETURN value",
    "CALL apoc.load.xml('file://{0}') YIELD value RETURN value",
    "RETURN apoc.util.readFile('{0}') AS text",
    "IMPORT DATABASE 'file://{0}'",
    "CALL sql('IMPORT DATABASE file://{0}')",
]


@pytest.mark.parametrize("statement", FILE_READS)
def test_no_file_can_be_read_through_the_embedded_store(
    home: Path, tmp_path: Path, statement: str
) -> None:
    """Asked directly over Bolt, past our own gate, with the login that lies in the folder."""
    word = secrets.token_hex(8)
    (tmp_path / "file.csv").write_text(f"{word}\n{word}\n")
    link = home / "import" / "link.csv"
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path / "file.csv")
    login = owner(home)
    answer = ""
    with neo4j.GraphDatabase.driver(
        login["uri"], auth=(login["username"], login["password"])
    ) as driver:
        try:
            with driver.session(database="graphmodel") as session:
                text = statement.format(tmp_path / "file.csv")
                answer = str([record.data() for record in session.run(text)])
        except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
            answer = str(error)
    assert word not in answer


LOGINS = [
    f"bolt://neo4j:{SECRET}@127.0.0.1:1",
    f"neo4j+s://neo4j:{SECRET}@127.0.0.1:1",
    f"bolt://{SECRET}@127.0.0.1:1",
    f"bolt://a@b:{SECRET}@127.0.0.1:1",
    f"http://neo4j:{SECRET}@127.0.0.1:1",
    f"neo4j:{SECRET}@127.0.0.1:1",
    f"bolt://127.0.0.1:1?password={SECRET}",
    f"bolt://127.0.0.1:1#{SECRET}",
    f"bolt://neo4j:{SECRET}@[::1",
    f"bolt://neo4j:{SECRET}@127.0.0.1:99999",
]


@pytest.mark.parametrize("uri", LOGINS)
def test_a_login_in_an_address_is_not_repeated(uri: str) -> None:
    result = CliRunner(env={"NEO4J_URI": None}).invoke(main, ["doctor", "--uri", uri])

    assert result.exit_code == 3
    assert isinstance(result.exception, SystemExit)
    assert SECRET not in result.output
    with pytest.raises(StoreUnreachableError) as refusal:
        connect(uri, "neo4j", SECRET)
    assert SECRET not in str(refusal.value)


def test_passwords_are_told_to_nobody(tmp_path: Path) -> None:
    """Neither by what the program prints, nor by its log at its most talkative, nor in runs."""
    code = (
        "import logging, sys\n"
        "logging.basicConfig(level=logging.DEBUG)\n"
        "from graphmodel.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    environment = {**os.environ, "GRAPHMODEL_HOME": str(tmp_path / "store"), "NEO4J_URI": ""}
    with EmbeddedStore(tmp_path / "other"):
        login = owner(tmp_path / "other")
        served = environment | {
            "NEO4J_URI": login["uri"],
            "NEO4J_USERNAME": login["username"],
            "NEO4J_PASSWORD": login["password"],
            "NEO4J_DATABASE": "graphmodel",
        }
        wrong = served | {"NEO4J_PASSWORD": SECRET}
        said = [
            subprocess.run(
                [sys.executable, "-c", code, *words],
                env=settings,
                capture_output=True,
                text=True,
                check=False,
            )
            for settings, words in (
                (served, ["schema"]),
                (served, ["load", str(country().write(tmp_path))]),
                (wrong, ["schema"]),
            )
        ]
    assert [run.returncode for run in said] == [0, 1, 3]
    for run in said:
        assert login["password"] not in run.stdout + run.stderr
        assert SECRET not in run.stdout + run.stderr


def test_a_password_on_the_command_line_is_warned_of(tmp_path: Path) -> None:
    words = ["doctor", "--uri", "bolt://127.0.0.1:1", "--password", SECRET]
    result = CliRunner(env={"NEO4J_URI": None}).invoke(main, words)

    assert result.exit_code == 3
    assert "others on this machine can see a password on the command line" in result.stderr
    assert SECRET not in result.output


def test_a_password_can_be_typed_unseen(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path):
        login = owner(tmp_path)
        words = ["schema", "--uri", login["uri"], "--username", login["username"]]
        words += ["--database", "graphmodel", "--password"]
        result = CliRunner().invoke(main, words, input=login["password"] + "\n")

    assert result.exit_code == 0
    assert login["password"] not in result.output
    assert "command line" not in result.stderr
