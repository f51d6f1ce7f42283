"""What links clusters, how surely councils belong to them, what another method finds."""

from __future__ import annotations

from typing import get_args

from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.methods import Method, has_leiden
from graphmodel.analytics.picture import Picture
from graphmodel.analytics.portraits import bridges
from graphmodel.reports.choices import Choices
from graphmodel.reports.members import member_word, shown_name
from graphmodel.reports.table import Table

SHOWN = 3
"""Ties and services that a row names."""


def cluster_details(
    seen: Picture, found: Clustering, names: list[str], choices: Choices
) -> list[Table]:
    """Show what links the clusters, how sure they are, and what the other method finds.

    Parameters
    ----------
    seen : Picture
        What the clusters rest on.
    found : Clustering
        Of that picture.
    names : list of str
        What the clusters are called, by place.
    choices : Choices
        How they were found.

    Returns
    -------
    list of Table
        Bridges, where there are any, Councils (or Members, with partners) and Methods.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> seen = picture(store)
    >>> found = Choices().find(seen)
    >>> names = [str(number) for number in range(len(found.clusters))]
    >>> [table.heading for table in cluster_details(seen, found, names, Choices())]
    ['Councils', 'Methods']
    """
    tables = [
        _bridges(seen, found, names),
        _councils(seen, found, names),
        _methods(seen, choices, found),
    ]
    return [table for table in tables if table.rows]


def _bridges(seen: Picture, found: Clustering, names: list[str]) -> Table:
    rows = []
    for bridge in bridges(seen.tied, found):
        first, second = bridge.between
        strongest = [
            f"{seen.name(a)} - {seen.name(b)} ({strength:.2g})"
            for a, b, strength in bridge.ties[:SHOWN]
        ]
        services = [seen.name(service) for service in bridge.services[:SHOWN]]
        strength = round(bridge.strength, 2)
        rows.append([names[first], names[second], strength, len(bridge.ties), strongest, services])
    columns = "cluster other_cluster strength ties strongest_ties services"
    return Table(columns.split(), rows, "Bridges")


def _councils(seen: Picture, found: Clustering, names: list[str]) -> Table:
    rows = []
    for name, cluster in zip(names, found.clusters, strict=True):
        for council, sure in zip(cluster.members, cluster.belonging, strict=True):
            tied = seen.tied[council]
            inside = sum(tied[other]["weight"] for other in cluster.members if other in tied)
            share = inside / sum(tie["weight"] for tie in tied.values())
            cells = [shown_name(seen, council), name, round(sure, 2), round(share, 2)]
            rows.append((seen.name(council), cells))
    rows.sort(key=lambda row: row[0])
    columns = [member_word(seen, ""), "cluster", "belongs", "ties_inside"]
    return Table(columns, [cells for _, cells in rows], member_word(seen).capitalize())


def _methods(seen: Picture, choices: Choices, found: Clustering) -> Table:
    """The same by each method that is here."""
    rows = []
    for method in get_args(Method) if has_leiden() else ("louvain",):
        other = found if method == choices.method else choices.find(seen, method)
        rows.append(
            [
                method,
                len(other.clusters),
                round(other.modularity, 4),
                round(other.best_run, 4),
                _same(found, other),
            ]
        )
    columns = "method clusters modularity best_single_run same_clusters"
    return Table(columns.split(), rows, "Methods")


def _same(one: Clustering, other: Clustering) -> bool:
    return [cluster.members for cluster in one.clusters] == [
        cluster.members for cluster in other.clusters
    ]
