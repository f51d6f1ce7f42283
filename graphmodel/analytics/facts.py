"""Councils, services and memberships as they are on record, each with where it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphmodel.dates import Interval


@dataclass(frozen=True)
class Spell:
    """A council's part in a service, as one source or several say it.

    Attributes
    ----------
    council, service : str
        Their ids.
    role, own_status, note, until : str or None
        As published; the status where it differs from the service's.
    life : Interval
        Days of the membership itself.
    said_in : tuple of str
        Places that say so, as ``document#locator``.

    Examples
    --------
    >>> Spell("a", "roads", "lead", None, None, None, Interval(None, None), ()).role
    'lead'
    """

    council: str
    service: str
    role: str | None
    own_status: str | None
    note: str | None
    until: str | None
    life: Interval
    said_in: tuple[str, ...]


@dataclass(frozen=True)
class ServiceFacts:
    """What is known of a service itself.

    Attributes
    ----------
    id, name, status : str
        As in the graph.
    status_as_of, mechanism, description : str or None
        As published.
    complete : bool or None
        Whether all members are known.
    life : Interval
        Its days.
    said_in : tuple of str
        Places that say so, as ``document#locator``.

    Examples
    --------
    >>> ServiceFacts("roads", "Roads", "live", None, None, None, None, Interval(None, None)).name
    'Roads'
    """

    id: str
    name: str
    status: str
    status_as_of: str | None
    mechanism: str | None
    description: str | None
    complete: bool | None
    life: Interval
    said_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class CouncilFacts:
    """What is known of a council itself.

    Attributes
    ----------
    id, name : str
        As in the graph.
    population : int or None
        People.
    area : float or None
        Square kilometres.
    life : Interval
        From when until when it is or was there.

    Examples
    --------
    >>> CouncilFacts("a", "Ash", 1000, 10.0, Interval(None, None)).density
    100.0
    """

    id: str
    name: str
    population: int | None
    area: float | None
    life: Interval

    @property
    def density(self) -> float | None:
        """People on a square kilometre, where both are known."""
        return self.population / self.area if self.population and self.area else None


@dataclass(frozen=True)
class Exclusion:
    """A council that is not a candidate.

    Attributes
    ----------
    council : str
        Its id.
    why : str
        In words.
    said_in : tuple of str
        Places that say so, as ``document#locator``.

    Examples
    --------
    >>> Exclusion("a", "takes part already").why
    'takes part already'
    """

    council: str
    why: str
    said_in: tuple[str, ...] = ()


def said_in(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Places that an edge's or a node's properties name, as ``document#locator``.

    Parameters
    ----------
    properties : mapping
        As stored.

    Returns
    -------
    tuple of str
        None where no source is known.

    Examples
    --------
    >>> said_in({"source": "report", "locator": "§2"})
    ('report#§2',)
    """
    if properties.get("citations"):
        return tuple(properties["citations"])
    if not properties.get("source"):
        return ()
    return (f"{properties['source']}#{properties.get('locator') or ''}",)
