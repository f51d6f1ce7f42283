"""Arrangements of any country to learn from, straight from a data package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from graphmodel.analytics.arrangements import Arrangements, arrangements
from graphmodel.analytics.recorded import COUNTING
from graphmodel.errors import AmbiguousNameError, GraphmodelError, NotFoundError
from graphmodel.names import Named, NameIndex
from loaders.datapackage import DataPackage, read_package
from loaders.problems import Problem, RejectedDataError

CONTIGUOUS = ("land", "bridge")
"""Kinds of borders that count as touching."""
_NEEDED = {
    "councils": ("id", "name"),
    "participations": ("participant", "service"),
    "borders": ("council", "neighbour", "kind"),
    "services": ("id", "name"),
    "service_categories": ("service", "category"),
    "groupings": ("id",),
    "grouping_members": ("council", "grouping"),
    "service_areas": ("service", "grouping"),
    "service_parts": ("part", "whole"),
    "successions": ("service", "predecessor"),
    "partners": ("id", "name"),
}
"""The tables that are read, and the columns that each must have if it is there."""
_LABELS = {
    "councils": "Council",
    "partners": "Partner",
    "services": "Service",
    "groupings": "Grouping",
}


def read_for_learning(path: Path) -> Arrangements:
    """Read what scores of candidates learn from, without loading it into a store.

    Needed are the tables ``councils`` and ``participations``; used if they are there are
    borders, services, service_categories, groupings, grouping_members, service_areas,
    service_parts and successions. Their other columns may be missing or empty.

    Parameters
    ----------
    path : Path
        A folder with ``datapackage.json``, that file itself, or a zip.

    Returns
    -------
    Arrangements

    Raises
    ------
    GraphmodelError
        If the package cannot be read, lacks one of the two tables, or names a council
        that it does not have.

    Examples
    --------
    >>> known = read_for_learning(Path("loaders/scotland"))
    >>> len(known.councils)
    32
    """
    package = read_package(path)
    if package.problems:
        raise RejectedDataError(package.name, package.problems)
    tables = {table.name for table in package.tables}
    for table in ("councils", "participations"):
        if table not in tables:
            raise GraphmodelError(
                f"{path}: there is no table {table}, and nothing can be learnt without it."
            )
    return _Learning(package).arrangements()


class _Learning:
    """The tables of a package, with what its cells name looked up."""

    def __init__(self, package: DataPackage) -> None:
        self._tables = {table.name: table for table in package.tables}
        self._name = f"'{package.name}'"
        self._problems: list[Problem] = []
        self._lack_columns()
        self._names = NameIndex(self._named())

    def arrangements(self) -> Arrangements:
        """Everything in order, or all that is wrong."""
        touching = self._borders()
        members = self._members()
        areas = {
            row["grouping"]
            for row in self._resolved("service_areas", service="Service", grouping="Grouping")
            if row["service"] in members
        }
        groupings = self._by("grouping_members", "grouping", "council", council="Council")
        made = arrangements(
            members,
            touching,
            lengths={
                pair: sum(km for km in kms if km is not None)
                for pair, kms in touching.items()
                if None not in kms
            },
            councils=[row["id"] for _, row in self._rows("councils")],
            categories=self._by("service_categories", "service", "category"),
            groupings={name: inside for name, inside in groupings.items() if name not in areas},
            kin=[
                (row[first], row[second])
                for table, first, second in (
                    ("service_parts", "part", "whole"),
                    ("successions", "service", "predecessor"),
                )
                for row in self._resolved(table, **{first: "Service", second: "Service"})
            ],
        )
        self._refuse()
        return made

    def _refuse(self) -> None:
        if self._problems:
            raise RejectedDataError(self._name, self._problems)

    def _lack_columns(self) -> None:
        for name, needed in _NEEDED.items():
            if name in self._tables:
                table = self._tables[name]
                self._problems += [
                    Problem(table.file, 1, column, None, "there is no such column")
                    for column in needed
                    if column not in table.columns
                ]
        self._refuse()

    def _rows(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        if name in self._tables:
            table = self._tables[name]
            for number, cells in table.rows:
                yield number, dict(zip(table.columns, cells, strict=True))

    def _named(self) -> list[Named]:
        found: dict[tuple[str, str], Named] = {}
        for table, label in _LABELS.items():
            for _, row in self._rows(table):
                others = (row.get("official_name", ""), *row.get("aliases", "").split("|"))
                entry = Named(label, row["id"], row.get("name", ""), others)
                found.setdefault((label, row["id"]), entry)
        return list(found.values())

    def _resolved(self, table: str, **labels: str) -> Iterator[dict[str, str]]:
        """Rows whose cells in some columns are ids; those that name nothing are a problem."""
        for number, row in self._rows(table):
            for column, label in labels.items():
                row[column] = self._id(table, number, column, row[column], label.split("|"))
            yield row

    def _id(self, table: str, number: int, column: str, text: str, labels: list[str]) -> str:
        if not any(name in self._tables for name, label in _LABELS.items() if label in labels):
            return text
        try:
            return self._names.resolve(text, labels).id
        except (NotFoundError, AmbiguousNameError) as error:
            file = self._tables[table].file
            self._problems.append(Problem(file, number, column, text, str(error)))
            return text

    def _by(self, table: str, first: str, second: str, **labels: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._resolved(table, **{first: first.capitalize(), **labels}):
            found.setdefault(row[first], []).append(row[second])
        return found

    def _members(self) -> dict[str, list[str]]:
        councils = {row["id"] for _, row in self._rows("councils")}
        status = {row["id"]: row.get("status", "") for _, row in self._rows("services")}
        members: dict[str, list[str]] = {}
        for row in self._resolved(
            "participations", participant="Council|Partner", service="Service"
        ):
            said = row.get("status") or status.get(row["service"]) or COUNTING[0]
            if said in COUNTING and row["participant"] in councils:
                members.setdefault(row["service"], []).append(row["participant"])
        return members

    def _borders(self) -> dict[tuple[str, str], list[float | None]]:
        touching: dict[tuple[str, str], list[float | None]] = {}
        for row in self._resolved("borders", council="Council", neighbour="Council"):
            if row["kind"] in CONTIGUOUS:
                first, second = sorted((row["council"], row["neighbour"]))
                touching.setdefault((first, second), []).append(_kilometres(row))
        return touching


def _kilometres(row: dict[str, str]) -> float | None:
    with suppress(KeyError, ValueError):
        km = float(row["km"])
        return km if 0 <= km < float("inf") else None
    return None
