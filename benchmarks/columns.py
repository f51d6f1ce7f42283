"""What more could be said of a candidate: from factors, and from the set that it would complete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graphmodel.analytics.arrangements import (
    Arrangements,
    Matrix,
    border_shares,
    grouping_rows,
)
from graphmodel.analytics.blend import MODEL, Blend
from graphmodel.analytics.scores import Fitted, Question

SHOWN_AT_MOST = 8
"""Members whose own likelihood is asked for, evenly over the set."""
TEMPERATURE = 8.0
"""Factor on scores before they become expected memberships."""

Told = Callable[["Case"], Matrix]


@dataclass(frozen=True)
class Case:
    """A question and its best candidates.

    Attributes
    ----------
    known : Arrangements
        What there is to learn from; the question says which rows play no part.
    question : Question
        One set of members.
    candidates : array of int
        Columns of the candidates, best first.
    scores : array
        What the score of the program says of each.
    """

    known: Arrangements
    question: Question
    candidates: NDArray[np.int64]
    scores: Matrix

    @property
    def members(self) -> NDArray[np.int64]:
        """Columns of those that are shown."""
        return np.flatnonzero(self.question.members[0])

    def completed(self) -> Matrix:
        """The set that each candidate would complete, one a row."""
        sets = np.repeat(self.question.members, len(self.candidates), axis=0)
        sets[np.arange(len(sets)), self.candidates] = True
        return sets.astype(float)


@dataclass(frozen=True)
class Column:
    """Something that may be added to the score."""

    name: str
    fit: Callable[[Arrangements], Told]


def stacked(known: Arrangements) -> sparse.csr_array:
    """Services, each council with its neighbours, and groupings: rows of one matrix."""
    count = len(known.councils)
    degree = sparse.diags_array(np.diff(known.borders.indptr).astype(float))
    around = 0.25 * (degree @ border_shares(known).T) + sparse.eye_array(count)
    blocks = [known.members, np.sqrt(0.8) * around]
    if known.groupings:
        blocks.append(np.sqrt(0.3) * grouping_rows(known))
    return sparse.csr_array(sparse.vstack(blocks))


class Factors:
    """Factors of all these rows and of the councils by weighted alternating least squares.

    Hu, Koren and Volinsky 2008, "Collaborative filtering for implicit feedback datasets":
    each cell counts 1 + alpha x. Services of a fifth of all families are empty in each of five
    fits, so that no question sees its own; a question's row is then fitted to the members
    that are shown.
    """

    rank, alpha, ridge, rounds, parts = 12, 8.0, 3.0, 12, 5

    def __init__(self, known: Arrangements) -> None:
        self._known = known
        self._fits: dict[int, Matrix] = {}

    def __call__(self, case: Case) -> Matrix:
        councils = self._councils(self._known.kin[case.question.without[0]] % self.parts)
        row = sparse.csr_array(case.question.members.astype(float))
        [own] = self._solved(row, councils)
        return np.asarray(councils[case.candidates] @ own)

    def _councils(self, part: int) -> Matrix:
        if part not in self._fits:
            gone = np.flatnonzero(np.array(self._known.kin) % self.parts == part).tolist()
            cells = stacked(self._known.without(gone))
            chance = np.random.default_rng(0)
            councils = chance.normal(0, 0.1, (cells.shape[1], self.rank))
            back = sparse.csr_array(cells.T)
            for _ in range(self.rounds):
                councils = self._solved(back, self._solved(cells, councils))
            self._fits[part] = councils
        return self._fits[part]

    def _solved(self, cells: sparse.csr_array, fixed: Matrix) -> Matrix:
        shared = fixed.T @ fixed + self.ridge * np.eye(self.rank)
        found = np.zeros((cells.shape[0], self.rank))
        for row in range(cells.shape[0]):
            at = slice(cells.indptr[row], cells.indptr[row + 1])
            near, weight = fixed[cells.indices[at]], self.alpha * cells.data[at]
            if len(weight):
                left = shared + (near.T * weight) @ near
                found[row] = np.linalg.solve(left, near.T @ (1 + weight))
        return found


class SetLikelihood:
    """How much better the members themselves are told from the others once a candidate is in."""

    def __init__(self, known: Arrangements) -> None:
        self._fitted: Fitted = Blend().fit(known)

    def __call__(self, case: Case) -> Matrix:
        members = case.members
        some = members[
            np.linspace(0, len(members) - 1, min(SHOWN_AT_MOST, len(members))).astype(int)
        ]
        gains = []
        for member in some.tolist():
            sets = np.vstack([case.question.members, case.completed() > 0])
            sets[:, member] = False
            question = Question(sets, case.question.without, case.question.categories)
            scores = TEMPERATURE * self._fitted.scores(question)
            scores[sets] = -np.inf
            said = scores[:, member] - np.logaddexp.reduce(scores, axis=1)
            gains.append(said[1:] - said[0])
        return np.asarray(np.mean(gains, axis=0)) / TEMPERATURE


class ExpectedSet:
    """The score given the members and, by their chances, all the other candidates at once.

    Chances are asked anew three times, each given those of the time before (mean field).
    """

    def __init__(self, known: Arrangements) -> None:
        self._fitted: Fitted = MODEL.fit(known)

    def __call__(self, case: Case) -> Matrix:
        shown = case.question.members.astype(float)
        base = scores = self._asked(shown, case)[0][case.candidates]
        for _ in range(3):
            chances = np.exp(TEMPERATURE * (scores - scores.max()))
            sets = np.repeat(shown, len(case.candidates), axis=0)
            sets[:, case.candidates] = chances / chances.sum()
            sets[np.arange(len(sets)), case.candidates] = 0
            scores = np.diag(self._asked(sets, case)[:, case.candidates])
        return np.asarray(scores - base)

    def _asked(self, sets: Matrix, case: Case) -> Matrix:
        question = Question(sets, case.question.without)  # type: ignore[arg-type]
        return self._fitted.scores(question)


def _closest(sets: Matrix, rows: sparse.csr_array) -> Matrix:
    """The largest share that a set has in common with any of some rows (Jaccard)."""
    if not rows.shape[0]:
        return np.zeros(len(sets))
    both = np.asarray(rows @ sets.T)
    either = np.asarray(rows.sum(axis=1)).reshape(-1, 1) + sets.sum(axis=1) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=0))


def closest_service(known: Arrangements) -> Told:
    """How much nearer a set comes to that of some other service."""

    def told(case: Case) -> Matrix:
        others = sparse.csr_array(known.without(case.question.without).members)
        before = _closest(case.question.members.astype(float), others)
        return _closest(case.completed(), others) - before

    return told


def closest_grouping(known: Arrangements) -> Told:
    """How much nearer a set comes to a whole grouping."""
    rows = grouping_rows(known)

    def told(case: Case) -> Matrix:
        before = _closest(case.question.members.astype(float), rows)
        return _closest(case.completed(), rows) - before

    return told


def shape(known: Arrangements) -> Told:
    """How much more of the set's borders lie within it."""
    shares = border_shares(known)

    def inside(sets: Matrix) -> Matrix:
        return np.asarray((sets * (shares.T @ sets.T).T).sum(axis=1) / sets.sum(axis=1))

    def told(case: Case) -> Matrix:
        return inside(case.completed()) - inside(case.question.members.astype(float))

    return told


def pieces(known: Arrangements) -> Told:
    """Pieces that a set is in, fewer than before."""

    def count(row: Matrix) -> int:
        inside = np.flatnonzero(row)
        within = known.borders[inside][:, inside]
        return int(sparse.csgraph.connected_components(within, directed=False)[0])

    def told(case: Case) -> Matrix:
        before = count(case.question.members[0])
        return np.array([before - count(row) for row in case.completed()], float)

    return told


COLUMNS = (
    Column("factors", Factors),
    Column("set likelihood", SetLikelihood),
    Column("expected set", ExpectedSet),
    Column("closest service", closest_service),
    Column("closest grouping", closest_grouping),
    Column("shape", shape),
    Column("pieces", pieces),
)
