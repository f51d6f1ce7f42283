"""``graphmodel query`` and ``graphmodel cypher``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import prints_report, prints_undated_report

if TYPE_CHECKING:
    from graphmodel.reports.table import Report
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


@click.command()
@click.argument("name", required=False)
@parameter_option
@prints_report
def query(store: Store, name: str | None, parameters: dict[str, str], **context: Any) -> Report:
    """Ask a question of the catalogue; without NAME, list the questions.

    \b
    Examples:
      graphmodel query
      graphmodel query services-of-council --param council=Angus
    """
    from graphmodel.reports.queries import catalogue_report, query_report

    if name is None:
        return catalogue_report()
    return query_report(store, name, parameters, as_of=context["as_of"])


@click.command()
@click.argument("text")
@parameter_option
@prints_undated_report
def cypher(store: Store, text: str, parameters: dict[str, str]) -> Report:
    """Run your own Cypher, TEXT, which may only read; - takes it from standard input.

    Parameter values are read as JSON where they are JSON (5, true, ["a"]), else as text.

    \b
    Example:
      graphmodel cypher 'MATCH (s:Service) RETURN s.status, count(*)' --limit 3
    """
    from graphmodel.reports.queries import cypher_report

    statement = sys.stdin.read() if text == "-" else text
    limit = click.get_current_context().params["limit"]
    return cypher_report(store, statement, parameters, limit=limit)
