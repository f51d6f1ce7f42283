"""How clusters are looked for, the same for every report that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from graphmodel.analytics import bundles
from graphmodel.analytics.clusters import RUNS, Clustering, find_clusters
from graphmodel.analytics.methods import Method
from graphmodel.analytics.picture import Picture

MOST_PAIRS = 500_000
"""Beyond so many pairs within services, councils with the same services are taken together."""


@dataclass(frozen=True)
class Choices:
    """How clusters are looked for.

    Attributes
    ----------
    method, resolution, runs, seed
        As in `graphmodel.analytics.clusters.find_clusters`.

    Examples
    --------
    >>> Choices(resolution=2.0).method
    'louvain'
    """

    method: Method = "louvain"
    resolution: float = 1.0
    runs: int = RUNS
    seed: int = 0

    def find(self, seen: Picture, method: Method | None = None) -> Clustering:
        """Look for clusters.

        Parameters
        ----------
        seen : Picture
            In which.
        method : {"louvain", "leiden"}, optional
            Instead of the one that was chosen.

        Returns
        -------
        Clustering

        Examples
        --------
        >>> from graphmodel.analytics.picture import picture
        >>> len(Choices().find(picture(store)).clusters)
        4
        """
        method = method or self.method
        if is_large(seen):
            return bundles.find_bundled_clusters(
                seen.specific,
                weighting=seen.scope.weighting,
                method=method,
                resolution=self.resolution,
                runs=self.runs_for(seen),
                seed=self.seed,
            )
        return find_clusters(
            seen.tied, method=method, resolution=self.resolution, runs=self.runs, seed=self.seed
        )

    def runs_for(self, seen: Picture) -> int:
        """Runs that are made: fewer where there are very many councils.

        Parameters
        ----------
        seen : Picture
            In which clusters are looked for.

        Returns
        -------
        int

        Examples
        --------
        >>> from graphmodel.analytics.picture import picture
        >>> Choices().runs_for(picture(store))
        100
        """
        return min(self.runs, bundles.RUNS) if is_large(seen) else self.runs


def is_large(seen: Picture) -> bool:
    """Tell whether the ties of all pairs are too many to be made.

    Parameters
    ----------
    seen : Picture
        Which has them.

    Returns
    -------
    bool

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> is_large(picture(store))
    False
    """
    sizes = [
        seen.specific.degree(node)
        for node, kind in seen.specific.nodes(data="kind")
        if kind == "service"
    ]
    pairs: int = sum(size * (size - 1) // 2 for size in sizes)
    return pairs > MOST_PAIRS
