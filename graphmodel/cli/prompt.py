"""The prompt of ``graphmodel cypher``: statements asked for one after the other."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from graphmodel.cli.answers import print_answer
from graphmodel.cli.options import FORMATS, print_report, tell, told_of_loads
from graphmodel.cli.statements import Settings, run_statement
from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import legible
from graphmodel.model import EDGE_KINDS, NODE_KINDS
from graphmodel.model.element import declared_properties
from graphmodel.model.written import EDGES, NODES
from graphmodel.query_catalogue import load_catalogue
from graphmodel.reports.queries import catalogue_report, description_report, query_answer
from graphmodel.reports.schema import DERIVED, schema_report
from graphmodel.reports.streamed import rows_wanted

if TYPE_CHECKING:
    from graphmodel.store import Store

_CYPHER = """
MATCH OPTIONAL WHERE RETURN WITH UNWIND ORDER BY LIMIT SKIP DISTINCT AND OR NOT IN IS NULL EXISTS
COUNT COLLECT CALL CASE WHEN THEN ELSE END STARTS CONTAINS DESC UNION EXPLAIN PROFILE collect count
coalesce labels type nodes relationships shortestPath allShortestPaths size
"""
KEYWORDS = tuple(_CYPHER.split())
HELP = """\
A statement ends with ; and may have several lines. Tab completes, the up arrow brings back.
  :queries                    the questions of the catalogue
  :query NAME [PARAM=VALUE …] ask one (:describe NAME tells what it takes)
  :param NAME=VALUE           set a parameter of your statements; :params shows them
  :schema                     labels, relationships and properties
  :format FORMAT              table, csv, json, jsonl or markdown
  :quit                       leave (also Ctrl-D)"""


def labels() -> list[str]:
    """Labels of nodes."""
    return sorted([*(kind.label for kind in NODE_KINDS), *NODES])


def relationship_types() -> list[str]:
    """Types of relationships."""
    return sorted([*(kind.type for kind in EDGE_KINDS), *EDGES])


def property_names() -> list[str]:
    """Properties of nodes and relationships."""
    kinds = (*NODE_KINDS, *EDGE_KINDS)
    found = {field.name for kind in kinds for field in declared_properties(kind)}
    return sorted(found | set(DERIVED))


class CypherCompleter(Completer):
    """Completes what the graph and the catalogue call things, by what stands before."""

    def __init__(self, questions: Iterable[str]) -> None:
        self._questions = sorted(questions)
        self._commands = sorted(f":{name}" for name in Prompt.COMMANDS)

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002
    ) -> Iterator[Completion]:
        """Words that begin as the one before the cursor does."""
        before = document.text_before_cursor
        word = _last_word(before)
        for found in self._words(before[: len(before) - len(word)], word):
            if found.casefold().startswith(word.casefold()) and found != word:
                yield Completion(found, start_position=-len(word))

    def _words(self, before: str, word: str) -> list[str]:
        if before.startswith((":query ", ":describe ")):
            return self._questions
        if before == ":":
            return [command.removeprefix(":") for command in self._commands]
        if before.endswith((".", "{")):
            return property_names()
        if before.rstrip(" ").endswith((":", "|")):
            is_relationship = before.rfind("[") > before.rfind("(")
            return relationship_types() if is_relationship else labels()
        return [*KEYWORDS, *labels(), *relationship_types(), *property_names()] if word else []


def _last_word(text: str) -> str:
    end = len(text)
    while end and (text[end - 1].isalnum() or (text[end - 1] in "_-" and text.startswith(":"))):
        end -= 1
    return text[end:]


class Prompt:
    """Asks for statements until it is left.

    Parameters
    ----------
    store : Store
        An open store.
    settings : Settings
        As the command line gives them.
    folder : Path or None
        With questions of the user's own.
    parameters : dict of str to str
        Values of ``$names`` to begin with.
    """

    COMMANDS = (
        "describe",
        "format",
        "help",
        "param",
        "params",
        "queries",
        "query",
        "quit",
        "schema",
    )

    def __init__(
        self, store: Store, settings: Settings, folder: Path | None, parameters: dict[str, str]
    ) -> None:
        self._store = store
        self._settings = settings
        self._folder = folder
        self._parameters = dict(parameters)
        self._session: PromptSession[str] = PromptSession(
            history=_history(),
            completer=CypherCompleter(load_catalogue(folder)),
            complete_while_typing=False,
            multiline=True,
            prompt_continuation="         … ",
            key_bindings=_keys(),
        )

    def run(self) -> None:
        """Ask, answer, and ask again."""
        tell([f"{self._store.address}. :help tells how this works, :quit leaves."])
        while True:
            try:
                typed = self._session.prompt("graphmodel> ").strip()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if typed in (":quit", ":exit"):
                return
            if typed.strip(";"):
                self._answer(typed)

    def _answer(self, typed: str) -> None:
        try:
            with told_of_loads(self._store):
                if typed.startswith(":"):
                    self._obey(typed)
                else:
                    run_statement(self._store, typed, self._parameters, self._settings)
        except GraphmodelError as error:
            click.echo(f"Error: {legible(str(error))}", err=True)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)

    def _obey(self, typed: str) -> None:
        name, _, rest = typed.removeprefix(":").rstrip(";").partition(" ")
        try:
            words = shlex.split(rest)
        except ValueError as error:
            raise GraphmodelError(f"{typed}: {error}") from error
        actions: dict[str, Callable[[list[str]], None]] = {
            "help": lambda _: click.echo(HELP),
            "queries": lambda _: self._print(catalogue_report(self._folder)),
            "describe": lambda words: self._print(
                description_report(_one(words, ":describe NAME"), self._folder)
            ),
            "query": self._ask,
            "param": self._set,
            "params": lambda _: click.echo(
                "\n".join(f"{key} = {value}" for key, value in self._parameters.items()) or "(none)"
            ),
            "schema": lambda _: self._print(schema_report(self._store)),
            "format": self._choose_format,
        }
        if name not in actions:
            raise GraphmodelError(f"There is no :{name}. There are: :{', :'.join(self.COMMANDS)}.")
        actions[name](words)

    def _print(self, report: Any) -> None:
        print_report(report, self._settings.how, None)

    def _ask(self, words: list[str]) -> None:
        if not words:
            raise GraphmodelError("Expected :query NAME [PARAM=VALUE …]; :queries lists the names.")
        given = dict(_pair(word) for word in words[1:])
        settings = self._settings
        answer = query_answer(
            self._store,
            words[0],
            given,
            folder=self._folder,
            limit=rows_wanted(settings.how, settings.limit),
            seconds=settings.seconds,
        )
        print_answer(answer, settings.how, None, settings.limit)

    def _set(self, words: list[str]) -> None:
        name, value = _pair(_one(words, ":param NAME=VALUE"))
        self._parameters[name] = value

    def _choose_format(self, words: list[str]) -> None:
        how = _one(words, ":format FORMAT")
        if how not in FORMATS:
            raise GraphmodelError(f"There is no format {how!r}. There are: {', '.join(FORMATS)}.")
        self._settings = replace(self._settings, how=how)  # type: ignore[arg-type]


def _one(words: list[str], usage: str) -> str:
    if len(words) != 1:
        raise GraphmodelError(f"Expected {usage}.")
    return words[0]


def _pair(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not name or not sign:
        raise GraphmodelError(f"{word!r}: expected NAME=VALUE.")
    return name.removeprefix("$"), value


def _keys() -> KeyBindings:
    """Enter ends what is complete, and begins a new line otherwise."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        text = event.current_buffer.text.strip()
        if not text or text.startswith(":") or text.endswith(";"):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    return keys


def _history() -> History:
    """What was typed before, in the user's state folder; only this user can read it."""
    from platformdirs import user_state_path

    file = user_state_path("graphmodel", appauthor=False) / "cypher_history"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(file)
