"""Ctrl-C on a terminal: at the prompt, and while the embedded store works on a statement."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Self

import pytest

if sys.platform != "linux":
    pytest.skip("what a process has worked is read as Linux tells it", allow_module_level=True)

# On a terminal of its own; what comes in on our pipe is typed there. A test run in the background
# may have been told to ignore Ctrl-C, which its children would do too.
ON_A_TERMINAL = """
import os, pty, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
"""
ENDLESS = (
    "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 9000) AS c "
    "WITH a + b + c AS n WHERE n = 0 RETURN count(n) AS n"
)
CONTROL_C = "\x03"
PATIENCE = 60


class Terminal:
    """A command on a terminal: what is typed, and what is shown."""

    def __init__(self, home: Path, *arguments: str) -> None:
        own = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": "", "XDG_STATE_HOME": str(home)}
        command = [sys.executable, "-m", "graphmodel", *arguments]
        self._owner = home / "owner.json"
        self._run = subprocess.Popen(
            [sys.executable, "-c", ON_A_TERMINAL, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **own, "TERM": "dumb"},
            bufsize=0,
        )
        self._shown = bytearray()
        self._seen = 0
        self._reader = threading.Thread(target=self._read, args=(self._run.stdout,), daemon=True)
        self._reader.start()

    def _read(self, out: IO[bytes]) -> None:
        while some := out.read(4096):
            self._shown.extend(some)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._run.kill()
        self._reader.join(PATIENCE)
        with self._run:
            """Closes what leads to it."""

    @property
    def shown(self) -> str:
        return self._shown.decode(errors="replace")

    def type(self, text: str) -> None:
        assert self._run.stdin is not None
        self._run.stdin.write(text.encode())

    def await_text(self, text: str) -> None:
        """Wait until this is shown, after what was waited for before."""
        limit = time.monotonic() + PATIENCE
        while (found := self.shown.find(text, self._seen)) < 0:
            said = f"{text!r} was not shown: {self.shown}"
            assert self._reader.is_alive(), said
            assert time.monotonic() < limit, said
            time.sleep(0.05)
        self._seen = found + len(text)

    def await_work(self) -> None:
        """Wait until it has worked so long that it must be at the statement."""
        limit, before = time.monotonic() + PATIENCE, self._worked()
        while self._worked() < before + 3:
            assert self._reader.is_alive(), self.shown
            assert time.monotonic() < limit, self.shown
            time.sleep(0.05)

    def _worked(self) -> float:
        try:
            process = json.loads(self._owner.read_text(encoding="utf-8"))["pid"]
        except FileNotFoundError:
            return 0
        times = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> int:
        code = self._run.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


def test_at_the_prompt_the_line_is_given_up_and_a_statement_broken_off(tmp_path: Path) -> None:
    with Terminal(tmp_path, "cypher") as terminal:
        terminal.await_text("graphmodel> ")
        terminal.type("MATCH (half:Coun")
        terminal.await_text("half:Coun")
        terminal.type(CONTROL_C)
        terminal.await_text("graphmodel> ")
        terminal.type(f"{ENDLESS};\r")
        terminal.await_text("AS n;")
        terminal.await_work()
        terminal.type(CONTROL_C)
        terminal.await_text("Stopped.")
        terminal.await_text("graphmodel> ")
        terminal.type("RETURN 400 + 2 AS sum;\r")
        terminal.await_text("402")
        terminal.await_text("graphmodel> ")
        terminal.type(":quit\r")
        assert terminal.end() == 0, terminal.shown
        assert "Traceback" not in terminal.shown
        assert "Error" not in terminal.shown


def test_a_command_is_broken_off_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    write = ["cypher", "--write", "CREATE (n:Kept {id: 1}) RETURN n.id AS id", "--format", "csv"]
    with Terminal(tmp_path, *write) as terminal:
        assert terminal.end() == 0, terminal.shown
    with Terminal(tmp_path, "cypher", ENDLESS) as terminal:
        terminal.await_work()
        terminal.type(CONTROL_C)
        assert terminal.end() == 1, terminal.shown
        assert terminal.shown.split()[-2:] == ["^C", "Aborted!"]
    with Terminal(tmp_path, "cypher", "MATCH (n:Kept) RETURN n.id AS id", "--format", "csv") as end:
        assert end.end() == 0, end.shown
        assert end.shown.split()[-2:] == ["id", "1"]
