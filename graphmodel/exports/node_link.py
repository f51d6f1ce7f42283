"""JSON as d3 and others take it: lists of nodes and of links."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from graphmodel.exports.network import cited, write_json


def write(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write ``nodes``, each with an ``id``, and ``links``, each with ``source`` and ``target``.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.
    file : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(nx.MultiDiGraph([("a", "b")]), Path(folder, "graph.json"))
    ...     print(Path(folder, "graph.json").read_text().count('"source": "a"'))
    1
    """
    write_json(file, nx.node_link_data(cited(graph), edges="links"))
