"""Reading a data package: a folder or zip with ``datapackage.json`` and CSV files.

Source: Data Package standard, version 2 (datapackage.org), of which we take the
descriptor's name, version and resources, and the CSV dialect that it has by default.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Protocol

from graphmodel.errors import GraphmodelError
from graphmodel.model.tables import TABLES
from loaders.problems import Problem

DESCRIPTOR = "datapackage.json"
MOST_BYTES = 1_000_000_000
"""Largest file that is read, also when it comes out of a zip that is much smaller."""
MOST_CELL_CHARACTERS = 100_000


@dataclass
class Table:
    """The rows of one CSV file, as texts.

    Attributes
    ----------
    name, file : str
        Of the table, and the path of its file within the package.
    columns : list of str
        The header, without blanks around the names; none twice.
    rows : list of (int, list of str)
        Each with as many cells as there are columns; the header is row 1.

    Examples
    --------
    >>> Table("borders", "borders.csv", ["council"], [(2, ["Angus"])]).rows
    [(2, ['Angus'])]
    """

    name: str
    file: str
    columns: list[str]
    rows: list[tuple[int, list[str]]]
    """Row number as a spreadsheet shows it, and the cells."""


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


_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


class _Files(Protocol):
    def read(self, path: str) -> bytes: ...


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> bytes:
        target = self._folder / path
        if target.stat().st_size > MOST_BYTES:
            raise OSError(f"it is larger than {MOST_BYTES:,} bytes")
        return target.read_bytes()


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = [name for name in archive.namelist() if PurePosixPath(name).name == DESCRIPTOR]
        self._prefix = min(names, key=len, default=DESCRIPTOR).removesuffix(DESCRIPTOR)

    def read(self, path: str) -> bytes:
        try:
            with self._archive.open(self._prefix + path) as file:
                content = file.read(MOST_BYTES + 1)
        except KeyError:
            raise FileNotFoundError("it is not in the zip") from None
        except _BROKEN_ZIP as error:
            raise OSError(f"it cannot be unpacked ({error})") from None
        if len(content) > MOST_BYTES:
            raise OSError(f"it unpacks to more than {MOST_BYTES:,} bytes")
        return content


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
            with zipfile.ZipFile(path) as archive:
                return _read(_Zip(archive), path.stem, str(path))
        except (*_BROKEN_ZIP, OSError) as error:
            raise GraphmodelError(f"{path} cannot be opened as a zip: {error}") from error
    folder = path.parent if path.name == DESCRIPTOR else path
    if not (folder / DESCRIPTOR).is_file():
        raise GraphmodelError(
            f"{path} is not a data package: there is no {DESCRIPTOR} in it. Expected a folder "
            f"or zip with {DESCRIPTOR} and CSV files; 'graphmodel schema --datapackage' "
            "prints one to start from."
        )
    return _read(_Folder(folder), folder.resolve().name, str(folder))


def _read(files: _Files, default_name: str, place: str) -> DataPackage:
    try:
        descriptor = json.loads(files.read(DESCRIPTOR).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise GraphmodelError(f"{place}: {DESCRIPTOR} cannot be read: {error}") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise GraphmodelError(f'{place}: {DESCRIPTOR} has no list of "resources".')
    package = DataPackage(
        name=_text(descriptor.get("name")) or default_name,
        title=_text(descriptor.get("title")),
        version=_text(descriptor.get("version")),
    )
    for resource in descriptor["resources"]:
        _read_resource(files, resource, package)
    return package


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_resource(files: _Files, resource: Any, package: DataPackage) -> None:
    described = resource if isinstance(resource, dict) else {}
    name, path = _text(described.get("name")), _text(described.get("path"))
    fault = _fault(name, path, package)
    content = b""
    if fault is None:
        try:
            content = files.read(path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            fault = (path, f"the file cannot be read ({reason})", "")
    if fault is not None:
        package.problems.append(Problem(DESCRIPTOR, None, "resources", *fault))
        package.unread.add(name)
        return
    parsed = list(_parse(name, path, content, package))
    package.tables += parsed
    if not parsed:
        package.unread.add(name)


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


def _parse(name: str, path: str, content: bytes, package: DataPackage) -> Iterator[Table]:
    problems = package.problems
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        byte = f"byte 0x{content[error.start]:02x}"
        advice = 'Save it as "CSV UTF-8".'
        problems.append(Problem(path, row, None, byte, "the file is not in UTF-8", advice))
        return
    csv.field_size_limit(MOST_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if record:
                records.append((number, record))
    except csv.Error as error:
        message = f"this is not valid CSV ({error})"
        is_too_long = "field limit" in message
        advice = "" if is_too_long else "Look for a double quote that is not closed or doubled."
        problems.append(Problem(path, number + 1, None, None, message, advice))
        return
    if not records:
        problems.append(Problem(path, 1, None, None, "the file is empty: expected a header row"))
        return
    columns = [column.strip() for column in records[0][1]]
    if len(columns) == 1 and ";" in columns[0]:
        advice = 'Save it as "CSV UTF-8 (comma delimited)".'
        message = "the columns are separated by semicolons"
        problems.append(Problem(path, 1, None, columns[0], message, advice))
        return
    repeated = sorted({column for column in columns if columns.count(column) > 1})
    problems += [Problem(path, 1, name, None, "two columns have this name") for name in repeated]
    if repeated:
        return
    filled = [(number, cells) for number, cells in records[1:] if any(map(str.strip, cells))]
    for number, cells in filled:
        if len(cells) != len(columns):
            message = f"the row has {len(cells)} cells where the header has {len(columns)}"
            advice = "Put cells with commas in double quotes."
            problems.append(Problem(path, number, None, None, message, advice))
            package.malformed.setdefault(name, set()).update(map(str.strip, cells))
    whole = [(number, cells) for number, cells in filled if len(cells) == len(columns)]
    yield Table(name, path, columns, whole)
