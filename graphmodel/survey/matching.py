"""Which activity an answer is about: by id, by name, or by name and members.

What is not clear stays open and is proposed: a missed pair costs an officer one look, a wrong
one spoils every later wave. An answer's likeness to a known activity is a log-odds
(`graphmodel.survey.evidence`); the known activities compete for the answer, and the answers
of one council for the known activity, as a council tells of an activity once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from graphmodel.names import normalised, slug
from graphmodel.survey.answers import Answer
from graphmodel.survey.evidence import Known, evidence, log_odds, told_by
from graphmodel.survey.likeness import Matrix
from graphmodel.survey.newcomers import together

How = Literal["id", "name", "name and members", "decided", "new", "open", "waits"]

SURE, POSSIBLE = 0.9, 0.01
"""Chance from which a pair is taken, and from which it is proposed.

Chosen with ``benchmarks/survey_learn.py thresholds``, so that hardly anything is wrong that
nobody is asked about: an officer looks at some fifty names a wave, and the tables are right.
"""
SURE_NEW, POSSIBLE_NEW = 0.97, 0.005
"""The same where both are new: one that two councils tell of would count twice in every table."""
NEAREST = 3
_ROUNDS = 4


@dataclass(frozen=True)
class Match:
    """What became of one answer.

    Attributes
    ----------
    answer : Answer
    known : Known or None
        What it is about; for the first answer that tells of something new, what it makes
        known, which other answers may then be about; `None` while it is open.
    how : str
        How it was found; "open" is asked of a person, and "waits" is what tells of the same
        as an open one.
    score : float
        Chance that it is right, from 0 to 1; for a new one, of the nearest.
    nearest : tuple of (Known, float)
        What else it could be, likeliest first.

    Examples
    --------
    >>> roads = Known("roads", "Roads maintenance", members=frozenset({"GB-LAS-ANS"}))
    >>> Match(Answer("GB-LAS-ANS", "2027", "row 1", "roads", "Roads"), roads, "id").score
    1.0
    """

    answer: Answer
    known: Known | None
    how: How
    score: float = 1.0
    nearest: tuple[tuple[Known, float], ...] = ()


def match(answers: Sequence[Answer], known: Sequence[Known]) -> list[Match]:
    """Find out which activity each answer is about.

    Parameters
    ----------
    answers : sequence of Answer
        Of one wave, best of all councils at once: those of one help to know another's.
    known : sequence of Known
        What is on the books.

    Returns
    -------
    list of Match
        In the order of the answers; the order of answers and known has no say in the rest.

    Examples
    --------
    >>> roads = Known("roads", "Roads maintenance partnership", members=frozenset({"GB-LAS-ANS"}))
    >>> told = Answer("GB-LAS-ANS", "2027", "row 9", None, "Roads Maintenance p'ship", asked=False)
    >>> [(one.known.id, one.how) for one in match([told], [roads])]
    [('roads', 'name and members')]
    """
    order = sorted(range(len(answers)), key=lambda at: _key(answers[at]))
    desk = _Desk([answers[at] for at in order], sorted(known, key=lambda one: one.id))
    found = desk.matches()
    places = {at: place for place, at in enumerate(order)}
    return [found[places[at]] for at in range(len(answers))]


def known_of(matches: Iterable[Match]) -> list[Known]:
    """What is on the books after a wave.

    Parameters
    ----------
    matches : iterable of Match
        Of the wave; open ones add nothing.

    Returns
    -------
    list of Known
        Those that answers are about, with the names and members that these add.

    Examples
    --------
    >>> roads = Known("roads", "Roads maintenance")
    >>> told = Answer("GB-LAS-ANS", "2027", "row 1", "roads", "Joint roads")
    >>> known_of([Match(told, roads, "id")])[0].aliases
    ('Joint roads',)
    """
    by_id: dict[str, Known] = {}
    for one in sorted(matches, key=lambda one: _key(one.answer)):
        if one.known is not None:
            by_id[one.known.id] = _with(by_id.get(one.known.id, one.known), one.answer)
    return sorted(by_id.values(), key=lambda one: one.id)


def _key(answer: Answer) -> tuple[str, ...]:
    return (answer.wave, answer.council, answer.place, answer.name, answer.id or "")


def _with(known: Known, answer: Answer) -> Known:
    """A known activity with what an answer adds."""
    others = (*known.aliases, answer.name) if answer.name not in known.names else known.aliases
    return replace(
        known,
        aliases=tuple(sorted(others)),
        members=known.members | told_by(answer),
        category=known.category or answer.category,
        start=known.start or answer.start,
    )


class _Desk:
    """Answers that are sorted into known activities, the clearest first."""

    def __init__(self, answers: Sequence[Answer], known: Sequence[Known]) -> None:
        self.answers = answers
        self.known = {one.id: one for one in known}
        self.first = dict(self.known)
        self.found: dict[int, Match] = {}
        self.chances: dict[int, dict[str, float]] = {}

    def matches(self) -> list[Match]:
        self._by_id()
        self._by_name()
        for _ in range(_ROUNDS):
            if not self._by_likeness():
                break
        self._keep_open()
        self._newcomers()
        return [self.found[at] for at in range(len(self.answers))]

    def _left(self) -> list[int]:
        return [at for at in range(len(self.answers)) if at not in self.found]

    def _taken(self, council: str) -> set[str]:
        """What a council has told of already; a row that it left blank tells nothing."""
        return {
            one.known.id
            for one in self.found.values()
            if one.known is not None
            and one.answer.council == council
            and not (one.answer.asked and one.answer.operational is None)
        }

    def _take(self, at: int, id_: str, how: How, score: float = 1.0) -> None:
        nearest = tuple((one, chance) for one, chance in self._nearest(at) if one.id != id_)
        self.found[at] = Match(self.answers[at], self.first[id_], how, score, nearest)
        self.known[id_] = _with(self.known[id_], self.answers[at])

    def _nearest(self, at: int) -> list[tuple[Known, float]]:
        chances = sorted(self.chances.get(at, {}).items(), key=lambda one: (-one[1], one[0]))
        return [
            (self.first[id_], round(chance, 4)) for id_, chance in chances[:NEAREST] if chance > 0
        ]

    def _by_id(self) -> None:
        for at, answer in enumerate(self.answers):
            if answer.id in self.known:
                self._take(at, answer.id, "id")

    def _by_name(self) -> None:
        """Take a name that is one activity's only, and one answer's of its council only."""
        named = defaultdict(set)
        for one in self.known.values():
            for name in one.names:
                named[normalised(name)].add(one.id)
        told = defaultdict(list)
        for at in self._left():
            told[self.answers[at].council, normalised(self.answers[at].name)].append(at)
        for (council, name), those in sorted(told.items()):
            mine = {
                id_
                for id_ in named.get(name, ())
                if council in self.first[id_].members or not self.first[id_].members
            }
            if name and len(those) == len(mine) == 1 and not mine & self._taken(council):
                self._take(those[0], mine.pop(), "name")

    def _by_likeness(self) -> int:
        """Take what is clear by name and members; say how many there were."""
        left, known = self._left(), list(self.known.values())
        odds = log_odds(evidence([self.answers[at] for at in left], known), "known")
        taken = 0
        for council, rows in _by_council(self.answers[at].council for at in left).items():
            chances = competing(odds[rows])
            for row, these in zip(rows, chances, strict=True):
                self.chances[left[row]] = {
                    one.id: float(chance) for one, chance in zip(known, these, strict=True)
                }
            gone = self._taken(council)
            free = [of for of, one in enumerate(known) if one.id not in gone]
            for row, of in _assigned(chances[:, free]):
                chance = float(chances[row, free[of]])
                if chance >= SURE:
                    self._take(left[rows[row]], known[free[of]].id, "name and members", chance)
                    taken += 1
        return taken

    def _keep_open(self) -> None:
        for at in self._left():
            nearest = [one for one in self._nearest(at) if one[1] >= POSSIBLE]
            if nearest:
                self.found[at] = Match(
                    self.answers[at], None, "open", nearest[0][1], tuple(nearest)
                )

    def _newcomers(self) -> None:
        """What is left is new: bring together what several councils tell of it."""
        left = self._left()
        groups = together([self.answers[at] for at in left], SURE_NEW, POSSIBLE_NEW)
        used = set(self.known)
        made: dict[int, Known] = {}
        for number, group in enumerate(groups):
            first = self.answers[left[group.answers[0]]]
            id_ = _new_id(first.name, used)
            used.add(id_)
            made[number] = Known(id_, first.name, (), told_by(first), first.category, first.start)
        for number, group in enumerate(groups):
            near = tuple((made[other], chance) for other, chance in group.nearest)
            if near:
                for place, at in enumerate(group.answers):
                    stays: How = "waits" if place else "open"
                    answer = self.answers[left[at]]
                    self.found[left[at]] = Match(answer, None, stays, near[0][1], near)
                continue
            for place, at in enumerate(group.answers):
                answer = self.answers[left[at]]
                same = normalised(answer.name) == normalised(made[number].name)
                how: How = "new" if place == 0 else "name" if same else "name and members"
                score = 1.0 if place == 0 else group.chance
                self.found[left[at]] = Match(answer, made[number], how, score)


def competing(odds: Matrix) -> Matrix:
    """Chances of the pairs of one council, where each can be in one pair only, or in none.

    Parameters
    ----------
    odds : array
        Log-odds of its answers by known activity.

    Returns
    -------
    array
        The chance among all that the answer could be about, or among all answers that
        could be about the activity, whichever is less.

    Examples
    --------
    >>> competing(np.array([[4.0, -np.inf]])).round(2).tolist()
    [[0.98, 0.0]]
    >>> competing(np.array([[4.0, 4.0]])).round(2).tolist()
    [[0.5, 0.5]]
    """
    likely = np.exp(np.clip(odds, None, 50))
    by_answer = likely / (1 + likely.sum(axis=1, keepdims=True))
    by_known = likely / (1 + likely.sum(axis=0, keepdims=True))
    least: Matrix = np.minimum(by_answer, by_known)
    return least


def _assigned(chances: Matrix) -> list[tuple[int, int]]:
    rows, columns = linear_sum_assignment(chances, maximize=True)
    return [(int(row), int(of)) for row, of in zip(rows, columns, strict=True)]


def _by_council(councils: Iterable[str]) -> Mapping[str, list[int]]:
    found = defaultdict(list)
    for at, council in enumerate(councils):
        found[council].append(at)
    return dict(sorted(found.items()))


def _new_id(name: str, used: set[str]) -> str:
    plain = slug(name)
    numbered = (f"{plain}-{number}" for number in range(2, len(used) + 3))
    return plain if plain not in used else next(one for one in numbered if one not in used)
