"""What clusters are called: the official grouping that they resemble, or their members."""

from __future__ import annotations

from collections.abc import Collection

from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.geography import Grouping
from graphmodel.analytics.picture import Picture
from graphmodel.analytics.portraits import resemblance
from graphmodel.reports.members import divided
from graphmodel.wording import listed

SHOWN_MEMBERS = 3
"""Members whose names are joined to call a cluster by."""


def cluster_names(seen: Picture, found: Clustering, groupings: Collection[Grouping]) -> list[str]:
    """Call each cluster what people would recognise.

    Parameters
    ----------
    seen : Picture
        Where the councils' names are.
    found : Clustering
        Of that picture.
    groupings : collection of Grouping
        Official groupings of the day.

    Returns
    -------
    list of str
        By place in the clustering: the official grouping whose councils are nearly the
        same, with the difference, or else its councils' names; partners' where it has none.

    Examples
    --------
    >>> from graphmodel.analytics.geography import grouping_members
    >>> from graphmodel.analytics.picture import picture
    >>> from graphmodel.reports.choices import Choices
    >>> seen = picture(store)
    >>> cluster_names(seen, Choices().find(seen), grouping_members(store).values())[2]
    'Ayrshire Growth Deal'
    """
    names = []
    for cluster in found.clusters:
        councils, partners = divided(seen, cluster.members)
        like = resemblance(councils, groupings)
        if like is None:
            names.append(_joined(seen.names(councils or partners)))
            continue
        differs = [
            f"{word} {listed(seen.names(others))}"
            for word, others in (("with", like.also), ("without", like.without))
            if others
        ]
        names.append(" ".join([like.grouping.name, " but ".join(differs)]).rstrip())
    return names


def _joined(names: list[str]) -> str:
    if len(names) > SHOWN_MEMBERS + 1:
        rest = len(names) - SHOWN_MEMBERS
        return f"{', '.join(names[:SHOWN_MEMBERS])} and {rest} more"
    return listed(names)
