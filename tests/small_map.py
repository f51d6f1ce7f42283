"""A small country to ask about candidates: laid into a store, or without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    borders: Iterable[str],
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
