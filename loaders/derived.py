"""Judging tables whose ids are made of what their rows say, row by row, in little room.

Each row of savings, findings and statistics states a node and the edge to it. As in
`loaders.plain`, whatever may be wrong makes it give up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graphmodel.names import NameIndex
from graphmodel.pile import Pile
from graphmodel.store.statements import Shape
from loaders.columns import NotPlainError
from loaders.datapackage import DataPackage, Table
from loaders.fingerprints import Fingerprints
from loaders.gathering import Said, Several, gathered
from loaders.problems import Problem
from loaders.references import Hopes, References
from loaders.rows import HELD_COPIED, Row, right_rows, wrong_columns
from loaders.settling import claims_of, stated_by
from loaders.stated import Validated


def derived(
    tables: Iterable[Table], names: NameIndex, package: DataPackage
) -> dict[Shape, Several]:
    """Judge tables without faults, and give what they state.

    Parameters
    ----------
    tables : iterable of Table
        Whose ids are derived.
    names : NameIndex
        Everything to which they may refer.
    package : DataPackage
        To which they belong.

    Returns
    -------
    dict of Shape to mapping of tuple to list of dict
        See `loaders.gathering`.

    Raises
    ------
    NotPlainError
        If anything may be wrong.

    Examples
    --------
    >>> derived([], NameIndex([]), DataPackage("mine", "", "1"))
    {}
    """
    found = Validated(package)
    references = References(names, Hopes(), found)
    prints = Fingerprints()
    said: dict[Shape, Pile[Said]] = defaultdict(lambda: Pile(held=HELD_COPIED))
    for row, named in references.right(_rows(tables, found.problems)):
        stated = list(stated_by(row, named))
        prints.add([claims_of(stated)])
        for shape, key, values in stated:
            said[shape].add((row.number, key, values))
    if found.problems or (prints.repeated() and not package.as_stored):
        raise NotPlainError
    # Rows that differ may state one edge, or a back-up one row twice: that counts once.
    return {shape: gathered(rows, len(rows), once=True) for shape, rows in said.items()}


def _rows(tables: Iterable[Table], problems: list[Problem]) -> Iterator[Row]:
    """Read rows that are right; give up at the first problem, of a row or of whom it names."""
    for table in tables:
        if any(wrong_columns(table)):
            raise NotPlainError
        for row in right_rows(table, problems, [], most=1):
            if problems:
                raise NotPlainError
            yield row
