"""``--as-of`` gives the graph of that day, in every command that takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import click
import pytest

from graphmodel.analytics.changes import memberships
from graphmodel.analytics.geography import grouping_members
from graphmodel.analytics.projection import affiliations
from graphmodel.analytics.recorded import recorded_memberships
from graphmodel.analytics.scope import Scope
from graphmodel.cli import main
from graphmodel.query_catalogue import load_catalogue
from graphmodel.reports.candidates import candidates_report
from graphmodel.reports.centrality import centrality_report
from graphmodel.reports.clusters import clusters_report
from graphmodel.reports.council import council_report
from graphmodel.reports.coverage import coverage_report
from graphmodel.reports.find import Wanted, find_report
from graphmodel.reports.queries import query_report
from graphmodel.reports.service import service_report
from graphmodel.reports.statistics import statistics_report
from graphmodel.reports.table import Report
from graphmodel.store import Store
from tests.packages import Package, country

JOINT = "joint-roads"
BORDERS = {
    "2010-05-09": set(),
    "2010-05-10": {"Ardshire"},
    "2012-05-31": {"Ardshire"},
    "2012-06-01": {"Ardshire", "Ben and Glen"},
    "2014-12-31": {"Ardshire", "Ben and Glen"},
    "2015-01-01": {"Ardshire"},
    "2015-03-31": {"Ardshire"},
    "2015-04-01": set(),
}
"""Who took part: the service was there from 2010-05-10 to 2015-03-31, Ardshire as long as it
was, Ben and Glen from June 2012 to the end of 2014. Each border has the day before beside it."""


def of_days() -> Package:
    """A service that lasted for some years, with a member throughout and one for a time."""
    bare = country()
    for table in ("participations", "service_categories", "service_types", "service_parts"):
        bare = bare.with_table(table, [])
    for table in ("successions", "adoptions", "priorities", "savings", "service_areas"):
        bare = bare.with_table(table, [])
    bare = bare.with_table("findings", []).with_table("memberships", [])
    bare = bare.with_table("grouping_members", [])
    spell = {"since": "2012-06", "until": "2014"}
    return (
        bare.with_table("services", [])
        .plus(
            "services",
            {
                "id": JOINT,
                "name": "Joint Roads",
                "kind": "joint board",
                "status": "ended",
                "start": "2010-05-10",
                "end": "2015-03-31",
                "members_complete": "true",
            },
        )
        .plus(
            "participations",
            {"participant": "EX-ARD", "service": JOINT, "role": "lead"},
            {"participant": "EX-BEN", "service": JOINT, "role": "member", **spell},
            {"participant": "nhs-ardshire", "service": JOINT, "role": "member"},
        )
        .plus("memberships", {"member": "EX-ARD", "partner": "nhs-ardshire", "role": "member"})
        .plus("grouping_members", {"council": "EX-BEN", "grouping": "northern-deal", **spell})
    )


def rows_of(report: Report, heading: str | None = None) -> Iterator[dict[str, Any]]:
    for table in report.tables:
        if heading is None or table.heading == heading:
            yield from table.records()


def question(store: Store, name: str, day: date, **given: str) -> list[dict[str, Any]]:
    return list(rows_of(query_report(store, name, given, as_of=day)))


def shown_service(store: Store, day: date) -> set[str]:
    report = service_report(store, JOINT, as_of=day)
    return {row["partner"] for row in rows_of(report, "Who takes part")} - {"NHS Ardshire"}


def shown_councils(store: Store, day: date) -> set[str]:
    return {
        name
        for name in NAMES
        if list(rows_of(council_report(store, name, as_of=day), "Takes part in"))
    }


def found(store: Store, day: date) -> set[str]:
    by_member = {
        name
        for name in NAMES
        if list(rows_of(find_report(store, Wanted(member=name, status="live", as_of=day))))
    }
    listed = [row["councils"] for row in rows_of(find_report(store, Wanted(as_of=day)))]
    assert listed == ([sorted(by_member)] if by_member else [])
    gone = list(rows_of(find_report(store, Wanted(status="ended", as_of=day))))
    assert [row["service"] for row in gone] == (["Joint Roads"] if day >= END else [])
    return by_member


def candidates_of(store: Store, day: date) -> set[str]:
    report = candidates_report(store, JOINT, as_of=day)
    rows = rows_of(report, "Left out")
    return {one for row in rows if row["why"] == "takes part already" for one in row["councils"]}


def clustered(store: Store, day: date) -> set[str]:
    """Alone, the first member has no tie."""
    report = clusters_report(store, Scope(day, universal=True))
    together = {one for row in rows_of(report) for one in row["members"]}
    return together or ({"Ardshire"} & projected(store, day))


def ranked(store: Store, day: date) -> set[str]:
    """Alone, the first member has no strength."""
    rows = rows_of(centrality_report(store, Scope(day, universal=True)))
    together = {row["council"] for row in rows if row["strength"]}
    return together or ({"Ardshire"} & projected(store, day))


def covered(store: Store, day: date) -> set[str]:
    rows = rows_of(coverage_report(store, Scope(day)))
    return {row["council"] for row in rows if row["services"]}


def remembered(store: Store, day: date) -> set[str]:
    """What the backtest hides and learns from."""
    graph = affiliations(store, Scope(day))
    return {graph.nodes[one.council]["name"] for one in recorded_memberships(store, day)}


def counted(store: Store, day: date) -> set[str]:
    """The table counts services, not members: of one council area or of neighbours."""
    rows = {
        row["reach"]: row["ours"]
        for row in rows_of(statistics_report(store, Scope(day), by=["reach"]))
    }
    members = {"one council area": {"Ardshire"}, "neighbouring councils": set(NAMES[:2])}
    there = [members[reach] for reach, number in rows.items() if number]
    assert len(there) <= 1
    return there[0] if there else set()


def projected(store: Store, day: date) -> set[str]:
    graph = affiliations(store, Scope(day))
    return {graph.nodes[one]["name"] for one, _ in memberships(graph)}


def asked(name: str, column: str, **given: str) -> Callable[[Store, date], set[str]]:
    def ask(store: Store, day: date) -> set[str]:
        cells = [row[column] for row in question(store, name, day, **given)]
        flat = [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
        return set(flat) & set(NAMES)

    return ask


def only_lead(ask: Callable[[Store, date], set[str]]) -> Callable[[Store, date], set[str]]:
    """Of questions that can only be answered with Ardshire: the other member goes unseen."""
    return lambda store, day: ask(store, day) | (projected(store, day) & {"Ben and Glen"})


def both(ask: Callable[[Store, date], set[str]]) -> Callable[[Store, date], set[str]]:
    """Of questions about pairs: alone, Ardshire goes unseen."""
    return lambda store, day: ask(store, day) or (projected(store, day) & {"Ardshire"})


def asked_by_council(store: Store, day: date) -> set[str]:
    return {name for name in NAMES if question(store, "services-of-council", day, council=name)}


def touched(store: Store, day: date) -> set[str]:
    rows = question(store, "candidates-by-contiguity", day, service=JOINT)
    return {one for row in rows for one in row["members"]}


def of_partner(store: Store, day: date) -> set[str]:
    rows = question(store, "partners-and-services", day, partner="nhs-ardshire")
    return {"Ardshire"} if rows else set()


NAMES = ("Ardshire", "Ben and Glen", "Caldale", "Dunross City", "Eskland")
END = date(2015, 4, 1)
VIEWS: dict[str, Callable[[Store, date], set[str]]] = {
    "show service": shown_service,
    "show council": shown_councils,
    "find": found,
    "candidates": candidates_of,
    "report clusters": clustered,
    "report centrality": ranked,
    "report statistics": counted,
    "report coverage": covered,
    "backtest": remembered,
    "the projection": projected,
    "query services-of-council": asked_by_council,
    "query members-of-service": asked("members-of-service", "member", service=JOINT),
    "query services-on-day": asked("services-on-day", "councils"),
    "query councils-that-work-together": both(
        lambda store, day: (
            set(NAMES[:2])
            if question(store, "councils-that-work-together", day, of_all="true")
            else set()
        )
    ),
    "query leads-and-hosts": only_lead(asked("leads-and-hosts", "council")),
    "query members-of-members": only_lead(asked("members-of-members", "council")),
    "query partners-and-services": only_lead(of_partner),
    "query candidates-by-contiguity": touched,
}


@pytest.mark.parametrize("view", VIEWS)
def test_the_graph_of_a_day(store: Store, view: str) -> None:
    of_days().load(store)
    found = {day: VIEWS[view](store, date.fromisoformat(day)) for day in BORDERS}
    assert found == BORDERS


def test_groupings_of_a_day(store: Store) -> None:
    of_days().load(store)
    for day, members in BORDERS.items():
        wanted = members & {"Ben and Glen"}
        rows = question(store, "councils-of-groupings", date.fromisoformat(day))
        assert {row["council"] for row in rows} == wanted
        assert bool(grouping_members(store, date.fromisoformat(day))) == bool(wanted)
        shown = council_report(store, "Ben and Glen", as_of=date.fromisoformat(day))
        assert bool(list(rows_of(shown, "Groupings"))) == bool(wanted)


def test_every_command_that_takes_a_day_is_tested() -> None:
    """Those that take all choices of what counts rest on the projection, whatever they show."""
    taking = dict(_taking_a_day(main, ""))
    own = {name for name, rests_on_projection in taking.items() if not rests_on_projection}
    assert own == {"show service", "show council", "find", "candidates", "query", "backtest"}
    assert own - {"query"} <= VIEWS.keys()
    assert {name for name in VIEWS if name.startswith("report ")} <= taking.keys()


def test_every_question_that_takes_a_day_is_tested() -> None:
    """`services-by-status` tells of what had been said by the day, not of what there was."""
    questions = {
        name
        for name, query in load_catalogue().items()
        if any(parameter.name == "day" for parameter in query.parameters)
    }
    asked_for = {name.removeprefix("query ") for name in VIEWS if name.startswith("query ")}
    assert questions == asked_for | {
        "ages-of-statuses",
        "councils-of-groupings",
        "services-by-status",
    }


def _taking_a_day(command: click.Command, name: str) -> Iterator[tuple[str, bool]]:
    """Commands with a visible --as-of, and whether they take the scope's options too."""
    if isinstance(command, click.Group):
        for part, inner in command.commands.items():
            yield from _taking_a_day(inner, f"{name} {part}".strip())
    options = {one.name: one for one in command.params if isinstance(one, click.Option)}
    if "as_of" in options and not options["as_of"].hidden:
        yield name, "weighting" in options
