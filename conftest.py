"""What the examples in docstrings may use: ``store``, with the Scottish picture."""

from __future__ import annotations

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
