"""What counts as a contradiction, on small pictures."""

from __future__ import annotations

from typing import Any

from graphmodel.reports.conflicts import conflicts_report
from graphmodel.store import Store
from tests.packages import country


def claims(store: Store) -> set[tuple[str, str, str]]:
    (table,) = conflicts_report(store).tables
    return {(row["about"], row["what"], str(row["value"])) for row in table.records()}


def spell(**cells: str) -> dict[str, str]:
    said = {"participant": "EX-BEN", "service": "joint-archives", "role": "member"}
    return said | {"source": "review-2020", "locator": "Section 9"} | cells


def test_documents_that_agree_contradict_nothing(store: Store) -> None:
    country().plus("participations", spell(), spell(source="minutes-2015")).load(store)
    assert claims(store) == set()


def test_two_roles_in_one_document_are_no_contradiction(store: Store) -> None:
    country().plus("participations", spell(), spell(role="host")).load(store)
    assert claims(store) == set()


def test_two_documents_that_name_different_roles_and_starts(store: Store) -> None:
    other: dict[str, Any] = {"role": "lead", "since": "2012", "source": "minutes-2015"}
    country().plus("participations", spell(since="2010"), spell(**other)).load(store)
    about = "Ben and Glen in Joint Archives"
    assert claims(store) == {
        (about, "role", "member"),
        (about, "role", "lead"),
        (about, "since", "2010"),
        (about, "since", "2012"),
    }
