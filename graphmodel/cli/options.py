"""Options that commands share: which store, which day, which format."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from graphmodel.cli.numbers import Count, Measure
from graphmodel.dates import period
from graphmodel.foreign_text import legible

if TYPE_CHECKING:
    from graphmodel.reports.loads import LoadState
    from graphmodel.reports.table import Report
    from graphmodel.store import Store

Params = ParamSpec("Params")
PAGES = ("table", "markdown")
DAY_HELP = "The picture of that day (YYYY-MM-DD; of YYYY-MM and YYYY the first day)."
_LOADING = ("load", "import", "resolve", "withdraw")
"""Commands that load themselves."""
FORMATS = ("table", "csv", "json", "jsonl", "markdown")


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, month or year; of the latter two their first day."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | None:
        """Read a partial date, as everywhere else in the program."""
        if isinstance(value, date):
            return value
        try:
            return period(str(value).strip()).start
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


def _unseen(
    _context: click.Context, _parameter: click.Parameter, password: str | None
) -> str | None:
    """Ask for a password that was announced and not given; warn of one that was given."""
    if password == "":
        typed: str = click.prompt("Password", hide_input=True, err=True)
        return typed
    if password is not None:
        click.echo(
            "Note: others on this machine can see a password on the command line. Set "
            "NEO4J_PASSWORD, or give --password without a text to be asked for it.",
            err=True,
        )
    return password


def store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an open store as its first argument, and the options to choose it."""
    return _with_store(command, any_version=False)


def any_store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Do as `store_options` does, whatever version of the model the store was made with."""
    return _with_store(command, any_version=True)


def later_store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command not a store but a function that opens it, for where it may not be needed."""
    return _with_store(command, any_version=False, at_once=False)


def _with_store(
    command: Callable[..., Any], *, any_version: bool, at_once: bool = True
) -> Callable[..., Any]:

    @click.option("--uri", metavar="URI", help="Address of a Neo4j server (NEO4J_URI).")
    @click.option("--username", metavar="NAME", help="Its user name (NEO4J_USERNAME).")
    @click.option(
        "--password",
        metavar="[TEXT]",
        is_flag=False,
        flag_value="",
        callback=_unseen,
        help="Its password, asked for where TEXT is left out (better: NEO4J_PASSWORD).",
    )
    @click.option("--database", metavar="NAME", help="Its database (NEO4J_DATABASE).")
    @functools.wraps(command)
    def with_store(
        *args: Any,
        uri: str | None,
        username: str | None,
        password: str | None,
        database: str | None,
        **options: Any,
    ) -> Any:
        @contextmanager
        def opened() -> Iterator[Store]:
            from graphmodel.store import open_store

            with (
                _told_of_new_tries(),
                open_store(uri, username, password, database, any_version=any_version) as store,
            ):
                yield store

        if not at_once:
            return command(opened, *args, **options)
        with opened() as store:
            return command(store, *args, **options)

    return with_store


class _NewTries(logging.Handler):
    """Tells, once, that the driver tries again; it does so for half a minute."""

    is_told = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        if not self.is_told:
            self.is_told = True
            click.echo("Note: the database did not answer as it should; trying again.", err=True)


@contextmanager
def _told_of_new_tries() -> Iterator[None]:
    log, handler = logging.getLogger("neo4j.session"), _NewTries(logging.WARNING)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def output_options(
    command: Callable[..., Any], formats: Iterable[str] = FORMATS
) -> Callable[..., Any]:
    """Add the options that say how a result is written, where to, and how much of it."""
    for option in (
        click.option(
            "--limit",
            type=Count(min=0),
            help="Show at most so many rows.",
        ),
        click.option(
            "--output",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write the result to a file.",
        ),
        click.option(
            "--format",
            "how",
            type=click.Choice(list(formats)),
            default="table",
            show_default=True,
            help="How to write the result.",
        ),
    ):
        command = option(command)
    return command


def timeout_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that limits how long the database may take."""
    option = click.option(
        "--timeout",
        "seconds",
        type=Measure(min=0, min_open=True, max=10**6),
        metavar="SECONDS",
        help="End it if the database takes longer.",
    )
    return option(command)


def prints_report(command: Callable[..., Report]) -> Callable[..., None]:
    """Print the report that a command returns, as the common options ask.

    The command gets an open store and, as ``as_of``, the day that was asked for.
    """
    return _printing(command, dated=True)


def prints_undated_report(command: Callable[..., Report]) -> Callable[..., None]:
    """Print a report that is the same for every day; ``--as-of`` is told to do nothing."""
    return _printing(undated(command), dated=False)


def undated(command: Callable[..., Any]) -> Callable[..., Any]:
    """Tell that ``--as-of`` does nothing, where it was given."""

    @functools.wraps(command)
    def without_day(*args: Any, as_of: date | None, **options: Any) -> Any:
        if as_of is not None:
            click.echo("Note: this does not depend on a day, so --as-of does nothing.", err=True)
        return command(*args, **options)

    return without_day


def _printing(command: Callable[..., Report], *, dated: bool) -> Callable[..., None]:
    @store_options
    @output_options
    @click.option(
        "--as-of", type=Day(), help=DAY_HELP if dated else "Does nothing here.", hidden=not dated
    )
    @functools.wraps(command)
    def printing(
        store: Store, *args: Any, how: Any, output: Path | None, limit: int | None, **options: Any
    ) -> None:
        with told_of_loads(store):
            report = command(store, *args, **options).limited(limit)
        print_report(report, how, output)

    return printing


def print_report(report: Report, how: Any, output: Path | None) -> None:
    """Print a report, or write it to a file; its notes are for people."""
    from graphmodel.reports.formats import render

    text = render(report, how)
    if how not in PAGES:
        tell(report.notes)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_output(output, text)


def tell(notes: Iterable[str]) -> None:
    """Print notes on standard error."""
    for note in notes:
        click.echo(legible(note), err=True)


@contextmanager
def told_of_loads(store: Store) -> Iterator[None]:
    """Say so if what is read inside may be half old and half new, or if there is nothing."""
    from graphmodel.reports.loads import load_state

    before = load_state(store)
    _tell_unfinished(before)
    is_load = click.get_current_context().command.name in _LOADING
    if not before.runs and not is_load:
        click.echo(
            "Note: nothing is loaded here yet. 'graphmodel load' loads the Scottish picture.",
            err=True,
        )
    yield
    # A load may have begun since, and even ended.
    if is_load or (after := load_state(store)) == before:
        return
    if after.unfinished != before.unfinished:
        _tell_unfinished(after)
    if not before.unfinished and not after.unfinished:
        click.echo(
            "Note: a load began and ended while this was read, so the picture may be mixed. "
            "Ask again.",
            err=True,
        )


def _tell_unfinished(state: LoadState) -> None:
    for load in state.unfinished:
        click.echo(
            f"Note: {legible(str(load))}. Until it is done (again) the picture may be mixed.",
            err=True,
        )


def write_output(path: Path, text: str) -> None:
    """Write a result to a file, with a clear word where that cannot be."""
    from graphmodel.errors import GraphmodelError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GraphmodelError(f"{path} cannot be written: {error.strerror}") from error
