"""What examples in docstrings may use, and which tests must run in one process."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.doctest import DoctestItem
from xdist.scheduler import LoadScopeScheduling

from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.pipeline import load

_KIND = re.compile(r"(?<=[\[-])(?:neo4j-\d+\.\d+\.\d+|embedded)(?=[\]-])")
"""The store in the name of a test that is run on each."""


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store for all examples."""
    with EmbeddedStore(tmp_path_factory.mktemp("examples")) as store:
        load(store, "scotland")
        yield store


@pytest.fixture(autouse=True)
def examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Give examples their store; other tests choose their own."""
    if isinstance(request.node, DoctestItem):
        doctest_namespace["store"] = request.getfixturevalue("example_store")


def pytest_sessionstart() -> None:
    """Let tables be as wide as in a pipe, whatever the process was told of a terminal."""
    os.environ.pop("COLUMNS", None)


class ByStore(LoadScopeScheduling):  # type: ignore[misc]
    """Lets what shares a store run in one process, so that each server is started only once."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        if not file.startswith("tests/"):
            return "examples"
        kind = _KIND.search(test)
        return kind[0] if kind else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByStore:
    """Take that way of sharing tests out, whatever the command line says."""
    return ByStore(config, log)
