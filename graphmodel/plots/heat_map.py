"""A table of counts as a heat map."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from graphmodel.errors import GraphmodelError
from graphmodel.plots.figure import blank


def draw_heat_map(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]], *, title: str
) -> Figure:
    """Draw counts as shades of one colour, each with its number; zeros stay empty.

    Parameters
    ----------
    rows, columns : sequence of str
        Names, in the order to show.
    values : sequence of sequence of int
        One count for each row and column.
    title : str
        What stands above the picture.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GraphmodelError
        If there are no rows or no columns.

    Examples
    --------
    >>> figure = draw_heat_map(["Angus"], ["Roads", "Waste"], [[2, 0]], title="Coverage")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['2', '']
    """
    if not rows or not columns:
        raise GraphmodelError("There is nothing to draw: the table is empty.")
    figure, axes = blank(2.6 + 0.36 * len(columns), 2.4 + 0.24 * len(rows), title)
    axes.set_axis_on()
    most = max((value for row in values for value in row), default=1) or 1
    # Shades of one colour: darker is more, in print and for every eye; never too dark to read.
    axes.imshow(values, cmap="Blues", vmin=0, vmax=1.25 * most, aspect="auto")
    heads = [textwrap.fill(column, 32) for column in columns]
    axes.set_xticks(range(len(columns)), heads, rotation=90, fontsize=7)
    axes.set_yticks(range(len(rows)), rows, fontsize=7)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xticks([at - 0.5 for at in range(1, len(columns))], minor=True)
    axes.set_yticks([at - 0.5 for at in range(1, len(rows))], minor=True)
    axes.grid(which="minor", color="#cccccc", linewidth=0.6)
    axes.tick_params(which="minor", length=0)
    for row, counts in enumerate(values):
        for column, count in enumerate(counts):
            axes.text(
                column,
                row,
                str(count) if count else "",
                ha="center",
                va="center",
                fontsize=6.5,
                color="white" if count > 0.7 * most else "black",
            )
    return figure
