"""Inverses of large matrices that are never written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from graphmodel.analytics.arrangements import Matrix

Indices = NDArray[np.int64]
NOTHING = 1e-9
"""Entries of an inverse below which they are taken for 0."""
_AT_ONCE = 64


class Inverse(Protocol):
    """An inverse that can be multiplied with, and whose diagonal is known."""

    @property
    def rows(self) -> sparse.csr_array:
        """X: the rows whose X'X is in what was inverted."""
        ...

    @property
    def diagonal(self) -> Matrix:
        """Its diagonal."""
        ...

    def times(self, columns: Matrix) -> Matrix:
        """The inverse times some columns."""
        ...

    def times_rows(self, chosen: Sequence[int]) -> Matrix:
        """The inverse times some of the rows, turned to columns."""
        ...


@dataclass(frozen=True)
class DenseInverse:
    """An inverse that is kept whole.

    Attributes
    ----------
    whole : array
        The inverse.
    rows : scipy.sparse.csr_array
        X: the rows whose X'X is in what was inverted.

    Examples
    --------
    >>> DenseInverse(np.eye(2), sparse.csr_array(np.eye(2))).diagonal
    array([1., 1.])
    """

    whole: Matrix
    rows: sparse.csr_array

    @property
    def diagonal(self) -> Matrix:
        """Its diagonal."""
        return np.asarray(self.whole.diagonal())

    def times(self, columns: Matrix) -> Matrix:
        """The inverse times some columns."""
        return np.asarray(self.whole @ columns)

    def times_rows(self, chosen: Sequence[int]) -> Matrix:
        """The inverse times some of the rows, turned to columns."""
        return np.asarray(self.rows[list(chosen)] @ self.whole).T


class SparseInverse:
    """Inverse of a sparse matrix plus X'X, for more councils than a whole one has room for.

    Parameters
    ----------
    base : scipy.sparse.csc_array
        Symmetric and positive definite: the ridge and the map.
    rows : scipy.sparse.csr_array
        X, with far fewer rows than columns.

    Notes
    -----
    Woodbury: with K the base, the inverse is K⁻¹ - V C V', where V = K⁻¹X' and
    C = (I + XV)⁻¹. The map is nearly planar, so that K has sparse factors, and what a
    council counts for fades with distance, so that V is sparse but for entries below
    ``NOTHING``.

    Examples
    --------
    >>> rows = sparse.csr_array(np.array([[1.0, 1.0]]))
    >>> SparseInverse(sparse.csc_array(np.eye(2)), rows).times(np.eye(2)).round(3)
    array([[ 0.667, -0.333],
           [-0.333,  0.667]])
    """

    def __init__(self, base: sparse.csc_array, rows: sparse.csr_array) -> None:
        self.rows = rows
        self._base = splu(
            base,
            permc_spec="MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
        self._along = self._solved(rows)
        inner = np.eye(rows.shape[0]) + (rows @ self._along).toarray()
        self._core = np.linalg.inv((inner + inner.T) / 2)
        self.diagonal = diagonal_of_inverse(self._base) - self._lost()

    def times(self, columns: Matrix) -> Matrix:
        """The inverse times some columns."""
        solved = self._base.solve(columns)
        return np.asarray(solved - self._along @ (self._core @ (self.rows @ solved)))

    def times_rows(self, chosen: Sequence[int]) -> Matrix:
        """The inverse times some of the rows, turned to columns."""
        return np.asarray(self._along @ self._core[:, list(chosen)])

    def _solved(self, rows: sparse.csr_array) -> sparse.csr_array:
        parts = []
        for first in range(0, rows.shape[0], _AT_ONCE):
            solved = self._base.solve(rows[first : first + _AT_ONCE].toarray().T)
            solved[np.abs(solved) < NOTHING] = 0.0
            parts.append(sparse.csc_array(solved))
        return sparse.csr_array(sparse.hstack(parts))

    def _lost(self) -> Matrix:
        """What the rows take from the diagonal: of each council by those that reach it."""
        starts, reaching, values = self._along.indptr, self._along.indices, self._along.data
        lost = np.zeros(self._along.shape[0])
        for council, (first, last) in enumerate(pairwise(starts.tolist())):
            by, weights = reaching[first:last], values[first:last]
            lost[council] = weights @ self._core[np.ix_(by, by)] @ weights
        return lost


def diagonal_of_inverse(factor: Any) -> Matrix:
    """Diagonal of the inverse of a matrix, from its sparse factors, exactly.

    Parameters
    ----------
    factor : scipy.sparse.linalg.SuperLU
        Of a symmetric positive definite matrix, without pivoting.

    Returns
    -------
    array

    Notes
    -----
    Takahashi, Fagan and Chen 1973, "Formation of a sparse bus impedance matrix": from
    the last column to the first, those entries of the inverse that lie where the
    factor has some follow from each other: those of a column from the block of its
    parent in the elimination tree, which is dropped after its last child.

    Examples
    --------
    >>> factor = splu(sparse.csc_array(np.array([[2.0, 1.0], [1.0, 2.0]])))
    >>> diagonal_of_inverse(factor).round(3)
    array([0.667, 0.667])
    """
    lower = sparse.csc_array(factor.L)
    pivots = factor.U.diagonal()
    rows = _closed(lower)
    children = Counter(int(below[1]) for below in rows if len(below) > 1)
    blocks: dict[int, Matrix] = {}
    diagonal = np.zeros(len(pivots))
    for column in range(len(pivots) - 1, -1, -1):
        below = rows[column][1:]
        first, last = lower.indptr[column : column + 2]
        weights = np.zeros(len(below) + 1)
        weights[np.searchsorted(rows[column], lower.indices[first:last])] = lower.data[first:last]
        inner = np.zeros((0, 0))
        if len(below):
            parent = int(below[0])
            at = np.searchsorted(rows[parent], below)
            inner = blocks[parent][np.ix_(at, at)]
            children[parent] -= 1
            if not children[parent]:
                del blocks[parent]
        entries = -inner @ weights[1:]
        diagonal[column] = 1 / pivots[column] - entries @ weights[1:]
        if children[column]:
            blocks[column] = np.block(
                [[diagonal[column : column + 1, None], entries[None, :]], [entries[:, None], inner]]
            )
    return np.asarray(diagonal[factor.perm_c])


def _closed(lower: sparse.csc_array) -> list[Indices]:
    """Where the columns of a factor may have entries, those too that came out as 0."""
    rows = [
        np.sort(lower.indices[first:last]).astype(np.int64)
        for first, last in pairwise(lower.indptr.tolist())
    ]
    for below in rows:
        if len(below) > 1:
            parent = int(below[1])
            rows[parent] = np.union1d(rows[parent], below[1:])
    return rows
