"""How clusters are looked for, the same for every report that shows them."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graphmodel.analytics.clusters import RUNS, Clustering, find_clusters
from graphmodel.analytics.methods import Method


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

    def find(self, tied: nx.Graph, method: Method | None = None) -> Clustering:
        """Look for clusters.

        Parameters
        ----------
        tied : networkx.Graph
            As from `graphmodel.analytics.projection.ties`.
        method : {"louvain", "leiden"}, optional
            Instead of the one that was chosen.

        Returns
        -------
        Clustering

        Examples
        --------
        >>> len(Choices().find(nx.Graph([("a", "b")])).clusters)
        1
        """
        return find_clusters(
            tied,
            method=method or self.method,
            resolution=self.resolution,
            runs=self.runs,
            seed=self.seed,
        )
