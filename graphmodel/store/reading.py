"""Reading from a graph database, through sessions that may not write.

Held by the access mode on Neo4j, and by a user without write rights on the embedded
store. What somebody else wrote passes a gate first.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from typing import Any

import neo4j
from neo4j import READ_ACCESS, Driver, ManagedTransaction

from graphmodel.errors import ReadOnlyError
from graphmodel.pile import Pile
from graphmodel.store.faults import ONLY_READING, Outcome, again_if_gone, translated
from graphmodel.store.gate import require_reading_statement
from graphmodel.store.plans import Plan, plan_from
from graphmodel.store.syntax import pointing_at
from graphmodel.store.values import plain

HELD_ROWS = 1_000
"""Rows of a stream that stay in memory, and that go to the disk at once: as many as the driver
asks the server for at once."""


@dataclass(frozen=True)
class Rows:
    """What a statement returned: tuples of values, in the order of the columns.

    Examples
    --------
    >>> list(Rows(("id", "name"), [("GB-LAS-ANS", "Angus")]))
    [{'id': 'GB-LAS-ANS', 'name': 'Angus'}]
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool = False
    """Whether there was more than was asked for."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Stream:
    """What a statement returned, however much it is: what is too much for memory is on disk.

    Examples
    --------
    >>> list(Stream(("id",), [("GB-LAS-ANS",)]))
    [{'id': 'GB-LAS-ANS'}]
    """

    columns: tuple[str, ...]
    """Some stores do not name them if there is no row at all."""
    rows: Collection[tuple[Any, ...]]
    """Tuples of values, in the order of the columns."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self.rows)


