"""From the store to NetworkX: who takes part in what, and who is tied to whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import networkx as nx

from graphmodel.analytics.reach import reach
from graphmodel.analytics.scope import Scope, Weighting, held_on, takes_part
from graphmodel.analytics.service_facts import service_facts
from graphmodel.store import Store

UNIVERSAL_SHARE = 0.9
"""Share of all councils from which on a service tells nothing of who works with whom."""
PARTNER = "partner:"
"""Begins the node of a partner whose id is that of a service too."""

_TAKING_PART = """
MATCH (m:{label})-[r:PARTICIPATES_IN]->(s:Service)
WHERE {held}
RETURN m.id AS member, m.name AS name, s.id AS service, r.role AS role, s.status AS status,
       r.status AS own_status, r.valid_from AS valid_from, r.valid_to AS valid_to
"""
# That a membership and its service were there on one day at least: within a span, each could
# have been there on days of its own.
_TOGETHER = """
(r.valid_from IS NULL OR s.valid_to IS NULL OR r.valid_from < s.valid_to)
AND (s.valid_from IS NULL OR r.valid_to IS NULL OR s.valid_from < r.valid_to)
"""


def council_names(store: Store, as_of: date | None = None) -> dict[str, str]:
    """Name of every council that there is on a day.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        The day; today by default.

    Returns
    -------
    dict of str to str
        By id, sorted.

    Examples
    --------
    >>> council_names(store)["GB-LAS-ANS"]
    'Angus'
    """
    rows = store.read(
        f"MATCH (c:Council) WHERE {held_on('c')} RETURN c.id AS id, c.name AS name ORDER BY id",
        {"day": Scope(as_of).day},
    )
    return {row["id"]: row["name"] for row in rows}


def affiliations(
    store: Store, scope: Scope | None = None, *, until: date | None = None
) -> nx.Graph:
    """Who takes part in what, as a two-mode graph.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which memberships count.
    until : date, optional
        Last day of a span: who took part on any day from the scope's day to this one.

    Returns
    -------
    networkx.Graph
        Councils (``kind="council"``, ``name``), partners (``kind="partner"``, ``name``)
        where they count, and services (``kind="service"`` and what
        `graphmodel.analytics.service_facts.service_facts` gives, but ``reach`` as it
        follows from the councils where the record does not say). Each edge has
        ``roles``, a sorted list, ``valid_from`` and ``valid_to``, never beyond those of
        the service, and ``dated``, whether its start is known.
        Every council is there, also one that takes part in nothing. A partner that is
        a service as well, with the same id, is two nodes: the partner's begins with
        ``partner:``, which `stored_id` takes off.

    Examples
    --------
    >>> affiliations(store).nodes["GB-LAS-ANS"]
    {'kind': 'council', 'name': 'Angus'}
    """
    scope = scope or Scope()
    graph = nx.Graph()
    for council, name in council_names(store, scope.as_of).items():
        graph.add_node(council, kind="council", name=name)
    services = service_facts(store)
    labels = ("Council", "Partner") if scope.partners else ("Council",)
    for label in labels:
        held = f"{held_on('m', 'r', 's', until='$until')} AND {_TOGETHER}"
        statement = _TAKING_PART.format(label=label, held=held)
        rows = store.read(statement, {"day": scope.day, "until": until or scope.day})
        for row in sorted(rows, key=lambda row: (row["service"], row["member"], row["role"])):
            service = services[row["service"]]
            row = _clipped(row, service)
            if label == "Partner" and row["member"] in services:
                row = {**row, "member": f"{PARTNER}{row['member']}"}
            if _counts(row, service, scope):
                _join(graph, row, label.lower(), service)
    _set_reach(graph)
    graph.remove_nodes_from(
        [node for node, facts in graph.nodes(data=True) if not _is_wanted(facts, scope)]
    )
    return graph


def stored_id(node: str) -> str:
    """Id in the store of a council or partner of a picture.

    Parameters
    ----------
    node : str
        As in the graphs of this module.

    Returns
    -------
    str

    Examples
    --------
    >>> stored_id("partner:tay-cities-deal"), stored_id("GB-LAS-ANS")
    ('tay-cities-deal', 'GB-LAS-ANS')
    """
    return node.removeprefix(PARTNER)


def _set_reach(graph: nx.Graph) -> None:
    """Where the record does not say how far a service reaches, take it from its councils."""
    kinds = graph.nodes(data="kind")
    everyone = sum(kind == "council" for _, kind in kinds)
    for service, facts in graph.nodes(data=True):
        if facts["kind"] == "service" and facts["reach"] is None:
            members = sum(kinds[member] == "council" for member in graph[service])
            facts["reach"] = reach(members, everyone, complete=bool(facts["complete"]))


def _is_wanted(facts: Mapping[str, Any], scope: Scope) -> bool:
    """Tell whether a service is of a reach and type asked for; councils always are."""
    return facts["kind"] != "service" or (
        (not scope.reach or facts["reach"] in scope.reach)
        and (not scope.types or not set(scope.types).isdisjoint(facts["types"]))
    )


def _clipped(row: Mapping[str, Any], service: Mapping[str, Any]) -> dict[str, Any]:
    """A membership within the days of its service: "2014" in one that began in April 2014."""
    starts = [one["valid_from"] for one in (row, service) if one["valid_from"]]
    ends = [one["valid_to"] for one in (row, service) if one["valid_to"]]
    return {
        **row,
        "valid_from": max(starts, default=None),
        "valid_to": min(ends, default=None),
    }


def _counts(row: Mapping[str, Any], service: Mapping[str, Any], scope: Scope) -> bool:
    """Tell whether a membership that holds on the day is one of those asked for."""
    ended = row["valid_to"] is not None
    return (
        takes_part(row["status"], row["own_status"], ended, scope)
        and (scope.undated or row["valid_from"] is not None)
        and (not scope.roles or row["role"] in scope.roles)
        and (not scope.spectrum or service["spectrum"] in scope.spectrum)
        and (not scope.categories or not set(scope.categories).isdisjoint(service["categories"]))
    )


def _join(graph: nx.Graph, row: Mapping[str, Any], kind: str, service: Mapping[str, Any]) -> None:
    member, joined = row["member"], row["service"]
    if member not in graph:
        graph.add_node(member, kind=kind, name=row["name"])
    if joined not in graph:
        facts = {name: value for name, value in service.items() if name != "id"}
        graph.add_node(joined, kind="service", **facts)
    starts, ends = [row["valid_from"]], [row["valid_to"]]
    roles = {row["role"]}
    if known := graph.get_edge_data(member, joined):
        starts.append(known["valid_from"])
        ends.append(known["valid_to"])
        roles.update(known["roles"])
    graph.add_edge(
        member,
        joined,
        roles=sorted(roles),
        valid_from=None if None in starts else min(starts),
        valid_to=None if None in ends else max(ends),
        dated=any(starts),
    )


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
    councils = {node for node, kind in affiliated.nodes(data="kind") if kind == "council"}
    universal = sorted(
        node
        for node, kind in affiliated.nodes(data="kind")
        if kind == "service"
        and len(councils.intersection(affiliated[node])) >= UNIVERSAL_SHARE * len(councils) > 2
    )
    rest = affiliated.copy()
    rest.remove_nodes_from(universal)
    return rest, universal


def without_parts(affiliated: nx.Graph) -> tuple[nx.Graph, list[str]]:
    """Leave out the parts of larger services whose members all take part in the whole.

    A programme and its workstreams are one thing that its members share, in however much
    detail a source lists it. A part with a member of its own stays, and so does one whose
    whole is not there.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `affiliations`, without what makes no ties otherwise.

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
    >>> graph.add_node("programme", kind="service", name="")
    >>> graph.add_nodes_from(["payroll", "waste"], kind="service", part_of=["programme"])
    >>> graph.add_edges_from([("a", "programme"), ("b", "programme")])
    >>> graph.add_edges_from([("a", "payroll"), ("b", "payroll"), ("a", "waste"), ("c", "waste")])
    >>> without_parts(graph)[1]
    ['payroll']
    """
    parts = sorted(
        node
        for node, wholes in affiliated.nodes(data="part_of")
        if any(
            whole in affiliated and set(affiliated[node]) <= set(affiliated[whole])
            for whole in wholes or ()
        )
    )
    rest = affiliated.copy()
    rest.remove_nodes_from(parts)
    return rest, parts


def ties(affiliated: nx.Graph, weighting: Weighting = "divided") -> nx.Graph:
    """How strongly councils are tied by the services that they share.

    A service of k members ties each pair of them with 1/(k-1), so that each member
    spends one unit on each service and a national one does not drown the rest
    (Newman 2001, Physical Review E 64, 016132, section III).

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `affiliations`.
    weighting : {"divided", "plain"}
        Whether a service counts 1/(k-1) or 1 for each pair.

    Returns
    -------
    networkx.Graph
        All councils, and partners where they count; edges have ``weight`` and
        ``services``, a sorted list of ids.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council", name="")
    >>> graph.add_node("roads", kind="service", name="Roads")
    >>> graph.add_edges_from([(council, "roads") for council in "abc"])
    >>> ties(graph)["a"]["b"]["weight"]
    0.5
    >>> ties(graph, "plain")["a"]["b"]["weight"]
    1.0
    """
    tied = nx.Graph()
    tied.add_nodes_from(
        (node, {"name": facts["name"], "kind": facts["kind"]})
        for node, facts in sorted(affiliated.nodes(data=True))
        if facts["kind"] != "service"
    )
    services = (node for node, kind in affiliated.nodes(data="kind") if kind == "service")
    counted: dict[str, float] = {}
    for service in sorted(services):
        members = sorted(affiliated[service])
        counted[service] = 1.0 if weighting == "plain" else 1 / max(len(members) - 1, 1)
        for first, second in combinations(members, 2):
            if not tied.has_edge(first, second):
                tied.add_edge(first, second, services=[])
            tied[first][second]["services"].append(service)
    for _, _, facts in tied.edges(data=True):
        # The exact sum, rounded once: the same whatever the order, and so the ids, of services.
        facts["weight"] = math.fsum(counted[service] for service in facts["services"])
    return tied


def strengths(tied: nx.Graph) -> dict[str, float]:
    """Sum of the ties of each council: the services that it shares, where ties are divided.

    Parameters
    ----------
    tied : networkx.Graph
        As from `ties`.

    Returns
    -------
    dict of str to float
        By id. Each is the exact sum of the weights, rounded once, so that councils with
        the same ties have the same strength.

    Notes
    -----
    Barrat et al. 2004, "The architecture of complex weighted networks", PNAS 101(11).

    Examples
    --------
    >>> strengths(nx.Graph([("a", "b", {"weight": 0.1})] + [("a", "c", {"weight": 0.2})]))
    {'a': 0.30000000000000004, 'b': 0.1, 'c': 0.2}
    """
    return {
        member: math.fsum(facts["weight"] for facts in tied[member].values()) for member in tied
    }
