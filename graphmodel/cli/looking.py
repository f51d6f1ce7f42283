"""``graphmodel show …`` and ``graphmodel find``."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from graphmodel.cli.options import prints_report
from graphmodel.vocabulary import GeographicFocus, Status

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.reports.table import Report
    from graphmodel.store import Store


@click.group()
def show() -> None:
    """Everything about one council or one service, with citations."""


@show.command()
@click.argument("name")
@prints_report
def council(store: Store, name: str, as_of: date | None) -> Report:
    """A council's profile: what it takes part in, with whom, as what, says who.

    \b
    Examples:
      graphmodel show council Angus
      graphmodel show council S12000041 --format json
    """
    from graphmodel.reports.council import council_report

    return council_report(store, name, as_of=as_of)


@show.command()
@click.argument("name")
@prints_report
def service(store: Store, name: str, as_of: date | None) -> Report:
    """A service's sheet: how it is run, by whom, since when, what came of it.

    \b
    Example:
      graphmodel show service "Ayrshire Roads Alliance"
    """
    from graphmodel.reports.service import service_report

    return service_report(store, name, as_of=as_of)


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@click.option("--category", help="Service area of the 2020 report.")
@click.option("--type", "activity_type", help="Activity type of the 2020 report.")
@click.option("--reach", type=click.Choice(get_args(GeographicFocus)), help="How far it reaches.")
@click.option("--status", type=click.Choice(get_args(Status)), help="How far it has come.")
@click.option("--member", "--council", "member", help="A council or partner that takes part.")
@prints_report
def find(
    store: Store,
    text: str | None,
    category: str | None,
    activity_type: str | None,
    reach: str | None,
    status: str | None,
    member: str | None,
    as_of: date | None,
) -> Report:
    """Services by category, type, reach, status, member, or any TEXT in them.

    \b
    Examples:
      graphmodel find roads
      graphmodel find --category "Health & Social Care" --member Angus --status live
    """
    from graphmodel.reports.find import Wanted, find_report

    wanted = Wanted(text, category, activity_type, reach, status, member, as_of)
    return find_report(store, wanted)
