"""The tables against the five documents, which only a developer's checkout has beside it.

That they hold all that the documents say, nobody can test; that what they hold is
printed where they say that it is, these tests do. They need no store.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from graphmodel.model.tables import TABLES
from loaders.datasets import locate
from tests.document_checks import FIGURES, FURTHER_NAMES, Checker
from tests.documents import bare, figures, papers
from tests.scotland_tables import Row, table

DUNDEE = "dundee-report-410-2016"
INVERCLYDE = "inverclyde-clyde-valley-review-2010"
MIDLOTHIAN = "midlothian-partnership-working-2015"
REPORT = "improvement-service-collaborative-working-2020"

FIGURE_ELSEWHERE = {
    (DUNDEE, "§4.2"): "the document's own date",
    (INVERCLYDE, "§2.5"): "a rank in the list of §2.3",
    (REPORT, "Section 3, Definitions, footnote 1"): "at the foot, within the next section's text",
    (REPORT, "Section 3, Definitions, footnote 2"): "at the foot, within the next section's text",
}
"""Places whose prose has a figure from elsewhere in the document, and from where."""
NAMED_ELSEWISE = {
    (DUNDEE, "School Data Analysis Review (Tayside)"): "data is analysed",
    (MIDLOTHIAN, "Police Scotland"): "Police colleagues",
}
"""Names of which a document has not all words, and the words that it has for them."""
ALSO_PRIORITISED = "Inverclyde's top three priorities that other authorities also prioritised"
NEXT_ALSO_PRINTED = {
    (INVERCLYDE, "§2.4", ALSO_PRIORITISED),
    (INVERCLYDE, "§4.11", ALSO_PRIORITISED),
    (MIDLOTHIAN, "§3.1, Self Improving Schools", "Secondary schools in each learning trio"),
    (REPORT, "Appendix 3, Case Study 2, Nature of service", "staff"),
    (REPORT, "Appendix 3, Case Study 2, Future developments", "years between reviews"),
    (REPORT, "Appendix 3, Case Study 3, Nature of service", "full-time staff"),
    (
        REPORT,
        "Appendix 3, Case Study 3, Progress and benefits",
        "years between reviews of the volunteer community by Children's Hearings Scotland",
    ),
}
"""Small counts whose section also prints the next larger number, of something else."""

PRINTED_TABLES = [
    ("Activity type", "Section 2, Activity/Category", "activity_types"),
    ("Returns by region", "Appendix 1, Returns by region", None),
    ("Service category", "Appendix 1, Returns by service/activity area", "categories"),
]
"""Tables of the report: their group and place, and the list of names made from them."""


@pytest.fixture(scope="module")
def checker(seeds: Path) -> Checker:
    names = [name for name in TABLES if (locate("scotland") / f"{name}.csv").exists()]
    return Checker(papers(seeds), {name: table(name) for name in names})


def test_anchors_are_found_once_each_and_in_order(checker: Checker) -> None:
    for paper in checker.papers.values():
        assert paper.starts[0] == 0, f"{paper.id}: text before the first section"
        before = 0
        for section, start in zip(paper.sections, paper.starts, strict=True):
            times = paper.text[before:].count(section.anchor)
            assert times == 1, f"{paper.id}, {section.name}: its anchor is there {times} times"
            assert start > before or start == 0, f"{paper.id}, {section.name}: out of order"
            before = start


def test_sections_of_a_part_lie_within_the_whole(checker: Checker) -> None:
    contact_centre = checker.section({"source": MIDLOTHIAN, "locator": "§3.1, Contact Centre"})
    whole = checker.section({"source": MIDLOTHIAN, "locator": "§3.1"})
    assert contact_centre.text.endswith("arrangement with its Contact Centre in 2010. - ")
    assert contact_centre.text in whole.text
    assert contact_centre.text not in whole.opening
    assert whole.text.endswith("providing this service for both Councils. ")


def test_every_section_has_rows_or_a_reason(checker: Checker) -> None:
    rows = Counter((row["source"], checker.section(row).name) for _, _, row in checker.cited())
    wrong = [
        f"{paper.id}, {section.name}: {rows[paper.id, section.name]} rows, {section.reason!r}"
        for paper in checker.papers.values()
        for section in paper.sections
        if bool(rows[paper.id, section.name]) == bool(section.reason)
    ]
    assert wrong == []


def test_every_locator_is_a_place_of_its_document(checker: Checker) -> None:
    lost = [
        f"{name}.csv, row {number}: {row['locator']}"
        for name, number, row in checker.cited()
        if checker.papers[row["source"]].section(row["locator"]) is None
    ]
    assert lost == []


def problems(checker: Checker, columns: Callable[[Row], set[str]]) -> list[str]:
    return [
        f"{name}.csv, row {number}, {column}: {row[column]!r} is not at {row['locator']}"
        for name, number, row in checker.cited()
        for column in sorted(columns(row))
    ]


def test_figures_are_printed_where_the_row_says(checker: Checker) -> None:
    assert problems(checker, checker.unprinted) == []


def test_figures_in_prose_are_printed_where_the_row_says(checker: Checker) -> None:
    untold = [row for _, _, row in checker.cited() if checker.untold(row)]
    assert {(row["source"], row["locator"]) for row in untold} == set(FIGURE_ELSEWHERE)


def test_figures_in_notes_and_reasons_are_in_the_document(checker: Checker) -> None:
    assert problems(checker, checker.unfounded) == []


@pytest.mark.parametrize(("group", "place", "list_of_names"), PRINTED_TABLES)
def test_tables_of_the_report_are_held_whole(
    checker: Checker, group: str, place: str, list_of_names: str | None
) -> None:
    lines = checker.papers[REPORT].lines_in(checker.section({"source": REPORT, "locator": place}))
    printed = [
        (label, unit, value)
        for label, *values in lines
        for unit, value in zip(("activities", "% of total"), values, strict=True)
    ]
    assert printed == [
        (row["label"], row["unit"], int(row["value"]))
        for row in table("statistics")
        if (row["group"], row["locator"]) == (group, place)
    ]
    if list_of_names:
        held = {row["name"]: int(row["position"]) for row in table(list_of_names)}
        assert held == {label: place for place, (label, _, _) in enumerate(lines, 1)}


def test_documents_are_what_they_say_of_themselves(checker: Checker) -> None:
    for row in table("documents"):
        if row["id"] not in checker.papers:
            continue
        paper = checker.papers[row["id"]]
        for column in ("title", "publisher", "reference"):
            assert not row[column] or bare(row[column]) in bare(paper.text), (row["id"], column)
        assert row["published"] in figures(paper.text).dates, row["id"]


def test_names_are_in_the_document(checker: Checker) -> None:
    unnamed = {
        (row["source"], row["name"])
        for name, _, row in checker.cited()
        if name in ("services", "partners") and not checker.is_named(row)
    }
    assert unnamed == set(NAMED_ELSEWISE)
    for (source, _), words in NAMED_ELSEWISE.items():
        assert bare(words) in bare(checker.papers[source].text)


def test_councils_are_named_or_meant_where_the_row_says(checker: Checker) -> None:
    councils = {row["id"] for row in table("councils")}
    assert [
        f"{name}.csv, row {number}: {row[column]} is not meant at {row['locator']}"
        for name, number, row in checker.cited()
        for column in ("participant", "member", "council")
        if row.get(column) in councils and not checker.is_meant(row, row[column])
    ] == []


def test_no_sentence_is_copied(checker: Checker) -> None:
    assert {
        f"{name}.csv, row {number}: {run}"
        for name, rows in checker.tables.items()
        for number, row in enumerate(rows, 2)
        for run in checker.copied(row)
    } == set()
    everything = " ".join(bare(paper.text) for paper in checker.papers.values())
    assert [name for name in FURTHER_NAMES if bare(name) not in everything] == []


# That the checks find what is wrong


def next_figure(cell: str) -> str:
    """The same with its last figure, or both years of a financial year, one larger."""
    if found := re.fullmatch(r"([0-9]{4})/([0-9]{2})", cell):
        return f"{int(found[1]) + 1}/{int(found[2]) + 1:02}"
    *_, last = re.finditer("[0-9]+", cell)
    larger = str(int(last[0]) + 1).zfill(len(last[0]))
    return cell[: last.start()] + larger + cell[last.end() :]


def test_a_figure_that_is_one_larger_is_found(checker: Checker) -> None:
    damaged = 0
    overlooked = set()
    for _, _, row in checker.cited():
        for column in FIGURES:
            if row.get(column):
                damaged += 1
                if column not in checker.unprinted(row | {column: next_figure(row[column])}):
                    overlooked.add((row["source"], row["locator"], row.get("name")))
    assert damaged > 700
    assert overlooked == NEXT_ALSO_PRINTED


def test_another_place_council_or_name_is_found(checker: Checker) -> None:
    roads = {"source": "tayside-collaborative-working-update-2018", "locator": "Roads"}
    assert checker.is_meant(roads, "GB-LAS-ANS")
    assert not checker.is_meant(roads, "GB-LAS-FIF")
    back_office = {"source": INVERCLYDE, "locator": "§2.8"}
    assert checker.is_meant(back_office, "GB-LAS-ERW")
    assert not checker.is_meant(back_office, "GB-LAS-RFW")
    row = next(row for row in table("services") if row["name"] == "Tayside Roads Collaboration")
    assert checker.is_named(row)
    assert not checker.is_named(row | {"name": "Tayside Harbours Collaboration"})
    saving = table("savings")[0]
    assert not checker.unprinted(saving)
    elsewhere = checker.unprinted(saving | {"locator": "Appendix 3, Case Study 1, Origins"})
    assert elsewhere == {"amount", "from", "to"}


def test_a_copied_sentence_is_found(checker: Checker) -> None:
    finding = table("findings")[0]
    sentence = checker.papers[finding["source"]].text[400:520]
    assert checker.copied(finding) == set()
    assert checker.copied(finding | {"text": sentence.upper()}) != set()
