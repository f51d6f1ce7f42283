"""neomodel: an object mapper; nodes in bulk, relationships one by one, as it has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from neomodel import (
    ArrayProperty,
    DateProperty,
    FloatProperty,
    IntegerProperty,
    RelationshipTo,
    StringProperty,
    StructuredNode,
    StructuredRel,
    config,
)

from benchmarks.contenders.tables import arguments, batches, edges, nodes, race

BATCH = 1000


class Said(StructuredRel):  # type: ignore[misc]
    key = StringProperty()
    role = StringProperty()
    since = StringProperty()
    valid_from = DateProperty()
    kind = StringProperty()
    km = FloatProperty()
    source = StringProperty()
    locator = StringProperty()
    datasets = ArrayProperty(StringProperty())


class Document(StructuredNode):  # type: ignore[misc]
    id = StringProperty(unique_index=True, required=True)
    title = StringProperty()
    datasets = ArrayProperty(StringProperty())


class Service(StructuredNode):  # type: ignore[misc]
    id = StringProperty(unique_index=True, required=True)
    name = StringProperty()
    kind = StringProperty()
    status = StringProperty()
    start = StringProperty()
    valid_from = DateProperty()
    source = StringProperty()
    locator = StringProperty()
    datasets = ArrayProperty(StringProperty())


class Council(StructuredNode):  # type: ignore[misc]
    id = StringProperty(unique_index=True, required=True)
    name = StringProperty()
    population = IntegerProperty()
    source = StringProperty()
    locator = StringProperty()
    datasets = ArrayProperty(StringProperty())
    services = RelationshipTo("Service", "PARTICIPATES_IN", model=Said)
    borders = RelationshipTo("Council", "BORDERS", model=Said)


NODES: dict[str, Any] = {"documents": Document, "councils": Council, "services": Service}


def load(folder: Path) -> None:
    known: dict[str, dict[str, Any]] = {}
    for table, kind in NODES.items():
        known[table] = {}
        for batch in batches(nodes(folder, table), BATCH):
            for node in kind.nodes.bulk_create_or_update(*batch):
                known[table][node.id] = node
    councils, services = known["councils"], known["services"]
    for start, end, said in edges(folder, "participations"):
        councils[start].services.connect(services[end], said)
    for start, end, said in edges(folder, "borders"):
        councils[start].borders.connect(councils[end], said)


def main() -> None:
    uri, user, password, _, folder = arguments()
    config.DATABASE_URL = uri.replace("://", f"://{user}:{password}@")
    race(lambda: load(folder))


if __name__ == "__main__":
    main()
