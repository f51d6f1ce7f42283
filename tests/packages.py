"""Small data packages for tests: a country of five councils, easy to vary."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graphmodel.model.tables import TABLES
from graphmodel.store import Store
from graphmodel.store.values import plain
from loaders.datapackage import read_package
from loaders.pipeline import LoadReport, load_package

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Package:
    """A data package as its author has it: rows by table. Variants are copies."""

    tables: Mapping[str, list[Row]]
    name: str = "example"
    version: str = "1"
    raw: Mapping[str, bytes] = field(default_factory=dict)
    """Content of files that are written as they stand, instead of or beside the tables."""

    def named(self, name: str) -> Package:
        return replace(self, name=name)

    def with_table(self, table: str, rows: Iterable[Row]) -> Package:
        return replace(self, tables={**self.tables, table: list(rows)})

    def plus(self, table: str, *rows: Row) -> Package:
        return self.with_table(table, [*self.tables.get(table, []), *map(cited, rows)])

    def without(self, table: str, **match: str) -> Package:
        """Without the rows that have these cells; there must be some."""
        rows = self.tables[table]
        left = [row for row in rows if not _has(row, match)]
        assert len(left) < len(rows), f"no row of {table} has {match}"
        return self.with_table(table, left)

    def changed(self, table: str, match: Row, **cells: str) -> Package:
        """With these cells in the one row that has those others."""
        rows = self.tables[table]
        assert sum(_has(row, match) for row in rows) == 1, f"not one row of {table} has {match}"
        return self.with_table(
            table, [{**row, **cells} if _has(row, match) else row for row in rows]
        )

    def with_file(self, path: str, content: bytes | str) -> Package:
        data = content.encode() if isinstance(content, str) else content
        return replace(self, raw={**self.raw, path: data})

    def with_resources(self, change: Callable[[list[Any]], object]) -> Package:
        """With a descriptor whose list of resources was changed in place."""
        descriptor = json.loads(self.files()["datapackage.json"])
        change(descriptor["resources"])
        return self.with_file("datapackage.json", json.dumps(descriptor))

    def text(self, table: str) -> str:
        """What is in the table's file."""
        return self.files()[f"{table}.csv"].decode()

    def files(self) -> dict[str, bytes]:
        """Content of every file, by path."""
        descriptor = {
            "name": self.name,
            "version": self.version,
            "resources": [{"name": table, "path": f"{table}.csv"} for table in self.tables],
        }
        written = {"datapackage.json": json.dumps(descriptor).encode()}
        for table, rows in self.tables.items():
            written[f"{table}.csv"] = _csv(table, rows).encode()
        return {**written, **self.raw}

    def write(self, folder: Path) -> Path:
        """Write it as a folder."""
        for path, content in self.files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        return folder

    def write_zip(self, file: Path, inside: str = "") -> Path:
        """Write it as a zip, within a folder of that zip if one is named."""
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in self.files().items():
                archive.writestr(inside + path, content)
        return file

    def load(self, store: Store, **options: Any) -> LoadReport:
        """Load it, by way of files; the options are those of `load_package`."""
        with tempfile.TemporaryDirectory() as folder:
            package = read_package(self.write(Path(folder)))
        return load_package(store, package, **options)


def _has(row: Row, match: Row) -> bool:
    return all(row.get(column) == cell for column, cell in match.items())


