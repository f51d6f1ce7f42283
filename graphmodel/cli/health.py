"""``graphmodel schema`` and ``graphmodel doctor``."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import (
    FORMATS,
    Day,
    any_store_options,
    output_options,
    print_report,
    store_options,
    told_of_loads,
    undated,
    write_output,
)
from graphmodel.foreign_text import legible

if TYPE_CHECKING:
    from graphmodel.store import Store


@click.command()
@click.option(
    "--datapackage",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, asked: _print_datapackage(context, asked),
    help="Print a datapackage.json with every table, to start one of your own.",
)
@functools.partial(output_options, formats=(*FORMATS, "mermaid"))
@click.option("--as-of", type=Day(), help="Does nothing here.", hidden=True)
@store_options
@undated
def schema(store: Store, how: Any, output: Path | None, limit: int | None) -> None:
    """The graph's vocabulary: labels, relationships and properties, with counts.

    Mermaid is a diagram, as GitHub and many wikis draw it.

    \b
    Examples:
      graphmodel schema
      graphmodel schema --format mermaid
      graphmodel schema --datapackage > datapackage.json
    """
    from graphmodel.reports.schema import counted_patterns, diagram, schema_report

    with told_of_loads(store):
        if how != "mermaid":
            print_report(schema_report(store).limited(limit), how, output)
            return
        text = diagram(*counted_patterns(store))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_output(output, text)


def _print_datapackage(context: click.Context, asked: bool) -> None:
    if asked:
        from graphmodel.model.datapackage import descriptor

        package = descriptor("my-councils", "My councils", "1")
        click.echo(json.dumps(package, indent=2, ensure_ascii=False))
        context.exit()


@click.command()
@click.option(
    "--migrate",
    "migrating",
    is_flag=True,
    help="First bring a store of an older version of the model to the present one.",
)
@any_store_options
def doctor(store: Store, migrating: bool) -> None:
    """Whether everything works here: the store, its rules, what is loaded.

    \b
    Examples:
      graphmodel doctor
      graphmodel doctor --migrate
    """
    from graphmodel.reports.health import check_health
    from graphmodel.store.migrations import migrate

    if migrating:
        for step in migrate(store):
            click.echo(f"Version {step.version} of the model: {step.name}. Done.", err=True)
    checks = check_health(store)
    for check in checks:
        click.echo(f"{'ok  ' if check.good else 'BAD '} {check.what}: {legible(check.found)}")
        if not check.good:
            click.echo(f"     {check.advice}")
    if not all(check.good for check in checks):
        raise SystemExit(1)
