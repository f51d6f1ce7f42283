"""Services that could be one, as a report."""

from __future__ import annotations

from collections.abc import Mapping

from graphmodel.analytics.coverage import category_names
from graphmodel.analytics.geography import CONTIGUOUS, contiguity, grouping_members
from graphmodel.analytics.picture import Picture, picture
from graphmodel.analytics.scope import Scope
from graphmodel.analytics.series import LEAST_SERVICES, SAME, Series, set_apart
from graphmodel.analytics.twins import LIKE, Twins, find_twins, related_services, word_likeness
from graphmodel.reports.picture import counted_notes, left_out_notes
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

_TEXTS = "MATCH (s:Service) RETURN s.id AS id, s.name AS name, s.description AS description"
_PARTS = "MATCH (a:Service)-[:PART_OF]->(b:Service) RETURN a.id AS a, b.id AS b"
_SUCCESSORS = "MATCH (a:Service)-[:SUCCEEDS]->(b:Service) RETURN a.id AS a, b.id AS b"
NOT_SAID = "not said"
_WORDS = {"delivery_mechanism": "mechanism"}


def twins_report(
    store: Store,
    scope: Scope | None = None,
    *,
    ferries: bool = False,
    apart: bool = False,
    least: float = LIKE,
) -> Report:
    """Show services of one service area that touch or overlap, with what they differ in.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which part of the picture counts.
    ferries : bool
        Whether councils with a ferry between them touch.
    apart : bool
        Whether to leave out pairs with a council in both.
    least : float
        Only pairs whose words are at least so alike.

    Returns
    -------
    Report

    Examples
    --------
    >>> twins_report(store).tables[0].columns[1:3]
    ['service', 'and']
    """
    seen = picture(store, scope)
    kinds = (*CONTIGUOUS, "ferry") if ferries else CONTIGUOUS
    found = find_twins(
        seen.each,
        contiguity(store, kinds),
        _likeness(store, seen),
        related_services(_pairs(store, _PARTS), _pairs(store, _SUCCESSORS)),
        least=least,
    )
    names = category_names(store)
    sets, pairs = set_apart(found, seen.each)
    rows = [
        _row(rank, twins, seen, names)
        for rank, twins in enumerate((twins for twins in pairs if twins.apart or not apart), 1)
    ]
    columns = [
        "rank",
        "service",
        "and",
        "area",
        "alike",
        "borders",
        "in_both",
        "differ_in",
        "both_are",
    ]
    notes = [
        *counted_notes(seen),
        *left_out_notes(seen),
        f"Services of one area of work whose councils touch by {' or '.join(kinds)}, or are the "
        "same in part. Not those that are parts of one whole, or follow one another.",
        f"alike: how much their names and descriptions share, places apart; from {least:g} on. "
        "borders: pairs of councils that touch, one of each service alone; in_both: councils that "
        "take part in both; both_are: the delivery mechanism, if it is the same. Whether they "
        "could be one is for those who run them to say.",
        "Sets: statutory boards, which the law has set up, and what is the same in more than half "
        f"of all councils, {LEAST_SERVICES} services or more that are alike by {SAME:g}. Their "
        "pairs are not among the others: no two councils alone could make them one.",
    ]
    tables = [Table(columns, rows, "Pairs"), _sets(sets, seen, names)]
    return Report("Services that could be one", tables, notes)


def _sets(sets: list[Series], seen: Picture, names: Mapping[str, str]) -> Table:
    rows = [
        [
            seen.names(one.services),
            [names[area] for area in one.categories],
            len(one.services),
            len(one.councils),
            one.pairs,
            "set up by law" if one.by_law else "across the country",
        ]
        for one in sets
    ]
    columns = ["set", "area", "services", "councils", "pairs", "why"]
    return Table(columns, rows, "Sets of the same")


def _row(rank: int, twins: Twins, seen: Picture, names: Mapping[str, str]) -> list[object]:
    return [
        rank,
        seen.name(twins.first),
        seen.name(twins.second),
        [names[area] for area in twins.categories],
        round(twins.likeness, 2),
        len(twins.borders),
        seen.names(twins.in_both),
        [
            f"{_WORDS.get(found.of, found.of)}: {found.first or NOT_SAID} / "
            f"{found.second or NOT_SAID}"
            for found in twins.differences
        ],
        _mechanism(seen, twins),
    ]


def _mechanism(seen: Picture, twins: Twins) -> str | None:
    """The delivery mechanism that both have."""
    first, second = (
        seen.affiliated.nodes[service]["delivery_mechanism"]
        for service in (twins.first, twins.second)
    )
    return str(first) if first and first == second else None


def _likeness(store: Store, seen: Picture) -> dict[tuple[str, str], float]:
    texts = {
        row["id"]: f"{row['name']} {row['name']} {row['description'] or ''}"
        for row in store.read(_TEXTS)
        if row["id"] in seen.each
    }
    places = [facts["name"] for facts in seen.tied.nodes.values()]
    places += [grouping.name for grouping in grouping_members(store, seen.scope.as_of).values()]
    return word_likeness(texts, places)


def _pairs(store: Store, statement: str) -> list[tuple[str, str]]:
    return [(row["a"], row["b"]) for row in store.read(statement)]
