"""Our records beside the published figures, against the tables themselves."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

import pytest
from click.testing import CliRunner

from graphmodel.analytics.changes import services
from graphmodel.analytics.kinds import service_kinds
from graphmodel.analytics.picture import picture
from graphmodel.analytics.reach import reach
from graphmodel.analytics.scope import Scope
from graphmodel.cli import main
from graphmodel.reports.statistics import By, published_report, statistics_report
from graphmodel.reports.survey_regions import AREAS
from graphmodel.store import Store
from tests import scotland_tables as tables
from tests.packages import country

GROUPS: dict[By, str] = {
    "type": "Activity type",
    "region": "Returns by region",
    "category": "Service category",
}
EVERY_STATUS = Scope(statuses=("proposed", "pilot", "live", "ended", "rejected"))


def counted_services() -> dict[str, set[str]]:
    """Councils of the services that are live or pilot, today, by service."""
    found: dict[str, set[str]] = {}
    for edge in tables.participations():
        service = tables.services()[edge["service"]]
        if (
            edge["participant"] in tables.councils()
            and edge["counts"] in tables.LIVE
            and not (edge["until"] or service["end"])
        ):
            found.setdefault(edge["service"], set()).add(edge["participant"])
    return found


def expected(by: By) -> Counter[str]:
    """Kinds of those services, straight from the tables; what is not known is ''."""
    counts: Counter[str] = Counter()
    for service, members in counted_services().items():
        counts.update(kinds_of(service, members, by) or {""})
    return counts


def kinds_of(service: str, members: set[str], by: By) -> set[str]:
    if by == "type":
        rows = tables.things("service_types", "service", "activity_type")
        found = {row["activity_type"] for row in rows if row["service"] == service}
        return {tables.named("activity_types")[one] for one in found}
    if by == "category":
        rows = tables.things("service_categories", "service", "category")
        found = {row["category"] for row in rows if row["service"] == service}
        return {tables.named("categories")[one] for one in found}
    facts = tables.services()[service]
    column = {"reach": "geographic_focus", "mechanism": "delivery_mechanism"}.get(by, by)
    said = facts[column]
    if by == "reach" and said is None:
        follows = {1: "one council area", 2: "neighbouring councils", 3: "neighbouring councils"}
        if len(members) >= 17:
            said = "national"
        elif facts["members_complete"] == "true":
            said = follows.get(len(members), "region")
    return {said} if said else set()


@pytest.mark.parametrize("by", ["type", "category", "reach", "spectrum", "mechanism"])
def test_our_records_are_those_of_the_tables(scotland: Store, by: By) -> None:
    rows = statistics_report(scotland, by=[by]).tables[0].records()
    wanted = expected(by)
    unknown = wanted.pop("", 0)
    assert {row[by]: row["ours"] for row in rows if row["ours"]} == (
        dict(wanted) | ({"not known": unknown} if unknown else {})
    )
    known = len(counted_services()) - unknown
    assert {row[by]: row["ours_percent"] for row in rows if row["ours"] and row[by] in wanted} == {
        kind: round(100 * number / known, 1) for kind, number in wanted.items()
    }


@pytest.mark.parametrize("by", GROUPS)
def test_published_figures_are_those_of_the_tables(scotland: Store, by: By) -> None:
    """Section 2 says 19 % of national services where Appendix 1 says 17 %: both are shown."""
    wanted: dict[str, dict[str, set[float]]] = {}
    for row in tables.table("statistics"):
        if row["group"] == GROUPS[by]:
            units = wanted.setdefault(row["label"], {})
            units.setdefault(row["unit"], set()).add(float(row["value"]))
    found = {
        row[by]: {"activities": numbers(row["published"]), "% of total": numbers(percent)}
        for row in statistics_report(scotland, by=[by]).tables[0].records()
        if (percent := row["published_percent"]) is not None
    }
    assert found == wanted
    if by == "region":
        assert wanted["National"]["% of total"] == {17.0, 19.0}


def numbers(cell: Any) -> set[float]:
    return set(cell) if isinstance(cell, list) else {cell}


def test_rows_of_the_report_are_all_there(scotland: Store) -> None:
    """Also those of which there is nothing: 7 themes, 23 regions, 27 service areas."""
    tables_of_report = statistics_report(scotland).tables
    labels = [[row[0] for row in table.rows] for table in tables_of_report]
    assert [len(rows) for rows in labels[:3]] == [7 + 1, 23 + 2, 27 + 1]
    assert labels[0][:2] == ["Joint provision", "Specialist services"]
    assert {table.heading for table in tables_of_report} == {
        "By type",
        "By region",
        "By category",
        "By reach",
    }


def test_every_area_is_a_label_of_the_report() -> None:
    labels = {
        row["label"] for row in tables.table("statistics") if row["group"] == GROUPS["region"]
    }
    assert set(AREAS) < labels
    names = {row["name"] for row in tables.table("councils")}
    assert all(set(members) <= names for members in AREAS.values())


def test_a_region_is_the_smallest_that_holds_all(scotland: Store) -> None:
    """By hand: the Roads Alliance is of East and South Ayrshire, civil contingencies of four in
    the Clyde Valley; East Lothian and Midlothian have a row of their own."""
    rows = statistics_report(scotland, EVERY_STATUS, by=["region", "category"]).tables[0].records()
    assert rows[-1]["region"] == "all services"
    found = {row["region"]: row["all services"] for row in rows}
    assert found["Mid and East Lothian"] > found["Lothians"]
    transport = {row["region"]: row["Transport & Highways"] for row in rows}
    assert transport["Ayrshires"] >= 1
    contingencies = {row["region"]: row["Emergency Response"] for row in rows}
    assert contingencies["Clyde Valley"] >= 1


def test_two_at_once_by_hand(store: Store) -> None:
    """Roads Alliance: live, two members, all named, one category; the pilot ended and does not
    count; the archives are proposed. So there is one service in all."""
    country().load(store)
    report = statistics_report(store, by=["reach", "category"])
    filled = [row for row in report.tables[0].records() if row["all services"]]
    assert filled == [
        {"reach": "national", "Roads": 1, "all services": 1},
        {"reach": "all services", "Roads": 1, "all services": 1},
    ]
    report = statistics_report(store, EVERY_STATUS, by=["category", "mechanism"])
    assert report.tables[0].records()[-1] == {
        "category": "all services",
        "not known": 2,
        "all services": 2,
    }


def test_reach_follows_only_from_all_members() -> None:
    assert [reach(members, 32, complete=True) for members in (0, 1, 2, 3, 4, 16, 17)] == [
        None,
        "one council area",
        "neighbouring councils",
        "neighbouring councils",
        "region",
        "region",
        "national",
    ]
    assert [reach(members, 32, complete=False) for members in (1, 16, 17)] == [
        None,
        None,
        "national",
    ]


def test_every_published_figure_is_listed(scotland: Store) -> None:
    report = published_report(scotland)
    listed = {
        (table.heading, row["name"], row.get("label"), row.get("unit"), row.get("wave"))
        for table in report.tables
        for row in table.records()
    }
    wanted = {
        (row["group"], row["name"], row["label"], row["unit"], row["wave"])
        for row in tables.table("statistics")
    }
    assert listed == wanted


def test_nothing_is_passed_off_as_the_survey(scotland: Store) -> None:
    notes = "\n".join(statistics_report(scotland).notes)
    assert "not the survey's 373 activities" in notes
    assert "Rows of this table add to 176" in notes
    assert notes.count("100 %") >= 4


def test_wrong_use_is_told(tmp_path: Any) -> None:
    runner = CliRunner(env={"GRAPHMODEL_HOME": str(tmp_path), "NEO4J_URI": ""})
    result = runner.invoke(main, ["report", "statistics", "--by", "type", "--by", "type"])
    assert (result.exit_code, "two different ones" in result.stderr) == (2, True)


@pytest.mark.parametrize("facet", ["reach", "type"])
def test_pictures_of_one_kind_are_the_services_that_are_counted(
    embedded_scotland: Store, facet: Literal["reach", "type"]
) -> None:
    """--reach and --type take just those services that a table by reach or type counts."""
    whole = picture(embedded_scotland)
    kinds = service_kinds(whole, facet)
    of_kind: dict[str, set[str]] = {}
    for service, found in kinds.items():
        for kind in found:
            of_kind.setdefault(kind, set()).add(service)
    assert len(of_kind) > 2
    for kind, expected in of_kind.items():
        scope = Scope(reach=(kind,)) if facet == "reach" else Scope(types=(kind,))
        seen = picture(embedded_scotland, scope).affiliated
        assert services(seen) == expected
        edges = {frozenset(edge) for edge in whole.affiliated.edges if expected & {*edge}}
        assert {frozenset(edge) for edge in seen.edges} == edges
        assert len(seen) == 32 + len(expected)
