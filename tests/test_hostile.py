"""A share of the hostile inputs, the same ones each time; ``make hostile`` runs them all."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from graphmodel.cli import main
from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import defused, legible
from graphmodel.store.embedded import EmbeddedStore
from loaders.datapackage import MOST_DESCRIPTOR_BYTES, read_package
from loaders.table_file import MOST_COLUMNS, MOST_MALFORMED, MOST_ROW_CHARACTERS, read_table
from tests.hostile.cases import make_case
from tests.hostile.files import bad_descriptor
from tests.hostile.judge import Judge, describe
from tests.packages import country

SEED = 20
SHARE = 120
GOOD = country()


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    with EmbeddedStore(tmp_path_factory.mktemp("hostile")) as store:
        yield Judge(store)


@pytest.mark.parametrize("number", range(SHARE))
def test_hostile_input_is_refused_in_good_form(judge: Judge, number: int, tmp_path: Path) -> None:
    case = make_case(SEED, number, tmp_path)
    faults = judge.faults(case)
    assert not faults, describe(case, faults)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "clusters", "--runs", "10001"], "10001 is not in the range 1<=x<=10000"),
        (["report", "clusters", "--seed", "-1"], "-1 is not in the range x>=0"),
        (["report", "centrality", "--pivots", "2", "--seed", "-1"], "-1 is not in the range x>=0"),
        (["backtest", "--sample", "2", "--seed", "-1"], "-1 is not in the range x>=0"),
        (["report", "clusters", "--resolution", "nan"], "'nan' is not a finite number"),
        (["report", "clusters", "--resolution", "inf"], "'inf' is not a finite number"),
        (["report", "twins", "--alike", "nan"], "'nan' is not a finite number"),
        (["cypher", "RETURN 1", "--timeout", "nan"], "'nan' is not a finite number"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_number_that_is_no_use_is_refused(words: list[str], said: str) -> None:
    found = CliRunner(env={"NEO4J_URI": None}).invoke(main, words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"Invalid value for '{words[-2]}': {said}." in found.stderr


@pytest.mark.parametrize("seed", [1467, 2966])
def test_a_descriptor_whose_resources_are_no_list_can_be_made(seed: int) -> None:
    assert set(bad_descriptor(Random(seed)).files()) == set(GOOD.files())


def test_a_case_is_the_same_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    one, two = (make_case(SEED, 1, folder) for folder in folders)
    assert [word.replace("/one/", "/two/") for word in one.words] == two.words


def read_bytes(content: bytes) -> list[str]:
    """What is said of a borders table with this content."""
    _, problems, _ = read_table("borders", "borders.csv", io.BytesIO(content))
    return [str(problem) for problem in problems]


def test_a_row_without_end_is_given_up(tmp_path: Path) -> None:
    [said] = read_bytes(b"council,neighbour\n" + b"x," * MOST_ROW_CHARACTERS)
    assert said.startswith("borders.csv, row 2: this is not valid CSV (row of more than 5,000,000")
    [said] = read_bytes(b'council,neighbour\n"x\n"' + b',"x\n"' * MOST_ROW_CHARACTERS)
    assert said.startswith("borders.csv, row 2: this is not valid CSV (row of more than 5,000,000")


def test_a_header_of_very_many_columns_is_one_problem() -> None:
    header = ",".join(f"c{number}" for number in range(100_000)).encode()
    assert read_bytes(header) == [
        f"borders.csv, row 1: there are 100,000 columns: expected at most {MOST_COLUMNS}."
    ]


def test_a_file_that_is_no_table_is_not_read_to_its_end() -> None:
    [said] = read_bytes(b"council,neighbour\n" + b"x\n" * (MOST_MALFORMED + 10))
    assert said.startswith(f"borders.csv, row {MOST_MALFORMED + 2}: 1,000 rows before this one")


@pytest.mark.parametrize("rows", [3, 5_000])
def test_the_row_of_a_broken_character_is_told(rows: int) -> None:
    content = b"council,neighbour\n" + b"Angus,Fife\n" * rows + b"\xff,Fife\n"
    [said] = read_bytes(content)
    assert said.startswith(f"borders.csv, row {rows + 2}: 'byte 0xff': the file is not in UTF-8")


def zipped(file: Path, member: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The country as a zip, with one of its files replaced."""
    with zipfile.ZipFile(file, "w", method) as archive:
        for path, good in GOOD.files().items():
            archive.writestr(path, content if path == member else good)
    return file


