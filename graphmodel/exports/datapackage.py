"""The CSV data package: one for each dataset, and one around them that keeps the rest.

A whole export is a back-up. Its own descriptor lists the packages in an order in which
each refers only to what those before it state; the records of loads are beside it, and
so are the nodes that something needs before, or without, a dataset that states them.

Source: Data Package standard, version 2 (datapackage.org).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from graphmodel import __version__
from graphmodel.errors import NotFoundError
from graphmodel.exports.inventory import Inventory, NodeKey
from graphmodel.exports.stored import Cells, rows
from graphmodel.exports.summary import Exported
from graphmodel.model import NODE_KINDS, LoadRun
from graphmodel.model.datapackage import DESCRIPTOR, HISTORY, MARK, NEEDED, STANDARD, descriptor
from graphmodel.model.tables import TABLES, TableModel
from graphmodel.store import Store
from graphmodel.store.migrations import MODEL_VERSION
from graphmodel.store.statements import LATEST_LAST, Shape

FLUSHED = 5_000
"""Rows that are kept before they are written."""
NAME = "graphmodel-backup"
_BOOKKEEPING = ("statements", "citations", "conflicts")
_SHAPES = {kind.label: Shape(kind) for kind in NODE_KINDS}


def write(store: Store, folder: Path, dataset: str | None) -> Exported:
    """Write one dataset's data package, or a back-up of everything.

    Parameters
    ----------
    store : Store
        An open store.
    folder : Path
        To make.
    dataset : str or None
        Whose words to write; everybody's if none.

    Returns
    -------
    Exported

    Raises
    ------
    NotFoundError
        If the store has nothing of that dataset.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exported = write(store, Path(folder, "backup"), None)
    ...     print(*sorted(path.name for path in Path(folder, "backup").iterdir()))
    1-scotland datapackage.json history.json
    """
    folder.mkdir()
    inventory = Inventory()
    packages = _Packages(store, folder)
    for table, stating, cells in rows(store, inventory):
        if dataset in (None, stating):
            packages.add(table, stating, cells)
    packages.flush()
    exported = Exported(packages.rows, inventory.notes())
    if dataset is None:
        _finish_backup(store, packages, inventory)
        exported.notes += _left_out(store)
    else:
        _finish_single(dataset, packages, inventory, exported)
    return exported


class _Packages:
    """The data packages that grow while the tables are read, one after another."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, dict[str, int]] = {}
        self._waiting: dict[str, list[Cells]] = {}
        self._table = next(iter(TABLES.values()))
        wrote = store.stream(
            "MATCH (r:LoadRun) WHERE r.outcome <> 'refused' "
            f"RETURN r.dataset AS dataset, r.version AS version {LATEST_LAST}"
        )
        self._versions = {row["dataset"]: row["version"] for row in wrote}

    def add(self, table: TableModel, dataset: str, cells: Cells) -> None:
        if table is not self._table:
            self.flush()
            self._table = table
        waiting = self._waiting.setdefault(dataset, [])
        waiting.append(cells)
        if len(waiting) == FLUSHED:
            self._write(dataset)

    def flush(self) -> None:
        for dataset in list(self._waiting):
            self._write(dataset)

    def _write(self, dataset: str) -> None:
        # Opened anew each time: there may be more datasets than a process may have files.
        counts = self.rows.setdefault(dataset, {})
        path = self.place_of(dataset) / f"{self._table.name}.csv"
        path.parent.mkdir(exist_ok=True)
        columns = [column.name for column in self._table.columns]
        waiting = self._waiting.pop(dataset)
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            if self._table.name not in counts:
                writer.writeheader()
            writer.writerows(waiting)
        counts[self._table.name] = counts.get(self._table.name, 0) + len(waiting)

    def place_of(self, dataset: str) -> Path:
        """A folder of a name that any system can have, whatever the dataset is called."""
        return self.folder / f"part-{list(self.rows).index(dataset)}"

    def describe(self, dataset: str, folder: Path, inventory: Inventory) -> None:
        """Write the descriptor, and move the package to where it belongs."""
        made = descriptor(dataset, dataset, self._versions.get(dataset) or "", self.rows[dataset])
        marked = {MARK: _mark() | {"as_stored": dataset in inventory.as_stored}}
        place = self.place_of(dataset)
        _write_json(place / DESCRIPTOR, made | marked)
        if folder == self.folder:
            for path in list(place.iterdir()):
                path.rename(folder / path.name)
            place.rmdir()
        else:
            place.rename(folder)


def _finish_single(
    dataset: str, packages: _Packages, inventory: Inventory, exported: Exported
) -> None:
    if dataset not in packages.rows:
        there = ", ".join(sorted(inventory.stated.keys() | inventory.needed.keys()))
        hint = f"There are: {there}." if there else "Nothing is loaded."
        raise NotFoundError(f"Nothing of a dataset {dataset!r} is in the store.", hint)
    packages.describe(dataset, packages.folder, inventory)
    elsewhere = _borrowed(inventory, dataset)
    if elsewhere:
        label, identifier = min(elsewhere)
        exported.notes.append(
            f"{dataset} refers to {len(elsewhere):,} nodes that it does not state itself, such as "
            f"{label} {identifier}: load what states them first."
        )


