"""Clusters, central councils and candidates, as reports."""

from __future__ import annotations

from datetime import date

import networkx as nx

from graphmodel.analytics.candidates import service_candidates
from graphmodel.analytics.centrality import rank_by_centrality
from graphmodel.analytics.clusters import find_clusters
from graphmodel.analytics.projection import (
    Scope,
    affiliations,
    council_names,
    ties,
    without_universal,
)
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

SHOWN_SERVICES = 5
"""Binding services that a cluster's row names."""


def _scope_note(store: Store, scope: Scope, affiliated: nx.Graph) -> str:
    services = {node for node, kind in affiliated.nodes(data="kind") if kind == "service"}
    said = [
        row["said"]
        for row in store.read("MATCH (s:Service) RETURN s.id AS id, s.status_as_of AS said")
        if row["id"] in services
    ]
    dated = sorted(day for day in said if day is not None)
    age = f" Said of days from {dated[0]} to {dated[-1]}" if dated else ""
    undated = f"; of {len(said) - len(dated)} without a date" if len(said) > len(dated) else ""
    when = (
        f"as of {scope.as_of}; what has no dates counts for every day"
        if scope.as_of
        else "as last said by the sources"
    )
    counted = f"{len(services)} services that are {' or '.join(scope.statuses)}, {when}."
    return counted + (f"{age}{undated}." if age else "")


def _universal_note(universal: list[str], names: dict[str, str]) -> list[str]:
    if not universal:
        return []
    listed = ", ".join(names[service] for service in universal)
    return [f"Nine in ten councils or more take part in {listed}: left out, as it ties all alike."]


def clusters_report(
    store: Store, *, as_of: date | None = None, resolution: float = 1.0, seed: int = 0
) -> Report:
    """Show which councils hang together, and what binds them.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        The day whose picture it is.
    resolution, seed
        As in `graphmodel.analytics.clusters.find_clusters`.

    Returns
    -------
    Report

    Examples
    --------
    >>> clusters_report(store).title
    'Clusters of councils by shared services'
    """
    scope = Scope(as_of)
    everything = affiliations(store, scope)
    affiliated, universal = without_universal(everything)
    found = find_clusters(ties(affiliated), resolution=resolution, seed=seed)
    names = dict(everything.nodes(data="name"))
    rows = [
        [
            number,
            len(cluster.members),
            sorted(names[member] for member in cluster.members),
            [names[service] for service in cluster.services[:SHOWN_SERVICES]],
        ]
        for number, cluster in enumerate(found.clusters, 1)
    ]
    notes = [_scope_note(store, scope, everything), *_universal_note(universal, names)]
    notes.append(f"Modularity {found.modularity:.3f}.")
    if found.untied:
        alone = ", ".join(sorted(names[council] for council in found.untied))
        notes.append(f"Without a tie of their own, and so in no cluster: {alone}.")
    table = Table(["cluster", "councils", "members", "bound_most_by"], rows)
    return Report("Clusters of councils by shared services", [table], notes)


def centrality_report(store: Store, *, as_of: date | None = None) -> Report:
    """Show how central each council is.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        The day whose picture it is.

    Returns
    -------
    Report
        All councils, the most central first.

    Examples
    --------
    >>> centrality_report(store, as_of=date(2015, 4, 1)).title
    'Councils by centrality'
    """
    scope = Scope(as_of)
    affiliated = affiliations(store, scope)
    specific, universal = without_universal(affiliated)
    names = dict(affiliated.nodes(data="name"))
    rows = [
        [
            rank,
            names[found.council],
            found.strength,
            found.degree,
            found.betweenness,
            found.services,
            found.leads,
            names.get(found.closest),
        ]
        for rank, found in enumerate(rank_by_centrality(affiliated, ties(specific)), 1)
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
        _scope_note(store, scope, affiliated),
        *_universal_note(universal, names),
        "strength: each shared service counts one, divided among its other members; "
        "betweenness: share of the other pairs whose closest chain of ties leads through it.",
    ]
    return Report("Councils by centrality", [Table(columns, rows)], notes)


def candidates_report(
    store: Store, service: str, *, as_of: date | None = None, reasons: bool = True
) -> Report:
    """Show who could join a service next, with reasons, and who is left out.

    Parameters
    ----------
    store : Store
        An open store.
    service : str
        Id, name or alias.
    as_of : date, optional
        The day whose picture it is.
    reasons : bool
        Whether to give the reasons.

    Returns
    -------
    Report
        Two tables: the ranked, and those left out.

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one service answers to the name.

    Examples
    --------
    >>> candidates_report(store, "Ayrshire Roads Alliance").title
    'Candidates for Ayrshire Roads Alliance'
    """
    chosen = name_index(store, "Service").resolve(service)
    found = service_candidates(store, chosen.id, as_of)
    names = council_names(store)
    ranked = [
        [rank, names[one.council], round(one.score, 3), [reason.text for reason in one.reasons]]
        for rank, one in enumerate(found.ranked, 1)
    ]
    columns = ["rank", "council", "score", "reasons"]
    if not reasons:
        ranked, columns = [row[:3] for row in ranked], columns[:3]
    left_out: dict[str, list[str]] = {}
    for one in found.excluded:
        left_out.setdefault(one.why, []).append(names[one.council])
    tables = [
        Table(columns, ranked, "Could join"),
        Table(
            ["why", "councils"],
            [[why, sorted(councils)] for why, councils in sorted(left_out.items())],
            "Left out",
        ),
    ]
    notes = [
        *_service_notes(store, chosen.id, left_out, as_of),
        "score: 0.40 x share of its ties that lead to members, 0.35 x share of its neighbours "
        "that are members, 0.25 x share of members in one grouping with it. Only the order "
        "means anything.",
    ]
    return Report(f"Candidates for {chosen.name}", tables, notes)


def _service_notes(
    store: Store, service: str, left_out: dict[str, list[str]], as_of: date | None
) -> list[str]:
    """What to know of a service before asking others to join it."""
    found = store.read(
        "MATCH (s:Service {id: $id}) RETURN s.status AS status, s.status_as_of AS said, "
        "s.members_complete AS complete",
        {"id": service},
    )
    facts = next(iter(found))
    notes = []
    if facts["status"] not in ("live", "pilot"):
        said = f" (as of {facts['said']})" if facts["said"] else ""
        notes.append(f"Mind that this service is {facts['status']}{said}.")
    if "takes part already" not in left_out:
        day = f" on {as_of}" if as_of else ""
        notes.append(f"No council is known to take part{day}, so nobody touches a member.")
    if facts["complete"] is False:
        notes.append("The source does not name all who take part.")
    return notes