@pytest.mark.parametrize(
    ("content", "method", "said"),
    [
        pytest.param(
            b"x,y\n" * 5_000_000,
            zipfile.ZIP_DEFLATED,
            "it unpacks to more than 100 times its size",
            marks=pytest.mark.slow,
        ),
        (b"x,y\n", zipfile.ZIP_LZMA, "it is packed in an unusual way"),
        (b"x,y\n", zipfile.ZIP_BZIP2, "it is packed in an unusual way"),
    ],
    ids=["dense", "lzma", "bzip2"],
)
def test_a_zip_that_would_swell_is_not_unpacked(
    tmp_path: Path, content: bytes, method: int, said: str
) -> None:
    package = read_package(zipped(tmp_path / "a.zip", "borders.csv", content, zipfile.ZIP_STORED))
    assert not any("borders" in str(problem) for problem in package.unread)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for path, good in GOOD.files().items():
            if path == "borders.csv":
                archive.writestr(path, content, method)
            else:
                archive.writestr(path, good)
    package = read_package(tmp_path / "b.zip")
    assert package.unread == {"borders"}
    assert said in str(package.problems[0])


def test_a_zip_with_a_long_list_of_files_is_not_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(12_000):
            archive.writestr(f"{number:0>40}", b"")
    with pytest.raises(GraphmodelError, match="lists more files than any data package"):
        read_package(tmp_path / "a.zip")


@pytest.mark.skipif(os.name == "nt", reason="links and pipes as POSIX has them")
def test_a_folder_is_not_left(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("council,neighbour\n")
    folder = tmp_path / "package"
    folder.mkdir()
    GOOD.write(folder)
    for name in ("borders.csv", "savings.csv", "findings.csv"):
        (folder / name).unlink()
    (folder / "borders.csv").symlink_to(secret)
    os.mkfifo(folder / "savings.csv")
    (folder / "findings.csv").symlink_to("/dev/zero")

    package = read_package(folder)

    assert package.unread == {"borders", "savings", "findings"}
    assert sorted(problem.problem for problem in package.problems) == [
        "the file cannot be read (it is a link that leads out of the package)",
        "the file cannot be read (it is no file, but a pipe or a device)",
        "the file cannot be read (it is no file, but a pipe or a device)",
    ]


def test_a_descriptor_larger_than_any_is_not_read(tmp_path: Path) -> None:
    package = GOOD.with_file("datapackage.json", b" " * (MOST_DESCRIPTOR_BYTES + 1))
    with pytest.raises(GraphmodelError, match="larger than 1,000,000 bytes"):
        read_package(package.write(tmp_path))


@pytest.mark.parametrize("name", ["a\ud800", "a\u202eb", "a\nb", "x" * 201])
def test_a_name_that_cannot_be_shown_is_no_name(tmp_path: Path, name: str) -> None:
    package = GOOD.with_file("datapackage.json", GOOD.named(name).files()["datapackage.json"])
    with pytest.raises(GraphmodelError, match=r"the name .* cannot be used") as refusal:
        read_package(package.write(tmp_path))
    assert legible(str(refusal.value)) == str(refusal.value)


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    assert [defused(value) for value in (-5, -0.5, 0, True, None)] == [-5, -0.5, 0, True, None]
    assert defused(float("-inf")) == "'-inf"
    for start in "=+-@\t\r\n":
        assert defused(start + "1+1") == f"'{start}1+1"
