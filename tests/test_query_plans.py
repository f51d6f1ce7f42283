"""How each store means to answer the questions of the catalogue: never by looking at all.

A question that gives a node's id, as in ``(:Council {id: $council})``, must find it by the
index of ids and go on from there. One that gives none has to look at all of some label: its
parameters that may be left out only narrow what it shows. What is never right is to look at
nodes of every label, or to combine all of one thing with all of another by accident.
"""

from __future__ import annotations

import re
import time

import neo4j
import pytest

from graphmodel.query_catalogue import find_query
from graphmodel.store import Store
from graphmodel.store.lookup import name_index
from graphmodel.store.plans import Plan
from tests.test_query_catalogue import QUERIES, without_header

PIN = re.compile(r"\((\w*):(\w+) \{id: \$(\w+)\}\)")
SUBQUERY = re.compile(r"(?:EXISTS|COUNT|COLLECT) \{(?:[^{}]|\{[^{}]*\})*\}")


def pins(cypher: str) -> list[tuple[str, str, str]]:
    """Name, label and parameter of nodes that are given by id, subqueries left out."""
    return PIN.findall(SUBQUERY.sub("", without_header(cypher)))


def faults(plan: Plan, cypher: str) -> list[str]:
    found = [step.operator for step in plan.steps if "AllNodes" in step.operator]
    for name, label, parameter in pins(cypher):
        sought = [step for step in plan.steps if "IndexSeek" in step.operator]
        if plan.text:
            # Of steps that it did not optimise the embedded store tells no more than the order;
            # where a node is given by id, the first look at it is by the index.
            starts = rf"MATCH NODE \({name or ' +[a-z]+[0-9]+'}:{label}\)"
            by_index = any(f":{label})" in step.details for step in sought)
            good = by_index or re.search(starts, plan.text) is not None
        else:
            good = any(
                f"{label}(id)" in step.details and f"${parameter}" in step.details
                for step in sought
            )
        if not good:
            found.append(f"{label} {parameter} is not where it begins")
    return found


def forget_plans(store: Store) -> None:
    """Let Neo4j look at what is there now: it plans by what it knew of an earlier test's graph."""
    if store.embedded:
        return
    store.execute("CALL db.resampleOutdatedIndexes()")
    probe = "MATCH (c:Council {id: $id})-[:PARTICIPATES_IN]->(s:Service) RETURN s.id AS probe"
    for _ in range(600):
        store.execute("CALL db.clearQueryCaches()")
        if any("Seek" in step.operator for step in store.plan_of(probe, {"id": "x"}).steps):
            return
        time.sleep(0.1)


def plan_and_notes(store: Store, cypher: str, given: dict[str, object]) -> tuple[Plan, list[str]]:
    def notes(transaction: neo4j.ManagedTransaction) -> list[str]:
        summary = transaction.run(f"EXPLAIN {cypher}", given).consume()
        return [note.status_description for note in summary.gql_status_objects]

    return store.plan_of(cypher, given), store.reading(notes)


@pytest.mark.parametrize("name", QUERIES)
def test_no_question_scans_what_the_index_of_ids_gives(scotland: Store, name: str) -> None:
    forget_plans(scotland)
    query = find_query(name)
    given = query.bind({}, lambda *labels: name_index(scotland, *labels))
    plan, notes = plan_and_notes(scotland, query.cypher, given)
    assert plan.steps
    assert faults(plan, query.cypher) == []
    assert [note for note in notes if "artesian" in note or "deprecat" in note] == []


def test_a_scan_would_be_seen(scotland: Store) -> None:
    """Neo4j turns the second round by itself, the embedded store does not."""
    of_all = "MATCH (n) RETURN n.name AS name"
    wrong_end = (
        "MATCH (p:Council|Partner)-[:PARTICIPATES_IN]->(s:Service {id: $service}) RETURN p.name"
    )
    found = [
        faults(scotland.plan_of(one, {"service": "seemis"}), one) for one in (of_all, wrong_end)
    ]
    if scotland.embedded:
        assert found == [[], ["Service service is not where it begins"]]
    else:
        assert found == [["AllNodesScan"], []]


def test_a_cartesian_product_would_be_told(scotland: Store) -> None:
    _, notes = plan_and_notes(scotland, "MATCH (a:Council), (b:Service) RETURN a.id, b.id", {})
    assert scotland.embedded or any("artesian" in note for note in notes)
