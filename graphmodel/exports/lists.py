"""Lists of nodes and edges as CSV, for igraph, R and spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from graphmodel.exports.network import flat
from graphmodel.foreign_text import defused

README = """\
nodes.csv: one line a node, its name first.
edges.csv: one line a relationship, the names of its two ends first.

In R:      graph_from_data_frame(read.csv("edges.csv"), vertices = read.csv("nodes.csv"))
In Python: igraph.Graph.DataFrame(pandas.read_csv("edges.csv"),
                                  vertices=pandas.read_csv("nodes.csv"), use_vids=False)

A text that a spreadsheet would take for a formula has an apostrophe before it.
"""


def write(graph: nx.MultiDiGraph, folder: Path) -> None:
    """Write a folder with ``nodes.csv``, ``edges.csv`` and how to read them.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.
    folder : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(nx.MultiDiGraph([("a", "b")]), Path(folder, "lists"))
    ...     print(*sorted(file.name for file in Path(folder, "lists").iterdir()))
    README.txt edges.csv nodes.csv
    """
    plain = flat(graph)
    folder.mkdir()
    (folder / "README.txt").write_text(README, encoding="utf-8")
    nodes = ({"node": name, **said} for name, said in plain.nodes(data=True))
    edges = ({"from": tail, "to": head, **said} for tail, head, said in plain.edges(data=True))
    _write_table(folder / "nodes.csv", ("node", "type", "identifier", "label"), list(nodes))
    _write_table(folder / "edges.csv", ("from", "to", "relationship"), list(edges))


def _write_table(file: Path, first: Iterable[str], rows: list[Mapping[str, Any]]) -> None:
    others = sorted({name for row in rows for name in row} - set(first))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*first, *others], restval="")
        writer.writeheader()
        writer.writerows({name: defused(value) for name, value in row.items()} for row in rows)
