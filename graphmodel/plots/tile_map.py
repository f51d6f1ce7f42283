"""Councils as tiles of one size, roughly where they lie: islands and cities are seen as well."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from graphmodel.errors import GraphmodelError
from graphmodel.plots.figure import ALONE, blank, legend, look

STRONGEST = 3
"""Ties drawn for each council."""
CAPTION = "Lines: the three strongest ties of each council; the thicker, the more is shared."
_WIDTH = 11
_FOOT = 0.29
"""How far below the middle of a tile its ties meet, clear of its name."""


def tile_places() -> dict[str, tuple[str, int, int]]:
    """Where the tile of each Scottish council lies, and what stands on it.

    Returns
    -------
    dict of str to tuple
        Label, column from the west and row from the north, by id; our own drawing.

    Examples
    --------
    >>> tile_places()["GB-LAS-ANS"]
    ('Angus', 5, 3)
    """
    text = resources.files("graphmodel.plots").joinpath("tile_map.csv").read_text(encoding="utf-8")
    return {
        row["council"]: (row["label"], int(row["column"]), int(row["row"]))
        for row in csv.DictReader(text.splitlines())
    }


def draw_tile_map(
    tied: nx.Graph, groups: Sequence[tuple[str, Sequence[str]]], *, title: str
) -> Figure:
    """Draw councils as tiles filled by group, with the strongest ties between them.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`, of Scottish councils.
    groups : sequence of (str, sequence of str)
        Name and members of each group; councils in none stay white.
    title : str
        What stands above the picture.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GraphmodelError
        If there is no tile for one of the councils.

    Examples
    --------
    >>> pair = nx.Graph([("GB-LAS-ANS", "GB-LAS-DND", {"weight": 1.0})])
    >>> figure = draw_tile_map(pair, [("Tayside", ["GB-LAS-ANS", "GB-LAS-DND"])], title="Ties")
    >>> len(figure.axes[0].patches)  # two tiles and a tie
    3
    """
    places = tile_places()
    strangers = sorted(council for council in tied if council not in places)
    if strangers:
        raise GraphmodelError(
            f"The tile map is of Scotland's 32 councils and has no tile for {strangers[0]}. "
            "Try --plot-as network."
        )
    figure, axes = blank(10, 9.5, title)
    group_of = {member: at for at, (_, members) in enumerate(groups) for member in members}
    for council, (label, column, row) in places.items():
        if council in tied:
            _draw_tile(axes, column, row, label, group_of.get(council))
    strongest = max(tied.edges(data="weight"), key=lambda tie: tie[2], default=(0, 0, 1.0))[2]
    for (first, second), weight in strongest_ties(tied).items():
        ends = places[first][1:], places[second][1:]
        axes.add_patch(_tie(*ends, weight / strongest))
        feet = [(column, row + _FOOT) for column, row in ends]
        axes.plot(*zip(*feet, strict=True), "o", color="black", markersize=4, zorder=2.5)
    axes.text(-0.5, 7.55, CAPTION, fontsize=9, va="bottom")
    legend(axes, [name for name, _ in groups], loc="upper left")
    axes.set_xlim(-0.6, 7.6)
    axes.set_ylim(7.6, -0.6)
    axes.set_aspect("equal")
    return figure


def strongest_ties(tied: nx.Graph, most: int = STRONGEST) -> Mapping[tuple[str, str], float]:
    """Ties that are among the strongest of one of their two councils.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.
    most : int
        How many of each council.

    Returns
    -------
    mapping of (str, str) to float
        Weight by the two ids, the smaller first; sorted.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 2.0), ("a", "c", 1.0), ("b", "c", 0.5)])
    >>> strongest_ties(graph, 1)
    {('a', 'b'): 2.0, ('a', 'c'): 1.0}
    """
    kept = {}
    for council in tied:
        neighbours = tied[council]
        ranked = sorted(neighbours, key=lambda other: (-neighbours[other]["weight"], other))
        for other in ranked[:most]:
            kept[min(council, other), max(council, other)] = neighbours[other]["weight"]
    return dict(sorted(kept.items()))


def _tie(start: tuple[int, int], end: tuple[int, int], share: float) -> FancyArrowPatch:
    """A line from low on one tile to low on another, over those between, which it curves past."""
    beside = max(abs(start[0] - end[0]), abs(start[1] - end[1])) == 1
    return FancyArrowPatch(
        (start[0], start[1] + _FOOT),
        (end[0], end[1] + _FOOT),
        arrowstyle="-",
        connectionstyle=f"arc3,rad={0 if beside else 0.25}",
        linewidth=0.8 + 5 * share,
        color="black",
        alpha=0.5,
        capstyle="round",
        zorder=2.5,
    )


def _draw_tile(axes: Axes, column: int, row: int, label: str, group: int | None) -> None:
    fill = ALONE if group is None else look(group)
    tile = FancyBboxPatch(
        (column - 0.42, row - 0.42),
        0.84,
        0.84,
        boxstyle="round,pad=0,rounding_size=0.08",
        facecolor=fill.colour,
        hatch=fill.hatch,
        edgecolor="black",
        linewidth=1.0,
        zorder=2,
    )
    axes.add_patch(tile)
    text = "\n".join(textwrap.wrap(label, _WIDTH, break_long_words=False))
    behind = {"facecolor": fill.colour, "edgecolor": "none", "alpha": 0.75, "pad": 0.5}
    style: dict[str, Any] = {"ha": "center", "color": fill.ink, "bbox": behind, "zorder": 3}
    axes.text(column, row, text, va="center", fontsize=6.5, **style)
    if group is not None:
        axes.text(column, row - 0.27, str(group + 1), va="center", fontsize=7, **style)
