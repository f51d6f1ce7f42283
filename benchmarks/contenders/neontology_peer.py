"""neontology: an object mapper with Pydantic models, records merged in batches."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from neontology import BaseNode, BaseRelationship, Neo4jConfig, init_neontology

from benchmarks.contenders.tables import arguments, batches, edges, nodes, race, without_source

BATCH = 1000


class Document(BaseNode):  # type: ignore[misc]
    __primarylabel__: ClassVar[str] = "Document"
    __primaryproperty__: ClassVar[str] = "id"
    id: str
    title: str
    datasets: list[str]


class Council(BaseNode):  # type: ignore[misc]
    __primarylabel__: ClassVar[str] = "Council"
    __primaryproperty__: ClassVar[str] = "id"
    id: str
    name: str
    population: int | None = None
    document: str
    locator: str
    datasets: list[str]


class Service(BaseNode):  # type: ignore[misc]
    __primarylabel__: ClassVar[str] = "Service"
    __primaryproperty__: ClassVar[str] = "id"
    id: str
    name: str
    kind: str
    status: str
    start: str | None = None
    valid_from: Any = None
    document: str
    locator: str
    datasets: list[str]


class ParticipatesIn(BaseRelationship):  # type: ignore[misc]
    __relationshiptype__: ClassVar[str] = "PARTICIPATES_IN"
    source: Council
    target: Service
    role: str
    since: str | None = None
    valid_from: Any = None
    document: str
    locator: str
    datasets: list[str]
    key: str


class Borders(BaseRelationship):  # type: ignore[misc]
    __relationshiptype__: ClassVar[str] = "BORDERS"
    source: Council
    target: Council
    kind: str
    km: float | None = None
    document: str
    locator: str
    datasets: list[str]
    key: str


NODES: dict[str, Any] = {"documents": Document, "councils": Council, "services": Service}
EDGES: dict[str, Any] = {"participations": ParticipatesIn, "borders": Borders}


def load(folder: Path) -> None:
    for table, kind in NODES.items():
        for batch in batches(map(without_source, nodes(folder, table)), BATCH):
            kind.merge_records(batch)
    for table, tie in EDGES.items():
        for found in batches(edges(folder, table), BATCH):
            tie.merge_records(
                [
                    {**without_source(said), "source": start, "target": end}
                    for start, end, said in found
                ]
            )


def main() -> None:
    uri, user, password, _, folder = arguments()
    init_neontology(Neo4jConfig(uri=uri, username=user, password=password))
    race(lambda: load(folder))


if __name__ == "__main__":
    main()
