"""A graph database that is reached through the official Neo4j driver over Bolt.

Reading and writing are separate paths. What is read goes through sessions that
may not write: held by the access mode on Neo4j, and by a user without write
rights on the embedded store.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import neo4j
from neo4j import READ_ACCESS, Driver, ManagedTransaction
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graphmodel.errors import ReadOnlyError, StoreUnreachableError
from graphmodel.store.address import CONNECT_SECONDS, answering_address
from graphmodel.store.faults import ONLY_READING, login_refused, reason, translated
from graphmodel.store.gate import require_reading_statement
from graphmodel.store.values import plain

Outcome = TypeVar("Outcome")

# An unknown label in an empty graph is no news to a user.
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


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


class Store:
    """An open graph database; close it, or use it in a ``with`` statement.

    Parameters
    ----------
    writer, reader : neo4j.Driver
        Connections for the two paths; the same driver where the server itself
        tells reading from writing.
    database : str or None
        Name of the database; ``None`` for the server's default.
    address : str
        What a person would call it, for messages.

    Notes
    -----
    Methods raise StoreUnreachableError if the connection is lost, and GraphmodelError
    if the database refuses what it is given.

    Examples
    --------
    >>> driver = neo4j.GraphDatabase.driver("bolt://localhost:7687")
    >>> with Store(driver, driver, None, "my Neo4j") as store:
    ...     store.read_foreign("CREATE (:Council)")
    Traceback (most recent call last):
    graphmodel.errors.ReadOnlyError: CREATE is not allowed here: only reading is, ...
    """

    embedded = False

    def __init__(self, writer: Driver, reader: Driver, database: str | None, address: str) -> None:
        self._writer = writer
        self._reader = reader
        self._database = database
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self.address = address

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._reader.close()
        self._writer.close()

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

        @neo4j.unit_of_work(timeout=seconds)
        def fetch(transaction: ManagedTransaction) -> Rows:
            result = transaction.run(cypher, dict(parameters or {}))
            columns = tuple(result.keys())
            records = list(result) if limit is None else result.fetch(limit + 1)
            if result.consume().query_type != "r":
                raise ReadOnlyError(ONLY_READING)
            rows = [tuple(map(plain, record)) for record in records[:limit]]
            return Rows(columns, rows, cut=limit is not None and len(records) > limit)

        return self.reading(fetch)

    def stream(
        self, cypher: str, parameters: Mapping[str, Any] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Run one of the program's own statements that read, row by row.

        However many rows there are, only some are in memory. A lost connection is
        not tried again.

        Parameters
        ----------
        cypher, parameters
            As for `read`.

        Yields
        ------
        dict
            One a row, by column.

        Examples
        --------
        >>> next(store.stream("MATCH (c:Council) RETURN c.name AS name ORDER BY name"))
        {'name': 'Aberdeen City'}
        """
        with (
            translated(self.address),
            self._reader.session(
                database=self._database,
                default_access_mode=READ_ACCESS,
                bookmark_manager=self._bookmarks,
            ) as session,
        ):
            result = session.run(cypher, dict(parameters or {}))
            columns = result.keys()
            for record in result:
                yield dict(zip(columns, map(plain, record), strict=True))

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
        require_reading_statement(cypher)
        # The embedded store takes a line break after a closing semicolon for a second statement.
        statement = cypher.rstrip("; \t\r\n")
        self._require_reading_kind(statement, parameters)
        return self.read(statement, parameters, limit=limit, seconds=seconds)

    def reading(self, work: Callable[[ManagedTransaction], Outcome]) -> Outcome:
        """Run a function in one read transaction, which the driver may repeat.

        Parameters
        ----------
        work : callable
            Gets the transaction; running it twice must come to the same.

        Returns
        -------
        object
            What `work` returned.
        """
        with (
            translated(self.address),
            self._reader.session(
                database=self._database,
                default_access_mode=READ_ACCESS,
                bookmark_manager=self._bookmarks,
            ) as session,
        ):
            return session.execute_read(work)

    def write(self, work: Callable[[ManagedTransaction], Outcome]) -> Outcome:
        """Run a function in one write transaction, which the driver may repeat.

        Parameters
        ----------
        work : callable
            Gets the transaction; running it twice must come to the same.

        Returns
        -------
        object
            What `work` returned.
        """
        with (
            translated(self.address, self._advice),
            self._writer.session(
                database=self._database, bookmark_manager=self._bookmarks
            ) as session,
        ):
            return session.execute_write(work)

    def _advice(self) -> str:
        return "Its own log says more; a full disk is one cause."

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run a single statement that may write, in a transaction of its own.

        Parameters
        ----------
        cypher, parameters
            As for `read`.

        Returns
        -------
        Rows
        """

        def run(transaction: ManagedTransaction) -> Rows:
            result = transaction.run(cypher, dict(parameters or {}))
            columns = tuple(result.keys())
            return Rows(columns, [tuple(map(plain, record)) for record in result])

        return self.write(run)

    def define(self, constraints: Mapping[str, str]) -> None:
        """Make the constraints that are missing, each on its own, and wait until they hold.

        Parameters
        ----------
        constraints : mapping of str to str
            Name of each, and the statement that makes it.
        """
        present = {row["name"] for row in self.read("SHOW CONSTRAINTS")}
        missing = [statement for name, statement in constraints.items() if name not in present]
        for statement in missing:
            self.execute(statement)
        if missing:
            self._await_indexes()

    def server(self) -> str:
        """Name and version of the database, as it gives them itself.

        Returns
        -------
        str
            Such as ``Neo4j/5.26.30``.
        """
        with translated(self.address):
            return self._reader.get_server_info().agent

    def _await_indexes(self) -> None:
        self.execute("CALL db.awaitIndexes(60)")

    def _require_reading_kind(self, cypher: str, parameters: Mapping[str, Any] | None) -> None:
        """Ask the server what kind of statement it is; only a reading one may go on."""

        def explain(transaction: ManagedTransaction) -> str | None:
            result = transaction.run("EXPLAIN " + cypher, dict(parameters or {}))
            return result.consume().query_type

        if self.reading(explain) != "r":
            raise ReadOnlyError(ONLY_READING)


def connect(
    uri: str, username: str | None = None, password: str | None = None, database: str | None = None
) -> Store:
    """Open a Neo4j database.

    Parameters
    ----------
    uri : str
        Address such as ``bolt://localhost:7687`` or ``neo4j+s://….databases.neo4j.io``.
    username, password : str, optional
        Login; none where the server asks for none.
    database : str, optional
        Name of the database; the server's default if not given.

    Returns
    -------
    Store

    Raises
    ------
    StoreUnreachableError
        Within ten seconds, if nothing answers there or the login is refused.

    Examples
    --------
    >>> connect("http://localhost:7687")
    Traceback (most recent call last):
    ...
    graphmodel.errors.StoreUnreachableError: 'http://localhost:7687' is not an address of Neo4j...
    """
    address = answering_address(uri)
    options: dict[str, Any] = {
        "auth": (username or "neo4j", password) if password is not None else None,
        "connection_timeout": CONNECT_SECONDS,
        "user_agent": "graphmodel",
    }
    # A first look with little patience; the driver itself would wait a minute for a greeting.
    try:
        with (
            neo4j.GraphDatabase.driver(
                uri, connection_acquisition_timeout=CONNECT_SECONDS, **options
            ) as first_look,
            first_look.session(database=database, default_access_mode=READ_ACCESS) as session,
        ):
            session.run("RETURN 1").consume()
    except AuthError as error:
        raise StoreUnreachableError(login_refused(address)) from error
    except (Neo4jError, DriverError, OSError, ValueError) as error:
        raise StoreUnreachableError(
            f"{address} does not answer as Neo4j does: {reason(error)}"
        ) from error
    driver = neo4j.GraphDatabase.driver(uri, **options)
    return Store(driver, driver, database, address)
