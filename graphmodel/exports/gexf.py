"""GEXF 1.3, for Gephi, with a timeline.

Source: GEXF File Format (gexf.net).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx

from graphmodel.exports.network import flat, network, summary
from graphmodel.exports.summary import Exported
from graphmodel.foreign_text import fit_for_xml
from graphmodel.store import Store

_PUBLISHED = {"start": "start_published", "end": "end_published"}
"""``start`` and ``end`` are the timeline's in this format."""
_TIMELINE = {"valid_from": "start", "valid_to": "end"}


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write a file whose nodes and edges begin and end on Gephi's timeline.

    The days are those of ``valid_from`` and ``valid_to``. The format has no half-open
    intervals: on its last day on the timeline a membership no longer holds.

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
    ...     exported = write(store, Path(folder, "graph.gexf"), "scotland")
    >>> exported.rows["scotland"]["Council"]
    32
    """
    graph = network(store, dataset)
    timed = flat(graph, fit_for_xml)
    for _, said in timed.nodes(data=True):
        _put_on_timeline(said)
    for _, _, said in timed.edges(data=True):
        _put_on_timeline(said)
        said["label"] = said["relationship"]
    timed.graph["mode"] = "dynamic"
    # The writer changes the module's register of namespaces and nothing else.
    nx.write_gexf(timed, file, version="1.2draft")
    return summary(graph, dataset)


def _put_on_timeline(said: dict[str, Any]) -> None:
    for name, other in (*_PUBLISHED.items(), *_TIMELINE.items()):
        if name in said:
            said[other] = said.pop(name)
