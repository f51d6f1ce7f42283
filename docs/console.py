"""Pages that show commands with what they print: ``python -m docs.console`` prints them anew."""

from __future__ import annotations

import contextlib
import functools
import re
import shlex
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from docs.answering import answer_for_councils
from graphmodel.cli import main

ROOT = Path(__file__).parents[1]
PAGES = (
    ROOT / "README.md",
    *(ROOT / "docs" / page for page in ("analytics.md", "candidates.md", "gaps.md", "survey.md")),
)
BETWEEN = {"graphmodel survey import returned/": answer_for_councils}
"""What people do before a command that is shown; in the folder where it runs."""
CUT = "..."
_BLOCK = re.compile(r"(?P<top>```console\n\$ (?P<command>[^\n]*)\n)(?P<shown>.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A command and what a page shows of its output; ``...`` on a line stands for anything."""

    command: str
    shown: str


def blocks(page: Path) -> Iterator[Block]:
    """Find the commands of a page with what is shown of their output."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield Block(found["command"], found["shown"])


def printed(command: str, home: Path, pictures: Path) -> str:
    """Run a command on the embedded store of a folder; what it prints, or why it failed.

    Pictures that it draws go to a folder of the caller's choice. The survey's commands run
    in a folder of their own, as they read and write files.
    """
    words = shlex.split(command)
    if "--plot" in words:
        file = words.index("--plot") + 1
        words[file] = str(pictures / Path(words[file]).name)
    environment = {"GRAPHMODEL_HOME": str(home), "NEO4J_URI": ""}
    desk = home / "desk" if words[1] == "survey" else Path()
    desk.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(desk):
        BETWEEN.get(command, lambda: None)()
        result = CliRunner(env=environment).invoke(main, words[1:], prog_name="graphmodel")
    text = result.output if result.exit_code else result.stdout
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def abridged(output: str, shown: str) -> str:
    """Cut an output where the page cut the one before.

    As many lines are kept at the top. A part below a cut begins where its first line,
    a heading, is found again, and is as long as before; without one it is the end.
    """
    lines = output.splitlines()
    top, *parts = _parts(shown)
    if not parts:
        return output
    kept, at = lines[: len(top)], len(top)
    for part in parts:
        if part and part[0] in lines[at:]:
            at = lines.index(part[0], at)
        else:
            at = max(at, len(lines) - len(part))
        kept += [CUT, *lines[at : at + len(part)]]
        at += len(part)
    return "\n".join(kept) + "\n"


def _parts(shown: str) -> list[list[str]]:
    """The lines of a page between its cuts."""
    parts: list[list[str]] = [[]]
    for line in shown.splitlines():
        if line == CUT:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def refreshed(page: Path, run: Callable[[str], str]) -> str:
    """Make a page's text with what its commands print now."""
    text = page.read_text(encoding="utf-8")
    return _BLOCK.sub(
        lambda found: found["top"] + abridged(run(found["command"]), found["shown"]) + "```", text
    )


if __name__ == "__main__":
    for shown_on in PAGES:
        with tempfile.TemporaryDirectory() as home:
            run = functools.partial(printed, home=Path(home), pictures=ROOT / "docs" / "pictures")
            text = refreshed(shown_on, run)
        shown_on.write_text(text, encoding="utf-8")
