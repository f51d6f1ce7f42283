"""EASE: which memberships go together, learnt in closed form, with the map beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import (
    Arrangements,
    Matrix,
    border_shares,
    grouping_rows,
)
from graphmodel.analytics.inverse import DenseInverse, Inverse, SparseInverse
from graphmodel.analytics.scores import Fitted, Question

DENSE_UP_TO = 3000
"""Councils up to which the whole inverse is kept."""


@dataclass(frozen=True)
class Ease:
    """The linear model that best restores each membership from the others of its service.

    What else is known counts as further arrangements: with ``borders`` above 0 each
    council with those that touch it, with ``groupings`` above 0 each official grouping.

    Parameters
    ----------
    ridge : float
        How strongly weights are held small.
    borders : float
        What a council with its neighbours counts for beside a service.
    own : float
        What the council itself counts for among its neighbours.
    by_length : bool
        Whether neighbours count by the share of the council's border, 1 on average.
    groupings : float
        What a grouping counts for beside a service.

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
    own: float = 1.0
    by_length: bool = False
    groupings: float = 0.0

    @property
    def name(self) -> str:
        """What tables call it."""
        return "EASE with borders" if self.borders else "EASE"

    def fit(self, known: Arrangements) -> Fitted:
        """Learn the weights."""
        count = len(known.councils)
        base = self.ridge * sparse.eye_array(count)
        if self.borders:
            around = known.borders
            if self.by_length:
                touching = sparse.diags_array(np.diff(known.borders.indptr).astype(float))
                around = touching @ border_shares(known).T
            side = around + self.own * sparse.eye_array(count)
            base = base + self.borders * (side.T @ side)
        rows = known.members
        if self.groupings and known.groupings:
            rows = sparse.vstack([rows, np.sqrt(self.groupings) * grouping_rows(known)], "csr")
        inverse: Inverse
        if count <= DENSE_UP_TO:
            inverse = DenseInverse(np.linalg.inv((base + rows.T @ rows).toarray()), rows)
        else:
            inverse = SparseInverse(sparse.csc_array(base), rows)
        return FittedEase(inverse)


@dataclass(frozen=True)
class FittedEase:
    """EASE for arrangements of which some may be left out of an answer.

    Attributes
    ----------
    inverse : Inverse
        Of G, made with a row for each service.

    Examples
    --------
    >>> inverse = DenseInverse(np.eye(2) / 2, sparse.csr_array(np.eye(2)))
    >>> FittedEase(inverse).scores(Question(np.array([[True, False]])))[0, 1]
    np.float64(-0.0)
    """

    inverse: Inverse

    def scores(self, question: Question) -> Matrix:
        """Score every council, for each set of members."""
        asked = question.members.T.astype(float)
        along = self.inverse.times(asked)
        diagonal = self.inverse.diagonal
        if question.without:
            gone = self.inverse.rows[list(question.without)]
            lost = self.inverse.times_rows(question.without)
            core = np.linalg.inv(np.eye(gone.shape[0]) - gone @ lost)
            along = along + lost @ (core @ (lost.T @ asked))
            diagonal = diagonal + np.einsum("ij,ij->i", lost @ core, lost)
        scale = 1 + np.einsum("ij,ij->j", asked, along)
        with_asked = diagonal[:, None] - along**2 / scale
        return np.asarray((-(along / scale) / with_asked).T)
