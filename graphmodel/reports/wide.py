"""Tables of many narrow columns on a page: short heads with a legend, in blocks that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from graphmodel.reports.table import Table

GAP = 2
"""Characters between two columns."""
HEAD_PADDING = 2
"""Characters that a head of numbers gets beside it."""


def legend(table: Table) -> str:
    """Say what the short heads of a table stand for.

    Parameters
    ----------
    table : Table
        With or without short heads.

    Returns
    -------
    str
        Empty if it has none.

    Examples
    --------
    >>> legend(Table(["council", "Roads"], [["Angus", 3]], heads={"Roads": "A"}))
    'A Roads.'
    """
    parts = [f"{short} {column}" for column, short in table.heads.items()]
    return f"{'; '.join(parts)}." if parts else ""


def blocks(table: Table, texts: Sequence[Sequence[str]], width: int | None) -> list[list[int]]:
    """Divide the columns of a table with short heads into blocks that fit a line.

    Parameters
    ----------
    table : Table
        Its first column is repeated in every block.
    texts : sequence of sequence of str
        Its rows as they will be printed.
    width : int or None
        Characters a line; ``None`` for no end.

    Returns
    -------
    list of list of int
        Positions of the columns of each block; all in one if the table has no short
        heads, as its cells can be broken.

    Examples
    --------
    >>> table = Table(["council", "Roads", "HR"], [["Angus", 3, 0]], heads={"Roads": "A"})
    >>> blocks(table, [["Angus", "3", "0"]], 15)
    [[0, 1], [0, 2]]
    """
    everything = list(range(len(table.columns)))
    if not table.heads or width is None:
        return [everything]
    heads = shown_heads(table)
    sizes = [
        GAP + max(len(heads[at]) + HEAD_PADDING, *(len(row[at]) for row in texts), 0)
        for at in everything
    ]
    room = width - sizes[0] + GAP
    needed = math.ceil(sum(sizes[1:]) / max(room, 1))
    target = min(room, sum(sizes[1:]) / needed + max(sizes[1:]))
    found = [[0]]
    used = 0
    for at in everything[1:]:
        if used + sizes[at] > target and len(found[-1]) > 1:
            found.append([0])
            used = 0
        found[-1].append(at)
        used += sizes[at]
    return found


def shown_heads(table: Table) -> list[str]:
    """What stands above each column on a page.

    Parameters
    ----------
    table : Table
        With or without short heads.

    Returns
    -------
    list of str

    Examples
    --------
    >>> shown_heads(Table(["takes_part", "Roads"], [], heads={"Roads": "A"}))
    ['takes part', 'A']
    """
    return [
        str(table.heads.get(column, column.replace("_", " "))) for column in map(str, table.columns)
    ]
