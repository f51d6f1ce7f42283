"""Arrangements as they would be without some of a council's edges."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements


@dataclass(frozen=True)
class Edges:
    """Edges of one council that a reason rests on.

    Attributes
    ----------
    services : tuple of str
        Ids of services that it takes part in.
    neighbours : tuple of str
        Ids of councils that it touches by land or bridge.
    groupings : tuple of str
        Ids of groupings that it is in.

    Examples
    --------
    >>> Edges(services=("roads",)).neighbours
    ()
    """

    services: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    groupings: tuple[str, ...] = ()


def without_edges(known: Arrangements, council: str, edges: Edges) -> Arrangements:
    """The same as if a council had not some of its edges.

    Parameters
    ----------
    known : Arrangements
        All that is known.
    council : str
        Its id.
    edges : Edges
        What to take away.

    Returns
    -------
    Arrangements

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> known = arrangements({"roads": "ab", "waste": "bc"}, borders=["ab"])
    >>> without_edges(known, "b", Edges(("roads",), ("a",))).members.toarray()
    array([[1., 0., 0.],
           [0., 1., 1.]])
    """
    column = {name: at for at, name in enumerate(known.councils)}
    row = {name: at for at, name in enumerate(known.services)}
    own = column[council]
    rows = [row[service] for service in edges.services]
    beside = [column[name] for name in edges.neighbours]
    return replace(
        known,
        members=_without(known.members, rows, [own]) if rows else known.members,
        borders=_apart(known.borders, own, beside) if beside else known.borders,
        lengths=_apart(known.lengths, own, beside) if beside else known.lengths,
        groupings={
            name: tuple(one for one in councils if one != own)
            if name in edges.groupings
            else councils
            for name, councils in known.groupings.items()
        },
    )


def _without(cells: sparse.csr_array, rows: list[int], columns: list[int]) -> sparse.csr_array:
    found = cells.tocoo()
    kept = ~(np.isin(found.row, rows) & np.isin(found.col, columns))
    return sparse.csr_array(
        (found.data[kept], (found.row[kept], found.col[kept])), shape=cells.shape
    )


def _apart(cells: sparse.csr_array, own: int, others: list[int]) -> sparse.csr_array:
    return _without(_without(cells, [own], others), others, [own])
