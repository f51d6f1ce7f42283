"""Questions of the catalogue against what the tables of the Scottish picture say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from graphmodel.query_catalogue import load_catalogue
from graphmodel.reports.queries import query_report
from graphmodel.store import Store
from tests import answers_on_councils as councils
from tests import answers_on_facts as facts
from tests import answers_on_services as services
from tests import answers_on_ties as ties
from tests.scotland_tables import Row, holds
from tests.scotland_tables import services as the_services

ARA = "ayrshire-roads-alliance"
CCS = "renfrewshire-civil-contingencies-service"
TAY_DEAL = "tay-cities-region-deal"
EDUCATION = "education-learning"
REVIEW = "clyde-valley-review-of-joint-working-and-shared-services"
PHASE_1 = "clyde-valley-review-phase-1"
REPORT_2020 = "improvement-service-collaborative-working-2020"
PAIRS = "councils-that-work-together"
NEIGHBOURS = "neighbours-without-shared-service"
CANDIDATES = "candidates-by-contiguity"
ON_DAY = "services-on-day"
CHAINS = "chains-between-councils"
GLASGOW_DEAL = "glasgow-city-region-deal"
SINGLE = "facts-with-single-source"
COVERAGE = "coverage-of-service-areas"
JOINED = "joined-and-left"
SAY, WLN, FIF, ANS = ("GB-LAS-SAY", "GB-LAS-WLN", "GB-LAS-FIF", "GB-LAS-ANS")
WHOLE: list[tuple[str, dict[str, str], Callable[[], list[Row]]]] = [
    ("services-of-council", {}, lambda: councils.services_of("GB-LAS-ANS")),
    (
        "services-of-council",
        {"council": "Midlothian", "day": "2010-06"},
        lambda: councils.services_of("GB-LAS-MLN", "2010-06-01"),
    ),
    ("members-of-service", {}, lambda: councils.members_of_service(ARA)),
    ("members-of-service", {"service": CCS}, lambda: councils.members_of_service(CCS)),
    (PAIRS, {}, councils.pairs),
    (PAIRS, {"council": "Dundee"}, lambda: councils.pairs(council="Dundee City")),
    (PAIRS, {"status": "proposed"}, lambda: councils.pairs(statuses=("proposed",))),
    (PAIRS, {"category": EDUCATION}, lambda: councils.pairs(category=EDUCATION)),
    (PAIRS, {"day": "2014-06"}, lambda: councils.pairs(day="2014-06-01")),
    (PAIRS, {"of_all": "true"}, lambda: councils.pairs(universal=True)),
    ("leads-and-hosts", {}, councils.leads_and_hosts),
    (NEIGHBOURS, {}, councils.neighbours),
    (NEIGHBOURS, {"council": "Fife"}, lambda: councils.neighbours("Fife")),
    (CANDIDATES, {}, lambda: councils.candidates(ARA)),
    (CANDIDATES, {"service": "Tay Cities Deal"}, lambda: councils.candidates(TAY_DEAL)),
    ("members-of-members", {}, councils.members_of_members),
    ("partners-and-services", {}, councils.partners),
    ("councils-of-groupings", {}, councils.groupings),
    ("priorities-of-councils", {}, councils.priorities),
    ("savings-by-basis", {}, services.savings),
    ("workstreams-of-review", {}, lambda: services.workstreams(REVIEW)),
    ("workstreams-of-review", {"service": PHASE_1}, lambda: services.workstreams(PHASE_1)),
    ("services-by-status", {}, services.by_status),
    ("services-by-status", {"day": "2016"}, lambda: services.by_status(2016)),
    (ON_DAY, {}, lambda: services.on_day("2014-06-01")),
    (ON_DAY, {"day": "2003"}, lambda: services.on_day("2003-01-01")),
    (ON_DAY, {"dated": "true"}, lambda: services.on_day("2014-06-01", dated=True)),
    ("statistics-of-table", {}, lambda: services.figures("Service category")),
    ("statistics-of-table", {"group": "ACTIVITY type"}, lambda: services.figures("Activity type")),
    ("tables-of-figures", {}, services.tables_of_figures),
    ("facts-by-document", {}, services.facts_by_document),
    ("services-by-category", {}, services.by_category),
    ("services-by-delivery-mechanism", {}, services.by_mechanism),
    ("findings", {}, services.findings),
    ("models-adopted", {}, services.models),
    ("successions", {}, services.successions),
    ("services-by-type", {}, facts.by_type),
    ("services-by-spectrum", {}, facts.by_spectrum),
    ("services-by-reach", {}, facts.by_reach),
    ("services-in-area", {}, lambda: ties.in_area("tay-cities-region-deal")),
    (
        "services-in-area",
        {"grouping": "Glasgow City Region Deal", "least": "2"},
        lambda: ties.in_area(GLASGOW_DEAL, least=2),
    ),
    ("odd-ones-out", {}, ties.odd_ones_out),
    ("odd-ones-out", {"missing": "3"}, lambda: ties.odd_ones_out(3)),
    ("ages-of-statuses", {}, facts.ages),
    ("ages-of-statuses", {"day": "2016"}, lambda: facts.ages("2016-01-01")),
    (SINGLE, {}, facts.participations_of_one_source),
    ("findings-by-theme", {}, facts.by_theme),
    ("findings-by-theme", {"least": "3"}, lambda: facts.by_theme(least=3)),
    (COVERAGE, {}, facts.coverage),
    (COVERAGE, {"status": "proposed"}, lambda: facts.coverage(statuses=("proposed",))),
    ("ties-of-council", {}, ties.ties),
    ("ties-of-council", {"council": "Midlothian"}, lambda: ties.ties("GB-LAS-MLN")),
    ("ties-of-council", {"status": "proposed"}, lambda: ties.ties(statuses=("proposed",))),
    ("ties-of-council", {"of_all": "true"}, lambda: ties.ties(universal=True)),
    ("neighbours-without-ties", {}, ties.neighbours_without_ties),
    ("neighbours-of-council", {}, lambda: ties.neighbours_of(FIF)),
    ("neighbours-of-council", {"council": "Angus"}, lambda: ties.neighbours_of(ANS)),
    (JOINED, {}, lambda: facts.joined_and_left("2010-01-01")),
    (
        JOINED,
        {"first": "2014", "last": "2014"},
        lambda: facts.joined_and_left("2014-01-01", "2014-12-31"),
    ),
    (CHAINS, {}, lambda: ties.chains(SAY, WLN)),
    (CHAINS, {"from": "Angus", "to": "Fife"}, lambda: ties.chains(ANS, FIF)),
    (CHAINS, {"of_all": "true"}, lambda: ties.chains(SAY, WLN, universal=True)),
    (
        CHAINS,
        {"from": "Angus", "to": "Fife", "live": "true", "of_all": "true"},
        lambda: ties.chains(ANS, FIF, live=True, universal=True),
    ),
]
"""Question, what is given, and the whole answer."""


def has(column: str, value: Any) -> Callable[[Row], bool]:
    return lambda row: row[column] == value


def on(day: str) -> Callable[[Row], bool]:
    """Rows that hold on a day, and whose service, if they name one, was there."""
    by_name = {facts["name"]: facts for facts in the_services().values()}
    return lambda row: (
        holds(row, day)
        and ("service" not in row or holds(by_name[row["service"]], day, "start", "end"))
    )


def cites(document: str) -> Callable[[Row], bool]:
    return lambda row: any(place.startswith(f"{document}#") for place in row["citations"])


NARROWED: list[tuple[str, str, str, Callable[[Row], bool]]] = [
    ("services-of-council", "status", "proposed", has("status", "proposed")),
    ("members-of-service", "role", "supporter", has("role", "supporter")),
    ("leads-and-hosts", "council", "Midlothian", has("council", "Midlothian")),
    ("leads-and-hosts", "role", "joint lead", has("role", "joint lead")),
    ("leads-and-hosts", "day", "2005", on("2005-01-01")),
    ("services-by-category", "category", EDUCATION, has("category", "Education & Learning")),
    ("services-by-category", "status", "live", has("status", "live")),
    (
        "services-by-delivery-mechanism",
        "mechanism",
        "lead authority",
        has("mechanism", "lead authority"),
    ),
    ("services-by-delivery-mechanism", "status", "live", has("status", "live")),
    ("services-by-status", "status", "pilot", has("status", "pilot")),
    ("savings-by-basis", "basis", "projected", has("basis", "projected")),
    ("findings", "kind", "lesson", has("kind", "lesson")),
    ("findings", "theme", "RESEARCH", lambda row: "research" in (row["theme"] or "").lower()),
    ("findings", "service", ARA, has("service", "Ayrshire Roads Alliance")),
    ("findings", "document", REPORT_2020, cites(REPORT_2020)),
    ("successions", "service", "tyne-esk-leader-2007-13", lambda row: "LEADER" in row["line"]),
    ("facts-by-document", "document", REPORT_2020, has("document", REPORT_2020)),
    (ON_DAY, "council", "Midlothian", lambda row: "Midlothian" in row["councils"]),
    ("tables-of-figures", "document", REPORT_2020, has("document", REPORT_2020)),
    ("partners-and-services", "partner", "NHS Tayside", has("partner", "NHS Tayside")),
    ("partners-and-services", "kind", "nhs board", has("kind", "nhs board")),
    ("partners-and-services", "day", "2001", on("2001-01-01")),
    (
        "councils-of-groupings",
        "grouping",
        "northern-alliance",
        has("grouping", "Northern Alliance"),
    ),
    ("councils-of-groupings", "kind", "city region", has("kind", "city region")),
    ("councils-of-groupings", "council", "Argyll & Bute", has("council", "Argyll and Bute")),
    ("councils-of-groupings", "day", "2017", on("2017-01-01")),
    ("services-by-type", "type", "Joint provision", has("type", "Joint provision")),
    ("services-by-type", "status", "live", has("status", "live")),
    ("services-by-spectrum", "spectrum", "integrate", has("spectrum", "integrate")),
    ("services-by-spectrum", "status", "live", has("status", "live")),
    ("services-by-reach", "reach", "region", has("reach", "region")),
    ("services-by-reach", "status", "live", has("status", "live")),
    ("services-in-area", "status", "live", has("status", "live")),
    ("odd-ones-out", "kind", "city region", has("kind", "city region")),
    ("odd-ones-out", "council", "Fife", has("missing", ["Fife"])),
    (SINGLE, "document", REPORT_2020, has("document", REPORT_2020)),
    (SINGLE, "service", ARA, has("head", "Ayrshire Roads Alliance")),
    ("findings-by-theme", "kind", "benefit", has("kind", "benefit")),
    (COVERAGE, "council", "Fife", has("council", "Fife")),
    (COVERAGE, "most", "0", has("names", [])),
    (COVERAGE, "category", EDUCATION, has("category", "Education & Learning")),
    ("ties-of-council", "other", "NHS Tayside", has("other", "NHS Tayside")),
    ("neighbours-of-council", "kind", "land", has("kind", "land")),
    (JOINED, "council", "Midlothian", has("member", "Midlothian")),
]
"""Question, a parameter and its value, and the rows that it leaves of the whole answer."""

ALL_OR_NOTHING = [
    (NEIGHBOURS, "of_all", "false", "true"),
    (CANDIDATES, "day", "2015", "2013"),
    ("members-of-service", "day", "2015", "2013"),
    ("savings-by-basis", "service", ARA, CCS),
    ("workstreams-of-review", "status", "proposed", "live"),
    ("statistics-of-table", "wave", "2020", "2019"),
    ("statistics-of-table", "document", REPORT_2020, "dundee-report-410-2016"),
    ("priorities-of-councils", "council", "Inverclyde", "Angus"),
    ("models-adopted", "model", ARA, CCS),
]
"""Question, a parameter, a value that leaves the whole answer and one that leaves nothing.

