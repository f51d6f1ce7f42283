"""Reading a data package: a folder or zip with ``datapackage.json`` and CSV files.

Source: Data Package standard, version 2 (datapackage.org), of which we take the
descriptor's name, version and resources, and the CSV dialect that it has by default.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

from graphmodel.errors import GraphmodelError
from graphmodel.model.tables import TABLES
from loaders.files import BROKEN_ZIP, Files, Folder, Zip
from loaders.problems import Problem, shortened
from loaders.table_file import Table, read_table

__all__ = ["DESCRIPTOR", "DataPackage", "Table", "read_package"]

DESCRIPTOR = "datapackage.json"
MOST_DESCRIPTOR_BYTES = 1_000_000
"""Enough for every table with a schema, many times over."""
MOST_NAME_CHARACTERS = 200


@dataclass
class DataPackage:
    """A data package as it was read, with what was wrong already then.

    Attributes
    ----------
    name, title, version : str
        As its descriptor gives them.
    tables : list of Table
        Those that could be read.
    problems : list of Problem
        What was wrong with files, headers and rows.
    unread : set of str
        Names of tables.
    malformed : dict of str to set of str
        By name of table.

    Examples
    --------
    >>> DataPackage("mine", "My councils", "1").tables
    []
    """

    name: str
    title: str
    version: str
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Tables that could not be read."""
    malformed: dict[str, set[str]] = field(default_factory=dict)
    """Cells of rows that could not be read, by table."""


def read_package(path: Path) -> DataPackage:
    """Read a data package whole, without judging what its rows say.

    Parameters
    ----------
    path : Path
        A folder with ``datapackage.json``, that file itself, or a zip.

    Returns
    -------
    DataPackage
        With the problems of form that were found: missing or broken files,
        headers and rows.

    Raises
    ------
    GraphmodelError
        If there is no data package there.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = '{"name": "mine", "version": "1", "resources": []}'
    ...     _ = Path(folder, "datapackage.json").write_text(text, encoding="utf-8")
    ...     read_package(Path(folder)).name
    'mine'
    >>> read_package(Path("nowhere"))
    Traceback (most recent call last):
    ...
    graphmodel.errors.GraphmodelError: nowhere is not a data package: ...
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        try:
            with Zip(path, DESCRIPTOR) as files:
                return _read(files, path.stem, str(path))
        except BROKEN_ZIP as error:
            raise GraphmodelError(f"{path} cannot be opened as a zip: {error}") from error
    folder = path.parent if path.name == DESCRIPTOR else path
    if not (folder / DESCRIPTOR).is_file():
        raise GraphmodelError(
            f"{path} is not a data package: there is no {DESCRIPTOR} in it. Expected a folder "
            f"or zip with {DESCRIPTOR} and CSV files; 'graphmodel schema --datapackage' "
            "prints one to start from."
        )
    return _read(Folder(folder), folder.resolve().name, str(folder))


def _read(files: Files, default_name: str, place: str) -> DataPackage:
    try:
        descriptor = json.loads(_descriptor_of(files).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise GraphmodelError(f"{place}: {DESCRIPTOR} cannot be read: {error}") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise GraphmodelError(f'{place}: {DESCRIPTOR} has no list of "resources".')
    package = DataPackage(
        name=_text(descriptor.get("name")) or default_name,
        title=_text(descriptor.get("title")),
        version=_text(descriptor.get("version")),
    )
    for what in ("name", "version", "title"):
        text = getattr(package, what)
        if len(text) > MOST_NAME_CHARACTERS or not text.isprintable():
            raise GraphmodelError(
                f"{place}: the {what} {shortened(text)!r} cannot be used: expected at most "
                f"{MOST_NAME_CHARACTERS} characters, all of them printable."
            )
    for resource in descriptor["resources"]:
        _read_resource(files, resource, package)
    return package


def _descriptor_of(files: Files) -> bytes:
    with files.open(DESCRIPTOR) as file:
        content = file.read(MOST_DESCRIPTOR_BYTES + 1)
    if len(content) > MOST_DESCRIPTOR_BYTES:
        raise OSError(f"it is larger than {MOST_DESCRIPTOR_BYTES:,} bytes")
    return content


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_resource(files: Files, resource: Any, package: DataPackage) -> None:
    described = resource if isinstance(resource, dict) else {}
    name, path = _text(described.get("name")), _text(described.get("path"))
    fault = _fault(name, path, package)
    if fault is None:
        try:
            with files.open(path) as file:
                table, problems, malformed = read_table(name, path, file)
        except (*BROKEN_ZIP, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            fault = (path, f"the file cannot be read ({reason})", "")
    if fault is not None:
        package.problems.append(Problem(DESCRIPTOR, None, "resources", *fault))
        package.unread.add(name)
        return
    package.problems += problems
    if malformed:
        package.malformed[name] = malformed
    if table is None:
        package.unread.add(name)
    else:
        package.tables.append(table)


def _fault(name: str, path: str, package: DataPackage) -> tuple[str, str, str] | None:
    """What is wrong with a resource's description: value, problem and advice."""
    if name not in TABLES:
        return name, "no table of the model has this name", f"Expected: {', '.join(TABLES)}."
    if any(table.name == name for table in package.tables):
        return name, "two resources have this name", "Put all rows into one file."
    parts = PureWindowsPath(path)
    if not path or path.startswith("/") or parts.drive or parts.root or ".." in parts.parts:
        return path, "the path must lead to a file beside the descriptor", ""
    return None
