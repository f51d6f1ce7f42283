"""Learn what speaks for two answers telling of the same: ``python -m benchmarks.survey_learn``.

The weights of `graphmodel.survey.evidence` come from logistic regression on the pairs of made
surveys (seeds 1000 to 1011); with ``thresholds``, the thresholds of matching are tried on
others (seeds 200 to 207). The trial reports on seeds that neither has seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

import graphmodel.survey
from graphmodel.names import normalised
from graphmodel.survey import matching
from graphmodel.survey.answers import Answer
from graphmodel.survey.evidence import SIGNS, Known, evidence, told_by
from graphmodel.survey.matching import Match, known_of
from tests.made_survey import WAVES, MadeSurvey, make, without_ids
from tests.made_survey.scoring import run

LEARNT_ON, CHOSEN_ON = range(1000, 1012), range(200, 208)
TRIED = (
    (0.9, 0.15, 0.9, 0.05),
    (0.9, 0.05, 0.97, 0.02),
    (0.9, 0.01, 0.97, 0.005),
    (0.97, 0.01, 0.97, 0.005),
    (0.97, 0.01, 0.97, 0.01),
)
"""`SURE`, `POSSIBLE`, `SURE_NEW` and `POSSIBLE_NEW` of `graphmodel.survey.matching`."""
Side = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


def learn() -> None:
    """Write the weights beside the module that uses them."""
    sides: dict[str, list[Side]] = {"known": [], "new": []}
    for seed in LEARNT_ON:
        survey = make(seed)
        sides["known"] += _beside_known(survey)
        sides["new"] += _beside_each_other(survey)
    learnt = {}
    for side, pairs in sides.items():
        signs, same = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
        model = LogisticRegression(max_iter=5000).fit(signs, same)
        learnt[side] = {
            "pairs": len(same),
            "same": int(same.sum()),
            "start": round(float(model.intercept_[0]), 3),
            "signs": {
                sign: round(float(weight), 3)
                for sign, weight in zip(SIGNS, model.coef_[0], strict=True)
            },
        }
    path = Path(next(iter(graphmodel.survey.__path__))) / "weights.json"
    path.write_text(json.dumps(learnt, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(learnt, indent=2))


def _key(survey: MadeSurvey, answer: Answer) -> str:
    return survey.key_of[answer.wave, answer.council, answer.place]


def _beside_known(survey: MadeSurvey) -> Iterator[Side]:
    """Answers that neither id nor name settles, beside what is known rightly by then."""
    told: list[Match] = []
    for wave in WAVES:
        known = known_of(told)
        names = {
            (normalised(name), of) for one in known for name in one.names for of in one.members
        }
        answers = [
            one for one in survey.answers(wave) if (normalised(one.name), one.council) not in names
        ]
        if known:
            signs = evidence(answers, known)
            seen = ~np.isnan(signs[..., 0])
            same = [[_key(survey, one) == other.id for other in known] for one in answers]
            yield signs[seen], np.array(same)[seen]
        told += [
            Match(one, Known(_key(survey, one), one.name), "decided")
            for one in survey.answers(wave)
        ]


def _beside_each_other(survey: MadeSurvey) -> Iterator[Side]:
    """Answers of one wave that were not on the forms, of different councils."""
    for wave in WAVES:
        answers = [one for one in survey.answers(wave) if not one.asked]
        others = [
            Known(str(at), one.name, (), told_by(one), one.category, one.start)
            for at, one in enumerate(answers)
        ]
        signs = evidence(answers, others)
        apart = [[one.council != other.council for other in answers] for one in answers]
        seen = ~np.isnan(signs[..., 0]) & np.array(apart)
        same = [[_key(survey, one) == _key(survey, other) for other in answers] for one in answers]
        yield signs[seen], np.array(same)[seen]


def thresholds() -> None:
    """Print what each threshold would have done, on seeds that nothing is reported on."""
    print(f"{'thresholds':26} ids      matched, %   rows wrong unasked   questions a wave")
    surveys = [(kept, made) for seed in CHOSEN_ON for kept, made in _both(make(seed))]
    for tried in TRIED:
        matching.SURE, matching.POSSIBLE, matching.SURE_NEW, matching.POSSIBLE_NEW = tried
        for kept in (True, False):
            courses = [run(made) for is_kept, made in surveys if is_kept == kept]
            later = [
                (course.matches[wave], score)
                for course in courses
                for wave, score in course.scores.items()
                if wave != WAVES[0]
            ]
            before = [outcome for _, score in later for outcome in score.before.values()]
            right = 100 * before.count("right") / len(before)
            wrong = sum(score.answers["wrong"] + score.answers["missed"] for _, score in later)
            asked = sum(one.how == "open" for found, _ in later for one in found) / len(later)
            how = "kept" if kept else "without"
            print(f"{tried!s:26} {how:8} {right:10.2f} {wrong:20} {asked:18.0f}")


def _both(made: MadeSurvey) -> Iterator[tuple[bool, MadeSurvey]]:
    yield True, made
    yield False, without_ids(made)


if __name__ == "__main__":
    thresholds() if sys.argv[1:] == ["thresholds"] else learn()
