"""What to call a node in a cell, so that loading finds that very node again."""

from __future__ import annotations

from collections.abc import Iterator

from graphmodel.errors import GraphmodelError
from graphmodel.exports.inventory import NodeKey
from graphmodel.names import NameIndex
from graphmodel.store import Store
from graphmodel.store.lookup import known_names

_LABELS = ("Council", "Partner")
"""The only two that one column may name."""


class References:
    """Calls a node by its id, or by a name where another label has a node of that id.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> References(store).to(("Council", "GB-LAS-ANS"), ("Council", "Partner"))
    'GB-LAS-ANS'
    """

    def __init__(self, store: Store) -> None:
        twice = store.read("MATCH (c:Council) MATCH (p:Partner {id: c.id}) RETURN c.id AS id")
        self._twice = {row["id"] for row in twice}
        self._named = known_names(store, _LABELS) if self._twice else []
        self._index = NameIndex(self._named)

    def to(self, node: NodeKey, labels: tuple[str, ...]) -> str | None:
        """Find what to call a node.

        Parameters
        ----------
        node : tuple of str
            Label and id.
        labels : tuple of str
            What the column may name.

        Returns
        -------
        str or None
            Nothing if no name of it is its own.
        """
        if node[1] not in self._twice or len(labels) == 1:
            return node[1]
        return next((name for name in self._names_of(node) if self._tells(name, node)), None)

    def _names_of(self, node: NodeKey) -> Iterator[str]:
        for named in self._named:
            if (named.label, named.id) == node:
                yield from (named.name, *named.others)

    def _tells(self, name: str, node: NodeKey) -> bool:
        try:
            found = self._index.resolve(name, _LABELS)
        except GraphmodelError:
            return False
        return (found.label, found.id) == node
