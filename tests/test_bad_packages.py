"""Every kind of mistake in a data package, and what its author is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graphmodel.model.tables import TABLES
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.problems import RejectedDataError
from tests.packages import Package, country, graph_of, runs_of

GOOD = country()
CAL = {"participant": "EX-CAL"}
FERRY = {"kind": "ferry"}
ROLES = (
    "this word is not in the list. Expected 'lead', 'joint lead', 'host', 'provider', 'member', "
    "'associate', 'affiliate', 'customer', 'funder' or 'supporter'."
)
CUT = f"a\N{REPLACEMENT CHARACTER}b{77 * 'c'}…"
DATE = "expected a date as YYYY, YYYY-MM or YYYY-MM-DD."
QUOTES = "Look for a double quote that is not closed or doubled."
QUOTE = "Put cells with commas in double quotes."
BORDERS = "Expected: council, neighbour, kind, km, note, source, locator."
ANY_TABLE = f"no table of the model has this name. Expected: {', '.join(TABLES)}."
SPELL = "One spell of membership is one row."
BESIDE = "the path must lead to a file beside the descriptor."


def participation(**cells: str) -> Package:
    return GOOD.changed("participations", CAL, **cells)


def ferry(**cells: str) -> Package:
    return GOOD.changed("borders", FERRY, **cells)


def spell(**cells: str) -> dict[str, str]:
    return {"participant": "Ben & Glen", "service": "roads-alliance", "role": "member", **cells}


def replaced(table: str, old: str, new: str) -> Package:
    text = GOOD.text(table)
    assert old in text
    return GOOD.with_file(f"{table}.csv", text.replace(old, new))


def at(table: str, **description: object) -> Package:
    """With another description of where a table is."""
    return GOOD.with_resources(
        lambda resources: next(r for r in resources if r["name"] == table).update(description)
    )


ROWS: dict[str, tuple[Package, str]] = {
    "unknown column": (
        GOOD.changed("borders", FERRY, qqq="red"),
        f"borders.csv, row 1, column qqq: no such column. {BORDERS}",
    ),
    "column without name": (
        GOOD.changed("borders", FERRY, **{" ": "red"}),
        f"borders.csv, row 1, column (no name): no such column. {BORDERS}",
    ),
    "missing column": (
        GOOD.with_table("borders", [{"council": "EX-ARD", "neighbour": "EX-BEN", "kind": "land"}]),
        "borders.csv, row 1, column locator: this column is required and not there.\n"
        "borders.csv, row 1, column source: this column is required and not there.",
    ),
    "misspelt column": (
        replaced("borders", "neighbour", "neighbor"),
        f"borders.csv, row 1, column neighbor: no such column. Did you mean neighbour? {BORDERS}\n"
        "borders.csv, row 1, column neighbour: this column is required and not there.",
    ),
    "two columns of one name": (
        replaced("borders", "neighbour", " council "),
        "borders.csv, row 1, column council: two columns have this name.",
    ),
    "missing value": (
        participation(role=" "),
        "participations.csv, row 5, column role: '': a value is required here.",
    ),
    "no source": (
        GOOD.changed("memberships", {"member": "EX-DUN"}, source=""),
        "memberships.csv, row 3, column source: '': a value is required here.",
    ),
    "no locator": (
        GOOD.changed("memberships", {"member": "EX-DUN"}, locator=""),
        "memberships.csv, row 3, column locator: '': a value is required here.",
    ),
    "unknown role": (
        participation(role="boss"),
        f"participations.csv, row 5, column role: 'boss': {ROLES}",
    ),
    "long and unprintable": (
        participation(role="a\tb" + 90 * "c"),
        f"participations.csv, row 5, column role: '{CUT}': {ROLES}",
    ),
    "unknown status": (
        GOOD.changed("services", {"id": "roads-pilot"}, status="over"),
        "services.csv, row 3, column status: 'over': this word is not in the list. "
        "Expected 'proposed', 'pilot', 'live', 'ended' or 'rejected'.",
    ),
    "no such day": (
        participation(since="2013-02-30"),
        "participations.csv, row 5, column since: '2013-02-30': there is no day 2013-02-30.",
    ),
    "no such month": (
        participation(until="2013-13"),
        "participations.csv, row 5, column until: '2013-13': there is no month 13.",
    ),
    "no such year": (
        participation(since="0000"),
        "participations.csv, row 5, column since: '0000': there is no year 0000 here: "
        "expected 0001 to 9998.",
    ),
    "text for a date": (
        participation(since="last spring"),
        f"participations.csv, row 5, column since: 'last spring': {DATE}",
    ),
    "date of another country": (
        GOOD.changed("documents", {"id": "minutes-2015"}, published="31/03/2015"),
        f"documents.csv, row 3, column published: '31/03/2015': {DATE}",
    ),
    "no such financial year": (
        GOOD.changed("savings", {}, to="2023/25"),
        "savings.csv, row 2, column to: '2023/25': 2023/25 is not a financial year: "
        "expected one like 2014/15.",
    ),
    "spell that ends before it starts": (
        participation(until="2014"),
        "participations.csv, row 5: it ends (2014) before it starts (2015).",
    ),
    "service that ends before it starts": (
        GOOD.changed("services", {"id": "roads-pilot"}, end="2011-12-31"),
        "services.csv, row 3: it ends (2011-12-31) before it starts (2012).",
    ),
    "spells that overlap": (
        GOOD.plus("participations", spell(since="2015")),
        "participations.csv, row 10, column since: '2015': "
        f"this spell overlaps with those of rows 3 and 4. {SPELL}",
    ),
    "border with itself": (
        ferry(council="Caldale Council"),
        "borders.csv, row 6, column neighbour: 'EX-CAL': Caldale is on both ends.",
    ),
    "member of itself": (
        GOOD.plus("memberships", {"member": "esk-waste", "partner": "esk-waste"}),
        "memberships.csv, row 4: esk-waste is on both ends.",
    ),
    "unknown council": (
        ferry(council="Calldale"),
        "borders.csv, row 6, column council: 'Calldale': no council of this name is known. "
        "Did you mean Caldale",
    ),
    "unknown council that is like none": (
        ferry(council="Zzz"),
        "borders.csv, row 6, column council: 'Zzz': no council of this name is known.",
    ),
    "partner where only a council can be": (
        ferry(council="nhs-ardshire"),
        "borders.csv, row 6, column council: 'nhs-ardshire': no council of this name is known. "
        "There is a partner of this name.",
    ),
    "name of two": (
        participation(participant="Caldale").plus(
            "partners", {"id": "caldale-trust", "name": "The Caldale Council", "kind": "charity"}
        ),
        "participations.csv, row 5, column participant: 'Caldale': 'Caldale' may be "
        "any of: Caldale (EX-CAL), The Caldale Council (caldale-trust). Give the id.",
    ),
    "unknown document of an edge": (
        ferry(source="review-2021"),
        "borders.csv, row 6, column source: 'review-2021': no document of this name is known. "
        "Did you mean Review of Shared Services",
    ),
    "unknown document of a node": (
        GOOD.changed("councils", {"id": "EX-CAL"}, source="zzz"),
        "councils.csv, row 4, column source: 'zzz': no document of this name is known.",
    ),
    "repeated row": (
        GOOD.plus("participations", spell(since="2018")),
        "participations.csv, row 10: the row says again what row 4 says. Remove one of the two.",
    ),
    "repeated border the other way round": (
        GOOD.plus("borders", {"council": "X02", "neighbour": "X92", "kind": "land", "km": "120.5"}),
        "borders.csv, row 7: the row says again what row 2 says. Remove one of the two.",
    ),
    "text for a number": (
        GOOD.changed("councils", {"id": "EX-CAL"}, population="many"),
        "councils.csv, row 4, column population: 'many': "
        "expected a valid integer, unable to parse string as an integer.",
    ),
    "number that cannot be": (
        GOOD.changed("borders", {"km": "14"}, km="inf"),
        "borders.csv, row 4, column km: 'inf': expected a finite number.",
    ),
    "text for yes or no": (
        GOOD.changed("services", {"id": "joint-archives"}, members_complete="perhaps"),
        "services.csv, row 4, column members_complete: 'perhaps': "
        "expected a valid boolean, unable to interpret input.",
    ),
    "name for a slug": (
        GOOD.plus("partners", {"id": "The Trust", "name": "The Trust", "kind": "charity"}),
        "partners.csv, row 4, column id: 'The Trust': "
        "expected small letters, digits and hyphens (city-council), or a registry's id "
        "(GB-SC-SC012345).",
    ),
    "judgement of nobody": (
        GOOD.changed("services", {"id": "joint-archives"}, spectrum="integrate"),
        "services.csv, row 4: spectrum needs spectrum_basis: stated or assessed.",
    ),
    "too many cells": (
        replaced("groupings", "Northern Deal", "Northern, Deal"),
        f"groupings.csv, row 2: the row has 7 cells where the header has 6. {QUOTE}",
    ),
    "too few cells": (
        replaced("groupings", ",2018", ""),
        f"groupings.csv, row 2: the row has 5 cells where the header has 6. {QUOTE}",
    ),
}

FILES: dict[str, tuple[Package, str]] = {
    "not UTF-8": (
        GOOD.with_file("councils.csv", GOOD.text("councils").encode("latin-1")),
        "councils.csv, row 2: 'byte 0xc1': the file is not in UTF-8. Save it as \"CSV UTF-8\".",
    ),
    "UTF-16": (
        GOOD.with_file("councils.csv", GOOD.text("councils").encode("utf-16")),
        "councils.csv, row 1: 'byte 0xff': the file is not in UTF-8. Save it as \"CSV UTF-8\".",
    ),
    "empty file": (
        GOOD.with_file("borders.csv", ""),
        "borders.csv, row 1: the file is empty: expected a header row.",
    ),
    "nothing but blank lines": (
        GOOD.with_file("borders.csv", "\r\n\n"),
        "borders.csv, row 1: the file is empty: expected a header row.",
    ),
    "broken quoting": (
        replaced("borders", "EX-BEN,EX-DUN", '"EX-BEN"x,EX-DUN'),
        f"borders.csv, row 4: this is not valid CSV (',' expected after '\"'). {QUOTES}",
    ),
    "huge cell": (
        GOOD.changed("services", {"id": "joint-archives"}, governance=100_001 * "x"),
        "services.csv, row 4: this is not valid CSV (field larger than field limit (100000)).",
    ),
    "unknown table": (
        GOOD.with_resources(lambda all_: all_.append({"name": "ferries", "path": "borders.csv"})),
        f"datapackage.json, column resources: 'ferries': {ANY_TABLE}",
    ),
    "table without description": (
        GOOD.with_resources(lambda all_: all_.append("borders.csv")),
        f"datapackage.json, column resources: '': {ANY_TABLE}",
    ),
    "missing file": (
        at("borders", path="nowhere.csv"),
        "datapackage.json, column resources: 'nowhere.csv': "
        "the file cannot be read (No such file or directory).",
    ),
    "folder for a file": (
        at("borders", path="."),
        "datapackage.json, column resources: '.': the file cannot be read (Is a directory).",
    ),
    "path outside the package": (
        at("borders", path="sub/../../borders.csv"),
        f"datapackage.json, column resources: 'sub/../../borders.csv': {BESIDE}",
    ),
    "path from the root": (
        at("borders", path="/etc/hosts"),
        f"datapackage.json, column resources: '/etc/hosts': {BESIDE}",
    ),
    "no path": (
        at("borders", path=None),
        f"datapackage.json, column resources: '': {BESIDE}",
    ),
    "two resources of one name": (
        GOOD.with_resources(lambda all_: all_.append({"name": "borders", "path": "more.csv"})),
        "datapackage.json, column resources: 'borders': two resources have this name. "
        "Put all rows into one file.",
    ),
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store that holds the country, and shall go on doing so."""
    with EmbeddedStore(tmp_path_factory.mktemp("country")) as store:
        GOOD.load(store)
        yield store


