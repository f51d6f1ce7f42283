"""What councils' returns to the survey say differently: of each other, and of an activity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from graphmodel.model import ParticipatesIn
from graphmodel.reports.survey_copies import OWN_COPIES, differing_copies
from graphmodel.store import Store
from graphmodel.store.merge import citation, statements_of
from graphmodel.survey.known import ANSWER_GROUP
from graphmodel.survey.returns import GONE, LEFT_BLANK, NEW_ACTIVITY, OPERATIONAL, WAITS, returns_of

Contradiction = tuple[str, str, list[tuple[Any, list[str]]]]
Said = tuple[str, str]
"""Document and citation."""
_SAID = {
    "yes": "goes on",
    "changed": "goes on, changed",
    "no": "no longer operational",
    "left": "goes on without it",
}
_TAKES_PART, _GONE = "takes part", "no longer takes part"
NOT_MENTIONED = "its own return does not mention it"
STILL_WAITS = "part of its return still waits for a decision"
NO_RETURN = "it has not returned the form yet"


@dataclass
class _Wave:
    """The documents of one wave, and what they answer."""

    of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Documents by council."""
    answers: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Answer and citation, by document and service."""
    gone: dict[tuple[str, str], list[Said]] = field(default_factory=lambda: defaultdict(list))
    """Who says that somebody no longer takes part, by participant and service."""
    waiting: set[str] = field(default_factory=set)
    """Documents of which something waits for a decision."""


@dataclass
class _Survey:
    waves: dict[str, _Wave]
    whose: dict[str, tuple[str, str]]
    """Wave and council of each document."""
    councils: frozenset[str]
    services: dict[str, str]
    """Names by id."""


def contradicting_returns(store: Store) -> list[Contradiction]:
    """Find what one return says and another does not confirm.

    A council's claim that another takes part is confirmed when a return of that other to
    the same survey says so too. Before it has answered, a claim that other documents bear
    out is not shown. That somebody no longer takes part is shown where another return says
    the contrary, the other's own for one. An activity that goes on by one council's return
    and has ended by another's is shown as well; and what two copies from one council answer
    differently, as that.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    list of tuple
        What it is about, of what, and each value with its citations.

    Examples
    --------
    >>> contradicting_returns(store)
    []
    """
    survey = _read(store)
    if not survey.waves:
        return []
    return [*_unconfirmed(store, survey), *_disputed(survey), *_copies(store, survey)]


def _read(store: Store) -> _Survey:
    waves: dict[str, _Wave] = defaultdict(_Wave)
    whose: dict[str, tuple[str, str]] = {}
    for row in store.read(
        "MATCH (d:Document) WHERE d.id STARTS WITH 'survey-' "
        "MATCH (c:Council) WHERE c.name = d.publisher "
        "RETURN d.id AS id, c.id AS council ORDER BY id"
    ):
        wave = row["id"].split("-")[1]
        whose[row["id"]] = wave, row["council"]
        waves[wave].of[row["council"]].append(row["id"])
    for row in store.read(
        "MATCH (f:Statistic {group: $group})-[:STATED_IN]->(d:Document) WHERE f.label IS NOT NULL "
        "RETURN d.id AS document, f.name AS name, f.label AS service, f.locator AS locator",
        {"group": ANSWER_GROUP},
    ):
        if row["document"] not in whose:
            continue
        name, place = row["name"], f"{row['document']}#{row['locator']}"
        wave = waves[whose[row["document"]][0]]
        if name == NEW_ACTIVITY or name.startswith(OPERATIONAL):
            said = "yes" if name == NEW_ACTIVITY else name.removeprefix(OPERATIONAL)
            wave.answers[row["document"], row["service"]] = said, place
        elif name.startswith(WAITS):
            wave.waiting.add(row["document"])
        elif name.startswith(GONE):
            key = name.removeprefix(GONE), row["service"]
            wave.gone[key].append((row["document"], place))
    councils = frozenset(row["id"] for row in store.read("MATCH (c:Council) RETURN c.id AS id"))
    services = store.read("MATCH (s:Service) RETURN s.id AS id, s.name AS name")
    return _Survey(dict(waves), whose, councils, {row["id"]: row["name"] for row in services})


def _unconfirmed(store: Store, survey: _Survey) -> list[Contradiction]:
    found: list[Contradiction] = []
    for key, (names, places) in _memberships(store).items():
        told: dict[str, list[Said]] = defaultdict(list)
        for document, place in places:
            told[survey.whose.get(document, ("", ""))[0]].append((document, place))
        is_published = bool(told.pop("", None))
        for name in sorted(told):
            gone = survey.waves[name].gone.get(key, [])
            claims = _claims(survey, name, key, told[name], is_published=is_published)
            if claims:
                tellers = {survey.whose[document] for document, _ in (*told[name], *gone)}
                what = f"{OWN_COPIES} {name}" if gone and len(tellers) == 1 else f"claims of {name}"
                found.append((f"{names[0]} in {names[1]}", what, claims))
    return found


def _claims(
    survey: _Survey, name: str, key: tuple[str, str], told: list[Said], *, is_published: bool
) -> list[tuple[Any, list[str]]]:
    """What returns of a wave say of one membership, if it is not the same."""
    who, service = key
    wave = survey.waves[name]
    own = wave.of.get(who, [])
    claims: list[tuple[Any, list[str]]] = [(_TAKES_PART, [place for _, place in told])]
    gone = [place for _, place in wave.gone.get(key, [])]
    is_confirmed = any(survey.whose[document][1] == who for document, _ in told)
    if who in survey.councils and not is_confirmed and (own or not is_published):
        claims += _own_words(wave, own, service)
    if gone:
        claims.append((_GONE, gone))
    return claims if len(claims) > 1 else []


def _memberships(
    store: Store,
) -> dict[tuple[str, str], tuple[tuple[str, str], list[tuple[str, str]]]]:
    """By participant and service: their names, and who says where that it takes part."""
    found: dict[tuple[str, str], tuple[tuple[str, str], list[tuple[str, str]]]] = {}
    for row in store.read(
        "MATCH (c:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service) "
        "RETURN c.id AS council, s.id AS service, c.name AS who, s.name AS what, "
        "properties(r) AS edge ORDER BY who, what"
    ):
        names = row["who"], row["what"]
        _, places = found.setdefault((row["council"], row["service"]), (names, []))
        for statement in statements_of(ParticipatesIn, row["edge"]):
            if statement.values.get("status") != "ended":
                places.append((statement.values["source"], citation(statement.values)))
    return found


def _own_words(wave: _Wave, own: list[str], service: str) -> list[tuple[Any, list[str]]]:
    """What the council's own returns say of the service instead."""
    if not own:
        return [(NO_RETURN, [])]
    said: dict[str, list[str]] = defaultdict(list)
    for document in own:
        answer, place = wave.answers.get((document, service), (NOT_MENTIONED, f"{document}#"))
        if document in wave.waiting and answer in (NOT_MENTIONED, LEFT_BLANK):
            answer = STILL_WAITS
        said[_SAID.get(answer, answer)].append(place)
    return list(said.items())


