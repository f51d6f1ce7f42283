"""What speaks against a candidate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from graphmodel.analytics.change import change_of
from graphmodel.analytics.facts import Spell
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.projection import UNIVERSAL_SHARE
from graphmodel.analytics.remarks import Remark, cited_for, some
from graphmodel.analytics.series import BY_LAW
from graphmodel.analytics.surroundings import Surroundings
from graphmodel.wording import listed

CAPACITY = 3
"""Services from which on leading them speaks against one more."""
LEADING = ("lead", "joint lead", "host")
CLOSE_NAME = 80
"""Likeness of two names, out of 100, from which on they speak of the same thing."""


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
        A service that the law has set up, or whose source does not name all who take
        part; others of the same area there already; one left, or decided against, with
        the same members; an area in more pieces; several services that it leads already.

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
        *_by_law(around, plan),
        *_incomplete(around, plan),
        *_there_already(council, around, plan),
        *_left(own, around, plan),
        *_rejected(own, around, plan),
        *_in_pieces(council, around, plan),
        *_capacity(own, around),
    ]


def _by_law(around: Surroundings, plan: Plan) -> list[Remark]:
    facts = around.services.get(plan.service or "")
    if facts is None or facts.mechanism != BY_LAW:
        return []
    return [Remark("by law", "set up by law for its area", facts.said_in)]


def _incomplete(around: Surroundings, plan: Plan) -> list[Remark]:
    """Whoever is not named may take part already."""
    facts = around.services.get(plan.service or "")
    if facts is None or facts.complete is not False:
        return []
    text = "may take part already: the source does not name all who do"
    return [Remark("members incomplete", text, facts.said_in)]


def _there_already(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    """Services of the same area in which it takes part: first those in which no member does.

    Only those can lower the score.
    """
    most = UNIVERSAL_SHARE * len(around.councils)
    found = []
    for category in sorted(plan.categories, key=lambda one: around.category_names.get(one, one)):
        there = [
            (len(members), around.name(service), service, members)
            for service, areas in around.categories.items()
            if category in areas and service not in plan.ignored and around.running(service)
            for members in [around.members(service)]
            if council in members and len(members) < most
        ]
        there.sort(key=lambda one: one[:3])
        area = f"in the same broad area ({around.category_names.get(category, category)})"
        rivals = [(service, them) for *_, service, them in there if them.isdisjoint(plan.members)]
        if rivals:
            text, places = _named(council, category, rivals, around)
            text = f"has {area} already {text}"
            found.append(Remark("there already", text, places, category=category))
        shared = [(service, them) for *_, service, them in there if them & plan.members]
        if shared:
            text, places = _named(council, category, shared, around)
            found.append(Remark("there with members", f"has {area} with members {text}", places))
    return found


def _named(
    council: str,
    category: str,
    services: list[tuple[str, frozenset[str]]],
    around: Surroundings,
) -> tuple[str, tuple[str, ...]]:
    """Services with who else takes part, and the places that say so."""
    names = [
        f"{around.name(service)} ({_others(members - {council}, around)})"
        for service, members in services
    ]
    cited = (
        place
        for service, _ in services
        for place in (*cited_for(council, service, around), *_area_of(service, category, around))
    )
    return listed(some(names)), tuple(dict.fromkeys(cited))


def _others(members: Collection[str], around: Surroundings) -> str:
    if not members:
        return "with no other council"
    return f"with {listed(some(sorted(around.names(members))))}"


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
                f"{listed(some(around.names(together)))} stayed in"
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
        elsewhere = plan.categories and areas and not plan.categories & areas
        if not (others and not elsewhere) and not _is_called_like(facts.name, around, plan):
            continue
        why = spell.note if spell.own_status == "rejected" else facts.description
        verb = "decided against" if spell.own_status == "rejected" else "was in a plan given up:"
        beside = f" with {listed(some(sorted(around.names(others))))}" if others else ""
        text = f"{verb} {facts.name}{beside}"
        found.append(Remark("proposal rejected", text, spell.said_in, why or ""))
    return _once(found)


def _is_called_like(name: str, around: Surroundings, plan: Plan) -> bool:
    from rapidfuzz import fuzz, utils

    asked = around.services.get(plan.service or "")
    if asked is None:
        return False
    likeness = fuzz.token_sort_ratio(name, asked.name, processor=utils.default_process)
    return likeness >= CLOSE_NAME


def _in_pieces(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    change = change_of(around, plan.members, [council])
    before, after = change.pieces
    if after <= before or after < 2:
        return []
    ferries = change.with_ferries[1]
    text = f"its area would be in {after} pieces by land and bridge"
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
    text = f"leads or hosts {len(leads)} services already: {listed(some(around.names(leads)))}"
    cited = (place for spells in leads.values() for one in spells for place in one.said_in)
    return [Remark("capacity", text, tuple(dict.fromkeys(cited)))]


def _area_of(service: str, category: str, around: Surroundings) -> tuple[str, ...]:
    return around.categories.get(service, {}).get(category, ())


def _once(remarks: list[Remark]) -> list[Remark]:
    """Remarks that are the same in words, once, with all their places."""
    found: dict[str, Remark] = {}
    for one in remarks:
        before = found.get(one.text, one)
        places = tuple(dict.fromkeys((*before.said_in, *one.said_in)))
        found[one.text] = replace(before, said_in=places)
    return list(found.values())
