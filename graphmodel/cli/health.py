"""``graphmodel schema`` and ``graphmodel doctor``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import any_store_options, prints_undated_report
from graphmodel.foreign_text import legible

if TYPE_CHECKING:
    from graphmodel.reports.table import Report
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
@prints_undated_report
def schema(store: Store) -> Report:
    """The graph's vocabulary: labels, relationships and properties, with counts.

    \b
    Examples:
      graphmodel schema
      graphmodel schema --datapackage > datapackage.json
    """
    from graphmodel.reports.schema import schema_report

    return schema_report(store)


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
