"""Our load: every row validated, change report, provenance, record of the run."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders.tables import arguments, race
from graphmodel.store import Store
from graphmodel.store.bolt import connect
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.store.statements import CONSTRAINTS
from loaders.datapackage import read_package
from loaders.pipeline import load_package


def open_store(uri: str, user: str, password: str, database: str) -> Store:
    if uri == "embedded":
        store = EmbeddedStore(Path(user))
        store.define(CONSTRAINTS)
        return store
    return connect(uri, user, password, database)


def main() -> None:
    uri, user, password, database, folder = arguments()
    totals: list[tuple[int, int]] = []

    def load(store: Store) -> None:
        report = load_package(store, read_package(folder))
        totals.append((report.total("inserted"), report.total("unchanged")))

    with open_store(uri, user, password, database) as store:
        race(lambda: load(store))
    (number, none), second = totals
    if none or second != (0, number):
        raise SystemExit(f"the change report is wrong: {totals}")


if __name__ == "__main__":
    main()
