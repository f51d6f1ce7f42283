"""How well answers are matched, where the truth is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from graphmodel.survey.evidence import Known
from graphmodel.survey.matching import Match, known_of, match
from tests.made_survey.making import MadeSurvey
from tests.made_survey.truth import WAVES

Outcome = Literal["right", "open", "missed", "wrong"]


@dataclass
class Score:
    """What became of the answers and activities of one wave.

    An activity that was on the books before is right if an answer found it and none was taken
    for new or for another; wrong if one was taken for another; missed if one was taken for new;
    open if all that is left is to be decided. A new activity is wrong if an answer of it was
    taken for another, missed if its answers were not brought together.
    """

    before: dict[str, Outcome] = field(default_factory=dict)
    """Activities that an earlier wave told of, by key."""
    new: dict[str, Outcome] = field(default_factory=dict)
    answers: dict[Outcome, int] = field(default_factory=lambda: defaultdict(int))
    """Answers without an id; one that founds what is known is right."""
    by_id: int = 0


@dataclass
class Course:
    """A made survey, matched wave by wave as an officer would have it."""

    survey: MadeSurvey
    known: dict[str, Known] = field(default_factory=dict)
    key_of: dict[str, str] = field(default_factory=dict)
    """Key of what each known activity was made for."""
    matches: dict[str, list[Match]] = field(default_factory=dict)
    decided: dict[str, list[Match]] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)

    def key(self, one: Match) -> str:
        """Of the activity that an answer is truly about."""
        return self.survey.key_of[one.answer.wave, one.answer.council, one.answer.place]

    @property
    def id_of(self) -> dict[str, str]:
        """The first id on the books of each activity."""
        return {key: id_ for id_, key in reversed(list(self.key_of.items()))}


def run(survey: MadeSurvey) -> Course:
    """Match all waves; what stays open is decided rightly, what is wrong stays wrong."""
    course = Course(survey)
    for wave in WAVES:
        ids = course.id_of
        answers = [
            replace(one, id=ids.get(one.id) if one.id else None) for one in survey.answers(wave)
        ]
        course.matches[wave] = found = match(answers, list(course.known.values()))
        before = set(course.key_of.values())
        for one in found:
            if one.how == "new" and one.known is not None:
                course.key_of[one.known.id] = course.key(one)
        course.scores[wave] = scored(course, found, before)
        course.decided[wave] = _decided(course, found)
        for known in known_of(course.decided[wave]):
            course.known[known.id] = known
    return course


def scored(course: Course, found: Sequence[Match], before: set[str]) -> Score:
    """Compare matches with the truth."""
    score = Score()
    told: dict[str, list[Outcome]] = defaultdict(list)
    for one, outcome in zip(found, _outcomes(course, found, before), strict=True):
        told[course.key(one)].append(outcome)
        if one.how == "id":
            score.by_id += 1
        else:
            score.answers[outcome] += 1
    for key, outcomes in told.items():
        worst: Outcome = "right"
        for outcome in ("open", "right", "missed", "wrong"):
            if outcome in outcomes:
                worst = outcome
        (score.before if key in before else score.new)[key] = worst
    return score


def _outcomes(course: Course, found: Sequence[Match], before: set[str]) -> Iterable[Outcome]:
    seen: set[str] = set()
    for one in found:
        key = course.key(one)
        if one.known is None:
            yield "open"
        elif course.key_of[one.known.id] != key:
            yield "wrong"
        elif one.how == "new" and (key in before or key in seen):
            yield "missed"
        else:
            yield "right"
        if one.how == "new":
            seen.add(key)


def _decided(course: Course, found: Sequence[Match]) -> list[Match]:
    """Decide what stayed open by what is true, making known what nothing tells of yet."""
    decided = [one for one in found if one.known is not None]
    for one in found:
        if one.known is None:
            key = course.key(one)
            if key not in course.id_of:
                course.key_of[f"decided-{key}"] = key
            id_ = course.id_of[key]
            known = course.known.get(id_) or Known(id_, one.answer.name)
            decided.append(replace(one, known=known, how="decided", score=1.0))
    return decided
