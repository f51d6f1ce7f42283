"""How long a user waits: the help, and the load and reports of the demo.

Run with ``python -m benchmarks.startup`` from the top of the project. Each command
runs as a process of its own; figures are medians with the least and most.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

RUNS = 7
DEMO = (
    ("load", "scotland", "scotland-public"),
    ("report", "clusters"),
    ("report", "centrality", "--limit", "8"),
    ("candidates", "Renfrewshire Civil Contingencies Service"),
)


def run(home: str, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "graphmodel", *words],
        env={**os.environ, "GRAPHMODEL_HOME": home, "NEO4J_URI": ""},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def demo() -> None:
    with tempfile.TemporaryDirectory() as home:
        for words in DEMO:
            run(home, *words)


def seconds(work: Callable[[], object]) -> str:
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return f"{statistics.median(found):6.2f} s ({min(found):.2f} to {max(found):.2f})"


if __name__ == "__main__":
    python = [sys.executable, "-c", "import click"]
    print("python -c 'import click'    ", seconds(lambda: subprocess.run(python, check=True)))
    print("graphmodel --help           ", seconds(lambda: run(tempfile.gettempdir(), "--help")))
    print("demo: load and three reports", seconds(demo))
