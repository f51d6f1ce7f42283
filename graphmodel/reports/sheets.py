"""What the sheets of councils and services have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphmodel.model import Element
from graphmodel.reports.citations import Places, document_titles
from graphmodel.reports.table import Table
from graphmodel.store import Store
from graphmodel.store.merge import citation, statements_of


def facts_table(
    kind: type[Element],
    properties: Mapping[str, Any],
    labels: Iterable[tuple[str, str]],
    heading: str,
) -> Table:
    """Show each property with the places that state it, contradictions apart.

    Parameters
    ----------
    kind : type of Element
        Class of the node.
    properties : mapping
        As stored.
    labels : iterable of (str, str)
        Property and what to call it, in the order to show.
    heading : str
        Of the table.

    Returns
    -------
    Table

    Examples
    --------
    >>> from graphmodel.model import Category
    >>> said = {"name": "Roads", "source": "report", "locator": "§2", "datasets": ["a"]}
    >>> facts_table(Category, said, [("name", "service area")], "The category").rows
    [['service area', 'Roads', Places(places=('report#§2',))]]
    """
    rows: list[list[Any]] = []
    statements = [statement.values for statement in statements_of(kind, dict(properties))]
    for field, label in labels:
        places: dict[str, list[str]] = {}
        shown: dict[str, Any] = {}
        for values in statements:
            value = values.get(field)
            if value not in (None, []):
                places.setdefault(str(value), []).append(citation(values))
                shown[str(value)] = value
        rows += [[label, shown[text], Places(tuple(cited))] for text, cited in places.items()]
    return Table(["fact", "value", "source"], rows, heading, headerless=True)


def cited_table(found: Iterable[Mapping[str, Any]], heading: str) -> Table | None:
    """Show what was found with its places, without columns that are empty throughout.

    Parameters
    ----------
    found : iterable of mapping
        Rows; the properties that name the places are under ``edge``.
    heading : str
        Of the table.

    Returns
    -------
    Table or None
        Nothing if nothing was found.

    Raises
    ------
    KeyError
        If the properties of a row name no place.

    Examples
    --------
    >>> row = {"name": "Fife", "since": None, "edge": {"source": "report", "locator": "§2"}}
    >>> cited_table([row], "Members").columns
    ['name', 'source']
    >>> cited_table([], "Members") is None
    True
    """
    rows = [
        {name: value for name, value in row.items() if name != "edge"}
        | {"source": Places.of(row["edge"])}
        for row in found
    ]
    if not rows:
        return None
    columns: Sequence[str] = [column for column in rows[0] if any(row[column] for row in rows)]
    return Table(columns, [[row[column] for column in columns] for row in rows], heading)


def titles(store: Store) -> dict[str, str]:
    """Documents of the store in a line each, by id.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> titles(store)["crossings-common-knowledge"]
    'Crossings between council areas that are common knowledge'
    """
    return document_titles(store.read("MATCH (d:Document) RETURN properties(d) AS document"))
