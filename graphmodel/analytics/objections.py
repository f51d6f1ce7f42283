"""What speaks against a candidate, what else there is to know, and what would change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import networkx as nx

from graphmodel.analytics.facts import CouncilFacts, Spell, said_in
from graphmodel.analytics.geography import CONTIGUOUS
from graphmodel.analytics.pieces import pieces_of
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.projection import UNIVERSAL_SHARE
from graphmodel.analytics.surroundings import LINKS, Surroundings
from graphmodel.wording import listed

CAPACITY = 3
"""Services from which on leading them speaks against one more."""
LEADING = ("lead", "joint lead", "host")
ALIKE = 1.5
"""Factor within which two councils are alike in size, and its square in density."""
_MOST_NAMED = 3


@dataclass(frozen=True)
class Remark:
    """Something on record about a candidate, beside the reasons for it.

    Attributes
    ----------
    kind, text : str
        What it is about, and in words.
    said_in : tuple of str
        Places that say so, as ``document#locator``.
    detail : str
        More about it, where there is more to say.
    category : str
        Service area that it is about, if it is about one.
    moved : float
        By how much it moved the score: only services of the same area can.

    Examples
    --------
    >>> Remark("capacity", "leads 4 services", ()).kind
    'capacity'
    """

    kind: str
    text: str
    said_in: tuple[str, ...]
    detail: str = ""
    category: str = ""
    moved: float = 0.0


@dataclass(frozen=True)
class Change:
    """What a service covers before and after some councils join.

    Attributes
    ----------
    population : pair of int or None
        People, where all that take part are counted.
    area : pair of float or None
        Square kilometres, likewise.
    pieces, with_ferries : pair of int
        Pieces of the area by land and bridge, and by ferry and water too.

    Examples
    --------
    >>> Change((1, 2), (None, None), (1, 1), (1, 1)).population
    (1, 2)
    """

    population: tuple[int | None, int | None]
    area: tuple[float | None, float | None]
    pieces: tuple[int, int]
    with_ferries: tuple[int, int]


def objections_to(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    """Say what speaks against a council's joining.

    Parameters
    ----------
    council : str
        Its id.
    around : Surroundings
        What is on record.
    plan : Plan
        What it would join.

    Returns
    -------
    list of Remark
        A service of the same area there already; one left, or decided against, with
        the same members; an area in pieces; several services that it leads already.

    Examples
    --------
    >>> from graphmodel.analytics.surroundings import read_surroundings
    >>> around = read_surroundings(store)
    >>> joined = Plan(around.members("ayrshire-roads-alliance"))
    >>> [one.text for one in objections_to("GB-LAS-FIF", around, joined)]
    ['its area would be in 2 pieces by land and bridge']
    """
    own = [spell for spells in around.spells.values() for spell in spells]
    own = [one for one in own if one.council == council and one.service not in plan.ignored]
    own.sort(key=lambda one: (around.name(one.service), one.service))
    return [
        *_there_already(council, around, plan),
        *_left(own, around, plan),
        *_rejected(own, around, plan),
        *_in_pieces(council, around, plan),
        *_capacity(own, around),
    ]


def supporting_facts(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    """Say what else makes a council fit, though it moved no score.

    Parameters
    ----------
    council : str
        Its id.
    around : Surroundings
        What is on record.
    plan : Plan
        What it would join.

    Returns
    -------
    list of Remark
        Members alike in size and rurality, the service's model adopted there,
        experience with its mechanism, ferries.

    Examples
    --------
    >>> from graphmodel.analytics.surroundings import read_surroundings
    >>> around = read_surroundings(store)
    >>> joined = Plan(around.members("ayrshire-roads-alliance"), "ayrshire-roads-alliance")
    >>> [one.kind for one in supporting_facts("GB-LAS-IVC", around, joined)]
    ['model adopted']
    """
    return [
        *_alike(council, around, plan),
        *_model(council, around, plan),
        *_mechanism(council, around, plan),
        *_ferries(council, around, plan),
    ]


def change_of(around: Surroundings, members: Collection[str], joining: Collection[str]) -> Change:
    """What a service covers before and after some councils join.

    Parameters
    ----------
    around : Surroundings
        What is on record.
    members, joining : collection of str
        Ids of those that take part, and of those that would.

    Returns
    -------
    Change

    Examples
    --------
    >>> from graphmodel.analytics.surroundings import read_surroundings
    >>> change_of(read_surroundings(store), ["GB-LAS-DND"], ["GB-LAS-FIF"]).pieces
    (1, 1)
    """
    after = {*members, *joining}
    before = {*members}
    known = around.councils
    return Change(
        (_people(known[one] for one in before), _people(known[one] for one in after)),
        (_area(known[one] for one in before), _area(known[one] for one in after)),
        (_pieces(around, before, CONTIGUOUS), _pieces(around, after, CONTIGUOUS)),
        (_pieces(around, before, LINKS), _pieces(around, after, LINKS)),
    )


def _people(councils: Iterable[CouncilFacts]) -> int | None:
    counts = [one.population for one in councils]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _area(councils: Iterable[CouncilFacts]) -> float | None:
    areas = [one.area for one in councils]
    known = [area for area in areas if area is not None]
    return round(sum(known), 1) if len(known) == len(areas) else None


def _pieces(around: Surroundings, councils: set[str], kinds: Collection[str]) -> int:
    among = nx.Graph(around.touching.subgraph(councils))
    apart = [
        (first, second)
        for first, second, links in among.edges(data="links")
        if all(link["kind"] not in kinds for link in links)
    ]
    among.remove_edges_from(apart)
    return len(pieces_of(among, councils))


def _there_already(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    """Services of the same area in which it takes part and no member does."""
    most = UNIVERSAL_SHARE * len(around.councils)
    found = []
    for category in sorted(plan.categories, key=lambda one: around.category_names.get(one, one)):
        there = [
            (len(members), around.name(service), service, members)
            for service, areas in around.categories.items()
            if category in areas and service not in plan.ignored and around.running(service)
            for members in [around.members(service)]
            if council in members and members.isdisjoint(plan.members) and len(members) < most
        ]
        there.sort(key=lambda one: one[:3])
        if there:
            named = [
                f"{name} ({_others(members - {council}, around)})" for _, name, _, members in there
            ]
            area = around.category_names.get(category, category)
            cited = [
                place
                for _, _, service, _ in there
                for place in (
                    *_cited(council, service, around),
                    *_area_of(service, category, around),
                )
            ]
            text = f"has for {area} already {listed(_some(named))}"
            places = tuple(dict.fromkeys(cited))
            found.append(Remark("there already", text, places, category=category))
    return found


def _others(members: Collection[str], around: Surroundings) -> str:
    if not members:
        return "with no other council"
    return f"with {listed(_some(sorted(around.names(members))))}"


def _left(own: list[Spell], around: Surroundings, plan: Plan) -> list[Remark]:
    found = []
    for spell in own:
        gone = spell.life.end is not None and spell.life.end <= around.scope.day
        staying = around.members(spell.service) if around.running(spell.service) else frozenset()
        together = sorted(staying & plan.members)
        if gone and together and spell.council not in staying:
            when = f" ({spell.until})" if spell.until else ""
            text = (
                f"left {around.name(spell.service)}{when}, which "
                f"{listed(_some(around.names(together)))} stayed in"
            )
            found.append(Remark("left before", text, spell.said_in))
    return _once(found)


def _rejected(own: list[Spell], around: Surroundings, plan: Plan) -> list[Remark]:
    found = []
    for spell in own:
        facts = around.services[spell.service]
        if "rejected" not in (spell.own_status, facts.status):
            continue
        others = {one.council for one in around.spells[spell.service]} & plan.members
        areas = set(around.categories.get(spell.service, ()))
        alike = plan.categories & areas if plan.categories and areas else others
        if not alike:
            continue
        why = spell.note if spell.own_status == "rejected" else facts.description
        verb = "decided against" if spell.own_status == "rejected" else "was in a plan given up:"
        beside = f" with {listed(_some(sorted(around.names(others))))}" if others else ""
        text = f"{verb} {facts.name}{beside}"
        found.append(Remark("proposal rejected", text, spell.said_in, why or ""))
    return _once(found)


def _in_pieces(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    change = change_of(around, plan.members, [council])
    before, after = change.pieces
    if after < 2 or after < before:
        return []
    verb = "stay" if after == before else "be"
    ferries = change.with_ferries[1]
    text = f"its area would {verb} in {after} pieces by land and bridge"
    if ferries < after:
        text += f", {ferries} with ferries" if ferries > 1 else ", one with ferries"
    return [Remark("in pieces", text, ())]


def _capacity(own: list[Spell], around: Surroundings) -> list[Remark]:
    leads: dict[str, list[Spell]] = {}
    for spell in own:
        if (
            spell.role in LEADING
            and around.running(spell.service)
            and spell.life.holds(around.scope.day)
            and spell.own_status in (None, "live", "pilot")
        ):
            leads.setdefault(spell.service, []).append(spell)
    if len(leads) < CAPACITY:
        return []
    text = f"leads or hosts {len(leads)} services already: {listed(_some(around.names(leads)))}"
    cited = (place for spells in leads.values() for one in spells for place in one.said_in)
    return [Remark("capacity", text, tuple(dict.fromkeys(cited)))]


def _alike(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    one = around.councils[council]
    alike = [
        other
        for other in (around.councils[member] for member in sorted(plan.members))
        if _within(one.population, other.population, ALIKE)
        and _within(one.density, other.density, ALIKE**2)
    ]
    if not alike:
        return []
    people = ", ".join(f"{other.name} {other.population:,}" for other in alike)
    text = f"alike in size and rurality: {one.population:,} people; {people}"
    return [Remark("alike", text, ())]


def _within(first: float | None, second: float | None, factor: float) -> bool:
    return bool(first and second) and 1 / factor <= (first or 0) / (second or 1) <= factor


def _model(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    found = []
    for service, models in sorted(around.models.items()):
        joined = {spell.council for spell in around.spells.get(service, ())}
        if plan.service is not None and plan.service in models and council in joined:
            facts = around.services[service]
            text = f"has adopted its model: {facts.name} ({facts.status})"
            found.append(Remark("model adopted", text, models[plan.service]))
    return found


def _mechanism(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    facts = around.services.get(plan.service or "")
    if facts is None or facts.mechanism in (None, "other"):
        return []
    same = [
        service
        for service, other in around.services.items()
        if other.mechanism == facts.mechanism
        and service not in plan.ignored
        and around.running(service)
        and council in around.members(service)
    ]
    if not same:
        return []
    names = listed(_some(sorted(around.names(same))))
    cited = (place for service in same for place in _cited(council, service, around))
    text = f"has others that are run in the same way ({facts.mechanism}): {names}"
    return [Remark("same mechanism", text, tuple(dict.fromkeys(cited)))]


def _ferries(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    found = []
    for member in sorted(plan.members & set(around.touching.adj.get(council, ()))):
        links = [
            link
            for link in around.touching[council][member]["links"]
            if link["kind"] not in CONTIGUOUS
        ]
        for link in links:
            crossing = f" ({link['note']})" if link["note"] else ""
            text = f"{link['kind']} to {around.name(member)}{crossing}"
            found.append(Remark("across water", text, said_in(link)))
    return found


def _cited(council: str, service: str, around: Surroundings) -> tuple[str, ...]:
    spells = around.spells.get(service, ())
    return tuple(place for one in spells if one.council == council for place in one.said_in)


def _area_of(service: str, category: str, around: Surroundings) -> tuple[str, ...]:
    return around.categories.get(service, {}).get(category, ())


def _some(names: list[str]) -> list[str]:
    if len(names) <= _MOST_NAMED:
        return names
    return [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]


def _once(remarks: list[Remark]) -> list[Remark]:
    """Remarks that are the same in words, once, with all their places."""
    found: dict[str, Remark] = {}
    for one in remarks:
        before = found.get(one.text, one)
        places = tuple(dict.fromkeys((*before.said_in, *one.said_in)))
        found[one.text] = replace(before, said_in=places)
    return list(found.values())
