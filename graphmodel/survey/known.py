"""What we hold of a council's activities: what its form is filled with before it goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from graphmodel.store import Store
from graphmodel.survey.answers import Party

MOST_PARTNERS = 12
"""Others of an activity up to which each is asked for by name."""
ANSWER_GROUP = "Answers to the survey"
"""Group of the statistics that keep what a return says of an activity."""
_ACTIVITIES = """
MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service)
WHERE s.status IN ['live', 'pilot', 'proposed']
  AND NOT coalesce(r.status, s.status) IN ['ended', 'rejected'] AND r.until IS NULL
OPTIONAL MATCH (s)-[:IN_CATEGORY]->(a:Category)
OPTIONAL MATCH (s)-[:OF_TYPE]->(t:ActivityType)
RETURN c.id AS council, s.id AS id, s.name AS name, s.description AS description,
       s.geographic_focus AS reach, s.delivery_mechanism AS mechanism, s.spectrum AS spectrum,
       s.start AS start, r.role AS role, a.id AS category, t.id AS type
ORDER BY council, name, id, a.position, t.position, role
"""
_PARTIES = """
MATCH (x:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service)
WHERE r.until IS NULL AND NOT coalesce(r.status, 'live') IN ['ended', 'rejected']
RETURN s.id AS service, x.id AS id, x.name AS name, r.role AS role
ORDER BY service, name, id, role
"""
_REGIONS = """
MATCH (f:Statistic {group: $group}) WHERE f.name STARTS WITH 'region: '
RETURN f.label AS service, f.name AS region ORDER BY f.wave, f.id
"""


@dataclass(frozen=True)
class Activity:
    """An activity of a council, as we hold it.

    Attributes
    ----------
    id, name : str
        Of the service.
    role : str or None
        The council's own; the first of several.
    category, type : str or None
        Ids; the first of several.
    reach, region, mechanism, spectrum, start, description : str or None
        As the store has them.
    parties : tuple of Party
        The others; empty where they are too many to be listed.
    others : int
        How many there are.

    Examples
    --------
    >>> Activity("roads", "Roads").others
    0
    """

    id: str
    name: str
    role: str | None = None
    category: str | None = None
    type: str | None = None
    reach: str | None = None
    region: str | None = None
    mechanism: str | None = None
    spectrum: str | None = None
    start: str | None = None
    description: str | None = None
    parties: tuple[Party, ...] = ()
    others: int = 0


def known_activities(store: Store, council: str | None = None) -> dict[str, list[Activity]]:
    """List what each council takes part in, as far as it is not known to have ended.

    Parameters
    ----------
    store : Store
        An open store.
    council : str, optional
        Id of the only council to list.

    Returns
    -------
    dict of str to list of Activity
        By id of the council; sorted by name. What is proposed or a pilot is asked for too.

    Examples
    --------
    >>> known = known_activities(store)
    >>> len(known), known["GB-LAS-ANS"] == known_activities(store, "GB-LAS-ANS")["GB-LAS-ANS"]
    (32, True)
    """
    parties = _parties(store)
    regions = {
        row["service"]: row["region"].removeprefix("region: ")
        for row in store.read(_REGIONS, {"group": ANSWER_GROUP})
    }
    found: dict[str, dict[str, Activity]] = {
        row["id"]: {} for row in store.read("MATCH (c:Council) RETURN c.id AS id ORDER BY id")
    }
    for row in store.read(_ACTIVITIES):
        found[row["council"]].setdefault(row["id"], _activity(row, parties, regions))
    return {
        one: list(activities.values())
        for one, activities in found.items()
        if council in (None, one)
    }


def _activity(
    row: dict[str, Any], parties: dict[str, list[Party]], regions: dict[str, str]
) -> Activity:
    others = [party for party in parties[row["id"]] if party.id != row["council"]]
    facts = {name: value for name, value in row.items() if name != "council"}
    activity = Activity(**facts, region=regions.get(row["id"]), others=len(others))
    listed = tuple(others) if len(others) <= MOST_PARTNERS else ()
    return replace(activity, parties=listed)


def _parties(store: Store) -> dict[str, list[Party]]:
    """Who takes part in each service; of several roles the first."""
    found: dict[str, dict[str, Party]] = defaultdict(dict)
    for row in store.read(_PARTIES):
        party = Party(row["name"], row["id"], row["role"])
        found[row["service"]].setdefault(row["id"], party)
    return defaultdict(list, {key: list(them.values()) for key, them in found.items()})


def labelled(activities: Iterable[Activity]) -> dict[str, Activity]:
    """Activities by the name that a form prints: with the id, where two share a name.

    Parameters
    ----------
    activities : iterable of Activity

    Returns
    -------
    dict of str to Activity

    Examples
    --------
    >>> list(labelled([Activity("a", "Roads"), Activity("b", "Roads"), Activity("c", "Law")]))
    ['Roads (a)', 'Roads (b)', 'Law']
    """
    listed = list(activities)
    names = [activity.name.casefold() for activity in listed]
    return {
        f"{one.name} ({one.id})" if names.count(one.name.casefold()) > 1 else one.name: one
        for one in listed
    }
