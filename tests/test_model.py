"""What the model accepts and refuses, and what follows from its declarations."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from graphmodel.model import (
    EDGE_KINDS,
    NODE_KINDS,
    Borders,
    Council,
    ParticipatesIn,
    Saving,
    Service,
)
from graphmodel.model.datapackage import descriptor
from graphmodel.model.tables import TABLES
from graphmodel.reports.schema import pattern
from graphmodel.store.merge import Statement, merged
from graphmodel.store.statements import CONSTRAINTS

CITED = {"source": "report", "locator": "§1"}
MEMBERSHIP = {"participant": "A", "service": "roads", "role": "member", **CITED}
SERVICE = {"id": "roads", "name": "Roads", "kind": "shared service", "status": "live", **CITED}

# From DESIGN section 1: every label and every pattern of the public vocabulary.
LABELS = {
    "Council",
    "Partner",
    "Service",
    "Grouping",
    "Category",
    "ActivityType",
    "Document",
    "Saving",
    "Finding",
    "Statistic",
}
PATTERNS = {
    "(Council or Partner)-[:PARTICIPATES_IN]->(Service)",
    "(Council or Partner)-[:MEMBER_OF]->(Partner)",
    "(Service)-[:PART_OF]->(Service)",
    "(Service)-[:SUCCEEDS]->(Service)",
    "(Service)-[:ADOPTED_FROM]->(Service)",
    "(Council)-[:PRIORITISES]->(Service)",
    "(Service)-[:IN_CATEGORY]->(Category)",
    "(Service)-[:OF_TYPE]->(ActivityType)",
    "(Council)-[:BORDERS]->(Council)",
    "(Council)-[:IN_GROUPING]->(Grouping)",
    "(Service)-[:FOCUSED_ON]->(Grouping)",
    "(Service)-[:HAS_SAVING]->(Saving)",
    "(Service)-[:REPORTS]->(Finding)",
    "(Statistic)-[:STATED_IN]->(Document)",
}


def test_the_whole_vocabulary_is_declared() -> None:
    assert {kind.label for kind in NODE_KINDS} == LABELS
    assert {pattern(kind) for kind in EDGE_KINDS} == PATTERNS


def test_every_label_has_its_uniqueness_constraint() -> None:
    assert set(CONSTRAINTS.values()) == {
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in LABELS | {"LoadRun", "LoadLock"}
    }


def test_published_dates_are_kept_and_real_ones_derived() -> None:
    said = ParticipatesIn.model_validate(MEMBERSHIP | {"since": "2009", "until": "2015-03-31"})
    properties = merged(ParticipatesIn, [Statement("here", said.statement())])
    kept = {name: str(properties[name]) for name in ("since", "until", "valid_from", "valid_to")}
    assert kept == {
        "since": "2009",
        "until": "2015-03-31",
        "valid_from": "2009-01-01",
        "valid_to": "2015-04-01",
    }


@pytest.mark.parametrize(
    ("kind", "row", "message"),
    [
        (ParticipatesIn, MEMBERSHIP | {"role": "chief"}, "Input should be 'lead'"),
        (ParticipatesIn, MEMBERSHIP | {"status": "alive"}, "Input should be 'proposed'"),
        (ParticipatesIn, MEMBERSHIP | {"since": "2015", "until": "2014"}, "ends .* before"),
        (ParticipatesIn, MEMBERSHIP | {"since": "2015-02-30"}, "no day 2015-02-30"),
        (ParticipatesIn, MEMBERSHIP | {"since": "June 2013"}, "expected a date as YYYY"),
        (ParticipatesIn, {**MEMBERSHIP, "source": ""}, "at least 1 character"),
        (
            ParticipatesIn,
            {key: value for key, value in MEMBERSHIP.items() if key != "locator"},
            "Field required",
        ),
        (ParticipatesIn, MEMBERSHIP | {"colour": "red"}, "Extra inputs are not permitted"),
        (Service, SERVICE | {"status": "running"}, "Input should be 'proposed'"),
        (Service, SERVICE | {"start": "2014", "end": "2013-12"}, "ends .* before"),
        (Service, SERVICE | {"id": "Roads!"}, "small letters"),
        (Service, SERVICE | {"spectrum": "integrate"}, "spectrum needs spectrum_basis"),
        (Borders, {"council": "A", "neighbour": "B", "kind": "tunnel", **CITED}, "'land'"),
        (Borders, {"council": "A", "neighbour": "B", "kind": "land", "km": "-1", **CITED}, "0"),
        (Council, {"id": "A", "name": "Ash", "population": "-5", **CITED}, "greater than"),
        (Saving, {"id": "s", "amount": "nan", "basis": "realised", **CITED}, "finite"),
        (
            Saving,
            {
                "id": "s",
                "amount": "5",
                "basis": "realised",
                "from": "2015/16",
                "to": "2013",
                **CITED,
            },
            "ends .* before",
        ),
    ],
)
def test_impossible_things_are_refused(kind: Any, row: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        kind.model_validate(row)


def test_tables_hold_every_property_and_end() -> None:
    for table in TABLES.values():
        columns = {column.name for column in table.columns}
        for kind in table.kinds:
            declared = {field.alias or name for name, field in kind.model_fields.items()}
            assert declared - columns <= {"id"}, table.name


def test_descriptors_are_what_frictionless_data_expects() -> None:
    package = descriptor("mine", "My councils", "1")
    assert [resource["path"] for resource in package["resources"]] == [
        f"{name}.csv" for name in TABLES
    ]
    roles = next(
        field["constraints"]["enum"]
        for resource in package["resources"]
        if resource["name"] == "participations"
        for field in resource["schema"]["fields"]
        if field["name"] == "role"
    )
    assert roles[:2] == ["lead", "joint lead"]


def test_derived_ids_are_the_same_for_the_same_row() -> None:
    row = {"service": "roads", "amount": "5", "basis": "realised", "note": "one"}
    assert Saving.derive_id(row) == Saving.derive_id(row | {"note": "other"})
    assert Saving.derive_id(row) != Saving.derive_id(row | {"amount": "6"})
