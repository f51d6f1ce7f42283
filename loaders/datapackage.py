"""Reading a data package: a folder or zip with ``datapackage.json`` and CSV files.

Source: Data Package standard, version 2 (datapackage.org), of which we take the
descriptor's name, version and resources, and the CSV dialect that it has by default.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

from graphmodel.errors import GraphmodelError
from graphmodel.model.datapackage import DESCRIPTOR, MARK
from graphmodel.model.tables import TABLES
from graphmodel.store.migrations import MODEL_VERSION, ModelVersionError
from loaders.files import BROKEN_ZIP, Files, Folder, Zip
from loaders.garbage import uncollected
from loaders.problems import Problem, shortened
from loaders.table_file import Table, read_table

__all__ = ["DataPackage", "Table", "leads_away", "read_file", "read_package"]

MOST_DESCRIPTOR_BYTES = 1_000_000
"""Enough for every table with a schema, many times over."""
MOST_BESIDE_BYTES = 50_000_000
"""Largest file of a back-up that is read whole: a quarter of a million records of loads."""
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
    mark : dict
        What the program that exported it says of it; empty for others.

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
    mark: dict[str, Any] = field(default_factory=dict)

    @property
    def as_stored(self) -> bool:
        """Whether it was exported from a store that had come to what a load would refuse.

        Examples
        --------
        >>> DataPackage("mine", "My councils", "1").as_stored
        False
        """
        return self.mark.get("as_stored") is True


def read_package(path: Path, inside: str = "") -> DataPackage:
    """Read a data package whole, without judging what its rows say.

    Parameters
    ----------
    path : Path
        A folder with ``datapackage.json``, that file itself, or a zip.
    inside : str
        Folder of the package within a back-up at that path.

    Returns
    -------
    DataPackage
        With the problems of form that were found: missing or broken files,
        headers and rows.

    Raises
    ------
    GraphmodelError
        If there is no data package there.
    ModelVersionError
        If it was exported by a later version of the model.

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
    with uncollected(), _opened(path, inside) as (files, default_name):
        return _read(files, default_name, str(Path(path, inside)))


def read_file(path: Path, name: str) -> bytes:
    """Read a file that lies beside the descriptor of a data package.

    Parameters
    ----------
    path : Path
        As for `read_package`.
    name : str
        The file's.

    Returns
    -------
    bytes

    Raises
    ------
    GraphmodelError
        If it cannot be read, or is larger than a file of a back-up gets.

    Examples
    --------
    >>> read_file(Path("loaders/scotland"), "datapackage.json")[:1]
    b'{'
    """
    with _opened(path) as (files, _):
        try:
            return _content(files, name, MOST_BESIDE_BYTES)
        except (*BROKEN_ZIP, ValueError) as error:
            raise GraphmodelError(f"{path}: {name} cannot be read ({_reason(error)}).") from error


@contextmanager
def _opened(path: Path, inside: str = "") -> Iterator[tuple[Files, str]]:
    """Open a folder or zip; gives its files and what to call a package without a name."""
    if path.is_file() and path.suffix.lower() == ".zip":
        try:
            with Zip(path, DESCRIPTOR, inside) as files:
                yield files, path.stem
        except BROKEN_ZIP as error:
            raise GraphmodelError(f"{path} cannot be opened as a zip: {error}") from error
        return
    outermost = path.parent if path.name == DESCRIPTOR else path
    folder = outermost / inside
    if not (folder / DESCRIPTOR).is_file():
        raise GraphmodelError(
            f"{folder if inside else path} is not a data package: there is no {DESCRIPTOR} in it. "
            f"Expected a folder or zip with {DESCRIPTOR} and CSV files; "
            "'graphmodel schema --datapackage' prints one to start from."
        )
    yield Folder(outermost, inside), folder.resolve().name


def _read(files: Files, default_name: str, place: str) -> DataPackage:
    try:
        text = _content(files, DESCRIPTOR, MOST_DESCRIPTOR_BYTES).decode("utf-8-sig")
        descriptor = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise GraphmodelError(f"{place}: {DESCRIPTOR} cannot be read: {error}") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise GraphmodelError(f'{place}: {DESCRIPTOR} has no list of "resources".')
    package = DataPackage(
        name=_text(descriptor.get("name")) or default_name,
        title=_text(descriptor.get("title")),
        version=_text(descriptor.get("version")),
        mark=_mark_of(descriptor, place),
    )
    for what in ("name", "version", "title"):
        text = getattr(package, what)
        if len(text) > MOST_NAME_CHARACTERS or not text.isprintable():
            raise GraphmodelError(
                f"{place}: the {what} {shortened(text)!r} cannot be used: expected at most "
                f"{MOST_NAME_CHARACTERS} characters, all of them printable."
            )
    if "packages" in package.mark:
        return package
    for resource in descriptor["resources"]:
        _read_resource(files, resource, package)
    return package


def _content(files: Files, path: str, most: int) -> bytes:
    with files.open(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(f"it is larger than {most:,} bytes")
    return content


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _mark_of(descriptor: dict[str, Any], place: str) -> dict[str, Any]:
    """What is said of the export that made it; refuses one of a later model."""
    mark = descriptor.get(MARK)
    if not isinstance(mark, dict):
        return {}
    version = mark.get("model")
    if isinstance(version, int) and version > MODEL_VERSION:
        raise ModelVersionError(
            f"{place} was exported with version {version} of the model; this program knows "
            f"versions up to {MODEL_VERSION}. Install a later graphmodel."
        )
    return mark


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
            fault = (path, f"the file cannot be read ({_reason(error)})", "")
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
    if leads_away(path):
        return path, "the path must lead to a file beside the descriptor", ""
    return None


def leads_away(path: str) -> bool:
    """Tell whether a path leads anywhere but to what is beside a descriptor.

    Parameters
    ----------
    path : str
        As it stands in the descriptor.

    Returns
    -------
    bool

    Examples
    --------
    >>> leads_away("borders.csv"), leads_away("../borders.csv"), leads_away("C:borders.csv")
    (False, True, True)
    """
    parts = PureWindowsPath(path)
    return bool(
        not path or path.startswith("/") or parts.drive or parts.root or ".." in parts.parts
    )
