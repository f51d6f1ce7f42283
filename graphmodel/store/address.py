"""Addresses of servers: checked before the driver tries them, and shown without secrets."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from graphmodel.errors import StoreUnreachableError
from graphmodel.foreign_text import legible

CONNECT_SECONDS = 5.0
DEFAULT_PORT = 7687
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_SHOWN_CHARACTERS = 200
_MARKS_OF_SECRETS = "@?#"


def answering_address(uri: str) -> str:
    """Check an address, and that something answers there.

    A routing driver would retry for a minute where nothing does.

    Parameters
    ----------
    uri : str
        As a user gave it.

    Returns
    -------
    str
        What messages may call it: scheme, host and port, never a login.

    Raises
    ------
    StoreUnreachableError
        If it is no address of Neo4j, has a login in it, or nothing answers.

    Examples
    --------
    >>> answering_address("bolt://neo4j:secret@localhost")
    Traceback (most recent call last):
    ...
    graphmodel.errors.StoreUnreachableError: The address ('bolt://localhost') has a login ...
    """
    try:
        parts = urlsplit(uri)
        port = DEFAULT_PORT if parts.port is None else parts.port
        has_login = "@" in parts.netloc
        parts.netloc.encode("idna")
    except ValueError:
        raise StoreUnreachableError(
            f"{_shown(uri)!r} is not an address of Neo4j. {_EXPECTED}"
        ) from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise StoreUnreachableError(f"{_shown(uri)!r} is not an address of Neo4j. {_EXPECTED}")
    if has_login:
        raise StoreUnreachableError(
            f"The address ({_shown(uri)!r}) has a login in it, where others could read it. Give "
            "it as NEO4J_USERNAME and NEO4J_PASSWORD, and the address without it."
        )
    if parts.path.strip("/") or parts.fragment or (parts.query and "neo4j" not in parts.scheme):
        raise StoreUnreachableError(
            f"{_shown(uri)!r} is followed by something that an address of Neo4j does not have. "
            f"{_EXPECTED} The name of a database goes into NEO4J_DATABASE."
        )
    return _require_answer(parts, port)


_EXPECTED = f"Expected {SCHEMES[0]}://HOST:PORT, or one of {', '.join(SCHEMES[1:])}."


def _shown(uri: str) -> str:
    """As much of an address as is surely no secret."""
    scheme, mark, rest = uri.rpartition("://")
    host = rest.rpartition("@")[2]
    for sign in _MARKS_OF_SECRETS:
        host = host.partition(sign)[0]
    scheme = scheme if scheme in SCHEMES else "…" if "@" in scheme + rest else scheme
    return legible(scheme + mark + host, _SHOWN_CHARACTERS)


def _require_answer(parts: SplitResult, port: int) -> str:
    """Reach the server and, where that is asked for, agree on encryption with it.

    A routing driver would only say that it found no route.
    """
    host = parts.hostname or ""
    address = legible(f"{parts.scheme}://{host}:{port}", _SHOWN_CHARACTERS)
    try:
        with socket.create_connection((host, port), timeout=CONNECT_SECONDS) as reached:
            if "+" in parts.scheme:
                _tls(parts.scheme).wrap_socket(reached, server_hostname=host).close()
    except ssl.SSLCertVerificationError as error:
        raise StoreUnreachableError(
            f"The certificate of {address} is not trusted here ({error.verify_message}). If its "
            "authority is your own, set SSL_CERT_FILE to a file with the authority's certificate "
            "(PEM). A scheme with +ssc trusts any certificate, also that of an impostor."
        ) from error
    except ssl.SSLError as error:
        raise StoreUnreachableError(
            f"{address} does not speak the encryption that {parts.scheme} asks for ({error}). "
            "Is it the right port, and is encryption set up there?"
        ) from error
    except (OSError, ValueError, OverflowError) as error:
        raise StoreUnreachableError(_nothing_answers(address, error)) from error
    return address


def _tls(scheme: str) -> ssl.SSLContext:
    """Encryption as the driver sets it up: ``+s`` looks at the certificate, ``+ssc`` not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if scheme.endswith("+ssc"):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context.load_default_certs()
    return context


def _nothing_answers(address: str, error: Exception) -> str:
    return (
        f"Nothing answers at {address} ({error}). Is Neo4j running there? "
        "Without --uri and NEO4J_URI the embedded store is used."
    )
