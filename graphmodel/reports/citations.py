"""Where a fact is said, in words that lead a reader to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphmodel.store import Store


class Citations:
    """Titles of documents, for turning ids and places into citations.

    Parameters
    ----------
    store : Store
        An open store.
    """

    def __init__(self, store: Store) -> None:
        rows = store.read("MATCH (d:Document) RETURN properties(d) AS document")
        self._documents: dict[str, Mapping[str, Any]] = {
            row["document"]["id"]: row["document"] for row in rows
        }
        self._numbers: dict[str, int] = {}

    def of(self, properties: Mapping[str, Any]) -> str:
        """Cite a node or edge: number of the document and place, of each place.

        Documents are numbered in the order in which they are first cited; `notes`
        tells which number is which.
        """
        places = properties.get("citations") or [
            f"{properties['source']}#{properties.get('locator', '')}"
        ]
        by_document: dict[str, list[str]] = {}
        for place in places:
            document, _, locator = place.partition("#")
            by_document.setdefault(document, []).append(locator)
        return "; ".join(
            f"[{self._number(document)}] {_places(list(dict.fromkeys(locators)))}"
            for document, locators in by_document.items()
        )

    def notes(self) -> list[str]:
        """The documents cited so far, one a line."""
        lines = []
        for identifier, number in self._numbers.items():
            document = self._documents.get(identifier, {})
            parts = [
                document.get(name) for name in ("title", "publisher", "reference", "published")
            ]
            lines.append(f"[{number}] " + ", ".join(part for part in parts if part))
        return lines

    def _number(self, document: str) -> int:
        return self._numbers.setdefault(document, len(self._numbers) + 1)


def _places(locators: list[str]) -> str:
    """Places in one document, with what they have in common said once.

    >>> _places(["Case Study 2, Origins", "Case Study 2, Nature of service"])
    'Case Study 2: Origins; Nature of service'
    >>> _places(["§2.4", "§4.11"])
    '§2.4; §4.11'
    """
    if len(locators) == 1:
        return locators[0]
    parts = [locator.split(", ") for locator in locators]
    common = 0
    while all(len(part) > common for part in parts) and len({p[common] for p in parts}) == 1:
        common += 1
    common = min(common, min(map(len, parts)))
    rests = [", ".join(part[common:]) for part in parts]
    if not common:
        return "; ".join(rests)
    return ", ".join(parts[0][:common]) + ": " + "; ".join(rest for rest in rests if rest)
