"""A small country to ask about candidates: laid into a store, or without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from graphmodel.analytics.arrangements import arrangements
from graphmodel.analytics.facts import CouncilFacts, ServiceFacts, Spell
from graphmodel.analytics.inquiry import Inquiry, Reach
from graphmodel.analytics.learnt import learn
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.surroundings import Surroundings
from graphmodel.dates import Interval
from graphmodel.store import Store

OPEN = Interval(None, None)


def lay(
    store: Store,
    councils: Iterable[str],
    borders: Iterable[Mapping[str, Any]] = (),
    services: Mapping[str, Mapping[str, Any]] | None = None,
    joined: Iterable[Mapping[str, Any]] = (),
    groupings: Mapping[str, str] | None = None,
) -> None:
    """Put a small country into an empty store; every edge cites ``paper`` and its own place."""
    store.execute(
        "UNWIND $rows AS row CREATE (c:Council) SET c = row",
        {"rows": [{"id": name, "name": name.upper()} for name in councils]},
    )
    store.execute(
        "UNWIND $rows AS row MATCH (a:Council {id: row.first}), (b:Council {id: row.second}) "
        "CREATE (a)-[r:BORDERS {source: 'paper'}]->(b) "
        "SET r.locator = row.pair, r.kind = row.kind, r.km = row.km, r.note = row.note, "
        "r.key = row.kind",
        {
            "rows": [
                {"pair": "".join(sorted(one["pair"])), "kind": one.get("kind", "land")}
                | {"first": min(one["pair"]), "second": max(one["pair"])}
                | {"km": one.get("km"), "note": one.get("note")}
                for one in borders
            ]
        },
    )
    for service, facts in (services or {}).items():
        store.execute(
            "CREATE (s:Service) SET s = $facts",
            {"facts": {"id": service, "name": service.title(), "status": "live", **facts}},
        )
    for one in joined:
        rest = {key: value for key, value in one.items() if key not in ("council", "service")}
        store.execute(
            "MATCH (c:Council {id: $council}), (s:Service {id: $service}) "
            "CREATE (c)-[r:PARTICIPATES_IN]->(s) SET r = $rest",
            {
                "council": one["council"],
                "service": one["service"],
                "rest": {"role": "member", "source": "paper"}
                | {"locator": f"{one['council']} in {one['service']}"}
                | rest,
            },
        )
    for grouping, members in (groupings or {}).items():
        store.execute(
            "CREATE (:Grouping {id: $id, name: $name, kind: 'city region'})",
            {"id": grouping, "name": grouping.title()},
        )
        store.execute(
            "UNWIND $members AS member MATCH (c:Council {id: member}), (g:Grouping {id: $id}) "
            "CREATE (c)-[r:IN_GROUPING {source: 'paper'}]->(g) SET r.locator = member",
            {"id": grouping, "members": list(members)},
        )


def members_of(services: Mapping[str, str]) -> list[dict[str, str]]:
    """Rows for `lay` from services such as {"roads": "abc"}."""
    return [
        {"council": council, "service": service}
        for service, councils in services.items()
        for council in councils
    ]


def inquiry_of(
    services: Mapping[str, Iterable[str]],
    borders: Iterable[Sequence[str]],
    councils: Iterable[str] = (),
    reach: Reach = "land",
) -> Inquiry:
    """What `read_inquiry` would read if all this were in a store."""
    pairs = [(pair[0], pair[1]) for pair in borders]
    names = sorted(
        {*councils, *(one for pair in pairs for one in pair)}
        | {one for joined in services.values() for one in joined}
    )
    touching = nx.Graph()
    touching.add_nodes_from(names)
    for first, second in pairs:
        link = {"kind": "land", "km": None, "note": None, "source": "paper", "locator": ""}
        touching.add_edge(first, second, links=[link])
    around = Surroundings(
        scope=Scope(),
        councils={name: CouncilFacts(name, name, None, None, OPEN) for name in names},
        services={
            name: ServiceFacts(name, name, "live", None, None, None, None, OPEN)
            for name in services
        },
        spells={
            name: tuple(
                Spell(one, name, "member", None, None, None, OPEN, ()) for one in sorted(joined)
            )
            for name, joined in services.items()
        },
        categories={},
        category_names={},
        touching=touching,
        groupings={},
        grouped={},
        models={},
    )
    return Inquiry(around, learn(arrangements(services, pairs, councils=names)), reach)


def land(*pairs: str) -> list[dict[str, Any]]:
    return [{"pair": pair} for pair in pairs]


SMALL: dict[str, Any] = {
    "councils": "abcdefg",
    "borders": land("ac", "bc", "ad", "bd", "ce", "df", "be", "eg", "fg"),
    "services": {name: {} for name in ("roads", "waste", "lamps", "signs", "buses")},
    "joined": members_of(
        {"roads": "ab", "waste": "abc", "lamps": "abd", "signs": "bcef", "buses": "aceg"}
    ),
    "groupings": {"valley": "abc", "coast": "bd"},
}
TAKE_AWAY = {
    "ties": "MATCH (:Council {id: $council})-[r:PARTICIPATES_IN]->(s:Service) "
    "WHERE s.id IN $services DELETE r",
    "border": "MATCH (:Council {id: $council})-[r:BORDERS]-(c:Council) "
    "WHERE c.id IN $neighbours DELETE r",
    "grouping": "MATCH (:Council {id: $council})-[r:IN_GROUPING]->(g:Grouping) "
    "WHERE g.id IN $groupings DELETE r",
}


OTHER_END = {"PARTICIPATES_IN": "Service", "BORDERS": "Council", "IN_GROUPING": "Grouping"}


def edges_of(store: Store, council: str) -> list[tuple[Any, ...]]:
    found = store.read(
        "MATCH (:Council {id: $council})-[r:PARTICIPATES_IN|BORDERS|IN_GROUPING]-() "
        "RETURN startNode(r).id AS first, type(r) AS kind, endNode(r).id AS second, "
        "properties(r) AS properties",
        {"council": council},
    )
    edges = [(*row[:3], dict(sorted(row[3].items()))) for row in found.rows]
    return sorted(edges, key=repr)


def put_back(store: Store, edges: list[tuple[Any, ...]]) -> None:
    """Write all edges of a council anew."""
    for first, kind, second, _ in edges:
        store.execute(
            f"MATCH (:Council {{id: $first}})-[r:{kind}]->(:{OTHER_END[kind]} {{id: $second}}) "
            "DELETE r",
            {"first": first, "second": second},
        )
    for first, kind, second, properties in edges:
        store.execute(
            f"MATCH (a:Council {{id: $first}}), (b:{OTHER_END[kind]} {{id: $second}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = $properties",
            {"first": first, "second": second, "properties": properties},
        )


def take_away(store: Store, council: str, reason: Any) -> None:
    """Delete the edges that a reason rests on."""
    edges = reason.edges
    store.execute(
        TAKE_AWAY[reason.kind],
        {
            "council": council,
            "services": list(edges.services),
            "neighbours": list(edges.neighbours),
            "groupings": list(edges.groupings),
        },
    )
