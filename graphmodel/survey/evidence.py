"""What speaks for and against an answer being about a known activity, as numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import numpy as np
from rapidfuzz import fuzz, process

from graphmodel.names import normalised
from graphmodel.survey.answers import Answer
from graphmodel.survey.likeness import Matrix, Names, numbers_differ

Side = Literal["known", "new"]

SIGNS = (
    "same name",
    "share of the fuller name",
    "share of the shorter name",
    "letters",
    "other numbers in the name",
    "council a member, or not",
    "others also among the members",
    "others not among the members",
    "members also told",
    "same category",
    "another category",
    "same start",
    "start a year off",
    "another start",
)
"""What is looked at, in the order of the weights."""
LEAST = 0.25
"""Least share of either name for a pair to be looked at at all."""


@dataclass(frozen=True)
class Known:
    """An activity that is on the books.

    Attributes
    ----------
    id, name : str
        As in the store.
    aliases : tuple of str
        What else it was called.
    members : frozenset of str
        Ids of the councils and partners that are said to take part.
    category : str or None
        Id of its service area.
    start : str or None
        Partial date.

    Examples
    --------
    >>> Known("roads", "Roads maintenance", ("Roads",)).names
    ('Roads maintenance', 'Roads')
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    members: frozenset[str] = frozenset()
    category: str | None = None
    start: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called.

        Examples
        --------
        >>> Known("roads", "Roads").names
        ('Roads',)
        """
        return tuple(dict.fromkeys((self.name, *self.aliases)))


def told_by(answer: Answer) -> frozenset[str]:
    """Ids of all who take part, as an answer has it.

    Parameters
    ----------
    answer : Answer
        Of one council.

    Returns
    -------
    frozenset of str
        With the council itself.

    Examples
    --------
    >>> told_by(Answer("GB-LAS-ANS", "2027", "row 1", None, "Roads"))
    frozenset({'GB-LAS-ANS'})
    """
    return frozenset({answer.council, *(party.id for party in answer.parties if party.id)})


def evidence(answers: Sequence[Answer], known: Sequence[Known]) -> Matrix:
    """Look at every pair of an answer and a known activity.

    Parameters
    ----------
    answers : sequence of Answer
    known : sequence of Known

    Returns
    -------
    array
        Answers by known by `SIGNS`; not-a-number where the names have nothing in common.

    Examples
    --------
    >>> answer = Answer("GB-LAS-ANS", "2027", "row 1", None, "Roads maint.")
    >>> roads = Known("roads", "Roads maintenance", members=frozenset({"GB-LAS-ANS"}))
    >>> dict(zip(SIGNS, evidence([answer], [roads])[0, 0].tolist()))["council a member, or not"]
    1.0
    """
    signs = np.full((len(answers), len(known), len(SIGNS)), np.nan)
    if not answers or not known:
        return signs
    names = _of_names(answers, known)
    for at, answer in enumerate(answers):
        for of in map(int, np.flatnonzero(names[at, :, 2] >= LEAST)):
            signs[at, of, :5] = names[at, of]
            signs[at, of, 5:] = (*_of_members(answer, known[of]), *_of_facts(answer, known[of]))
    return signs


def _of_names(answers: Sequence[Answer], known: Sequence[Known]) -> Matrix:
    """The signs of the names; of a known activity's names, those of the nearest."""
    called = [(of, name) for of, one in enumerate(known) for name in one.names]
    right, left = [name for _, name in called], [answer.name for answer in answers]
    compared = Names.of([*left, *right])
    of_left, of_right = compared.covered(left, right)
    least, most = np.minimum(of_left, of_right), np.maximum(of_left, of_right)
    plain = [normalised(name) for name in left], [normalised(name) for name in right]
    letters = process.cdist(*plain, scorer=fuzz.token_sort_ratio, dtype=np.float64) / 100
    same = np.array([[one == other for other in plain[1]] for one in plain[0]], dtype=float)
    likeness = least + most + letters + same
    best = np.zeros((len(answers), len(known), 5))
    nearest = np.zeros((len(answers), len(known)), dtype=int)
    starts = [at for at, (of, _) in enumerate(called) if at == 0 or called[at - 1][0] != of]
    for of, (start, end) in enumerate(zip(starts, [*starts[1:], len(called)], strict=True)):
        chosen = start + likeness[:, start:end].argmax(axis=1)
        rows = np.arange(len(answers))
        for sign, values in enumerate((same, least, most, letters)):
            best[:, of, sign] = values[rows, chosen]
        nearest[:, of] = chosen
    for at, of in np.argwhere(best[:, :, 2] >= LEAST):
        best[at, of, 4] = numbers_differ(left[at], right[nearest[at, of]])
    return best


def _of_members(answer: Answer, known: Known) -> tuple[float, ...]:
    told = told_by(answer) - {answer.council}
    others = known.members - {answer.council}
    inside = answer.council in known.members
    both = len(told & others)
    comparable = bool(told and others)
    return (
        0.0 if not known.members else 1.0 if inside else -1.0,
        both / len(told) if comparable else 0.0,
        1 - both / len(told) if comparable else 0.0,
        both / len(others) if comparable else 0.0,
    )


def _of_facts(answer: Answer, known: Known) -> tuple[float, ...]:
    categories = bool(answer.category and known.category)
    same = answer.category == known.category
    apart = None
    if answer.start and known.start and answer.start[:4].isdigit() and known.start[:4].isdigit():
        apart = abs(int(answer.start[:4]) - int(known.start[:4]))
    return (
        float(categories and same),
        float(categories and not same),
        float(apart == 0),
        float(apart == 1),
        float(apart is not None and apart > 1),
    )


@cache
def weights(of: Side) -> tuple[float, Matrix]:
    """What each sign counts, learnt by logistic regression (``benchmarks/survey.py learn``).

    Parameters
    ----------
    of : {"known", "new"}
        For an answer beside what is known, or beside another answer of the same wave.

    Returns
    -------
    tuple of float and array
        What every pair starts with, and what is added for each of `SIGNS`, in log-odds.

    Examples
    --------
    >>> start, each = weights("known")
    >>> start < 0 < float(each[SIGNS.index("letters")])
    True
    """
    text = resources.files("graphmodel.survey").joinpath("weights.json").read_text("utf-8")
    learnt = json.loads(text)[of]
    return learnt["start"], np.array([learnt["signs"][sign] for sign in SIGNS])


def log_odds(signs: Matrix, of: Side) -> Matrix:
    """How likely pairs are the same, from what speaks for and against it.

    Parameters
    ----------
    signs : array
        As from `evidence`.
    of : {"known", "new"}
        As for `weights`.

    Returns
    -------
    array
        Natural logarithms of the odds; minus infinity where nothing was looked at.

    Examples
    --------
    >>> log_odds(np.full((1, 1, len(SIGNS)), np.nan), "known").tolist()
    [[-inf]]
    """
    start, each = weights(of)
    return np.where(np.isnan(signs[..., 0]), -np.inf, start + np.nan_to_num(signs) @ each)
