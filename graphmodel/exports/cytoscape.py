"""Cytoscape's JSON (.cyjs), for Cytoscape and Cytoscape.js."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx

from graphmodel.exports.network import network, summary
from graphmodel.exports.summary import Exported
from graphmodel.store import Store

_TAKEN = ("source", "target", "id", "key")


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write ``elements`` with ``nodes`` and ``edges``; a fact's document is ``cited``.

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
    ...     exported = write(store, Path(folder, "graph.cyjs"), "scotland")
    >>> exported.rows["scotland"]["Council"]
    32
    """
    graph = network(store, dataset)
    plain = nx.MultiDiGraph()
    plain.add_nodes_from((name, _cited(said)) for name, said in graph.nodes(data=True))
    plain.add_edges_from(
        (tail, head, key, _cited(said))
        for tail, head, key, said in graph.edges(keys=True, data=True)
    )
    for name, said in plain.nodes(data=True):
        # The library would write the name twice, and in place of ours.
        said.setdefault("name", said.get("label", name))
    data = nx.cytoscape_data(plain)
    for number, edge in enumerate(data["elements"]["edges"]):
        edge["data"]["id"] = f"e{number}"
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return summary(graph, dataset)


def _cited(said: dict[str, Any]) -> dict[str, Any]:
    return {"cited" if name == "source" else name: value for name, value in said.items()}
