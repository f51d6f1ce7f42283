"""Rows of known activities that lost their reference, and the form's own that seem to be gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from graphmodel.survey.answers import ROW_DELETED, Answer
from graphmodel.survey.form import FORMS, LATEST
from graphmodel.survey.matching import Match


def known_sheet(version: str) -> str:
    """What the sheet of known activities is called in places.

    Parameters
    ----------
    version : str
        Of the form.

    Returns
    -------
    str

    Examples
    --------
    >>> known_sheet("2")
    'Known activities'
    """
    return FORMS[version if version in FORMS else LATEST].sheet("known").title


def said_of(matches: Iterable[Match], known: Collection[str], sheet: str) -> tuple[Answer, ...]:
    """What a return says of each activity, under its id.

    A row of known activities that lost its reference was asked all the same once we know again
    what it is about; then the form's own row, which seems to be gone, was not left blank.

    Parameters
    ----------
    matches : iterable of Match
        Of the return.
    known : collection of str
        Ids of what was known before this wave.
    sheet : str
        As from `known_sheet`.

    Returns
    -------
    tuple of Answer

    Examples
    --------
    >>> from graphmodel.survey.evidence import Known
    >>> lost = Answer("a", "2027", "Known activities, row 6", None, "Road", False, "no")
    >>> gone = Answer("a", "2027", "Known activities, row deleted", "roads", "Roads")
    >>> roads = Known("roads", "Roads")
    >>> matches = [Match(lost, roads, "name and members"), Match(gone, roads, "id")]
    >>> [(one.place, one.asked) for one in said_of(matches, {"roads"}, "Known activities")]
    [('Known activities, row 6', True)]
    """
    answers = [_with_id(each, known, sheet) for each in matches]
    gone = {one.id: one for one in answers if one.place == f"{sheet}{ROW_DELETED}"}
    there = {one.id for one in answers if one is not gone.get(one.id)}
    return tuple(
        _with_the_rest(one, gone.get(one.id))
        for one in answers
        if one is not gone.get(one.id) or one.id not in there
    )


def _with_the_rest(answer: Answer, gone: Answer | None) -> Answer:
    """What other sheets say of an activity under the name that the form gave it."""
    if gone is None or gone is answer:
        return answer
    return replace(
        answer,
        savings=tuple(dict.fromkeys((*answer.savings, *gone.savings))),
        findings=tuple(dict.fromkeys((*answer.findings, *gone.findings))),
        gone=tuple(dict.fromkeys((*answer.gone, *gone.gone))),
    )


def _with_id(found: Match, known: Collection[str], sheet: str) -> Answer:
    answer = replace(found.answer, id=found.known.id if found.known else None)
    if answer.asked:
        return answer
    if answer.id in known and answer.place.startswith(sheet):
        return replace(answer, asked=True)
    return replace(answer, operational=answer.operational or "yes")
