"""The reference: the official driver with neo4j-rust-ext, UNWIND of maps, nothing checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from neo4j import Driver, GraphDatabase

from benchmarks.contenders.tables import EDGES, NODES, arguments, batches, edges, nodes, race

BATCH = int(os.environ.get("BATCH", "5000"))
"""As large as is usual; the embedded store takes 2,000 better."""


def load(driver: Driver, database: str, folder: Path) -> None:
    def write(statement: str, rows: list[Any]) -> None:
        driver.execute_query(statement, rows=rows, database_=database)

    for table, label in NODES.items():
        statement = f"UNWIND $rows AS row MERGE (x:{label} {{id: row.id}}) SET x += row"
        for batch in batches(nodes(folder, table), BATCH):
            write(statement, batch)
    for table, (kind, tail, _, head, _) in EDGES.items():
        statement = (
            f"UNWIND $rows AS row MATCH (tail:{tail} {{id: row.tail}}) "
            f"MATCH (head:{head} {{id: row.head}}) "
            f"MERGE (tail)-[x:{kind} {{key: row.said.key}}]->(head) SET x += row.said"
        )
        for found in batches(edges(folder, table), BATCH):
            write(statement, [{"tail": a, "head": b, "said": said} for a, b, said in found])


def main() -> None:
    uri, user, password, database, folder = arguments()
    if uri == "embedded":
        # Imported only here: on a Neo4j the reference is the bare driver and nothing else.
        from benchmarks.contenders.ours import open_store

        with open_store(uri, user, password, database) as store:
            race(lambda: load(store._writer, database, folder))
        return
    with GraphDatabase.driver(uri, auth=(user, password)) as driver:
        driver.verify_connectivity()
        race(lambda: load(driver, database, folder))


if __name__ == "__main__":
    main()
