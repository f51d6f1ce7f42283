"""Questions of the catalogue against what the tables of the Scottish picture say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graphmodel.dates import period, span
from graphmodel.query_catalogue import load_catalogue
from graphmodel.reports.queries import query_report
from graphmodel.store import Store
from tests import expected_answers as expected
from tests.expected_answers import Row

Case = tuple[str, dict[str, str], Callable[[], list[Row]]]

ARA = "ayrshire-roads-alliance"
CCS = "renfrewshire-civil-contingencies-service"
EDUCATION = "education"
REVIEW = "clyde-valley-review-of-joint-working-and-shared-services"
REPORT_2020 = "improvement-service-collaborative-working-2020"
PAIRS = "councils-that-work-together"
NEIGHBOURS = "neighbours-without-shared-service"
CANDIDATES = "candidates-by-contiguity"

WHOLE: list[Case] = [
    ("members-of-service", {}, lambda: expected.members_of_service(ARA)),
    ("members-of-service", {"service": CCS}, lambda: expected.members_of_service(CCS)),
    (PAIRS, {}, expected.pairs),
    (PAIRS, {"council": "Dundee"}, lambda: expected.pairs(council="Dundee City")),
    (PAIRS, {"status": "proposed"}, lambda: expected.pairs(statuses=("proposed",))),
    (PAIRS, {"category": EDUCATION}, lambda: expected.pairs(category=EDUCATION)),
    (PAIRS, {"day": "2014-06"}, lambda: expected.pairs(day="2014-06-01")),
    (PAIRS, {"of_all": "true"}, lambda: expected.pairs(universal=True)),
    ("leads-and-hosts", {}, expected.leads_and_hosts),
    (NEIGHBOURS, {}, expected.neighbours),
    (CANDIDATES, {}, lambda: expected.candidates(ARA)),
    (CANDIDATES, {"service": "Tay Cities Deal"}, lambda: expected.candidates("tay-cities-region-deal")),
    ("members-of-members", {}, expected.members_of_members),
    ("savings-by-basis", {}, expected.savings),
    ("workstreams-of-review", {}, lambda: expected.workstreams(REVIEW)),
    (
        "workstreams-of-review",
        {"service": "clyde-valley-review-phase-1"},
        lambda: expected.workstreams("clyde-valley-review-phase-1"),
    ),
    ("services-by-status", {}, expected.by_status),
    ("services-by-status", {"day": "2016"}, lambda: expected.by_status(2016)),
    ("services-on-day", {}, lambda: expected.on_day("2014-06-01")),
    ("services-on-day", {"day": "2003"}, lambda: expected.on_day("2003-01-01")),
    ("services-on-day", {"dated": "true"}, lambda: expected.on_day("2014-06-01", dated=True)),
    (
        "services-on-day",
        {"council": "Midlothian"},
        lambda: expected.on_day("2014-06-01", council="Midlothian"),
    ),
    ("statistics-of-table", {}, lambda: expected.figures("Service category")),
    ("statistics-of-table", {"group": "returns BY region"}, lambda: expected.figures("Returns by region")),
    ("tables-of-figures", {}, expected.tables_of_figures),
    ("facts-by-document", {}, expected.facts_by_document),
    ("services-by-category", {}, expected.by_category),
    ("services-by-delivery-mechanism", {}, expected.by_mechanism),
    ("findings", {}, expected.findings),
    ("findings", {"document": REPORT_2020}, lambda: expected.findings(REPORT_2020)),
    ("partners-and-services", {}, expected.partners),
    ("councils-of-groupings", {}, expected.groupings),
    ("services-of-council", {}, lambda: expected.services_of("GB-LAS-ANS")),
    ("services-of-council", {"council": "Fife"}, lambda: expected.services_of("GB-LAS-FIF")),
    ("priorities-of-councils", {}, expected.priorities),
    ("models-adopted", {}, expected.models),
    ("successions", {}, expected.successions),
]
"""Question, what is given, and the whole answer."""


def is_on(day: str) -> Callable[[Row], bool]:
    return lambda row: span(row["since"], row["until"]).holds(period(day).start)  # type: ignore[arg-type]


def has(**wanted: str) -> Callable[[Row], bool]:
    return lambda row: all(row[column] == value for column, value in wanted.items())


def mentions(column: str, text: str) -> Callable[[Row], bool]:
    return lambda row: text in (row[column] or "")


NARROWED: list[tuple[str, str, str, Callable[[Row], bool]]] = [
    ("services-of-council", "status", "proposed", has(status="proposed")),
    ("members-of-service", "role", "member", has(role="member")),
    ("members-of-service", "day", "2013", is_on("2013")),
    ("leads-and-hosts", "council", "Midlothian", has(council="Midlothian")),
    ("leads-and-hosts", "role", "joint lead", has(role="joint lead")),
    ("leads-and-hosts", "day", "2005", is_on("2005")),
    ("members-of-members", "council", "Inverclyde", has(council="Inverclyde")),
    ("members-of-members", "body", "tayside-contracts", has(through=["Tayside Contracts"])),  # type: ignore[arg-type]
]
