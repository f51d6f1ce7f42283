"""Kumu's blueprint, a JSON file that is dropped onto a map.

Source: Kumu documentation, "JSON / Blueprints" (docs.kumu.io/guides/import/blueprints).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx

from graphmodel.exports.network import write_json

_UNDIRECTED = "BORDERS"


def write(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write ``elements`` and ``connections``, each with an id of its own.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.
    file : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> pair = nx.MultiDiGraph([("a", "b", {"relationship": "BORDERS"})])
    >>> nx.set_node_attributes(pair, "Council", "type")
    >>> with TemporaryDirectory() as folder:
    ...     write(pair, Path(folder, "graph.json"))
    ...     print(Path(folder, "graph.json").read_text().count('"direction": "undirected"'))
    1
    """
    elements: list[dict[str, Any]] = [
        {**said, "id": name, "tags": [said["type"]]} for name, said in graph.nodes(data=True)
    ]
    connections = [
        {
            **{name: value for name, value in said.items() if name != "relationship"},
            "id": key,
            "from": tail,
            "to": head,
            "type": said["relationship"],
            "direction": "undirected" if said["relationship"] == _UNDIRECTED else "directed",
        }
        for tail, head, key, said in graph.edges(keys=True, data=True)
    ]
    write_json(file, {"elements": elements, "connections": connections})
