"""Time and memory of reading and judging, for made countries of growing size.

Run with ``python -m benchmarks.memory 10000 100000 1000000`` from the top of the
project: processor seconds, and the most memory that a process of its own held. No
store takes part; with ``--embedded`` the whole load goes into an embedded one. With
``--faulty`` every thousandth membership and border comes twice, which is told in words;
with ``--statistics`` the country has a statistic for each two edges, whose ids are derived.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.countries import made
from benchmarks.peak import peak_memory
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.pipeline import load_package
from loaders.validation import validate


def measure(folder: Path, embedded: bool) -> None:
    began = time.process_time()
    package = read_package(folder)
    if embedded:
        with tempfile.TemporaryDirectory() as home, EmbeddedStore(Path(home)) as store:
            number = load_package(store, package).total("inserted")
    else:
        number = sum(validate(package).shapes.values())
    seconds = time.process_time() - began
    memory = peak_memory()
    each = 1e6 * seconds / number
    print(f"| {number:,} | {seconds:.2f} | {each:.1f} | {memory:.0f} |", flush=True)


def say_again(table: Path, every: int = 1_000) -> None:
    """Put rows of a table at its end once more."""
    with table.open(encoding="utf-8") as file:
        again = list(islice(file, 1, None, every))
    with table.open("a", encoding="utf-8") as file:
        file.writelines(again)


def count(folder: Path, number: int) -> None:
    """Add a table of statistics to a data package."""
    rows = (
        (f"measure {n % 50}", f"group {n // 50}", n, "register", f"row {n}") for n in range(number)
    )
    with (folder / "statistics.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name", "group", "value", "source", "locator"))
        writer.writerows(rows)
    described = folder / "datapackage.json"
    descriptor = json.loads(described.read_text(encoding="utf-8"))
    descriptor["resources"].append({"name": "statistics", "path": "statistics.csv"})
    described.write_text(json.dumps(descriptor), encoding="utf-8")


def main() -> None:
    match sys.argv[1:]:
        case ["--one", folder, *options]:
            measure(Path(folder), "--embedded" in options)
        case [*words]:
            options = [word for word in words if word.startswith("--")]
            print("| nodes and edges | processor s | microseconds each | memory, MB |")
            print("|---|---|---|---|", flush=True)
            for edges in (word for word in words if word not in options):
                with tempfile.TemporaryDirectory() as folder:
                    made(int(edges), Path(folder))
                    if "--faulty" in options:
                        for table in ("participations", "borders"):
                            say_again(Path(folder, f"{table}.csv"))
                    if "--statistics" in options:
                        count(Path(folder), int(edges) // 2)
                    command = [sys.executable, "-m", "benchmarks.memory", "--one", folder]
                    subprocess.run([*command, *options], check=True)


if __name__ == "__main__":
    main()