def _finish_backup(store: Store, packages: _Packages, inventory: Inventory) -> None:
    order = _loading_order(inventory, packages.rows)
    places = []
    for number, dataset in enumerate(order, 1):
        place = packages.folder / f"{number}-{_plain_name(dataset)}"
        packages.describe(dataset, place, inventory)
        places.append(place.name)
    resources = [_write_history(store, packages.folder)]
    needed = _needed_first(store, inventory, order)
    if needed:
        resources.append(_write_needed(packages.folder, needed))
    backup = {
        "$schema": STANDARD,
        "name": NAME,
        "title": "Back-up of a graphmodel store",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "resources": resources,
        MARK: _mark() | {"packages": places},
    }
    _write_json(packages.folder / DESCRIPTOR, backup)


def _left_out(store: Store) -> list[str]:
    """Tell what analyses wrote: no document says it, and it can be worked out again."""
    [(number,)] = store.read("MATCH (a:Analysis) RETURN count(a)").rows
    return [f"{number:,} written analyses are left out: write them anew."] if number else []


def _borrowed(inventory: Inventory, dataset: str) -> set[NodeKey]:
    needed = inventory.needed.get(dataset, set())
    return needed - inventory.stated.get(dataset, set())


def _loading_order(inventory: Inventory, datasets: Iterable[str]) -> list[str]:
    """Order datasets so that each comes after those whose nodes it refers to.

    Where two refer to each other, names decide; what is still needed too early is
    among the nodes that are written first.
    """
    import networkx

    needs = networkx.DiGraph()
    needs.add_nodes_from(datasets)
    for one in datasets:
        borrowed = _borrowed(inventory, one)
        needs.add_edges_from(
            (other, one)
            for other in datasets
            if other != one and borrowed & inventory.stated.get(other, set())
        )
    groups = networkx.condensation(needs)
    members = groups.nodes(data="members")
    first = {group: min(members[group]) for group in groups}
    return [
        dataset
        for group in networkx.lexicographical_topological_sort(groups, key=first.get)
        for dataset in sorted(members[group])
    ]


def _needed_first(
    store: Store, inventory: Inventory, order: Iterable[str]
) -> dict[NodeKey, dict[str, Any]]:
    """Nodes that nobody states, and those that somebody refers to before they are stated."""
    needed = dict(inventory.unstated)
    stated: set[NodeKey] = set()
    early: dict[str, list[list[str]]] = {}
    for dataset in order:
        stated |= inventory.stated.get(dataset, set())
        for label, identifier in sorted(inventory.needed.get(dataset, set()) - stated):
            if (label, identifier) not in needed:
                early.setdefault(label, []).append([identifier])
    for label, keys in early.items():
        for row in store.stream(_SHAPES[label].fetch(), {"keys": keys}):
            kept = {
                name: value for name, value in row["properties"].items() if name not in _BOOKKEEPING
            }
            needed[label, row["key"][0]] = kept | {"datasets": []}
    return needed


def _write_history(store: Store, folder: Path) -> dict[str, Any]:
    """Write the records of loads, each property as it is."""
    fields = [*LoadRun.model_fields]
    runs = store.stream(f"MATCH (r:LoadRun) RETURN properties(r) AS said {LATEST_LAST}")
    found = ({name: _plain(run["said"].get(name)) for name in fields} for run in runs)
    types = {"id": "string", "dataset": "string", "outcome": "string"}
    return _write_rows(folder, HISTORY, "Every load that was run on the store", found, types)


def _write_needed(folder: Path, nodes: dict[NodeKey, dict[str, Any]]) -> dict[str, Any]:
    found = (
        {
            "label": label,
            "id": identifier,
            "properties": {name: _typed(value) for name, value in sorted(properties.items())},
        }
        for (label, identifier), properties in sorted(nodes.items())
    )
    types = {"label": "string", "id": "string", "properties": "object"}
    about = "Nodes that something needs before, or without, a dataset that states them"
    return _write_rows(folder, NEEDED, about, found, types)


def _write_rows(
    folder: Path, file: str, about: str, found: Iterable[dict[str, Any]], types: dict[str, str]
) -> dict[str, Any]:
    """Write objects as JSON, one a line within a list; gives the resource's description."""
    columns: list[str] = []
    with (folder / file).open("w", encoding="utf-8", newline="\n") as text:
        text.write("[")
        for number, row in enumerate(found):
            columns = [*row]
            text.write(",\n" if number else "\n")
            json.dump(row, text, ensure_ascii=False)
        text.write("\n]\n")
    return {
        "name": file.removesuffix(".json"),
        "description": about,
        "path": file,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": name, "type": types.get(name, "any")} for name in columns]},
    }


def _typed(value: Any) -> Any:
    """Keep what JSON has no word for: a day is not a text."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _mark() -> dict[str, Any]:
    return {"model": MODEL_VERSION, "program": __version__}


def _plain_name(dataset: str) -> str:
    """The name of a dataset as part of a folder's."""
    kept = (char if char.isascii() and char.isalnum() else "-" for char in dataset.lower())
    return "-".join(filter(None, "".join(kept).split("-")))[:40] or "dataset"


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
