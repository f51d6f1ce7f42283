"""``graphmodel cypher``: an analyst's own statements."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.asking import parameter_option, queries_option
from graphmodel.cli.options import (
    Day,
    later_store_options,
    output_options,
    timeout_option,
    told_of_loads,
    undated,
)

if TYPE_CHECKING:
    from graphmodel.store import Store


@click.command()
@click.argument("text", required=False)
@click.option(
    "--file", "file", metavar="FILE", type=click.Path(path_type=Path), help="Take it from a file."
)
@parameter_option
@click.option("--write", "writing", is_flag=True, help="Let it change the graph too.")
@click.option("--explain", is_flag=True, help="Show the plan instead of running it.")
@click.option("--profile", is_flag=True, help="Run it, and show the plan with what was done.")
@queries_option
@output_options
@timeout_option
@click.option("--as-of", type=Day(), help="Does nothing here.", hidden=True)
@later_store_options
@undated
def cypher(
    opened: Callable[[], AbstractContextManager[Store]],
    text: str | None,
    file: Path | None,
    parameters: dict[str, str],
    writing: bool,
    explain: bool,
    profile: bool,
    folder: Path | None,
    how: Any,
    output: Path | None,
    limit: int | None,
    seconds: float | None,
) -> None:
    """Run your own Cypher, TEXT, which may only read; - takes it from standard input.

    Without TEXT, on a terminal, statements are asked for one after the other. Parameter
    values are read as JSON where they are JSON (5, true, ["a"]), else as text. With
    --write the graph may be changed; loads know nothing of what you write.

    \b
    Examples:
      graphmodel cypher 'MATCH (s:Service) RETURN s.status, count(*)' --limit 3
      graphmodel cypher --file my.cypher --param council=GB-LAS-ANS --explain
      graphmodel cypher
    """
    from graphmodel.cli.statements import Settings, run_statement

    if writing and (explain or profile):
        raise click.UsageError("--write goes with neither --explain nor --profile.")
    statement = _statement(text, file)
    settings = Settings(
        how=how,
        output=output,
        limit=limit,
        seconds=seconds,
        writing=writing,
        plan="profile" if profile else "explain" if explain else None,
    )
    with opened() as store:
        if statement is None:
            from graphmodel.cli.prompt import Prompt

            Prompt(store, settings, folder, parameters).run()
        else:
            with told_of_loads(store):
                run_statement(store, statement, parameters, settings)


def _statement(text: str | None, file: Path | None) -> str | None:
    """What to run; none if it is to be asked for."""
    from graphmodel.errors import GraphmodelError

    if text is not None and file is not None:
        raise click.UsageError("Give either TEXT or --file FILE, not both.")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise GraphmodelError(f"{file} is not UTF-8 text.") from error
        except OSError as error:
            raise GraphmodelError(f"{file} cannot be read: {error.strerror}") from error
    if text == "-":
        return sys.stdin.read()
    if text is None and not sys.stdin.isatty():
        raise click.UsageError(
            "Give a statement as TEXT, --file FILE, or - to read it from standard input."
        )
    return text
