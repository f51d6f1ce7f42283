"""Refused packages: all that is wrong at once, as a file too, and no traceback."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.cli import main
from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import read_package
from loaders.problems import RejectedDataError
from tests.packages import Graph, Package, country, graph_of, runs_of

GOOD = country()


def spell(**cells: str) -> dict[str, str]:
    return {"participant": "Ben & Glen", "service": "roads-alliance", "role": "member", **cells}


MESS = (
    GOOD.changed("participations", {"participant": "EX-CAL"}, role="boss", since="2013-13")
    .plus(
        "participations",
        spell(since="2015"),
        spell(service="Highways"),
        spell(source="", locator="Section 1"),
    )
    .changed("councils", {"id": "EX-ESK"}, population="many", area_km2="0")
    .changed("services", {"id": "roads-pilot"}, end="2011")
    .with_file("groupings.csv", "")
    .with_resources(lambda all_: all_.append({"name": "ferries", "path": "ferries.csv"}))
)
PLACES = [
    ("councils.csv", 6, "area_km2", "0"),
    ("councils.csv", 6, "population", "many"),
    ("datapackage.json", None, "resources", "ferries"),
    ("groupings.csv", 1, None, None),
    ("participations.csv", 5, "role", "boss"),
    ("participations.csv", 5, "since", "2013-13"),
    ("participations.csv", 10, "since", "2015"),
    ("participations.csv", 11, "service", "Highways"),
    ("participations.csv", 12, "source", ""),
    ("services.csv", 3, None, None),
]
"""Where the mess is wrong: file, row, column and value, sorted."""
BESIDES = "refer to what was rejected or could not be read; they may be right once that is."


def test_all_mistakes_are_told_at_once_sorted(store: Store) -> None:
    GOOD.load(store)
    before = graph_of(store)

    with pytest.raises(RejectedDataError) as rejection:
        MESS.load(store)

    problems = rejection.value.problems
    assert [(p.file, p.row, p.column, p.value) for p in problems] == PLACES
    assert str(rejection.value) == "\n".join(
        [
            "'example' has 10 problems; nothing was written.",
            *(f"  {p}" for p in problems),
            f"  Besides, 3 names {BESIDES}",
        ]
    )
    assert graph_of(store) == before
    assert [run["outcome"] for run in runs_of(store)] == ["done", "refused"]


@pytest.mark.parametrize(
    ("package", "place"),
    [
        (
            GOOD.changed("services", {"id": "roads-pilot"}, end="2011"),
            ("services.csv", 3),
        ),
        (GOOD.changed("councils", {"id": "EX-ARD"}, population="many"), ("councils.csv", 2)),
        (GOOD.with_file("councils.csv", ""), ("councils.csv", 1)),
        (
            GOOD.with_resources(lambda all_: all_[0].update(path="nowhere.csv")),
            ("datapackage.json", None),
        ),
    ],
    ids=["service", "council", "all councils", "all documents"],
)
def test_what_follows_from_a_mistake_is_not_told_besides(
    store: Store, package: Package, place: tuple[str, int | None]
) -> None:
    with pytest.raises(RejectedDataError) as rejection:
        package.load(store)

    assert [(problem.file, problem.row) for problem in rejection.value.problems] == [place]


def test_what_refers_to_a_rejected_row_is_left_out_with_it(store: Store) -> None:
    faulty = GOOD.changed("services", {"id": "roads-pilot"}, end="2011")
    GOOD.load(store)
    whole = graph_of(store)
    store.execute("MATCH (n) DETACH DELETE n")

    faulty.load(store, skip_rejected=True)

    graph = graph_of(store)
    assert graph.ids == whole.ids - {"roads-pilot"}
    assert graph.ties == {tie for tie in whole.ties if "roads-pilot" not in tie[1:3]}


EDGES = [
    (table, at) for table in ("participations", "borders") for at in range(len(GOOD.tables[table]))
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store that each example empties."""
    with EmbeddedStore(tmp_path_factory.mktemp("own")) as store:
        yield store


