"""The embedded store: ArcadeDB in this process, spoken to over Bolt like any Neo4j.

One process owns the files. The server listens on the loopback address only, on
ports that the system picks, with passwords made anew at each start.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import json
import os
import re
import secrets
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import disk_usage
from typing import Any

import neo4j
from filelock import FileLock, Timeout
from neo4j import ManagedTransaction

from graphmodel.errors import StoreUnreachableError
from graphmodel.store.address import CONNECT_SECONDS
from graphmodel.store.bolt import Outcome, Store

DATABASE = "graphmodel"
_ENGINE_LOG = Path(__file__).with_name("engine_log.properties")
_TIME_LIMIT = "ALTER DATABASE `arcadedb.command.timeout` {}"
_HASH_ROUNDS = 65536
_ALL_RIGHTS = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_ADMINISTRATION = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]


class EmbeddedStore(Store):
    """An ArcadeDB that runs inside this process.

    Parameters
    ----------
    folder : Path
        Where its files are; made if it does not exist.

    Raises
    ------
    StoreUnreachableError
        If another process has it open, the folder cannot be written to, or there
        is no build of the engine for this machine.
    """

    embedded = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._lock = _own(folder)
        self._owner_file = folder / "owner.json"
        with ExitStack() as undo:
            undo.callback(self._lock.release)
            root_password, reader_password = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
            http_port, bolt_port = _free_ports(2)
            uri = f"bolt://127.0.0.1:{bolt_port}"
            with _files_of(folder):
                _write_private(
                    folder / "config" / "server-users.jsonl",
                    _user("root", root_password, "admin")
                    + _user("reader", reader_password, "reader"),
                )
                _write_private(folder / "config" / "server-groups.json", json.dumps(_groups()))
            self._start = partial(_start, folder, root_password, http_port, bolt_port)
            self._server, self._handle = self._start()
            undo.callback(self._server.stop)
            with _files_of(folder):
                _write_private(self._owner_file, _owner(uri, reader_password))
            undo.pop_all()
        atexit.register(self.close)
        self._connect = partial(_drivers, uri, root_password, reader_password)
        super().__init__(*self._connect(), DATABASE, f"the embedded store in {folder}")

    def close(self) -> None:
        """Stop the server and give the files free; doing so twice does no harm."""
        if not self._lock.is_locked:
            return
        atexit.unregister(self.close)
        super().close()
        self._handle.close()
        self._server.stop()
        self._owner_file.unlink(missing_ok=True)
        self._lock.release()

    def write(self, work: Callable[[ManagedTransaction], Outcome]) -> Outcome:
        """Run a function in one write transaction; threads take turns.

        Parameters
        ----------
        work : callable
            Gets the transaction; running it twice must come to the same.

        Returns
        -------
        object
            What `work` returned.
        """
        # Here transactions that meet do not wait for each other: the later one fails.
        with self._turn:
            return super().write(work)

    def server(self) -> str:
        """Name and version of the engine.

        Returns
        -------
        str
        """
        from importlib.metadata import version

        return f"ArcadeDB {version('arcadedb')}, embedded"

    def _advice(self) -> str:
        try:
            free = f"{disk_usage(self._folder).free / 2**20:,.0f} MB are free there."
        except OSError as error:
            free = f"They cannot be reached: {error.strerror}."
        return f"Its files are in {self._folder}: is the disk full? {free}"

    def _await_indexes(self) -> None:
        """Indexes are complete at once here, and the procedure does not exist."""

    @contextmanager
    def _time_limit(self, seconds: float | None) -> Iterator[None]:
        """The engine ignores the limit of a transaction; it has one for all statements."""
        if seconds is None:
            yield
            return
        self._handle.command("sql", _TIME_LIMIT.format(max(1, round(seconds * 1000))))
        try:
            yield
        finally:
            self._handle.command("sql", _TIME_LIMIT.format(0))

    @contextmanager
    def _session(self) -> Iterator[neo4j.Session]:
        """Let go at once of what the user breaks off, where the driver would wait for its end.

        The engine cannot be told to end a statement. What reads from the store ends with it,
        so it is closed and opened again; what only counts goes on until the process ends.
        """
        broken_off = False
        try:
            with super()._session() as session:
                try:
                    yield session
                except KeyboardInterrupt:
                    broken_off = True
                    super().close()
                    self._server.stop()
                    raise
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
            if broken_off:
                raise KeyboardInterrupt from None
            raise
        finally:
            if broken_off:
                self._server, self._handle = self._start()
                self._writer, self._reader = self._connect()

    def _require_reading_kind(self, *_: Any) -> None:
        """The reader's missing rights say more here than the kind that is reported."""


