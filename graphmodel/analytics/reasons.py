"""Why a council is a candidate: each reason with what the score would be without its edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graphmodel.analytics.arrangements import Arrangements
from graphmodel.analytics.edges import Edges, without_edges
from graphmodel.analytics.facts import said_in
from graphmodel.analytics.geography import CONTIGUOUS
from graphmodel.analytics.learnt import ask
from graphmodel.analytics.scores import Scorer
from graphmodel.analytics.surroundings import Surroundings
from graphmodel.wording import listed

MOST_NAMED = 4
"""Services or groupings that a reason names one by one."""
_DIGITS = 6


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a candidate.

    Attributes
    ----------
    kind, text : str
        Part of the score, ties, border or grouping, and the reason in words.
    with_members : tuple of str
        Ids of the members that it is about, sorted.
    moved : float
        What the score would lose without the edges that it rests on, all others staying.
    said_in : tuple of str
        Places that say so, as ``document#locator``.
    edges : Edges
        What it rests on.

    Examples
    --------
    >>> Reason("border", "borders Fife by bridge", ("GB-LAS-FIF",), 0.2, (), Edges()).moved
    0.2
    """

    kind: str
    text: str
    with_members: tuple[str, ...]
    moved: float
    said_in: tuple[str, ...]
    edges: Edges


def reasons_for(
    council: str,
    scorer: Scorer,
    known: Arrangements,
    around: Surroundings,
    members: Collection[str],
    categories: Collection[str] = (),
) -> list[Reason]:
    """Say what speaks for a candidate.

    Parameters
    ----------
    council : str
        Its id.
    scorer : Scorer
        The score.
    known : Arrangements
        What it learns from, without the service that is asked about.
    around : Surroundings
        Names, citations and the map.
    members : collection of str
        Ids of those that take part.
    categories : collection of str
        Service areas of the service.

    Returns
    -------
    list of Reason
        What moved the score the most first.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> found = read_inquiry(store)
    >>> learnt = found.learnt
    >>> case = (learnt.scorer, learnt.known, found.around, ["GB-LAS-DND"])
    >>> {one.kind for one in reasons_for("GB-LAS-ANS", *case)} >= {"border", "ties"}
    True
    """
    ordered = sorted(set(members) & set(known.councils))
    if council not in known.councils:
        return []
    full = _score(council, scorer, known, ordered, categories)
    drafts = [
        *_border(council, around, ordered),
        *_ties(council, known, around, ordered),
        *_groupings(council, known, around, ordered),
    ]
    found = []
    for draft in drafts:
        less = without_edges(known, council, draft.edges)
        moved = full - _score(council, scorer, less, ordered, categories)
        found.append(replace(draft, moved=round(moved, _DIGITS) + 0.0))
    return sorted(found, key=lambda one: (-one.moved, one.kind, one.text))


def one_by_one(
    council: str,
    reason: Reason,
    scorer: Scorer,
    known: Arrangements,
    around: Surroundings,
    members: Collection[str],
    categories: Collection[str] = (),
) -> list[Reason]:
    """Take a reason of several services apart.

    Parameters
    ----------
    council : str
        Id of the candidate.
    reason : Reason
        One of its reasons.
    scorer, known, around, members, categories
        As for `reasons_for`.

    Returns
    -------
    list of Reason
        One for each service, with the service's name for a text; what moved the score
        the most first.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> found = read_inquiry(store)
    >>> case = (found.learnt.scorer, found.learnt.known, found.around, ["GB-LAS-DND"])
    >>> [border] = [one for one in reasons_for("GB-LAS-ANS", *case) if one.kind == "border"]
    >>> one_by_one("GB-LAS-ANS", border, *case)
    []
    """
    ordered = sorted(set(members) & set(known.councils))
    full = _score(council, scorer, known, ordered, categories)
    found = []
    for service in reason.edges.services:
        edges = Edges(services=(service,))
        less = without_edges(known, council, edges)
        moved = round(full - _score(council, scorer, less, ordered, categories), _DIGITS) + 0.0
        cited = _said_of([service], (council, *reason.with_members), around)
        text = around.name(service)
        found.append(Reason(reason.kind, text, reason.with_members, moved, cited, edges))
    return sorted(found, key=lambda one: (-one.moved, one.text))


