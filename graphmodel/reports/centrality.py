"""Which councils, partners and services are central, as a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast, get_args

from graphmodel.analytics.breaks import find_breaks
from graphmodel.analytics.centrality import (
    Centrality,
    MemberMeasure,
    ServiceCentrality,
    ServiceMeasure,
    rank_by_centrality,
    rank_services,
)
from graphmodel.analytics.geography import grouping_members
from graphmodel.analytics.links import only_links
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.writing import write_ranks
from graphmodel.errors import GraphmodelError
from graphmodel.reports.picture import picture_notes
from graphmodel.reports.reasons import member_reasons, service_reasons
from graphmodel.reports.table import Report, Table
from graphmodel.reports.written import written_note
from graphmodel.store import Store

Of = Literal["councils", "partners", "services"]
MEASURES = tuple(dict.fromkeys((*get_args(MemberMeasure), *get_args(ServiceMeasure))))
REGIONS = "regional improvement collaborative"
"""Kind of grouping whose members are the regions that reasons speak of."""
ERROR_COLUMN = "standard_error"


def centrality_report(
    store: Store,
    scope: Scope | None = None,
    *,
    of: Of = "councils",
    by: str | None = None,
    reasons: bool = True,
    regions: str = REGIONS,
    pivots: int | None = None,
    seed: int = 0,
    write: bool = False,
) -> Report:
    """Show how central each council, partner or service is, and why.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts. To rank partners they are always counted.
    of : {"councils", "partners", "services"}
        What to rank.
    by : str, optional
        What to rank by, of `MEASURES`; strength by default, and betweenness for services.
    reasons : bool
        Whether to say why.
    regions : str
        Kind of official grouping that reasons take for regions.
    pivots, seed
        As for `graphmodel.analytics.chains.chain_betweenness`.
    write : bool
        Whether to write the ranks into the graph too; not those of services.

    Returns
    -------
    Report
        All of them, the most central first.

    Raises
    ------
    GraphmodelError
        If they cannot be ranked by that, or not be written.

    Examples
    --------
    >>> centrality_report(store).title
    'Councils by centrality'
    """
    scope = scope or Scope()
    by = by or ("betweenness" if of == "services" else "strength")
    measures = get_args(ServiceMeasure if of == "services" else MemberMeasure)
    if by not in measures:
        raise GraphmodelError(f"{of} cannot be ranked by {by}; try {', '.join(measures)}.")
    if of == "partners":
        scope = replace(scope, partners=True)
    seen = picture(store, scope)
    if of == "services":
        if write:
            raise GraphmodelError("Only ranks of councils or partners can be written.")
        table = _services(seen, cast(ServiceMeasure, by), pivots, seed, why=reasons)
        return Report("Services by centrality", [table], _notes(seen, table))
    ranked = (
        rank_by_centrality(
            seen.affiliated,
            seen.specific,
            kind="partner" if of == "partners" else "council",
            by=cast(MemberMeasure, by),
            weighting=scope.weighting,
            pivots=pivots,
            seed=seed,
        )
        if seen.specific.number_of_edges()
        else []
    )
    links = only_links(seen.specific, _regions(store, scope, regions)) if reasons else None
    table = _members(seen, of, ranked, links)
    notes = _notes(seen, table)
    if links:
        notes.append(f"Regions that reasons speak of: each {regions} (--regions).")
    if write:
        settings = {"of": of, "by": by, "pivots": pivots, "seed": seed}
        notes.append(written_note(write_ranks(store, seen, ranked, settings), "centrality"))
    return Report(f"{of.capitalize()} by centrality", [table], notes)


def _members(
    seen: Picture,
    of: Of,
    found: Sequence[Centrality],
    links: Mapping[str, Sequence[tuple[str, str]]] | None,
) -> Table:
    columns = ["rank", of.removesuffix("s"), "strength", "works_with", "betweenness", "pagerank"]
    rows: list[list[object]] = [
        [one.rank, seen.name(one.id), one.strength, one.degree, *_rounded(one)] for one in found
    ]
    table = _with_errors(Table(columns, rows), [one.error for one in found])
    table = _with_column(table, "leads", [len(one.leads) for one in found])
    if links is None:
        table = _with_column(table, "services", [one.services for one in found])
        nearest = [seen.name(one.closest) if one.closest else None for one in found]
        return _with_column(table, "closest_to", nearest)
    breaks = {one.id: one for one in find_breaks(seen.specific)}
    return _with_column(table, "why", [member_reasons(one, seen, links, breaks) for one in found])


def _services(
    seen: Picture, by: ServiceMeasure, pivots: int | None, seed: int, *, why: bool
) -> Table:
    found = rank_services(
        seen.specific, by=by, weighting=seen.scope.weighting, pivots=pivots, seed=seed
    )
    columns = ["rank", "service", "members", "sole_ties", "betweenness", "pagerank"]
    rows: list[list[object]] = [
        [one.rank, seen.name(one.id), one.degree, one.sole_ties, *_rounded(one)] for one in found
    ]
    table = _with_errors(Table(columns, rows), [one.error for one in found])
    if not why:
        return table
    breaks = {one.id: one for one in find_breaks(seen.specific)}
    return _with_column(table, "why", [service_reasons(one, seen, breaks) for one in found])


def _rounded(one: Centrality | ServiceCentrality) -> list[float]:
    return [round(one.betweenness, 4), round(one.pagerank, 4)]


def _with_column(table: Table, name: str, values: Sequence[object]) -> Table:
    rows = [[*row, value] for row, value in zip(table.rows, values, strict=True)]
    return replace(table, columns=[*table.columns, name], rows=rows)


def _with_errors(table: Table, errors: Sequence[float | None]) -> Table:
    """Put the standard errors of sampled betweenness beside it."""
    if all(error is None for error in errors):
        return table
    return _with_column(table, ERROR_COLUMN, [round(error or 0.0, 4) for error in errors])


def _regions(store: Store, scope: Scope, kind: str) -> dict[str, str]:
    """The one grouping of a kind that each council is in, where it is in just one."""
    found: dict[str, list[str]] = {}
    for grouping in grouping_members(store, scope.as_of).values():
        if grouping.kind == kind:
            for council in grouping.members:
                found.setdefault(council, []).append(grouping.name)
    return {council: names[0] for council, names in found.items() if len(names) == 1}


def _notes(seen: Picture, table: Table) -> list[str]:
    said = {
        "strength": "each shared service counts one, divided among its other members"
        if seen.scope.weighting == "divided"
        else "each shared service counts one for each of its other members",
        "sole_ties": "pairs that share nothing else",
        "betweenness": "share of the other pairs whose closest chain of services leads through "
        "it, where a step is as long as the service has other members"
        if seen.scope.weighting == "divided"
        else "share of the other pairs whose shortest chain of services leads through it",
        "leads": "services that it leads or hosts, also such as are left out",
        "pagerank": "how often a walk from service to member by lot comes by",
        ERROR_COLUMN: "of the betweenness, which is estimated from chains from a part of the "
        "members, drawn by lot, as there are so many; --pivots for more",
    }
    words = [f"{name}: {text}" for name, text in said.items() if name in table.columns]
    return [*picture_notes(seen), "; ".join(words) + "; equals share a rank."]
