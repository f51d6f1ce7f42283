"""Giving a case to the program, and saying what is wrong with how it behaved."""

# ruff: noqa: RUF001

from __future__ import annotations

import csv
import io
import json
import traceback
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

import graphmodel.store
from graphmodel.cli import main
from graphmodel.errors import GraphmodelError
from graphmodel.query_catalogue import parse_query
from graphmodel.store import Store
from tests.hostile.cases import Case
from tests.packages import country, graph_of

LONGEST_MESSAGE = 60_000
SECRET = "s3cret-word"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Judge:
    """Runs cases on one open store, which holds a small country between them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._given_out = graphmodel.store.open_store
        self._good = country()
        self._loads = 0
        self._refill()

    def faults(self, case: Case) -> list[str]:
        """Run a case; nothing is returned where the program behaved."""
        if case.catalogue_file is not None:
            return self._read_catalogue_file(case.catalogue_file)
        before = self._graph
        result = self._run(case)
        faults = list(_manners(case, result))
        is_load = case.reader in ("cells", "tables", "descriptors", "folders", "zips")
        after = graph_of(self._store)
        if after != before and (result.exit_code != 0 or not is_load):
            faults.append("something was written")
        if case.rejects is not None and case.rejects.exists():
            faults += _bad_csv(case.rejects.read_text(encoding="utf-8-sig"), "rejects")
        if result.exit_code == 0:
            faults += _bad_output(case.words, result.stdout)
        if after != before:
            faults += self._show_what_was_written()
            self._refill()
        elif is_load:
            self._forget_runs()
        return faults

    def _run(self, case: Case) -> Any:
        if case.reader != "addresses":
            graphmodel.store.open_store = lambda *_, **__: nullcontext(self._store)  # type: ignore
        try:
            return CliRunner(env={"NEO4J_URI": None}).invoke(
                main, case.words, input=case.typed.encode(errors="surrogatepass")
            )
        finally:
            graphmodel.store.open_store = self._given_out

    def _show_what_was_written(self) -> list[str]:
        """What was taken in must also come out again in good form."""
        commands = [
            ["find"],
            ["report", "conflicts"],
            ["show", "council", "EX-ARD"],
            ["show", "service", "roads-alliance"],
            ["report", "clusters"],
            ["query", "partners-and-services"],
            ["report", "runs"],
        ]
        faults = []
        for words in commands:
            for how in ("table", "csv", "json"):
                case = Case(0, "shown", [*words, "--format", how])
                result = self._run(case)
                found = [*_manners(case, result)]
                found += _bad_output(case.words, result.stdout) if result.exit_code == 0 else []
                faults += [f"shown by {' '.join(case.words)}: {fault}" for fault in found]
        return faults

    def _refill(self) -> None:
        self._store.execute("MATCH (n) DETACH DELETE n")
        self._good.load(self._store)
        self._graph = graph_of(self._store)

    def _forget_runs(self) -> None:
        """Each refused load leaves its record; thousands of them would slow the rest."""
        self._loads += 1
        if self._loads % 50 == 0:
            self._store.execute("MATCH (r:LoadRun) WHERE r.outcome = 'refused' DELETE r")

    def _read_catalogue_file(self, text: str) -> list[str]:
        try:
            parse_query("hostile", text)
        except GraphmodelError as error:
            return _bad_message(str(error))
        except Exception:
            return [f"traceback: {traceback.format_exc()}"]
        return []


def _manners(case: Case, result: Any) -> list[str]:
    """Exit code, and one message where it was refused."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        lines = traceback.format_exception(*result.exc_info)
        return ["traceback: " + "".join(lines[-4:])]
    faults = []
    said = result.stderr
    codes = (3,) if case.reader == "addresses" else (0, 1, 2)
    if result.exit_code not in codes:
        faults.append(f"exit code {result.exit_code}")
    if result.exit_code != 0:
        errors = [line for line in said.splitlines() if line.startswith("Error: ")]
        if len(errors) != 1:
            faults.append(f"{len(errors)} messages")
        if result.stdout:
            faults.append("a result, although it was refused")
    if SECRET in result.output and case.reader == "addresses":
        faults.append("a password is shown")
    return [*faults, *_bad_message(said)]


def _bad_message(said: str) -> list[str]:
    faults = []
    if "Traceback" in said:
        faults.append("the word traceback")
    if len(said) > LONGEST_MESSAGE:
        faults.append(f"a message of {len(said)} characters")
    odd = {char for char in said if not char.isprintable() and char != "\n"}
    if odd:
        faults.append(f"what is not printable in a message: {sorted(odd)[:5]!r}")
    return faults


def _bad_output(words: list[str], text: str) -> list[str]:
    how = words[words.index("--format") + 1] if "--format" in words else "table"
    match how:
        case "csv":
            return _bad_csv(text, "csv")
        case "json":
            return _bad_json([text])
        case "jsonl":
            return _bad_json(text.split("\n")[:-1])
    odd = {char for char in text if not char.isprintable() and char != "\n"}
    return [f"what is not printable in a {how}: {sorted(odd)[:5]!r}"] if odd else []


def _bad_json(texts: list[str]) -> list[str]:
    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        for text in texts:
            json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        return [f"not JSON: {error}"]
    return []


def _bad_csv(text: str, what: str) -> list[str]:
    csv.field_size_limit(10**9)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    faults = {f"{what}: rows differ in length"} if len(set(map(len, rows))) > 1 else set()
    for cell in (cell for row in rows for cell in row):
        if cell.startswith(_STARTS) and not _is_number(cell):
            faults.add(f"{what}: a formula {cell[:30]!r}")
    return sorted(faults)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and text.strip() == text


def describe(case: Case, faults: list[str]) -> str:
    """What to look at, for a person."""
    words = [word[:200] for word in case.words]
    shown = [click.style(f"case {case.number} ({case.reader}): {words!r}", bold=True)]
    if case.typed:
        shown.append(f"  typed {case.typed[:300]!r}")
    return "\n".join([*shown, *(f"  - {fault[:3000]}" for fault in faults)])


def folder_for(case_number: int, root: Path) -> Path:
    """An empty folder for a case."""
    folder = root / str(case_number)
    folder.mkdir()
    return folder
