"""Where an export is written, whole or not at all, and which exports are refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graphmodel.errors import GraphmodelError
from graphmodel.exports import FORMATS, Exported, Format, export
from graphmodel.exports.datapackage import write
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import MOST_BESIDE_BYTES
from loaders.pipeline import load, restore
from tests.packages import country, graph_of
from tests.test_export import HERE, empty, one_embedded, other

ENDLESS = json.dumps(
    [{"id": "1", "dataset": "x", "version": "1", "program": "1", "outcome": "done"}]
).replace("}", ', "number": 9223372036854775807}')

CHILD = """
import os, resource, signal, sys
from pathlib import Path
from graphmodel.exports import FORMATS, Format, export
from graphmodel.exports.datapackage import write
from graphmodel.store.embedded import EmbeddedStore

class Killed(Format):
    def write(self, store, place, dataset):
        write(store, place, dataset)
        os.kill(os.getpid(), signal.SIGKILL)

fate, home, target = sys.argv[1:]
FORMATS["killed"] = Killed("", "")
with EmbeddedStore(Path(home)) as store:
    if fate == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))
    try:
        export(store, Path(target), "killed" if fate == "killed" else "datapackage")
    except Exception as error:
        print(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
"""


@one_embedded
def test_what_is_there_is_kept_unless_told_otherwise(store: Store, tmp_path: Path) -> None:
    country().load(store)
    export(store, tmp_path / "backup")
    export(store, tmp_path / "backup.zip")
    other().load(store)
    for name in ("backup", "backup.zip"):
        with pytest.raises(GraphmodelError, match=r"is there already.*--overwrite"):
            export(store, tmp_path / name)
        export(store, tmp_path / name, overwrite=True)
        restore(empty(store), str(tmp_path / name))
        assert "atlas" in graph_of(store).ids
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "backup.zip"]


@one_embedded
def test_a_folder_that_no_export_made_is_never_replaced(store: Store, tmp_path: Path) -> None:
    country().load(store)
    mine = country().write(tmp_path / "mine")
    for folder in (tmp_path, mine):
        with pytest.raises(GraphmodelError, match="no export made"):
            export(store, folder, overwrite=True)
    (tmp_path / "vacant").mkdir()
    export(store, tmp_path / "vacant", overwrite=True)
    with pytest.raises(GraphmodelError, match="There is no folder"):
        export(store, tmp_path / "nowhere" / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "vacant"]


@one_embedded
def test_an_export_with_a_load_in_its_midst_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class WithALoad(Format):
        def write(self, store: Store, place: Path, dataset: str | None) -> Exported:
            exported = write(store, place, dataset)
            other().load(store)
            return exported

    country().load(store)
    monkeypatch.setitem(FORMATS, "with a load", WithALoad("", ""))
    with pytest.raises(GraphmodelError, match="Export again once the load is done"):
        export(store, tmp_path / "backup", "with a load")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["backup", "backup.zip"])
def test_an_export_that_is_killed_or_finds_no_room_leaves_nothing_of_that_name(
    tmp_path: Path, name: str
) -> None:
    with EmbeddedStore(tmp_path / "home") as store:
        country().load(store)
    place = tmp_path / "place"
    place.mkdir()

    def end(fate: str) -> str:
        command = [sys.executable, "-c", CHILD, fate, str(tmp_path / "home"), str(place / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == (-9 if fate == "killed" else 0), done.stderr
        return done.stdout

    assert end("full") == f"{place / name} cannot be written: File too large.\n"
    assert list(place.iterdir()) == []
    assert end("killed") == ""
    assert not (place / name).exists()
    assert all(path.name.startswith(f".{name}.") for path in place.iterdir())
    assert end("well") == ""
    with EmbeddedStore(tmp_path / "home") as store:
        before = graph_of(store)
        restore(empty(store), str(place / name))
        assert graph_of(store) == before


# What is taken back


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("history.json", "{", "history.json is damaged"),
        ("history.json", '[{"id": "1"}]', "history.json is damaged .Field required"),
        ("history.json", "{}", "not a list of objects"),
        ("history.json", "[" * 100_000, "history.json is damaged"),
        ("history.json", None, "history.json cannot be read"),
        ("needed.json", '[{"label": "User", "id": "x", "properties": {}}]', "is no node of the"),
        ("needed.json", '[{"label": "Council", "id": "x", "properties": {"a": {}}}]', "a value"),
        ("history.json", ENDLESS, "no load has the number 9223372036854775807"),
        ("history.json", " " * (MOST_BESIDE_BYTES + 1), "is larger than"),
        ("1-example/datapackage.json", None, "is not a data package"),
    ],
)
@one_embedded
def test_a_damaged_backup_is_refused_before_anything_is_written(
    store: Store, tmp_path: Path, file: str, content: str | None, message: str
) -> None:
    country().load(store)
    other(councils=[HERE | {"id": "EX-FAR", "name": "Faraway"}]).load(store)
    far = {"council": "EX-FAR", "neighbour": "EX-CAL", "kind": "ferry"} | HERE
    country().plus("borders", far).load(store)
    export(store, tmp_path / "backup")
    if content is None:
        (tmp_path / "backup" / file).unlink()
    else:
        (tmp_path / "backup" / file).write_text(content, encoding="utf-8")
    with pytest.raises(GraphmodelError, match=message):
        restore(empty(store), str(tmp_path / "backup"))
    assert store.read("MATCH (n) RETURN count(n)").rows == [(0,)]


@one_embedded
@pytest.mark.parametrize(
    ("places", "message"),
    [
        *((places, "list of packages is damaged") for places in ("1-example", [1], [""], ["/etc"])),
        (["../elsewhere"], "list of packages is damaged"),
        (["1-example", "1-example"], "list of packages is damaged"),
        (["."], "is a back-up itself"),
    ],
)
def test_a_backup_whose_list_of_packages_is_amiss_is_refused(
    store: Store, tmp_path: Path, places: Any, message: str
) -> None:
    country().load(store)
    export(store, tmp_path / "backup")
    descriptor = json.loads((tmp_path / "backup" / "datapackage.json").read_text("utf-8"))
    descriptor["graphmodel"]["packages"] = places
    (tmp_path / "backup" / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(GraphmodelError, match=message):
        restore(store, str(tmp_path / "backup"))


@one_embedded
@pytest.mark.parametrize("linked", ["1-example", "1-example/councils.csv", "history.json"])
def test_a_backup_reads_nothing_outside_itself(store: Store, tmp_path: Path, linked: str) -> None:
    country().load(store)
    export(store, tmp_path / "backup")
    (tmp_path / "backup" / linked).rename(tmp_path / "elsewhere")
    (tmp_path / "backup" / linked).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(GraphmodelError, match="link that leads out"):
        restore(empty(store), str(tmp_path / "backup"))
    assert store.read("MATCH (n:Council) RETURN count(n)").rows == [(0,)]


@one_embedded
def test_an_export_of_a_later_model_is_refused(store: Store, tmp_path: Path) -> None:
    country().load(store)
    export(store, tmp_path / "one", dataset="example")
    descriptor = json.loads((tmp_path / "one" / "datapackage.json").read_text("utf-8"))
    descriptor["graphmodel"]["model"] = 99
    (tmp_path / "one" / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(GraphmodelError, match=r"version 99 of the model.*Install a later"):
        load(store, str(tmp_path / "one"))
