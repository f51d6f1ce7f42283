"""Which councils could join a service next, why, and which could not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import networkx as nx

from graphmodel.analytics.geography import Grouping, contiguity, grouping_members
from graphmodel.analytics.projection import affiliations, ties, without_universal
from graphmodel.analytics.scope import Scope, takes_part
from graphmodel.dates import Interval
from graphmodel.store import Store
from graphmodel.wording import listed

WEIGHTS = {"ties": 0.40, "border": 0.35, "grouping": 0.25}
"""What each part of the score counts for: chosen by hand, not yet learned from data."""

MOST_NAMED = 5
"""Services or groupings that a reason names one by one."""


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a candidate.

    Attributes
    ----------
    kind, text : str
        Part of the score, and the reason in words.
    with_members : tuple of str
        Ids of the members that it is about, sorted.

    Examples
    --------
    >>> Reason("border", "borders Fife by bridge", ("GB-LAS-FIF",)).kind
    'border'
    """

    kind: str
    """Part of the score that it belongs to: ties, border or grouping."""
    text: str
    with_members: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A council that could join.

    Attributes
    ----------
    council : str
        Its id.
    score : float
        Sum of the parts, each times its weight in ``WEIGHTS``.
    parts : mapping of str to float
        ``ties``, ``border`` and ``grouping``, each 0 to 1.
    reasons : tuple of Reason
        What speaks for it, by part: border, ties, grouping.

    Examples
    --------
    >>> Candidate("a", 0.35, {"ties": 0.0, "border": 1.0, "grouping": 0.0}, ()).score
    0.35
    """

    council: str
    score: float
    """0 to 1; only the order means anything."""
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Exclusion:
    """A council that is not a candidate.

    Attributes
    ----------
    council : str
        Its id.
    why : str
        In words.

    Examples
    --------
    >>> Exclusion("a", "takes part already").why
    'takes part already'
    """

    council: str
    why: str


@dataclass(frozen=True)
class Candidates:
    """All councils but the members: who could join, ranked, and who is left out.

    Attributes
    ----------
    ranked : tuple of Candidate
        Best first.
    excluded : tuple of Exclusion
        In order of id.

    Examples
    --------
    >>> Candidates((), (Exclusion("a", "takes part already"),)).ranked
    ()
    """

    ranked: tuple[Candidate, ...]
    excluded: tuple[Exclusion, ...]


@dataclass(frozen=True)
class Surroundings:
    """What a candidate is judged by, without the service in question.

    Parameters
    ----------
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`.
    tied : networkx.Graph
        As from `graphmodel.analytics.projection.ties`, made without the service, so
        that it cannot speak for itself.
    groupings : collection of Grouping
        Official groupings, without those that count already as a service's area.
    names : mapping
        Names of councils and services by id, for the reasons.

    Examples
    --------
    >>> Surroundings(nx.Graph([("a", "b")]), nx.Graph(), []).name("a")
    'a'
    """

    touching: nx.Graph
    tied: nx.Graph
    groupings: Collection[Grouping]
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, identifier: str) -> str:
        """What people call a council or service.

        Parameters
        ----------
        identifier : str
            Its id.

        Returns
        -------
        str
            The id itself where no name is known.

        Examples
        --------
        >>> Surroundings(nx.Graph(), nx.Graph(), [], {"GB-LAS-ANS": "Angus"}).name("GB-LAS-ANS")
        'Angus'
        """
        return self.names.get(identifier, identifier)


def find_candidates(
    members: Collection[str],
    surroundings: Surroundings,
    barred: Mapping[str, str] | None = None,
) -> Candidates:
    """Rank the councils that touch the present members.

    The score adds three parts, each from 0 to 1: the share of a council's ties that
    already lead to members, the share of its neighbours that are members, and the
    share of the members that are in one official grouping with it.

    Parameters
    ----------
    members : collection of str
        Councils that take part now.
    surroundings : Surroundings
        Ties, borders and groupings.
    barred : mapping of str to str, optional
        Councils that are left out for another reason, and which.

    Returns
    -------
    Candidates
        Best first; equal scores in order of id.

    Examples
    --------
    >>> land = [{"kind": "land", "km": 12.0, "note": None}]
    >>> touching = nx.Graph([("a", "b", {"links": land}), ("c", "d", {"links": land})])
    >>> found = find_candidates(["a"], Surroundings(touching, nx.Graph(), []))
    >>> [(one.council, one.score, one.reasons[0].text) for one in found.ranked]
    [('b', 0.35, 'borders a by land, 12 km')]
    >>> [one.council for one in found.excluded]
    ['a', 'c', 'd']
    """
    barred = barred or {}
    ranked, excluded = [], []
    for council in sorted(surroundings.touching):
        neighbours = set(surroundings.touching[council])
        if council in members:
            excluded.append(Exclusion(council, "takes part already"))
        elif council in barred:
            excluded.append(Exclusion(council, barred[council]))
        elif not neighbours & set(members):
            excluded.append(Exclusion(council, "touches no member by land or bridge"))
        else:
            ranked.append(_judge(council, sorted(members), surroundings))
    ranked.sort(key=lambda candidate: (-candidate.score, candidate.council))
    return Candidates(tuple(ranked), tuple(excluded))


def service_candidates(store: Store, service: str, as_of: date | None = None) -> Candidates:
    """Rank the councils that could join a service of the graph.

    Parameters
    ----------
    store : Store
        An open store.
    service : str
        Id of the service.
    as_of : date, optional
        The day whose picture it is; today by default.

    Returns
    -------
    Candidates
        The service itself, the groupings that are its area or that of a service that
        counts, and the services that nearly every council shares play no part in the
        score.

    Examples
    --------
    >>> found = service_candidates(store, "ayrshire-roads-alliance")
    >>> found.ranked[0].reasons[0].kind
    'border'
    """
    members, barred = _members_and_barred(store, service, as_of)
    everything = affiliations(store, Scope(as_of))
    affiliated, _ = without_universal(everything)
    names = dict(everything.nodes(data="name"))
    affiliated.remove_nodes_from([service])
    # What is a service's area counts with the service: not again as a grouping, and not for itself.
    counted = {
        row["grouping"]
        for row in store.read(
            "MATCH (s:Service)-[:FOCUSED_ON]->(g:Grouping) RETURN s.id AS service, g.id AS grouping"
        )
        if row["service"] == service or row["service"] in affiliated
    }
    groupings = grouping_members(store, as_of).values()
    surroundings = Surroundings(
        touching=contiguity(store),
        tied=ties(affiliated),
        groupings=[grouping for grouping in groupings if grouping.id not in counted],
        names=names,
    )
    return find_candidates(members, surroundings, barred)


def _members_and_barred(
    store: Store, service: str, as_of: date | None
) -> tuple[set[str], dict[str, str]]:
    """Who takes part on the day, and who did or decided against it, by council.

    A plan has those for members who plan it; of a running service, those who only
    look into it are none yet. On a day that is asked for, a service that had not begun
    or had ended has no members.
    """
    members: set[str] = set()
    barred: dict[str, str] = {}
    for row in store.read(
        "MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service {id: $id}) "
        "RETURN c.id AS council, s.status AS status, r.status AS own_status, r.until AS until, "
        "r.valid_from AS start, r.valid_to AS end, "
        "s.valid_from AS service_start, s.valid_to AS service_end ORDER BY council",
        {"id": service},
    ):
        spell = Interval(row["start"], row["end"])
        scope = Scope(as_of, ("live", "pilot", row["status"]))
        if row["own_status"] == "rejected":
            barred[row["council"]] = "decided against it"
        elif spell.holds(scope.day):
            life = Interval(row["service_start"], row["service_end"])
            ended = row["end"] is not None or life.end is not None
            there = as_of is None or life.holds(as_of)
            if there and takes_part(row["status"], row["own_status"], ended, scope):
                members.add(row["council"])
        elif row["start"] is None or row["start"] <= scope.day:
            when = f" (until {row['until']})" if row["until"] else ""
            barred[row["council"]] = f"took part before{when}"
    return members, barred


def _judge(council: str, members: list[str], around: Surroundings) -> Candidate:
    border, border_reasons = _border(council, members, around)
    tie, tie_reasons = _ties(council, members, around)
    grouping, grouping_reasons = _groupings(council, members, around)
    parts = {"ties": tie, "border": border, "grouping": grouping}
    score = sum(WEIGHTS[part] * value for part, value in parts.items())
    reasons = (*border_reasons, *tie_reasons, *grouping_reasons)
    return Candidate(council, round(score, 6), parts, tuple(reasons))


def _border(council: str, members: list[str], around: Surroundings) -> tuple[float, list[Reason]]:
    neighbours = around.touching[council]
    shared = [member for member in members if member in neighbours]
    by_way: dict[str, list[str]] = {}
    for member in shared:
        by_way.setdefault(_way(neighbours[member]["links"]), []).append(member)
    reasons = [
        Reason("border", f"borders {_listed(together, around)} by {way}", tuple(together))
        for way, together in sorted(by_way.items())
    ]
    verb = "takes" if len(shared) == 1 else "take"
    text = f"{len(shared)} of its {len(neighbours)} neighbours by land or bridge {verb} part"
    reasons.append(Reason("border", text, tuple(shared)))
    return len(shared) / len(neighbours), reasons


def _way(links: Iterable[Mapping[str, Any]]) -> str:
    """How two councils touch: by what, over which crossing, for how long."""
    ways = []
    for link in links:
        crossing = f" ({link['note']})" if link["kind"] != "land" and link["note"] else ""
        length = f", {link['km']:,.0f} km" if link["km"] is not None else ""
        ways.append(f"{link['kind']}{crossing}{length}")
    return " and ".join(ways)


def _ties(council: str, members: list[str], around: Surroundings) -> tuple[float, list[Reason]]:
    neighbours = around.tied.adj.get(council, {})
    total = sum(tie["weight"] for tie in neighbours.values())
    to_members = sum(neighbours[member]["weight"] for member in members if member in neighbours)
    by_service: dict[str, list[str]] = {}
    for member in members:
        for service in neighbours.get(member, {}).get("services", ()):
            by_service.setdefault(around.name(service), []).append(member)
    reasons = [
        Reason("ties", f"shares {services} with {_share(together, members, around)}", together)
        for services, together in _grouped(by_service)
    ]
    return (to_members / total if total else 0.0), reasons


def _groupings(
    council: str, members: list[str], around: Surroundings
) -> tuple[float, list[Reason]]:
    best = 0.0
    by_grouping: dict[str, list[str]] = {}
    for grouping in around.groupings:
        together = [member for member in members if member in grouping.members]
        if council in grouping.members and together:
            best = max(best, len(together) / len(members))
            by_grouping[f"{grouping.name} ({grouping.kind})"] = together
    reasons = [
        Reason("grouping", f"in {groupings} with {_share(together, members, around)}", together)
        for groupings, together in _grouped(by_grouping)
    ]
    return best, reasons


def _grouped(by_name: Mapping[str, list[str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Names that go with the same members, together; those with most members first."""
    by_members: dict[tuple[str, ...], list[str]] = {}
    for name, members in sorted(by_name.items()):
        by_members.setdefault(tuple(members), []).append(name)
    ordered = sorted(by_members.items(), key=lambda found: (-len(found[0]), found[1]))
    return [(listed(_some(names)), members) for members, names in ordered]


def _some(names: list[str]) -> list[str]:
    """A list that can be read out in a meeting: the first few, and how many more."""
    if len(names) <= MOST_NAMED:
        return names
    return [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} more"]


def _share(together: Collection[str], members: Collection[str], around: Surroundings) -> str:
    if len(together) == len(members) > 2:
        return f"all {len(members)} that take part"
    return _listed(together, around)


def _listed(councils: Iterable[str], around: Surroundings) -> str:
    return listed([around.name(council) for council in councils])
