"""Several new members at once, and services that councils could join, as reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graphmodel.analytics.candidates import Candidate, explain
from graphmodel.analytics.change import change_of
from graphmodel.analytics.expansions import Opening, best_sets, open_services, openings
from graphmodel.analytics.inquiry import Inquiry, Reach, read_inquiry
from graphmodel.reports.candidates import (
    Asked,
    plan_notes,
    read_asked,
    reason_texts,
    score_notes,
)
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

MOST_SETS = 20
MOST_OPENINGS = 20
"""Rows that are shown unless more are asked for."""
_LINKS = {"land": "by land and bridge", "ferry": "by land, bridge, ferry or water"}


def sets_report(store: Store, asked: Asked, number: int, *, as_of: date | None = None) -> Report:
    """Show the best sets of new members.

    Parameters
    ----------
    store : Store
        An open store.
    asked : Asked
        What they would join.
    number : int
        How many join at once.
    as_of : date, optional
        The day whose picture it is.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError, GraphmodelError
        As for `graphmodel.reports.candidates.read_asked`.

    Examples
    --------
    >>> sets_report(store, Asked("Ayrshire Roads Alliance"), 2).tables[0].rows[0][0]
    1
    """
    answer = read_asked(store, asked, as_of)
    inquiry, plan = answer.inquiry, answer.plan
    found = best_sets(inquiry, plan, number, MOST_SETS)
    rows: list[list[object]] = []
    for rank, one in enumerate(found.ranked, 1):
        change = change_of(inquiry.around, plan.members, one.councils)
        names = inquiry.around.names(one.councils)
        rows.append([rank, names, round(one.score, 3), change.pieces[1], change.population[1]])
    columns = ["rank", "councils", "score", "pieces_after", "people_after"]
    tried = f"All {found.tried:,} sets" if found.exact else f"{found.tried:,} sets"
    how = "were tried." if found.exact else "were left of a beam search: there may be better ones."
    notes = [
        *plan_notes(answer),
        "score: of each, given the members and those of the set who come before it, added up; the "
        "mean over all orders in which they could come.",
        f"{tried} of {number} {how}",
        *_contiguous(asked.reach),
        *score_notes(inquiry)[:1],
    ]
    title = f"Best sets of {number} for {answer.title}"
    return Report(title, [Table(columns, rows, "Could join together")], notes)


def openings_report(
    store: Store,
    council: str | None = None,
    *,
    as_of: date | None = None,
    reach: Reach = "land",
    reasons: bool = True,
    most: int | None = None,
) -> Report:
    """Show the services that a council could best join, or the best over all councils.

    Parameters
    ----------
    store : Store
        An open store.
    council : str, optional
        Id, name or alias.
    as_of : date, optional
        The day whose picture it is.
    reach : {"land", "ferry", "any"}
        How a candidate must touch a member.
    reasons : bool
        Whether to give reasons and objections.
    most : int, optional
        How many to show.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one council answers to the name.

    Examples
    --------
    >>> openings_report(store, "Angus").title
    'What Angus could join'
    """
    chosen = name_index(store, "Council").resolve(council) if council is not None else None
    inquiry = read_inquiry(store, as_of, reach)
    found = openings(inquiry, chosen.id if chosen else None)
    shown = found[: MOST_OPENINGS if most is None else most]
    columns = [
        "service",
        *([] if chosen else ["council"]),
        "rank",
        "standing" if inquiry.learnt.scale is None else "chance",
        *(["reasons", "objections"] if reasons else []),
    ]
    rows = [_row(inquiry, one, chosen is None, reasons) for one in shown]
    order = "chance, which means the same for every service"
    if inquiry.learnt.scale is None:
        order = (
            "standing, by how many standard deviations the score lies above the mean of all who "
            "do not take part in that service"
        )
    notes = [
        f"Looked at: {len(open_services(inquiry))} services that are live or a pilot, with two "
        "councils or more and fewer than nine in ten.",
        f"Ordered by {order}; rank: among those who could join that service.",
        *_contiguous(reach),
        *score_notes(inquiry),
    ]
    if len(found) > len(shown):
        notes.append(f"The first {len(shown)} of {len(found)} (--limit for more or fewer).")
    title = f"What {chosen.name} could join" if chosen else "The most promising expansions"
    return Report(title, [Table(columns, rows, "Could join")], notes)


def _row(inquiry: Inquiry, one: Opening, with_council: bool, reasons: bool) -> list[object]:
    names = [one.service, one.council] if with_council else [one.service]
    value = one.standing if one.chance is None else one.chance
    row: list[object] = [*inquiry.around.names(names), one.rank, round(value, 3)]
    if reasons:
        plan = inquiry.plan(one.service)
        drafts: Sequence[Candidate] = [Candidate(one.council, one.score, one.chance)]
        [told] = explain(inquiry, plan, drafts, [one.council])
        row += [reason_texts(told.reasons, 2), [remark.text for remark in told.objections]]
    return row


def _contiguous(reach: Reach) -> list[str]:
    return [f"Each hangs together with present members {_LINKS[reach]}."] if reach in _LINKS else []
