"""``graphmodel report centrality`` and ``breaks``: who holds the picture together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from graphmodel.cli.numbers import Count, Seed
from graphmodel.cli.options import prints_report
from graphmodel.cli.scope import scope_options
from graphmodel.cli.writing import writing_options

if TYPE_CHECKING:
    from graphmodel.analytics.scope import Scope
    from graphmodel.reports.table import Report
    from graphmodel.store import Store

MEASURES = ("strength", "degree", "betweenness", "pagerank", "leads", "sole_ties")


@click.command()
@click.option(
    "--of",
    type=click.Choice(["councils", "partners", "services"]),
    default="councils",
    show_default=True,
    help="What to rank.",
)
@click.option(
    "--by",
    type=click.Choice(MEASURES),
    help="What to rank by; strength by default, and betweenness for services.",
)
@click.option("--reasons/--no-reasons", default=True, help="Say why, for each.")
@click.option(
    "--regions",
    metavar="KIND",
    default="regional improvement collaborative",
    show_default=True,
    help="Kind of grouping that reasons take for regions.",
)
@click.option(
    "--pivots",
    type=Count(min=2),
    metavar="N",
    help="Estimate betweenness from N members; by default from all up to 2,000, else from 256.",
)
@click.option("--seed", type=Seed(), default=0, show_default=True, help="Of the drawing of those.")
@prints_report
@writing_options("centrality")
@scope_options
def centrality(
    store: Store,
    scope: Scope,
    of: Literal["councils", "partners", "services"],
    by: str | None,
    reasons: bool,
    regions: str,
    pivots: int | None,
    seed: int,
    write: bool,
) -> Report:
    """Councils, partners or services ranked by how they hold the picture together.

    \b
    Examples:
      graphmodel report centrality --limit 10
      graphmodel report centrality --of services --by sole_ties
      graphmodel report centrality --by betweenness --category "Transport & Highways"
    """
    from graphmodel.reports.centrality import centrality_report

    return centrality_report(
        store,
        scope,
        of=of,
        by=by,
        reasons=reasons,
        regions=regions,
        pivots=pivots,
        seed=seed,
        write=write,
    )


@click.command()
@prints_report
@scope_options
def breaks(store: Store, scope: Scope) -> Report:
    """What would split the picture, or a cluster, if it went; and single shared ties.

    \b
    Examples:
      graphmodel report breaks
      graphmodel report breaks --most-members 3 --partners
    """
    from graphmodel.reports.breaks import breaks_report

    return breaks_report(store, scope)
