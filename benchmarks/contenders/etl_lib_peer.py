"""neo4j-etl-lib: its own CSV task, with a Pydantic model for each table."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

from etl_lib.core.ETLContext import ETLContext
from etl_lib.task.data_loading.CSVLoad2Neo4jTask import CSVLoad2Neo4jTask
from pydantic import BaseModel

from benchmarks.contenders.tables import EDGES, NODES, arguments, race


class Document(BaseModel):
    id: str
    title: str


class Council(BaseModel):
    id: str
    name: str
    population: int | None = None
    source: str
    locator: str


class Service(BaseModel):
    id: str
    name: str
    kind: str
    status: str
    start: str | None = None
    source: str
    locator: str


class Participation(BaseModel):
    participant: str
    service: str
    role: str
    since: str | None = None
    source: str
    locator: str


class Border(BaseModel):
    council: str
    neighbour: str
    kind: str
    km: float | None = None
    source: str
    locator: str


MODELS: dict[str, type[BaseModel]] = {
    "documents": Document,
    "councils": Council,
    "services": Service,
    "participations": Participation,
    "borders": Border,
}


class Load(CSVLoad2Neo4jTask):  # type: ignore[misc]
    def __init__(self, context: Any, folder: Path, table: str) -> None:
        super().__init__(context, folder / f"{table}.csv", model=MODELS[table])
        self.table = table
        self.dataset = folder.name

    def task_name(self) -> str:
        return self.table

    def _query(self) -> str:
        fields = [name for name in MODELS[self.table].model_fields if name != "id"]
        if self.table in NODES:
            said = ", ".join(f"x.{name} = row.{name}" for name in fields)
            return (
                f"UNWIND $batch AS row MERGE (x:{NODES[self.table]} {{id: row.id}}) "
                f"SET {said}, x.datasets = ['{self.dataset}']"
            )
        kind, tail_label, tail, head_label, head = EDGES[self.table]
        said = ", ".join(f"x.{name} = row.{name}" for name in fields if name not in (tail, head))
        key = "row.kind" if self.table == "borders" else "row.role + '|' + coalesce(row.since, '')"
        return (
            f"UNWIND $batch AS row MATCH (tail:{tail_label} {{id: row.{tail}}}) "
            f"MATCH (head:{head_label} {{id: row.{head}}}) "
            f"MERGE (tail)-[x:{kind} {{key: {key}}}]->(head) "
            f"SET {said}, x.datasets = ['{self.dataset}']"
        )


def main() -> None:
    uri, user, password, database, folder = arguments()
    logging.disable(logging.CRITICAL)
    context = ETLContext(
        {
            "NEO4J_URI": uri,
            "NEO4J_USERNAME": user,
            "NEO4J_PASSWORD": password,
            "NEO4J_DATABASE": database,
            "ETL_ERROR_PATH": Path(tempfile.mkdtemp()),
        }
    )

    def load() -> None:
        for table in MODELS:
            done = Load(context, folder, table).execute()
            if not done.success:
                raise SystemExit(done.error)

    race(load)


if __name__ == "__main__":
    main()
