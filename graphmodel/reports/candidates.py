"""Who could join a service next, as a report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from graphmodel.analytics.backtest import ENOUGH_SERVICES
from graphmodel.analytics.candidates import (
    EXPLAINED,
    Candidate,
    find_candidates,
)
from graphmodel.analytics.facts import Exclusion
from graphmodel.analytics.inquiry import Inquiry, Reach, read_inquiry
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.reasons import Reason
from graphmodel.analytics.remarks import Remark
from graphmodel.analytics.surroundings import RUNNING
from graphmodel.errors import GraphmodelError
from graphmodel.reports.citations import Places
from graphmodel.reports.sheets import titles
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from graphmodel.wording import listed

MOST_REASONS = 3
"""Reasons that a row shows; the others are counted."""
LEAST_MOVED = 0.0005
"""What a reason moves at least to be shown as one that moved the score."""


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
        If it is to be as if a council did not take part which does not.

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
    removed = [councils.resolve(name) for name in asked.without]
    plan = inquiry.plan(
        service.id if service else None,
        added=[councils.resolve(name).id for name in asked.members],
        categories=[areas.resolve(name).id for name in asked.categories],
        ignored=[services.resolve(name).id for name in asked.ignored] if services else (),
    )
    title = service.name if service else _set_name(inquiry, plan)
    for one in removed:
        if one.id not in plan.members:
            raise GraphmodelError(
                f"{one.name} does not take part in {title} anyway, so --without says nothing."
            )
    gone = frozenset(one.id for one in removed)
    return Answer(inquiry, replace(plan, members=plan.members - gone), title)


def candidates_report(
    store: Store,
    service: str | None = None,
    *,
    as_of: date | None = None,
    reasons: bool = True,
    sources: bool = False,
    asked: Asked | None = None,
) -> Report:
    """Show who could join a service next, with reasons, and who is left out.

    Parameters
    ----------
    store : Store
        An open store.
    service : str, optional
        Id, name or alias.
    as_of : date, optional
        The day whose picture it is.
    reasons : bool
        Whether to give reasons and objections.
    sources : bool
        Whether to list every reason and objection with the places that say so.
    asked : Asked, optional
        The question in full, instead of the service.

    Returns
    -------
    Report
        The ranked, and those left out.

    Raises
    ------
    NotFoundError, AmbiguousNameError, GraphmodelError
        As for `read_asked`.

    Examples
    --------
    >>> candidates_report(store, "Ayrshire Roads Alliance").title
    'Candidates for Ayrshire Roads Alliance'
    """
    answer = read_asked(store, asked or Asked(service), as_of)
    inquiry, plan = answer.inquiry, answer.plan
    found = find_candidates(inquiry, plan, EXPLAINED if reasons or sources else 0)
    tables = [_ranked(inquiry, found.ranked, reasons)]
    if sources:
        tables.append(_sourced(inquiry, found.ranked))
    tables.append(left_out_table(inquiry, found.excluded, sources))
    notes = [*plan_notes(answer), *score_notes(inquiry)]
    if reasons and found.ranked:
        notes.append(
            "reasons: (+0.12) is what the score would lose if the edges that the reason rests on "
            "were not there, all else the same; as one reason can stand in for another, they do "
            f"not add up. The {MOST_REASONS} that moved it most; --explain COUNCIL has one "
            "candidate in full, --sources every reason with where it is said."
        )
    if reasons and len(found.ranked) > EXPLAINED:
        notes.append(f"Reasons are measured for the first {EXPLAINED} only.")
    documents = titles(store) if sources else {}
    return Report(f"Candidates for {answer.title}", tables, notes, documents)


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
    notes = []
    facts = around.services.get(plan.service or "")
    if facts is not None and facts.status not in RUNNING:
        said = f" (as of {facts.status_as_of})" if facts.status_as_of else ""
        notes.append(f"Mind that this service is {facts.status}{said}.")
    if not plan.members:
        day = f" on {around.scope.as_of}" if around.scope.as_of else ""
        notes.append(f"No council is known to take part{day}, so nobody touches a member.")
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


def reason_texts(reasons: Iterable[Reason], most: int = MOST_REASONS) -> list[str]:
    """The reasons that moved the score the most, with what each moved, and how many more.

    Parameters
    ----------
    reasons : iterable of Reason
        As a candidate has them.
    most : int
        How many.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from graphmodel.analytics.edges import Edges
    >>> reason_texts([Reason("border", "borders Fife by land", ("b",), 0.2, (), Edges())])
    ['borders Fife by land (+0.20)']
    """
    moving = [one for one in reasons if one.moved >= LEAST_MOVED]
    texts = [f"{one.text} ({one.moved:+.2f})" for one in moving[:most]]
    if len(moving) > most:
        texts.append(f"{len(moving) - most} more")
    return texts


def _objection(remark: Remark) -> str:
    return f"{remark.text} ({remark.moved:+.2f})" if _moved(remark) else remark.text


def _moved(remark: Remark) -> float | None:
    return round(remark.moved, 3) if abs(remark.moved) >= LEAST_MOVED else None


def full_text(remark: Remark) -> str:
    """A remark with all that there is to say about it.

    Parameters
    ----------
    remark : Remark
        As a candidate has it.

    Returns
    -------
    str

    Examples
    --------
    >>> full_text(Remark("proposal rejected", "decided against Roads", (), "Too far."))
    'decided against Roads: Too far.'
    """
    return f"{remark.text}: {remark.detail}" if remark.detail else remark.text


def left_out_table(inquiry: Inquiry, excluded: Iterable[Exclusion], sources: bool = False) -> Table:
    """Those who are no candidates, by why.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    excluded : iterable of Exclusion
        As found.
    sources : bool
        Whether to say where it is said.

    Returns
    -------
    Table

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> left_out_table(read_inquiry(store), [Exclusion("GB-LAS-ANS", "left")]).rows
    [['left', ['Angus']]]
    """
    names: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    for one in excluded:
        names.setdefault(one.why, []).append(inquiry.around.name(one.council))
        places.setdefault(one.why, []).extend(one.said_in)
    rows: list[list[object]] = []
    for why, councils in sorted(names.items()):
        cited = Places(tuple(dict.fromkeys(places[why]))) if places[why] else None
        rows.append([why, sorted(councils), *([cited] if sources else [])])
    return Table(["why", "councils", *(["said_in"] if sources else [])], rows, "Left out")


def _set_name(inquiry: Inquiry, plan: Plan) -> str:
    members = sorted(inquiry.around.names(plan.members))
    return f"a service of {listed(members)}" if members else "a service of nobody"


def _ranked(inquiry: Inquiry, ranked: Iterable[Candidate], reasons: bool) -> Table:
    chances = inquiry.learnt.scale is not None
    columns = ["rank", "council", "score", *(["chance"] if chances else [])]
    rows = []
    for rank, one in enumerate(ranked, 1):
        row: list[object] = [rank, inquiry.around.name(one.council), round(one.score, 3)]
        if chances:
            row.append(None if one.chance is None else round(one.chance, 3))
        if reasons:
            row += [reason_texts(one.reasons), [_objection(remark) for remark in one.objections]]
        rows.append(row)
    return Table([*columns, *(["reasons", "objections"] if reasons else [])], rows, "Could join")


def _sourced(inquiry: Inquiry, ranked: Iterable[Candidate]) -> Table:
    rows: list[list[object]] = []
    for one in ranked:
        name = inquiry.around.name(one.council)
        rows += [
            [name, "for", reason.text, round(reason.moved, 3), _places(reason.said_in)]
            for reason in one.reasons
        ]
        for side, remarks in (("against", one.objections), ("beside", one.facts)):
            rows += [
                [name, side, full_text(remark), _moved(remark), _places(remark.said_in)]
                for remark in remarks
            ]
    return Table(["council", "speaks", "what", "moved", "said_in"], rows, "Where it is said")


def _places(said_in: tuple[str, ...]) -> Places | None:
    return Places(said_in) if said_in else None
