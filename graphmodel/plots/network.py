"""Councils as a network: those that share much lie close."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from graphmodel.plots.figure import ALONE, blank, legend, look
from graphmodel.plots.tile_map import strongest_ties

TIES_DRAWN = 5
"""Ties drawn for each council; all of them decide where it lies."""


def draw_network(
    tied: nx.Graph, groups: Sequence[tuple[str, Sequence[str]]], *, title: str, seed: int = 0
) -> Figure:
    """Draw councils as circles, filled by group and drawn together by their ties.

    Parameters
    ----------
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`.
    groups : sequence of (str, sequence of str)
        Name and members of each group; what is in none is not drawn, as it has no ties.
    title : str
        What stands above the picture.
    seed : int
        Of the positions to start from.

    Returns
    -------
    matplotlib.figure.Figure

    Notes
    -----
    Positions: Fruchterman and Reingold 1991, "Graph drawing by force-directed
    placement", Software: Practice and Experience 21(11); ties within a group pull
    twice as much, so that groups lie apart.

    Examples
    --------
    >>> pair = nx.Graph([("a", "b", {"weight": 1.0})])
    >>> figure = draw_network(pair, [("Both", ["a", "b"])], title="Ties")
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['1', 'a', '1', 'b']
    """
    figure, axes = blank(11, 9, title)
    group_of = {member: at for at, (_, members) in enumerate(groups) for member in members}
    graph = nx.Graph()
    graph.add_nodes_from(sorted(node for node in tied if tied.degree(node)))
    for first, second, weight in sorted(tied.edges(data="weight")):
        together = group_of.get(first) == group_of.get(second)
        graph.add_edge(first, second, pull=weight * (2 if together else 1), weight=weight)
    positions = nx.spring_layout(graph, weight="pull", seed=seed, iterations=300, k=0.7)
    drawn = strongest_ties(graph, TIES_DRAWN)
    strongest = max(drawn.values(), default=1.0)
    for (first, second), weight in drawn.items():
        ends = [positions[first], positions[second]]
        axes.plot(
            *zip(*ends, strict=True),
            color="black",
            alpha=0.35,
            zorder=1,
            linewidth=0.4 + 5 * weight / strongest,
        )
    for node, (x, y) in positions.items():
        _draw_circle(axes, x, y, tied.nodes[node].get("name", node), group_of.get(node))
    legend(axes, [name for name, _ in groups], loc="best")
    return figure


def _draw_circle(axes: Axes, x: float, y: float, label: str, group: int | None) -> None:
    fill = ALONE if group is None else look(group)
    axes.scatter(
        [x], [y], s=420, facecolor=fill.colour, edgecolor="black", zorder=2, hatch=fill.hatch
    )
    if group is not None:
        axes.annotate(
            str(group + 1), (x, y), ha="center", va="center", fontsize=8, color=fill.ink, zorder=3
        )
    axes.text(
        x,
        y - 0.055,
        label,
        ha="center",
        va="top",
        fontsize=7.5,
        zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.5},
    )
