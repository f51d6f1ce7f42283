"""``graphmodel candidates``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.numbers import Count
from graphmodel.cli.options import prints_report

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.reports.table import Report
    from graphmodel.store import Store


@click.command()
@click.argument("service", required=False)
@click.option(
    "--member",
    "members",
    multiple=True,
    metavar="COUNCIL",
    help="As if this council took part: without SERVICE, a new service of these; may be repeated.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="COUNCIL",
    help="As if this member did not take part; may be repeated.",
)
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="SERVICE",
    help="As if this other service were not on record; may be repeated.",
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="NAME",
    help="Service area of a new service; may be repeated.",
)
@click.option(
    "--reach",
    type=click.Choice(["land", "ferry", "any"]),
    default="land",
    show_default=True,
    help="Candidates touch a member by land or bridge, by ferry or water too, or are anywhere.",
)
@click.option("--add", type=Count(1, 6), help="Find the best sets of so many new members.")
@click.option("--explain", metavar="COUNCIL", help="All about one council that could join.")
@click.option("--council", metavar="COUNCIL", help="Services that this council could best join.")
@click.option("--all", "everything", is_flag=True, help="The most promising, over all services.")
@click.option("--reasons/--no-reasons", default=True, help="Say why, for each candidate.")
@click.option("--sources", is_flag=True, help="List every reason with where it is said.")
@prints_report
def candidates(
    store: Store,
    as_of: date | None,
    service: str | None,
    add: int | None,
    explain: str | None,
    council: str | None,
    everything: bool,
    reasons: bool,
    sources: bool,
    **given: Any,
) -> Report:
    """Councils that could join SERVICE next, ranked, with reasons and objections.

    A candidate touches a present member by land or bridge. Those left out are
    listed with the reason. Or who could join a service that is only thought of
    (--member), what a council could join (--council), and the whole picture (--all).

    \b
    Examples:
      graphmodel candidates "Ayrshire Roads Alliance"
      graphmodel candidates "Ayrshire Roads Alliance" --explain "North Ayrshire"
      graphmodel candidates "Ayrshire Roads Alliance" --add 2
      graphmodel candidates --member Dundee --member "Perth and Kinross"
      graphmodel candidates --council Angus
      graphmodel candidates --all
    """
    from graphmodel.reports.asked import Asked
    from graphmodel.reports.candidates import candidates_report
    from graphmodel.reports.expansions import openings_report, sets_report
    from graphmodel.reports.explained import explained_report

    asked = Asked(service, **given)
    _refuse_contradictions(asked, add, explain, council, everything)
    _refuse_idle_options(explain, council is not None or everything, reasons, sources)
    limit = click.get_current_context().params["limit"]
    if council is not None or everything:
        return openings_report(
            store, council, as_of=as_of, reach=asked.reach, reasons=reasons, most=limit
        )
    if explain is not None:
        return explained_report(store, asked, explain, as_of=as_of)
    if add is not None:
        return sets_report(
            store, asked, add, as_of=as_of, reasons=reasons, sources=sources, most=limit
        )
    return candidates_report(
        store, asked=asked, as_of=as_of, reasons=reasons, sources=sources, most=limit
    )


def _refuse_contradictions(
    asked: Any, add: int | None, explain: str | None, council: str | None, everything: bool
) -> None:
    about = asked.service is not None or bool(asked.members)
    wanted = [about, council is not None, everything]
    if sum(wanted) != 1:
        raise click.UsageError(
            "Give just one of: a SERVICE or --member COUNCIL …, --council COUNCIL, --all."
        )
    if not about and any((asked.without, asked.ignored, asked.categories, add, explain)):
        raise click.UsageError(
            "--without, --ignore, --category, --add and --explain go with a SERVICE or --member."
        )
    if asked.service is not None and asked.categories:
        raise click.UsageError("--category is for a new service: SERVICE has its own.")
    if add is not None and explain is not None:
        raise click.UsageError("--add and --explain are two questions: ask one at a time.")


def _refuse_idle_options(explain: str | None, openings: bool, reasons: bool, sources: bool) -> None:
    """Refuse options that would change nothing, so that nobody waits for what they ask."""
    if explain is not None and sources:
        raise click.UsageError("--sources does nothing with --explain, which names them anyway.")
    if explain is not None and not reasons:
        raise click.UsageError("--no-reasons does not go with --explain, which is all reasons.")
    if openings and sources:
        raise click.UsageError("--sources goes with a SERVICE or --member, not --council or --all.")
    if sources and not reasons:
        raise click.UsageError(
            "--no-reasons and --sources contradict each other: sources are those of the reasons. "
            "Leave one of them out."
        )
