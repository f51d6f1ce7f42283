"""The score of candidates: what services, map and groupings tell, less who is served already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements, Matrix, border_shares
from graphmodel.analytics.ease import Ease
from graphmodel.analytics.rivals import Rivals
from graphmodel.analytics.scores import Fitted, Question

MODEL = Ease(ridge=2.0, borders=0.05, own=4.0, by_length=True, groupings=0.3)


@dataclass(frozen=True)
class Blend:
    """One linear model of services, neighbourhoods and groupings, and two simple signs.

    Where much is on record the services decide; where little is, map and groupings do.
    The weights were chosen on one half of the services of Scotland, of the departments
    of France and of made-up countries; docs/candidates.md has the figures of the others.
    What a service of the same category says is counted on what is loaded.

    Parameters
    ----------
    model : Ease
        The linear model.
    own_border : float
        What the share of a council's own border that it has with members counts for.
    touching : float
        What it counts for that it touches a member at all.
    rivals : float
        What each unit of `graphmodel.analytics.rivals.Rivals` counts for.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab"}, borders=["ab", "bc", "cd", "de"])
    >>> asked = Question(np.array([[True, True, False, False, False]]), without=(0,))
    >>> answer = Blend().fit(known).scores(asked)
    >>> bool(answer[0, 2] > answer[0, 3:].max())
    True
    """

    model: Ease = MODEL
    own_border: float = 0.05
    touching: float = 0.05
    rivals: float = 0.05

    @property
    def name(self) -> str:
        """What tables call it."""
        return "services, map, groupings, rivals"

    def fit(self, known: Arrangements) -> Fitted:
        """Learn the model, and take in the map and the categories."""
        return _Blended(
            self, self.model.fit(known), Rivals().fit(known), known.borders, border_shares(known)
        )


@dataclass(frozen=True)
class _Blended:
    weights: Blend
    learnt: Fitted
    rivals: Fitted
    borders: sparse.csr_array
    shares: sparse.csr_array

    def scores(self, question: Question) -> Matrix:
        members = question.members.T.astype(float)
        return np.asarray(
            self.learnt.scores(question)
            + self.weights.own_border * (self.shares.T @ members).T
            + self.weights.touching * ((self.borders @ members).T > 0)
            + self.weights.rivals * self.rivals.scores(question)
        )
