"""Which names stand for what: some in memory, very many on disk."""

from __future__ import annotations

import pickle
import sqlite3
import weakref
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from graphmodel.scratch import no_room

if TYPE_CHECKING:
    from graphmodel.names import Named

_TOGETHER = 2_000
_TABLES = """
    PRAGMA journal_mode = OFF;
    PRAGMA cache_size = -16000;
    CREATE TABLE entry (number INTEGER PRIMARY KEY, label TEXT, id BLOB, said BLOB);
    CREATE TABLE name (name BLOB, number INTEGER);
"""
_INDEXES = """
    CREATE INDEX entry_id ON entry (id);
    CREATE INDEX name_name ON name (name);
"""
_WITH_ID = "SELECT said FROM entry WHERE id = ? ORDER BY number"
_CALLED = "SELECT said FROM name JOIN entry USING (number) WHERE name = ? ORDER BY number"
_NAMES = "SELECT name, label FROM name JOIN entry USING (number) ORDER BY name.rowid"
_ALL = "SELECT said FROM entry ORDER BY number"


class HeldNames:
    """Names in memory.

    Parameters
    ----------
    entries : iterable of (Named, collection of str)
        Each with the names by which it is found; read once.

    Examples
    --------
    >>> from graphmodel.names import Named
    >>> table = HeldNames([(Named("Council", "GB-LAS-ANS", "Angus"), ["angus"])])
    >>> table.called("angus")[0].id, list(table.names(["Council"]))
    ('GB-LAS-ANS', ['angus'])
    """

    def __init__(self, entries: Iterable[tuple[Named, Collection[str]]]) -> None:
        self._entries: list[Named] = []
        self._by_id: dict[str, list[Named]] = {}
        self._by_name: dict[str, list[Named]] = {}
        for entry, names in entries:
            self._entries.append(entry)
            self._by_id.setdefault(entry.id, []).append(entry)
            for name in names:
                self._by_name.setdefault(name, []).append(entry)

    def with_id(self, text: str) -> Iterable[Named]:
        """What has this id, letter by letter, in the order given."""
        return self._by_id.get(text, ())

    def called(self, name: str) -> Iterable[Named]:
        """What has this name, letter by letter, in the order given."""
        return self._by_name.get(name, ())

    def names(self, labels: Collection[str] | None) -> Iterator[str]:
        """By what things of some labels are found; all if no labels are given."""
        for name, entries in self._by_name.items():
            if labels is None or any(entry.label in labels for entry in entries):
                yield name

    def __iter__(self) -> Iterator[Named]:
        return iter(self._entries)


class StoredNames:
    """Names on disk, in a database of SQLite.

    Parameters
    ----------
    entries : iterable of (Named, collection of str)
        Each with the names by which it is found; read once.

    Raises
    ------
    GraphmodelError
        If there is no room for them.

    Notes
    -----
    The database has no name: nobody else can change it, and the system removes it however
    the process ends.

    Examples
    --------
    >>> from graphmodel.names import Named
    >>> table = StoredNames([(Named("Council", "GB-LAS-ANS", "Angus"), ["angus"])])
    >>> [entry.id for entry in table.called("angus")], list(table.names(["Council"]))
    (['GB-LAS-ANS'], ['angus'])
    """

    def __init__(self, entries: Iterable[tuple[Named, Collection[str]]]) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._database.close)
        try:
            self._fill(enumerate(entries))
        except sqlite3.OperationalError as error:
            raise no_room(str(error)) from error

    def _fill(self, numbered: Iterator[tuple[int, tuple[Named, Collection[str]]]]) -> None:
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        while some := list(islice(numbered, _TOGETHER)):
            self._database.executemany(
                "INSERT INTO entry VALUES (?, ?, ?, ?)",
                (
                    (number, entry.label, _blob(entry.id), pickle.dumps(entry, protocol=5))
                    for number, (entry, _) in some
                ),
            )
            self._database.executemany(
                "INSERT INTO name VALUES (?, ?)",
                ((_blob(name), number) for number, (_, names) in some for name in names),
            )
        self._database.execute("COMMIT")
        self._database.executescript(_INDEXES)

    def with_id(self, text: str) -> Iterable[Named]:
        """What has this id, letter by letter, in the order given."""
        return map(_entry, self._database.execute(_WITH_ID, (_blob(text),)))

    def called(self, name: str) -> Iterable[Named]:
        """What has this name, letter by letter, in the order given."""
        return map(_entry, self._database.execute(_CALLED, (_blob(name),)))

    def names(self, labels: Collection[str] | None) -> Iterator[str]:
        """By what things of some labels are found; all if no labels are given."""
        for name, label in self._database.execute(_NAMES):
            if labels is None or label in labels:
                yield name.decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[Named]:
        return map(_entry, self._database.execute(_ALL))


def _blob(text: str) -> bytes:
    # What a terminal hands over may be no Unicode text, which SQLite's own texts have to be.
    return text.encode("utf-8", "surrogatepass")


def _entry(row: tuple[bytes]) -> Named:
    # Written by this very process, into a database that nobody else can reach.
    entry: Named = pickle.loads(row[0])  # noqa: S301
    return entry
