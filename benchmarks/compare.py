"""Our load beside a bare driver and other loaders, in one run on one database.

    python -m benchmarks.compare france PATH        # the French files, on a Neo4j
    python -m benchmarks.compare made 10000 100000  # made countries of so many edges
    … --embedded    # the embedded store: ours and the bare driver
    … --only ours,reference --rounds 5

The contenders take turns, each round beginning with another, so that noise of other
work and a server that is still getting faster hit all alike;
each runs in a process and an environment of its own, loads into the emptied database
and then the same again. The first rounds warm the server up and do not
count.
Figures are medians with the least and most; a ratio is the median of the rounds', and
above 1 where we are faster. Seconds of the processors, of client and server together,
say more than the clock where others use the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.countries import france, made, sliced
from graphmodel.store.bolt import Store, connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.statements import CONSTRAINTS
from tests.neo4j_servers import Neo4jServer, missing, prepare

VERSION = "5.26.30"
ENVIRONMENTS = Path(".venv") / "benchmarks"
CONTENDERS = {
    "ours": "",
    "reference": "",
    "etl_lib_peer": "bulk",
    "graphio_peer": "bulk",
    "neontology_peer": "neontology",
    "neomodel_peer": "neomodel",
}
"""Each with the requirements of its environment; ours and the reference have the project's."""
MAPPERS = ("neontology_peer", "neomodel_peer")
"""So slow that they get a slice only."""
SLICE = 20
Result = dict[str, float]


def python(contender: str) -> str:
    """Interpreter of a contender's environment, made where it is missing."""
    requirements = CONTENDERS[contender]
    if not requirements:
        return sys.executable
    folder = (ENVIRONMENTS / requirements).absolute()
    interpreter = str(folder / "bin" / "python")
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        file = Path(__file__).parent / "requirements" / f"{requirements}.txt"
        subprocess.run([interpreter, "-m", "pip", "install", "-q", "-r", str(file)], check=True)
        (folder / "complete").touch()
    return interpreter


def run(
    contender: str, login: tuple[str, ...], folder: Path, batch: int, server: str = ""
) -> Result:
    """Let a contender load twice, in a process of its own."""
    command = [python(contender), "-m", f"benchmarks.contenders.{contender}", *login, str(folder)]
    environment = {**os.environ, "BATCH": str(batch), "SERVER": server}
    environment["PYTHONWARNINGS"] = "ignore"
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def empty(store: Store) -> None:
    """Take everything out, in pieces that any server can hold, and make the constraints."""
    for pattern, found in (("()-[x]->()", "x"), ("(x)", "x")):
        statement = f"MATCH {pattern} WITH x LIMIT 20000 DELETE {found} RETURN count(*) AS number"
        while next(iter(store.execute(statement)))["number"]:
            pass
    store.define(CONSTRAINTS)


def size(store: Store) -> tuple[int, int]:
    """Numbers of nodes and edges, without the records of loads."""
    [(nodes,)] = store.read(
        "MATCH (x) WHERE NOT (x:LoadRun OR x:LoadLock) RETURN count(x) AS number"
    ).rows
    [(edges,)] = store.read("MATCH ()-[x]->() RETURN count(x) AS number").rows
    return nodes, edges


Turn = Callable[[str, Path], Result]


@contextmanager
def neo4j_turns() -> Iterator[Turn]:
    """Let contenders have the same server in turn, emptied before each."""
    if missing(VERSION):
        prepare(VERSION)
    with (
        Neo4jServer.start(VERSION) as server,
        connect(server.uri, server.username, server.password, "neo4j") as store,
    ):

        def turn(contender: str, folder: Path) -> Result:
            empty(store)
            login = (server.uri, server.username, server.password, "neo4j")
            found = run(contender, login, folder, 5000, str(server.process.pid))
            return {**found, "size": sum(size(store))}

        yield turn


@contextmanager
def embedded_turns() -> Iterator[Turn]:
    """Let contenders have a new embedded store each time, in their own process."""

    def turn(contender: str, folder: Path) -> Result:
        with tempfile.TemporaryDirectory() as home:
            found = run(contender, ("embedded", home, "", "graphmodel"), folder, 2000)
            with EmbeddedStore(Path(home)) as store:
                return {**found, "size": sum(size(store))}

    yield turn


def measure(
    contenders: list[str], folder: Path, rounds: int, warming: int, *, embedded: bool
) -> tuple[dict[str, list[Result]], int]:
    """Let all take turns; give the results of each round, and the size of the graph."""
    results: dict[str, list[Result]] = {contender: [] for contender in contenders}
    small = sliced(folder, folder.with_name(f"{folder.name}-slice"), SLICE)
    total = 0
    with embedded_turns() if embedded else neo4j_turns() as turn:
        for number in range(-warming, rounds):
            first = number % len(contenders)
            for contender in contenders[first:] + contenders[:first]:
                package = small if contender in MAPPERS else folder
                found = turn(contender, package)
                if package == folder:
                    total = total or int(found["size"])
                    if found["size"] != total:
                        raise SystemExit(f"{contender} wrote {found['size']}, not {total}")
                shown = {name: round(value, 2) for name, value in found.items()}
                print(f"round {number + 1} {contender}: {shown}", file=sys.stderr, flush=True)
                if number >= 0:
                    results[contender].append(found)
    return results, total


def table(results: dict[str, list[Result]], base: str) -> str:
    """Markdown: seconds, and how many times as fast the base was for the same work."""
    turns = ("first", "second")
    head = [f"{turn} load, s" for turn in turns] + [f"{turn}, processor s" for turn in turns]
    head += ["memory, MB"] + [f"{turn}: we are" for turn in turns]
    head += [f"{turn}, processor: we are" for turn in turns]
    lines = [f"| who | {' | '.join(head)} |", "|---" * (len(head) + 1) + "|"]
    for contender, found in results.items():
        cells = []
        for name in (*turns, *(f"{turn} cpu" for turn in turns)):
            values = [result[name] for result in found]
            low, high = min(values), max(values)
            cells.append(f"{statistics.median(values):.2f} ({low:.2f} to {high:.2f})")
        cells.append(f"{max(result['memory'] for result in found):.0f}")
        for name in (*turns, *(f"{turn} cpu" for turn in turns)):
            ratios = [
                result[name] / result["size"] * ours["size"] / ours[name]
                for result, ours in zip(found, results[base], strict=True)
            ]
            cells.append(f"{statistics.median(ratios):.2f} x")
        lines.append(f"| {contender} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("country", choices=("france", "made"))
    parser.add_argument("what", nargs="+", help="folder of the French files, or numbers of edges")
    parser.add_argument("--embedded", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warming", type=int, default=2, help="rounds before, not counted")
    chosen = parser.parse_args()
    contenders = chosen.only.split(",") if chosen.only else list(CONTENDERS)
    if chosen.embedded:
        contenders = ["ours", "reference"]
    with tempfile.TemporaryDirectory() as temporary:
        for what in chosen.what:
            if chosen.country == "france":
                folder = france(Path(what), Path(temporary, "france"))
            else:
                folder = made(int(what), Path(temporary, f"made-{what}"))
            results, total = measure(
                contenders, folder, chosen.rounds, chosen.warming, embedded=chosen.embedded
            )
            kind = "embedded store" if chosen.embedded else f"Neo4j {VERSION}"
            print(f"\n{chosen.country} {what}, {total:,} nodes and edges, {kind}\n")
            print(table(results, contenders[0]), flush=True)


if __name__ == "__main__":
    main()
