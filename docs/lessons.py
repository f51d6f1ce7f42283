"""The lessons in Cypher with the answers to their examples: ``python -m docs.lessons``."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphmodel.reports.cypher import cypher_answer
from graphmodel.reports.formats import page_lines
from graphmodel.reports.table import Table
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from loaders.pipeline import load

PAGE = Path(__file__).parent / "cypher-lessons.md"
WIDTH = 100
_EXAMPLE = re.compile(r"```cypher\n(?P<cypher>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A statement, and what the page says that it gives."""

    cypher: str
    answer: str


def examples() -> Iterator[Example]:
    """The examples of the page, in order."""
    for found in _EXAMPLE.finditer(PAGE.read_text(encoding="utf-8")):
        yield Example(found["cypher"], found["answer"])


def answer(store: Store, cypher: str) -> str:
    """What a statement gives, as the program prints it on a page."""
    found = cypher_answer(store, cypher, {})
    return page_lines(Table(found.columns, list(found.rows)), WIDTH)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, EmbeddedStore(Path(home)) as opened:
        load(opened)
        text = _EXAMPLE.sub(
            lambda found: (
                f"```cypher\n{found['cypher']}```\n\n```text\n{answer(opened, found['cypher'])}```"
            ),
            PAGE.read_text(encoding="utf-8"),
        )
    PAGE.write_text(text, encoding="utf-8")
