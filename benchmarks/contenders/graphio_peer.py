"""graphio: NodeSet and RelationshipSet, merged in batches."""

from __future__ import annotations

from pathlib import Path

from graphio import NodeSet, RelationshipSet
from neo4j import Driver, GraphDatabase

from benchmarks.contenders.tables import EDGES, NODES, arguments, edges, nodes, race

BATCH = 5000


def load(driver: Driver, database: str, folder: Path) -> None:
    for table, label in NODES.items():
        found = NodeSet([label], merge_keys=["id"])
        for said in nodes(folder, table):
            found.add(said)
        found.merge(driver, database=database, batch_size=BATCH)
    for table, (kind, tail, _, head, _) in EDGES.items():
        ties = RelationshipSet(kind, [tail], [head], ["id"], ["id"])
        for start, end, said in edges(folder, table):
            ties.add({"id": start}, {"id": end}, said)
        ties.merge(driver, database=database, batch_size=BATCH)


def main() -> None:
    uri, user, password, database, folder = arguments()
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        driver.verify_connectivity()
        race(lambda: load(driver, database, folder))


if __name__ == "__main__":
    main()
