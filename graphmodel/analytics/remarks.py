"""What is on record about a candidate, and moved no score."""

from __future__ import annotations

from dataclasses import dataclass

from graphmodel.analytics.change import change_of
from graphmodel.analytics.facts import said_in
from graphmodel.analytics.geography import CONTIGUOUS
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.surroundings import Surroundings
from graphmodel.wording import listed

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
        experience with its mechanism, ferries, an area that is in pieces as it is.

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
        *_in_pieces(council, around, plan),
    ]


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
    names = listed(some(sorted(around.names(same))))
    cited = (place for service in same for place in cited_for(council, service, around))
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


def _in_pieces(council: str, around: Surroundings, plan: Plan) -> list[Remark]:
    """An area in pieces that joining does not break up further, so no objection."""
    before, after = change_of(around, plan.members, [council]).pieces
    if before < 2 or after > before:
        return []
    now = f", {before} now" if after < before else ", as now"
    pieces = f"{after} pieces" if after > 1 else "one piece"
    return [Remark("pieces", f"its area would be in {pieces} by land and bridge{now}", ())]


def cited_for(council: str, service: str, around: Surroundings) -> tuple[str, ...]:
    """Places that say that a council takes part in a service.

    Parameters
    ----------
    council, service : str
        Their ids.
    around : Surroundings
        What is on record.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from graphmodel.analytics.surroundings import read_surroundings
    >>> len(cited_for("GB-LAS-EAY", "ayrshire-roads-alliance", read_surroundings(store))) > 0
    True
    """
    spells = around.spells.get(service, ())
    return tuple(place for one in spells if one.council == council for place in one.said_in)


def some(names: list[str]) -> list[str]:
    """The first few of several names, and how many more.

    Parameters
    ----------
    names : list of str
        All of them.

    Returns
    -------
    list of str

    Examples
    --------
    >>> some(["Angus", "Fife", "Moray", "Highland"])
    ['Angus', 'Fife', '2 more']
    """
    if len(names) <= _MOST_NAMED:
        return names
    return [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
