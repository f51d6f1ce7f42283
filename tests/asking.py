"""A reader's question to the graph, and the whole answer that a document gives.

The answers were taken from the documents, not from the data: where the two part,
the data is to be mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from graphmodel.store import Store


@dataclass(frozen=True)
class Question:
    """What a reader asks, where the document answers it, and how the graph is asked.

    Parameters
    ----------
    id, text, place : str
        Number, question in words, and the place in the document.
    cypher : str
        Names what it looks for; whatever is answered must come out of the graph.
    answer : set
        All rows; a row of one column as its bare value, of several as a tuple.
        Never empty, as a mistyped name would be "answered" by nothing too.
    """

    id: str
    text: str
    place: str
    cypher: str
    answer: set[Any]

    def __post_init__(self) -> None:
        if not self.answer:
            raise ValueError(f"{self.id} expects no row at all")


def cases(questions: Iterable[Question]) -> list[object]:
    """Make one case of each question."""
    return [pytest.param(question, id=question.id) for question in questions]


def answer_of(store: Store, question: Question) -> Counter[Any]:
    """Ask the graph; each row with how often it came."""
    return Counter(row[0] if len(row) == 1 else row for row in store.read(question.cypher).rows)


def assert_answered(store: Store, question: Question) -> None:
    """Require exactly the document's rows, each once."""
    given, expected = answer_of(store, question), Counter(question.answer)
    assert given == expected, (
        f"{question.text} ({question.place})\n"
        f"missing: {list((expected - given).elements())}\n"
        f"too many: {list((given - expected).elements())}"
    )


def services_told_in(title: str) -> str:
    """Give the clause that finds the services (``s``) a document (``d``) speaks of."""
    return (
        f"MATCH (d:Document {{title: '{title}'}}) MATCH (s:Service) "
        "WHERE any(c IN coalesce(s.citations, [s.source]) WHERE c STARTS WITH d.id) "
    )
