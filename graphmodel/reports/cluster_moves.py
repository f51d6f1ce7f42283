"""How clusters moved between two days, in words."""

from __future__ import annotations

from collections.abc import Iterable

from graphmodel.analytics.changes import Changes
from graphmodel.analytics.matching import ClusterChange
from graphmodel.analytics.picture import Picture
from graphmodel.reports.members import divided, member_word, told_members
from graphmodel.reports.table import Table

ALL_NAMED = 3
"""Members of a cluster up to which its name is theirs; larger ones go by two of them."""


def moves_table(found: Changes) -> Table:
    """Say of each cluster what became of it.

    Parameters
    ----------
    found : Changes
        As from `graphmodel.analytics.changes.find_changes`.

    Returns
    -------
    Table
        A row for each cluster of the second day, largest first, and for each that is no
        more.

    Examples
    --------
    >>> from graphmodel.analytics.changes import find_changes
    >>> from graphmodel.analytics.picture import picture
    >>> seen = picture(store)
    >>> moves_table(find_changes(seen, seen)).rows[1]
    ['Angus, Dundee City and Perth and Kinross', 3, 3, ['the same 3 councils']]
    """
    rows = []
    for change in found.clusters:
        seen, members = (found.now, change.now) if change.now else (found.then, change.then)
        rows.append(
            [cluster_name(seen, members), len(change.then), len(change.now), _words(found, change)]
        )
    columns = ["cluster", "members_then", "members_now", "what_changed"]
    return Table(columns, rows, "How clusters moved")


def cluster_name(seen: Picture, members: Iterable[str]) -> str:
    """Call a cluster by its members, or by the two that are tied most within it.

    Parameters
    ----------
    seen : Picture
        The picture that it is of.
    members : iterable of str
        Ids of its members.

    Returns
    -------
    str

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> cluster_name(picture(store), ["GB-LAS-ELN", "GB-LAS-MLN"])
    'East Lothian and Midlothian'
    """
    inside = seen.tied.subgraph(members)
    if len(inside) <= ALL_NAMED:
        return told_members(seen, inside)
    councils, partners = divided(seen, inside)
    central = sorted(
        councils or partners, key=lambda one: (-inside.degree(one, weight="weight"), one)
    )[:2]
    return f"{', '.join(seen.names(central))} and {len(inside) - len(central)} others"


def _words(found: Changes, change: ClusterChange) -> list[str]:
    members = member_word(found.now)
    if not (change.came or change.went):
        return [f"the same {len(change.now)} {members}"]
    words = []
    if not change.then:
        words.append("new")
    elif not change.now:
        words.append("no longer there")
    else:
        stayed = f"{len(change.now) - len(change.came)} of" if change.went else "all"
        words.append(f"{stayed} its {len(change.then)} {members} stayed")
    words += _moved(found, change.came, "then")
    words += _moved(found, change.went, "now")
    return words


def _moved(found: Changes, members: Iterable[str], side: str) -> list[str]:
    """Say from or to which cluster some moved, together where it is the same one."""
    seen, clustering = (
        (found.then, found.clusters_then) if side == "then" else (found.now, found.clusters_now)
    )
    places = {one: cluster.members for cluster in clustering.clusters for one in cluster.members}
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in members:
        groups.setdefault(places.get(one, ()), []).append(one)
    verb, alone = (
        ("came from", "had no tie before") if side == "then" else ("went to", "have no tie now")
    )
    words = []
    for place, moved in sorted(groups.items(), key=lambda item: (-len(item[1]), item[1])):
        there = found.now if moved[0] in found.now.affiliated else found.then
        names = told_members(there, moved)
        words.append(f"{names} {verb} {cluster_name(seen, place)}" if place else f"{names} {alone}")
    return words
