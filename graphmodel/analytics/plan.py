"""What is asked about when councils are looked for: a service, or one that could be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphmodel.analytics.facts import Exclusion


@dataclass(frozen=True)
class Plan:
    """Who takes part, or would, and in what.

    Attributes
    ----------
    members : frozenset of str
        Ids of the councils.
    service : str or None
        Id of the service, if it is on record.
    categories : frozenset of str
        Ids of its service areas.
    barred : mapping of str to Exclusion
        Councils that are out of the question, and why.
    ignored : frozenset of str
        Ids of services that play no part: itself, its kin, and those it is as if they
        were not on record.

    Examples
    --------
    >>> Plan(frozenset({"a", "b"})).service is None
    True
    """

    members: frozenset[str]
    service: str | None = None
    categories: frozenset[str] = frozenset()
    barred: Mapping[str, Exclusion] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
