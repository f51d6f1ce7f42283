"""What is in a store as one NetworkX graph, for the formats of other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from graphmodel.errors import NotFoundError
from graphmodel.exports.summary import Exported
from graphmodel.model import NODE_KINDS
from graphmodel.store import Store
from graphmodel.store.statements import EDGE_SHAPES, Shape

LEFT_OUT = ("statements", "key", "id")
"""Bookkeeping of the store, and what nodes are called by here."""
BETWEEN = "; "
"""Between the values of a list, where a format has no lists."""


def network(store: Store, dataset: str | None = None) -> nx.MultiDiGraph:
    """Read everything that is in a store, or what one dataset says.

    Parameters
    ----------
    store : Store
        An open store.
    dataset : str, optional
        Only what this one states, and what its relationships lead to.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes are called by label and id (``Council:GB-LAS-ANS``), and have ``type`` (the
        label), ``identifier`` (the id), ``label`` (what people call them) and their
        properties; edges have ``relationship`` and theirs. Dates are texts, what is missing
        is left out, and the keys of edges are numbered through.

    Raises
    ------
    NotFoundError
        If nothing is stated by that dataset.

    Examples
    --------
    >>> graph = network(store)
    >>> graph.nodes["Council:GB-LAS-ANS"]["label"]
    'Angus'
    >>> edges = graph.get_edge_data("Council:GB-LAS-ABD", "Council:GB-LAS-ABE")
    >>> [said["relationship"] for said in edges.values()]
    ['BORDERS']
    """
    nodes, stated = _nodes(store, dataset)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((name, nodes[name]) for name in nodes if name in stated)
    for shape in EDGE_SHAPES:
        for row in store.stream(_edges_of(shape), {"dataset": dataset}):
            ends = f"{shape.tail}:{row['tail']}", f"{shape.head}:{row['head']}"
            for end in ends:
                if end not in graph:
                    graph.add_node(end, **nodes[end])
            said = {"relationship": shape.name, **_values(row["said"])}
            graph.add_edge(*ends, key=f"e{graph.number_of_edges()}", **said)
    if dataset is not None and not graph:
        raise NotFoundError(f"Nothing here is stated by a dataset {dataset!r}.")
    return graph


def _nodes(store: Store, dataset: str | None) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Every node by its name here, and which of them are asked for."""
    nodes: dict[str, dict[str, Any]] = {}
    stated = set()
    for kind in NODE_KINDS:
        for row in store.stream(
            f"MATCH (x:{kind.label}) RETURN properties(x) AS said ORDER BY x.id"
        ):
            said = row["said"]
            name = f"{kind.label}:{said['id']}"
            called = said.get("name") or said.get("title") or said.get("text") or said["id"]
            own = {"type": kind.label, "identifier": said["id"], "label": called}
            nodes[name] = {**_values(said), **own}
            if dataset is None or dataset in (said.get("datasets") or ()):
                stated.add(name)
    return nodes, stated


def _edges_of(shape: Shape) -> str:
    return (
        f"MATCH (tail:{shape.tail})-[x:{shape.name}]->(head:{shape.head}) "
        "WHERE $dataset IS NULL OR $dataset IN x.datasets "
        "RETURN tail.id AS tail, head.id AS head, properties(x) AS said "
        "ORDER BY tail, head, x.key, x.source, x.locator"
    )


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    kept = ((name, value) for name, value in sorted(said.items()) if name not in LEFT_OUT)
    return {name: _value(value) for name, value in kept if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(one) for one in value]
    if hasattr(value, "to_native"):
        value = value.to_native()
    return value.isoformat() if isinstance(value, date) else value


def flat(graph: nx.MultiDiGraph, change: Callable[[str], str] = str) -> nx.MultiDiGraph:
    """Write lists as texts, for formats that have none.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `network`.
    change : callable
        What becomes of each text.

    Returns
    -------
    networkx.MultiDiGraph
        A copy.

    Examples
    --------
    >>> lists = nx.MultiDiGraph()
    >>> lists.add_node("a", aliases=["x", "y"], population=3)
    >>> flat(lists).nodes["a"]
    {'aliases': 'x; y', 'population': 3}
    """
    written = nx.MultiDiGraph()
    written.add_nodes_from((name, _flat(said, change)) for name, said in graph.nodes(data=True))
    written.add_edges_from(
        (tail, head, key, _flat(said, change))
        for tail, head, key, said in graph.edges(keys=True, data=True)
    )
    return written


def _flat(said: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    joined = {
        name: BETWEEN.join(map(str, value)) if isinstance(value, list) else value
        for name, value in said.items()
    }
    return {n: change(value) if isinstance(value, str) else value for n, value in joined.items()}


def limited(graph: nx.MultiDiGraph, relationship: str) -> nx.MultiDiGraph:
    """Keep the edges of one relationship, and the nodes that have any.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `network`.
    relationship : str
        Such as PARTICIPATES_IN.

    Returns
    -------
    networkx.MultiDiGraph
        A view.

    Examples
    --------
    >>> limited(nx.MultiDiGraph([("a", "b", {"relationship": "BORDERS"})]), "PART_OF").nodes
    NodeView(())
    """
    edges = graph.edges(keys=True, data="relationship")
    return graph.edge_subgraph([edge[:3] for edge in edges if edge[3] == relationship])


def cited(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Call the document of a fact ``cited``, where ``source`` is the end of an edge.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `network`.

    Returns
    -------
    networkx.MultiDiGraph
        A copy.

    Examples
    --------
    >>> graph = nx.MultiDiGraph([("a", "b", {"source": "a-report"})])
    >>> list(cited(graph).edges(data=True))
    [('a', 'b', {'cited': 'a-report'})]
    """
    plain = graph.copy()
    for _, _, said in plain.edges(data=True):
        if "source" in said:
            said["cited"] = said.pop("source")
    return plain


def write_json(file: Path, data: Any) -> None:
    """Write JSON that people can read, too.

    Parameters
    ----------
    file : Path
        To make.
    data : dict or list
        Of what JSON has.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_json(Path(folder, "a.json"), {"name": "Nàiseanta"})
    ...     print(Path(folder, "a.json").read_text(encoding="utf-8"))
    {
     "name": "Nàiseanta"
    }
    """
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def summary(graph: nx.MultiDiGraph, dataset: str | None) -> Exported:
    """Count what was written.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `network`.
    dataset : str or None
        What was asked for.

    Returns
    -------
    Exported

    Examples
    --------
    >>> pair = nx.MultiDiGraph([("a", "b", {"relationship": "BORDERS"})])
    >>> nx.set_node_attributes(pair, "Council", "type")
    >>> summary(pair, None).rows
    {'everything': {'Council': 2, 'BORDERS': 1}}
    """
    counts: dict[str, int] = {}
    for _, kind in graph.nodes(data="type"):
        counts[kind] = counts.get(kind, 0) + 1
    for _, _, kind in graph.edges(data="relationship"):
        counts[kind] = counts.get(kind, 0) + 1
    return Exported({dataset or "everything": counts})
