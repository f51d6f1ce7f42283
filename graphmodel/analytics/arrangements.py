"""Who takes part in what, as matrices: what scores of candidates learn from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Arrangements:
    """Services, their members and the map of the councils, in a fixed order.

    Attributes
    ----------
    councils, services : tuple of str
        Ids, sorted: the columns and the rows of ``members``.
    members : scipy.sparse.csr_array
        1 where a council takes part in a service.
    borders : scipy.sparse.csr_array
        1 where two councils touch; symmetric, with an empty diagonal.
    lengths : scipy.sparse.csr_array
        Kilometres of those borders, where they are known.
    categories : tuple of frozenset of str
        Service areas of each service.
    groupings : mapping of str to tuple of int
        Councils of each official grouping that is not the area of one of the services.
    kin : tuple of int
        The same number for services that are parts or successors of one another, near
        or far: much of what is known of one was said of the other.

    Examples
    --------
    >>> arrangements({"roads": "ab", "waste": "bc"}, borders=["ab", "bc"]).members.toarray()
    array([[1., 1., 0.],
           [0., 1., 1.]])
    """

    councils: tuple[str, ...]
    services: tuple[str, ...]
    members: sparse.csr_array
    borders: sparse.csr_array
    lengths: sparse.csr_array
    categories: tuple[frozenset[str], ...]
    groupings: Mapping[str, tuple[int, ...]]
    kin: tuple[int, ...]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of members of each service.

        Examples
        --------
        >>> arrangements({"roads": "ab", "waste": "abc"}).sizes
        array([2, 3])
        """
        return np.asarray(np.diff(self.members.indptr), np.int64)

    def members_of(self, service: int) -> NDArray[np.int64]:
        """Columns of the councils that take part in a service.

        Parameters
        ----------
        service : int
            Its row.

        Returns
        -------
        numpy.ndarray
            Sorted.

        Examples
        --------
        >>> arrangements({"roads": "ab", "waste": "ac"}).members_of(1)
        array([0, 2])
        """
        first, last = self.members.indptr[service : service + 2]
        return np.asarray(self.members.indices[first:last], np.int64)

    def family(self, service: int) -> tuple[int, ...]:
        """Rows that would give a service away: itself and its kin.

        Parameters
        ----------
        service : int
            Its row.

        Returns
        -------
        tuple of int
            Sorted.

        Examples
        --------
        >>> known = arrangements({"roads": "ab", "signs": "ab"}, kin=[("signs", "roads")])
        >>> known.family(0)
        (0, 1)
        """
        return tuple(at for at, kin in enumerate(self.kin) if kin == self.kin[service])

    def without(self, services: Collection[int]) -> Arrangements:
        """The same as if nobody took part in some of the services.

        Parameters
        ----------
        services : collection of int
            Their rows, which stay, empty.

        Returns
        -------
        Arrangements

        Examples
        --------
        >>> arrangements({"roads": "ab", "waste": "bc"}).without([0]).members.toarray()
        array([[0., 0., 0.],
               [0., 1., 1.]])
        """
        kept = np.ones(len(self.services))
        kept[list(services)] = 0
        members = sparse.csr_array(sparse.diags_array(kept) @ self.members)
        members.eliminate_zeros()
        return replace(self, members=members)

    def of_size(self, most: int) -> Arrangements:
        """The same with the services of more members empty.

        Parameters
        ----------
        most : int
            Members that a service may have.

        Returns
        -------
        Arrangements

        Examples
        --------
        >>> arrangements({"roads": "ab", "waste": "abc"}).of_size(2).sizes
        array([2, 0])
        """
        return self.without(np.flatnonzero(self.sizes > most).tolist())


