"""How often a score is right: memberships hidden, then looked for among all councils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmodel.analytics.arrangements import Arrangements, Matrix
from graphmodel.analytics.scores import Question, Scorer

TOPS = (1, 3, 5, 10)
"""Within how many places a hidden member is looked for."""
MEASURES = (*(f"at_{top}" for top in TOPS), "mrr")
ENOUGH_SERVICES = 20
"""Services below which no figure is worth much."""
_DIGITS = 9


@dataclass(frozen=True)
class Fold:
    """Members of one service that are hidden together.

    Attributes
    ----------
    service : int
        Row of the arrangements.
    shown, hidden : tuple of int
        Columns of the members that stay, and of those to be found.

    Examples
    --------
    >>> Fold(0, (1, 2), (3,)).hidden
    (3,)
    """

    service: int
    shown: tuple[int, ...]
    hidden: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What a score said of the candidates of one question.

    Attributes
    ----------
    service : int
        Row of the arrangements.
    scores : array
        Of the best candidates, best first.
    right : int
        Which of them was hidden; -1 if none of them.

    Examples
    --------
    >>> Answer(0, np.array([0.8, 0.1]), 0).right
    0
    """

    service: int
    scores: Matrix
    right: int


@dataclass(frozen=True)
class Found:
    """Where the hidden members of the folds came out.

    Attributes
    ----------
    services : array of int
        Service of each hidden membership.
    ranks : array of int
        Its place, from 1, among the councils that do not take part.
    answers : tuple of Answer
        One for each fold that hides just one.

    Examples
    --------
    >>> Found(np.array([0]), np.array([2]), ()).ranks
    array([2])
    """

    services: NDArray[np.int64]
    ranks: NDArray[np.int64]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Figure:
    """A share or a mean, and where it lies with 95 % confidence.

    Attributes
    ----------
    value, low, high : float
        The figure and the interval.

    Examples
    --------
    >>> Figure(0.75, 0.7, 0.8).value
    0.75
    """

    value: float
    low: float
    high: float


def folds(
    known: Arrangements, *, hide: int = 1, least: int = 3, most: int = 20, seed: int = 0
) -> list[Fold]:
    """Every membership hidden once: alone, or with others of its service.

    Parameters
    ----------
    known : Arrangements
        What is known.
    hide : int
        How many to hide at a time; at least one member is always shown.
    least, most : int
        Members of the services that are tried.
    seed : int
        Of the order in which members are hidden together.

    Returns
    -------
    list of Fold
        In order of service.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> [fold.hidden for fold in folds(arrangements({"roads": "abc", "waste": "ab"}))]
    [(0,), (1,), (2,)]
    """
    chance = np.random.default_rng(seed)
    made = []
    for service in np.flatnonzero((known.sizes >= least) & (known.sizes <= most)).tolist():
        members = known.members_of(service)
        order = members if hide == 1 else chance.permutation(members)
        if len(order) < hide + 1:
            continue
        for first in range(0, len(order), hide):
            hidden = order[first : first + hide]
            shown = np.setdiff1d(members, hidden)
            made.append(Fold(service, tuple(shown.tolist()), tuple(sorted(hidden.tolist()))))
    return made


def sampled(made: Sequence[Fold], most: int, seed: int = 0) -> list[Fold]:
    """Some of the folds, drawn by chance but always the same.

    Parameters
    ----------
    made : sequence of Fold
        All of them.
    most : int
        How many to keep.
    seed : int
        Of the draw.

    Returns
    -------
    list of Fold
        In their order.

    Examples
    --------
    >>> len(sampled([Fold(0, (1,), (2,)), Fold(0, (2,), (1,))], 1))
    1
    """
    if most >= len(made):
        return list(made)
    drawn = np.random.default_rng(seed).choice(len(made), most, replace=False)
    return [made[at] for at in sorted(drawn.tolist())]


def find_hidden(
    scorer: Scorer, known: Arrangements, made: Iterable[Fold], kept: int = 100
) -> Found:
    """Look for the hidden members with a score.

    Neither the service itself nor its kin is known to the score; only the members
    that are shown are. Equal scores stand in order of id, and other hidden members
    of the fold are no rivals.

    Parameters
    ----------
    scorer : Scorer
        The score.
    known : Arrangements
        What to learn from.
    made : iterable of Fold
        What to hide.
    kept : int
        How many candidates to keep the scores of, for `graphmodel.analytics.calibration`.

    Returns
    -------
    Found

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> from graphmodel.analytics.scores import Neighbours
    >>> known = arrangements({"roads": "abc"}, borders=["ab", "bc", "ad"])
    >>> find_hidden(Neighbours(), known, folds(known)).ranks
    array([1, 1, 1])
    """
    fitted = scorer.fit(known)
    services, ranks, answers = [], [], []
    for service, together in _by_service(made).items():
        shown = np.zeros((len(together), len(known.councils)), bool)
        for at, fold in enumerate(together):
            shown[at, list(fold.shown)] = True
        question = Question(shown, known.family(service), known.categories[service])
        scores = fitted.scores(question).round(_DIGITS)
        scores[shown] = -np.inf
        for row, fold in zip(scores, together, strict=True):
            others = row.copy()
            others[list(fold.hidden)] = -np.inf
            found = [_rank(row, others, column) for column in fold.hidden]
            services += [service] * len(found)
            ranks += found
            if len(fold.hidden) == 1:
                right = found[0] - 1 if found[0] <= kept else -1
                answers.append(Answer(service, _best(row, kept), right))
    return Found(np.array(services, np.int64), np.array(ranks, np.int64), tuple(answers))


