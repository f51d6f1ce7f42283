"""The driver's errors in words for people, told apart by what the user can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    BrokenRecordError,
    ClientError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from graphmodel.errors import GraphmodelError, ReadOnlyError, StoreUnreachableError

ONLY_READING = "This statement would do more than read, and only reading is allowed here."
_REFUSED_WRITES = ("Neo.ClientError.Security.Forbidden", "Neo.ClientError.Statement.AccessMode")


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Turn the driver's errors into ours, with words for people.

    Parameters
    ----------
    address : str
        What a person would call the database.

    Yields
    ------
    None

    Raises
    ------
    StoreUnreachableError
        If the connection is lost, or the login refused.
    ReadOnlyError
        If it was refused as a write.
    GraphmodelError
        If the database refused it otherwise.

    Examples
    --------
    >>> with translated("my Neo4j"):
    ...     raise ServiceUnavailable("gone")
    Traceback (most recent call last):
    ...
    graphmodel.errors.StoreUnreachableError: The connection to my Neo4j was lost: gone
    """
    try:
        yield
    except AuthError as error:
        raise StoreUnreachableError(login_refused(address)) from error
    except Neo4jError as error:
        if error.code in _REFUSED_WRITES:
            raise ReadOnlyError(ONLY_READING) from error
        verb = "refused the statement" if isinstance(error, ClientError) else "reports"
        raise GraphmodelError(f"The database {verb}: {error.message}") from error
    except UnicodeError as error:
        raise GraphmodelError(f"There is a character that is no text: {error}") from error
    except RecursionError:
        raise GraphmodelError("A value is nested too deeply for the database.") from None
    except OverflowError as error:
        raise GraphmodelError(f"A number is larger than the database can hold: {error}") from error
    except BrokenRecordError as error:
        raise GraphmodelError(f"A value of the answer cannot be read: {error.__cause__}") from error
    except (ServiceUnavailable, DriverError, OSError) as error:
        raise StoreUnreachableError(f"The connection to {address} was lost: {error}") from error


def login_refused(address: str) -> str:
    """What to say where the name and password are not accepted.

    Parameters
    ----------
    address : str
        What a person would call the database.

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