def parts_of(
    council: str,
    scorer: Scorer,
    known: Arrangements,
    around: Surroundings,
    members: Collection[str],
    categories: Collection[str] = (),
) -> dict[str, float]:
    """What the score would lose without all of a candidate's ties, border, groupings or areas.

    Parameters
    ----------
    council, scorer, known, around, members, categories
        As for `reasons_for`.

    Returns
    -------
    dict of str to float
        For ties, border, grouping, and area: the service areas of what is asked about,
        which only ever lower the score of who has such a service with others.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> found = read_inquiry(store)
    >>> learnt = found.learnt
    >>> sorted(parts_of("GB-LAS-ANS", learnt.scorer, learnt.known, found.around, ["GB-LAS-DND"]))
    ['area', 'border', 'grouping', 'ties']
    """
    ordered = sorted(set(members) & set(known.councils))
    if council not in known.councils:
        return {}
    full = _score(council, scorer, known, ordered, categories)
    drafts = {
        "ties": _ties(council, known, around, ordered),
        "border": _border(council, around, ordered),
        "grouping": _groupings(council, known, around, ordered),
    }
    found = {}
    for part, reasons in drafts.items():
        edges = Edges(
            *(
                tuple(sorted({edge for one in reasons for edge in getattr(one.edges, kind)}))
                for kind in ("services", "neighbours", "groupings")
            )
        )
        less = without_edges(known, council, edges) if reasons else known
        moved = full - _score(council, scorer, less, ordered, categories) if reasons else 0.0
        found[part] = round(moved, _DIGITS) + 0.0
    areas = full - _score(council, scorer, known, ordered, ())
    return {**found, "area": round(areas, _DIGITS) + 0.0}


def moved_by_area(
    council: str,
    area: str,
    scorer: Scorer,
    known: Arrangements,
    members: Collection[str],
    categories: Collection[str],
) -> float:
    """What a candidate's score loses because it has a service of the same area with others.

    Parameters
    ----------
    council : str
        Its id.
    area : str
        One of ``categories``.
    scorer, known, members, categories
        As for `reasons_for`.

    Returns
    -------
    float
        0 or less.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> learnt = read_inquiry(store).learnt
    >>> moved_by_area("GB-LAS-ANS", "roads", learnt.scorer, learnt.known, ["GB-LAS-DND"], ["roads"])
    0.0
    """
    ordered = sorted(set(members) & set(known.councils))
    if council not in known.councils:
        return 0.0
    others = set(categories) - {area}
    full = _score(council, scorer, known, ordered, categories)
    return round(full - _score(council, scorer, known, ordered, others), _DIGITS) + 0.0


def _score(
    council: str,
    scorer: Scorer,
    known: Arrangements,
    members: list[str],
    categories: Collection[str],
) -> float:
    scores = ask(scorer.fit(known), known, [members], (), categories)
    return float(scores[0, known.councils.index(council)])


def _border(council: str, around: Surroundings, members: list[str]) -> list[Reason]:
    near = {
        other: [link for link in edge["links"] if link["kind"] in CONTIGUOUS]
        for other, edge in around.touching.adj.get(council, {}).items()
    }
    neighbours = {other: links for other, links in near.items() if links}
    shared = tuple(member for member in members if member in neighbours)
    if not shared:
        return []
    by_way: dict[str, list[str]] = {}
    for member in shared:
        by_way.setdefault(_way(neighbours[member]), []).append(member)
    ways = [f"{listed(around.names(beside))} by {way}" for way, beside in sorted(by_way.items())]
    verb = "takes" if len(shared) == 1 else "take"
    text = (
        f"borders {listed(ways)}; {len(shared)} of its {len(neighbours)} neighbours by land or "
        f"bridge {verb} part"
    )
    cited = _places(said_in(link) for member in shared for link in neighbours[member])
    return [Reason("border", text, shared, 0.0, cited, Edges(neighbours=shared))]