def _by_service(made: Iterable[Fold]) -> dict[int, list[Fold]]:
    together: dict[int, list[Fold]] = {}
    for fold in made:
        together.setdefault(fold.service, []).append(fold)
    return together


def _rank(row: Matrix, others: Matrix, column: int) -> int:
    better = np.count_nonzero(others > row[column])
    return int(better + np.count_nonzero(others[:column] == row[column])) + 1


def _best(row: Matrix, kept: int) -> Matrix:
    scores = row[np.isfinite(row)]
    if len(scores) > kept:
        scores = np.partition(scores, len(scores) - kept)[-kept:]
    return np.sort(scores)[::-1]


def find_leak(scorer: Scorer, known: Arrangements, made: Iterable[Fold]) -> Fold | None:
    """Look for a fold whose answer depends on what is hidden.

    The score is fitted anew on arrangements in which the service and its kin are
    empty, and must answer the same.

    Parameters
    ----------
    scorer : Scorer
        The score.
    known : Arrangements
        What to learn from.
    made : iterable of Fold
        What to hide.

    Returns
    -------
    Fold or None
        The first that leaks.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> from graphmodel.analytics.ease import Ease
    >>> known = arrangements({"roads": "abc", "waste": "bcd"})
    >>> find_leak(Ease(), known, folds(known)) is None
    True
    """
    fitted = scorer.fit(known)
    for service, together in _by_service(made).items():
        family = known.family(service)
        honest = scorer.fit(known.without(family))
        for fold in together:
            shown = np.zeros((1, len(known.councils)), bool)
            shown[0, list(fold.shown)] = True
            categories = known.categories[service]
            answer = fitted.scores(Question(shown, family, categories))
            blind = honest.scores(Question(shown, (), categories))
            if not np.allclose(answer[~shown], blind[~shown], atol=1e-6):
                return fold
    return None


def measures(ranks: NDArray[np.int64]) -> Matrix:
    """What each rank counts for, by measure.

    Parameters
    ----------
    ranks : array of int
        Places from 1.

    Returns
    -------
    array
        One row a rank, one column for each of ``MEASURES``.

    Examples
    --------
    >>> measures(np.array([1, 4]))
    array([[1.  , 1.  , 1.  , 1.  , 1.  ],
           [0.  , 0.  , 1.  , 1.  , 0.25]])
    """
    return np.column_stack([*(ranks <= top for top in TOPS), 1 / ranks]).astype(float)


def summarise(
    values: Matrix, services: NDArray[np.int64], *, seed: int = 0, draws: int = 2000
) -> list[Figure]:
    """Means with 95 % intervals from services drawn with replacement.

    Memberships of one service rise and fall together, so whole services are drawn.

    Parameters
    ----------
    values : array
        One row a hidden membership, one column a measure.
    services : array of int
        Service of each.
    seed : int
        Of the draws.
    draws : int
        How many.

    Returns
    -------
    list of Figure
        One for each column.

    Notes
    -----
    The cluster bootstrap, percentile method: Davison and Hinkley 1997, "Bootstrap
    Methods and their Application", sections 3.8 and 5.3.

    Examples
    --------
    >>> summarise(np.array([[1.0], [1.0]]), np.array([0, 1]))
    [Figure(value=1.0, low=1.0, high=1.0)]
    """
    _, at = np.unique(services, return_inverse=True)
    count = int(at.max()) + 1
    sums = np.zeros((count, values.shape[1]))
    np.add.at(sums, at, values)
    weights = np.bincount(at).astype(float)
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), draws)
    means = (drawn @ sums) / (drawn @ weights)[:, None]
    low, high = np.quantile(means, [0.025, 0.975], axis=0)
    return [
        Figure(float(mean), float(least), float(most))
        for mean, least, most in zip(values.mean(axis=0), low, high, strict=True)
    ]


def compare(found: Mapping[str, Found], against: str, *, seed: int = 0) -> dict[str, list[Figure]]:
    """How much better or worse each score is than one of them, membership by membership.

    Parameters
    ----------
    found : mapping of str to Found
        By name of the score, all of the same folds.
    against : str
        The one to compare with.
    seed : int
        Of the draws.

    Returns
    -------
    dict of str to list of Figure
        Differences in ``MEASURES`` for each other score.

    Examples
    --------
    >>> one, two = (Found(np.array([0]), np.array([rank]), ()) for rank in (1, 2))
    >>> compare({"one": one, "two": two}, "one")["two"][-1].value
    -0.5
    """
    reference = measures(found[against].ranks)
    return {
        name: summarise(measures(one.ranks) - reference, one.services, seed=seed)
        for name, one in found.items()
        if name != against
    }
