"""The graph's vocabulary, from the model's declarations."""

from __future__ import annotations

from graphmodel.model import EDGE_KINDS, NODE_KINDS, Edge, Element
from graphmodel.model.element import declared_properties
from graphmodel.model.tables import Column, column_of
from graphmodel.model.written import EDGES, NODES
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

DERIVED = {
    "valid_from": "date: first day on which it holds; open or unknown if missing",
    "valid_to": "date: day after the last on which it holds; open or unknown if missing",
}
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


def schema_document() -> str:
    """Write the reference page ``docs/schema.md``.

    Returns
    -------
    str
        Markdown; the same for the same model.

    Examples
    --------
    >>> schema_document().splitlines()[0]
    "# The graph's vocabulary"
    """
    parts = [
        "# The graph's vocabulary",
        "",
        "Made from the model's declarations by `make docs`; do not edit.",
        "",
        "Every node and relationship is declared once, in `graphmodel/model`. `id` is unique "
        "among the nodes of a label, by a constraint. Names of tables are those of the data "
        "package that `graphmodel load` takes.",
        "",
        "## Nodes",
    ]
    for node in NODE_KINDS:
        parts += ["", f"### `{node.label}`", "", _summary(node), "", f"Table `{node.table}`."]
        parts += _properties(node)
    parts += ["", "## Relationships"]
    for edge in EDGE_KINDS:
        ends = ", ".join(f"`{end.column}`" for end in edge.ends())
        parts += ["", f"### `{edge.type}`", "", f"`{pattern(edge)}`", "", _summary(edge), ""]
        parts.append(f"Table `{edge.table}`; its ends are in {ends}.")
        if edge.key_fields:
            told_apart = " and ".join(f"`{field}`" for field in edge.key_fields)
            parts.append(f"Between the same two nodes there is one for each {told_apart}.")
        if edge.undirected:
            parts.append("Stored once, smaller id first; ask without direction.")
        parts += _properties(edge)
    parts += ["", "## On every node and relationship", "", "| property | meaning |", "|---|---|"]
    parts += [f"| `{name}` | {meaning} |" for name, meaning in BOOKKEEPING.items()]
    parts += [
        "",
        "## Written by analyses, on request",
        "",
        "`report clusters --write` and `report centrality --write` add these, and `--clear` takes "
        "them out. No document states them, and loads leave them alone.",
        "",
        "| pattern | properties | meaning |",
        "|---|---|---|",
    ]
    parts += [
        f"| `{written.pattern}` | {', '.join(written.properties)} | {written.meaning} |"
        for written in (*NODES.values(), *EDGES.values())
    ]
    return "\n".join(parts) + "\n"


def _summary(kind: type[Element]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _properties(kind: type[Element]) -> list[str]:
    lines = ["", "| property | type | required | meaning |", "|---|---|---|---|"]
    lines += [_line(column_of(field)) for field in declared_properties(kind)]
    if kind.interval({}) is not None:
        for name, meaning in DERIVED.items():
            kind_of_value, _, text = meaning.partition(": ")
            lines.append(f"| `{name}` | {kind_of_value} | | {text} (derived) |")
    return lines


def _line(column: Column) -> str:
    choices = f": {', '.join(column.choices)}" if column.choices else ""
    required = "yes" if column.required else ""
    return f"| `{column.name}` | {column.type} | {required} | {column.description}{choices} |"
