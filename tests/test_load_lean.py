"""What large loads leave out, as it would take as long as the work itself."""

from __future__ import annotations

import gc
import logging

import pytest

from graphmodel.store import Store
from loaders.garbage import uncollected
from tests.test_load_many import many


def test_the_driver_does_not_print_rows_for_its_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="neo4j"):
        first = many().load(store)
        second = many().load(store)
    sent = "\n".join(text for text in caplog.messages if "C: RUN" in text)

    assert second.total("unchanged") == first.total("inserted")
    assert "UNWIND $rows AS row CREATE (x:Partner" in sent, "the log does not tell of the work"
    assert "Board 7" not in sent


def test_what_was_made_is_not_gone_through_afterwards() -> None:
    with uncollected():
        made = [[number] for number in range(1_000)]
    old = {id(item) for item in gc.get_objects(generation=2)}

    assert gc.isenabled()
    assert all(id(item) in old for item in made)


def test_what_somebody_has_frozen_stays_so() -> None:
    frozen = [[number] for number in range(1_000)]
    gc.freeze()
    try:
        with uncollected():
            pass
        seen = {id(item) for item in gc.get_objects()}
    finally:
        gc.unfreeze()

    assert not any(id(item) in seen for item in frozen)
