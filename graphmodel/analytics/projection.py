"""From the store to NetworkX: who takes part in what, who is tied to whom, who touches whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations

import networkx as nx

from graphmodel.store import Store

UNIVERSAL_SHARE = 0.9
"""Share of all councils from which on a service tells nothing of who works with whom."""
CONTIGUOUS = ("land", "bridge")
"""Kinds of link by which a service can reach the next council on the ground."""


@dataclass(frozen=True)
class Scope:
    """Which part of the picture counts.

    Parameters
    ----------
    as_of : date, optional
        The day whose picture it is; today by default.
    statuses : collection of str
        Statuses of services and memberships that count. On a given day, a service
        that has ended since counts as live.

    Examples
    --------
    >>> Scope(date(2015, 4, 1)).statuses
    ('live', 'pilot')
    """

    as_of: date | None = None
    statuses: Collection[str] = ("live", "pilot")

    @property
    def day(self) -> date:
        """The day whose picture it is; today, in UTC, where none is given.

        Examples
        --------
        >>> Scope(date(2015, 4, 1)).day
        datetime.date(2015, 4, 1)
        """
        return self.as_of or datetime.now(UTC).date()


def held_on(*names: str) -> str:
    """Condition that things held on ``$day``; always true where ``$day`` is null.

    Parameters
    ----------
    *names : str
        Variables of a statement that have ``valid_from`` and ``valid_to``.

    Returns
    -------
    str
        Cypher; what has no date counts for every day.

    Examples
    --------
    >>> print(held_on("r"))
    ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
    AND (r.valid_to IS NULL OR r.valid_to > $day)))
    """
    conditions = (
        f"($day IS NULL OR (({name}.valid_from IS NULL OR {name}.valid_from <= $day) "
        f"AND ({name}.valid_to IS NULL OR {name}.valid_to > $day)))"
        for name in names
    )
    return " AND ".join(conditions)


def takes_part(status: str, own_status: str | None, ended: bool, scope: Scope) -> bool:
    """Tell whether a membership that holds on the day counts.

    Parameters
    ----------
    status : str
        The service's status, as last said.
    own_status : str or None
        The membership's, where it differs.
    ended : bool
        Whether an end is known, which then lies after the day.
    scope : Scope
        What counts.

    Returns
    -------
    bool

    Examples
    --------
    >>> takes_part("live", "proposed", False, Scope())
    False
    >>> takes_part("ended", None, True, Scope(date(2012, 1, 1)))
    True
    """
    said = own_status or status
    if scope.as_of is not None and said == "ended" and ended:
        said = "live"
    return said in scope.statuses


_AFFILIATIONS = f"""
MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service)
WHERE {held_on("r", "s")}
RETURN c.id AS council, s.id AS service, s.name AS service_name, r.role AS role,
       s.status AS status, r.status AS own_status,
       s.valid_to IS NOT NULL OR r.valid_to IS NOT NULL AS ended
"""


def council_names(store: Store) -> dict[str, str]:
    """Name of every council in the store.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to str
        By id, sorted.

    Examples
    --------
    >>> council_names(store)["GB-LAS-ANS"]
    'Angus'
    """
    rows = store.read("MATCH (c:Council) RETURN c.id AS id, c.name AS name ORDER BY id")
    return {row["id"]: row["name"] for row in rows}


def affiliations(store: Store, scope: Scope | None = None) -> nx.Graph:
    """Who takes part in what, as a two-mode graph.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which memberships count.

    Returns
    -------
    networkx.Graph
        Councils (``kind="council"``, ``name``) and services (``kind="service"``,
        ``name``); each edge has ``roles``, a sorted list. Every council is there,
        also one that takes part in nothing.

    Examples
    --------
    >>> affiliations(store).nodes["GB-LAS-ANS"]
    {'kind': 'council', 'name': 'Angus'}
    """
    scope = scope or Scope()
    graph = nx.Graph()
    for council, name in council_names(store).items():
        graph.add_node(council, kind="council", name=name)
    rows = store.read(_AFFILIATIONS, {"day": scope.day})
    for row in sorted(rows, key=lambda row: (row["service"], row["council"], row["role"])):
        if not takes_part(row["status"], row["own_status"], row["ended"], scope):
            continue
        graph.add_node(row["service"], kind="service", name=row["service_name"])
        roles = graph.get_edge_data(row["council"], row["service"], {"roles": []})["roles"]
        graph.add_edge(row["council"], row["service"], roles=sorted({*roles, row["role"]}))
    return graph


def without_universal(affiliated: nx.Graph) -> tuple[nx.Graph, list[str]]:
    """Leave out the services in which nearly every council takes part.

    They tie everybody alike, and so tell nothing of who works with whom. Nearly
    every one is nine in ten or more, of at least three.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `affiliations`.

    Returns
    -------
    networkx.Graph
        A copy without them.
    list of str
        Ids of those left out, sorted.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council", name="")
    >>> graph.add_nodes_from(["roads", "records"], kind="service", name="")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")])
    >>> graph.add_edges_from([(council, "records") for council in "abc"])
    >>> without_universal(graph)[1]
    ['records']
    """
    kinds = dict(affiliated.nodes(data="kind"))
    councils = sum(kind == "council" for kind in kinds.values())
    universal = sorted(
        node
        for node, kind in kinds.items()
        if kind == "service" and affiliated.degree(node) >= UNIVERSAL_SHARE * councils > 2
    )
    rest = affiliated.copy()
    rest.remove_nodes_from(universal)
    return rest, universal


def ties(affiliated: nx.Graph) -> nx.Graph:
    """How strongly councils are tied by the services that they share.

    A service of k councils ties each pair of them with 1/(k-1), so that each council
    spends one unit on each service and a national one does not drown the rest
    (Newman 2001, Physical Review E 64, 016132, section III).

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `affiliations`.

    Returns
    -------
    networkx.Graph
        All councils; edges have ``weight`` and ``services``, a sorted list of ids.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council", name="")
    >>> graph.add_node("roads", kind="service", name="Roads")
    >>> graph.add_edges_from([(council, "roads") for council in "abc"])
    >>> ties(graph)["a"]["b"]["weight"]
    0.5
    """
    tied = nx.Graph()
    tied.add_nodes_from(
        (node, {"name": facts["name"]})
        for node, facts in sorted(affiliated.nodes(data=True))
        if facts["kind"] == "council"
    )
    services = (node for node, kind in affiliated.nodes(data="kind") if kind == "service")
    for service in sorted(services):
        members = sorted(affiliated[service])
        for first, second in combinations(members, 2):
            if not tied.has_edge(first, second):
                tied.add_edge(first, second, weight=0.0, services=[])
            edge = tied[first][second]
            edge["weight"] += 1 / (len(members) - 1)
            edge["services"].append(service)
    return tied


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
