"""GraphML, for Gephi, yEd, igraph and others.

Source: The GraphML File Format (graphml.graphdrawing.org).
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from graphmodel.exports.network import flat
from graphmodel.foreign_text import fit_for_xml


def write(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write a file that has a type for every attribute; lists are joined by "; ".

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
    ...     write(nx.MultiDiGraph([("a", "b")]), Path(folder, "graph.graphml"))
    ...     print(*nx.read_graphml(Path(folder, "graph.graphml")))
    a b
    """
    nx.write_graphml_xml(flat(graph, fit_for_xml), file, named_key_ids=True)
