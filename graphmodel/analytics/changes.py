"""What changed between two days: who joined and left, what began and ended, what moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from graphmodel.analytics.centrality import rank_by_centrality
from graphmodel.analytics.clusters import Clustering, find_clusters
from graphmodel.analytics.matching import ClusterChange, match_clusters
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.projection import affiliations
from graphmodel.analytics.scope import Scope
from graphmodel.store import Store

Find = Callable[[Picture], Clustering]
"""How the clusters of a picture are found."""


def find_ties_clusters(seen: Picture) -> Clustering:
    """Find the clusters of a picture from its ties.

    Parameters
    ----------
    seen : Picture
        Of a day.

    Returns
    -------
    Clustering

    Examples
    --------
    >>> len(find_ties_clusters(picture(store)).clusters) > 2
    True
    """
    return find_clusters(seen.tied)


@dataclass(frozen=True)
class RankMove:
    """How a council's rank among the central ones moved.

    Attributes
    ----------
    council : str
        Its id.
    then, now : int or None
        Ranks; equals share the better one. None where it did not exist.
    strength_then, strength_now : float
        Sums of its ties.

    Examples
    --------
    >>> RankMove("a", 5, 2, 1.0, 2.5).places
    3
    """

    council: str
    then: int | None
    now: int | None
    strength_then: float
    strength_now: float

    @property
    def places(self) -> int | None:
        """Places that it rose, or fell if below 0.

        Examples
        --------
        >>> RankMove("a", None, 2, 0.0, 2.5).places is None
        True
        """
        return self.then - self.now if self.then and self.now else None


@dataclass(frozen=True)
class Changes:
    """What changed between two days.

    Attributes
    ----------
    then, now : Picture
        Of the first day and of the second.
    between : networkx.Graph
        Who took part in what on any day from the first to the second.
    joined, left : tuple of (str, str)
        Member and service, of one picture and not of the other; sorted.
    passed : tuple of (str, str)
        Member and service of neither, though they were together between; sorted.
    began, ended : tuple of str
        Services of one picture and not of the other that are known to have begun or ended
        between the two days, sorted.
    by_members : tuple of str
        Services of one picture and not of the other because of the dates of their members
        alone, sorted.
    passing : tuple of str
        Services of neither, though they were there between; sorted.
    clusters_then, clusters_now : Clustering
        Which councils hung together.
    clusters : tuple of ClusterChange
        Largest of the second day first, then those that are no more.
    ranks : tuple of RankMove
        Every council of either picture, by rank on the second day.

    Examples
    --------
    >>> seen = picture(store)
    >>> find_changes(seen, seen).joined
    ()
    """

    then: Picture
    now: Picture
    between: nx.Graph
    joined: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    passed: tuple[tuple[str, str], ...]
    began: tuple[str, ...]
    ended: tuple[str, ...]
    by_members: tuple[str, ...]
    passing: tuple[str, ...]
    clusters_then: Clustering
    clusters_now: Clustering
    clusters: tuple[ClusterChange, ...]
    ranks: tuple[RankMove, ...]


def changes_between(
    store: Store,
    first: date,
    last: date,
    scope: Scope | None = None,
    *,
    find: Find = find_ties_clusters,
) -> Changes:
    """Compare the pictures of two days.

    Parameters
    ----------
    store : Store
        An open store.
    first, last : date
        The two days, the earlier one first; what holds on a day is of its picture.
    scope : Scope, optional
        Which memberships and ties count; its own day does not matter. What has no known
        start is there on both days, or on neither if undated things do not count.
    find : callable
        Gives the clusters of a picture; those of its ties, as
        `graphmodel.analytics.clusters.find_clusters` finds them, by default.

    Returns
    -------
    Changes

    Raises
    ------
    ValueError
        If the second day lies before the first.

    Examples
    --------
    >>> found = changes_between(store, date(2009, 1, 1), date(2020, 3, 31))
    >>> ("GB-LAS-SAY", "ayrshire-roads-alliance") in found.joined
    True
    """
    if last < first:
        raise ValueError(f"{last} lies before {first}")
    scope = scope or Scope()
    then, now = (picture(store, replace(scope, as_of=day)) for day in (first, last))
    between = affiliations(store, replace(scope, as_of=first), until=last)
    return find_changes(then, now, between, find=find)


def find_changes(
    then: Picture,
    now: Picture,
    between: nx.Graph | None = None,
    *,
    find: Find = find_ties_clusters,
) -> Changes:
    """Compare two pictures of the same scope.

    Parameters
    ----------
    then, now : Picture
        Of the first day and of the second.
    between : networkx.Graph, optional
        Who took part in what on any day from the first to the second, as from
        `graphmodel.analytics.projection.affiliations`; of the two days only if not given.
    find : callable
        Gives the clusters of a picture; those of its ties, as
        `graphmodel.analytics.clusters.find_clusters` finds them, by default.

    Returns
    -------
    Changes

    Examples
    --------
    >>> before, after = (picture(store, Scope(date(year, 6, 1))) for year in (2013, 2014))
    >>> "ayrshire-roads-alliance" in find_changes(before, after).began
    True
    """
    were, are = memberships(then.affiliated), memberships(now.affiliated)
    had, have = services(then.affiliated), services(now.affiliated)
    between = between or nx.compose(then.affiliated, now.affiliated)
    began = {service for service in have - had if _begins_after(now, service, then.scope.day)}
    ended = {service for service in had - have if _ends_by(then, service, now.scope.day)}
    clusters_then, clusters_now = find(then), find(now)
    return Changes(
        then=then,
        now=now,
        between=between,
        joined=tuple(sorted(are - were)),
        left=tuple(sorted(were - are)),
        passed=tuple(sorted(memberships(between) - were - are)),
        began=tuple(sorted(began)),
        ended=tuple(sorted(ended)),
        by_members=tuple(sorted((have ^ had) - began - ended)),
        passing=tuple(sorted(services(between) - had - have)),
        clusters_then=clusters_then,
        clusters_now=clusters_now,
        clusters=tuple(match_clusters(clusters_then, clusters_now)),
        ranks=tuple(_rank_moves(then, now)),
    )


def _begins_after(seen: Picture, service: str, day: date) -> bool:
    start: date | None = seen.affiliated.nodes[service]["valid_from"]
    return start is not None and start > day


def _ends_by(seen: Picture, service: str, day: date) -> bool:
    end: date | None = seen.affiliated.nodes[service]["valid_to"]
    return end is not None and end <= day


def memberships(affiliated: nx.Graph) -> set[tuple[str, str]]:
    """Who takes part in what, as pairs.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.

    Returns
    -------
    set of (str, str)
        Member and service.

    Examples
    --------
    >>> graph = nx.Graph([("roads", "a")])
    >>> graph.add_node("roads", kind="service")
    >>> memberships(graph)
    {('a', 'roads')}
    """
    return {(member, service) for service in services(affiliated) for member in affiliated[service]}


def services(affiliated: nx.Graph) -> set[str]:
    """Services of a picture.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.

    Returns
    -------
    set of str
        Their ids.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_node("roads", kind="service")
    >>> services(graph)
    {'roads'}
    """
    return {node for node, kind in affiliated.nodes(data="kind") if kind == "service"}


def _rank_moves(then: Picture, now: Picture) -> list[RankMove]:
    were, are = _ranks(then), _ranks(now)
    nowhere = (None, 0.0)
    moves = []
    for council in {*were, *are}:
        (rank_then, strength_then), (rank_now, strength_now) = (
            ranks.get(council, nowhere) for ranks in (were, are)
        )
        moves.append(RankMove(council, rank_then, rank_now, strength_then, strength_now))
    last = len(moves) + 1
    return sorted(moves, key=lambda move: (move.now or last, move.then or last, move.council))


def _ranks(seen: Picture) -> dict[str, tuple[int, float]]:
    """Rank and strength of each council, and partner where they count."""
    ranked = rank_by_centrality(
        seen.affiliated, seen.specific, kind=None, weighting=seen.scope.weighting
    )
    return {one.id: (one.rank, one.strength) for one in ranked}
