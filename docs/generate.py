"""Write the pages that are made from the program itself: ``make docs``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from docs.browser import saved_queries, style_sheet
from docs.questions import queries_document
from docs.sources import sources_document
from docs.vocabulary import schema_document
from graphmodel.cli import main as program
from graphmodel.model.datapackage import descriptor
from loaders.datasets import locate, shipped

DOCS = Path(__file__).parent
MADE = "Made by `make docs`; do not edit."


def commands_document() -> str:
    """The help of every command, as ``--help`` prints it."""
    parts = ["# Commands", "", MADE]
    for name, command in _commands("graphmodel", program):
        context = click.Context(command, info_name=name, max_content_width=88, terminal_width=88)
        parts += ["", f"## `{name}`", "", "```text", command.get_help(context).strip(), "```"]
    return "\n".join(parts) + "\n"


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for part in sorted(command.commands):
            yield from _commands(f"{name} {part}", command.commands[part])


def datapackage_document(dataset: str) -> str:
    """The descriptor of a shipped dataset, its tables as the model declares them now."""
    package = json.loads((locate(dataset) / "datapackage.json").read_text(encoding="utf-8"))
    tables = [resource["name"] for resource in package["resources"]]
    made = descriptor(package["name"], package["title"], package["version"], tables)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def pages() -> dict[Path, str]:
    """Every page that is made, and what it should say."""
    return {
        DOCS / "schema.md": schema_document(),
        DOCS / "commands.md": commands_document(),
        DOCS / "queries.md": queries_document(),
        DOCS / "browser" / "graphmodel.grass": style_sheet(),
        DOCS / "sources.md": sources_document(),
        **{locate(name) / "datapackage.json": datapackage_document(name) for name in shipped()},
    }


SAVED_QUERIES = DOCS / "browser" / "saved-queries.zip"

if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    SAVED_QUERIES.write_bytes(saved_queries())
