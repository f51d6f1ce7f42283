"""Out, filled in, saved by LibreOffice in several ways, and back: the answers are the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from graphmodel.store import Store
from graphmodel.survey.returns import returns_of
from loaders.survey.importing import Office, import_returns
from tests import libreoffice
from tests.conftest import IN_CI
from tests.packages import country
from tests.surveys import FINDINGS, NEW, PARTNERS, SAVINGS, Workbook

Saved = Callable[[Path, Path], Path]


@pytest.fixture(scope="module", autouse=True)
def _libreoffice() -> None:
    """Skip where LibreOffice is missing; in CI install it, and fail if that cannot be."""
    if IN_CI:
        libreoffice.prepare()
    elif libreoffice.found() is None:
        pytest.skip("LibreOffice is not here: python -m tests.libreoffice installs it")


def as_workbook(path: Path, folder: Path) -> Path:
    return libreoffice.convert(path, "xlsx", folder / "xlsx")


def by_way_of_its_own_kind(path: Path, folder: Path) -> Path:
    own = libreoffice.convert(path, "ods", folder / "ods")
    return libreoffice.convert(own, "xlsx", folder / "back")


def filled_in(store: Store, folder: Path) -> Workbook:
    """A form with something on every sheet."""
    book = Workbook.of(store, "Ardshire", folder).answered()
    book.answer("Roads Alliance", "Yes, but changed", **{"Reach: correction": "Region"})
    book.add_new("Joint Drones", Since="2026-06", **{"With whom": "Caldale; Drone Friends"})
    row = book.add_new("Joint Boats", Since=date(2026, 6, 1))
    book.page(NEW).cell(row, book.columns(NEW)["Since"]).number_format = "dd/mm/yyyy"
    friend = {"Partner": "Esk Waste Limited", "Role of the partner": "Provider"}
    book.add(PARTNERS, Activity="Joint Boats", **friend)
    told = {"Kind": "Challenge", "Theme": "wind", "In your words": "It blows.\nOften."}
    book.add(FINDINGS, Activity="Joint Drones", **told)
    saved = {"Amount in pounds": 1250000.5, "Basis": "Projected", "From": "2026/27"}
    book.add(SAVINGS, Activity="Roads Alliance", **saved)
    return book


@pytest.mark.slow
@pytest.mark.parametrize("saved", [as_workbook, by_way_of_its_own_kind])
def test_what_libreoffice_saves_says_the_same(
    embedded: Store, tmp_path: Path, saved: Saved
) -> None:
    country().load(embedded)
    path = filled_in(embedded, tmp_path / "out").save()
    office = Office(embedded, tmp_path / "surveys")
    sent, came = office.read(path), office.read(saved(path, tmp_path))
    assert (came.faults, sent.faults) == ([], [])
    assert came.content == sent.content
    assert len(came.answers) == 3
    done = import_returns(embedded, [saved(path, tmp_path / "again")], folder=tmp_path / "surveys")
    assert done.questions == []
    [found] = returns_of(embedded, "2027")
    assert {answer.id for answer in found.answers} == {
        "roads-alliance",
        "joint-drones",
        "joint-boats",
    }
    same = import_returns(embedded, [path], folder=tmp_path / "surveys")
    assert (same.taken, same.loads[0].has_written) == ([], False)


@pytest.mark.slow
def test_a_sheet_that_libreoffice_saves_as_csv(embedded: Store, tmp_path: Path) -> None:
    country().load(embedded)
    path = filled_in(embedded, tmp_path / "out").save()
    kind = libreoffice.CSV_OF_SECOND_SHEET
    done = import_returns(
        embedded, [libreoffice.convert(path, kind, tmp_path / "csv")], folder=tmp_path / "surveys"
    )
    assert [document for document, _ in done.taken] == ["survey-2027-ardshire"]
    [found] = returns_of(embedded, "2027")
    [answer] = found.answers
    assert (answer.id, answer.operational, answer.reach) == ("roads-alliance", "changed", "region")


def test_lists_and_protection_outlive_libreoffice(embedded: Store, tmp_path: Path) -> None:
    country().load(embedded)
    path = filled_in(embedded, tmp_path / "out").save()
    before, after = Workbook(path), Workbook(as_workbook(path, tmp_path))
    for title in (NEW, SAVINGS, PARTNERS):
        assert after.page(title).protection.sheet
        assert _lists(after, title) == _lists(before, title)


def _lists(book: Workbook, title: str) -> set[str]:
    """Names of the lists that a sheet's cells draw on."""
    return {
        str(rule.formula1)
        for rule in book.page(title).data_validations.dataValidation
        if rule.type == "list"
    }
