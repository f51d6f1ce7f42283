"""Kumu's blueprint, a JSON file that is dropped onto a map.

Source: Kumu documentation, "JSON / Blueprints" (docs.kumu.io/guides/import/blueprints).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphmodel.exports.network import network, summary
from graphmodel.exports.summary import Exported
from graphmodel.store import Store

_UNDIRECTED = "BORDERS"


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write ``elements`` and ``connections``, each with an id of its own.

    Parameters
    ----------
    store : Store
        An open store.
    file : Path
        To make.
    dataset : str or None
        Whose words to write; everybody's if none.

    Returns
    -------
    Exported

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exported = write(store, Path(folder, "graph.json"), "scotland")
    >>> exported.rows["scotland"]["Council"]
    32
    """
    graph = network(store, dataset)
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
    data = {"elements": elements, "connections": connections}
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return summary(graph, dataset)
