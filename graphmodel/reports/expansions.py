"""Several new members at once, and services that councils could join, as reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from graphmodel.analytics.candidates import Candidate, explain
from graphmodel.analytics.change import change_of
from graphmodel.analytics.expansions import (
    JoiningSets,
    Opening,
    best_sets,
    boards,
    open_services,
    openings,
)
from graphmodel.analytics.inquiry import Inquiry, Reach, read_inquiry
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.ranks import places
from graphmodel.reports.asked import (
    Answer,
    Asked,
    plan_notes,
    read_asked,
    record_notes,
    score_notes,
)
from graphmodel.reports.candidates import reason_texts, sourced_table
from graphmodel.reports.joining import explained_members, key_of, reasons_table
from graphmodel.reports.sheets import titles
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

MOST_SETS = 20
MOST_OPENINGS = 20
"""Rows that are shown unless more are asked for."""
_LINKS = {"land": "by land and bridge", "ferry": "by land, bridge, ferry or water"}


def sets_report(
    store: Store,
    asked: Asked,
    number: int,
    *,
    as_of: date | None = None,
    reasons: bool = True,
    sources: bool = False,
    most: int | None = None,
) -> Report:
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
    reasons : bool
        Whether to give the strongest reason of each new member, and what it touches.
    sources : bool
        Whether to list everything that speaks for or against them, with the places.
    most : int, optional
        How many sets to show.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError, GraphmodelError
        As for `graphmodel.reports.asked.read_asked`.

    Examples
    --------
    >>> sets_report(store, Asked("Ayrshire Roads Alliance"), 2).tables[0].rows[0][0]
    1
    """
    answer = read_asked(store, asked, as_of)
    inquiry, plan = answer.inquiry, answer.plan
    found = best_sets(inquiry, plan, number, MOST_SETS if most is None else most)
    told = explained_members(inquiry, plan, found.ranked) if reasons or sources else {}
    tables = [_sets(inquiry, plan, found)]
    if reasons and found.ranked:
        tables.append(reasons_table(inquiry, plan, found.ranked, told))
    if sources:
        tables.append(sourced_table(inquiry, told.values()))
    notes = [
        *plan_notes(answer),
        "score: what each owes the members, which is its score given them and those of the set "
        "who come before it, less its score given the latter alone; added up, as the mean over "
        "all orders in which they could come.",
        _tried(found, number, answer),
        *_contiguous(asked.reach),
        *score_notes(inquiry)[:1],
    ]
    if reasons and found.ranked:
        notes.append(
            "Why: the strongest reason of each new member, and what its score beside present "
            "members alone would lose without it; what newcomers share with each other speaks for "
            "no set. --explain COUNCIL has one in full, --sources all that is said of them."
        )
    if len(found.ranked) < found.tried:
        notes.append(f"The first {len(found.ranked)} of {found.tried:,} sets (--limit).")
    title = f"Best sets of {number} for {answer.title}"
    return Report(title, tables, notes, titles(store) if sources else {})


def _sets(inquiry: Inquiry, plan: Plan, found: JoiningSets) -> Table:
    at = places([{key_of(one): one.score for one in found.ranked}])
    rows: list[list[object]] = []
    for one in found.ranked:
        change = change_of(inquiry.around, plan.members, one.councils)
        names = inquiry.around.names(one.councils)
        row: list[object] = [at[key_of(one)], names, round(one.score, 3), change.pieces[1]]
        rows.append([*row, *change.population, *change.area])
    columns = ["rank", "councils", "score", "pieces_after", "people_before", "people_after"]
    columns += ["km2_before", "km2_after"]
    cut = found.tried - len(found.ranked)
    return Table(columns, rows, "Could join together", cut=cut)


def _tried(found: JoiningSets, number: int, answer: Answer) -> str:
    """How many sets were tried, or why there is none."""
    inquiry, plan = answer.inquiry, answer.plan
    if found.ranked and found.exact:
        return f"All {found.tried:,} sets of {number} were tried."
    if found.ranked:
        return (
            f"{found.tried:,} sets of {number} were left of a beam search: there may be better "
            "ones."
        )
    none = f"There is no set of {number}: "
    if not plan.members:
        return none + "no member is known."
    if number > 1 and (ones := best_sets(inquiry, plan, 1).tried):
        return f"{none}{ones} touch a member, and too few others touch these."
    if inquiry.reach == "any":
        return none + "no other council is left."
    return f"{none}nobody who could join touches a member {_LINKS[inquiry.reach]} (--reach)."


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
        *record_notes(inquiry),
        f"Looked at: {len(open_services(inquiry))} services that are live or a pilot, with two "
        "councils or more and fewer than nine in ten.",
        *_by_law(inquiry),
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


def _by_law(inquiry: Inquiry) -> list[str]:
    number = len(boards(inquiry))
    if not number:
        return []
    are = "one more is a statutory board" if number == 1 else f"{number} more are statutory boards"
    return [
        f"Left out: {are}, set up by law for an area, which nobody can just join; asked for by "
        "name, such a service has candidates like any other."
    ]


def _contiguous(reach: Reach) -> list[str]:
    return [f"Each hangs together with present members {_LINKS[reach]}."] if reach in _LINKS else []
