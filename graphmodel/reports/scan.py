"""At which resolutions the clusters are steady, as a report."""

from __future__ import annotations

from dataclasses import replace

from graphmodel.analytics.picture import picture
from graphmodel.analytics.scan import scan
from graphmodel.analytics.scope import Scope
from graphmodel.reports.choices import Choices
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store


def scan_report(store: Store, scope: Scope | None = None, choices: Choices | None = None) -> Report:
    """Show at which resolutions the clusters are steady.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    choices : Choices, optional
        How clusters are looked for; their resolution does not matter.

    Returns
    -------
    Report

    Examples
    --------
    >>> scan_report(store).title
    'Clusters at many resolutions'
    """
    choices = choices or Choices()
    seen = picture(store, scope)
    ranges = scan(lambda resolution: replace(choices, resolution=resolution).find(seen))
    rows = [
        [
            round(found.resolutions[0], 2),
            round(found.resolutions[-1], 2),
            len(found.resolutions),
            len(found.clustering.clusters),
            [len(cluster.members) for cluster in found.clustering.clusters],
            round(found.stability, 2),
            None if found.agreement is None else round(found.agreement, 2),
        ]
        for found in ranges
    ]
    columns = "from to steps clusters sizes stability like_the_one_above"
    notes = [
        *picture_notes(seen),
        f"Agreed from {choices.runs_for(seen)} runs of {choices.method} at each of "
        f"{sum(len(found.resolutions) for found in ranges)} resolutions; neighbouring ones that "
        "give the same clusters are one row: the more steps, the steadier.",
        "stability: what a council's cluster has in common with the most similar one of a run, on "
        "average. like the one above: adjusted Rand index with the clusters of the row above.",
    ]
    return Report("Clusters at many resolutions", [Table(columns.split(), rows)], notes)
