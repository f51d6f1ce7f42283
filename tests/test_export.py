"""Back-up and return: what was exported and loaded again is equal to what there was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from frictionless import validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.exports import export
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.pipeline import load, restore
from tests.conftest import on_each_server
from tests.packages import Graph, Package, Row, country, graph_of

HERE = {"source": "atlas", "locator": "Sheet 7"}
ATLAS = {"id": "atlas", "title": "Atlas of Councils"}
NOTHING = Package({})
one_embedded = pytest.mark.parametrize("open_store_of_kind", ["embedded"], indirect=True)
ODD = (
    '=HYPERLINK("http://a.b","x")\r\n  two  \tspaces, "quotes"; \'+1\', @SUM(A1)\n'
    "\u202eevil\u202c \U0001f6a2"
)


def other(**tables: list[Row]) -> Package:
    """Another dataset, which contradicts the country and needs its councils."""
    ard = HERE | {"id": "EX-ARD", "name": "Ardland", "population": "91000", "aliases": "Árd|A"}
    border = {"council": "EX-BEN", "neighbour": "EX-ARD", "kind": "land", "km": "119"} | HERE
    said: dict[str, list[Row]] = {"documents": [ATLAS], "councils": [ard], "borders": [border]}
    return Package({**said, **tables}, name="other")


def empty(store: Store) -> Store:
    store.execute("MATCH (n) DETACH DELETE n")
    return store


def returned(store: Store, folder: Path, name: str = "backup") -> Graph:
    """What a store holds once it was backed up, emptied and brought back."""
    assert export(store, folder / name).notes == []
    restore(empty(store), str(folder / name))
    return graph_of(store)


def history_of(store: Store) -> dict[str, dict[str, Any]]:
    rows = store.read("MATCH (r:LoadRun) RETURN properties(r) AS said")
    return {row["said"]["id"]: row["said"] for row in rows}


def errors(folder: Path) -> list[str]:
    """What frictionless finds wrong with every data package in a folder."""
    return [
        f"{path.parent.name}: {error}"
        for path in sorted(folder.rglob("datapackage.json"))
        for error in validate(path).flatten(["title", "message"])
    ]


@pytest.mark.slow
def test_the_shipped_picture_comes_back_equal(store: Store, tmp_path: Path) -> None:
    for dataset in ("scotland", "scotland-public"):
        load(store, dataset)
    before = graph_of(store)
    assert returned(store, tmp_path, "backup.zip") == before


@pytest.mark.slow
def test_a_return_changes_nothing_where_all_is_there(store: Store, tmp_path: Path) -> None:
    country().load(store)
    other().load(store)
    before = graph_of(store)
    export(store, tmp_path / "backup")
    reports = restore(store, str(tmp_path / "backup"))
    assert [(report.dataset, report.total("unchanged")) for report in reports] == [
        ("example", 47),
        ("other", 3),
    ]
    assert graph_of(store) == before


def test_contradictions_come_back_as_each_datasets_own(store: Store, tmp_path: Path) -> None:
    country().load(store)
    other().load(store)
    country().without("borders", council="EX-ARD", neighbour="EX-CAL").named("third").load(store)
    before = graph_of(store)
    assert returned(store, tmp_path) == before
    NOTHING.named("other").load(store, force=True)
    assert "Ardland" not in graph_of(store).node("EX-ARD").get("aliases", [])


def test_datasets_that_need_each_other_come_back(store: Store, tmp_path: Path) -> None:
    lone = HERE | {"id": "EX-FAR", "name": "Faraway"}
    country().load(store)
    other(councils=[lone]).load(store)
    far = {"council": "EX-FAR", "neighbour": "EX-CAL", "kind": "ferry"}
    country().plus("borders", far | {"source": "atlas", "locator": "Sheet 1"}).load(store)
    before = graph_of(store)
    assert returned(store, tmp_path) == before
    assert (tmp_path / "backup" / "needed.json").exists()


def test_what_nobody_states_but_others_need_comes_back(store: Store, tmp_path: Path) -> None:
    country().load(store)
    late = {"id": "late", "name": "Late", "kind": "plan"}
    starts = late | {"status": "live", "start": "2015", "locator": "§1", "source": "review-2020"}
    ends = starts | {"status": "ended", "start": "", "end": "2012", "source": "minutes-2015"}
    country().plus("services", starts, ends).load(store)
    part = {"part": "late", "whole": "roads-alliance"} | HERE
    Package({"documents": [ATLAS], "service_parts": [part]}, name="other").load(store)
    country().load(store)
    unstated = graph_of(store).node("late")
    assert unstated["datasets"] == []
    assert unstated["end"] < unstated["start"]
    before = graph_of(store)
    assert returned(store, tmp_path) == before


def test_what_loads_with_rejected_rows_came_to_comes_back(store: Store, tmp_path: Path) -> None:
    country().load(store)
    saving = {"service": "roads-alliance", "amount": "1", "basis": "realised"}
    faulty = (
        country()
        .changed("participations", {"since": "2015"}, since="2014-06")
        .changed("service_parts", {}, rank="first")
        .plus("savings", *(saving | {"note": note} for note in ("One.", "One.", "Another.")))
    )
    assert len(faulty.load(store, skip_rejected=True).rejected) == 2
    before = graph_of(store)
    notes = store.read("MATCH (s:Saving) WHERE s.amount = 1 RETURN s.note AS note")
    assert [row["note"] for row in notes] == ["One. Another."]
    spells = {tie for tie in before.ties if tie[:2] == ("PARTICIPATES_IN", "EX-CAL")}
    assert len(spells) == 2
    assert returned(store, tmp_path) == before


def test_text_comes_back_byte_for_byte(store: Store, tmp_path: Path) -> None:
    odd = {"source": "review-2020", "locator": ODD}
    package = country().changed("services", {"id": "roads-alliance"}, governance=ODD, **odd)
    package.named("Ärzte / «x» ..").load(store)
    before = graph_of(store)
    assert before.node("roads-alliance")["governance"] == ODD
    assert returned(store, tmp_path) == before


@one_embedded
def test_the_records_of_loads_come_back_beside_those_of_the_return(
    store: Store, tmp_path: Path
) -> None:
    country().load(store)
    with pytest.raises(GraphmodelError):
        country().changed("service_parts", {}, rank="first").load(store)
    store.execute("MATCH (r:LoadRun {outcome: 'done'}) SET r.outcome = 'running'")
    before = history_of(store)
    export(store, tmp_path / "backup")
    restore(empty(store), str(tmp_path / "backup"))
    after = history_of(store)

    expected = {
        key: {**run, "outcome": "interrupted"} if run["outcome"] == "running" else run
        for key, run in before.items()
    }
    assert {key: after[key] for key in before} == expected
    assert len(before) == 2
    [again] = [run for key, run in after.items() if key not in before]
    assert (again["dataset"], again["version"], again["outcome"]) == ("example", "1", "done")
    assert again["started"] <= datetime.now(UTC)
    assert again["number"] > max(run["number"] for run in before.values())


@pytest.mark.slow
@on_each_server
def test_from_embedded_to_neo4j_and_back(store: Store, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "home") as embedded:
        load(embedded, "scotland")
        country().load(embedded)
        other().load(embedded)
        before = graph_of(embedded)
        export(embedded, tmp_path / "out.zip")
        restore(store, str(tmp_path / "out.zip"))
        assert graph_of(store) == before
        export(store, tmp_path / "back.zip")
        restore(empty(embedded), str(tmp_path / "back.zip"))
        assert graph_of(embedded) == before


@one_embedded
def test_one_dataset_alone_is_a_package_that_loads_without_change(
    store: Store, tmp_path: Path
) -> None:
    load(store, "scotland")
    load(store, "scotland-public")
    before = graph_of(store)
    exported = export(store, tmp_path / "public", dataset="scotland-public")
    assert [note.partition(" nodes")[0] for note in exported.notes] == [
        "scotland-public refers to 89"
    ]
    report = load(store, str(tmp_path / "public"))
    assert report.total("unchanged") == sum(
        "scotland-public" in said["datasets"]
        for said in [*(node for _, node in before.nodes), *(edge for *_, edge in before.edges)]
    )
    assert graph_of(store) == before

    assert export(store, tmp_path / "s.zip", dataset="scotland").notes == []
    load(empty(store), "scotland")
    alone = graph_of(store)
    load(empty(store), str(tmp_path / "s.zip"))
    assert graph_of(store) == alone


@one_embedded
def test_a_dataset_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    country().load(store)
    with pytest.raises(NotFoundError, match="There are: example"):
        export(store, tmp_path / "out", dataset="exmaple")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@one_embedded
def test_every_package_is_one_that_frictionless_takes(store: Store, tmp_path: Path) -> None:
    load(store, "scotland")
    load(store, "scotland-public")
    country().load(store)
    other(councils=[HERE | {"id": "EX-FAR", "name": "Faraway"}]).load(store)
    far = {"council": "EX-FAR", "neighbour": "EX-CAL", "kind": "ferry"} | HERE
    country().plus("borders", far).load(store)
    export(store, tmp_path / "backup")
    folders = sorted(path.name for path in (tmp_path / "backup").iterdir() if path.is_dir())
    assert folders == ["1-example", "2-other", "3-scotland", "4-scotland-public"]
    assert (tmp_path / "backup" / "needed.json").exists()
    assert errors(tmp_path / "backup") == []


@one_embedded
def test_the_same_store_is_exported_to_the_same_rows(store: Store, tmp_path: Path) -> None:
    country().load(store)
    other().load(store)
    export(store, tmp_path / "one")
    other(borders=[]).load(empty(store))
    country().load(store)
    other().load(store)
    export(store, tmp_path / "two")

    def tables(name: str) -> dict[str, bytes]:
        folder = tmp_path / name
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.csv")}

    assert len(tables("one")) == 24
    assert tables("one") == tables("two")


@one_embedded
def test_what_others_wrote_into_the_graph_is_told(store: Store, tmp_path: Path) -> None:
    country().load(store)
    store.execute("MATCH (c:Council {id: 'EX-ARD'}) SET c.colour = 'red'")
    store.execute("CREATE (:Council {id: 'EX-OWN', name: 'Own', colour: 'blue', datasets: []})")
    store.execute("CREATE (:Analysis {id: 'clusters'})")
    exported = export(store, tmp_path / "backup")
    assert exported.notes == [
        "1 nodes or edges have properties that no dataset states, which are left out: "
        "Council EX-ARD.",
        "1 written analyses are left out: write them anew.",
    ]


@one_embedded
def test_a_council_and_a_partner_with_one_id_are_told_apart(store: Store, tmp_path: Path) -> None:
    package = country().plus("partners", {"id": "EX-ESK", "name": "Esk Trust", "kind": "charity"})
    trust = {"participant": "Esk Trust", "service": "roads-alliance", "role": "funder"}
    esk = {"participant": "Eskland", "service": "roads-alliance", "role": "funder"}
    package = package.plus("participations", trust, esk)
    package = package.changed(
        "participations", {"participant": "EX-ESK"}, participant="Eskland"
    ).changed("memberships", {"member": "EX-ESK"}, member="Eskland")
    package.load(store)
    before = graph_of(store)
    assert returned(store, tmp_path) == before


# Packages that nobody thought of

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12
).filter(lambda text: text.strip())
PROSE = st.one_of(WORDS, st.sampled_from([ODD, "=1+1", '"', "a\nb", "|", "#", "'; DROP"]))
IDS = st.sampled_from(["EX-A", "EX-B", "EX-C"])
DATES = st.sampled_from(["", "2009", "2013-06", "2013-06-01"])
COUNCIL = st.fixed_dictionaries(
    {"id": IDS, "name": PROSE, "aliases": st.lists(WORDS, max_size=2).map("|".join)},
    optional={"population": st.sampled_from(["1", "20"]), "country": PROSE},
)
BORDER = st.fixed_dictionaries(
    {
        "council": IDS,
        "neighbour": IDS,
        "kind": st.sampled_from(["land", "ferry"]),
        "km": st.sampled_from(["", "1", "1.5", "0.1", "1e-3"]),
        "note": PROSE,
    }
).filter(lambda row: row["council"] != row["neighbour"])
MEMBER = st.fixed_dictionaries(
    {
        "participant": IDS,
        "service": st.just("roads"),
        "role": st.sampled_from(["lead", "member"]),
        "since": DATES,
        "note": PROSE,
    }
)
FINDING = st.fixed_dictionaries(
    {"service": st.sampled_from(["", "roads"]), "kind": st.just("lesson"), "text": PROSE}
)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """A package about three councils and a service; much of it may well be refused."""
    cited: Row = {"source": "review", "locator": draw(PROSE)}
    road = {"id": "roads", "name": draw(WORDS), "kind": "plan", "status": "live"} | cited
    tables = {
        "councils": st.lists(COUNCIL, min_size=1, max_size=4),
        "borders": st.lists(BORDER, max_size=4),
        "participations": st.lists(MEMBER, max_size=5),
        "findings": st.lists(FINDING, max_size=3),
    }
    said = {name: [row | cited for row in draw(rows)] for name, rows in tables.items()}
    documents: list[Row] = [{"id": "review", "title": draw(WORDS)}]
    return Package(
        {"documents": documents, "services": [road], **said},
        name=draw(st.sampled_from(["a", "Ärzte", "c d"])),
    )


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder)) as store:
        yield store


@pytest.mark.slow
@given(said=st.lists(packages(), min_size=1, max_size=4))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_packages_come_back(shared: Store, said: list[Package]) -> None:
    empty(shared)
    for package in said:
        package.load(shared, skip_rejected=True, force=True)
    before = graph_of(shared)
    with tempfile.TemporaryDirectory() as folder:
        assert returned(shared, Path(folder)) == before
