"""Cytoscape's JSON (.cyjs), for Cytoscape and Cytoscape.js."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from graphmodel.exports.network import cited, write_json


def write(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write ``elements`` with ``nodes`` and ``edges``, each with an id of its own.

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
    ...     write(nx.MultiDiGraph([("a", "b")]), Path(folder, "graph.cyjs"))
    ...     print(Path(folder, "graph.cyjs").read_text().count('"id": "e0"'))
    1
    """
    plain = cited(graph)
    for name, said in plain.nodes(data=True):
        # The library would write the name twice, and in place of ours.
        said.setdefault("name", said.get("label", name))
    data = nx.cytoscape_data(plain)
    for number, edge in enumerate(data["elements"]["edges"]):
        edge["data"]["id"] = f"e{number}"
    write_json(file, data)