@pytest.mark.parametrize(
    ("package", "expected"), [*ROWS.values(), *FILES.values()], ids=[*ROWS, *FILES]
)
def test_a_mistake_is_told_and_nothing_is_written(
    loaded: Store, package: Package, expected: str
) -> None:
    before, runs = graph_of(loaded), runs_of(loaded)

    with pytest.raises(RejectedDataError) as rejection:
        package.load(loaded, force=True)

    told = [str(problem).rstrip(".?") for problem in rejection.value.problems]
    assert told == [line.rstrip(".?") for line in expected.split("\n")]
    assert graph_of(loaded) == before
    assert [*(run["outcome"] for run in runs), "refused"] == [
        run["outcome"] for run in runs_of(loaded)
    ]


@pytest.mark.parametrize(
    "package",
    [
        GOOD.with_file("councils.csv", GOOD.text("councils").encode("utf-8-sig")),
        GOOD.with_file("datapackage.json", b"\xef\xbb\xbf" + GOOD.files()["datapackage.json"]),
        GOOD.with_file("borders.csv", GOOD.text("borders").replace("\r\n", "\n\n , ,,,, \n")),
        GOOD.with_file("borders.csv", GOOD.text("borders").replace(",", " , ")),
        GOOD.with_file("borders.csv", GOOD.text("borders").rstrip()),
    ],
    ids=["BOM", "BOM of the descriptor", "blank rows", "blanks around cells", "no last line end"],
)
def test_what_spreadsheets_leave_behind_is_no_mistake(loaded: Store, package: Package) -> None:
    before = graph_of(loaded)

    report = package.load(loaded)

    assert report.total("unchanged") == 47
    assert graph_of(loaded) == before


@pytest.mark.parametrize(
    ("package", "row"),
    [
        (replaced("borders", "EX-BEN,land,120.5", 'EX-BEN,"land,120.5'), 2),
        (
            GOOD.changed("borders", {"km": "120.5"}, note="two\nlines").with_file(
                "borders.csv",
                GOOD.changed("borders", {"km": "120.5"}, note="two\nlines")
                .text("borders")
                .replace("EX-DUN,land", '"EX-DUN"x,land'),
            ),
            4,
        ),
    ],
    ids=["quote that is not closed", "broken quoting below a cell of two lines"],
)
def test_broken_quoting_is_told_with_its_row(loaded: Store, package: Package, row: int) -> None:
    with pytest.raises(RejectedDataError) as rejection:
        package.load(loaded)

    assert [problem.row for problem in rejection.value.problems] == [row]
