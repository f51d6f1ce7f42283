"""What goes wrong between the program and a database, in words for people.

Whatever a new try may mend has been tried again before it gets here: by the driver itself,
for half a minute, or by `again_if_gone`, where the driver takes it for a mistake of ours.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from neo4j.exceptions import (
    AuthError,
    BrokenRecordError,
    ClientError,
    DatabaseError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from graphmodel.errors import (
    GraphmodelError,
    ReadOnlyError,
    StoreUnreachableError,
    TimeLimitError,
)
from graphmodel.foreign_text import shortened

Outcome = TypeVar("Outcome")
_LONGEST = 1_000
"""Characters of what a database says: it may repeat a whole value."""
ONLY_READING = "This statement would do more than read, and only reading is allowed here."
_REFUSED_WRITES = ("Neo.ClientError.Security.Forbidden", "Neo.ClientError.Statement.AccessMode")
_NOT_THE_LEADER = (
    "Neo.ClientError.Cluster.NotALeader",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
)
_AWAY = "Neo.TransientError.General.DatabaseUnavailable"
_OVER_TIME = "Neo.ClientError.Transaction.TransactionTimedOut"
_OVER_TIME_EMBEDDED = "arcadedb.command.timeout"
_LOST_TRANSACTION = "Neo.ClientError.Transaction.TransactionNotFound"

_GONE = "Neo.ClientError.Statement.EntityNotFound"
_OWN_DELETION = "in this transaction"
_ATTEMPTS = 5

# Without a handler of its own, what the driver logs would go to standard error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@contextmanager
def translated(address: str, advice: Callable[[], str] | None = None) -> Iterator[None]:
    """Turn the driver's errors into ours.

    Parameters
    ----------
    address : str
        What a person would call the database.
    advice : callable, optional
        Says what to look at if it cannot write; asked only then.

    Raises
    ------
    StoreUnreachableError
        If it cannot be reached, lets nobody in, or is broken itself.
    ReadOnlyError
        If something would write where only reading is allowed.
    GraphmodelError
        If it does not like what it is given.

    Examples
    --------
    >>> with translated("my Neo4j"):
    ...     raise ServiceUnavailable("it went away")
    Traceback (most recent call last):
    graphmodel.errors.StoreUnreachableError: The connection to my Neo4j was lost: it went away.
    """
    try:
        yield
    except AuthError as error:
        raise StoreUnreachableError(login_refused(address)) from error
    except Neo4jError as error:
        raise _of_the_server(error, address, advice) from error
    except UnicodeError as error:
        raise GraphmodelError(f"There is a character that is no text: {error}") from error
    except RecursionError:
        raise GraphmodelError("A value is nested too deeply for the database.") from None
    except OverflowError as error:
        raise GraphmodelError(f"A number is larger than the database can hold: {error}") from error
    except BrokenRecordError as error:
        raise GraphmodelError(
            f"A value of the answer cannot be read: {shortened(str(error.__cause__), _LONGEST)}"
        ) from error
    except (ServiceUnavailable, DriverError, OSError) as error:
        raise StoreUnreachableError(
            f"The connection to {address} was lost: {reason(error)}."
        ) from error


def again_if_gone(attempt: Callable[[], Outcome]) -> Outcome:
    """Run a transaction again if somebody else deletes what it has found and not yet used.

    Neo4j tells of that as of a mistake in the statement, so the driver does not repeat it.
    Done again, the transaction does not find what is gone.

    Parameters
    ----------
    attempt : callable
        Runs the transaction; leaves nothing behind if that fails.

    Returns
    -------
    object
        What `attempt` returned.

    Raises
    ------
    neo4j.exceptions.Neo4jError
        If something else is wrong, or the fifth attempt comes to the same.

    Examples
    --------
    >>> again_if_gone(lambda: 3)
    3
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            return attempt()
        except ClientError as error:
            if error.code != _GONE or _OWN_DELETION in (error.message or ""):
                raise
    return attempt()


def _of_the_server(
    error: Neo4jError, address: str, advice: Callable[[], str] | None
) -> GraphmodelError:
    said = shortened(error.message or "", _LONGEST)
    if error.code in _REFUSED_WRITES:
        return ReadOnlyError(ONLY_READING)
    if error.code in _NOT_THE_LEADER:
        return StoreUnreachableError(
            f"{address} does not take writes: {said} In a cluster only one member does; "
            "an address that begins with neo4j:// (not bolt://) finds it."
        )
    if (error.code or "").startswith(_OVER_TIME) or _OVER_TIME_EMBEDDED in (error.message or ""):
        return TimeLimitError(
            "The time limit was reached before the answer was complete. Ask for less, or give it "
            "longer: --timeout SECONDS."
        )
    if error.code == _AWAY:
        return StoreUnreachableError(f"The database at {address} is away: {said}")
    if advice and (isinstance(error, DatabaseError) or error.code == _LOST_TRANSACTION):
        return StoreUnreachableError(f"The database could not write: {said}. {advice()}")
    verb = "refused the statement" if isinstance(error, ClientError) else "reports"
    return GraphmodelError(f"The database {verb}: {said}")


_NOISE = (
    (re.compile(r" ?\(resolved to \(.*?\)\)"), ""),
    (re.compile(r" ?\(deadline Deadline\(.*?\)\)"), ""),
    (re.compile(r"Resolved\w+\(\('([^']+)', (\d+)[^)]*\)\)"), r"\1:\2"),
    (re.compile(r"\s+"), " "),
)


def reason(error: Exception) -> str:
    r"""Say in one line why a connection failed, without what only the driver's makers understand.

    Parameters
    ----------
    error : Exception
        The driver's or the system's.

    Returns
    -------
    str

    Examples
    --------
    >>> print(reason(OSError("Couldn't connect to h:1 (resolved to ('::1:1',)):\nTimed out")))
    Couldn't connect to h:1: Timed out
    """
    text = str(error)
    for pattern, instead in _NOISE:
        text = pattern.sub(instead, text)
    return shortened(text, _LONGEST)


def login_refused(address: str) -> str:
    """Say what to do about a login.

    Parameters
    ----------
    address : str
        Where it was refused.

    Returns
    -------
    str

    Examples
    --------
    >>> print(login_refused("my Neo4j"))
    my Neo4j did not accept the user name and password. Set NEO4J_USERNAME ...
    """
    return (
        f"{address} did not accept the user name and password. "
        "Set NEO4J_USERNAME and NEO4J_PASSWORD, or --username and --password."
    )
