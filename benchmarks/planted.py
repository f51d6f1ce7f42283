"""How well clusters are found that are known to be there: made-up maps, by level of noise.

Run with ``python -m benchmarks.planted`` from the top of the project. A map has 32 councils
in six regions of three to eight and fifteen or six services in each region, of which each
council of the region takes part in two of three. Then noise is added: each membership is given,
with the probability in the first column, to a council anywhere. Three services of all councils
and two of a random half of them lie over it. ``python -m benchmarks.planted_tries`` tries other
ways to find them.
"""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass

import networkx as nx
from sklearn.metrics import adjusted_rand_score

from graphmodel.analytics.clusters import Clustering, find_clusters
from graphmodel.analytics.projection import ties, without_universal
from graphmodel.analytics.scope import Weighting

REGIONS = (8, 7, 6, 5, 3, 3)
DENSITIES = (15, 6)
"""Services in each region."""
TAKING_PART = 2 / 3
NATIONAL = 3
OF_HALF = 2
MAPS = 20
RUNS = 50
NOISE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0)


@dataclass(frozen=True)
class Planted:
    """A made-up map: who takes part in what, and the region that each council is in."""

    affiliated: nx.Graph
    region: dict[str, int]

    def found_by(self, clustering: Clustering) -> float:
        """Adjusted Rand index with the regions; councils without a tie are each alone."""
        places = clustering.places()
        found = [places.get(council, council) for council in self.region]
        return float(adjusted_rand_score(list(self.region.values()), [str(one) for one in found]))


def plant(
    noise: float,
    seed: int,
    *,
    services_each: int = DENSITIES[0],
    national: int = NATIONAL,
    of_half: int = OF_HALF,
) -> Planted:
    """Make a map with so many services in each region."""
    chance = random.Random(seed)
    region = {
        f"c{number:02}": at
        for number, at in enumerate(at for at, size in enumerate(REGIONS) for _ in range(size))
    }
    councils = list(region)
    services: list[set[str]] = []
    for at in range(len(REGIONS)):
        here = [council for council in councils if region[council] == at]
        for _ in range(services_each):
            members = [council for council in here if chance.random() < TAKING_PART]
            members = members if len(members) > 1 else chance.sample(here, 2)
            services.append(
                {chance.choice(councils) if chance.random() < noise else one for one in members}
            )
    services += [set(chance.sample(councils, len(councils) // 2)) for _ in range(of_half)]
    services += [set(councils) for _ in range(national)]
    graph = nx.Graph()
    graph.add_nodes_from(councils, kind="council", name="")
    for number, together in enumerate(services):
        graph.add_node(f"s{number}", kind="service", name="")
        graph.add_edges_from([(council, f"s{number}") for council in sorted(together)])
    return Planted(graph, region)


def clusters_of(
    planted: Planted,
    *,
    resolution: float = 1.0,
    weighting: Weighting = "divided",
    national: bool = False,
) -> float:
    """How well the regions are found, with or without the ties of national services."""
    affiliated = planted.affiliated if national else without_universal(planted.affiliated)[0]
    tied = ties(affiliated, weighting)
    return planted.found_by(find_clusters(tied, resolution=resolution, runs=RUNS))


def row(label: object, columns: list[list[float]]) -> str:
    """A row of a table: mean and, in brackets, least."""
    cells = [f"{statistics.mean(column):.2f} ({min(column):.2f})" for column in columns]
    return f"| {label} | {' | '.join(cells)} |"


if __name__ == "__main__":
    print(f"Adjusted Rand index with the planted regions: mean (least) of {MAPS} maps")
    for density in DENSITIES:
        print(f"\n{density} services in each region\n")
        print("| noise | by default | resolution 1.3 | nationals tie | plain, nationals tie |")
        print("|---|---|---|---|---|")
        for noise in NOISE:
            maps = [plant(noise, seed, services_each=density) for seed in range(MAPS)]
            columns = [
                [clusters_of(one) for one in maps],
                [clusters_of(one, resolution=1.3) for one in maps],
                [clusters_of(one, national=True) for one in maps],
                [clusters_of(one, weighting="plain", national=True) for one in maps],
            ]
            print(row(noise, columns), flush=True)
