"""Inverses of large matrices that are never written out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from graphmodel.analytics.arrangements import Matrix

Indices = NDArray[np.int64]


class Inverse(Protocol):
    """An inverse that can be multiplied with, and whose diagonal is known."""

    @property
    def diagonal(self) -> Matrix:
        """Its diagonal."""
        ...

    def times(self, columns: Matrix) -> Matrix:
        """The inverse times some columns."""
        ...


@dataclass(frozen=True)
class DenseInverse:
    """An inverse that is kept whole.

    Attributes
    ----------
    whole : array
        The inverse.

    Examples
    --------
    >>> DenseInverse(np.eye(2)).diagonal
    array([1., 1.])
    """

    whole: Matrix

    @property
    def diagonal(self) -> Matrix:
        """Its diagonal."""
        return np.asarray(self.whole.diagonal())

    def times(self, columns: Matrix) -> Matrix:
        """The inverse times some columns."""
        return np.asarray(self.whole @ columns)


class SparseInverse:
    """Inverse of a sparse matrix plus X'X, for more councils than a whole one has room for.

    Parameters
    ----------
    base : scipy.sparse.csc_array
        Symmetric and positive definite: the ridge and the map.
    members : scipy.sparse.csr_array
        X, with far fewer rows than columns.

    Notes
    -----
    Woodbury: with K the base, the inverse is K⁻¹ - V (I + XV)⁻¹ V', where V = K⁻¹X'.

    Examples
    --------
    >>> rows = sparse.csr_array(np.array([[1.0, 1.0]]))
    >>> SparseInverse(sparse.csc_array(np.eye(2)), rows).times(np.eye(2)).round(3)
    array([[ 0.667, -0.333],
           [-0.333,  0.667]])
    """

    def __init__(self, base: sparse.csc_array, members: sparse.csr_array) -> None:
        self._base = splu(
            base,
            permc_spec="MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
        self._along = self._base.solve(members.T.toarray())
        inner = np.eye(members.shape[0]) + members @ self._along
        self._across = np.linalg.solve(inner, self._along.T)
        lost = np.einsum("ij,ji->i", self._along, self._across)
        self.diagonal = diagonal_of_inverse(self._base) - lost

    def times(self, columns: Matrix) -> Matrix:
        """The inverse times some columns."""
        used = np.flatnonzero(columns.any(axis=1))
        part = self._across[:, used] @ columns[used]
        return np.asarray(self._base.solve(columns) - self._along @ part)


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
    factor has some follow from each other.

    Examples
    --------
    >>> factor = splu(sparse.csc_array(np.array([[2.0, 1.0], [1.0, 2.0]])))
    >>> diagonal_of_inverse(factor).round(3)
    array([0.667, 0.667])
    """
    lower = sparse.csc_array(factor.L)
    pivots = factor.U.diagonal()
    count = len(pivots)
    starts, rows = _closed(lower)
    keys = np.repeat(np.arange(count), np.diff(starts)) * count + rows
    values = np.zeros(len(keys))
    columns = np.repeat(np.arange(count), np.diff(lower.indptr))
    values[np.searchsorted(keys, columns * count + lower.indices)] = lower.data
    known = np.zeros(len(keys))
    for column in range(count - 1, -1, -1):
        first, last = starts[column], starts[column + 1]
        below, weights = rows[first + 1 : last], values[first + 1 : last]
        pairs = np.minimum.outer(below, below) * count + np.maximum.outer(below, below)
        entries = -known[np.searchsorted(keys, pairs)] @ weights
        known[first + 1 : last] = entries
        known[first] = 1 / pivots[column] - entries @ weights
    return np.asarray(known[starts[:-1]][factor.perm_c])


def _closed(lower: sparse.csc_array) -> tuple[Indices, Indices]:
    """Where a factor may have entries, those too that came out as 0: starts and rows."""
    rows = [
        np.sort(lower.indices[first:last]).astype(np.int64)
        for first, last in pairwise(lower.indptr.tolist())
    ]
    for below in rows:
        if len(below) > 1:
            parent = int(below[1])
            rows[parent] = np.union1d(rows[parent], below[1:])
    starts = np.concatenate([[0], np.cumsum([len(below) for below in rows])])
    return starts, np.concatenate(rows)
