"""The workbook that goes out: what is in it, what it accepts, and how it is protected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graphmodel.errors import GraphmodelError
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from graphmodel.survey.form import ABOUT, FORMS, HEADER_ROW, LISTS
from graphmodel.survey.known import known_activities
from graphmodel.survey.workbook import export_workbooks
from tests.packages import country
from tests.surveys import KNOWN, NEW, PARTNERS, SAVINGS, Workbook


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small country, for reading only."""
    with EmbeddedStore(tmp_path_factory.mktemp("small")) as store:
        country().load(store)
        yield store


def listed(book: Workbook, name: str) -> list[str]:
    """Entries of a drop-down list."""
    area = book.book.defined_names[f"list_{name}"].attr_text
    title, cells = area.replace("'", "").split("!")
    return [str(row[0].value) for row in book.page(title)[cells.replace("$", "")] if row[0].value]


def test_known_activities_are_those_that_may_still_run(store: Store) -> None:
    country().load(store)
    known = known_activities(store)
    assert {council: {one.id for one in found} for council, found in known.items()} == {
        "EX-ARD": {"roads-alliance"},
        "EX-BEN": {"roads-alliance"},
        "EX-CAL": {"roads-alliance"},
        "EX-DUN": {"joint-archives"},
        "EX-ESK": set(),
    }


def test_a_row_holds_what_we_hold(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path)
    columns, page = book.columns(KNOWN), book.page(KNOWN)
    row = book.rows(KNOWN)["Roads Alliance"]
    held = {
        header: page.cell(row, at).value
        for header, at in columns.items()
        if page.cell(row, at).value is not None
    }
    assert held == {
        "Activity": "Roads Alliance",
        "Your role: what we hold": "Lead",
        "Service area: what we hold": "Roads",
        "Type of activity: what we hold": "Joint provision",
        "Since: what we hold": "2014-04",
        "Reference (please leave as it is)": "2027/EX-ARD/roads-alliance",
    }
    partners = book.page(PARTNERS)
    listed_there = {
        tuple(partners.cell(row, at).value for at in (1, 2, 3))
        for row in range(HEADER_ROW + 1, partners.max_row + 1)
        if partners.cell(row, 1).value
    }
    assert listed_there == {
        ("Roads Alliance", "Ben and Glen", "Member"),
        ("Roads Alliance", "Caldale", "Member"),
    }


def test_lists_are_the_models_own(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path)
    assert listed(book, "operational") == ["Yes", "Yes, but changed", "No", "No, we have left"]
    assert listed(book, "category") == ["Roads"]
    assert listed(book, "type") == ["Joint provision"]
    assert listed(book, "basis") == ["Projected", "Anticipated", "Realised"]
    assert listed(book, "activity") == ["Roads Alliance"]


@pytest.mark.parametrize("version", sorted(FORMS))
def test_every_cell_to_fill_is_open_and_checked_and_no_other(
    small: Store, tmp_path: Path, version: str
) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path, version=version)
    for sheet in FORMS[version].sheets:
        page = book.page(sheet.title)
        assert page.protection.sheet
        assert page.protection.password is None
        last = page.max_row
        for at, field in enumerate(sheet.fields, 1):
            assert page.cell(last, at).protection.locked == field.locked, field.header
            rules = [
                rule
                for rule in page.data_validations.dataValidation
                if page.cell(last, at).coordinate in rule.sqref
            ]
            assert len(rules) == (0 if field.locked else 1), field.header
            if field.choices:
                assert field.locked or rules[0].formula1 == f"list_{field.choices}"


def test_what_is_required_is_said_in_words(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path)
    for sheet in FORMS["2"].sheets:
        headers = [str(cell.value) for cell in book.page(sheet.title)[HEADER_ROW]]
        assert headers == [field.printed for field in sheet.fields]
        assert any(header.endswith("(required)") for header in headers)


