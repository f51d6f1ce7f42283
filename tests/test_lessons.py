"""The lessons in Cypher and the examples of the vocabulary give what their pages say."""

from __future__ import annotations

import re

import pytest

from docs.lessons import PAGE, answer, examples
from docs.vocabulary import EXAMPLES, counts
from graphmodel.model import EDGE_KINDS
from graphmodel.reports.schema import counted_patterns, diagram
from graphmodel.store import Store

LESSONS = list(examples())


def test_there_are_ten_lessons_each_with_an_example() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = re.findall(r"^## (\d+)\. ", text, re.MULTILINE)
    assert headings == [str(number) for number in range(1, 11)]
    parts = text.split("\n## ")[1:]
    assert all("```cypher" in part for part in parts)
    assert text.count("```cypher") == len(LESSONS)


@pytest.mark.parametrize("number", range(len(LESSONS)))
def test_an_example_gives_what_the_page_says(scotland: Store, number: int) -> None:
    example = LESSONS[number]
    assert answer(scotland, example.cypher) == example.answer
    assert len(example.answer.splitlines()) > 2


@pytest.mark.parametrize("kind", sorted(kind.type for kind in EDGE_KINDS))
def test_each_relationship_has_an_example_that_finds_something(
    scotland: Store, embedded_scotland: Store, kind: str
) -> None:
    assert f":{kind}]" in EXAMPLES[kind]
    found = scotland.read_foreign(EXAMPLES[kind]).rows
    assert found == embedded_scotland.read_foreign(EXAMPLES[kind]).rows != []


def test_counts_of_the_page_are_those_of_the_store(scotland: Store) -> None:
    nodes, edges = counted_patterns(scotland)
    said_nodes, said_edges = counts()
    assert said_nodes == {label: number for label, number in nodes.items() if number}
    assert said_edges == {found: number for found, number in edges.items() if number}
    assert set(diagram(nodes, edges).splitlines()) == set(diagram(*counts()).splitlines())
