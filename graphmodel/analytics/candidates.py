"""Which councils could join a service next, why, and which could not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from graphmodel.analytics.arrangements import Arrangements
from graphmodel.analytics.facts import Exclusion
from graphmodel.analytics.inquiry import Inquiry, Reach, read_inquiry
from graphmodel.analytics.learnt import Learnt
from graphmodel.analytics.nearby import near
from graphmodel.analytics.objections import objections_to
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.reasons import Reason, moved_by_area, parts_of, reasons_for
from graphmodel.analytics.remarks import Remark, supporting_facts
from graphmodel.store import Store

EXPLAINED = 20
"""Candidates whose reasons are measured unless others are asked for."""
FAR: Mapping[Reach, str] = {
    "land": "touches no member by land or bridge",
    "ferry": "touches no member by land, bridge, ferry or water",
    "any": "",
}
NO_MEMBER = "no member is known, so nothing speaks for or against it"


@dataclass(frozen=True)
class Candidate:
    """A council that could join.

    Attributes
    ----------
    council : str
        Its id.
    score : float
        As learnt; the higher, the better. Only the order means anything.
    chance : float or None
        That it is the one, if one more council joins; None where that cannot be told.
    parts : mapping of str to float
        What the score would lose without its ties, border or groupings with members.
    reasons : tuple of Reason
        What speaks for it, by what each moved the score.
    objections, facts : tuple of Remark
        What speaks against it, and what else there is to know.

    Examples
    --------
    >>> Candidate("a", 0.35, None).reasons
    ()
    """

    council: str
    score: float
    chance: float | None
    parts: Mapping[str, float] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    objections: tuple[Remark, ...] = ()
    facts: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Candidates:
    """All councils but the members: who could join, ranked, and who is left out.

    Attributes
    ----------
    ranked : tuple of Candidate
        Best first; equal scores in order of id.
    excluded : tuple of Exclusion
        In order of id.

    Examples
    --------
    >>> Candidates((), (Exclusion("a", "takes part already"),)).ranked
    ()
    """

    ranked: tuple[Candidate, ...]
    excluded: tuple[Exclusion, ...]


def find_candidates(
    inquiry: Inquiry, plan: Plan, explained: int | Collection[str] = EXPLAINED
) -> Candidates:
    """Rank the councils that could join.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What is asked about.
    explained : int or collection of str
        How many of the first get reasons, or which councils do.

    Returns
    -------
    Candidates

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> found = find_candidates(inquiry, inquiry.plan("ayrshire-roads-alliance"))
    >>> inquiry.around.name(found.ranked[0].council)
    'North Ayrshire'
    """
    excluded = left_out(inquiry, plan)
    out = {one.council for one in excluded}
    ranked = sorted(
        (one for one in score_all(inquiry, plan) if one.council not in out),
        key=lambda one: (-one.score, one.council),
    )
    chosen = {one.council for one in ranked[:explained]} if isinstance(explained, int) else None
    wanted = chosen if chosen is not None else set(explained)  # type: ignore[arg-type]
    return Candidates(tuple(explain(inquiry, plan, ranked, wanted)), tuple(excluded))


def score_all(inquiry: Inquiry, plan: Plan) -> list[Candidate]:
    """Score every council that does not take part, near or far.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What is asked about.

    Returns
    -------
    list of Candidate
        In order of id.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> len(score_all(inquiry, inquiry.plan("ayrshire-roads-alliance")))
    30
    """
    learnt = inquiry.learnt
    without = learnt.family(sorted(plan.ignored))
    [scores] = learnt.scores([plan.members], without, plan.categories)
    chances = (plan.members and learnt.chances(scores, plan.members)) or {}
    return [
        Candidate(council, score, chances.get(council))
        for council, score in zip(learnt.known.councils, scores.tolist(), strict=True)
        if council not in plan.members
    ]


def left_out(inquiry: Inquiry, plan: Plan) -> list[Exclusion]:
    """Say which councils are no candidates, and why.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What is asked about.

    Returns
    -------
    list of Exclusion
        In order of id.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> found = left_out(inquiry, inquiry.plan("ayrshire-roads-alliance"))
    >>> [one.council for one in found if one.why == "takes part already"]
    ['GB-LAS-EAY', 'GB-LAS-SAY']
    """
    touching, day = inquiry.touching, inquiry.around.scope.day
    beside = {other for one in plan.members for other in touching[one]} if touching else set()
    found = []
    for council, facts in sorted(inquiry.around.councils.items()):
        if council in plan.members:
            found.append(Exclusion(council, "takes part already"))
        elif council in plan.barred:
            found.append(plan.barred[council])
        elif facts.life.end is not None and facts.life.end <= day:
            found.append(Exclusion(council, f"abolished ({facts.life.end})"))
        elif facts.life.start is not None and facts.life.start > day:
            found.append(Exclusion(council, f"not there yet (from {facts.life.start})"))
        elif not plan.members:
            found.append(Exclusion(council, NO_MEMBER))
        elif touching is not None and council not in beside:
            found.append(Exclusion(council, FAR[inquiry.reach]))
    return found


def explain(
    inquiry: Inquiry, plan: Plan, ranked: Iterable[Candidate], wanted: Collection[str]
) -> list[Candidate]:
    """Add what speaks for and against some of the candidates.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What is asked about.
    ranked : iterable of Candidate
        As from `score_all`.
    wanted : collection of str
        Ids of those to explain.

    Returns
    -------
    list of Candidate
        All of them, in the same order.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> plan = inquiry.plan("ayrshire-roads-alliance")
    >>> [one] = explain(inquiry, plan, score_all(inquiry, plan)[-1:], [])
    >>> one.reasons
    ()
    """
    base = measured_on(inquiry.learnt, plan, wanted)
    found = []
    for one in ranked:
        if one.council in wanted:
            case = (inquiry.learnt.scorer, base, inquiry.around, plan.members, plan.categories)
            one = replace(
                one,
                parts=parts_of(one.council, *case),
                reasons=tuple(reasons_for(one.council, *case)),
                objections=tuple(_objections(one.council, inquiry, base, plan)),
                facts=tuple(supporting_facts(one.council, inquiry.around, plan)),
            )
        found.append(one)
    return found


def _objections(council: str, inquiry: Inquiry, base: Arrangements, plan: Plan) -> Iterator[Remark]:
    case = (inquiry.learnt.scorer, base, plan.members, plan.categories)
    for one in objections_to(council, inquiry.around, plan):
        moved = moved_by_area(council, one.category, *case) if one.category else 0.0
        yield replace(one, moved=moved)


def measured_on(learnt: Learnt, plan: Plan, wanted: Collection[str]) -> Arrangements:
    """What reasons are measured on: all that is known but the service, or all that is near.

    Parameters
    ----------
    learnt : Learnt
        What is known.
    plan : Plan
        What is asked about.
    wanted : collection of str
        Ids of the candidates.

    Returns
    -------
    Arrangements

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> plan = inquiry.plan("ayrshire-roads-alliance")
    >>> known = measured_on(inquiry.learnt, plan, [])
    >>> int(known.sizes[known.services.index("ayrshire-roads-alliance")])
    0
    """
    known = learnt.known.without(learnt.family(sorted(plan.ignored)))
    return near(known, {*plan.members, *wanted})


def service_candidates(
    store: Store, service: str, as_of: date | None = None, reach: Reach = "land"
) -> Candidates:
    """Rank the councils that could join a service of the graph.

    Parameters
    ----------
    store : Store
        An open store.
    service : str
        Id of the service.
    as_of : date, optional
        The day whose picture it is; today by default.
    reach : {"land", "ferry", "any"}
        How a candidate must touch a member.

    Returns
    -------
    Candidates
        The service itself, its parts and successors, the groupings that are its area or
        that of a service on record, and the services that nearly every council shares
        play no part in the score.

    Examples
    --------
    >>> found = service_candidates(store, "ayrshire-roads-alliance")
    >>> found.ranked[0].reasons[0].kind
    'ties'
    """
    inquiry = read_inquiry(store, as_of, reach)
    return find_candidates(inquiry, inquiry.plan(service))
