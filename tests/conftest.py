"""Fixtures that tests share: every store, empty or with the Scottish picture."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from graphmodel.store import Store
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.datasets import locate
from loaders.pipeline import load_package
from tests.neo4j_servers import VERSIONS, Neo4jServer, missing, prepare
from tests.packages import country

IN_CI = os.environ.get("CI", "").casefold() == "true"
SERVERS = tuple(f"neo4j-{version}" for version in VERSIONS)
STORES = ("embedded", *SERVERS)
on_each_server = pytest.mark.parametrize("open_store_of_kind", SERVERS, indirect=True)
"""For a test that only a server can answer."""
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

settings.register_profile("graphmodel", deadline=None)
settings.load_profile("graphmodel")


@dataclass
class OpenStore:
    """A store that stays open for all tests, and what is in it."""

    kind: str
    store: Store
    holds: tuple[str, ...] = ("unknown",)
    login: tuple[str, str, str] | None = None

    def empty(self) -> Store:
        self.holds = ("unknown",)
        self.store.execute("MATCH (n) DETACH DELETE n")
        return self.store

    def loaded(self, *datasets: str) -> Store:
        """The store with these datasets, loaded only when it does not hold them yet."""
        if self.holds != datasets:
            self.empty()
            for dataset in datasets:
                load_package(self.store, read_package(locate(dataset)))
            self.holds = datasets
        return self.store


@pytest.fixture(scope="session", params=STORES)
def open_store_of_kind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenStore]:
    """Each store in turn, open; servers are fetched and started where they are needed."""
    kind: str = request.param
    if kind == "embedded":
        with EmbeddedStore(tmp_path_factory.mktemp("embedded")) as store:
            yield OpenStore(kind, store)
        return
    version = kind.removeprefix("neo4j-")
    require_neo4j(version)
    with (
        Neo4jServer.start(version) as server,
        connect(server.uri, server.username, server.password) as store,
    ):
        yield OpenStore(kind, store, login=(server.uri, server.username, server.password))


def require_neo4j(version: str) -> None:
    """Skip if a Neo4j is missing here; in CI fetch it, and fail if that cannot be."""
    if IN_CI:
        prepare(version)
    elif lacking := missing(version):
        pytest.skip(f"Neo4j {version} is not at hand ({lacking}): make neo4j fetches it")


@pytest.fixture
def neo4j_server(open_store_of_kind: OpenStore) -> tuple[str, str, str]:
    """Address, user and password of each Neo4j server."""
    assert open_store_of_kind.login is not None
    return open_store_of_kind.login


@pytest.fixture
def store(open_store_of_kind: OpenStore) -> Store:
    """An empty store of each kind."""
    return open_store_of_kind.empty()


@pytest.fixture
def scotland(open_store_of_kind: OpenStore) -> Store:
    """A store of each kind with the Scottish picture; for reading only."""
    return open_store_of_kind.loaded("scotland")


@pytest.fixture(scope="session")
def embedded_scotland(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The embedded store with the Scottish picture, where one store is enough."""
    with EmbeddedStore(tmp_path_factory.mktemp("embedded-scotland")) as store:
        load_package(store, read_package(locate("scotland")))
        yield store


@pytest.fixture(scope="module")
def open_embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store of a module's own."""
    with EmbeddedStore(tmp_path_factory.mktemp("embedded-of-module")) as store:
        yield store


@pytest.fixture
def embedded(open_embedded: Store) -> Store:
    """An empty embedded store, where one kind of store is enough."""
    open_embedded.execute("MATCH (n) DETACH DELETE n")
    return open_embedded


@pytest.fixture
def small(embedded: Store) -> Store:
    """The embedded store with the small country and nothing else."""
    country().load(embedded)
    return embedded


@pytest.fixture
def each(store: Store) -> Store:
    """The small country and nothing else, on each kind of store."""
    country().load(store)
    return store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a test keeps what councils send."""
    return tmp_path / "surveys"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five documents, which only a developer's checkout has beside it."""
    if not SEEDS.is_dir():
        if IN_CI:
            pytest.fail(f"the documents are not in {SEEDS}")
        pytest.skip("the five documents are not beside this checkout")
    return SEEDS
