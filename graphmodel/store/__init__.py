"""Where the graph is kept: a Neo4j server, or the embedded store.

`open_store` decides by the address; everything else is the same for both.
"""

from __future__ import annotations

import os
from pathlib import Path

from graphmodel.store.bolt import Rows, Store, Stream, connect
from graphmodel.store.migrations import require_readable

__all__ = ["Rows", "Store", "Stream", "home_folder", "open_store"]


def home_folder() -> Path:
    """Folder of the embedded store: ``GRAPHMODEL_HOME``, or the user's data folder.

    Returns
    -------
    Path
        It need not exist yet.

    Examples
    --------
    >>> home_folder().name == Path(os.environ.get("GRAPHMODEL_HOME") or "graphmodel").name
    True
    """
    from platformdirs import user_data_path

    return Path(os.environ.get("GRAPHMODEL_HOME") or user_data_path("graphmodel", appauthor=False))


def open_store(
    uri: str | None = None,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    *,
    any_version: bool = False,
) -> Store:
    """Open the store that the arguments or the environment name.

    Parameters
    ----------
    uri : str, optional
        Address of a Neo4j server; default ``NEO4J_URI``. Without either, the
        embedded store under ``GRAPHMODEL_HOME``.
    username, password, database : str, optional
        Default ``NEO4J_USERNAME``, ``NEO4J_PASSWORD``, ``NEO4J_DATABASE``.
    any_version : bool
        Open it whatever version of the model it was made with, to look or to migrate.

    Returns
    -------
    Store
        Open; close it, or use it in a ``with`` statement.

    Raises
    ------
    StoreUnreachableError
        If it cannot be reached or opened; the message says why.
    ModelVersionError
        If it was made with a version of the model that this program cannot read.
    """
    store = _open(uri, username, password, database)
    if not any_version:
        try:
            require_readable(store)
        except BaseException:
            store.close()
            raise
    return store


def _open(
    uri: str | None, username: str | None, password: str | None, database: str | None
) -> Store:
    address = uri or os.environ.get("NEO4J_URI")
    if address:
        return connect(
            address,
            username or os.environ.get("NEO4J_USERNAME"),
            password or os.environ.get("NEO4J_PASSWORD"),
            database or os.environ.get("NEO4J_DATABASE") or None,
        )
    from graphmodel.store.embedded import EmbeddedStore

    return EmbeddedStore(home_folder())
