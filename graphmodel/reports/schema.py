"""The graph's vocabulary, from the model's declarations."""

from __future__ import annotations

from collections.abc import Mapping

from graphmodel.model import EDGE_KINDS, NODE_KINDS, Edge, Element
from graphmodel.model.element import declared_properties
from graphmodel.model.written import EDGES, NODES
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

DERIVED = {
    "valid_from": "date: first day on which it holds; open or unknown if missing",
    "valid_to": "date: day after the last on which it holds; open or unknown if missing",
}
Pattern = tuple[str, str, str]
"""Label of the tail, type of the relationship, label of the head."""
BOOKKEEPING = {
    "datasets": "list: datasets that state it",
    "citations": "list: all places that state it, document#locator, if there are several",
    "conflicts": "list: properties to which places give different values",
    "statements": "list of JSON: what each place says, if there are several",
    "key": "text: what tells an edge from others of its type between the same two nodes",
}


def schema_report(store: Store) -> Report:
    """Show labels, relationships and properties, and how many there are.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    Report
        One table for nodes, one for relationships; a third for what analyses have
        written, if they have.

    Examples
    --------
    >>> [table.heading for table in schema_report(store).tables]
    ['Nodes', 'Relationships']
    """
    nodes = [[node.label, _count(store, f"(x:{node.label})"), _names(node)] for node in NODE_KINDS]
    edges = [
        [pattern(edge), _count(store, f"()-[x:{edge.type}]->()"), _names(edge)]
        for edge in EDGE_KINDS
    ]
    tables = [
        Table(["label", "count", "properties"], nodes, "Nodes"),
        Table(["pattern", "count", "properties"], edges, "Relationships"),
    ]
    if _count(store, "(x:Analysis)"):
        tables.append(_written(store))
    return Report("The graph's vocabulary", tables)


def _written(store: Store) -> Table:
    """What analyses have written, which no dataset states."""
    counted = [
        *((written, f"(x:{label})") for label, written in NODES.items()),
        *((written, f"()-[x:{kind}]->()") for kind, written in EDGES.items()),
    ]
    rows = [
        [written.pattern, _count(store, what), list(written.properties)]
        for written, what in counted
    ]
    return Table(["pattern", "count", "properties"], rows, "Written by analyses")


def pattern(edge: type[Edge]) -> str:
    """How a relationship stands in the graph.

    Parameters
    ----------
    edge : type of Edge
        A class of the model.

    Returns
    -------
    str

    Examples
    --------
    >>> from graphmodel.model import ParticipatesIn
    >>> pattern(ParticipatesIn)
    '(Council or Partner)-[:PARTICIPATES_IN]->(Service)'
    """
    tail, head = (" or ".join(end.labels) for end in edge.ends())
    return f"({tail})-[:{edge.type}]->({head})"


def _count(store: Store, what: str) -> int:
    number: int = next(iter(store.read(f"MATCH {what} RETURN count(x) AS number")))["number"]
    return number


def _names(kind: type[Element]) -> list[str]:
    dates = list(DERIVED) if kind.interval({}) is not None else []
    return [field.name for field in declared_properties(kind)] + dates


def counted_patterns(store: Store) -> tuple[dict[str, int], dict[Pattern, int]]:
    """Count nodes by label, and relationships by their type and the labels at their ends.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to int
        By label.
    dict of tuple to int
        By tail, type and head.

    Examples
    --------
    >>> counted_patterns(store)[0]["Council"]
    32
    """
    nodes = {node.label: _count(store, f"(x:{node.label})") for node in NODE_KINDS}
    edges = {
        (tail, edge.type, head): _count(store, f"(:{tail})-[x:{edge.type}]->(:{head})")
        for edge in EDGE_KINDS
        for tail in edge.tail.labels
        for head in edge.head.labels
    }
    return nodes, edges


def diagram(nodes: Mapping[str, int], edges: Mapping[Pattern, int]) -> str:
    """Draw the vocabulary as a Mermaid flow chart, with counts.

    Parameters
    ----------
    nodes, edges
        As `counted_patterns` gives them; what does not occur is left out.

    Returns
    -------
    str

    Examples
    --------
    >>> print(diagram({"Council": 32}, {("Council", "BORDERS", "Council"): 65}))
    flowchart LR
      Council["Council<br/>32"]
      Council -->|"BORDERS 65"| Council
    """
    lines = ["flowchart LR"]
    lines += [f'  {label}["{label}<br/>{number:,}"]' for label, number in nodes.items() if number]
    lines += [
        f'  {tail} -->|"{kind} {number:,}"| {head}'
        for (tail, kind, head), number in edges.items()
        if number
    ]
    return "\n".join(lines) + "\n"
