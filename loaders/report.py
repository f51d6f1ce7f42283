"""What a load did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from loaders.problems import Problem

Progress = Callable[[str, int, int], None]
"""Told what is being written, how many rows are done, and how many there are."""


@dataclass
class Counts:
    """What became of the nodes or edges of one kind.

    Attributes
    ----------
    inserted, updated, unchanged, removed : int
        Numbers of nodes or edges.

    Examples
    --------
    >>> Counts(inserted=2)
    Counts(inserted=2, updated=0, unchanged=0, removed=0)
    """

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of a further batch.

        Parameters
        ----------
        other : Counts
            Of the batch.

        Examples
        --------
        >>> counts = Counts(inserted=2)
        >>> counts.add(Counts(inserted=1, updated=1))
        >>> counts
        Counts(inserted=3, updated=1, unchanged=0, removed=0)
        """
        self.inserted += other.inserted
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.removed += other.removed


@dataclass
class LoadReport:
    """What a load did.

    Attributes
    ----------
    dataset, version : str
        Of the data package.
    run : str
        Id of the run's record in the graph.
    counts : dict of str to Counts
        What was written and removed.
    rejected : list of Problem
        What was left out.
    kept : int
        Number of nodes.

    Examples
    --------
    >>> LoadReport("mine", "1", "run 1").rejected
    []
    """

    dataset: str
    version: str
    run: str
    counts: dict[str, Counts] = field(default_factory=dict)
    """By label or type of relationship."""
    rejected: list[Problem] = field(default_factory=list)
    kept: int = 0
    """Nodes that the dataset no longer states, but that others still need."""

    def of(self, kind: str) -> Counts:
        """Counts of a label or type, which may still be added to.

        Parameters
        ----------
        kind : str
            Label or type of relationship.

        Returns
        -------
        Counts
            The report's own, not a copy.

        Examples
        --------
        >>> LoadReport("mine", "1", "run 1").of("Council").inserted
        0
        """
        return self.counts.setdefault(kind, Counts())

    def total(self, outcome: str) -> int:
        """Sum of one outcome over all kinds.

        Parameters
        ----------
        outcome : {"inserted", "updated", "unchanged", "removed"}
            Which.

        Returns
        -------
        int

        Examples
        --------
        >>> done = {"Council": Counts(inserted=2), "Service": Counts(inserted=3)}
        >>> LoadReport("mine", "1", "run 1", done).total("inserted")
        5
        """
        return sum(getattr(counts, outcome) for counts in self.counts.values())

    @property
    def has_written(self) -> bool:
        """Whether it changed anything in the graph, as far as it knows.

        Examples
        --------
        >>> LoadReport("mine", "1", "run 1", {"Council": Counts(unchanged=2)}).has_written
        False
        """
        return any(self.total(outcome) for outcome in ("inserted", "updated", "removed"))
