"""What a load did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from loaders.problems import Problem

Progress = Callable[[str, int, int], None]
"""Told what is being written, how many rows are done, and how many there are."""


@dataclass
class Counts:
    """What became of the nodes or edges of one kind."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of a further batch."""
        self.inserted += other.inserted
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.removed += other.removed


@dataclass
class LoadReport:
    """What a load did."""

    dataset: str
    version: str
    run: str
    counts: dict[str, Counts] = field(default_factory=dict)
    """By label or type of relationship."""
    rejected: list[Problem] = field(default_factory=list)
    kept: int = 0
    """Nodes that the dataset no longer states, but that others still need."""

    def of(self, kind: str) -> Counts:
        """Counts of a label or type, which may still be added to."""
        return self.counts.setdefault(kind, Counts())

    def total(self, outcome: str) -> int:
        """Sum of one outcome over all kinds."""
        return sum(getattr(counts, outcome) for counts in self.counts.values())