@settings(max_examples=12)
@given(st.sets(st.sampled_from(EDGES), min_size=1))
def test_rows_with_faults_of_their_own_are_as_if_they_were_not_there(
    own: Store, faulty: set[tuple[str, int]]
) -> None:
    """No other row refers to them, so the rest is judged as it would be alone."""
    spoilt, rest = GOOD, GOOD
    for table in ("participations", "borders"):
        rows = GOOD.tables[table]
        bad = {at for name, at in faulty if name == table}
        spoilt = spoilt.with_table(
            table,
            [{**row, "locator": "\x07"} if at in bad else row for at, row in enumerate(rows)],
        )
        rest = rest.with_table(table, [row for at, row in enumerate(rows) if at not in bad])
    own.execute("MATCH (n) DETACH DELETE n")
    report = spoilt.load(own, skip_rejected=True)
    found = graph_of(own)
    own.execute("MATCH (n) DETACH DELETE n")
    rest.load(own)

    assert found == graph_of(own)
    assert {(one.file, one.row, one.column) for one in report.rejected} == {
        (f"{table}.csv", at + 2, "locator") for table, at in faulty
    }


def test_a_long_list_is_cut_and_the_rest_counted(store: Store) -> None:
    rows = [spell(role="boss", since=str(1900 + number)) for number in range(60)]

    with pytest.raises(RejectedDataError) as rejection:
        GOOD.plus("participations", *rows).load(store)

    lines = str(rejection.value).split("\n")
    assert len(rejection.value.problems) == 60
    assert lines[0] == "'example' has 60 problems; nothing was written."
    assert lines[1:51] == [f"  {problem}" for problem in rejection.value.problems[:50]]
    assert lines[51:] == ["  … and 10 more (--rejects FILE writes them all)"]


def run(home: Path, *arguments: str | Path) -> Result:
    """Run the command line with a store of its own."""
    environment = {"GRAPHMODEL_HOME": str(home / "store"), "NEO4J_URI": None}
    return CliRunner().invoke(main, ["load", *map(str, arguments)], env=environment)


def refused(result: Result) -> bool:
    """Whether the command ended with a message and nothing else, so without traceback."""
    said = result.exit_code == 1 and result.stderr.startswith("Error: ") and not result.stdout
    return said and isinstance(result.exception, SystemExit)


def stored(home: Path) -> tuple[Graph, list[str]]:
    """Nodes in the store of `run`, and how its loads ended."""
    with EmbeddedStore(home / "store") as store:
        return graph_of(store), [said["outcome"] for said in runs_of(store)]


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


HEADER = ["file", "row", "column", "value", "problem", "advice"]


@pytest.mark.parametrize("cell", [{"kind": "sea"}, {"council": "Nowhere"}])
def test_after_very_many_problems_the_rest_is_not_looked_at(
    own: Store, cell: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("rows", "references", "validation"):
        monkeypatch.setattr(f"loaders.{module}.MOST_REJECTED", 3)
    borders = [{**row, **cell} for row in GOOD.tables["borders"]]
    assert len(borders) > 3

    with pytest.raises(RejectedDataError) as rejection:
        GOOD.with_table("borders", borders).load(own)

    told = rejection.value.problems
    assert [problem.row for problem in told if problem.file == "borders.csv"] == [2, 3, 4, 5]
    last = "borders.csv, row 5: 3 rows have problems. From here on nothing was looked at."
    assert str(told[3]) == last
    assert all("nothing was looked at" in problem.advice for problem in told[3:])


def test_rejects_are_written_as_csv(tmp_path: Path) -> None:
    assert run(tmp_path, GOOD.write(tmp_path / "good")).exit_code == 0
    before = stored(tmp_path)[0]

    result = run(tmp_path, MESS.write(tmp_path / "mess"), "--rejects", tmp_path / "rejects.csv")

    assert refused(result)
    header, *rows = rows_of(tmp_path / "rejects.csv")
    assert header == HEADER
    assert [tuple(row[:4]) for row in rows] == [
        (file, str(row or ""), column or "", value or "") for file, row, column, value in PLACES
    ]
    first, *lines, last = result.stderr.splitlines()
    assert first == "Error: 'example' has 10 problems; nothing was written."
    assert last.endswith(BESIDES)
    for (file, _, _, value, problem, advice), line in zip(rows, lines, strict=True):
        assert line.startswith(f"  {file}, ")
        assert value in line
        assert line.endswith(f"{problem}. {advice}".rstrip())
    assert stored(tmp_path) == (before, ["done", "refused"])


def test_skipped_rows_are_written_as_csv_too(tmp_path: Path) -> None:
    faulty = GOOD.changed("participations", {"participant": "EX-CAL"}, since="2013-02-30")
    package = faulty.write_zip(tmp_path / "package.zip")
    rejects = tmp_path / "rejects.csv"

    result = run(tmp_path, package, "--skip-rejected", "--rejects", rejects, "--format", "csv")

    assert (result.exit_code, result.exception) == (0, None)
    assert "example,in all,46,0,0,0\n" in result.stdout.replace("\r\n", "\n")
    assert "participations.csv, row 5, column since: '2013-02-30'" in result.stderr
    what = ["participations.csv", "5", "since", "2013-02-30", "there is no day 2013-02-30", ""]
    assert rows_of(rejects) == [HEADER, what]
    assert run(tmp_path, GOOD.write(tmp_path / "good"), "--rejects", rejects).exit_code == 0
    assert rows_of(rejects) == [HEADER]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"resources": [', "cannot be read: Expecting value: line 1 column 16 (char 15)"),
        ("", "cannot be read: Expecting value: line 1 column 1 (char 0)"),
        (b"\xff", "cannot be read: 'utf-8' codec can't decode byte 0xff in position 0"),
        ("[" * 100_000, "cannot be read: "),
        ("[]", 'has no list of "resources".'),
        ('{"name": "mine", "resources": {}}', 'has no list of "resources".'),
    ],
    ids=["cut off", "empty", "not UTF-8", "too deep", "a list", "resources are no list"],
)
def test_a_broken_descriptor_is_refused(tmp_path: Path, content: bytes | str, reason: str) -> None:
    package = GOOD.with_file("datapackage.json", content)

    for place in (package.write(tmp_path / "folder"), package.write_zip(tmp_path / "a.zip")):
        with pytest.raises(GraphmodelError) as refusal:
            read_package(place)
        assert str(refusal.value).startswith(f"{place}: datapackage.json {reason}")


