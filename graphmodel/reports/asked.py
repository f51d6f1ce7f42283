"""What is asked about candidates, and what to know before reading the answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from graphmodel.analytics.backtest import ENOUGH_SERVICES
from graphmodel.analytics.inquiry import Inquiry, Reach, read_inquiry
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.surroundings import RUNNING
from graphmodel.errors import GraphmodelError
from graphmodel.reports.picture import unspoken
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from graphmodel.wording import listed


@dataclass(frozen=True)
class Asked:
    """What a user asks about, in the names that users use.

    Parameters
    ----------
    service : str, optional
        A service on record.
    members, without : collection of str
        Councils that it is to be as if they took part, or did not.
    ignored : collection of str
        Services that it is to be as if they were not on record.
    categories : collection of str
        Service areas of a service that is not on record.
    reach : {"land", "ferry", "any"}
        How a candidate must touch a member.

    Examples
    --------
    >>> Asked(members=("Dundee", "Angus")).service is None
    True
    """

    service: str | None = None
    members: Collection[str] = ()
    without: Collection[str] = ()
    ignored: Collection[str] = ()
    categories: Collection[str] = ()
    reach: Reach = "land"


@dataclass(frozen=True)
class Answer:
    """What a question turned out to be about.

    Attributes
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What is asked about.
    title : str
        Its name, or who would take part.

    Examples
    --------
    >>> read_asked(store, Asked("ayrshire roads alliance")).title
    'Ayrshire Roads Alliance'
    """

    inquiry: Inquiry
    plan: Plan
    title: str


def read_asked(store: Store, asked: Asked, as_of: date | None = None) -> Answer:
    """Resolve what a user asks about, and read and learn what is needed.

    Parameters
    ----------
    store : Store
        An open store.
    asked : Asked
        The question.
    as_of : date, optional
        The day whose picture it is.

    Returns
    -------
    Answer

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one thing answers to a name.
    GraphmodelError
        If it is to be as if a council took part which does, or did not which does not,
        or both.

    Examples
    --------
    >>> sorted(read_asked(store, Asked(members=["Dundee", "Angus"])).plan.members)
    ['GB-LAS-ANS', 'GB-LAS-DND']
    """
    services = name_index(store, "Service") if asked.service or asked.ignored else None
    councils = name_index(store, "Council")
    areas = name_index(store, "Category")
    service = services.resolve(asked.service) if services and asked.service else None
    inquiry = read_inquiry(store, as_of, asked.reach)
    added = {one.id: one.name for one in map(councils.resolve, asked.members)}
    removed = {one.id: one.name for one in map(councils.resolve, asked.without)}
    plan = inquiry.plan(
        service.id if service else None,
        added=list(added),
        categories=[areas.resolve(name).id for name in asked.categories],
        ignored=[services.resolve(name).id for name in asked.ignored] if services else (),
    )
    title = service.name if service else _set_name(inquiry, plan)
    already = inquiry.around.members(service.id) if service else frozenset()
    for one, name in added.items():
        if one in removed:
            raise GraphmodelError(f"{name} is given with both --member and --without.")
        if one in already:
            raise GraphmodelError(
                f"{name} takes part in {title} already, so --member says nothing."
            )
    for one, name in removed.items():
        if one not in already:
            raise GraphmodelError(
                f"{name} does not take part in {title} anyway, so --without says nothing."
            )
    return Answer(inquiry, replace(plan, members=plan.members - set(removed)), title)


def plan_notes(answer: Answer) -> list[str]:
    """What to know of a service before asking others to join it.

    Parameters
    ----------
    answer : Answer
        What is asked about.

    Returns
    -------
    list of str

    Examples
    --------
    >>> plan_notes(read_asked(store, Asked(members=["Angus"])))
    []
    """
    around, plan = answer.inquiry.around, answer.plan
    notes = record_notes(answer.inquiry)
    facts = around.services.get(plan.service or "")
    if facts is not None and facts.description:
        notes.append(f"What the record says of this service: {facts.description}")
    if facts is not None and facts.status not in RUNNING:
        said = f" (as of {facts.status_as_of})" if facts.status_as_of else ""
        notes.append(f"Mind that this service is {facts.status}{said}.")
    if facts is not None and around.scope.as_of and facts.life.start is None:
        notes.append("No start of this service is known, so it counts for every day before.")
    if not plan.members:
        day = f" on {around.scope.as_of}" if around.scope.as_of else ""
        notes.append(f"No council is known to take part{day}, so there is nothing to rank by.")
    if facts is not None and facts.complete is False:
        notes.append("The source does not name all who take part.")
    known = around.members(plan.service) if plan.service else plan.members
    if added := sorted(around.names(plan.members - known)):
        notes.append(f"As if {listed(added)} took part.")
    if removed := sorted(around.names(known - plan.members)):
        notes.append(f"As if {listed(removed)} did not take part.")
    return notes


def score_notes(inquiry: Inquiry) -> list[str]:
    """What a score is, what a chance means, and on how much they rest.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> score_notes(read_inquiry(store))[0].split(";")[0]
    'score: services, map, groupings, rivals'
    """
    learnt = inquiry.learnt
    least = (
        f"{learnt.services} services of three members or more on record, with {learnt.sets} "
        "different sets of members"
    )
    notes = [
        f"score: {learnt.scorer.name}; learnt from {least} (docs/candidates.md). Only the order "
        "means anything."
    ]
    if learnt.scale is None:
        notes.append(
            f"Too little is on record to say a chance (fewer than {ENOUGH_SERVICES} different "
            "sets): the order rests more on the map than on what was learnt."
        )
    else:
        notes.append(
            "chance: that it is this council, if just one more joins; among all that do not take "
            "part, near or far. Fitted on memberships that were hidden in turn; 'graphmodel "
            "backtest' says how often such chances came true."
        )
    return notes


def record_notes(inquiry: Inquiry) -> list[str]:
    """Warn of what a day that was asked for cannot tell.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.

    Returns
    -------
    list of str
        None if no day was asked for.

    Examples
    --------
    >>> from datetime import date
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> [note.split(":")[0] for note in record_notes(read_inquiry(store, date(1980, 1, 1)))][1]
    'Mind that 1980-01-01 lies before 1996-01-01'
    """
    around = inquiry.around
    day = around.scope.as_of
    if day is None:
        return []
    there = [
        facts
        for service, facts in around.services.items()
        if around.running(service) and around.members(service)
    ]
    unknown = sum(facts.life.start is None for facts in there)
    count = (
        f"As of {day}: {len(there)} services that are {' or '.join(RUNNING)}; {unknown} have no "
        "known start and count for every day before."
    )
    return [count, *unspoken(day, around.on_record)]


def _set_name(inquiry: Inquiry, plan: Plan) -> str:
    members = sorted(inquiry.around.names(plan.members))
    return f"a service of {listed(members)}" if members else "a service of nobody"
