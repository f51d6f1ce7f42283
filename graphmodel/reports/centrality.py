"""Which councils are central, as a report."""

from __future__ import annotations

from graphmodel.analytics.centrality import rank_by_centrality
from graphmodel.analytics.projection import picture
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.writing import write_ranks
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.table import Report, Table
from graphmodel.reports.written import written_note
from graphmodel.store import Store


def centrality_report(store: Store, scope: Scope | None = None, *, write: bool = False) -> Report:
    """Show how central each council is.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    write : bool
        Whether to write the ranks into the graph too.

    Returns
    -------
    Report
        All councils, the most central first.

    Examples
    --------
    >>> centrality_report(store).title
    'Councils by centrality'
    """
    seen = picture(store, scope)
    ranked = rank_by_centrality(seen.affiliated, seen.tied)
    rows = [
        [
            rank,
            seen.name(found.council),
            found.strength,
            found.degree,
            found.betweenness,
            found.services,
            found.leads,
            seen.name(found.closest) if found.closest else None,
        ]
        for rank, found in enumerate(ranked, 1)
    ]
    columns = [
        "rank",
        "council",
        "strength",
        "works_with",
        "betweenness",
        "services",
        "leads_or_hosts",
        "closest_to",
    ]
    notes = [
        *picture_notes(seen),
        "strength: each shared service counts one, divided among its other members; "
        "betweenness: share of the other pairs whose closest chain of ties leads through it.",
    ]
    if write:
        notes.append(written_note(write_ranks(store, seen, ranked, {}), "centrality"))
    return Report("Councils by centrality", [Table(columns, rows)], notes)