def test_what_is_no_data_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("text")
    GOOD.without("borders").write_zip(tmp_path / "cut.zip")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "cut.zip").read_bytes()[:-40])
    (tmp_path / "borders.csv").write_text("council,neighbour\n")
    expected = {
        "text.zip": "cannot be opened as a zip: File is not a zip file",
        "cut.zip": "cannot be opened as a zip: File is not a zip file",
        "borders.csv": "is not a data package: there is no datapackage.json in it.",
        "": "is not a data package: there is no datapackage.json in it.",
    }

    for name, reason in expected.items():
        result = run(tmp_path, tmp_path / name)
        assert refused(result)
        assert result.stderr.startswith(f"Error: {tmp_path / name} {reason}")
    result = run(tmp_path, "atlantis")
    assert refused(result)
    assert result.stderr.startswith("Error: 'atlantis' is neither a file or folder nor a dataset")


def test_a_second_package_that_cannot_be_read_keeps_the_first_out(tmp_path: Path) -> None:
    good = GOOD.write(tmp_path / "good")

    assert refused(run(tmp_path, good, tmp_path))
    assert stored(tmp_path) == (Graph([], []), [])


def damaged_zip(folder: Path) -> Path:
    """A zip whose directory is whole, and one of whose files cannot be unpacked."""
    from zipfile import ZipFile

    file = GOOD.write_zip(folder / "damaged.zip")
    with ZipFile(file) as archive:
        member = archive.getinfo("participations.csv")
    start = member.header_offset + 30 + len(member.filename)
    content = bytearray(file.read_bytes())
    content[start : start + 20] = 20 * b"\xff"
    file.write_bytes(content)
    return file


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, damaged_zip(tmp_path))

    assert refused(result)
    assert "participations.csv" in result.stderr


@pytest.mark.parametrize(
    ("table", "column"),
    [("service_parts", "rank"), ("priorities", "rank"), ("categories", "position")],
)
def test_a_number_beyond_all_reason_is_refused(tmp_path: Path, table: str, column: str) -> None:
    package = GOOD.changed(table, {}, **{column: str(10**20)}).write(tmp_path / "package")

    result = run(tmp_path, package)

    assert refused(result)
    assert f"{table}.csv, row 2, column {column}" in result.stderr


def test_a_number_is_no_date(tmp_path: Path) -> None:
    package = GOOD.changed("councils", {"id": "EX-CAL"}, valid_from="86400")

    result = run(tmp_path, package.write(tmp_path / "package"))

    assert refused(result)
    assert "councils.csv, row 4, column valid_from: '86400'" in result.stderr


def test_rejects_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    result = run(tmp_path, MESS.write(tmp_path / "package"), "--rejects", tmp_path / "no" / "r.csv")

    assert refused(result)
    assert f"{tmp_path / 'no' / 'r.csv'} cannot be written" in result.stderr
    assert "'example' has 10 problems" in result.stderr
