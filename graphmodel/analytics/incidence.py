"""Who takes part in what as a sparse matrix: for pictures too large for a graph of ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse

from graphmodel.analytics.scope import Weighting

_PAIRS_AT_ONCE = 2_000_000
"""Pairs of members that are held at a time; a bound on memory."""


@dataclass(frozen=True)
class Incidence:
    """Members by services, of the services that at least two share.

    Attributes
    ----------
    members, services : tuple of str
        Ids, sorted.
    matrix : scipy.sparse.csr_array
        1 where a member takes part in a service; members are rows.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> graph.add_node("roads", kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> incidence(graph).matrix.toarray().tolist()
    [[1.0], [1.0]]
    """

    members: tuple[str, ...]
    services: tuple[str, ...]
    matrix: Any

    @property
    def sizes(self) -> Any:
        """Number of members of each service.

        Examples
        --------
        >>> incidence(nx.Graph()).sizes.tolist()
        []
        """
        return np.asarray(self.matrix.sum(axis=0)).ravel()

    def weights(self, weighting: Weighting) -> Any:
        """What each service counts for in the tie of two of its members.

        Parameters
        ----------
        weighting : {"divided", "plain"}
            As for `graphmodel.analytics.projection.ties`.

        Returns
        -------
        numpy.ndarray

        Examples
        --------
        >>> incidence(nx.Graph()).weights("plain").tolist()
        []
        """
        return np.ones(len(self.services)) if weighting == "plain" else 1 / (self.sizes - 1)


def incidence(affiliated: nx.Graph) -> Incidence:
    """Make the matrix of a two-mode graph.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`. Services of one member
        tie nobody, and are left out.

    Returns
    -------
    Incidence

    Examples
    --------
    >>> incidence(nx.Graph()).members
    ()
    """
    kinds = affiliated.nodes(data="kind")
    members = tuple(sorted(node for node, kind in kinds if kind != "service"))
    services = tuple(
        sorted(node for node, kind in kinds if kind == "service" and affiliated.degree(node) > 1)
    )
    rows = {member: at for at, member in enumerate(members)}
    places = [
        (rows[member], column)
        for column, service in enumerate(services)
        for member in affiliated[service]
    ]
    shape = (len(members), len(services))
    if not places:
        return Incidence(members, services, sparse.csr_array(shape))
    at, of = np.array(places).T
    matrix = sparse.csr_array((np.ones(len(places)), (at, of)), shape=shape)
    matrix.sort_indices()
    return Incidence(members, services, matrix)


@dataclass(frozen=True)
class TieSummary:
    """What is asked of the ties of each member, without keeping the ties.

    Attributes
    ----------
    degrees : numpy.ndarray
        Number of others that each member shares something with.
    closest : numpy.ndarray
        Position of the member with the strongest tie, the first of several; -1 for none.
    sole : numpy.ndarray
        Number of pairs of members that each service alone ties.

    Examples
    --------
    >>> summarise_ties(incidence(nx.Graph())).degrees.tolist()
    []
    """

    degrees: Any
    closest: Any
    sole: Any


def summarise_ties(found: Incidence, weighting: Weighting = "divided") -> TieSummary:
    """Count the ties of each member, find its closest, and count what hangs by one service.

    Parameters
    ----------
    found : Incidence
        As from `incidence`.
    weighting : {"divided", "plain"}
        As for `graphmodel.analytics.projection.ties`.

    Returns
    -------
    TieSummary

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council")
    >>> graph.add_nodes_from(["roads", "waste"], kind="service")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> graph.add_edges_from([(member, "waste") for member in "abc"])
    >>> summary = summarise_ties(incidence(graph))
    >>> summary.degrees.tolist(), summary.closest.tolist(), summary.sole.tolist()
    ([2, 2, 2], [1, 0, 0], [0, 2])
    """
    degrees = np.zeros(len(found.members), dtype=int)
    closest = np.full(len(found.members), -1)
    sole = np.zeros(len(found.services), dtype=int)
    weighted = found.matrix * found.weights(weighting)
    numbered = found.matrix * np.arange(1, len(found.services) + 1)
    for rows in _chunks(found):
        numbers = found.matrix[rows] @ found.matrix.T
        strengths = weighted[rows] @ found.matrix.T
        names = numbered[rows] @ found.matrix.T
        for ties in (numbers, strengths, names):
            ties.sort_indices()
        at = rows.start + np.repeat(np.arange(numbers.shape[0]), np.diff(numbers.indptr))
        other = numbers.indices != at
        degrees[rows] = np.bincount(at[other], minlength=rows.stop)[rows]
        once = other & (numbers.data == 1)
        sole += np.bincount(names.data[once].astype(int) - 1, minlength=len(sole))
        _note_closest(closest, at[other], numbers.indices[other], strengths.data[other])
    return TieSummary(degrees, closest, sole // 2)


def _note_closest(closest: Any, at: Any, others: Any, strengths: Any) -> None:
    """Of each member, the other with the strongest tie; sums in any order count as equal."""
    order = np.lexsort((others, -np.round(strengths, 9), at))
    members, first = np.unique(at[order], return_index=True)
    closest[members] = others[order][first]


def _chunks(found: Incidence) -> Iterator[slice]:
    """Rows of the matrix in runs that make about so many pairs at once."""
    pairs = np.cumsum(found.matrix @ found.sizes)
    start = 0
    while start < len(found.members):
        before = pairs[start - 1] if start else 0.0
        stop = max(int(np.searchsorted(pairs, before + _PAIRS_AT_ONCE, "right")), start + 1)
        yield slice(start, stop)
        start = stop
