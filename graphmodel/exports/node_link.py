"""JSON as d3 and others take it: lists of nodes and of links."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

from graphmodel.exports.network import network, summary
from graphmodel.exports.summary import Exported
from graphmodel.store import Store


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write ``nodes``, each with an ``id``, and ``links``, each with ``source`` and ``target``.

    What a fact's document is called stands in ``cited``: ``source`` is the end of a link.

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
    for _, _, said in graph.edges(data=True):
        if "source" in said:
            said["cited"] = said.pop("source")
    data = nx.node_link_data(graph, edges="links")
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return summary(graph, dataset)
