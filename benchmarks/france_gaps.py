"""How long gaps and breaks take of the French memberships, and how much memory.

Run with ``python -m benchmarks.france_gaps`` from the top of the project, on the French picture
of `benchmarks.france_centrality` and the borders beside it (``commune_borders_2018.csv``). Each
step runs in a process of its own after reading, so that memory is its own. With
``--all-pairs`` the graph of all ties is made too, which they did without. Seconds are of
processor time in one thread, as others may be at work on the machine.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import networkx as nx

from benchmarks.france_centrality import FRANCE, france, seconds
from benchmarks.peak import peak_memory
from graphmodel.analytics.breaks import find_breaks, sole_neighbours, sole_ties
from graphmodel.analytics.bundles import find_bundled_clusters
from graphmodel.analytics.gaps import areas_elsewhere, most_isolated, neighbour_gaps
from graphmodel.analytics.pieces import scattered_services
from graphmodel.analytics.projection import ties

MOST_NAMED = 4
"""Pairs of each service that are written out, as in the report."""


def borders(affiliated: Any) -> Any:
    """The communes of the picture that touch, by code of 2018; codes of both are the same."""
    graph = nx.Graph()
    graph.add_nodes_from(one for one, kind in affiliated.nodes(data="kind") if kind == "council")
    with (FRANCE.parent / "commune_borders_2018.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code_a"] in graph and row["code_b"] in graph:
                graph.add_edge(row["code_a"], row["code_b"])
    return graph


def gaps_of(affiliated: Any, touching: Any) -> int:
    """Gaps with the areas to talk about, communes alone, services in pieces, as the report."""
    found = neighbour_gaps(affiliated, touching)
    for gap in found.ranked:
        areas_elsewhere(affiliated, gap.first, gap.second)
    most_isolated(affiliated, touching)
    scattered_services(affiliated, touching)
    return len(found.ranked)


def breaks_of(affiliated: Any, touching: Any) -> int:
    """What would split the picture or a cluster, and what pairs share alone, as the report."""
    found = find_breaks(affiliated)
    for cluster in find_bundled_clusters(affiliated).clusters:
        found += find_breaks(affiliated, cluster.members)
    sole_ties(affiliated, MOST_NAMED)
    sole_neighbours(affiliated, touching)
    return len(found)


STEPS: dict[str, Callable[[Any, Any], int]] = {
    "reading only": lambda _, touching: touching.number_of_edges(),
    "gaps": gaps_of,
    "breaks": breaks_of,
    "ties of all pairs": lambda affiliated, _: int(ties(affiliated).number_of_edges()),
}


def measure(step: str) -> None:
    affiliated = france()
    touching = borders(affiliated)
    found: list[int] = []
    took = seconds(lambda: found.append(STEPS[step](affiliated, touching)))
    memory = peak_memory() / 1024
    print(f"| {step} | {found[0]:,} | {took:.1f} | {memory:.2f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--all-pairs"]):
        measure(sys.argv[1])
    else:
        print("| step | found | seconds | GB |\n|---|---|---|---|")
        for which in list(STEPS)[: 4 if sys.argv[1:] else 3]:
            subprocess.run([sys.executable, "-m", "benchmarks.france_gaps", which], check=True)
