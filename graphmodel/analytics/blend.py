"""The score of candidates: EASE, one's own border and official groupings, added up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements, Flags, Matrix
from graphmodel.analytics.ease import Ease
from graphmodel.analytics.scores import Fitted, Question, shared_groupings


@dataclass(frozen=True)
class Blend:
    """EASE with borders, and what the map and official groupings say by themselves.

    Where much is on record EASE decides; where little is, the border does. The weights
    are the same everywhere. They were chosen on one half of the services of Scotland
    and of the departments of France; docs/candidates.md has the figures of the others.

    Parameters
    ----------
    ridge, borders : float
        Of `graphmodel.analytics.ease.Ease`.
    own_border : float
        What the share of a council's own border that it has with members counts for.
    grouping : float
        What the share of members that are in one grouping with it counts for.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab"}, borders=["ab", "bc", "cd", "de"])
    >>> asked = Question(np.array([[True, True, False, False, False]]), without=(0,))
    >>> answer = Blend().fit(known).scores(asked)
    >>> bool(answer[0, 2] > answer[0, 3] > answer[0, 4])
    True
    """

    ridge: float = 2.0
    borders: float = 0.2
    own_border: float = 0.2
    grouping: float = 0.1

    @property
    def name(self) -> str:
        """What tables call it."""
        return "EASE, own border, groupings"

    def fit(self, known: Arrangements) -> Fitted:
        """Learn EASE, and take in the map and the groupings."""
        learnt = Ease(self.ridge, self.borders).fit(known)
        return _Blended(self, known, learnt, border_shares(known))


@dataclass(frozen=True)
class _Blended:
    weights: Blend
    known: Arrangements
    learnt: Fitted
    shares: sparse.csr_array

    def scores(self, question: Question) -> Matrix:
        border = (self.shares.T @ question.members.T.astype(float)).T
        grouping = shared_groupings(self.known, question.members)
        return np.asarray(
            self.learnt.scores(question)
            + self.weights.own_border * border
            + self.weights.grouping * grouping
        )


def border_shares(known: Arrangements) -> sparse.csr_array:
    """What share of each council's border is with each other one.

    Parameters
    ----------
    known : Arrangements
        With the map.

    Returns
    -------
    scipy.sparse.csr_array
        Columns add up to 1: by kilometres where all of a council's are known, else
        each neighbour counts alike.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> lengths = {("a", "b"): 30.0, ("b", "c"): 10.0}
    >>> border_shares(arrangements({}, ["ab", "bc", "cd"], lengths=lengths)).toarray()
    array([[0.  , 0.75, 0.  , 0.  ],
           [1.  , 0.  , 0.5 , 0.  ],
           [0.  , 0.25, 0.  , 1.  ],
           [0.  , 0.  , 0.5 , 0.  ]])
    """
    total = _columns(known.lengths)
    measured = (np.diff(known.lengths.indptr) == np.diff(known.borders.indptr)) & (total > 0)
    by_length = known.lengths @ _scaled(measured, total)
    by_count = known.borders @ _scaled(~measured, _columns(known.borders))
    return sparse.csr_array(by_length + by_count)


def _columns(cells: sparse.csr_array) -> Matrix:
    return np.asarray(cells.sum(axis=0), float)


def _scaled(chosen: Flags, total: Matrix) -> sparse.dia_array:
    return sparse.diags_array(np.where(chosen & (total > 0), 1 / np.maximum(total, 1e-12), 0.0))
