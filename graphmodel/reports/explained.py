"""One candidate in full, to take into a meeting, as a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graphmodel.analytics.candidates import (
    Candidate,
    explain,
    left_out,
    measured_on,
    score_all,
)
from graphmodel.analytics.change import change_of
from graphmodel.analytics.ranks import places
from graphmodel.analytics.reasons import one_by_one
from graphmodel.analytics.remarks import Remark
from graphmodel.reports.asked import (
    Answer,
    Asked,
    plan_notes,
    read_asked,
    score_notes,
)
from graphmodel.reports.candidates import LEAST_MOVED, full_text
from graphmodel.reports.citations import Places
from graphmodel.reports.sheets import titles
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from graphmodel.wording import listed

_PARTS = {
    "ties": "other services",
    "border": "border",
    "grouping": "official groupings",
    "area": "having such a service with others",
}


def explained_report(
    store: Store, asked: Asked, council: str, *, as_of: date | None = None
) -> Report:
    """Show all that speaks for and against one council's joining, and what would change.

    Parameters
    ----------
    store : Store
        An open store.
    asked : Asked
        What it would join.
    council : str
        Its id, name or alias.
    as_of : date, optional
        The day whose picture it is.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError, GraphmodelError
        As for `graphmodel.reports.asked.read_asked`.

    Examples
    --------
    >>> explained_report(store, Asked("Ayrshire Roads Alliance"), "North Ayrshire").title
    'North Ayrshire for Ayrshire Roads Alliance'
    """
    chosen = name_index(store, "Council").resolve(council)
    answer = read_asked(store, asked, as_of)
    inquiry, plan = answer.inquiry, answer.plan
    title = f"{chosen.name} for {answer.title}"
    out = {one.council: one.why for one in left_out(inquiry, plan)}
    if chosen.id in plan.members or not plan.members:
        return Report(title, [_facts([["where it stands", out[chosen.id]]])], plan_notes(answer))
    scored = sorted(score_all(inquiry, plan), key=lambda one: (-one.score, one.council))
    ranked = [one for one in scored if one.council == chosen.id or one.council not in out]
    found = {one.council: one for one in explain(inquiry, plan, ranked, [chosen.id])}
    one = found[chosen.id]
    place = places([{other.council: other.score for other in ranked}])[chosen.id]
    stands = f"ranks {place} of {len(ranked)}"
    if chosen.id in out:
        could = len(ranked) - 1
        stands = f"left out: {out[chosen.id]}; would rank {place} beside the {could} who could join"
    tables = [
        _facts(_standing(one, stands)),
        _reasons(one),
        _services(answer, one),
        _objections(one),
        _remarks("Also on record, but no part of the score", _beside(one)),
        _change(answer, one),
    ]
    notes = [
        *plan_notes(answer),
        *score_notes(inquiry),
        "moved: what the score would lose if the edges that the reason rests on were not there, "
        "all else the same. As one can stand in for another, they do not add up.",
    ]
    return Report(title, tables, notes, titles(store))


def _standing(one: Candidate, stands: str) -> list[list[object]]:
    rows: list[list[object]] = [["where it stands", stands], ["score", round(one.score, 3)]]
    if one.chance is not None:
        rows.append(["chance, if just one more joins", round(one.chance, 3)])
    rows += [[f"score from {_PARTS[part]}", round(moved, 3)] for part, moved in one.parts.items()]
    return rows


def _facts(rows: Sequence[Sequence[object]]) -> Table:
    return Table(["what", "value"], rows, "", headerless=True)


def _reasons(one: Candidate) -> Table:
    rows = [
        [
            round(reason.moved, 3),
            reason.text,
            Places(reason.said_in) if reason.said_in and reason.kind != "ties" else None,
        ]
        for reason in one.reasons
        if abs(reason.moved) >= LEAST_MOVED
    ]
    return Table(["moved", "reason", "said_in"], rows, "For, by what each moved the score")


def _services(answer: Answer, one: Candidate) -> Table:
    inquiry, plan = answer.inquiry, answer.plan
    known = measured_on(inquiry.learnt, plan, [one.council])
    case = (inquiry.learnt.scorer, known, inquiry.around, plan.members, plan.categories)
    apart = [
        (single, reason)
        for reason in one.reasons
        if reason.kind == "ties"
        for single in one_by_one(one.council, reason, *case)
    ]
    apart.sort(key=lambda pair: (-pair[0].moved, pair[0].text))
    rows = [
        [
            round(single.moved, 3),
            single.text,
            _who(answer, reason.with_members),
            Places(single.said_in) if single.said_in else None,
        ]
        for single, reason in apart
    ]
    heading = "Services shared with members, each by itself"
    return Table(["moved", "service", "with_members", "said_in"], rows, heading)


def _who(answer: Answer, councils: tuple[str, ...]) -> list[str]:
    if len(councils) == len(answer.plan.members) > 2:
        return ["all"]
    return answer.inquiry.around.names(councils)


def _beside(one: Candidate) -> tuple[Remark, ...]:
    unmoved = [
        Remark("unmoved", reason.text, reason.said_in)
        for reason in one.reasons
        if abs(reason.moved) < LEAST_MOVED
    ]
    return (*unmoved, *one.facts)


def _objections(one: Candidate) -> Table:
    rows = [
        [
            round(remark.moved, 3) if abs(remark.moved) >= LEAST_MOVED else None,
            full_text(remark),
            Places(remark.said_in) if remark.said_in else None,
        ]
        for remark in one.objections
    ]
    return Table(["moved", "what", "said_in"], rows, "Against")


def _remarks(heading: str, remarks: tuple[Remark, ...]) -> Table:
    rows = [[full_text(one), Places(one.said_in) if one.said_in else None] for one in remarks]
    return Table(["what", "said_in"], rows, heading)


def _change(answer: Answer, one: Candidate) -> Table:
    around, plan = answer.inquiry.around, answer.plan
    change = change_of(around, plan.members, [one.council])
    unknown = [
        around.name(council)
        for council in sorted({*plan.members, one.council})
        if around.councils[council].population is None or around.councils[council].area is None
    ]
    rows: list[list[object]] = [
        ["councils", len(plan.members), len(plan.members) + 1],
        ["people", *change.population],
        ["km²", *change.area],
        ["pieces by land and bridge", *change.pieces],
        ["pieces with ferries and water", *change.with_ferries],
    ]
    heading = "What would change"
    if unknown:
        heading += f" (size not known: {listed(unknown)})"
    return Table(["what", "before", "after"], rows, heading)
