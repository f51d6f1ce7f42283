"""The record that each load leaves in the graph, however it ends."""

from __future__ import annotations

from datetime import datetime

import pytest

from graphmodel import __version__
from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from loaders.pipeline import LoadInterruptedError
from loaders.problems import RejectedDataError
from tests.packages import country, runs_of


def totals(
    inserted: int = 0, updated: int = 0, unchanged: int = 0, removed: int = 0
) -> dict[str, int | str]:
    return {
        "inserted": inserted,
        "updated": updated,
        "unchanged": unchanged,
        "removed": removed,
    }


class _Stop(BaseException):
    """Somebody presses a key while a load is under way."""


def test_every_run_is_remembered(store: Store) -> None:
    def stop(kind: str, done: int, total: int) -> None:
        if kind == "Service":
            raise _Stop("enough")

    start = datetime.now().astimezone()
    country().load(store)
    faulty = country().changed("service_parts", {}, rank="first")
    with pytest.raises(RejectedDataError) as rejection:
        faulty.load(store)
    faulty.load(store, skip_rejected=True)
    with pytest.raises(GraphmodelError) as refusal:
        country().with_table("borders", []).load(store)
    with pytest.raises(_Stop):
        country().changed("councils", {"id": "EX-CAL"}, population="1").load(store, progress=stop)

    known = {"dataset": "example", "version": "1", "program": __version__, "rejected": 0}
    done = known | {"outcome": "done", "message": ""}
    refused = known | totals() | {"outcome": "refused"}
    assert runs_of(store) == [
        done | totals(inserted=47),
        refused | {"message": str(rejection.value), "rejected": 1},
        done | totals(unchanged=46) | {"rejected": 1},
        refused | {"message": str(refusal.value)},
        known | {"outcome": "failed", "message": "enough"} | totals(updated=1, unchanged=11),
    ]
    times = store.read("MATCH (r:LoadRun) RETURN r.started AS s, r.finished AS f ORDER BY s")
    moments = [moment for row in times.rows for moment in row]
    assert moments == sorted(moments)
    assert start.replace(microsecond=0) <= moments[0] <= datetime.now().astimezone()


def test_a_load_that_another_disturbs_has_failed(store: Store) -> None:
    def meddle(kind: str, done: int, total: int) -> None:
        if kind == "BORDERS":
            store.execute("MATCH (c:Council {id: 'EX-ESK'}) DETACH DELETE c")

    with pytest.raises(LoadInterruptedError, match="Load again"):
        country().load(store, progress=meddle)

    assert [run["outcome"] for run in runs_of(store)] == ["failed"]
