"""``graphmodel report …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import prints_undated_report

if TYPE_CHECKING:
    from graphmodel.reports.table import Report
    from graphmodel.store import Store


@click.group()
def report() -> None:
    """The picture as tables: clusters, central councils, loads."""


@report.command()
@prints_undated_report
def runs(store: Store) -> Report:
    """Every load that was run on this store, the failed ones too; latest first.

    \b
    Example:
      graphmodel report runs --limit 5
    """
    from graphmodel.reports.loads import runs_report

    return runs_report(store)


@report.command()
@click.option("--council", help="Only services of this council.")
@click.option("--category", help="Only services of this service area of the 2020 report.")
@prints_undated_report
def ageing(store: Store, council: str | None, category: str | None) -> Report:
    """What was last said to be live the longest ago: whom to ask next.

    \b
    Example:
      graphmodel report ageing --council Angus
    """
    from graphmodel.reports.ageing import ageing_report

    return ageing_report(store, council=council, category=category)


@report.command()
@prints_undated_report
def conflicts(store: Store) -> Report:
    """Where two places contradict each other, side by side with their citations.

    \b
    Example:
      graphmodel report conflicts --format csv --output conflicts.csv
    """
    from graphmodel.reports.conflicts import conflicts_report

    return conflicts_report(store)