def _way(links: Iterable[Mapping[str, Any]]) -> str:
    """How two councils touch: by what, over which crossing, for how long."""
    ways = []
    for link in links:
        crossing = f" ({link['note']})" if link["kind"] != "land" and link["note"] else ""
        length = f", {link['km']:,.0f} km" if link["km"] is not None else ""
        ways.append(f"{link['kind']}{crossing}{length}")
    return " and ".join(ways)


def _ties(
    council: str, known: Arrangements, around: Surroundings, members: list[str]
) -> list[Reason]:
    own = known.councils.index(council)
    column = {name: at for at, name in enumerate(known.councils)}
    wanted = [(member, column[member]) for member in members]
    together: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for row in np.flatnonzero(known.members[:, [own]].toarray().ravel()).tolist():
        service, taking = known.services[row], set(known.members_of(row).tolist())
        shared = tuple(member for member, at in wanted if at in taking)
        if shared:
            now = around.members(service) if around.running(service) else frozenset()
            past = council not in now or now.isdisjoint(shared)
            together.setdefault((past, shared), []).append(service)
    found = []
    for (past, shared), services in sorted(together.items()):
        verb = "has shared" if past else "shares"
        services = _by_worth(services, around)
        names = _naming(services, around)
        cited = _said_of(services, (council, *shared), around)
        text = f"{verb} {names} with {_with(shared, members, around)}"
        found.append(Reason("ties", text, shared, 0.0, cited, Edges(services=tuple(services))))
    return found


def _by_worth(services: list[str], around: Surroundings) -> list[str]:
    """Larger wholes before what is part of none, both before parts of any of them; by name."""
    among = set(services)
    parts = Counter(whole for one in services for whole in around.wholes.get(one, ()))

    def worth(one: str) -> tuple[bool, int, str, str]:
        part = not among.isdisjoint(around.wholes.get(one, ()))
        return part, -parts[one], around.name(one), one

    return sorted(services, key=worth)


def _naming(services: list[str], around: Surroundings) -> str:
    """The first few, none of which is part of another, and how many more."""
    among = set(services)
    whole = [one for one in services if among.isdisjoint(around.wholes.get(one, ()))]
    named = whole if len(services) <= MOST_NAMED else whole[: MOST_NAMED - 1]
    more = len(services) - len(named)
    return listed([*around.names(named), *([f"{more} more"] if more else [])])


def _groupings(
    council: str, known: Arrangements, around: Surroundings, members: list[str]
) -> list[Reason]:
    own = known.councils.index(council)
    together: dict[tuple[str, ...], list[str]] = {}
    for grouping, inside in known.groupings.items():
        shared = tuple(one for one in members if known.councils.index(one) in inside)
        if own in inside and shared:
            together.setdefault(shared, []).append(grouping)
    found = []
    for shared, groupings in sorted(together.items()):
        names = listed(_some(sorted(around.groupings.get(one, one) for one in groupings)))
        cited = _places(
            around.grouped.get((one, grouping), ())
            for grouping in groupings
            for one in (council, *shared)
        )
        text = f"in {names} with {_with(shared, members, around)}"
        edges = Edges(groupings=tuple(groupings))
        found.append(Reason("grouping", text, shared, 0.0, cited, edges))
    return found


def _said_of(
    services: Iterable[str], councils: Collection[str], around: Surroundings
) -> tuple[str, ...]:
    return _places(
        spell.said_in
        for service in services
        for spell in around.spells.get(service, ())
        if spell.council in councils
    )


def _places(cited: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for places in cited for place in places))


def _some(names: list[str]) -> list[str]:
    """A list that can be read out in a meeting: the first few, and how many more."""
    if len(names) <= MOST_NAMED:
        return names
    return [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} more"]


def _with(together: Collection[str], members: Collection[str], around: Surroundings) -> str:
    if len(together) == len(members) > 2:
        return f"all {len(members)} that take part"
    return listed(around.names(together))
