"""The descriptor of a data package that holds tables of this model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphmodel.model.tables import TABLES

DESCRIPTOR = "datapackage.json"
"""File that describes a data package."""
MARK = "graphmodel"
"""Property of the descriptor of what a store gave out: by which program, of which model."""
HISTORY, NEEDED = "history.json", "needed.json"
"""Files of a back-up: the records of loads; nodes to write before its packages."""
STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor(
    name: str, title: str, version: str, tables: Iterable[str] = tuple(TABLES)
) -> dict[str, Any]:
    """Describe a data package, with the schema of each of its tables.

    Parameters
    ----------
    name, title, version : str
        What the package is called.
    tables : iterable of str
        Its tables; all that the model knows by default.

    Returns
    -------
    dict
        Content of ``datapackage.json``.

    Raises
    ------
    KeyError
        If the model has no such table.

    Notes
    -----
    Data Package standard, version 2 (datapackage.org).

    Examples
    --------
    >>> package = descriptor("mine", "My councils", "1", ["borders"])
    >>> package["resources"][0]["path"]
    'borders.csv'
    """
    return {
        "$schema": STANDARD,
        "name": name,
        "title": title,
        "version": version,
        "resources": [TABLES[table].descriptor() for table in tables],
    }
