"""``graphmodel report changes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.cli.clusters import cluster_options
from graphmodel.cli.options import Day, prints_undated_report
from graphmodel.cli.scope import scope_options

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.analytics.scope import Scope
    from graphmodel.reports.choices import Choices
    from graphmodel.reports.table import Report
    from graphmodel.store import Store


@click.command()
@click.option("--from", "first", type=Day(), required=True, help="The earlier day.")
@click.option("--to", "last", type=Day(), required=True, help="The later day.")
@click.option("--at", type=Day(), multiple=True, help="A day to give totals of; may be repeated.")
@prints_undated_report
@scope_options
@cluster_options
def changes(
    store: Store,
    scope: Scope,
    choices: Choices,
    first: date,
    last: date,
    at: tuple[date, ...],
) -> Report:
    """What changed between two days: who joined and left, what began and ended.

    Also how clusters and ranks moved. What has no known start counts on both days, and
    so never as joined or begun; --dated leaves it out of both.

    \b
    Example:
      graphmodel report changes --from 1996-04-01 --to 2020-03-31 --at 2009-11-01
    """
    from graphmodel.reports.changes import changes_report

    if last < first:
        raise click.BadParameter(f"{last} lies before {first}.", param_hint="'--to'")
    return changes_report(store, first, last, scope, at=at, choices=choices)
