"""The page of the catalogue: a table of all questions, and each of them in full."""

from __future__ import annotations

from collections.abc import Iterable

from graphmodel.query_catalogue import AUDIENCES, CatalogueQuery, Parameter, load_catalogue
from graphmodel.reports.queries import command_of

_TOP = """# Questions

Made by `make docs`; do not edit.

`graphmodel query` lists all, `graphmodel query NAME --describe` tells of one, and
`graphmodel query NAME --param PARAMETER=VALUE` asks it. Councils, services and other things may be
given by name, alias or id. The files are under `queries`, one a question; they run as they are in
Neo4j Browser and cypher-shell, once their parameters are set: `graphmodel query NAME --browser`
prints the lines for that."""


def queries_document() -> str:
    """The catalogue of questions, by whom they serve."""
    catalogue = load_catalogue()
    groups = {
        title: [query for query in catalogue.values() if query.audience == audience]
        for audience, title in AUDIENCES.items()
        if audience != "own"
    }
    parts = [_TOP]
    for title, queries in groups.items():
        parts += ["", f"**{title}**", "", "| name | question |", "|---|---|"]
        parts += [f"| [`{query.name}`](#{query.name}) | {query.question} |" for query in queries]
    for title, queries in groups.items():
        parts += ["", f"## {title}"]
        for query in queries:
            parts += _described(query)
    return "\n".join(parts) + "\n"


def _described(query: CatalogueQuery) -> Iterable[str]:
    yield from ("", f"### {query.name}", "", f"{query.title}: {query.question}", "")
    if query.parameters:
        yield "| parameter | type | default | meaning |"
        yield "|---|---|---|---|"
        for parameter in query.parameters:
            default = "required" if parameter.required else parameter.default or ""
            yield (f"| `{parameter.name}` | {parameter.type} | {default} | {_meaning(parameter)} |")
        yield ""
    yield "| column | meaning |"
    yield "|---|---|"
    for column in query.columns:
        yield f"| `{column.name}` | {column.description} |"
    yield from ("", "```sh", *(command_of(query, given) for given in query.examples), "```")


def _meaning(parameter: Parameter) -> str:
    if parameter.type == "boolean" or not parameter.allowed:
        return parameter.description
    return f"{parameter.description}. One of: {', '.join(parameter.allowed)}"
