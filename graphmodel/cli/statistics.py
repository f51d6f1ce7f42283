"""``graphmodel report statistics``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import prints_report
from graphmodel.cli.scope import scope_options

if TYPE_CHECKING:
    from graphmodel.analytics.scope import Scope
    from graphmodel.reports.statistics import By
    from graphmodel.reports.table import Report
    from graphmodel.store import Store

_BY = ("type", "region", "category", "reach", "spectrum", "mechanism")


@click.command()
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(_BY),
    help="What to count by; twice for a table of one against the other.",
)
@click.option("--published", is_flag=True, help="Every published figure instead, and where it is.")
@prints_report
@scope_options
def statistics(store: Store, scope: Scope, by: tuple[By, ...], published: bool) -> Report:
    """Our records by type, region, category and reach, beside the 2020 report's tables.

    \b
    Examples:
      graphmodel report statistics --by category
      graphmodel report statistics --by reach --by category --as-of 2020-03-31
    """
    from graphmodel.reports.statistics import published_report, statistics_report

    if published:
        return published_report(store)
    if len(by) > 2 or len(set(by)) < len(by):
        raise click.BadParameter("give one, or two different ones.", param_hint="'--by'")
    return statistics_report(store, scope, by=by)
