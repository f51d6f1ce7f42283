"""What an analyst's own Cypher gives, what it changes, and how it is planned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from graphmodel.reports.streamed import Answer
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.gate import require_single_statement

_PREFIX = re.compile(r"\s*(?P<word>EXPLAIN|PROFILE)\s+", re.IGNORECASE)


def cypher_answer(
    store: Store,
    statement: str,
    parameters: Mapping[str, Any],
    *,
    limit: int | None = None,
    seconds: float | None = None,
) -> Answer:
    """Run a statement that may only read, and whose answer may have any number of rows.

    Parameters
    ----------
    store : Store
        An open store.
    statement : str
        One Cypher statement.
    parameters : mapping
        Values of its ``$names``.
    limit : int, optional
        Most rows to fetch.
    seconds : float, optional
        Longest time that the database may take.

    Returns
    -------
    Answer

    Raises
    ------
    ReadOnlyError
        If the statement could do more than read.
    TimeLimitError
        If it takes too long.
    GraphmodelError
        If the statement is wrong.

    Examples
    --------
    >>> list(cypher_answer(store, "RETURN $n AS n", {"n": 1}).rows)
    [(1,)]
    """
    found = store.stream_foreign(statement, parameters, limit=limit, seconds=seconds)
    return Answer("", found.columns or ("result",), iter(found.rows))


def change_report(
    store: Store, statement: str, parameters: Mapping[str, Any], *, seconds: float | None = None
) -> Report:
    """Run a statement that may write, in one transaction, and say what it changed.

    Parameters
    ----------
    store, statement, parameters, seconds
        As for `cypher_answer`.

    Returns
    -------
    Report

    Raises
    ------
    GraphmodelError
        If the statement is wrong; nothing is changed then.

    Examples
    --------
    >>> change_report(store, "CREATE (n:Example) DELETE n", {}).notes
    ['Changed: 1 node created, 1 node deleted...']
    """
    require_single_statement(statement)
    found, counted = store.change(statement, parameters, seconds=seconds)
    # The two stores tell them in different orders.
    told = sorted(counted.items(), key=lambda item: (not item[0].startswith("nodes"), item[0]))
    notes = [f"Changed: {', '.join(map(_counted, told))}."] if told else []
    title = f"{len(found)} row{'' if len(found) == 1 else 's'}"
    table = Table(found.columns or ("result",), [list(row) for row in found.rows])
    return Report(title, [table], notes or ["Nothing was changed."])


def _counted(item: tuple[str, int]) -> str:
    """``nodes_created`` as a person would say it."""
    what, _, done = item[0].rpartition("_")
    things = {"properties": "property", "indexes": "index"}
    one = things.get(what, what.removesuffix("s"))
    return f"{item[1]} {one if item[1] == 1 else what} {done}"


def split_prefix(statement: str) -> tuple[str, Literal["explain", "profile"] | None]:
    """Take EXPLAIN or PROFILE off a statement.

    Parameters
    ----------
    statement : str
        As typed.

    Returns
    -------
    str
        The rest.
    str or None
        Which of the two it was.

    Examples
    --------
    >>> split_prefix("explain MATCH (c:Council) RETURN c")
    ('MATCH (c:Council) RETURN c', 'explain')
    """
    found = _PREFIX.match(statement)
    if not found:
        return statement, None
    is_profile = found["word"].upper() == "PROFILE"
    return statement[found.end() :], "profile" if is_profile else "explain"


def plan_report(
    store: Store,
    statement: str,
    parameters: Mapping[str, Any],
    *,
    profile: bool = False,
    seconds: float | None = None,
) -> Report:
    """Show how the database means to answer a statement, or how it has.

    Parameters
    ----------
    store, statement, parameters, seconds
        As for `cypher_answer`.
    profile : bool
        Run it, and say how many rows each step gave.

    Returns
    -------
    Report
        A step a row; steps that stand deeper come first.

    Examples
    --------
    >>> plan_report(store, "MATCH (c:Council) RETURN c.name", {}).tables[0].columns[:2]
    ['step', 'details']
    """
    plan = store.plan_of(statement, parameters, profile=profile, seconds=seconds)
    columns = ["step", "details", "estimated_rows", "rows", "hits"]
    rows = [
        [
            f"{'· ' * step.depth}{step.operator}",
            step.details,
            step.estimated_rows,
            step.rows,
            step.hits,
        ]
        for step in plan.steps
    ]
    kept = [
        at for at, name in enumerate(columns) if at < 2 or any(row[at] is not None for row in rows)
    ]
    table = Table([columns[at] for at in kept], [[row[at] for at in kept] for row in rows])
    notes = []
    if plan.text:
        told = [line.strip() for line in plan.text.splitlines() if ":" in line or "Using" in line]
        notes = ["As the embedded store tells it:", *(line for line in told if line[0] != "+")]
    return Report("Profile" if profile else "Plan", [table], notes)