def _disputed(survey: _Survey) -> list[Contradiction]:
    """Activities that go on by one council's return, and do not by another's."""
    found: list[Contradiction] = []
    for name, wave in sorted(survey.waves.items()):
        by_service: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
        for (document, service), (said, place) in sorted(wave.answers.items()):
            if said in ("yes", "changed", "no"):
                council = survey.whose[document][1]
                by_service[service]["no" if said == "no" else "yes"].append((council, place))
        for service, said_by in sorted(by_service.items()):
            councils = {council for said in said_by.values() for council, _ in said}
            if said_by["yes"] and said_by["no"] and len(councils) > 1:
                claims: list[tuple[Any, list[str]]] = [
                    (_SAID[said], [place for _, place in said_by[said]]) for said in ("yes", "no")
                ]
                about = survey.services.get(service, service)
                found.append((about, f"still operational in {name}", claims))
    return found


def _copies(store: Store, survey: _Survey) -> list[Contradiction]:
    """What two copies from one council answer differently."""
    return [
        (survey.services.get(service, service), f"{OWN_COPIES} {name}: {what}", claims)
        for name, wave in sorted(survey.waves.items())
        if any(len(documents) > 1 for documents in wave.of.values())
        for service, what, claims in differing_copies(returns_of(store, name), _SAID)
    ]
