"""GraphML, for Gephi, yEd, igraph and others.

Source: The GraphML File Format (graphml.graphdrawing.org).
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from graphmodel.exports.network import flat, network, summary
from graphmodel.exports.summary import Exported
from graphmodel.foreign_text import fit_for_xml
from graphmodel.store import Store


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write a file that has a type for every attribute; lists are joined by "; ".

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
    ...     exported = write(store, Path(folder, "graph.graphml"), "scotland")
    >>> exported.rows["scotland"]["Council"]
    32
    """
    graph = network(store, dataset)
    nx.write_graphml_xml(flat(graph, fit_for_xml), file, named_key_ids=True)
    return summary(graph, dataset)