def arrangements(
    members: Mapping[str, Iterable[str]],
    borders: Iterable[Iterable[str]] = (),
    *,
    lengths: Mapping[tuple[str, str], float] | None = None,
    councils: Iterable[str] = (),
    categories: Mapping[str, Iterable[str]] | None = None,
    groupings: Mapping[str, Iterable[str]] | None = None,
    kin: Iterable[tuple[str, str]] = (),
) -> Arrangements:
    """Put arrangements into order.

    Parameters
    ----------
    members : mapping of str to iterable of str
        Councils that take part, by service.
    borders : iterable of pairs of str
        Councils that touch.
    lengths : mapping of pairs of str to float, optional
        Kilometres of borders, for those where they are known.
    councils : iterable of str
        Those that take part in nothing and touch nobody too.
    categories : mapping of str to iterable of str, optional
        Service areas, by service.
    groupings : mapping of str to iterable of str, optional
        Councils, by grouping.
    kin : iterable of pairs of str
        Services of which one is a part or a successor of the other.

    Returns
    -------
    Arrangements
        The same whatever the order of what is given.

    Examples
    --------
    >>> known = arrangements({"waste": "cb", "roads": "ab"}, borders=["ba"], councils="d")
    >>> known.councils, known.services
    (('a', 'b', 'c', 'd'), ('roads', 'waste'))
    """
    taking_part = {service: sorted(set(joined)) for service, joined in sorted(members.items())}
    touching = [tuple(pair) for pair in borders]
    names = {*councils, *(name for pair in touching for name in pair)}
    names.update(name for joined in taking_part.values() for name in joined)
    column = {name: at for at, name in enumerate(sorted(names))}
    row = {name: at for at, name in enumerate(taking_part)}
    pairs = {
        (column[a], column[b])
        for first, second in touching
        if first != second
        for a, b in ((first, second), (second, first))
    }
    return Arrangements(
        councils=tuple(column),
        services=tuple(row),
        members=_ones(
            [(row[service], column[name]) for service in row for name in taking_part[service]],
            (len(row), len(column)),
        ),
        borders=_ones(sorted(pairs), (len(column), len(column))),
        lengths=_lengths(lengths or {}, column),
        categories=tuple(frozenset((categories or {}).get(service, ())) for service in row),
        groupings={
            name: tuple(sorted(column[council] for council in set(joined) if council in column))
            for name, joined in sorted((groupings or {}).items())
        },
        kin=_families(len(row), [(row[a], row[b]) for a, b in kin if a in row and b in row]),
    )


def _lengths(lengths: Mapping[tuple[str, str], float], column: dict[str, int]) -> sparse.csr_array:
    known = {}
    for (first, second), km in sorted(lengths.items()):
        known[column[first], column[second]] = known[column[second], column[first]] = km
    cells = _ones(sorted(known), (len(column), len(column)))
    cells.data = np.array([known[cell] for cell in sorted(known)], float)
    return cells


def _families(count: int, related: list[tuple[int, int]]) -> tuple[int, ...]:
    _, family = connected_components(_ones(sorted(set(related)), (count, count)), directed=False)
    return tuple(family.tolist())


def _ones(cells: list[tuple[int, int]], shape: tuple[int, int]) -> sparse.csr_array:
    rows = [first for first, _ in cells]
    columns = [second for _, second in cells]
    return sparse.csr_array((np.ones(len(cells)), (rows, columns)), shape=shape)


def grouping_rows(known: Arrangements) -> sparse.csr_array:
    """Groupings as rows, as if they were services.

    Parameters
    ----------
    known : Arrangements
        With the groupings.

    Returns
    -------
    scipy.sparse.csr_array
        1 where a council is in a grouping.

    Examples
    --------
    >>> known = arrangements({}, councils="abc", groupings={"north": "ab", "south": "c"})
    >>> grouping_rows(known).toarray()
    array([[1., 1., 0.],
           [0., 0., 1.]])
    """
    groupings = known.groupings.values()
    cells = [(row, council) for row, inside in enumerate(groupings) for council in inside]
    return _ones(cells, (len(groupings), len(known.councils)))


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
