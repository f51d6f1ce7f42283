"""What is sent as a workbook and is none, or is one to do harm: one clear message each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from graphmodel.foreign_text import legible
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.survey.annotating import annotate
from loaders.survey.filled import Filled
from loaders.survey.importing import Office
from tests.packages import country
from tests.surveys import KNOWN, NEW, Workbook

Read = Callable[[bytes, str], Filled]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
"""How a workbook begins that is locked by a password, or is of before 2007."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("small")) as store:
        country().load(store)
        yield store


@pytest.fixture
def read(small: Store, tmp_path: Path) -> Read:
    office = Office(small, tmp_path / "surveys")

    def reading(content: bytes, name: str) -> Filled:
        path = tmp_path / name
        path.write_bytes(content)
        return office.read(path)

    return reading


def a_form(store: Store, folder: Path) -> bytes:
    return Workbook.of(store, "Ardshire", folder).answered().answer_all().save().read_bytes()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A workbook with other parts; underscores stand for slashes and the suffix is added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            name = part.filename
            key = name.removesuffix(".xml").replace("/", "_")
            target.writestr(name, parts.pop(key) if key in parts else source.read(part))
        for key, text in parts.items():
            target.writestr(key, text)
    return made.getvalue()


def a_sheet(rows: bytes) -> bytes:
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + namespace + b'"><sheetData>' + rows + b"</sheetData></worksheet>"


def only_fault(filled: Filled) -> str:
    [fault] = filled.faults
    assert fault.is_error
    assert filled.answers == []
    assert str(fault) == legible(str(fault))
    return str(fault)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.xlsx", "an empty file"),
        (b"PK\x03\x04 and no more", "cut.xlsx", "a workbook that is broken"),
        (OLE, "locked.xlsx", "locked by a password, or an old .xls"),
        (b"<html><table><tr><td>Activity</table>", "old.xls", "a web page or XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "xml.xls", "a web page or XML"),
        (b"%PDF-1.7\n%...", "scan.xlsx", "a PDF"),
        (b"\x7fELF\0\0\0\0", "program.xlsx", "a file of another kind"),
        (b"Dear all,\nplease find attached", "note.csv", "no sheet with the headers of the form"),
    ],
)
def test_what_is_no_workbook(read: Read, content: bytes, name: str, told: str) -> None:
    assert told in only_fault(read(content, name))


def test_a_zip_of_something_else(read: Read) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("letter.docx", b"Dear all")
    assert "a zip that is no workbook" in only_fault(read(made.getvalue(), "letter.xlsx"))


def test_a_broken_part(read: Read, small: Store, tmp_path: Path) -> None:
    content = repacked(a_form(small, tmp_path), xl_workbook=b"<workbook")
    assert "a workbook that is broken" in only_fault(read(content, "broken.xlsx"))


def test_a_bomb_is_not_unpacked(read: Read, small: Store, tmp_path: Path) -> None:
    content = repacked(a_form(small, tmp_path), bomb=b"\0" * 200_000_000)
    assert len(content) < 1_000_000
    assert "unpacks to" in only_fault(read(content, "bomb.xlsx"))


def test_a_million_formatted_empty_rows(read: Read, small: Store, tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(1, 1_000_001))
    content = repacked(a_form(small, tmp_path), xl_worksheets_sheet2=a_sheet(rows))
    assert "delete them" in only_fault(read(content, "long.xlsx"))


def test_many_formatted_empty_rows_do_no_harm(read: Read, small: Store, tmp_path: Path) -> None:
    form = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    form.page(NEW).cell(15_000, 3).number_format = "0.00"
    filled = read(form.save().read_bytes(), "longer.xlsx")
    assert [one.name for one in filled.answers] == ["Roads Alliance"]
    assert filled.faults == []


def test_entities_are_not_expanded(read: Read, small: Store, tmp_path: Path) -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    content = repacked(a_form(small, tmp_path), xl_worksheets_sheet2=entity + a_sheet(b""))
    assert "definitions of its own" in only_fault(read(content, "entities.xlsx"))


def test_a_workbook_of_something_else(read: Read) -> None:
    book, made = Book(), io.BytesIO()
    book.worksheets[0].append(["Item", "Price"])
    book.save(made)
    filled = read(made.getvalue(), "prices.xlsx")
    assert [fault.found for fault in filled.faults if fault.is_error] == [
        "no sheet with the headers of the form"
    ]


def test_what_steers_a_terminal_does_not_reach_it(read: Read, small: Store, tmp_path: Path) -> None:
    form = Workbook.of(small, "Ardshire", tmp_path).answered()
    form.answer("Roads Alliance", "\u202eon ecnO")
    form.page(KNOWN).title = "Known\u202e"
    for fault in read(form.save().read_bytes(), "steering.xlsx").faults:
        assert str(fault) == legible(str(fault))


def test_an_annotated_copy_calculates_nothing(read: Read, small: Store, tmp_path: Path) -> None:
    form = Workbook.of(small, "Ardshire", tmp_path).answered().answer_all()
    form.add_new("Joint Drones", Since="'=1+1")
    cell = form.page(NEW)["K6"]
    cell.value = "=1+1 or so"
    cell.data_type = "s"
    path = form.save()
    filled = read(path.read_bytes(), "formula.xlsx")
    copy = annotate(tmp_path / "formula.xlsx", filled.faults, tmp_path / "back")
    assert copy is not None
    from openpyxl import load_workbook

    [found] = [row[3] for row in load_workbook(copy)["To put right"].iter_rows(min_row=2)]
    assert (found.value, found.data_type) == ("=1+1 or so", "s")
