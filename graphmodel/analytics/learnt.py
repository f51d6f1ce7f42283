"""What scores and chances of candidates rest on: learnt from all that is on record."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from graphmodel.analytics.arrangements import Arrangements, Matrix
from graphmodel.analytics.backtest import ENOUGH_SERVICES, find_hidden, folds, sampled
from graphmodel.analytics.blend import Blend
from graphmodel.analytics.calibration import fit_scale
from graphmodel.analytics.projection import UNIVERSAL_SHARE
from graphmodel.analytics.scores import Fitted, Question, Scorer

SCORER: Scorer = Blend()
"""What candidates are ranked by: to rank by another score, change this line."""
_DIGITS = 9
_TRIED = (200, 1000)
"""Memberships that are hidden to find the scale: at least, and at most where councils are few."""
_TRIED_TIMES_COUNCILS = 200_000


@dataclass(frozen=True)
class Learnt:
    """A score that has learnt from arrangements, and what its values mean.

    Attributes
    ----------
    known : Arrangements
        What it learnt from.
    scorer : Scorer
        How it learnt.
    fitted : Fitted
        What it learnt.
    services, sets : int
        Services of three members or more among them, and how many of their sets of
        members differ.
    scale : float or None
        Factor on scores whose softmax is the chance that a council is the next to
        join; None where too little is on record to tell.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> learn(arrangements({"roads": "abc", "waste": "bcd"})).scale is None
    True
    """

    known: Arrangements
    scorer: Scorer
    fitted: Fitted
    services: int
    sets: int
    scale: float | None

    def family(self, services: Iterable[str]) -> tuple[int, ...]:
        """Rows of some services and of their kin, which must not speak for themselves.

        Parameters
        ----------
        services : iterable of str
            Ids; those that nobody took part in have no row.

        Returns
        -------
        tuple of int
            Sorted.

        Examples
        --------
        >>> from graphmodel.analytics.arrangements import arrangements
        >>> learn(arrangements({"roads": "ab", "waste": "bc"})).family(["waste", "signs"])
        (1,)
        """
        row = {service: at for at, service in enumerate(self.known.services)}
        found = (self.known.family(row[service]) for service in services if service in row)
        return tuple(sorted({at for rows in found for at in rows}))

    def scores(
        self,
        members: Iterable[Collection[str]],
        without: tuple[int, ...] = (),
        categories: Iterable[str] = (),
    ) -> Matrix:
        """Score every council for each of several sets of members.

        Parameters
        ----------
        members : iterable of collection of str
            The sets.
        without : tuple of int
            As from `family`.
        categories : iterable of str
            Service areas of the service that is asked about.

        Returns
        -------
        array
            One row a set, one column a council; so rounded that equals are equal.

        Examples
        --------
        >>> from graphmodel.analytics.arrangements import arrangements
        >>> found = learn(arrangements({"roads": "ab", "waste": "bc"})).scores(["b"])
        >>> bool(found[0, 0] == found[0, 2])
        True
        """
        return ask(self.fitted, self.known, members, without, categories)

    def chances(self, scores: Matrix, members: Collection[str]) -> dict[str, float] | None:
        """The chance of each council to be the one, if one more joins.

        Parameters
        ----------
        scores : array
            Of every council, for the one set of members.
        members : collection of str
            That set.

        Returns
        -------
        dict of str to float or None
            Of all that do not take part; they add up to 1. None without a scale.

        Examples
        --------
        >>> from graphmodel.analytics.arrangements import arrangements
        >>> few = learn(arrangements({"roads": "ab", "waste": "bc"}))
        >>> few.chances(few.scores(["b"])[0], "b") is None
        True
        """
        if self.scale is None:
            return None
        outside = [at for at, name in enumerate(self.known.councils) if name not in members]
        scaled = self.scale * scores[outside]
        found = np.exp(scaled - np.logaddexp.reduce(scaled)) if outside else scaled
        names = [self.known.councils[at] for at in outside]
        return dict(zip(names, found.round(_DIGITS).tolist(), strict=True))


def learn(known: Arrangements, scorer: Scorer = SCORER) -> Learnt:
    """Learn who goes with whom.

    Parameters
    ----------
    known : Arrangements
        What is on record.
    scorer : Scorer
        How to learn.

    Returns
    -------
    Learnt
        Services of nine in ten councils or more are left out: they tell none apart.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> learn(arrangements({"roads": "abc", "all": "abcd", "waste": "bcd"})).services
    2
    """
    most = max(2, math.ceil(UNIVERSAL_SHARE * len(known.councils)) - 1)
    known = known.of_size(most)
    made = folds(known, most=most)
    services = {fold.service for fold in made}
    sets = {tuple(known.members_of(service).tolist()) for service in services}
    scale = None
    if len(sets) >= ENOUGH_SERVICES:
        least, most = _TRIED
        tried = max(least, min(most, _TRIED_TIMES_COUNCILS // len(known.councils)))
        scale = fit_scale(find_hidden(scorer, known, sampled(made, tried)).answers)
    return Learnt(known, scorer, scorer.fit(known), len(services), len(sets), scale)


def ask(
    fitted: Fitted,
    known: Arrangements,
    members: Iterable[Collection[str]],
    without: tuple[int, ...] = (),
    categories: Iterable[str] = (),
) -> Matrix:
    """Score every council for each of several sets of members.

    Parameters
    ----------
    fitted : Fitted
        A score.
    known : Arrangements
        What it has learnt from.
    members : iterable of collection of str
        The sets.
    without : tuple of int
        Rows that play no part.
    categories : iterable of str
        Service areas of the service that is asked about.

    Returns
    -------
    array
        One row a set, one column a council; so rounded that equals are equal.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab"}, borders=["bc"])
    >>> ask(SCORER.fit(known), known, ["b", "c"]).shape
    (2, 3)
    """
    column = {council: at for at, council in enumerate(known.councils)}
    asked = [[column[council] for council in one if council in column] for one in members]
    shown = np.zeros((len(asked), len(column)), bool)
    for row, columns in zip(shown, asked, strict=True):
        row[columns] = True
    scores = fitted.scores(Question(shown, without, frozenset(categories)))
    return np.asarray(scores.round(_DIGITS) + 0.0)
