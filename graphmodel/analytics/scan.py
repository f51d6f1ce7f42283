"""At which resolutions the clusters are steady."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sklearn.metrics import adjusted_rand_score

from graphmodel.analytics.clusters import Clustering

STEPS_TO_DOUBLE = 4
RESOLUTIONS = tuple(2 ** (step / STEPS_TO_DOUBLE) for step in range(-8, 9))
"""From a quarter to four, each a fifth above the one before."""


@dataclass(frozen=True)
class Range:
    """Neighbouring resolutions that give the same clusters.

    Attributes
    ----------
    resolutions : tuple of float
        Those that were tried, in ascending order.
    clustering : Clustering
        At the first of them.
    stability : float
        Mean over the resolutions and the members of clusters, 0 to 1.
    agreement : float or None
        Adjusted Rand index with the range before; none for the first.

    Examples
    --------
    >>> Range((0.5, 1.0), Clustering((), ("a",), 0.0, 0.0, True), 1.0, None).resolutions[-1]
    1.0
    """

    resolutions: tuple[float, ...]
    clustering: Clustering
    stability: float
    agreement: float | None


def scan(
    find: Callable[[float], Clustering], resolutions: Iterable[float] = RESOLUTIONS
) -> list[Range]:
    """Look for clusters at many resolutions, and put together those that give the same.

    Parameters
    ----------
    find : callable
        From a resolution to a clustering of always the same ties.
    resolutions : iterable of float
        To try.

    Returns
    -------
    list of Range
        By resolution, ascending.

    Notes
    -----
    Clusters that last over a long range are no artefact of the resolution that was
    chosen: Arenas, Fernandez and Gomez 2008, "Analysis of the structure of complex
    networks at different resolution levels", New Journal of Physics 10, 053039.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analytics.clusters import find_clusters
    >>> pairs = nx.Graph([("a", "b"), ("c", "d")])
    >>> ranges = scan(lambda resolution: find_clusters(pairs, resolution=resolution), [0.5, 1, 5])
    >>> [(found.resolutions, len(found.clustering.clusters)) for found in ranges]
    [((0.5, 1), 2), ((5,), 4)]
    """
    runs: list[list[tuple[float, Clustering]]] = []
    for resolution in sorted(resolutions):
        found = find(resolution)
        if not runs or found.places() != runs[-1][0][1].places():
            runs.append([])
        runs[-1].append((resolution, found))
    ranges: list[Range] = []
    for run in runs:
        first = run[0][1]
        ranges.append(
            Range(
                resolutions=tuple(resolution for resolution, _ in run),
                clustering=first,
                stability=sum(_stability(found) for _, found in run) / len(run),
                agreement=_alike(ranges[-1].clustering, first) if ranges else None,
            )
        )
    return ranges


def _stability(found: Clustering) -> float:
    """Of a clustering: what a member can expect of its cluster."""
    members = sum(len(cluster.members) for cluster in found.clusters)
    total = sum(len(cluster.members) * cluster.stability for cluster in found.clusters)
    return total / members if members else 1.0


def _alike(one: Clustering, other: Clustering) -> float:
    here, there = one.places(), other.places()
    return float(adjusted_rand_score(list(here.values()), [there[member] for member in here]))
