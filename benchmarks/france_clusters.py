"""How long clustering takes on large pictures: the French memberships, and made ones that grow.

Run with ``python -m benchmarks.france_clusters`` from the top of the project, on the pictures of
`benchmarks.france_centrality`, each in a process of its own. Clusters are agreed from as many
runs as the program makes for so many; the centrality ranks of the same picture follow in the same
process. With ``--all-pairs`` igraph's Leiden also divides the French ties of all pairs, as the
reference for the modularity. Seconds are of processor time in one thread, as others may be at
work on the machine.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import igraph
import numpy as np
from scipy.sparse import csr_array, triu

from benchmarks.france_centrality import SIZES, france, made, seconds
from benchmarks.peak import peak_memory
from graphmodel.analytics.bundles import bundled_ties, bundles, find_bundled_clusters
from graphmodel.analytics.centrality import rank_by_centrality
from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.methods import Method


def measure(which: str, method: Method) -> None:
    affiliated = france() if which == "france" else made(int(which))
    councils = sum(kind == "council" for _, kind in affiliated.nodes(data="kind"))
    bundled = bundles(affiliated)
    pairs = bundled_ties(affiliated, bundled).number_of_edges()
    found: list[Clustering] = []
    clustered = seconds(lambda: found.append(find_bundled_clusters(affiliated, method=method)))
    ranked = seconds(lambda: rank_by_centrality(affiliated))
    memory = peak_memory() / 1024
    print(
        f"| {which} | {method} | {councils:,} | {len(bundled):,} | {pairs:,} | "
        f"{len(found[0].clusters)} | {found[0].modularity:.4f} | {found[0].best_run:.4f} | "
        f"{clustered:.1f} | {ranked:.1f} | {memory:.2f} |",
        flush=True,
    )


def all_pairs() -> None:
    """What igraph reaches where the councils with the same services may be parted."""
    affiliated = france()
    nodes = sorted(affiliated)
    at = {node: number for number, node in enumerate(nodes)}
    services = [node for node in nodes if affiliated.nodes[node]["kind"] == "service"]
    rows = np.array([at[member] for service in services for member in affiliated[service]])
    columns = np.array([at[service] for service in services for _ in affiliated[service]])
    divided = np.array(
        [
            1 / max(affiliated.degree(service) - 1, 1)
            for service in services
            for _ in affiliated[service]
        ]
    )
    shape = (len(nodes),) * 2
    part: Any = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    shared: Any = csr_array((divided, (rows, columns)), shape=shape)
    tied = triu(shared @ part.T, k=1).tocoo()
    graph = igraph.Graph(len(nodes), np.column_stack([tied.row, tied.col]))
    found: list[Any] = []
    took = seconds(
        lambda: found.append(
            graph.community_leiden("modularity", weights=tied.data, n_iterations=2)
        )
    )
    quality = graph.modularity(found[0].membership, weights=tied.data)
    memory = peak_memory() / 1024
    print(f"igraph on {graph.ecount():,} pairs: {quality:.4f}, {took:.1f} s, {memory:.2f} GB")


if __name__ == "__main__":
    if sys.argv[1:] == ["--all-pairs"]:
        all_pairs()
    elif len(sys.argv) > 1:
        measure(sys.argv[1], "leiden" if sys.argv[2] == "leiden" else "louvain")
    else:
        head = (
            "picture, runs by, councils, bundles, pairs, clusters, modularity, best run, "
            "clustered s, ranked s, GB"
        )
        print("| " + " | ".join(head.split(", ")) + " |")
        print("|---|" + "---|" * (len(head.split(", ")) - 1))
        for which in ("france", *SIZES):
            for method in ("louvain", "leiden"):
                command = [sys.executable, "-m", "benchmarks.france_clusters", which, method]
                subprocess.run(command, check=True)
