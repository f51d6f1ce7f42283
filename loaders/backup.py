"""Taking back what an export wrote: one data package, or the back-up of a whole store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from graphmodel.errors import GraphmodelError
from graphmodel.model import NODE_KINDS, LoadRun
from graphmodel.model.datapackage import DESCRIPTOR, HISTORY, NEEDED
from graphmodel.store import Store
from graphmodel.store.migrations import prepare
from graphmodel.store.statements import LOCK
from loaders.datapackage import DataPackage, leads_away, read_file, read_package

BATCH = 2_000
MOST_LOADS = 10**15
"""Greatest number of a load: far from where a database's numbers end."""
_LABELS = frozenset(kind.label for kind in NODE_KINDS)
_TIMES = ("started", "finished")
_WRITE_RUNS = (
    "UNWIND $rows AS row MERGE (r:LoadRun {id: row.said.id}) ON CREATE SET r = row.said, "
    "r.started = datetime(row.started), r.finished = datetime(row.finished)"
)
_BEGIN_AFTER = (
    f"{LOCK} WITH l WHERE l.taken < $number SET l.taken = $number RETURN count(*) AS number"
)
_WRITE_NODES = (
    "UNWIND $rows AS row MERGE (x:{label} {{id: row[0]}}) "
    "WITH x, row WHERE coalesce(x.datasets, []) = [] SET x = row[1]"
)


@dataclass(frozen=True)
class Source:
    """What a path holds: a data package, or a back-up of several.

    Attributes
    ----------
    packages : list of DataPackage
        In the order of loading.
    runs : list of dict
        The loads that a back-up remembers, ready to be written.
    needed : dict of str to list of (str, dict)
        By label, ids and properties of nodes that its packages need before, or
        without, a dataset that states them.

    is_backup : bool
        Whether it is one, be it of a store with a single dataset.

    Examples
    --------
    >>> Source([]).runs
    []
    """

    packages: list[DataPackage]
    runs: list[dict[str, Any]] = field(default_factory=list)
    needed: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    is_backup: bool = False


def read_source(path: Path) -> Source:
    """Read a data package, or a back-up with all its packages.

    Parameters
    ----------
    path : Path
        A folder, its ``datapackage.json``, or a zip.

    Returns
    -------
    Source

    Raises
    ------
    GraphmodelError
        If there is neither, or the back-up is damaged.

    Examples
    --------
    >>> from loaders.datasets import locate
    >>> [package.name for package in read_source(locate("scotland")).packages]
    ['scotland']
    """
    package = read_package(path)
    if "packages" not in package.mark:
        return Source([package])
    places = package.mark["packages"]
    if (
        not isinstance(places, list)
        or not all(isinstance(place, str) and not leads_away(place) for place in places)
        or len(set(places)) != len(places)
    ):
        raise GraphmodelError(f"{path}: its list of packages is damaged.")
    packages = [read_package(path, place) for place in places]
    if any("packages" in package.mark for package in packages):
        raise GraphmodelError(f"{path}: one of its packages is a back-up itself.")
    return Source(packages, _runs(path), _needed(path), is_backup=True)


def place(store: Store, source: Source) -> None:
    """Write what a back-up brings besides its packages, which are to be loaded next.

    Nothing that is in the store already is changed, save nodes that no dataset states.

    Parameters
    ----------
    store : Store
        Open, for writing.
    source : Source
        As from `read_source`.

    Raises
    ------
    ModelVersionError
        If the store was made with another version of the model, and what to do.

    Examples
    --------
    >>> place(store, Source([]))
    """
    prepare(store)
    for start in range(0, len(source.runs), BATCH):
        store.execute(_WRITE_RUNS, {"rows": source.runs[start : start + BATCH]})
    last = max((run["said"].get("number", 0) for run in source.runs), default=0)
    if last:
        # So that the loads of the packages come after those that the back-up remembers.
        store.execute(_BEGIN_AFTER, {"number": last})
    for label, nodes in source.needed.items():
        for start in range(0, len(nodes), BATCH):
            rows = [list(node) for node in nodes[start : start + BATCH]]
            store.execute(_WRITE_NODES.format(label=label), {"rows": rows})


def _runs(path: Path) -> list[dict[str, Any]]:
    runs = []
    for row in _objects(path, HISTORY):
        said = {name: value for name, value in row.items() if value is not None}
        try:
            LoadRun.model_validate(said)
        except ValidationError as error:
            raise _damaged(path, HISTORY, error.errors()[0]["msg"]) from error
        if not 0 <= said.get("number", 0) <= MOST_LOADS:
            raise _damaged(path, HISTORY, f"no load has the number {said['number']}")
        times = {name: said.pop(name, None) for name in _TIMES}
        if said["outcome"] == "running":
            # It is not running here.
            said["outcome"] = "interrupted"
        runs.append({"said": said, **times})
    return runs


def _needed(path: Path) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    if not any(resource.get("path") == NEEDED for resource in _resources(path)):
        return {}
    needed: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for row in _objects(path, NEEDED):
        label, identifier, said = row.get("label"), row.get("id"), row.get("properties")
        if label not in _LABELS or not isinstance(identifier, str) or not isinstance(said, dict):
            raise _damaged(path, NEEDED, f"{label} {identifier} is no node of the model")
        try:
            properties = {name: _value(value) for name, value in said.items()}
        except (KeyError, ValueError, TypeError) as error:
            raise _damaged(path, NEEDED, f"{label} {identifier} has a value {error}") from error
        needed.setdefault(label, []).append((identifier, properties | {"id": identifier}))
    return needed


def _value(value: Any) -> Any:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


def _resources(path: Path) -> Iterable[dict[str, Any]]:
    resources = json.loads(read_file(path, DESCRIPTOR).decode("utf-8-sig"))["resources"]
    return [resource for resource in resources if isinstance(resource, dict)]


def _objects(path: Path, file: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(read_file(path, file).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _damaged(path, file, str(error)) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise _damaged(path, file, "it is not a list of objects")
    return found


def _damaged(path: Path, file: str, why: str) -> GraphmodelError:
    return GraphmodelError(f"{path}: {file} is damaged ({why}); nothing was written.")
