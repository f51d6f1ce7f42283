"""Ten thousand hostile inputs, in processes that are watched: ``python -m tests.hostile``.

Each process has one embedded store open for all its cases, so that ten thousand take
minutes. A case that takes more processor time than `SECONDS`, waits longer than `WAITING`
or needs more memory than `MEGABYTES` ends its process and is told; the next process goes
on after it.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from graphmodel.store.embedded import EmbeddedStore
from tests.hostile.cases import make_case
from tests.hostile.judge import Judge, describe, folder_for

SECONDS = 20
"""Of the processor, so that it does not matter what else the machine does."""
WAITING = 600
MEGABYTES = 700
"""The most that a process may ever hold: the engine, the program, and the worst case."""
SLICE = 250
"""Cases a process, so that what one leaves behind cannot hide what another takes."""


def _work(seed: int, numbers: range) -> None:
    """In the watched process: run cases, a line of JSON for each on standard output."""
    with tempfile.TemporaryDirectory() as name, EmbeddedStore(Path(name) / "store") as store:
        judge = Judge(store)
        for number in numbers:
            case_folder = folder_for(number, Path(name))
            _say(begun=number)
            case = make_case(seed, number, case_folder)
            faulthandler.dump_traceback_later(WAITING, exit=True)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            started = time.process_time()
            faults = judge.faults(case)
            taken = time.process_time() - started
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.cancel_dump_traceback_later()
            shutil.rmtree(case_folder, ignore_errors=True)
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            if megabytes > MEGABYTES:
                faults.append(f"{megabytes} MB of memory")
            _say(
                done=number,
                reader=case.reader,
                shown=describe(case, faults) if faults else "",
                seconds=taken,
                megabytes=megabytes,
            )
            if megabytes > MEGABYTES:
                return


def _say(**facts: Any) -> None:
    sys.__stdout__.write(json.dumps(facts) + "\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


def _watch(seed: int, numbers: range) -> list[dict[str, Any]]:
    """Run a slice in processes of its own, going on after a case that ended one."""
    found: list[dict[str, Any]] = []
    start = numbers.start
    while start < numbers.stop:
        command = [sys.executable, "-m", "tests.hostile", "--seed", str(seed)]
        command += ["--work", f"{start}:{numbers.stop}"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        said = [json.loads(line) for line in run.stdout.splitlines()]
        done = [facts for facts in said if "done" in facts]
        found += done
        begun = max((facts["begun"] for facts in said if "begun" in facts), default=start)
        last = max((facts["done"] for facts in done), default=start - 1)
        if last < begun or not said:
            shown = f"case {begun} ended the process ({run.returncode}): {run.stderr[-3000:]}"
            found.append({"done": begun, "reader": "(hung)", "shown": shown})
            last = begun
        start = last + 1
    return found


def main() -> None:
    """Read the command line, run the cases, print figures; exit code 1 if one misbehaved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--cases", type=int, default=10_000, help="number after the last")
    parser.add_argument("--only", type=int, help="one case, in this process")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        first, _, after = asked.work.partition(":")
        return _work(asked.seed, range(int(first), int(after)))
    if asked.only is not None:
        return _work(asked.seed, range(asked.only, asked.only + 1))
    started = time.monotonic()
    slices = [
        range(first, min(first + SLICE, asked.cases))
        for first in range(asked.first, asked.cases, SLICE)
    ]
    found: list[dict[str, Any]] = []
    with ThreadPoolExecutor(asked.processes) as pool:
        for part in pool.map(lambda numbers: _watch(asked.seed, numbers), slices):
            found += part
            for facts in part:
                if facts["shown"]:
                    print(facts["shown"], flush=True)
    bad = sum(bool(facts["shown"]) for facts in found)
    for reader, number in sorted(Counter(facts["reader"] for facts in found).items()):
        print(f"{reader:>16}: {number:5}")
    slowest = max(facts.get("seconds", 0) for facts in found)
    largest = max(facts.get("megabytes", 0) for facts in found)
    print(
        f"{len(found)} cases of seed {asked.seed} in {time.monotonic() - started:.0f} s: "
        f"{bad} misbehaved; slowest {slowest:.1f} s, most memory {largest} MB"
    )
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
