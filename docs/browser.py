"""What Neo4j Browser takes: a style sheet, and the catalogue as saved queries."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import cache

from graphmodel.model import EDGE_KINDS, NODE_KINDS
from graphmodel.names import Named, NameIndex
from graphmodel.query_catalogue import AUDIENCES, CatalogueQuery, load_catalogue
from graphmodel.query_catalogue.browser import browser_text
from loaders.datasets import DEFAULT, locate

_COLOURS = {
    "Council": ("#0b5394", 60),
    "Partner": ("#6aa84f", 50),
    "Service": ("#e69138", 55),
    "Grouping": ("#8e7cc3", 50),
    "Category": ("#a64d79", 45),
    "ActivityType": ("#c27ba0", 45),
    "Document": ("#999999", 40),
    "Saving": ("#38761d", 35),
    "Finding": ("#f1c232", 35),
    "Statistic": ("#45818e", 30),
}
"""Colour and diameter of each label; the paler ones get dark letters."""
_CAPTIONS = {"Document": "title", "Saving": "amount", "Finding": "theme", "Statistic": "label"}
_PALE = ("Finding", "Service")
_THICK = {"PARTICIPATES_IN": "3px", "PART_OF": "2px"}
_LABELLED = {"PARTICIPATES_IN": "{role}", "BORDERS": "{kind}", "MEMBER_OF": "{role}"}
_DAY = (2020, 1, 1, 0, 0, 0)
"""Files of the zip have no times of their own, so that it is the same every time."""


def style_sheet() -> str:
    """Colours, sizes and captions: drop the file onto Neo4j Browser, or use ``:style``."""
    rules = [
        "node {\n  diameter: 40px;\n  color: #cccccc;\n  border-color: #999999;\n"
        "  border-width: 1px;\n  text-color-internal: #ffffff;\n  font-size: 10px;\n}",
        "relationship {\n  color: #a5abb6;\n  shaft-width: 1px;\n  font-size: 8px;\n"
        "  padding: 3px;\n  text-color-external: #333333;\n"
        '  text-color-internal: #ffffff;\n  caption: "<type>";\n}',
    ]
    for node in NODE_KINDS:
        colour, diameter = _COLOURS[node.label]
        letters = "#222222" if node.label in _PALE else "#ffffff"
        caption = _CAPTIONS.get(node.label, "name")
        rules.append(
            f"node.{node.label} {{\n  color: {colour};\n  border-color: {colour};\n"
            f"  text-color-internal: {letters};\n  diameter: {diameter}px;\n"
            f'  defaultCaption: "<id>";\n  caption: "{{{caption}}}";\n}}'
        )
    for edge in EDGE_KINDS:
        width = _THICK.get(edge.type, "1px")
        caption = _LABELLED.get(edge.type, "<type>")
        rules.append(
            f'relationship.{edge.type} {{\n  shaft-width: {width};\n  caption: "{caption}";\n}}'
        )
    return "\n\n".join(rules) + "\n"


def saved_queries() -> bytes:
    """The catalogue as Neo4j Browser exports saved scripts: a folder for each audience."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for query in load_catalogue().values():
            path = f"{AUDIENCES[query.audience].replace(' ', '_')}/{query.name}.cypher"
            archive.writestr(zipfile.ZipInfo(path, _DAY), saved_query(query))
    return content.getvalue()


def saved_query(query: CatalogueQuery) -> str:
    """One of them: its first line is what Neo4j Browser calls it."""
    return f"// {query.title}\n{browser_text(query, query.bind({}, _names))}"


def _names(*labels: str) -> NameIndex:
    return NameIndex([name for name in _named() if name.label in labels])


@cache
def _named() -> tuple[Named, ...]:
    """What is called what, from the tables of the Scottish picture."""
    tables = {
        "councils": "Council",
        "partners": "Partner",
        "services": "Service",
        "groupings": "Grouping",
        "categories": "Category",
        "activity_types": "ActivityType",
    }
    found: dict[tuple[str, str], Named] = {}
    for table, label in tables.items():
        with (locate(DEFAULT) / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault((label, row["id"]), Named(label, row["id"], row["name"], ()))
    return tuple(found.values())
