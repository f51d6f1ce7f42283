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

from benchmarks.contenders.tables import arguments, batches, edges, nodes, race, without_source

BATCH = 1000


class Said(StructuredRel):  # type: ignore[misc]
    key = StringProperty()
    role = StringProperty()
    since = StringProperty()
    valid_from = DateProperty()
    kind = StringProperty()
    km = FloatProperty()
    document = StringProperty()
    locator = StringProperty()
    datasets = ArrayProperty(StringProperty())


class Document(StructuredNode):  # type: ignore[misc]
    uid = StringProperty(unique_index=True, required=True, db_property="id")
    title = StringProperty()
    datasets = ArrayProperty(StringProperty())


class Service(StructuredNode):  # type: ignore[misc]
    uid = StringProperty(unique_index=True, required=True, db_property="id")
    name = StringProperty()
    kind = StringProperty()
    status = StringProperty()
    start = StringProperty()
    valid_from = DateProperty()
    document = StringProperty()
    locator = StringProperty()
    datasets = ArrayProperty(StringProperty())


class Council(StructuredNode):  # type: ignore[misc]
    uid = StringProperty(unique_index=True, required=True, db_property="id")
    name = StringProperty()
    population = IntegerProperty()
    document = StringProperty()
    locator = StringProperty()
    datasets = ArrayProperty(StringProperty())
    services = RelationshipTo("Service", "PARTICIPATES_IN", model=Said)
    borders = RelationshipTo("Council", "BORDERS", model=Said)


NODES: dict[str, Any] = {"documents": Document, "councils": Council, "services": Service}


def own_words(said: dict[str, Any]) -> dict[str, Any]:
    """Properties without the names that the mapper keeps for itself."""
    found = without_source(said)
    return {"uid": found.pop("id"), **found}


def load(folder: Path) -> None:
    known: dict[str, dict[str, Any]] = {}
    for table, kind in NODES.items():
        known[table] = {}
        for batch in batches(map(own_words, nodes(folder, table)), BATCH):
            for node in kind.nodes.bulk_create_or_update(*batch):
                known[table][node.uid] = node
    councils, services = known["councils"], known["services"]
    for start, end, said in edges(folder, "participations"):
        councils[start].services.connect(services[end], without_source(said))
    for start, end, said in edges(folder, "borders"):
        councils[start].borders.connect(councils[end], without_source(said))


def main() -> None:
    uri, user, password, _, folder = arguments()
    config.DATABASE_URL = uri.replace("://", f"://{user}:{password}@")
    race(lambda: load(folder))


if __name__ == "__main__":
    main()
