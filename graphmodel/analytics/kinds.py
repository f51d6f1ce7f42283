"""Services of a picture by reach, type, subject and how they are run: counts of the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graphmodel.analytics.changes import services
from graphmodel.analytics.picture import Picture
from graphmodel.store import Store

Facet = Literal["reach", "type", "category", "spectrum", "mechanism"]
"""What services can be told apart by."""
Kinds = Mapping[str, tuple[str, ...]]
"""For each service what it is; nothing where that is not known."""

MOST_NEIGHBOURS = 3
"""Councils up to which a service is taken to be of neighbours: "commonly 2 or 3"."""
_FACTS = """
MATCH (s:Service)
OPTIONAL MATCH (s)-[:OF_TYPE]->(t:ActivityType)
RETURN s.id AS id, s.geographic_focus AS reach, s.members_complete AS complete,
       s.spectrum AS spectrum, s.delivery_mechanism AS mechanism, collect(DISTINCT t.id) AS types
"""


@dataclass(frozen=True)
class Count:
    """How many services are of a kind.

    Attributes
    ----------
    services : int
        Their number.
    share : float
        Among the services of which the kind is known, 0 to 1.

    Examples
    --------
    >>> Count(3, 0.5).services
    3
    """

    services: int
    share: float


def service_kinds(store: Store, seen: Picture, facet: Facet) -> dict[str, tuple[str, ...]]:
    """Tell the services of a picture apart.

    Parameters
    ----------
    store : Store
        The store that the picture is of.
    seen : Picture
        Whose services.
    facet : {"reach", "type", "category", "spectrum", "mechanism"}
        What by. The reach is what the record says, or else follows from the members
        (see `reach`); ids of activity types and of service areas; the rest as recorded.

    Returns
    -------
    dict of str to tuple of str
        For every service of the picture; empty where it is not known.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> service_kinds(store, picture(store), "reach")["ayrshire-roads-alliance"]
    ('neighbouring councils',)
    """
    facts = {row["id"]: row for row in store.read(_FACTS)}
    nodes = seen.affiliated.nodes
    everyone = sum(kind == "council" for _, kind in nodes(data="kind"))
    found: dict[str, tuple[str, ...]] = {}
    for service in sorted(services(seen.affiliated)):
        said = facts[service]
        if facet == "type":
            found[service] = tuple(sorted(said["types"]))
        elif facet == "category":
            found[service] = tuple(nodes[service]["categories"])
        elif facet == "reach":
            members = len(councils(seen, service))
            follows = reach(members, everyone, complete=bool(said["complete"]))
            found[service] = tuple(filter(None, [said["reach"] or follows]))
        else:
            found[service] = tuple(filter(None, [said[facet]]))
    return found


def councils(seen: Picture, service: str) -> list[str]:
    """Councils that take part in a service of a picture.

    Parameters
    ----------
    seen : Picture
        The picture.
    service : str
        Id of the service.

    Returns
    -------
    list of str
        Their ids, sorted.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> councils(picture(store), "ayrshire-roads-alliance")
    ['GB-LAS-EAY', 'GB-LAS-SAY']
    """
    nodes = seen.affiliated.nodes
    return sorted(one for one in seen.affiliated[service] if nodes[one]["kind"] == "council")


def reach(members: int, everyone: int, *, complete: bool) -> str | None:
    """How far a service reaches, from how many councils take part in it.

    More than half of all councils make it national; one, two or three, and more make it
    of one area, of neighbours and of a region, if all who take part are known.

    Parameters
    ----------
    members, everyone : int
        Councils that take part, and all that there are.
    complete : bool
        Whether the source names all who take part.

    Returns
    -------
    str or None
        A word of the 2020 report's four; nothing where it does not follow.

    Examples
    --------
    >>> reach(2, 32, complete=True), reach(30, 32, complete=False)
    ('neighbouring councils', 'national')
    >>> reach(2, 32, complete=False) is None
    True
    """
    if members > everyone / 2:
        return "national"
    if not complete or not members:
        return None
    if members == 1:
        return "one council area"
    return "neighbouring councils" if members <= MOST_NEIGHBOURS else "region"


def counted(kinds: Kinds, rows: Iterable[str] = ()) -> dict[str, Count]:
    """Count services by kind.

    Parameters
    ----------
    kinds : mapping of str to tuple of str
        As from `service_kinds`.
    rows : iterable of str
        Kinds to have in any case, with 0 if need be, in this order before others.

    Returns
    -------
    dict of str to Count
        A service of two kinds counts in both, so that shares may add up to more than 1.

    Examples
    --------
    >>> counted({"a": ("x",), "b": ("x", "y"), "c": ()}, ["y", "z"])
    {'y': Count(services=1, share=0.5), 'z': Count(services=0, share=0.0), 'x': ...}
    """
    numbers = dict.fromkeys(rows, 0)
    for found in kinds.values():
        for kind in found:
            numbers[kind] = numbers.get(kind, 0) + 1
    known = sum(bool(found) for found in kinds.values())
    return {
        kind: Count(number, number / known if known else 0.0) for kind, number in numbers.items()
    }


def crossed(first: Kinds, second: Kinds) -> dict[tuple[str, str], int]:
    """Count services by two kinds at once.

    Parameters
    ----------
    first, second : mapping of str to tuple of str
        As from `service_kinds`, of one picture.

    Returns
    -------
    dict of (str, str) to int
        Only what there is; a service of several kinds counts in each.

    Examples
    --------
    >>> crossed({"a": ("x",), "b": ("x",)}, {"a": ("1", "2"), "b": ("2",)})
    {('x', '1'): 1, ('x', '2'): 2}
    """
    numbers: dict[tuple[str, str], int] = {}
    for service, kinds in first.items():
        for kind in kinds:
            for other in second[service]:
                numbers[kind, other] = numbers.get((kind, other), 0) + 1
    return numbers
