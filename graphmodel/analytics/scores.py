"""Scores of who could join: from counting neighbours to a linear model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements, Flags, Matrix
from graphmodel.analytics.projection import UNIVERSAL_SHARE

HAND_WEIGHTS = {"ties": 0.40, "border": 0.35, "grouping": 0.25}
"""What each part of the score by hand counts for."""


@dataclass(frozen=True)
class Question:
    """Who could join these members, asked for several sets of members at once.

    Attributes
    ----------
    members : array of bool
        One row for each set of present members, one column for each council.
    without : tuple of int
        Rows of the arrangements that must play no part: the service that is asked
        about, and its kin.
    categories : frozenset of str
        Service areas of the service that is asked about.

    Examples
    --------
    >>> Question(np.array([[True, False]])).without
    ()
    """

    members: Flags
    without: tuple[int, ...] = ()
    categories: frozenset[str] = frozenset()


class Fitted(Protocol):
    """A score that has learnt what it can."""

    def scores(self, question: Question) -> Matrix:
        """Score every council, for each set of members; the higher, the better."""
        ...


class Scorer(Protocol):
    """A way to score candidates.

    What it learns from `fit` must not depend on ``question.without`` at the time of
    the answer: a fitted score answers as if those rows had been empty when it was fitted.
    """

    @property
    def name(self) -> str:
        """What tables call it."""
        ...

    def fit(self, known: Arrangements) -> Fitted:
        """Learn from arrangements."""
        ...


@dataclass(frozen=True)
class Neighbours:
    """Members that touch a council: how many, or what share of all that touch it.

    Parameters
    ----------
    share : bool
        Whether to divide by the number of a council's neighbours.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ac"}, borders=["ab", "bc", "bd"])
    >>> asked = Question(np.array([[True, False, True, False]]), without=(0,))
    >>> Neighbours().fit(known).scores(asked)
    array([[0., 2., 0., 0.]])
    """

    share: bool = False

    @property
    def name(self) -> str:
        """What tables call it."""
        return "share of own neighbours" if self.share else "adjacent members"

    def fit(self, known: Arrangements) -> Fitted:
        """Take in the map."""
        degree = np.maximum(np.diff(known.borders.indptr), 1)
        borders = known.borders @ sparse.diags_array(1 / degree) if self.share else known.borders
        return _Linear(sparse.csr_array(borders))


@dataclass(frozen=True)
class _Linear:
    weights: sparse.csr_array

    def scores(self, question: Question) -> Matrix:
        return _times(question.members, self.weights)


@dataclass(frozen=True)
class SharedServices:
    """Other arrangements that a council shares with the members, counted for each member.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab", "signs": "abc", "waste": "bc"})
    >>> asked = Question(np.array([[True, True, False]]), without=(0,))
    >>> SharedServices().fit(known).scores(asked)[0, 2]
    np.float64(3.0)
    """

    name: str = "other shared arrangements"

    def fit(self, known: Arrangements) -> Fitted:
        """Take in who takes part."""
        return _Shared(known, np.ones(len(known.services)))


@dataclass(frozen=True)
class _Shared:
    known: Arrangements
    weights: Matrix

    def scores(self, question: Question) -> Matrix:
        together = _times(question.members, sparse.csr_array(self.known.members.T))
        return _times(together * _kept(self.weights, question.without), self.known.members)


@dataclass(frozen=True)
class ByHand:
    """Ties, borders and groupings, weighted by hand (``HAND_WEIGHTS``).

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab", "waste": "bc"}, borders=["ab", "bc"], councils="d")
    >>> asked = Question(np.array([[True, True, False, False]]), without=(0,))
    >>> ByHand().fit(known).scores(asked)[0, 2].round(2)
    np.float64(0.75)
    """

    name: str = "ties, borders, groupings by hand"

    def fit(self, known: Arrangements) -> Fitted:
        """Take in the map, the groupings and the ties."""
        sizes = known.sizes
        universal = (sizes >= UNIVERSAL_SHARE * len(known.councils)) & (len(known.councils) > 2)
        tying = (sizes > 1) & ~universal
        weights = np.where(tying, 1 / np.maximum(sizes - 1, 1), 0.0)
        return _Weighted(known, weights, tying.astype(float), Neighbours(share=True).fit(known))


@dataclass(frozen=True)
class _Weighted:
    known: Arrangements
    weights: Matrix
    tying: Matrix
    border: Fitted

    def scores(self, question: Question) -> Matrix:
        spent = _times(_kept(self.tying, question.without)[None, :], self.known.members)
        to_members = _Shared(self.known, self.weights).scores(question)
        parts = {
            "ties": to_members / np.maximum(spent, 1),
            "border": self.border.scores(question),
            "grouping": shared_groupings(self.known, question.members),
        }
        return np.asarray(sum(HAND_WEIGHTS[part] * value for part, value in parts.items()))


def shared_groupings(known: Arrangements, members: Flags) -> Matrix:
    """Share of the members that are in one grouping with a council, at best.

    Parameters
    ----------
    known : Arrangements
        With the groupings.
    members : array of bool
        One row for each set of members.

    Returns
    -------
    array
        One row for each set of members, one column for each council.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab"}, councils="c", groupings={"region": "bc"})
    >>> shared_groupings(known, np.array([[True, True, False]]))
    array([[0. , 0.5, 0.5]])
    """
    best = np.zeros(members.shape)
    count = np.maximum(members.sum(1), 1)
    for councils in known.groupings.values():
        inside = list(councils)
        share = members[:, inside].sum(1) / count
        best[:, inside] = np.maximum(best[:, inside], share[:, None])
    return best


def _times(members: Flags | Matrix, weights: sparse.csr_array) -> Matrix:
    return np.asarray((weights.T @ members.T.astype(float)).T)


def _kept(weights: Matrix, without: Collection[int]) -> Matrix:
    kept = weights.copy()
    kept[list(without)] = 0
    return kept
