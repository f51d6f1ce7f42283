"""What a dataset had said and no longer says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from graphmodel.errors import GraphmodelError
from graphmodel.store.statements import Shape
from loaders.fingerprints import Key

MOST_REMOVED = 0.05
"""Share of what a dataset had said that may go without ``force``."""


@dataclass
class Stale:
    """What a dataset had said and no longer says.

    Attributes
    ----------
    keys : dict of Shape to collection of tuple
        Nodes and edges that it no longer states.
    had_said : int
        Number of nodes and edges that it stated before.

    Examples
    --------
    >>> Stale().refuse_if_large("mine")
    """

    keys: dict[Shape, Collection[Key]] = field(default_factory=dict)
    had_said: int = 0

    def refuse_if_large(self, dataset: str) -> None:
        """Stop before writing if much would go: more often a broken file than the truth.

        Parameters
        ----------
        dataset : str
            What the message calls it.

        Raises
        ------
        GraphmodelError
            If more than 5 % of what it had said would go.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> Stale({Shape(Document): [("report-2020",)]}, had_said=20).refuse_if_large("mine")
        >>> Stale({Shape(Document): [("report-2020",)]}, had_said=19).refuse_if_large("mine")
        Traceback (most recent call last):
        ...
        graphmodel.errors.GraphmodelError: 'mine' no longer states 1 of the 19 nodes and edges ...
        """
        going = sum(map(len, self.keys.values()))
        if going <= MOST_REMOVED * self.had_said:
            return
        listed = ", ".join(
            f"{len(keys):,} {shape.name}, such as {' and '.join(next(iter(keys))[:2])}"
            for shape, keys in self.keys.items()
        )
        raise GraphmodelError(
            f"{dataset!r} no longer states {going:,} of the {self.had_said:,} nodes and edges "
            f"that it had stated ({listed}). That is more than {MOST_REMOVED:.0%}, so nothing "
            "was written. If it is right, use --force."
        )