class Reader:
    """The reading half of an open store.

    Parameters
    ----------
    reader : neo4j.Driver
        Its connection.
    database : str or None
        Name of the database; ``None`` for the server's default.
    address : str
        What a person would call it, for messages.

    Examples
    --------
    >>> isinstance(store, Reader)
    True
    """

    def __init__(self, reader: Driver, database: str | None, address: str) -> None:
        self._reader = reader
        self._database = database
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self.address = address

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Rows:
        """Run one of the program's own statements that read.

        Parameters
        ----------
        cypher : str
            One statement; values belong into `parameters`.
        parameters : mapping, optional
            Values of its ``$names``.
        limit : int, optional
            Most rows to fetch.
        seconds : float, optional
            Longest time that the server may take.

        Returns
        -------
        Rows
            Plain Python values: dates, texts, numbers, lists, dictionaries.

        Raises
        ------
        ReadOnlyError
            If the statement would write.
        GraphmodelError
            If the statement is wrong.
        StoreUnreachableError
            If the connection is lost.

        Examples
        --------
        >>> store.read("MATCH (c:Council) RETURN count(c) AS number").rows
        [(32,)]
        """

        def whole(columns: tuple[str, ...], coming: Iterator[tuple[Any, ...]]) -> Rows:
            rows = list(islice(coming, limit))
            return Rows(columns, rows, cut=limit is not None and next(coming, None) is not None)

        return self._run(cypher, parameters, whole, seconds)

    def stream(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Stream:
        """Run one of the program's own statements that read, whose rows may be any number.

        All are fetched before this returns, but only some are held in memory; the rest is in
        a temporary file. If the connection is lost meanwhile, the driver begins again.

        Parameters
        ----------
        cypher, parameters, limit, seconds
            As for `read`.

        Returns
        -------
        Stream
            Plain Python values, as of `read`.

        Raises
        ------
        GraphmodelError
            Also if there is no room for the temporary file.

        Examples
        --------
        >>> found = store.stream("UNWIND range(1, 10000) AS n RETURN n")
        >>> found.columns, len(found), next(iter(found))
        (('n',), 10000, {'n': 1})
        """

        def piled(columns: tuple[str, ...], coming: Iterator[tuple[Any, ...]]) -> Stream:
            rows = islice(coming, limit)
            return Stream(columns, Pile(rows, held=HELD_ROWS, together=HELD_ROWS))

        return self._run(cypher, parameters, piled, seconds)

    def _run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None,
        keep: Callable[[tuple[str, ...], Iterator[tuple[Any, ...]]], Outcome],
        seconds: float | None,
    ) -> Outcome:
        """Run a statement that reads; `keep` gets the columns, and the rows while they come."""

        @neo4j.unit_of_work(timeout=seconds)
        def fetch(transaction: ManagedTransaction) -> Outcome:
            result = transaction.run(cypher, dict(parameters or {}))
            columns = tuple(result.keys())
            kept = keep(columns, (tuple(map(plain, record)) for record in result))
            # The embedded store does not name the kind of what is not read to its end.
            if result.consume().query_type not in ("r", None):
                raise ReadOnlyError(ONLY_READING)
            return kept

        with self._time_limit(seconds):
            return self.reading(fetch)

    def read_foreign(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Rows:
        """Run a statement that somebody else wrote, once it is sure that it only reads.

        Parameters
        ----------
        cypher, parameters, limit, seconds
            As for `read`.

        Returns
        -------
        Rows

        Raises
        ------
        ReadOnlyError
            Also for what the access mode lets through although it administers the server
            or reads files.
        """
        statement = self._checked(cypher, parameters)
        with pointing_at(statement):
            return self.read(statement, parameters, limit=limit, seconds=seconds)

    def stream_foreign(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Stream:
        """Run a statement that somebody else wrote as `stream` does, once it is sure to read.

        Parameters
        ----------
        cypher, parameters, limit, seconds
            As for `read_foreign`.

        Returns
        -------
        Stream

        Examples
        --------
        >>> store.stream_foreign("MATCH (c:Council) SET c.note = 1")
        Traceback (most recent call last):
        graphmodel.errors.ReadOnlyError: This statement would do more than read, ...
        """
        statement = self._checked(cypher, parameters)
        with pointing_at(statement):
            return self.stream(statement, parameters, limit=limit, seconds=seconds)

    def plan_of(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        profile: bool = False,
        seconds: float | None = None,
    ) -> Plan:
        """How the database would answer a statement that reads, or how it has.

        Parameters
        ----------
        cypher, parameters, seconds
            As for `read_foreign`.
        profile : bool
            Run it too, to count what each step did.

        Returns
        -------
        Plan

        Examples
        --------
        >>> plan = store.plan_of("MATCH (c:Council {id: 'GB-LAS-FIF'}) RETURN c.name")
        >>> any("Index" in step.operator for step in plan.steps)
        True
        """
        statement = self._checked(cypher, parameters)
        word = "PROFILE" if profile else "EXPLAIN"

        @neo4j.unit_of_work(timeout=seconds)
        def ask(transaction: ManagedTransaction) -> Plan:
            summary = transaction.run(f"{word} \n{statement}", dict(parameters or {})).consume()
            return plan_from(summary)

        with pointing_at(statement, lines_before=1), self._time_limit(seconds):
            return self.reading(ask)

    def _checked(self, cypher: str, parameters: Mapping[str, Any] | None) -> str:
        """Refuse what might not only read; otherwise the statement, ready to be run."""
        require_reading_statement(cypher)
        # The embedded store takes a line break after a closing semicolon for a second statement.
        statement = cypher.rstrip("; \t\r\n")
        with pointing_at(statement, lines_before=1):
            self._require_reading_kind(statement, parameters)
        return statement

    def reading(self, work: Callable[[ManagedTransaction], Outcome]) -> Outcome:
        """Run a function in one read transaction, which may be repeated.

        Parameters
        ----------
        work : callable
            Gets the transaction; running it twice must come to the same.

        Returns
        -------
        object
            What `work` returned.
        """
        with translated(self.address), self._session() as session:
            try:
                return again_if_gone(lambda: session.execute_read(_given_up_at_once(work)))
            except CancelledError:
                raise KeyboardInterrupt from None

    def _session(self) -> AbstractContextManager[neo4j.Session]:
        return self._reader.session(
            database=self._database,
            default_access_mode=READ_ACCESS,
            bookmark_manager=self._bookmarks,
        )

    @contextmanager
    def _time_limit(self, seconds: float | None) -> Iterator[None]:  # noqa: ARG002
        """Hold a limit that the transaction itself does not hold; a server's does."""
        yield

    def server(self) -> str:
        """Name and version of the database, as it gives them itself.

        Returns
        -------
        str
            Such as ``Neo4j/5.26.30``.
        """
        with translated(self.address):
            return self._reader.get_server_info().agent

    def _require_reading_kind(self, cypher: str, parameters: Mapping[str, Any] | None) -> None:
        """Ask the server what kind of statement it is; only a reading one may go on."""

        def explain(transaction: ManagedTransaction) -> str | None:
            result = transaction.run("EXPLAIN \n" + cypher, dict(parameters or {}))
            return result.consume().query_type

        if self.reading(explain) != "r":
            raise ReadOnlyError(ONLY_READING)


def _given_up_at_once(
    work: Callable[[ManagedTransaction], Outcome],
) -> Callable[[ManagedTransaction], Outcome]:
    """Let Ctrl-C end the connection, and with it the statement.

    That is what the driver does if it is cancelled. Otherwise it would wait for the rest of
    the answer, from a connection that may have been left in the middle of a message.
    """

    @wraps(work)  # which also keeps the time limit
    def working(transaction: ManagedTransaction) -> Outcome:
        try:
            return work(transaction)
        except KeyboardInterrupt:
            raise CancelledError from None

    return working
