"""The made survey's waves are compared and counted as is true of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest

from graphmodel.reports.survey_compare import compare_report
from graphmodel.reports.survey_tables import tables_report
from graphmodel.reports.survey_waves import Survey
from graphmodel.store import Store
from graphmodel.survey.answers import Answer, Operational, Return
from graphmodel.survey.comparing import compare, compare_by_council, counted
from graphmodel.survey.waves import Wave
from tests.made_survey import WAVES, MadeSurvey, make, published

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest) -> MadeSurvey:
    return make(request.param)


def survey_of(made: MadeSurvey) -> Survey:
    """The returns as if each answer had been matched rightly."""
    waves = []
    for wave in WAVES:
        returns = []
        for one in made.returns[wave]:
            answers = tuple(
                replace(each, id=made.key_of[wave, each.council, each.place])
                for each in one.answers
            )
            returns.append(replace(one, answers=answers))
        waves.append(Wave(wave, tuple(returns)))
    councils = {id_: name for name, id_ in published.ids("councils").items()}
    return Survey(tuple(waves), councils, {}, {})


def told_changed(made: MadeSurvey, wave: str) -> set[str]:
    return {
        made.key_of[wave, one.council, one.place]
        for one in made.answers(wave)
        if one.operational == "changed"
    }


OUTCOMES = {
    ("2009", "2016"): {
        "yes yes yes": "still operational",
        "yes ? yes": "not answered",
        "yes ? no": "not answered",
        "yes yes no": "still operational",
        "yes no -": "ended",
        "yes yes ?": "still operational",
        "- yes yes": "new",
        "- yes no": "new",
        "- yes ?": "new",
    },
    ("2016", "2020"): {
        "yes yes yes": "still operational",
        "yes ? yes": "still operational",
        "yes ? no": "ended",
        "yes yes no": "ended",
        "yes yes ?": "not answered",
        "- yes yes": "still operational",
        "- yes no": "ended",
        "- yes ?": "not answered",
        "- - yes": "new",
    },
}
"""What is to come out, by what three waves were told; what is left out is not in the comparison."""


@pytest.mark.parametrize("waves", OUTCOMES)
def test_what_became_of_every_activity(made: MadeSurvey, waves: tuple[str, str]) -> None:
    survey = survey_of(made)
    first, second = (survey.wave(name) for name in waves)
    changed = told_changed(made, second.name)
    expected = {}
    for one in made.truth.activities:
        outcome = OUTCOMES[waves].get(" ".join(one.told))
        if outcome == "still operational" and one.key in changed:
            outcome = "changed"
        if outcome:
            expected[one.key] = outcome
    changes = compare(first, second, survey.before(first))
    assert {change.id: change.outcome for change in changes} == expected


def test_the_totals_are_those_that_the_report_publishes(made: MadeSurvey) -> None:
    waves = {wave.name: wave for wave in survey_of(made).waves}
    assert len(waves["2020"].reported) == published.headline(published.REPORTED)
    assert len(waves["2020"].operational) == published.headline(published.OPERATIONAL)
    assert len(waves["2020"].answering) == published.headline(published.ANSWERED)
    more = len(waves["2020"].operational) - len(waves["2016"].operational)
    assert more == published.headline(published.MORE)


def test_every_row_of_the_three_tables_is_as_published(
    made: MadeSurvey, embedded_scotland: Store
) -> None:
    report = tables_report(embedded_scotland, survey_of(made), ["2016", "2020"])
    assert [table.heading for table in report.tables] == ["By type", "By region", "By category"]
    sums = []
    for table in report.tables:
        records = {str(row[table.columns[0]]): row for row in table.records()}
        sums.append((records.pop("in all")["2020"], records.pop("not given")["2020"]))
        for label, row in records.items():
            assert row["2020"] == row["2020_published"], label
            percents = row["2020_published_percent"]
            share = Decimal(row["2020_percent"]).quantize(Decimal(1), ROUND_HALF_UP)
            assert float(share) in (percents if isinstance(percents, list) else [percents]), label
    assert sums == [(177, 65), (176, 66), (176, 66)]


def test_a_wave_that_nobody_published_has_no_published_column(
    made: MadeSurvey, embedded_scotland: Store
) -> None:
    report = tables_report(embedded_scotland, survey_of(made), ["2009", "2016"])
    assert [list(table.columns[1:]) for table in report.tables] == [
        ["2009", "2009_percent", "2016", "2016_percent"]
    ] * 3


@pytest.mark.parametrize("facet", ["type", "region", "category"])
def test_the_tables_of_earlier_waves_count_what_is_true(
    made: MadeSurvey, embedded_scotland: Store, facet: str
) -> None:
    report = tables_report(embedded_scotland, survey_of(made), ["2009", "2016"])
    table = next(table for table in report.tables if table.heading == f"By {facet}")
    names = {id_: name for name, id_ in published.ids("categories").items()}
    names |= {id_: name for name, id_ in published.ids("activity_types").items()}
    for wave in ("2009", "2016"):
        true = Counter(
            names.get(kind, kind) if (kind := getattr(one, facet)) else "not given"
            for one in made.truth.activities
            if one.in_wave(wave) == "yes"
        )
        rows = {row[facet]: row[wave] for row in table.records()}
        total = rows.pop("in all")
        assert {label: number for label, number in rows.items() if number} == true
        assert total == true.total() - true["not given"]


def test_by_council_counts_what_each_says_itself(made: MadeSurvey) -> None:
    survey = survey_of(made)
    then, now = survey.wave("2016"), survey.wave("2020")
    compared = compare_by_council(then, now, survey.before(then))
    for council, changes in compared.items():
        said = {
            made.key_of["2020", council, one.place]: one
            for one in made.answers("2020")
            if one.council == council
        }
        new = {change.id for change in changes if change.outcome == "new"}
        assert new == {key for key, one in said.items() if not one.asked}
        for change in changes:
            answer = said.get(change.id)
            if answer is None or answer.operational is None:
                assert change.outcome == "not answered"


def test_the_report_says_how_many_answered_and_how_fully(made: MadeSurvey) -> None:
    report = compare_report(survey_of(made), "2016", "2020", listed=True)
    response = {row["measure"]: row["2020"] for row in report.tables[1].records()}
    asked = [one for one in made.answers("2020") if one.asked]
    answered = sum(one.operational is not None for one in asked)
    assert {key: response[key] for key in list(response)[:8]} == {
        "councils asked": None,
        "councils in the store": 32,
        "councils that answered": 26,
        "response rate, %": 81.2,
        "activities reported": 373,
        "of which operational": 242,
        "rows asked": len(asked),
        "rows answered, %": round(100 * answered / len(asked), 1),
    }
    assert len(report.tables[2].rows) == 32
    [on_whom] = [note for note in report.notes if note.startswith("Asked in")]
    assert on_whom.startswith("Asked in 2016 and 2020: not known here")
    assert on_whom.endswith("of all 32 councils in the store.")
    listed = Counter(row["outcome"] for row in report.tables[3].records())
    assert {row[0]: row[1] for row in report.tables[0].rows if row[1]} == listed


def test_a_wave_beside_itself_has_nothing_new() -> None:
    wave = survey_of(make(0)).wave("2020")
    counts = counted(compare(wave, wave))
    assert (counts["new"], counts["ended"], counts["not answered"]) == (0, 0, 14)


def wave(name: str, **said: Operational | None) -> Wave:
    """What one council answers of each activity."""
    answers = tuple(
        Answer("a", name, f"row {at}", id_, id_, operational=answer)
        for at, (id_, answer) in enumerate(said.items())
    )
    return Wave(name, (Return("a", name, f"survey-{name}-a", None, "2", answers),))


def test_what_had_ended_and_runs_is_operational_again() -> None:
    earlier = wave("2009", old="no", older="left", gone="no")
    first = wave("2016", roads="no", tax="left", law="yes", old=None)
    second = wave(
        "2020", roads="yes", tax="changed", law="yes", old="yes", older=None, gone="no", lab="yes"
    )
    expected = {
        "roads": "operational again",
        "tax": "operational again",
        "old": "operational again",
        "law": "still operational",
        "lab": "still operational",
    }
    changes = compare(first, second, [earlier])
    found = {change.id: change.outcome for change in changes}
    assert found == expected
    assert counted(changes)["operational again"] == 3
    by_council = compare_by_council(first, second, [earlier])["a"]
    assert {change.id: change.outcome for change in by_council} == found


def test_the_report_counts_what_is_operational_again() -> None:
    waves = wave("2016", roads="no", law="yes"), wave("2020", roads="yes", law="yes")
    report = compare_report(Survey(waves, {"a": "Angus"}, {}, {}), "2016", "2020")
    in_all = dict(map(tuple, report.tables[0].rows))
    assert (in_all["operational again"], in_all["still operational"]) == (1, 1)
    [row] = report.tables[2].records()
    assert (row["operational again"], row["still operational"]) == (1, 1)
