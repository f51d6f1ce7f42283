"""Whom to ask once more, and for what, as tables."""

from __future__ import annotations

from typing import Any

from graphmodel.reports.survey_claims import NO_RETURN, NOT_MENTIONED, STILL_WAITS
from graphmodel.reports.survey_waves import Survey
from graphmodel.reports.table import Report, Table
from graphmodel.survey.response import (
    FINDINGS,
    WANTED,
    Claim,
    FollowUp,
    Missing,
    both_names,
    follow_ups,
)

_RULES = (
    "Missing: no answer to 'still operational?'; or of what operates, "
    f"{', '.join(WANTED)}, where neither this council nor another, now or in an earlier wave, "
    "says it. Findings: kinds of "
    f"{', '.join(FINDINGS)} of which the return has none at all. Claims: others say that the "
    "council takes part, and its own return does not tell of it. Waits: names and words of the "
    "return that wait for a decision ('graphmodel survey resolve'); what is missing may be there."
)
_WAITS = "may be in what waits for a decision"


def asked_again(survey: Survey, wave: str, council: str | None = None) -> list[FollowUp]:
    """What is to be asked of the councils, or of one.

    Parameters
    ----------
    survey : Survey
        As from `graphmodel.reports.survey_waves.survey_of`.
    wave : str
        Its name.
    council : str, optional
        Id of the only one.

    Returns
    -------
    list of FollowUp
        By name of the council.

    Examples
    --------
    >>> from graphmodel.survey.waves import Wave
    >>> survey = Survey((Wave("2020", ()),), {"GB-LAS-ANS": "Angus"}, {}, {})
    >>> [one.council for one in asked_again(survey, "2020")]
    ['GB-LAS-ANS']
    """
    asked = survey.wave(wave)
    found = [
        one
        for one in follow_ups(asked, survey.whom(asked), survey.before(asked))
        if council in (None, one.council)
    ]
    return sorted(found, key=lambda one: survey.councils.get(one.council, one.council))


def follow_up_report(survey: Survey, wave: str, council: str | None = None) -> Report:
    """List who has not answered, and what is missing from whose answer.

    Parameters
    ----------
    survey : Survey
        As from `graphmodel.reports.survey_waves.survey_of`.
    wave : str
        Its name.
    council : str, optional
        Id of the only one to show.

    Returns
    -------
    Report

    Examples
    --------
    >>> from graphmodel.survey.waves import Wave
    >>> survey = Survey((Wave("2020", ()),), {"GB-LAS-ANS": "Angus"}, {}, {})
    >>> follow_up_report(survey, "2020").tables[0].rows
    [['Angus', False, None, None, 0, None]]
    """
    asked = asked_again(survey, wave, council)
    councils: list[list[Any]] = []
    missing: list[list[Any]] = []
    claims: list[list[Any]] = []
    for one in asked:
        name = survey.councils.get(one.council, one.council)
        there = one.answered
        councils.append(
            [
                name,
                there,
                sum(not each.waits for each in one.missing) if there else None,
                list(one.findings) if there else None,
                len(one.claims),
                len(one.waiting) if there else None,
            ]
        )
        missing += [
            [name, each.place, _named(survey, each), [*each.what, *([_WAITS] * each.waits)]]
            for each in one.missing
        ]
        state = NO_RETURN if not there else STILL_WAITS if one.waiting else NOT_MENTIONED
        claims += [
            [name, _named(survey, each), [survey.councils.get(by, by) for by in each.by], state]
            for each in one.claims
        ]
    of = survey.wave(wave)
    notes = [*survey.notes(of), _RULES, *survey.on_whom(of)]
    if council is not None and not asked:
        notes.append(
            f"{survey.councils.get(council, council)} was not asked: no workbook of {wave} was "
            "written for it here."
        )
    return Report(
        f"The survey of {wave}: what is still to be asked",
        [
            Table(
                ["council", "answered", "activities", "findings", "claims", "waits"],
                councils,
                "Councils",
            ),
            Table(["council", "place", "activity", "missing"], missing, "Missing"),
            Table(["council", "activity", "told by", "own return"], claims, "Claims"),
        ],
        notes,
        survey.documents,
    )


def _named(survey: Survey, said: Missing | Claim) -> str:
    return both_names(said.name, said.id, survey.services)
