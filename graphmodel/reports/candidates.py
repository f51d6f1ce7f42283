"""Who could join a service next, as a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from graphmodel.analytics.candidates import (
    EXPLAINED,
    Candidate,
    find_candidates,
)
from graphmodel.analytics.facts import Exclusion
from graphmodel.analytics.inquiry import Inquiry
from graphmodel.analytics.ranks import places
from graphmodel.analytics.reasons import Reason
from graphmodel.analytics.remarks import Remark
from graphmodel.reports.asked import Asked, plan_notes, read_asked, score_notes
from graphmodel.reports.citations import Places
from graphmodel.reports.sheets import titles
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

MOST_REASONS = 3
"""Reasons that a row shows; the others are counted."""
LEAST_MOVED = 0.0005
"""What a reason moves at least to be shown as one that moved the score."""


def candidates_report(
    store: Store,
    service: str | None = None,
    *,
    as_of: date | None = None,
    reasons: bool = True,
    sources: bool = False,
    asked: Asked | None = None,
    most: int | None = None,
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
    most : int, optional
        How many candidates to show.

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
    explained = EXPLAINED if most is None else most
    found = find_candidates(inquiry, plan, explained if reasons or sources else 0)
    shown = found.ranked[:most]
    ranking = _ranked(inquiry, shown, reasons)
    tables = [replace(ranking, cut=len(found.ranked) - len(shown))]
    if sources:
        tables.append(sourced_table(inquiry, shown))
    tables.append(left_out_table(inquiry, found.excluded, sources))
    notes = [*plan_notes(answer), *(score_notes(inquiry) if found.ranked else [])]
    if reasons and shown:
        notes.append(
            "reasons: (+0.12) is what the score would lose if the edges that the reason rests on "
            "were not there, all else the same; as one reason can stand in for another, they do "
            f"not add up. The {MOST_REASONS} that moved it most; --explain COUNCIL has one "
            "candidate in full, --sources every reason with where it is said."
        )
    if reasons and len(shown) > explained:
        notes.append(f"Reasons are measured for the first {explained} only.")
    if len(shown) < len(found.ranked):
        notes.append(f"The first {len(shown)} of {len(found.ranked)} candidates (--limit).")
    documents = titles(store) if sources else {}
    return Report(f"Candidates for {answer.title}", tables, notes, documents)


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
    columns = ["why", "councils", *(["said_in"] if sources else [])]
    return Table(columns, rows, "Left out", whole=True)


def _ranked(inquiry: Inquiry, ranked: Sequence[Candidate], reasons: bool) -> Table:
    chances = inquiry.learnt.scale is not None
    columns = ["rank", "council", "score", *(["chance"] if chances else [])]
    rows = []
    at = places([{one.council: one.score for one in ranked}])
    for one in ranked:
        row: list[object] = [at[one.council], inquiry.around.name(one.council), round(one.score, 3)]
        if chances:
            row.append(None if one.chance is None else round(one.chance, 3))
        if reasons:
            row += [reason_texts(one.reasons), [_objection(remark) for remark in one.objections]]
        rows.append(row)
    return Table([*columns, *(["reasons", "objections"] if reasons else [])], rows, "Could join")


def sourced_table(inquiry: Inquiry, ranked: Iterable[Candidate]) -> Table:
    """All that speaks for, against and beside some candidates, and where it is said.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    ranked : iterable of Candidate
        As explained.

    Returns
    -------
    Table

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> sourced_table(read_inquiry(store), []).columns
    ['council', 'speaks', 'what', 'moved', 'said_in']
    """
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
    columns = ["council", "speaks", "what", "moved", "said_in"]
    return Table(columns, rows, "Where it is said", whole=True)


def _places(said_in: tuple[str, ...]) -> Places | None:
    return Places(said_in) if said_in else None
