"""EASE: which memberships go together, learnt in closed form, with the map beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements, Matrix
from graphmodel.analytics.inverse import DenseInverse, Inverse, SparseInverse
from graphmodel.analytics.scores import Fitted, Question

DENSE_UP_TO = 3000
"""Councils up to which the whole inverse is kept."""


@dataclass(frozen=True)
class Ease:
    """The linear model that best restores each membership from the others of its service.

    With ``borders`` above 0, each council with those that touch it counts as one more
    arrangement, that many times over.

    Parameters
    ----------
    ridge : float
        How strongly weights are held small.
    borders : float
        What the map counts for beside the services.

    Notes
    -----
    Steck 2019, "Embarrassingly shallow autoencoders for sparse data", WWW 2019,
    arXiv:1905.03375: with P the inverse of G = X'X + rI, the weight of council i for
    council j is -P[i, j] / P[j, j]. With A the map, b(A+I)'(A+I) is added to G. To leave
    services out, or to put in the members of a question, changes G by a matrix of low
    rank, so that no fold needs an inverse of its own (Sherman, Morrison and Woodbury).

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "abc", "signs": "abc", "waste": "bcd", "lamps": "ab"})
    >>> asked = Question(np.array([[True, True, False, False]]), without=(0,))
    >>> answer = Ease().fit(known).scores(asked)
    >>> bool(answer[0, 2] > answer[0, 3])
    True
    """

    ridge: float = 5.0
    borders: float = 0.0

    @property
    def name(self) -> str:
        """What tables call it."""
        return "EASE with borders" if self.borders else "EASE"

    def fit(self, known: Arrangements) -> Fitted:
        """Learn the weights."""
        count = len(known.councils)
        side = known.borders + sparse.eye_array(count)
        base = self.ridge * sparse.eye_array(count) + self.borders * (side.T @ side)
        inverse: Inverse
        if count <= DENSE_UP_TO:
            gram = base + known.members.T @ known.members
            inverse = DenseInverse(np.linalg.inv(gram.toarray()))
        else:
            inverse = SparseInverse(sparse.csc_array(base), known.members)
        return FittedEase(known.members, inverse)


@dataclass(frozen=True)
class FittedEase:
    """EASE for arrangements of which some may be left out of an answer.

    Attributes
    ----------
    members : scipy.sparse.csr_array
        Who takes part in what.
    inverse : Inverse
        Of G.

    Examples
    --------
    >>> FittedEase(sparse.csr_array(np.eye(2)), DenseInverse(np.eye(2) / 2)).scores(
    ...     Question(np.array([[True, False]])))[0, 1]
    np.float64(-0.0)
    """

    members: sparse.csr_array
    inverse: Inverse

    def scores(self, question: Question) -> Matrix:
        """Score every council, for each set of members."""
        asked = question.members.T.astype(float)
        along = self.inverse.times(asked)
        diagonal = self.inverse.diagonal
        gone = self.members[list(question.without)].toarray().T
        gone = gone[:, gone.any(axis=0)]
        if gone.shape[1]:
            lost = self.inverse.times(gone)
            core = np.linalg.inv(np.eye(gone.shape[1]) - gone.T @ lost)
            along = along + lost @ (core @ (lost.T @ asked))
            diagonal = diagonal + np.einsum("ij,jk,ik->i", lost, core, lost)
        scale = 1 + np.einsum("ij,ij->j", asked, along)
        with_asked = diagonal[:, None] - along**2 / scale
        return np.asarray((-(along / scale) / with_asked).T)
