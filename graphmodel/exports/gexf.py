"""GEXF 1.2, for Gephi, with a timeline.

Source: GEXF File Format (gexf.net).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx

from graphmodel.exports.network import flat
from graphmodel.foreign_text import fit_for_xml

_PUBLISHED = {"start": "start_published", "end": "end_published"}
"""``start`` and ``end`` are the timeline's in this format."""
_TIMELINE = {"valid_from": "start", "valid_to": "end"}


def write(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write a file whose nodes and edges begin and end on Gephi's timeline.

    The days are those of ``valid_from`` and ``valid_to``. The format has no half-open
    intervals: on its last day on the timeline a membership no longer holds.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.
    file : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("Service:roads", label="Roads", valid_from="2009-04-01")
    >>> with TemporaryDirectory() as folder:
    ...     write(graph, Path(folder, "graph.gexf"))
    ...     read = nx.read_gexf(Path(folder, "graph.gexf"), version="1.2draft")
    >>> read.nodes["Service:roads"]["start"]
    '2009-04-01'
    """
    timed = flat(graph, fit_for_xml)
    for _, said in timed.nodes(data=True):
        _put_on_timeline(said)
    for _, _, said in timed.edges(data=True):
        _put_on_timeline(said)
        said["label"] = said["relationship"]
    timed.graph["mode"] = "dynamic"
    nx.write_gexf(timed, file, version="1.2draft")


def _put_on_timeline(said: dict[str, Any]) -> None:
    for name, other in (*_PUBLISHED.items(), *_TIMELINE.items()):
        if name in said:
            said[other] = said.pop(name)
