"""The same new activity, told by several councils under different names in one wave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graphmodel.reports.survey_regions import SINGLE
from graphmodel.survey.answers import Answer
from graphmodel.survey.evidence import Known, evidence, log_odds, told_by
from graphmodel.survey.likeness import Matrix

MOST_NEAR = 3


@dataclass(frozen=True)
class Group:
    """Answers that tell of one thing.

    Attributes
    ----------
    answers : tuple of int
        Their places in what was given.
    chance : float
        The least at which one of them was taken in; 1 where there is one only.
    nearest : tuple of (int, float)
        Groups before it, by number, that may tell of the same.

    Examples
    --------
    >>> Group((0,)).chance
    1.0
    """

    answers: tuple[int, ...]
    chance: float = 1.0
    nearest: tuple[tuple[int, float], ...] = ()


def together(answers: Sequence[Answer], sure: float, possible: float) -> list[Group]:
    """Bring together the answers that tell of the same, at most one of each council.

    Pairs are joined from the likeliest down, if no two members of the group to be are
    unlike: one link alone does not make a group.

    Parameters
    ----------
    answers : sequence of Answer
        In an order that does not hang on chance: the first of a group gives it its name.
    sure, possible : float
        Chance from which a pair is taken, and from which it is proposed.

    Returns
    -------
    list of Group
        By their first answers.

    Examples
    --------
    >>> first = Answer("GB-LAS-ANS", "2027", "row 1", None, "Roads maintenance")
    >>> other = Answer("GB-LAS-FIF", "2027", "row 1", None, "Trading standards")
    >>> [group.answers for group in together([first, other], 0.97, 0.5)]
    [(0,), (1,)]
    """
    odds = _odds(answers)
    chances = _chances(answers, odds)
    groups = {at: [at] for at in range(len(answers))}
    of = list(range(len(answers)))
    least: dict[int, float] = defaultdict(lambda: 1.0)
    for first, second in _pairs(chances, sure):
        one, other = sorted((of[first], of[second]))
        if one == other or not _may_join(answers, odds, groups[one], groups[other]):
            continue
        least[one] = min(least[one], least[other], float(chances[first, second]))
        groups[one] = sorted(groups[one] + groups.pop(other))
        for at in groups[one]:
            of[at] = one
    return _numbered(answers, groups, least, chances, possible)


def _odds(answers: Sequence[Answer]) -> Matrix:
    """Log-odds of each two answers, the same in both directions."""
    told = [
        Known(str(at), one.name, (), told_by(one), one.category, one.start)
        for at, one in enumerate(answers)
    ]
    odds = log_odds(evidence(answers, told), "new")
    local = np.array([_is_local(one) for one in answers], bool)
    odds[local[:, None] | local[None, :]] = -np.inf
    return np.minimum(odds, odds.T) if len(answers) else np.zeros((0, 0))


def _is_local(answer: Answer) -> bool:
    """Whether it lies in one council's area, so that no other council can tell of the same."""
    return answer.region == SINGLE or answer.reach == "one council area"


def _chances(answers: Sequence[Answer], odds: Matrix) -> Matrix:
    """Chances of pairs: of each other council, at most one answer is the same."""
    likely = np.exp(np.clip(odds, None, 50))
    by_council = defaultdict(list)
    for at, answer in enumerate(answers):
        by_council[answer.council].append(at)
    chances = np.zeros_like(likely)
    for rows in by_council.values():
        chances[:, rows] = likely[:, rows] / (1 + likely[:, rows].sum(axis=1, keepdims=True))
    for rows in by_council.values():
        chances[np.ix_(rows, rows)] = 0
    return np.minimum(chances, chances.T)


def _pairs(chances: Matrix, least: float) -> list[tuple[int, int]]:
    found = [(int(one), int(other)) for one, other in np.argwhere(np.triu(chances, 1) >= least)]
    return sorted(found, key=lambda pair: (-chances[pair], pair))


def _may_join(
    answers: Sequence[Answer], odds: Matrix, one: Sequence[int], other: Sequence[int]
) -> bool:
    councils = {answers[at].council for at in one}
    if any(answers[at].council in councils for at in other):
        return False
    return bool((odds[np.ix_(one, other)] > 0).all())


def _numbered(
    answers: Sequence[Answer],
    groups: dict[int, list[int]],
    least: dict[int, float],
    chances: Matrix,
    possible: float,
) -> list[Group]:
    """The groups, each with those before it that may tell of the same."""
    councils = {first: {answers[at].council for at in group} for first, group in groups.items()}
    order = sorted(groups)
    made: list[Group] = []
    for number, first in enumerate(order):
        near = [
            (other, round(float(chances[np.ix_(groups[first], groups[order[other]])].max()), 4))
            for other in range(number)
            if councils[first].isdisjoint(councils[order[other]])
        ]
        likely = sorted(
            (pair for pair in near if pair[1] >= possible), key=lambda pair: (-pair[1], pair[0])
        )
        made.append(Group(tuple(groups[first]), least[first], tuple(likely[:MOST_NEAR])))
    return made
