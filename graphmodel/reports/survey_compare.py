"""One wave of the survey against another, as tables."""

from __future__ import annotations

from typing import Any

from graphmodel.reports.survey_waves import Survey
from graphmodel.reports.table import Report, Table
from graphmodel.survey.comparing import OUTCOMES, Change, compare, compare_by_council, counted
from graphmodel.survey.response import Response, response
from graphmodel.survey.waves import Wave

_RULES = (
    "An activity operates if at least one return of the wave says yes, or yes but changed, or "
    "tells of it as new; it has ended if none does and one says no; not answered: it was known "
    "before, and no return says anything of it. Each counts once, however many councils tell of "
    "it. What had ended by the last wave that tells of it does not count, unless it operates in "
    "the later one: then it is operational again, changed or not.",
    "By council: what its own returns say, of what it told or was asked before. So an activity "
    "counts with each council that tells of it, and the columns add up to more than in all; a "
    "council's no may mean that it left, and new that it joined.",
)
_COMPLETE = (
    "Answered: of the rows that were on the forms that came back. Complete: of what the returns "
    "say operates, the share for which they (or an earlier wave's) give service area, type, "
    "reach or region, and who else takes part. Some and all findings: returns with at least one "
    "of benefits, challenges and opportunities, and with all three."
)


def compare_report(
    survey: Survey, first: str, second: str, *, council: str | None = None, listed: bool = False
) -> Report:
    """Compare two waves: in all and by council, with response and completeness.

    Parameters
    ----------
    survey : Survey
        As from `graphmodel.reports.survey_waves.survey_of`.
    first, second : str
        Names of the waves, the earlier first.
    council : str, optional
        Id of the only council to show.
    listed : bool
        Whether to list every activity.

    Returns
    -------
    Report

    Examples
    --------
    >>> survey = Survey((Wave("2016", ()), Wave("2020", ())), {}, {}, {})
    >>> compare_report(survey, "2016", "2020").tables[0].rows[0]
    ['still operational', 0]
    """
    then, now = survey.pair(first, second)
    earlier = survey.before(then)
    if council is None:
        changes = compare(then, now, earlier)
    else:
        changes = compare(then.of(council), now.of(council), [one.of(council) for one in earlier])
    tables = [_in_all(changes)]
    if council is None:
        tables += [_response(survey, then, now), _by_council(survey, then, now)]
    if listed:
        tables.append(_activities(survey, changes, then, now))
    of = "" if council is None else f", {survey.councils.get(council, council)}"
    notes = [*survey.notes(then, now), *(_RULES if council is None else _RULES[:1])]
    if council is None:
        notes += [_COMPLETE, *survey.on_whom(then, now)]
    disputed = sum(one.disputed for one in now.told.values())
    if council is None and disputed:
        notes.append(
            f"Of {disputed} activities that operate in {second} one council says no and another "
            "yes: 'graphmodel report conflicts' shows them."
        )
    return Report(f"The survey of {first} and of {second}{of}", tables, notes, survey.documents)


def _in_all(changes: list[Change]) -> Table:
    rows = [[outcome, number] for outcome, number in counted(changes).items()]
    return Table(["outcome", "activities"], rows, "In all", whole=True)


def _by_council(survey: Survey, then: Wave, now: Wave) -> Table:
    compared = compare_by_council(then, now, survey.before(then))
    rows: list[list[Any]] = []
    for council, name in sorted(survey.councils.items(), key=lambda one: one[1]):
        counts = counted(compared.get(council, []))
        answered = [
            council in wave.answering if council in survey.whom(wave) else None
            for wave in (then, now)
        ]
        rows.append([name, *answered, *counts.values()])
    columns = ["council", f"answered {then.name}", f"answered {now.name}", *OUTCOMES]
    return Table(columns, rows, "By council")


def _activities(survey: Survey, changes: list[Change], then: Wave, now: Wave) -> Table:
    order = {outcome: at for at, outcome in enumerate(OUTCOMES)}
    rows: list[list[Any]] = []
    for one in sorted(changes, key=lambda one: (order[one.outcome], one.name.casefold(), one.id)):
        told = now.told.get(one.id)
        councils = [survey.councils.get(id_, id_) for id_ in (told.councils if told else ())]
        name = survey.services.get(one.id, one.name)
        rows.append([one.outcome, name, one.then, one.now, councils, one.id])
    columns = ["outcome", "activity", then.name, now.name, f"told {now.name} by", "id"]
    return Table(columns, rows, "Activities")


def _response(survey: Survey, *waves: Wave) -> Table:
    measured = [response(wave, survey.whom(wave), survey.before(wave)) for wave in waves]
    rows: list[list[Any]] = [
        [label, *(_cell(one, label) for one in measured)] for label in _MEASURES
    ]
    for at, wave in enumerate(waves, 1):
        if wave.name not in survey.asked:
            rows[0][at] = None
    rows.insert(1, ["councils in the store", *[len(survey.councils) for _ in waves]])
    return Table(["measure", *(wave.name for wave in waves)], rows, "Response", whole=True)


_MEASURES = {
    "councils asked": "asked",
    "councils that answered": "answered",
    "response rate, %": "rate",
    "activities reported": "reported",
    "of which operational": "operational",
    "rows asked": "rows",
    "rows answered, %": "rows_answered",
    "complete, %": "complete",
    "returns with some findings, %": "some_findings",
    "returns with all findings, %": "all_findings",
}


def _cell(measured: Response, label: str) -> Any:
    value = getattr(measured, _MEASURES[label])
    return round(value, 1) if isinstance(value, float) else value
