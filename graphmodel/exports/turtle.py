"""Turtle: the linked data of `graphmodel.exports.linked_data` as text."""

from __future__ import annotations

from pathlib import Path

from graphmodel.exports.linked_data import linked_data
from graphmodel.exports.network import network, summary
from graphmodel.exports.summary import Exported
from graphmodel.store import Store


def write(store: Store, file: Path, dataset: str | None) -> Exported:
    """Write organisations, collaborations and memberships, each with where it is said.

    Parameters
    ----------
    store : Store
        An open store.
    file : Path
        To make.
    dataset : str or None
        Whose words to write; everybody's if none.

    Returns
    -------
    Exported

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     exported = write(store, Path(folder, "graph"), "scotland")
    >>> exported.rows["scotland"]["Council"]
    32
    """
    graph = network(store, dataset)
    linked_data(graph).serialize(file, format="turtle", encoding="utf-8")
    return summary(graph, dataset)
