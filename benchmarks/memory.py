"""Time and memory of reading and judging, for made countries of growing size.

Run with ``python -m benchmarks.memory 10000 100000 1000000`` from the top of the
project: processor seconds, and the most memory that a process of its own held. No
store takes part; with ``--embedded`` the whole load goes into an embedded one.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.countries import made
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
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1e6 * seconds / number
    print(f"| {number:,} | {seconds:.2f} | {each:.1f} | {memory:.0f} |", flush=True)


def main() -> None:
    match sys.argv[1:]:
        case ["--one", folder, *options]:
            measure(Path(folder), "--embedded" in options)
        case [*words]:
            options = [word for word in words if word == "--embedded"]
            print("| nodes and edges | processor s | microseconds each | memory, MB |")
            print("|---|---|---|---|", flush=True)
            for edges in (word for word in words if word not in options):
                with tempfile.TemporaryDirectory() as folder:
                    made(int(edges), Path(folder))
                    command = [sys.executable, "-m", "benchmarks.memory", "--one", folder]
                    subprocess.run([*command, *options], check=True)


if __name__ == "__main__":
    main()