For those of which the Scottish picture has only one value: every council shares SEEMiS,
both members of the Ayrshire Roads Alliance joined in 2014, and so on.
"""

BY_HAND = {
    *(("members-of-members", parameter) for parameter in ("council", "body", "day")),
    *(("neighbours-without-ties", parameter) for parameter in ("council", "of_all")),
    (SINGLE, "relationship"),
}
"""Parameters that a test on a small package asks with, as one of its own lines below."""


def asked(store: Store, name: str, given: dict[str, str]) -> list[Row]:
    return query_report(store, name, given).tables[0].records()


def test_every_parameter_of_every_question_is_asked_here() -> None:
    tried = {(name, parameter) for name, given, _ in WHOLE for parameter in given}
    tried |= {(name, parameter) for name, parameter, *_ in NARROWED}
    tried |= {(name, parameter) for name, parameter, *_ in ALL_OR_NOTHING}
    assert not tried & BY_HAND
    assert tried | BY_HAND == {
        (query.name, parameter.name)
        for query in load_catalogue().values()
        for parameter in query.parameters
    }
    assert {name for name, *_ in WHOLE} | {"contradictions"} == set(load_catalogue())


@pytest.mark.parametrize(("name", "given", "expected"), WHOLE)
def test_an_answer_is_what_the_tables_say(
    scotland: Store, name: str, given: dict[str, str], expected: Callable[[], list[Row]]
) -> None:
    assert asked(scotland, name, given) == expected() != []


@pytest.mark.parametrize(("name", "parameter", "value", "fits"), NARROWED)
def test_a_parameter_leaves_the_rows_that_fit(
    scotland: Store, name: str, parameter: str, value: str, fits: Callable[[Row], bool]
) -> None:
    everything = asked(scotland, name, {})
    left = asked(scotland, name, {parameter: value})
    assert left == [row for row in everything if fits(row)]
    assert 0 < len(left) < len(everything)


@pytest.mark.parametrize(("name", "parameter", "leaves_all", "leaves_nothing"), ALL_OR_NOTHING)
def test_a_parameter_leaves_all_or_nothing(
    scotland: Store, name: str, parameter: str, leaves_all: str, leaves_nothing: str
) -> None:
    assert asked(scotland, name, {parameter: leaves_all}) == asked(scotland, name, {})
    assert asked(scotland, name, {parameter: leaves_nothing}) == []


def test_the_tay_bridge_makes_neighbours(scotland: Store) -> None:
    """Fife and Dundee touch by the bridge alone; by ferry or water nobody does."""
    found = asked(scotland, NEIGHBOURS, {"council": "Fife"})
    links = {row["neighbour"]: row["links"] for row in found}
    assert links["Dundee City"] == ["bridge"]
    assert {kind for kinds in links.values() for kind in kinds} == {"land", "bridge"}


def test_a_line_of_programmes_is_told_from_its_first_to_its_last(scotland: Store) -> None:
    """By hand, from section 3.1 of the Midlothian report."""
    found = asked(scotland, "successions", {"service": "tyne-esk-leader-2014-20"})
    years = [[row["step"], row["earlier_start"], row["later_start"]] for row in found]
    assert years == [[1, "2002", "2007"], [2, "2007", "2014"]]


def test_neighbours_without_ties_share_neither_a_service_nor_a_body(scotland: Store) -> None:
    """What all share ties neighbours too, if it is counted; with one council it comes first."""
    name = "neighbours-without-ties"
    assert asked(scotland, name, {"of_all": "true"}) == ties.neighbours_without_ties(universal=True)
    pairs = {
        frozenset((row["council"], row["neighbour"]))
        for row in ties.neighbours_without_ties()
        if "Fife" in (row["council"], row["neighbour"])
    }
    of_fife = asked(scotland, name, {"council": "Fife"})
    assert {row["council"] for row in of_fife} == {"Fife"}
    assert {frozenset((row["council"], row["neighbour"])) for row in of_fife} == pairs


def test_facts_of_other_relationships_may_rest_on_one_document_too(scotland: Store) -> None:
    found = asked(scotland, SINGLE, {"relationship": "HAS_SAVING"})
    assert [{**row, "head": float(row["head"])} for row in found] == facts.savings_of_one_source()


def test_a_contradiction_has_what_each_place_says(scotland: Store) -> None:
    found = asked(scotland, "contradictions", {})
    values = [[json.loads(text)[1]["value"] for text in row.pop("statements")] for row in found]
    assert (
        [row | {"values": said} for row, said in zip(found, values, strict=True)]
        == (facts.contradictions())
        != []
    )
