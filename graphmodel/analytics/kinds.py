"""Services of a picture by reach, type, subject and how they are run: counts of the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graphmodel.analytics.changes import services
from graphmodel.analytics.picture import Picture

Facet = Literal["reach", "type", "category", "spectrum", "mechanism"]
"""What services can be told apart by."""
Kinds = Mapping[str, tuple[str, ...]]
"""For each service what it is; nothing where that is not known."""
_NAMES = {"type": "types", "category": "categories", "mechanism": "delivery_mechanism"}


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


def service_kinds(seen: Picture, facet: Facet) -> dict[str, tuple[str, ...]]:
    """Tell the services of a picture apart.

    Parameters
    ----------
    seen : Picture
        Whose services.
    facet : {"reach", "type", "category", "spectrum", "mechanism"}
        What by. The reach is what the record says, or else follows from the members
        (see `graphmodel.analytics.reach.reach`); ids of activity types and of service
        areas; the rest as recorded.

    Returns
    -------
    dict of str to tuple of str
        For every service of the picture; empty where it is not known.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> service_kinds(picture(store), "reach")["ayrshire-roads-alliance"]
    ('neighbouring councils',)
    """
    nodes = seen.affiliated.nodes
    found: dict[str, tuple[str, ...]] = {}
    for service in sorted(services(seen.affiliated)):
        said = nodes[service][_NAMES.get(facet, facet)]
        found[service] = tuple(said) if isinstance(said, list) else tuple(filter(None, [said]))
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
