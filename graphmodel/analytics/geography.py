"""Where councils are: which touch, and which official groupings they belong to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import networkx as nx

from graphmodel.analytics.projection import council_names
from graphmodel.analytics.scope import Scope, held_on
from graphmodel.store import Store

CONTIGUOUS = ("land", "bridge")
"""Kinds of link by which a service can reach the next council on the ground."""


def contiguity(store: Store, kinds: Collection[str] = CONTIGUOUS) -> nx.Graph:
    """Which councils touch, by the kinds of link that are asked for.

    Parameters
    ----------
    store : Store
        An open store.
    kinds : collection of str
        Of land, bridge, ferry, water.

    Returns
    -------
    networkx.Graph
        All councils; each edge has ``links``: dictionaries with kind, km (kilometres,
        or ``None``), note, source and locator.

    Examples
    --------
    >>> sorted(contiguity(store)["GB-LAS-ANS"])
    ['GB-LAS-ABD', 'GB-LAS-DND', 'GB-LAS-PKN']
    """
    graph = nx.Graph()
    for council, name in council_names(store).items():
        graph.add_node(council, name=name)
    rows = store.read(
        "MATCH (a:Council)-[r:BORDERS]->(b:Council) WHERE r.kind IN $kinds "
        "RETURN a.id AS a, b.id AS b, r.kind AS kind, r.km AS km, r.note AS note, "
        "r.source AS source, r.locator AS locator",
        {"kinds": list(kinds)},
    )
    for row in sorted(rows, key=lambda row: (row["a"], row["b"], row["kind"])):
        if not graph.has_edge(row["a"], row["b"]):
            graph.add_edge(row["a"], row["b"], links=[])
        link = {name: row[name] for name in ("kind", "km", "note", "source", "locator")}
        graph[row["a"]][row["b"]]["links"].append(link)
    return graph


@dataclass(frozen=True)
class Grouping:
    """An official grouping on a day.

    Attributes
    ----------
    id, name, kind : str
        As in the graph.
    members : tuple of str
        Ids of its councils, sorted.

    Examples
    --------
    >>> Grouping("nestrans", "Nestrans", "regional transport partnership", ("a", "b")).members
    ('a', 'b')
    """

    id: str
    name: str
    kind: str
    members: tuple[str, ...]


def grouping_members(store: Store, as_of: date | None = None) -> dict[str, Grouping]:
    """Official groupings and the councils that belong to them on a day.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        The day; today by default.

    Returns
    -------
    dict of str to Grouping
        By the grouping's id, sorted.

    Examples
    --------
    >>> grouping_members(store)["aberdeen-city-region-deal"].members
    ('GB-LAS-ABD', 'GB-LAS-ABE')
    """
    rows = store.read(
        f"MATCH (c:Council)-[r:IN_GROUPING]->(g:Grouping) WHERE {held_on('r')} "
        "RETURN g.id AS id, g.name AS name, g.kind AS kind, c.id AS council",
        {"day": Scope(as_of).day},
    )
    found: dict[str, Grouping] = {}
    for row in sorted(rows, key=lambda row: (row["id"], row["council"])):
        before = found.get(row["id"])
        members = (*(before.members if before else ()), row["council"])
        found[row["id"]] = Grouping(row["id"], row["name"], row["kind"], members)
    return found


def area_services(store: Store) -> dict[str, list[str]]:
    """Services whose area is an official grouping.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to list of str
        Ids of the groupings by the service's, sorted.

    Examples
    --------
    >>> area_services(store)["tay-cities-shared-service-models"]
    ['tay-cities-region-deal']
    """
    found: dict[str, list[str]] = {}
    for row in store.read(
        "MATCH (s:Service)-[:FOCUSED_ON]->(g:Grouping) "
        "RETURN DISTINCT s.id AS service, g.id AS grouping ORDER BY service, grouping"
    ):
        found.setdefault(row["service"], []).append(row["grouping"])
    return found
