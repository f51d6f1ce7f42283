"""Where a fact is said: numbered on a page, in full for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Places:
    """Places that say something, each as ``document#locator``.

    Attributes
    ----------
    places : tuple of str
        In the order in which they are cited.

    Examples
    --------
    >>> Places(("report#§2", "report#§3")).by_document()
    {'report': ['§2', '§3']}
    """

    places: tuple[str, ...]

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> Places:
        """The places that a node's or an edge's properties name.

        Parameters
        ----------
        properties : mapping
            As stored.

        Returns
        -------
        Places
            All of ``citations`` where there are several; else the one source and locator.

        Raises
        ------
        KeyError
            If they have neither ``citations`` nor ``source``.

        Examples
        --------
        >>> Places.of({"source": "report", "locator": "§2"}).places
        ('report#§2',)
        """
        several = properties.get("citations")
        if several:
            return cls(tuple(several))
        return cls((f"{properties['source']}#{properties.get('locator', '')}",))

    def by_document(self) -> dict[str, list[str]]:
        """Locators by document, each once, in the order given.

        Returns
        -------
        dict of str to list of str

        Examples
        --------
        >>> Places(("report#§2", "map#sheet 1", "report#§2")).by_document()
        {'report': ['§2'], 'map': ['sheet 1']}
        """
        found: dict[str, list[str]] = {}
        for place in dict.fromkeys(self.places):
            document, _, locator = place.partition("#")
            found.setdefault(document, []).append(locator)
        return found


@dataclass
class Numbering:
    """Numbers for documents, in the order in which a page first cites them.

    Attributes
    ----------
    numbers : dict of str to int
        By document, from 1.

    Examples
    --------
    >>> numbers = Numbering()
    >>> numbers.cite(Places(("report#Section 1, Aims", "report#Section 1, Method")))
    '[1] Section 1: Aims; Method'
    >>> numbers.notes({"report": "A report, 2020"})
    ['[1] A report, 2020']
    """

    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, cited: Places) -> str:
        """Number of each document and its places.

        Parameters
        ----------
        cited : Places
            What to cite; a document not cited before gets the next number.

        Returns
        -------
        str

        Examples
        --------
        >>> Numbering().cite(Places(("report#§2", "map#sheet 1")))
        '[1] §2; [2] sheet 1'
        """
        return "; ".join(
            f"[{self.numbers.setdefault(document, len(self.numbers) + 1)}] {_together(locators)}"
            for document, locators in cited.by_document().items()
        )

    def notes(self, titles: Mapping[str, str]) -> list[str]:
        """The documents cited so far, one a line.

        Parameters
        ----------
        titles : mapping of str to str
            By document; its id stands where there is none.

        Returns
        -------
        list of str

        Examples
        --------
        >>> Numbering({"report": 1}).notes({})
        ['[1] report']
        """
        return [
            f"[{number}] {titles.get(document, document)}"
            for document, number in self.numbers.items()
        ]


def document_titles(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Describe documents in a line each, by id.

    Parameters
    ----------
    rows : iterable of mapping
        Properties of the documents, under ``document``.

    Returns
    -------
    dict of str to str
        Title, publisher, reference and date, as far as known.

    Examples
    --------
    >>> document_titles([{"document": {"id": "a", "title": "A report", "published": "2020"}}])
    {'a': 'A report, 2020'}
    """
    parts = ("title", "publisher", "reference", "published")
    return {
        row["document"]["id"]: ", ".join(
            row["document"][part] for part in parts if row["document"].get(part)
        )
        for row in rows
    }


def _together(locators: list[str]) -> str:
    """Places in one document, with what they have in common said once.

    >>> _together(["§2.4", "§4.11"])
    '§2.4; §4.11'
    """
    if len(locators) == 1:
        return locators[0]
    parts = [locator.split(", ") for locator in locators]
    common = 0
    while all(len(part) > common for part in parts) and len({part[common] for part in parts}) == 1:
        common += 1
    rests = [", ".join(part[common:]) for part in parts]
    if not common:
        return "; ".join(rests)
    return ", ".join(parts[0][:common]) + ": " + "; ".join(rest for rest in rests if rest)
