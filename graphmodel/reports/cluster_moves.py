"""How clusters moved between two days, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphmodel.analytics.changes import Changes
from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.matching import ClusterChange
from graphmodel.analytics.picture import Picture
from graphmodel.reports.members import divided, member_word, told_members
from graphmodel.reports.table import Table

Called = Mapping[tuple[str, ...], str]
"""What clusters are called, by their members."""
ALL_NAMED = 3
"""Members of a cluster up to which its name is theirs; larger ones go by two of them."""


def moves_table(
    found: Changes, names_then: Sequence[str] = (), names_now: Sequence[str] = ()
) -> Table:
    """Say of each cluster what became of it.

    Parameters
    ----------
    found : Changes
        As from `graphmodel.analytics.changes.find_changes`.
    names_then, names_now : sequence of str
        What the clusters of either day are called, by place; by their members if not given.

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
    then = _called(found.then, found.clusters_then, names_then)
    now = _called(found.now, found.clusters_now, names_now)
    rows = [
        [
            now[change.now] if change.now else then[change.then],
            len(change.then),
            len(change.now),
            _words(found, change, then, now),
        ]
        for change in found.clusters
    ]
    columns = ["cluster", "members_then", "members_now", "what_changed"]
    return Table(columns, rows, "How clusters moved")


def _called(seen: Picture, found: Clustering, names: Sequence[str]) -> Called:
    """What the clusters are called, by their members."""
    members = [cluster.members for cluster in found.clusters]
    called = names or [cluster_name(seen, one) for one in members]
    return dict(zip(members, called, strict=True))


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


def _words(found: Changes, change: ClusterChange, then: Called, now: Called) -> list[str]:
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
    words += _moved(found, change.came, then, "then")
    words += _moved(found, change.went, now, "now")
    return words


def _moved(found: Changes, members: Iterable[str], called: Called, side: str) -> list[str]:
    """Say from or to which cluster some moved, together where it is the same one."""
    places = {one: cluster for cluster in called for one in cluster}
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
        words.append(f"{names} {verb} {called[place]}" if place else f"{names} {alone}")
    return words
