"""Rows that repeat or contradict others of their table: found, told and left out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from heapq import nsmallest
from itertools import chain, islice
from operator import itemgetter

from graphmodel.model.tables import TABLES
from graphmodel.names import Named
from graphmodel.pile import Pile
from loaders.fingerprints import Fingerprints
from loaders.gathering import HELD_TOGETHER, parted
from loaders.problems import Problem
from loaders.references import References
from loaders.rows import MOST_REJECTED, Row, right_rows, unjudged_rows, with_rows
from loaders.settling import Settlement, claims_of, stated_by
from loaders.stated import Validated
from loaders.table_file import Table

_TOGETHER = 1_000
_Suspect = tuple[int, tuple[int, list[str]]]
"""A number that rows share which speak of the same; and the row."""


def without_repetitions(table: Table, references: References, result: Validated) -> Table:
    """Leave out rows that say again what others say, or cannot be true beside them.

    Of the rows that speak of the same, a part is in memory at a time.

    Parameters
    ----------
    table : Table
        Of which each row is right by itself.
    references : References
        Finds whom rows name.
    result : Validated
        Gets what is wrong.

    Returns
    -------
    Table
        Of rows that say the same, it has the first.
    """
    suspects = Pile(_suspects(table, references), held=HELD_TOGETHER)
    if not suspects:
        return table
    problems: list[Problem] = []
    left_out = bytearray(1 + max(number for _, (number, _) in suspects))
    for part in parted(suspects, len(suspects), itemgetter(0)):
        alike = replace(table, rows=[row for _, row in part])
        found = Validated(result.package, partly_rejected=result.partly_rejected)
        Settlement(found).settle(references.right(right_rows(alike, [], [])))
        for problem in found.problems:
            left_out[_row(problem)] = True
        problems = nsmallest(MOST_REJECTED, chain(problems, found.problems), key=_row)
    result.problems += problems
    further = left_out.count(True) - len(problems)
    if further:
        result.problems.append(_further(problems[-1], further))
    rows = unjudged_rows([table])
    return with_rows(table, (row for row in rows if not any(left_out[row.number : row.number + 1])))


def _suspects(table: Table, references: References) -> Iterator[_Suspect]:
    """Rows that share with another what they speak of."""
    prints = Fingerprints()
    every: Pile[_Suspect] = Pile(held=HELD_TOGETHER)
    derives_id = TABLES[table.name].derives_id
    rows = right_rows(table, [], []) if derives_id else unjudged_rows([table])
    spoken_of = _said_by if derives_id else _spoken_of
    found = references.right(rows)
    while some := list(islice(found, _TOGETHER)):
        keys = [spoken_of(row, named) for row, named in some]
        prints.add(keys)
        for key, (row, _) in zip(keys, some, strict=True):
            every.add((hash(key), (row.number, list(row.cells.values()))))
    repeated = prints.repeated()
    return (row for row in every if row[0] in repeated)


def _said_by(row: Row, named: dict[str, Named]) -> Hashable:
    """All that a row says: without ids, all statistics would seem to speak of the same."""
    return claims_of(stated_by(row, named))


def _spoken_of(row: Row, named: dict[str, Named]) -> Hashable:
    """The same for rows that may repeat or contradict each other."""
    ends = sorted(found.id for column, found in named.items() if column != "source")
    return row.cells.get("id", ""), *ends


def _row(problem: Problem) -> int:
    return problem.row or 0


def _further(last: Problem, number: int) -> Problem:
    message = f"from here on, {number:,} further rows repeat or contradict others"
    return Problem(last.file, last.row, None, None, message, "They are left out, too.")
