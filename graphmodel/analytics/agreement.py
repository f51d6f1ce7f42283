"""How well clusters follow official groupings, and which councils deviate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.geography import Grouping, area_services
from graphmodel.analytics.picture import Picture
from graphmodel.store import Store
from graphmodel.vocabulary import GroupingKind


@dataclass(frozen=True)
class Deviation:
    """A council whose cluster mostly belongs to another grouping than its own.

    Attributes
    ----------
    council, grouping, of_most : str
        Ids of the council, of its own grouping and of the others'.
    cluster : int
        Place in the clustering, from 0.

    Examples
    --------
    >>> Deviation("a", "tay", "forth", 0).of_most
    'forth'
    """

    council: str
    grouping: str
    of_most: str
    """The grouping of more than half of the cluster's councils that are compared."""
    cluster: int


@dataclass(frozen=True)
class Agreement:
    """How well clusters follow the groupings of one kind.

    Attributes
    ----------
    kind : str
        As in the vocabulary.
    groupings : int
        How many of that kind have councils that are compared.
    compared, in_none, in_several, untied : tuple of str
        Ids of councils, sorted; no council is in two of these.
    adjusted_rand, adjusted_information : float or None
        1 for the same division, about 0 for no more than chance. None for fewer than two
        councils.
    deviations : tuple of Deviation
        In order of the council's id.

    Examples
    --------
    >>> Agreement("city region", 0, (), (), (), (), None, None, ()).compared
    ()
    """

    kind: str
    groupings: int
    compared: tuple[str, ...]
    """Councils that are in a cluster and in one grouping of the kind."""
    in_none: tuple[str, ...]
    in_several: tuple[str, ...]
    untied: tuple[str, ...]
    """Councils that would be compared if they were in a cluster."""
    adjusted_rand: float | None
    adjusted_information: float | None
    deviations: tuple[Deviation, ...]


def without_area_services(seen: Picture, store: Store) -> tuple[Picture, list[str]]:
    """Take out the services whose area is an official grouping, such as city deals.

    Clusters that they help to tie would follow those groupings by definition.

    Parameters
    ----------
    seen : Picture
        The whole picture.
    store : Store
        Where it was read.

    Returns
    -------
    Picture
        As if those services were not there.
    list of str
        Their ids, sorted.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> without_area_services(picture(store), store)[1]
    ['tayside-regional-improvement-collaborative']
    """
    areas = [service for service in area_services(store) if service in seen.affiliated]
    affiliated = seen.affiliated.copy()
    affiliated.remove_nodes_from(areas)
    return replace(Picture.of(affiliated, seen.scope), on_record=seen.on_record), areas


def agreement(
    clustering: Clustering, groupings: Iterable[Grouping], councils: Collection[str]
) -> list[Agreement]:
    """Compare clusters with each kind of official grouping.

    Only councils that are in a cluster and in exactly one grouping of the kind are
    compared: one in none or in several has no one place that its cluster could match.

    Parameters
    ----------
    clustering : Clustering
        As from `graphmodel.analytics.clusters.find_clusters`.
    groupings : iterable of Grouping
        As from `graphmodel.analytics.geography.grouping_members`.
    councils : collection of str
        Ids of all councils of the day.

    Returns
    -------
    list of Agreement
        One for each kind, in the vocabulary's order.

    Notes
    -----
    Adjusted Rand index: Hubert and Arabie 1985, "Comparing partitions", Journal of
    Classification 2, 193-218. Adjusted mutual information: Vinh, Epps and Bailey 2010,
    "Information theoretic measures for clusterings comparison", Journal of Machine
    Learning Research 11, 2837-2854. Both as in scikit-learn.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analytics.clusters import find_clusters
    >>> pairs = find_clusters(nx.Graph([("a", "b"), ("c", "d")]))
    >>> kind = "city region"
    >>> regions = [Grouping("x", "X", kind, ("a", "b")), Grouping("y", "Y", kind, ("c", "d"))]
    >>> agreement(pairs, regions, "abcd")[0].adjusted_rand
    1.0
    """
    by_kind: dict[str, list[Grouping]] = {}
    for grouping in groupings:
        by_kind.setdefault(grouping.kind, []).append(grouping)
    return [
        _compare(clustering, kind, by_kind[kind], councils)
        for kind in get_args(GroupingKind)
        if kind in by_kind
    ]


def _compare(
    clustering: Clustering, kind: str, groupings: list[Grouping], councils: Collection[str]
) -> Agreement:
    homes: dict[str, list[str]] = {council: [] for council in sorted(councils)}
    for grouping in groupings:
        for council in grouping.members:
            homes.get(council, []).append(grouping.id)
    cluster_of = clustering.places()
    single = {council: home[0] for council, home in homes.items() if len(home) == 1}
    own = {council: home for council, home in single.items() if council in cluster_of}
    labels = [cluster_of[council] for council in own]
    enough = len(own) > 1
    return Agreement(
        kind=kind,
        groupings=len(set(own.values())),
        compared=tuple(own),
        in_none=tuple(council for council, home in homes.items() if not home),
        in_several=tuple(council for council, home in homes.items() if len(home) > 1),
        untied=tuple(council for council in single if council not in cluster_of),
        adjusted_rand=float(adjusted_rand_score([*own.values()], labels)) if enough else None,
        adjusted_information=(
            float(adjusted_mutual_info_score([*own.values()], labels)) if enough else None
        ),
        deviations=tuple(_deviations(clustering, own)),
    )


def _deviations(clustering: Clustering, own: Mapping[str, str]) -> list[Deviation]:
    found = []
    for at, cluster in enumerate(clustering.clusters):
        members = [council for council in cluster.members if council in own]
        most = Counter(own[council] for council in members).most_common(1)
        for grouping, count in most:
            if 2 * count > len(members):
                found += [
                    Deviation(council, own[council], grouping, at)
                    for council in members
                    if own[council] != grouping
                ]
    return sorted(found, key=lambda deviation: deviation.council)
