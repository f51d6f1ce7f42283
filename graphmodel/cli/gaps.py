"""``graphmodel report gaps`` and its kin: what is not shared, or shared twice, or by a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphmodel.cli.numbers import Measure
from graphmodel.cli.options import prints_report
from graphmodel.cli.plots import plots
from graphmodel.cli.scope import scope_options

if TYPE_CHECKING:
    from graphmodel.analytics.scope import Scope
    from graphmodel.reports.table import Report
    from graphmodel.store import Store

ferries_option = click.option(
    "--ferries", is_flag=True, help="Let councils touch by ferry too, not by land and bridge only."
)


@click.command()
@ferries_option
@prints_report
@scope_options
def gaps(store: Store, scope: Scope, ferries: bool) -> Report:
    """Neighbours that share less than expected, and other gaps.

    Also the councils that share the least, services whose area is in pieces on the
    ground, and service areas that no two councils share.

    \b
    Examples:
      graphmodel report gaps --limit 10
      graphmodel report gaps --category "Transport & Highways" --ferries
    """
    from graphmodel.reports.gaps import gaps_report

    return gaps_report(store, scope, ferries=ferries)


@click.command()
@prints_report
@scope_options
@plots("heat map")
def coverage(store: Store, scope: Scope) -> Report:
    """In how many services of each area each council takes part, with zeros.

    \b
    Examples:
      graphmodel report coverage
      graphmodel report coverage --most-members 20 --format csv --output coverage.csv
      graphmodel report coverage --plot coverage.svg
    """
    from graphmodel.reports.coverage import coverage_report

    return coverage_report(store, scope)


@click.command()
@ferries_option
@click.option("--apart", is_flag=True, help="Only pairs that have no council in both.")
@click.option(
    "--alike",
    "least",
    type=Measure(0, 1),
    default=0.25,
    show_default=True,
    help="Only pairs whose names and descriptions are at least so alike.",
)
@prints_report
@scope_options
def twins(store: Store, scope: Scope, ferries: bool, apart: bool, least: float) -> Report:
    """Services of one service area, next to each other, that could be one.

    \b
    Examples:
      graphmodel report twins --limit 10
      graphmodel report twins --apart --category "Transport & Highways"
    """
    from graphmodel.reports.twins import twins_report

    return twins_report(store, scope, ferries=ferries, apart=apart, least=least)