@contextmanager
def _files_of(folder: Path) -> Iterator[None]:
    """Say so if the store's files cannot be kept here."""
    try:
        yield
    except OSError as error:
        raise StoreUnreachableError(
            f"The embedded store cannot be kept in {folder}: {error}. "
            "Set GRAPHMODEL_HOME to a folder that you may write to and that has room."
        ) from error


def _own(folder: Path) -> FileLock:
    """Make sure that this process alone has the folder."""
    with _files_of(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "config").mkdir(exist_ok=True)
        (folder / "import").mkdir(exist_ok=True)
        lock = FileLock(folder / "store.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StoreUnreachableError(_who_has(folder)) from None
    return lock


def _owner(uri: str, password: str) -> str:
    """What others may know of who has the store, and how to read from it."""
    return json.dumps(
        {
            "pid": os.getpid(),
            "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "uri": uri,
            "username": "reader",
            "password": password,
        }
    )


def _who_has(folder: Path) -> str:
    try:
        owner = json.loads((folder / "owner.json").read_text(encoding="utf-8"))
        by = f"process {owner['pid']} ({owner['command']}, since {owner['since']})"
    except (OSError, ValueError, KeyError):
        by = "another process"
    return (
        f"The embedded store in {folder} is in use by {by}. Wait until it is done, "
        "or set NEO4J_URI: a Neo4j server serves many at once."
    )


def _start(folder: Path, root_password: str, http_port: int, bolt_port: int) -> tuple[Any, Any]:
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    if not re.search(r"\s", str(_ENGINE_LOG)):  # which would end the argument
        os.environ.setdefault(
            "ARCADEDB_NATIVE_ISOLATE_ARGS", f"-Djava.util.logging.config.file={_ENGINE_LOG}"
        )
    try:
        import arcadedb
    except ImportError as error:
        raise StoreUnreachableError(
            "There is no embedded store for this machine (Linux, macOS on Apple silicon and "
            "Windows on x64 have one). Set NEO4J_URI to the address of a Neo4j server."
        ) from error
    try:
        server = arcadedb.create_server(
            root_path=str(folder),
            root_password=root_password,
            config={
                # In "production" the engine hides why it refuses a statement.
                "mode": "development",
                "host": "127.0.0.1",
                "http_port": http_port,
                "bolt_port": bolt_port,
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "opencypher.loadCsv.importDirectory": str(folder / "import"),
            },
        )
        server.start()
        try:
            handle = server.create_database(DATABASE)
            # Otherwise a commit reaches the disk only when the system likes.
            handle.command("sql", "ALTER DATABASE `arcadedb.txWalFlush` 2")
            # A limit of a process that was killed would still stand.
            handle.command("sql", _TIME_LIMIT.format(0))
        except BaseException:
            server.stop()
            raise
    except arcadedb.ArcadeDBError as error:
        raise StoreUnreachableError(
            f"The embedded store in {folder} did not open: {error}"
        ) from error
    return server, handle


def _drivers(uri: str, root: str, reader: str) -> tuple[neo4j.Driver, neo4j.Driver]:
    """One that may write, and one that may not, by their passwords."""
    options: dict[str, Any] = {"connection_timeout": CONNECT_SECONDS}
    writer = neo4j.GraphDatabase.driver(uri, auth=("root", root), **options)
    return writer, neo4j.GraphDatabase.driver(uri, auth=("reader", reader), **options)


def _free_ports(number: int) -> list[int]:
    """Let the system pick ports; all are held until the last is known, so they differ."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")


def _user(name: str, password: str, group: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _HASH_ROUNDS, 32)
    encoded = f"PBKDF2WithHmacSHA256${_HASH_ROUNDS}${salt}${base64.b64encode(digest).decode()}"
    return json.dumps({"name": name, "databases": {"*": [group]}, "password": encoded}) + "\n"


def _groups() -> dict[str, Any]:
    def group(access: list[str], record_rights: list[str]) -> dict[str, Any]:
        return {
            "access": access,
            "resultSetLimit": -1,
            "readTimeout": -1,
            "types": {"*": {"access": record_rights}},
        }

    groups = {"admin": group(_ADMINISTRATION, _ALL_RIGHTS), "reader": group([], ["readRecord"])}
    return {"version": 1, "databases": {"*": {"groups": groups}}}
