"""Which councils take part in something in which service areas, and what nobody shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from graphmodel.store import Store

NO_AREA = ""
"""Stands for the area of services that are in none."""


def category_names(store: Store) -> dict[str, str]:
    """Names of all service areas, also of those without a service.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to str
        By id, in their own order.

    Examples
    --------
    >>> names = category_names(store)
    >>> len(names), names["hr"]
    (27, 'HR')
    """
    rows = store.read(
        "MATCH (k:Category) RETURN k.id AS id, k.name AS name, k.position AS position"
    )
    ordered = sorted(rows, key=lambda row: (row["position"] or 0, row["id"]))
    return {row["id"]: row["name"] for row in ordered}


@dataclass(frozen=True)
class Coverage:
    """In how many services of each area each council takes part.

    Attributes
    ----------
    councils, categories : tuple of str
        Ids: all of them, also those of which nothing is known. Services in no area
        come last, under `NO_AREA`, if there are any.
    counts : mapping of str to mapping of str to int
        Number of services by council, then category; zeros included.
    services : mapping of str to int
        Number of services of each council, each counted once.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> graph.add_node("gritting", kind="service", categories=["roads"])
    >>> graph.add_edge("a", "gritting")
    >>> found = cover(graph, ["roads", "libraries"])
    >>> found.counts["a"], found.empty_councils, found.empty_categories
    ({'roads': 1, 'libraries': 0}, ('b',), ('libraries',))
    """

    councils: tuple[str, ...]
    categories: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    services: Mapping[str, int]

    @property
    def empty_councils(self) -> tuple[str, ...]:
        """Councils that take part in nothing.

        Examples
        --------
        >>> Coverage(("a",), (), {"a": {}}, {"a": 0}).empty_councils
        ('a',)
        """
        return tuple(council for council in self.councils if not self.services[council])

    @property
    def empty_categories(self) -> tuple[str, ...]:
        """Service areas in which no council takes part in anything.

        Examples
        --------
        >>> Coverage(("a",), ("roads",), {"a": {"roads": 0}}, {"a": 0}).empty_categories
        ('roads',)
        """
        return tuple(
            category
            for category in self.categories
            if not any(counts[category] for counts in self.counts.values())
        )


def cover(affiliated: nx.Graph, categories: Iterable[str]) -> Coverage:
    """Count the services of each council in each service area.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    categories : iterable of str
        Ids of all service areas, in the order to show.

    Returns
    -------
    Coverage
        A service in two areas counts in both.

    Examples
    --------
    >>> cover(nx.empty_graph(0), ["roads"]).empty_categories
    ('roads',)
    """
    kinds = affiliated.nodes(data="kind")
    councils = tuple(sorted(node for node, kind in kinds if kind == "council"))
    areas = {
        node: facts["categories"] or [NO_AREA]
        for node, facts in affiliated.nodes(data=True)
        if facts["kind"] == "service"
    }
    columns = list(categories)
    if any(areas[service] == [NO_AREA] for council in councils for service in affiliated[council]):
        columns.append(NO_AREA)
    counts = {council: dict.fromkeys(columns, 0) for council in councils}
    for council in councils:
        for service in affiliated[council]:
            for area in areas[service]:
                counts[council][area] += 1
    services = {council: affiliated.degree(council) for council in councils}
    return Coverage(councils, tuple(columns), counts, services)


def unshared(affiliated: nx.Graph, categories: Iterable[str]) -> tuple[str, ...]:
    """Service areas in which no two councils share a service.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    categories : iterable of str
        Ids of all service areas.

    Returns
    -------
    tuple of str
        In the order given.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> graph.add_node("gritting", kind="service", categories=["roads"])
    >>> graph.add_edges_from([("a", "gritting"), ("b", "gritting")])
    >>> unshared(graph, ["roads", "libraries"])
    ('libraries',)
    """
    shared = {
        area
        for service, facts in affiliated.nodes(data=True)
        if facts["kind"] == "service"
        and sum(affiliated.nodes[member]["kind"] == "council" for member in affiliated[service]) > 1
        for area in facts["categories"]
    }
    return tuple(category for category in categories if category not in shared)
