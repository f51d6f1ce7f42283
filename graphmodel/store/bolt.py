"""A graph database that is reached through the official Neo4j driver over Bolt.

Reading and writing are separate paths. What is read goes through sessions that
may not write: held by the access mode on Neo4j, and by a user without write
rights on the embedded store.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import neo4j
from neo4j import READ_ACCESS, Driver, ManagedTransaction
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graphmodel.errors import StoreUnreachableError
from graphmodel.store.address import CONNECT_SECONDS, answering_address
from graphmodel.store.faults import Outcome, again_if_gone, login_refused, reason, translated
from graphmodel.store.reading import Reader, Rows, Stream
from graphmodel.store.syntax import pointing_at
from graphmodel.store.values import plain

__all__ = ["Outcome", "Rows", "Store", "Stream", "connect"]

# An unknown label in an empty graph is no news to a user.
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


class Store(Reader):
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
        super().__init__(reader, database, address)
        self._writer = writer

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

    def write(self, work: Callable[[ManagedTransaction], Outcome]) -> Outcome:
        """Run a function in one write transaction, which may be repeated.

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
            return again_if_gone(lambda: session.execute_write(work))

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

    def change(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
    ) -> tuple[Rows, dict[str, int]]:
        """Run a statement that somebody else wrote and that may write.

        Parameters
        ----------
        cypher, parameters, seconds
            As for `read`.

        Returns
        -------
        Rows
            What it returned.
        dict of str to int
            What it changed, as ``nodes_created``, by the driver's names.

        Examples
        --------
        >>> store.change("CREATE (n:Example) DELETE n")[1]["nodes_deleted"]
        1
        """
        statement = cypher.rstrip("; \t\r\n")

        @neo4j.unit_of_work(timeout=seconds)
        def run(transaction: ManagedTransaction) -> tuple[Rows, dict[str, int]]:
            result = transaction.run(statement, dict(parameters or {}))
            columns = tuple(result.keys())
            rows = Rows(columns, [tuple(map(plain, record)) for record in result])
            counted = vars(result.consume().counters).items()
            return rows, {name: n for name, n in counted if type(n) is int and n}

        with pointing_at(statement), self._time_limit(seconds):
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

    def _await_indexes(self) -> None:
        self.execute("CALL db.awaitIndexes(60)")


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
