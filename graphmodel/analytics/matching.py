"""Which cluster of one day is which of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.optimize import linear_sum_assignment

from graphmodel.analytics.clusters import Clustering

LEAST_OVERLAP = 0.3
"""Share of all members of two clusters that must be in both for them to be one."""


@dataclass(frozen=True)
class ClusterChange:
    """What became of a cluster, or where one came from.

    Attributes
    ----------
    then, now : tuple of str
        Ids of its members on the first day and on the second.

    Examples
    --------
    >>> ClusterChange(("a", "b"), ("a", "b", "c")).came
    ('c',)
    """

    then: tuple[str, ...]
    """Empty where there was no such cluster."""
    now: tuple[str, ...]
    """Empty where there is none any longer."""

    @property
    def came(self) -> tuple[str, ...]:
        """Members of the second day only, sorted."""
        return tuple(sorted(set(self.now) - set(self.then)))

    @property
    def went(self) -> tuple[str, ...]:
        """Members of the first day only, sorted."""
        return tuple(sorted(set(self.then) - set(self.now)))


def match_clusters(then: Clustering, now: Clustering) -> list[ClusterChange]:
    """Find which cluster of one day is which of another.

    Clusters are paired so that their overlaps, the members in both among the members of
    either (Jaccard), add up to the most. Those whose overlap is below 0.3 are not taken
    for the same.

    Parameters
    ----------
    then, now : Clustering
        Of the first day and of the second.

    Returns
    -------
    list of ClusterChange
        Each cluster of either day once; largest of the second day first, then those that
        are no more.

    Notes
    -----
    Overlap and threshold: Greene, Doyle and Cunningham 2010, "Tracking the evolution of
    communities in dynamic social networks", ASONAM, doi 10.1109/ASONAM.2010.17. Pairing:
    Crouse 2016, "On implementing 2D rectangular assignment algorithms", IEEE
    Transactions on Aerospace and Electronic Systems 52(4), as implemented in SciPy.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analytics.clusters import find_clusters
    >>> pairs = nx.Graph([("a", "b", {"weight": 1.0}), ("c", "d", {"weight": 1.0})])
    >>> more = nx.Graph([*pairs.edges(data=True), ("b", "e", {"weight": 1.0})])
    >>> match_clusters(find_clusters(pairs), find_clusters(more))[0]
    ClusterChange(then=('a', 'b'), now=('a', 'b', 'e'))
    """
    before, after = _members(then), _members(now)
    overlaps = [[_overlap(old, new) for new in after] for old in before]
    pairs: dict[int, int] = {}
    if before and after:
        rows, columns = linear_sum_assignment(overlaps, maximize=True)
        pairs = {
            int(new): int(old)
            for old, new in zip(rows, columns, strict=True)
            if overlaps[old][new] >= LEAST_OVERLAP
        }
    kept = [
        ClusterChange(before[pairs[at]] if at in pairs else (), members)
        for at, members in enumerate(after)
    ]
    gone = [
        ClusterChange(members, ()) for at, members in enumerate(before) if at not in pairs.values()
    ]
    return kept + gone


def _members(found: Clustering) -> list[tuple[str, ...]]:
    return sorted((cluster.members for cluster in found.clusters), key=lambda m: (-len(m), m))


def _overlap(first: Iterable[str], second: Iterable[str]) -> float:
    one, other = set(first), set(second)
    return len(one & other) / len(one | other)
