"""What a service covers before and after some councils join."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import networkx as nx

from graphmodel.analytics.facts import CouncilFacts
from graphmodel.analytics.geography import CONTIGUOUS
from graphmodel.analytics.pieces import pieces_of
from graphmodel.analytics.surroundings import LINKS, Surroundings


@dataclass(frozen=True)
class Change:
    """What a service covers before and after some councils join.

    Attributes
    ----------
    population : pair of int or None
        People, where all that take part are counted.
    area : pair of float or None
        Square kilometres, likewise.
    pieces, with_ferries : pair of int
        Pieces of the area by land and bridge, and by ferry and water too.

    Examples
    --------
    >>> Change((1, 2), (None, None), (1, 1), (1, 1)).population
    (1, 2)
    """

    population: tuple[int | None, int | None]
    area: tuple[float | None, float | None]
    pieces: tuple[int, int]
    with_ferries: tuple[int, int]


def change_of(around: Surroundings, members: Collection[str], joining: Collection[str]) -> Change:
    """What a service covers before and after some councils join.

    Parameters
    ----------
    around : Surroundings
        What is on record.
    members, joining : collection of str
        Ids of those that take part, and of those that would.

    Returns
    -------
    Change

    Examples
    --------
    >>> from graphmodel.analytics.surroundings import read_surroundings
    >>> change_of(read_surroundings(store), ["GB-LAS-DND"], ["GB-LAS-FIF"]).pieces
    (1, 1)
    """
    after = {*members, *joining}
    before = {*members}
    known = around.councils
    return Change(
        (_people(known[one] for one in before), _people(known[one] for one in after)),
        (_area(known[one] for one in before), _area(known[one] for one in after)),
        (_pieces(around, before, CONTIGUOUS), _pieces(around, after, CONTIGUOUS)),
        (_pieces(around, before, LINKS), _pieces(around, after, LINKS)),
    )


def _people(councils: Iterable[CouncilFacts]) -> int | None:
    counts = [one.population for one in councils]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _area(councils: Iterable[CouncilFacts]) -> float | None:
    areas = [one.area for one in councils]
    known = [area for area in areas if area is not None]
    return round(sum(known), 1) if len(known) == len(areas) else None


def _pieces(around: Surroundings, councils: set[str], kinds: Collection[str]) -> int:
    among = nx.Graph(around.touching.subgraph(councils))
    apart = [
        (first, second)
        for first, second, links in among.edges(data="links")
        if all(link["kind"] not in kinds for link in links)
    ]
    among.remove_edges_from(apart)
    return len(pieces_of(among, councils))
