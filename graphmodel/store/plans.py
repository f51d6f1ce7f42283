"""How a database means to answer a statement, or has answered it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from neo4j import ResultSummary

_MARK = re.compile(r"(?P<indent> *)\+ (?P<operator>.*)")
_TEXT = "string-representation"


@dataclass(frozen=True)
class Step:
    """One step of a plan.

    Attributes
    ----------
    depth : int
        How deep it stands; what is deeper comes first when the plan is run.
    operator, details : str
        As the database names them.
    estimated_rows, rows, hits : number or None
        Where the database says so; the latter two only if it was run.

    Examples
    --------
    >>> Step(0, "NodeUniqueIndexSeek", "c:Council(id)").rows is None
    True
    """

    depth: int
    operator: str
    details: str
    estimated_rows: float | None = None
    rows: int | None = None
    hits: int | None = None


@dataclass(frozen=True)
class Plan:
    """The steps, and the database's own text where it gives no more than that.

    Examples
    --------
    >>> Plan([Step(0, "ProduceResults", "n")]).text
    ''
    """

    steps: list[Step]
    text: str = ""


def plan_from(summary: ResultSummary) -> Plan:
    """Read the plan out of what the driver says of a statement.

    Parameters
    ----------
    summary : neo4j.ResultSummary
        Of a statement that began with EXPLAIN or PROFILE.

    Returns
    -------
    Plan

    Examples
    --------
    >>> with store._session() as session:
    ...     plan_from(session.run("EXPLAIN MATCH (c:Council) RETURN c.id").consume()).steps[0].depth
    0
    """
    found: Mapping[str, Any] = summary.profile or summary.plan or {}
    text = found.get("args", {}).get(_TEXT, "")
    if "ArcadeDB" in found.get("operatorType", ""):
        return Plan(list(_lines(text)), text.strip())
    return Plan(list(_tree(found, 0)))


def _tree(operator: Mapping[str, Any], depth: int) -> Iterator[Step]:
    if not operator:
        return
    said = operator.get("args", {})
    yield Step(
        depth,
        operator["operatorType"].partition("@")[0],
        " ".join(str(said.get("Details", "")).split()),
        said.get("EstimatedRows"),
        said.get("Rows"),
        said.get("DbHits"),
    )
    for child in operator.get("children", ()):
        yield from _tree(child, depth + 1)


def _lines(text: str) -> Iterator[Step]:
    """The embedded store gives text, a step a line."""
    for found in map(_MARK.fullmatch, text.splitlines()):
        if found:
            operator, _, details = found["operator"].partition("(")
            yield Step(
                len(found["indent"]) // 2, operator.strip(), f"({details}" if details else ""
            )
