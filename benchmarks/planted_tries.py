"""Other ways to find planted clusters, against the one that is used: which helps, and how far.

Run with ``python -m benchmarks.planted_tries`` from the top of the project, on the maps of
`benchmarks.planted`. Each way gets the ties without those of national services. The last column
is no method: from the planted regions on, councils are moved one at a time to where the rule by
which the map was made makes its memberships likelier, so that it knows the regions and the rule.
What it loses of the regions, the noise has hidden from anybody.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
from sklearn.metrics import adjusted_rand_score

from benchmarks.planted import DENSITIES, REGIONS, TAKING_PART, Planted, plant, row
from graphmodel.analytics.clusters import Clustering, find_clusters
from graphmodel.analytics.methods import communities
from graphmodel.analytics.projection import strengths, ties, without_universal

NOISE = (0.1, 0.2, 0.3)
RESOLUTIONS = (0.8, 1.0, 1.2, 1.5, 1.9)
STEADY = (0.7, 0.84, 1.0, 1.19, 1.41, 1.68, 2.0)
RUNS_EACH = 10
MAPS = 20
RUNS = 30


def found(tied: Any, **how: Any) -> Clustering:
    return find_clusters(tied, **({"runs": RUNS} | how))


def reweighted(tied: Any, weight: Callable[[str, str, float], float]) -> Any:
    """The same ties with other weights."""
    graph = nx.Graph()
    graph.add_nodes_from(tied.nodes(data=True))
    for a, b, facts in tied.edges(data=True):
        if (changed := weight(a, b, facts["weight"])) > 0:
            graph.add_edge(a, b, weight=changed, services=facts["services"])
    return graph


def relative(tied: Any) -> Any:
    """Each tie over the geometric mean of what its ends share in all (Salton's cosine)."""
    summed = strengths(tied)
    return reweighted(tied, lambda a, b, weight: weight / math.sqrt(summed[a] * summed[b]))


def squared(tied: Any) -> Any:
    return reweighted(tied, lambda _a, _b, weight: weight**2)


def many_resolutions(tied: Any) -> Clustering:
    """Ties times the share of runs, at five resolutions, that keep their ends together."""
    order = sorted(tied)
    at = {node: number for number, node in enumerate(order)}
    graph = nx.empty_graph(len(order))
    for a, b, weight in tied.edges(data="weight"):
        graph.add_edge(at[a], at[b], weight=weight)
    runs = [
        {node: number for number, part in enumerate(parts) for node in part}
        for resolution in RESOLUTIONS
        for seed in range(RUNS_EACH)
        for parts in [communities(graph, resolution=resolution, seed=seed)]
    ]

    def held(a: str, b: str, weight: float) -> float:
        return weight * sum(run[at[a]] == run[at[b]] for run in runs) / len(runs)

    return found(reweighted(tied, held))


def steadiest(tied: Any) -> Clustering:
    """At the resolution whose clusters the runs agree on most."""

    def steadiness(one: Clustering) -> float:
        held = [cluster.stability * len(cluster.members) for cluster in one.clusters]
        return round(sum(held) / sum(len(cluster.members) for cluster in one.clusters), 3)

    return max((found(tied, resolution=each) for each in STEADY), key=steadiness)


WAYS: Mapping[str, Callable[[Any], Clustering]] = {
    "as the command does": found,
    "Leiden": lambda tied: found(tied, method="leiden"),
    "resolution 1.3": lambda tied: found(tied, resolution=1.3),
    "steadiest resolution": steadiest,
    "five resolutions together": many_resolutions,
    "relative ties": lambda tied: found(relative(tied)),
    "relative, 1.2": lambda tied: found(relative(tied), resolution=1.2),
    "squared ties": lambda tied: found(squared(tied)),
}


def likelihood(specific: Any, region: Mapping[str, int], noise: float) -> float:
    """How likely the memberships are; each service is taken to be of the region that suits best."""
    everyone = len(region)
    sizes = [sum(at == one for at in region.values()) for one in range(len(REGIONS))]
    inside = TAKING_PART * (1 - noise)
    outside = max(TAKING_PART * noise * sum(REGIONS) / len(REGIONS) / everyone, 1e-3)
    total = 0.0
    for service, kind in specific.nodes(data="kind"):
        if kind == "service":
            members = [region[council] for council in specific[service]]
            of_region = [
                here * math.log(inside)
                + (size - here) * math.log(1 - inside)
                + (len(members) - here) * math.log(outside)
                + (everyone - size - len(members) + here) * math.log(1 - outside)
                for at, size in enumerate(sizes)
                for here in [members.count(at)]
            ]
            total += max(*of_region, -everyone * math.log(2))
    return total


def knowing(planted: Planted, noise: float) -> float:
    """Adjusted Rand index of the likeliest regions that are found from the planted ones on."""
    specific = without_universal(planted.affiliated)[0]
    region = dict(planted.region)
    best, moved = likelihood(specific, region, noise), True
    while moved:
        moved = False
        for council in region:
            for at in range(len(REGIONS)):
                before, region[council] = region[council], at
                likely = likelihood(specific, region, noise)
                if likely > best + 1e-9:
                    best, moved = likely, True
                else:
                    region[council] = before
    return float(adjusted_rand_score(list(planted.region.values()), list(region.values())))


if __name__ == "__main__":
    print(f"Adjusted Rand index with the planted regions: mean (least) of {MAPS} maps\n")
    levels = [(density, noise) for density in DENSITIES for noise in NOISE]
    print(f"| way | {' | '.join(f'{density} a region, {noise}' for density, noise in levels)} |")
    print("|---" * (len(levels) + 1) + "|")
    maps = {
        level: [plant(level[1], seed, services_each=level[0]) for seed in range(MAPS)]
        for level in levels
    }
    tied = {
        level: [ties(without_universal(one.affiliated)[0]) for one in made]
        for level, made in maps.items()
    }
    for name, way in WAYS.items():
        columns = [
            [one.found_by(way(graph)) for one, graph in zip(maps[at], tied[at], strict=True)]
            for at in levels
        ]
        print(row(name, columns), flush=True)
    print(
        row(
            "(knows regions and rule)", [[knowing(one, at[1]) for one in maps[at]] for at in levels]
        )
    )
