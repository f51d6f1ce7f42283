"""``graphmodel query``: the catalogue of questions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import (
    DAY_HELP,
    Day,
    later_store_options,
    output_options,
    print_report,
    timeout_option,
    told_of_loads,
    write_output,
)

if TYPE_CHECKING:
    from graphmodel.store import Store


def _pairs(
    _context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]
) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for name, sign, _ in pairs:
        if not sign or not name:
            raise click.BadParameter(f"{name!r}: expected NAME=VALUE")
    return {name.removeprefix("$"): value for name, _, value in pairs}


parameter_option = click.option(
    "--param",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_pairs,
    help="A parameter; may be given several times.",
)
queries_option = click.option(
    "--queries",
    "folder",
    metavar="DIR",
    envvar="GRAPHMODEL_QUERIES",
    type=click.Path(path_type=Path),
    help="A folder with questions of your own (GRAPHMODEL_QUERIES).",
)


@click.command()
@click.argument("name", required=False)
@parameter_option
@click.option("--describe", is_flag=True, help="Tell what the question takes and gives.")
@click.option(
    "--browser", is_flag=True, help="Print it for Neo4j Browser and cypher-shell instead of asking."
)
@queries_option
@output_options
@timeout_option
@click.option("--as-of", type=Day(), help=DAY_HELP)
@later_store_options
def query(
    opened: Callable[[], AbstractContextManager[Store]],
    name: str | None,
    parameters: dict[str, str],
    describe: bool,
    browser: bool,
    folder: Path | None,
    how: Any,
    output: Path | None,
    limit: int | None,
    seconds: float | None,
    as_of: date | None,
) -> None:
    """Ask a question of the catalogue; without NAME, list the questions.

    CSV, JSON and JSON lines take any number of rows; a page has 10,000 at most unless
    --limit says more.

    \b
    Examples:
      graphmodel query
      graphmodel query services-of-council --describe
      graphmodel query services-of-council --param council=Angus
      graphmodel query services-of-council -p council=Angus --browser | cypher-shell
    """
    from graphmodel.cli.answers import print_answer
    from graphmodel.reports.queries import catalogue_report, description_report, query_answer
    from graphmodel.reports.streamed import rows_wanted

    if name is None:
        print_report(catalogue_report(folder).limited(limit), how, output)
    elif describe:
        print_report(description_report(name, folder), how, output)
    elif browser:
        _print_for_browser(opened, name, parameters, folder, output, as_of)
    else:
        with opened() as store, told_of_loads(store):
            answer = query_answer(
                store,
                name,
                parameters,
                as_of=as_of,
                folder=folder,
                limit=rows_wanted(how, limit),
                seconds=seconds,
            )
            print_answer(answer, how, output, limit)


def _print_for_browser(
    opened: Callable[[], AbstractContextManager[Store]],
    name: str,
    parameters: dict[str, str],
    folder: Path | None,
    output: Path | None,
    as_of: date | None,
) -> None:
    from graphmodel.query_catalogue import find_query
    from graphmodel.query_catalogue.browser import browser_text
    from graphmodel.reports.queries import bound

    question = find_query(name, folder)
    with opened() as store:
        text = browser_text(question, bound(store, question, parameters, as_of))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_output(output, text)
