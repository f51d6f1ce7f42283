"""The page of the graph's vocabulary: what the model declares, with examples and counts."""

from __future__ import annotations

from functools import cache

from graphmodel.model import EDGE_KINDS, NODE_KINDS, Element, Node
from graphmodel.model.element import declared_properties
from graphmodel.model.tables import Column, column_of
from graphmodel.model.written import EDGES, NODES
from graphmodel.reports.schema import BOOKKEEPING, DERIVED, Pattern, diagram, pattern
from loaders.datapackage import read_package
from loaders.datasets import DEFAULT, locate
from loaders.validation import validate

EXAMPLES = {
    "PARTICIPATES_IN": """\
// Who takes part in the Ayrshire Roads Alliance, and since when?
MATCH (p:Council|Partner)-[r:PARTICIPATES_IN]->(:Service {id: 'ayrshire-roads-alliance'})
RETURN p.name AS member, r.role AS role, r.since AS since ORDER BY member""",
    "MEMBER_OF": """\
// Who sits on which joint body?
MATCH (m:Council|Partner)-[r:MEMBER_OF]->(body:Partner)
RETURN body.name AS body, m.name AS member, r.role AS role ORDER BY body, member, role""",
    "PART_OF": """\
// Which services have parts, and how many?
MATCH (part:Service)-[:PART_OF]->(whole:Service)
RETURN whole.name AS whole, count(part) AS parts ORDER BY parts DESC, whole LIMIT 5""",
    "SUCCEEDS": """\
// What took the place of what?
MATCH (later:Service)-[:SUCCEEDS]->(earlier:Service)
RETURN earlier.name AS earlier, later.name AS later ORDER BY earlier, later""",
    "ADOPTED_FROM": """\
// Which services follow the model of another?
MATCH (s:Service)-[:ADOPTED_FROM]->(model:Service)
RETURN s.name AS service, model.name AS model ORDER BY service""",
    "PRIORITISES": """\
// What have councils put first?
MATCH (c:Council)-[r:PRIORITISES]->(s:Service)
RETURN c.name AS council, r.rank AS rank, s.name AS service ORDER BY council, rank, service""",
    "IN_CATEGORY": """\
// How many services are there in each service area?
MATCH (s:Service)-[:IN_CATEGORY]->(k:Category)
RETURN k.name AS area, count(s) AS services ORDER BY services DESC, area LIMIT 5""",
    "OF_TYPE": """\
// How many services are there of each type of activity?
MATCH (s:Service)-[:OF_TYPE]->(t:ActivityType)
RETURN t.name AS type, count(s) AS services ORDER BY services DESC, type""",
    "BORDERS": """\
// Which councils does Fife touch, and how? It is stored once, so no arrow.
MATCH (:Council {id: 'GB-LAS-FIF'})-[r:BORDERS]-(n:Council)
RETURN n.name AS neighbour, r.kind AS kind ORDER BY neighbour, kind""",
    "IN_GROUPING": """\
// Which city regions are there, with how many councils?
MATCH (c:Council)-[:IN_GROUPING]->(g:Grouping {kind: 'city region'})
RETURN g.name AS region, count(DISTINCT c) AS councils ORDER BY region""",
    "FOCUSED_ON": """\
// Which services are for the area of one grouping?
MATCH (s:Service)-[:FOCUSED_ON]->(g:Grouping)
RETURN g.name AS area, s.name AS service ORDER BY area, service""",
    "HAS_SAVING": """\
// What is said to be saved? Never add up amounts of different bases.
MATCH (s:Service)-[:HAS_SAVING]->(v:Saving)
RETURN s.name AS service, v.basis AS basis, v.amount AS amount, v.currency AS currency
ORDER BY service, basis, amount""",
    "REPORTS": """\
// What are the benefits of the Ayrshire Roads Alliance?
MATCH (:Service {id: 'ayrshire-roads-alliance'})-[:REPORTS]->(f:Finding {kind: 'benefit'})
RETURN f.theme AS theme, f.text AS benefit ORDER BY theme, benefit""",
    "STATED_IN": """\
// Which documents have figures, and how many?
MATCH (f:Statistic)-[:STATED_IN]->(d:Document)
RETURN d.title AS document, count(f) AS figures ORDER BY figures DESC, document""",
}
"""A question in Cypher for each type of relationship, by the type."""


@cache
def counts() -> tuple[dict[str, int], dict[Pattern, int]]:
    """How much there is of everything in the Scottish picture, without a database."""
    nodes: dict[str, int] = {}
    edges: dict[Pattern, int] = {}
    for shape, number in validate(read_package(locate(DEFAULT))).shapes.items():
        if issubclass(shape.kind, Node):
            nodes[shape.name] = number
        else:
            edges[shape.tail, shape.name, shape.head] = number
    order = [kind.label for kind in NODE_KINDS]
    return dict(sorted(nodes.items(), key=lambda item: order.index(item[0]))), edges


def schema_document() -> str:
    """The reference page of labels, relationships and properties."""
    nodes, edges = counts()
    parts = [
        "# The graph's vocabulary",
        "",
        "Made from the model's declarations by `make docs`; do not edit.",
        "",
        "Every node and relationship is declared once, in `graphmodel/model`. `id` is unique "
        "among the nodes of a label, by a constraint. Names of tables are those of the data "
        "package that `graphmodel load` takes. Counts are those of the Scottish picture; "
        "`graphmodel schema` has those of your store, also as a diagram (`--format mermaid`). "
        "Each relationship has an example in Cypher; "
        "[ten short lessons](cypher-lessons.md) begin at the beginning.",
        "",
        "```mermaid",
        diagram(nodes, edges).rstrip(),
        "```",
        "",
        "## Nodes",
    ]
    for node in NODE_KINDS:
        parts += ["", f"### `{node.label}`", "", _summary(node), ""]
        parts.append(f"Table `{node.table}`. {nodes.get(node.label, 0):,} in the Scottish picture.")
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
        number = sum(n for (_, kind, _), n in edges.items() if kind == edge.type)
        parts.append(f"{number:,} in the Scottish picture. For example:")
        parts += ["", "```cypher", EXAMPLES[edge.type], "```"]
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
