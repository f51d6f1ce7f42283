"""How long ranking takes on large pictures: the French memberships, and made ones that grow.

Run with ``python -m benchmarks.france_centrality`` from the top of the project. France is
``../shared/data/france``: 30,129 communes in 1,333 syndicates, 79,865 memberships. The made
pictures have as many services for each council, of as many members on average, in a row on
the map. Each picture is ranked in a process of its own, so that memory is its own. As a
reference igraph follows the chains from as many members, in the same process. Seconds are
of processor time in one thread, as others may be at work on the machine.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx

from benchmarks.peak import peak_memory
from graphmodel.analytics.breaks import find_breaks
from graphmodel.analytics.centrality import rank_by_centrality, rank_services
from graphmodel.analytics.chains import PIVOTS, chain_betweenness
from graphmodel.analytics.incidence import incidence, summarise_ties
from graphmodel.analytics.walks import member_pagerank

FRANCE = Path(__file__).parents[2] / "shared" / "data" / "france" / "syndicate_members_2021.csv"
SIZES = ("1000", "10000", "100000")
SERVICES_A_COUNCIL = 1333 / 30129
MEAN_MEMBERS = 60


def two_mode(services: dict[str, list[str]]) -> Any:
    graph = nx.Graph()
    for service, members in services.items():
        graph.add_node(service, kind="service", name=service, categories=[])
        for member in members:
            graph.add_node(member, kind="council", name=member)
            graph.add_edge(member, service, roles=["member"])
    return graph


def france(department: str = "") -> Any:
    """All of it, or the communes of a département."""
    members: dict[str, list[str]] = {}
    with FRANCE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["commune_insee"].startswith(department):
                members.setdefault(f"s{row['syndicat_siren']}", []).append(row["commune_insee"])
    return two_mode(members)


def made(councils: int) -> Any:
    chance = random.Random(councils)
    services = {}
    for number in range(round(councils * SERVICES_A_COUNCIL)):
        size = min(2 + int(chance.expovariate(1 / (MEAN_MEMBERS - 2))), 1000, councils)
        start = chance.randrange(councils)
        services[f"s{number}"] = [f"c{(start + at) % councils}" for at in range(size)]
    return two_mode(services)


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def by_igraph(affiliated: Any) -> float:
    """Time of igraph for the chains from as many members, on the same graph."""
    nodes = sorted(affiliated)
    at = {node: number for number, node in enumerate(nodes)}
    edges = [(at[a], at[b]) for a, b in affiliated.edges]
    lengths = [
        affiliated.degree(b if affiliated.nodes[b]["kind"] == "service" else a) - 1
        for a, b in affiliated.edges
    ]
    graph = igraph.Graph(len(nodes), edges)
    members = [at[node] for node in nodes if affiliated.nodes[node]["kind"] == "council"]
    pivots = random.Random(0).sample(members, min(PIVOTS, len(members)))
    return seconds(
        lambda: graph.betweenness(
            weights=[max(length, 1) for length in lengths],
            sources=pivots,
            targets=members,
            directed=False,
        )
    )


def measure(which: str) -> None:
    affiliated = france() if which == "france" else made(int(which))
    councils = sum(kind == "council" for _, kind in affiliated.nodes(data="kind"))
    rank = seconds(lambda: rank_by_centrality(affiliated))
    memory = peak_memory() / 1024
    began = time.process_time()
    found = chain_betweenness(affiliated)
    between = time.process_time() - began
    errors = sorted((found.errors or {}).values(), reverse=True)
    top = max(found.values, key=lambda node: found.values[node])
    parts = {
        "ties": seconds(lambda: summarise_ties(incidence(affiliated))),
        "pagerank": seconds(lambda: member_pagerank(affiliated)),
        "betweenness": between,
        "igraph": by_igraph(affiliated),
        "services": seconds(lambda: rank_services(affiliated)),
        "breaks": seconds(lambda: find_breaks(affiliated)),
    }
    cells = [f"{councils:,}", f"{affiliated.number_of_edges():,}", f"{rank:.1f}", f"{memory:.2f}"]
    cells += [f"{value:.1f}" for value in parts.values()]
    cells.append(f"{found.values[top]:.3f} ± {errors[0] if errors else 0:.3f}")
    print(f"| {which} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        head = (
            "picture, councils, memberships, councils ranked s, GB, of it ties s, PageRank s, "
            "betweenness s, (igraph's chains s), services ranked s, breaks s, highest "
            "betweenness ± largest standard error"
        )
        print("| " + " | ".join(head.split(", ")) + " |")
        print("|---|" + "---|" * (len(head.split(", ")) - 1))
        for which in ("france", *SIZES):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.france_centrality", which], check=True
            )