def test_a_screen_reader_finds_its_way(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path)
    properties = book.book.properties
    assert properties.language == "en-GB"
    assert properties.title == "Survey of shared services 2027: Ardshire"
    names = set()
    for sheet in FORMS["2"].sheets:
        page = book.page(sheet.title)
        assert not page.merged_cells.ranges
        assert page["A1"].value == sheet.heading
        [table] = page.tables.values()
        assert table.headerRowCount == 1
        assert table.ref.startswith(f"A{HEADER_ROW}:")
        assert page.freeze_panes == f"B{HEADER_ROW + 1}"
        assert page.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        names.add(table.displayName)
    assert len(names) == len(FORMS["2"].sheets)


def test_hidden_sheets_say_which_form_it_is(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path)
    assert {page.title for page in book.book.worksheets if page.sheet_state != "visible"} == {
        ABOUT,
        LISTS,
    }
    page: Worksheet = book.page(ABOUT)
    said = {str(key.value): value.value for key, value in page["A1:B20"] if key.value}
    assert said.pop("made on")
    assert said == {
        "form version": "2",
        "wave": "2027",
        "council id": "EX-ARD",
        "council": "Ardshire",
        "purpose": "survey",
        "asked": "name",
        "roads-alliance": "Roads Alliance",
    }


def test_a_council_without_activities_is_asked_for_new_ones(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Eskland", tmp_path)
    assert book.rows(KNOWN) == {}
    assert "no activity" in str(book.page(KNOWN)["A2"].value)
    assert book.columns(NEW)["Activity"] == 1


def test_names_that_look_like_formulas_stay_text(embedded: Store, tmp_path: Path) -> None:
    name = "=HYPERLINK(1)"
    country().changed("services", {"id": "roads-alliance"}, name=name).load(embedded)
    book = Workbook.of(embedded, "Ardshire", tmp_path)
    row = book.rows(KNOWN)[name]
    assert book.page(KNOWN).cell(row, 1).data_type == "s"
    assert {cell.data_type for row in book.page(LISTS) for cell in row} <= {"s", "n"}


def test_two_activities_of_one_name_are_told_apart(embedded: Store, tmp_path: Path) -> None:
    package = country().changed(
        "services", {"id": "roads-pilot"}, status="live", name="Roads Alliance"
    )
    package.changed("participations", {"service": "roads-pilot"}, until="").load(embedded)
    book = Workbook.of(embedded, "Ardshire", tmp_path)
    names = {"Roads Alliance (roads-alliance)", "Roads Alliance (roads-pilot)"}
    assert set(book.rows(KNOWN)) == names


def test_all_councils_get_one_each(small: Store, tmp_path: Path) -> None:
    written = export_workbooks(small, "2027", tmp_path / "out")
    assert {path.name for path in written} == {
        "survey-2027-ardshire.xlsx",
        "survey-2027-ben-and-glen.xlsx",
        "survey-2027-caldale.xlsx",
        "survey-2027-dunross-city.xlsx",
        "survey-2027-eskland.xlsx",
    }
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in written}


@pytest.mark.parametrize("wave", ["next", "27", "0001", "\uff12\uff10\uff12\uff17"])
def test_a_wave_is_a_year(small: Store, tmp_path: Path, wave: str) -> None:
    with pytest.raises(GraphmodelError, match="is not a year"):
        export_workbooks(small, wave, tmp_path)


def test_what_is_made_for_a_trial_says_so_on_the_cover(small: Store, tmp_path: Path) -> None:
    [path] = export_workbooks(small, "2027", tmp_path, ["Ardshire"], made=True)
    cover = load_workbook(path)["Cover"]
    texts = [cell.value for row in cover for cell in row]
    assert "Made for a trial: not a real return." in texts


def test_the_command_wants_to_know_whose(tmp_path: Path) -> None:
    from graphmodel.cli import main

    environment = {"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""}
    result = CliRunner(env=environment).invoke(main, ["survey", "export", "--wave", "2027"])
    assert result.exit_code == 2
    assert "--council NAME, or --all" in result.output


def test_savings_ask_for_basis_and_period(small: Store, tmp_path: Path) -> None:
    book = Workbook.of(small, "Ardshire", tmp_path)
    assert list(book.columns(SAVINGS)) == [
        "Activity",
        "Amount in pounds",
        "Basis",
        "From",
        "To",
        "Note",
    ]