def _csv(table: str, rows: list[Row]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    columns = columns or [column.name for column in TABLES[table].columns]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def cited(row: Row) -> Row:
    """The row with a source and a place in it, unless it has its own or is one."""
    if "source" in row or "title" in row:
        return row
    return {**row, "source": "review-2020", "locator": "Section 1"}


def _rows(columns: str, *lines: str) -> list[Row]:
    names = columns.split(",")
    return [cited(dict(zip(names, line.split(","), strict=True))) for line in lines]


def country() -> Package:
    """A valid package that states something of every kind: 19 nodes and 28 edges."""
    return Package(
        {
            "documents": _rows(
                "id,title,published",
                "review-2020,Review of Shared Services,2020-01",
                "minutes-2015,Minutes of the Joint Board,2015-03-31",
            ),
            "councils": _rows(
                "id,name,official_name,gss_code,former_gss_codes,aliases,population,area_km2",
                "EX-ARD,Ardshire,Ardshire Council,X01,X91|X92,Árd,90000,2000.5",
                "EX-BEN,Ben and Glen,Ben & Glen Council,X02,,,60000,3000",
                "EX-CAL,Caldale,Caldale Council,X03,,,150000,410",
                "EX-DUN,Dunross City,Dunross City Council,X04,,City of Dunross,210000,66.25",
                "EX-ESK,Eskland,The Eskland Council,X05,,Isle of Esk|Eskland Isles,20000,980",
            ),
            "partners": _rows(
                "id,name,kind,number",
                "nhs-ardshire,NHS Ardshire,nhs board,",
                "esk-waste,Esk Waste Limited,company,",
            ),
            "groupings": _rows(
                "id,name,kind,since", "northern-deal,Northern Deal,growth deal,2018"
            ),
            "categories": _rows("id,name,position", "roads,Roads,1"),
            "activity_types": _rows("id,name,position", "joint-provision,Joint provision,1"),
            "services": _rows(
                "id,name,kind,status,status_as_of,start,end,governance,members_complete",
                "roads-alliance,Roads Alliance,shared service,live,2020,2014-04,,Joint board,true",
                "roads-pilot,Roads Pilot,project,ended,,2012,2013,,",
                "joint-archives,Joint Archives,partnership,proposed,,,,,false",
            ),
            "savings": _rows(
                "service,amount,basis,from,to", "roads-alliance,8600000,projected,2014/15,2023/24"
            ),
            "findings": _rows(
                "service,kind,theme,text",
                "roads-alliance,benefit,buying,Buying together is cheaper.",
                ",lesson,,Start with what people want.",
            ),
            "statistics": _rows(
                "group,name,label,value,unit,wave", "Table 1,activities,Roads,12,activities,2020"
            ),
            "participations": _rows(
                "participant,service,role,since,until,status",
                "EX-ARD,roads-alliance,lead,2014-04,,",
                "EX-BEN,roads-alliance,member,2014-04,2016-03-31,",
                "EX-BEN,roads-alliance,member,2018,,",
                "EX-CAL,roads-alliance,member,2015,,",
                "EX-ARD,roads-pilot,lead,2012,2013,",
                "EX-DUN,joint-archives,lead,,,",
                "EX-ESK,joint-archives,member,,,rejected",
                "nhs-ardshire,joint-archives,customer,,,",
            ),
            "memberships": _rows(
                "member,partner,role,since",
                "EX-ESK,esk-waste,owner,2001",
                "EX-DUN,esk-waste,member,",
            ),
            "service_parts": _rows("part,whole,rank", "roads-pilot,roads-alliance,1"),
            "successions": _rows("service,predecessor,since", "roads-alliance,roads-pilot,2014"),
            "adoptions": _rows("service,model", "joint-archives,roads-alliance"),
            "priorities": _rows("council,service,rank,as_of", "EX-ARD,roads-alliance,1,2013-06"),
            "service_categories": _rows(
                "service,category,basis",
                "roads-alliance,roads,stated",
                "roads-pilot,roads,assessed",
            ),
            "service_types": _rows(
                "service,activity_type,basis", "roads-alliance,joint-provision,stated"
            ),
            "borders": _rows(
                "council,neighbour,kind,km",
                "EX-ARD,EX-BEN,land,120.5",
                "EX-ARD,EX-CAL,land,",
                "EX-BEN,EX-DUN,land,14",
                "EX-CAL,EX-DUN,bridge,",
                "EX-ESK,EX-CAL,ferry,",
            ),
            "grouping_members": _rows(
                "council,grouping,since",
                "EX-ARD,northern-deal,2018",
                "EX-BEN,northern-deal,",
            ),
            "service_areas": _rows(
                "service,grouping,basis", "roads-alliance,northern-deal,assessed"
            ),
        }
    )


@dataclass(frozen=True)
class Graph:
    """Everything in a store save its records of loads, in an order of its own."""

    nodes: list[tuple[list[str], dict[str, Any]]]
    edges: list[tuple[str, str, str, dict[str, Any]]]
    """Type, ids of tail and head, properties."""

    @property
    def ids(self) -> set[str]:
        return {properties["id"] for _, properties in self.nodes}

    @property
    def ties(self) -> set[tuple[str, str, str, str]]:
        """Edges without their properties: type, tail, head and what tells them apart."""
        return {(kind, tail, head, said.get("key", "")) for kind, tail, head, said in self.edges}

    def node(self, identifier: str) -> dict[str, Any]:
        [found] = [said for _, said in self.nodes if said["id"] == identifier]
        return found

    def edge(self, kind: str, tail: str, head: str) -> dict[str, Any]:
        [found] = [said for *ends, said in self.edges if ends == [kind, tail, head]]
        return found


def graph_of(store: Store) -> Graph:
    """All nodes and relationships with all their properties, except those that record loads."""
    nodes = store.read(
        "MATCH (n) WHERE NOT (n:LoadRun OR n:LoadLock) "
        "RETURN labels(n) AS labels, properties(n) AS said"
    )
    edges = store.read(
        "MATCH (tail)-[r]->(head) "
        "RETURN type(r) AS kind, tail.id AS tail, head.id AS head, properties(r) AS said"
    )
    return Graph(
        sorted(((sorted(row["labels"]), _sorted(row["said"])) for row in nodes), key=repr),
        sorted(
            ((row["kind"], row["tail"], row["head"], _sorted(row["said"])) for row in edges),
            key=repr,
        ),
    )


def runs_of(store: Store) -> list[dict[str, Any]]:
    """The records of loads, oldest first, without their ids, numbers and times."""
    rows = store.read("MATCH (r:LoadRun) RETURN properties(r) AS said ORDER BY r.number")
    return [
        {name: value for name, value in row["said"].items() if name not in _OWN_OF_RUN}
        for row in rows
    ]


_OWN_OF_RUN = ("id", "number", "started", "finished")


def _sorted(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(properties[name]) for name in sorted(properties)}
