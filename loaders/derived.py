"""Judging tables whose ids are made of what their rows say, row by row, in little room.

Each row of savings, findings and statistics states a node and the edge to it. As in
`loaders.plain`, whatever may be wrong makes it give up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graphmodel.names import NameIndex
from graphmodel.pile import Pile
from graphmodel.store.statements import Shape
from loaders.columns import NotPlainError
from loaders.consistency import consistent
from loaders.datapackage import DataPackage, Table
from loaders.gathering import Said, Several
from loaders.references import Hopes, References
from loaders.rows import HELD_COPIED, right_rows, wrong_columns
from loaders.settling import stated_by
from loaders.stated import Validated


def derived(
    tables: Sequence[Table], names: NameIndex, package: DataPackage
) -> dict[Shape, Several]:
    """Judge tables without faults, and give what they state.

    Parameters
    ----------
    tables : sequence of Table
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
    said: dict[Shape, Pile[Said]] = defaultdict(lambda: Pile(held=HELD_COPIED))
    if any(problem for table in tables for problem in wrong_columns(table)):
        raise NotPlainError
    rows = (row for table in tables for row in right_rows(table, found.problems, []))
    for row, named in references.right(rows):
        if found.problems:
            break
        for shape, key, values in stated_by(row, named):
            said[shape].add((row.number, key, values))
    if found.problems:
        raise NotPlainError
    return {
        shape: consistent(shape, rows, len(rows), as_stored=package.as_stored)
        for shape, rows in said.items()
    }
