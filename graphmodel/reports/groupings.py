"""How well clusters follow official groupings, as a report."""

from __future__ import annotations

from graphmodel.analytics.agreement import Agreement, agreement, without_area_services
from graphmodel.analytics.geography import Grouping, grouping_members
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.reports.choices import Choices
from graphmodel.reports.cluster_names import cluster_names
from graphmodel.reports.members import shown_members, told_members
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store


def groupings_report(
    store: Store,
    scope: Scope | None = None,
    choices: Choices | None = None,
    *,
    area_services_too: bool = False,
) -> Report:
    """Show how well clusters follow each kind of official grouping.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    choices : Choices, optional
        How clusters are looked for.
    area_services_too : bool
        Whether services whose area is a grouping make ties: with them, clusters follow
        groupings in part because the groupings themselves are among the ties.

    Returns
    -------
    Report

    Examples
    --------
    >>> groupings_report(store).title
    'Clusters and official groupings'
    """
    choices = choices or Choices()
    everything = picture(store, scope)
    rest, areas = without_area_services(everything, store)
    seen = everything if area_services_too else rest
    found = choices.find(seen)
    groupings = grouping_members(store, seen.scope.as_of)
    names = cluster_names(seen, found, groupings.values())
    councils = [node for node, kind in seen.affiliated.nodes(data="kind") if kind == "council"]
    compared = agreement(found, groupings.values(), councils)
    tables = [_agreement(compared), _deviating(compared, seen, names, groupings)]
    tables.append(_clusters(seen, names, [cluster.members for cluster in found.clusters]))
    own = f"{len(areas)} services whose area is a grouping "
    notes = [
        *picture_notes(seen),
        own + "make ties too: in part, groupings are compared with themselves."
        if area_services_too
        else own + "make no ties here, or groupings would be compared with themselves; "
        "--with-areas counts them.",
        "Compared are councils in a cluster and in exactly one grouping of the kind. adjusted rand "
        "and adjusted information: 1 for the same division, about 0 for no more than chance; of "
        "few councils, or of groupings of one council each, they say little.",
        "Deviating: in a cluster of which more than half belongs to another grouping.",
    ]
    if found.untied:
        notes.append(f"In no cluster: {told_members(seen, found.untied)}.")
    return Report("Clusters and official groupings", tables, notes)


def _agreement(compared: list[Agreement]) -> Table:
    rows = [
        [
            found.kind,
            found.groupings,
            len(found.compared),
            len(found.in_none),
            len(found.in_several),
            len(found.untied),
            _rounded(found.adjusted_rand),
            _rounded(found.adjusted_information),
            len(found.deviations),
        ]
        for found in compared
    ]
    columns = (
        "kind groupings councils in_none in_several untied adjusted_rand adjusted_information "
        "deviating"
    )
    return Table(columns.split(), rows, "Agreement")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _deviating(
    compared: list[Agreement], seen: Picture, names: list[str], groupings: dict[str, Grouping]
) -> Table:
    rows = [
        [
            found.kind,
            seen.name(deviation.council),
            groupings[deviation.grouping].name,
            groupings[deviation.of_most].name,
            names[deviation.cluster],
        ]
        for found in compared
        for deviation in sorted(found.deviations, key=lambda one: seen.name(one.council))
    ]
    columns = ["kind", "council", "grouping", "clusters_with", "in_cluster"]
    return Table(columns, rows, "Councils that deviate")


def _clusters(seen: Picture, names: list[str], clusters: list[tuple[str, ...]]) -> Table:
    rows = [
        [name, shown_members(seen, members)] for name, members in zip(names, clusters, strict=True)
    ]
    return Table(["cluster", "members"], rows, "Clusters compared")
