"""What examples in docstrings may use, and which tests must run in one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.doctest import DoctestItem

from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.pipeline import load


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what shares a store run in one process, and each server be started only once."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    if isinstance(item, DoctestItem):
        return "examples"
    called = getattr(item, "callspec", None)
    kind = called.params.get("open_store_of_kind") if called else None
    return str(kind or item.path.stem)
