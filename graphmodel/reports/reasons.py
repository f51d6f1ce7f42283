"""Why a council, partner or service ranks where it does, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphmodel.analytics.breaks import Break
from graphmodel.analytics.centrality import Centrality, ServiceCentrality
from graphmodel.analytics.picture import Picture
from graphmodel.wording import listed

MOST_NAMED = 2
"""Things that a reason names; more are counted."""


def member_reasons(
    found: Centrality,
    seen: Picture,
    links: Mapping[str, Sequence[tuple[str, str]]],
    breaks: Mapping[str, Break],
) -> list[str]:
    """Say why a council or partner ranks where it does.

    Parameters
    ----------
    found : Centrality
        Its figures.
    seen : Picture
        The picture that they are of.
    links : mapping of str to sequence of pairs of str
        As from `graphmodel.analytics.links.only_links`.
    breaks : mapping of str to Break
        What the picture would break without, by id.

    Returns
    -------
    list of str
        The most telling first.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> alone = Centrality("GB-LAS-ANS", 1, 0, 0.0, 0.0, None, 0.1, 0, (), None)
    >>> member_reasons(alone, picture(store), {"GB-LAS-ANS": [("Fife", "Moray")]}, {})
    ['only link between Fife and Moray', 'shares nothing that ties it to another']
    """
    reasons = []
    if found.leads:
        reasons.append(f"leads {_some(seen.names(found.leads), 'services')}")
    reasons += [f"only link between {one} and {other}" for one, other in links.get(found.id, ())]
    reasons += _broken(found.id, seen, breaks)
    if found.betweenness > 0:
        reasons.append(f"on {_percent(found.betweenness)} of the closest chains between others")
    if found.closest is None:
        return [*reasons, "shares nothing that ties it to another"]
    together = set(seen.specific[found.id]) & set(seen.specific[found.closest])
    return [*reasons, f"shares the most with {seen.name(found.closest)} ({len(together)})"]


def service_reasons(
    found: ServiceCentrality, seen: Picture, breaks: Mapping[str, Break]
) -> list[str]:
    """Say why a service ranks where it does.

    Parameters
    ----------
    found : ServiceCentrality
        Its figures.
    seen : Picture
        The picture that they are of.
    breaks : mapping of str to Break
        What the picture would break without, by id.

    Returns
    -------
    list of str
        The most telling first.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> found = ServiceCentrality("roads", 1, 2, 0.5, None, 0.1, 1, ())
    >>> service_reasons(found, picture(store), {})
    ['the only tie of 1 pair', 'on 50 % of the closest chains']
    """
    reasons = _broken(found.id, seen, breaks)
    if found.sole_ties:
        pairs = "pair" if found.sole_ties == 1 else "pairs"
        reasons.append(f"the only tie of {found.sole_ties} {pairs}")
    if found.betweenness > 0:
        reasons.append(f"on {_percent(found.betweenness)} of the closest chains")
    if found.led_by:
        reasons.append(f"led or hosted by {_some(seen.names(found.led_by), 'of its members')}")
    return reasons


def cut_off_names(found: Break, seen: Picture) -> list[str]:
    """Name the councils of each piece that would come off.

    Parameters
    ----------
    found : Break
        What would go.
    seen : Picture
        The picture that it is of.

    Returns
    -------
    list of str
        One for each piece.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> cut_off_names(Break("roads", "service", (("GB-LAS-ANS",),), 31), picture(store))
    ['Angus']
    """
    return [" + ".join(seen.names(piece)) for piece in found.cut_off]


def _broken(identifier: str, seen: Picture, breaks: Mapping[str, Break]) -> list[str]:
    if identifier not in breaks:
        return []
    pieces = cut_off_names(breaks[identifier], seen)
    return [f"without it {_some(pieces, 'pieces')} would come off"]


def _some(names: Sequence[str], of: str) -> str:
    """Name a few; number the many."""
    if len(names) <= MOST_NAMED:
        return listed(names)
    return f"{len(names)} {of} ({', '.join(names[:MOST_NAMED])} …)"


def _percent(share: float) -> str:
    return f"{share * 100:.2g} %"
