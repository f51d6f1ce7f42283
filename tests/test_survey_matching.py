"""Answers of the survey find the activities they are about, and no others."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.survey.answers import Answer, Party
from graphmodel.survey.evidence import Known, told_by
from graphmodel.survey.matching import Match, known_of, match
from tests.made_survey import make, without_ids
from tests.made_survey.scoring import Course, run

UNSEEN = 5001
"""A seed that neither weights nor thresholds were chosen on."""


@pytest.fixture(scope="module")
def course() -> Course:
    return run(make(UNSEEN))


@pytest.fixture(scope="module")
def course_without_ids() -> Course:
    return run(without_ids(make(UNSEEN)))


def told(council: str, name: str, *others: str, row: int = 1, id_: str | None = None) -> Answer:
    parties = tuple(Party(other, other) for other in others)
    return Answer(
        council, "2020", f"New activities, row {row}", id_, name, False, "yes", parties=parties
    )


def found(matches: list[Match]) -> list[tuple[str | None, str]]:
    return [(one.known.id if one.known else None, one.how) for one in matches]


def later(course: Course) -> list[str]:
    """What became of the activities that an earlier wave told of."""
    return [outcome for wave in ("2016", "2020") for outcome in course.scores[wave].before.values()]


def test_nearly_all_are_matched_over_waves(course: Course) -> None:
    outcomes = later(course)
    assert outcomes.count("right") >= 0.98 * len(outcomes)


def test_hardly_any_are_matched_wrongly(course: Course) -> None:
    outcomes = [one for score in course.scores.values() for one in score.before.values()]
    outcomes += [one for score in course.scores.values() for one in score.new.values()]
    assert outcomes.count("wrong") < 0.005 * len(outcomes)


def test_without_any_ids_what_is_lost_is_asked_rather_than_guessed(
    course_without_ids: Course,
) -> None:
    outcomes = later(course_without_ids)
    assert outcomes.count("wrong") < 0.005 * len(outcomes)
    assert outcomes.count("right") + outcomes.count("open") >= 0.98 * len(outcomes)


def test_every_answer_gets_one_result_in_its_place(course: Course) -> None:
    for wave, matches in course.matches.items():
        assert [(one.answer.council, one.answer.place) for one in matches] == [
            (one.council, one.place) for one in course.survey.answers(wave)
        ]


def test_no_council_tells_of_an_activity_twice_unless_by_id(course: Course) -> None:
    for matches in course.matches.values():
        pairs = [
            (one.answer.council, one.known.id)
            for one in matches
            if one.known is not None and one.how != "id"
        ]
        assert len(pairs) == len(set(pairs))


@pytest.mark.slow
@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random: Random) -> None:
    survey = make(UNSEEN)
    answers = [
        replace(one, id=None) for one in survey.answers("2016") if one.council < "GB-LAS-EDU"
    ]
    known = known_of(match(survey.answers("2009"), []))
    before = {(one.answer, *found([one])[0], one.score) for one in match(answers, known)}
    random.shuffle(answers)
    random.shuffle(known)
    assert {(one.answer, *found([one])[0], one.score) for one in match(answers, known)} == before


def test_a_wave_matched_with_itself_is_itself() -> None:
    answers = make(UNSEEN).answers("2009")
    first = match(answers, [])
    settled = [one for one in first if one.known is not None]
    again = match([one.answer for one in settled], known_of(first))
    assert [one.known.id for one in again if one.known] == [
        one.known.id for one in settled if one.known
    ]


SUBJECTS = ("Roads maintenance", "Trading standards", "Internal audit", "School catering")
COUNCILS = ("GB-LAS-ANS", "GB-LAS-DND", "GB-LAS-FIF")
RENAMED = (
    str.upper,
    str.title,
    lambda name: name.replace(" and ", " & "),
    lambda name: f"The {name}",
    lambda name: f"Joint {name.lower()}",
    lambda name: f"{name.split(' (')[0]} - {name.split(' (')[1][:-1]}",
    lambda name: name.replace("maintenance", "maint.").replace("partnership", "p'ship"),
    lambda name: name.replace("standards", "standrads").replace("catering", "cattering"),
)


@given(
    st.lists(st.sampled_from(SUBJECTS), min_size=1, unique=True),
    st.lists(st.sampled_from(RENAMED), min_size=4, max_size=4),
    st.sampled_from(COUNCILS),
)
def test_a_new_wording_that_could_mean_one_thing_only_is_understood(
    subjects: list[str], wordings: list[object], council: str
) -> None:
    names = [f"{subject} partnership (Angus and Dundee City)" for subject in subjects]
    known = [Known(f"known-{at}", name, (), frozenset(COUNCILS)) for at, name in enumerate(names)]
    others = [one for one in COUNCILS if one != council]
    answers = [
        told(council, wording(name), *others, row=at)  # type: ignore[operator]
        for at, (name, wording) in enumerate(zip(names, wordings, strict=False))
    ]
    assert [one.known and one.known.id for one in match(answers, known)] == [
        one.id for one in known
    ]


@pytest.mark.parametrize(
    ("name", "members", "answer"),
    [
        (
            "Roads maintenance partnership (Angus and Dundee)",
            {"GB-LAS-ANS", "GB-LAS-DND"},
            told(
                "GB-LAS-ANS",
                "Roads maintenance partnership (Angus and Perth and Kinross)",
                "GB-LAS-PKN",
            ),
        ),
        (
            "Tyne/Esk LEADER Programme 2007-13",
            {"GB-LAS-ELN", "GB-LAS-MLN"},
            told("GB-LAS-ELN", "Tyne/Esk LEADER Programme 2014-20", "GB-LAS-MLN"),
        ),
        (
            "Lanarkshire waste service (north)",
            {"GB-LAS-NLK", "GB-LAS-SLK"},
            told("GB-LAS-SLK", "Lanarkshire waste service (south)", "GB-LAS-NLK"),
        ),
        (
            "Community safety hub",
            {"GB-LAS-FIF", "police-scotland"},
            told("GB-LAS-MRY", "Community safety hub", "nhs-grampian"),
        ),
        (
            "Renfrewshire Civil Contingencies Service",
            {"GB-LAS-RFW", "GB-LAS-IVC"},
            told("GB-LAS-RFW", "Renfrewshire Leisure Service", "GB-LAS-IVC"),
        ),
    ],
)
def test_what_sounds_alike_and_is_not_the_same_is_not_taken_for_it(
    name: str, members: set[str], answer: Answer
) -> None:
    (one,) = match([answer], [Known("other", name, (), frozenset(members))])
    assert one.how in ("new", "open")


def test_an_id_decides_whatever_the_name() -> None:
    known = [Known("roads", "Roads"), Known("audit", "Internal audit")]
    assert found(match([told("GB-LAS-ANS", "Internal audit", id_="roads")], known)) == [
        ("roads", "id")
    ]


def test_an_unknown_id_is_as_good_as_none() -> None:
    known = [Known("roads", "Roads", (), frozenset({"GB-LAS-ANS"}))]
    assert found(match([told("GB-LAS-ANS", "ROADS", id_="no-such")], known)) == [("roads", "name")]


def test_two_rows_that_could_both_be_it_stay_open() -> None:
    known = [Known("audit", "Internal audit", (), frozenset({"GB-LAS-ANS"}))]
    rows = [told("GB-LAS-ANS", "Internal audit", row=row) for row in (1, 2)]
    matches = match(rows, known)
    assert found(matches) == [(None, "open"), (None, "open")]
    assert {near.id for one in matches for near, _ in one.nearest} == {"audit"}


def test_several_councils_that_tell_of_one_new_activity_make_one_known() -> None:
    rows = [
        told("GB-LAS-ANS", "Tayside trading standards laboratory", "GB-LAS-DND", "GB-LAS-PKN"),
        told("GB-LAS-DND", "TRADING STANDARDS LAB, TAYSIDE", "GB-LAS-ANS", "GB-LAS-PKN"),
        told("GB-LAS-PKN", "Tayside Trading Standards laboratory", "GB-LAS-ANS", "GB-LAS-DND"),
    ]
    matches = match(rows, [])
    assert {one.known.id for one in matches if one.known} == {
        "tayside-trading-standards-laboratory"
    }
    (known,) = known_of(matches)
    assert known.members == frozenset().union(*map(told_by, rows))


def test_what_several_tell_that_may_be_what_others_tell_is_asked_once() -> None:
    rows = [
        told("GB-LAS-ANS", "Tayside construction framework hub"),
        told("GB-LAS-DND", "Tayside construction framework hub"),
        told("GB-LAS-FIF", "Tayside construction contract hub"),
        told("GB-LAS-PKN", "Tayside construction contract hub"),
    ]
    first, second, third, fourth = match(rows, [])
    assert (first.how, second.how, third.how, fourth.how) == ("new", "name", "open", "waits")
    assert first.known is not None
    assert [near.id for near, _ in third.nearest] == [first.known.id]
    decided = [*rows[:2], replace(rows[2], id=first.known.id), rows[3]]
    assert [one.known and one.known.id for one in match(decided, known_of([first, second]))] == [
        first.known.id
    ] * 4


def test_what_lies_in_one_council_area_is_not_another_councils_of_the_same_name() -> None:
    rows = [
        replace(told(council, "Community planning partnership"), region="One Local Authority")
        for council in ("GB-LAS-FIF", "GB-LAS-MRY")
    ]
    assert found(match(rows, [])) == [
        ("community-planning-partnership", "new"),
        ("community-planning-partnership-2", "new"),
    ]


def test_nothing_asked_nothing_found() -> None:
    assert match([], [Known("roads", "Roads")]) == []
    assert known_of([]) == []


def test_a_name_without_letters_is_new_and_not_lost() -> None:
    assert found(match([told("GB-LAS-ANS", "???")], [])) == [("unnamed", "new")]
