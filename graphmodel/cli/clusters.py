"""``graphmodel report clusters`` and what else is asked of clusters."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.numbers import Count, Measure, Seed
from graphmodel.cli.options import prints_report
from graphmodel.cli.plots import plots
from graphmodel.cli.scope import scope_options
from graphmodel.cli.writing import writing_options

if TYPE_CHECKING:
    from graphmodel.analytics.methods import Method
    from graphmodel.analytics.scope import Scope
    from graphmodel.reports.choices import Choices
    from graphmodel.reports.table import Report
    from graphmodel.store import Store

MOST_RUNS = 10_000
"""Each keeps a number for every council; agreement settles long before."""

_OPTIONS = (
    click.option(
        "--method",
        type=click.Choice(["louvain", "leiden"]),
        default="louvain",
        show_default=True,
        help="Of each run; leiden needs igraph (pip install 'graphmodel[leiden]').",
    ),
    click.option(
        "--resolution",
        type=Measure(min=0, min_open=True),
        default=1.0,
        show_default=True,
        help="Above 1 for smaller clusters, below 1 for larger ones.",
    ),
    click.option(
        "--runs",
        type=Count(min=1, max=MOST_RUNS),
        default=100,
        show_default=True,
        help="Clusters are what most of so many runs agree on.",
    ),
    click.option("--seed", type=Seed(), default=0, show_default=True, help="Of the runs."),
)


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``choices``: how clusters are looked for."""

    @functools.wraps(command)
    def with_choices(
        *args: Any, method: Method, resolution: float, runs: int, seed: int, **options: Any
    ) -> Any:
        from graphmodel.reports.choices import Choices

        return command(*args, choices=Choices(method, resolution, runs, seed), **options)

    for option in reversed(_OPTIONS):
        with_choices = option(with_choices)
    return with_choices


@click.command()
@click.option("--scan", is_flag=True, help="At which resolutions clusters are steady, instead.")
@click.option("--details", is_flag=True, help="Bridges, how surely each council belongs, methods.")
@click.option("--ferries", is_flag=True, help="Councils that only a ferry links lie in one piece.")
@prints_report
@writing_options("clusters")
@scope_options
@cluster_options
@plots("network", "tiles")
def clusters(
    store: Store,
    scope: Scope,
    choices: Choices,
    *,
    ferries: bool,
    details: bool,
    scan: bool,
    write: bool,
) -> Report:
    """Councils that share more services with each other than with the rest.

    Ties are weighted so that a service of all councils does not drown the others. The
    clusters are what many runs agree on.

    \b
    Examples:
      graphmodel report clusters --as-of 2016
      graphmodel report clusters --details
      graphmodel report clusters --scan
      graphmodel report clusters --plot clusters.svg --plot-as tiles
    """
    from graphmodel.reports.clusters import clusters_report
    from graphmodel.reports.scan import scan_report

    if scan:
        return scan_report(store, scope, choices)
    return clusters_report(store, scope, choices, ferries=ferries, details=details, write=write)


@click.command()
@click.option(
    "--with-areas",
    "area_services_too",
    is_flag=True,
    help="Count ties by services whose area is a grouping, such as city deals.",
)
@prints_report
@scope_options
@cluster_options
def groupings(store: Store, scope: Scope, choices: Choices, area_services_too: bool) -> Report:
    """How well clusters follow city regions, health boards and other official groupings.

    Names the councils that work mostly with councils of another grouping than their own.

    \b
    Example:
      graphmodel report groupings --as-of 2015
    """
    from graphmodel.reports.groupings import groupings_report

    return groupings_report(store, scope, choices, area_services_too=area_services_too)
