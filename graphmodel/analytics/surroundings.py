"""What is on record about councils and services, read once: who takes part, where, says who."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import networkx as nx

from graphmodel.analytics.facts import CouncilFacts, Exclusion, ServiceFacts, Spell, said_in
from graphmodel.analytics.geography import CONTIGUOUS, contiguity
from graphmodel.analytics.picture import days_on_record
from graphmodel.analytics.scope import Scope, held_on, takes_part
from graphmodel.dates import Interval
from graphmodel.store import Store

RUNNING = ("live", "pilot")
"""Statuses of services that others can join."""
LINKS = (*CONTIGUOUS, "ferry", "water")


@dataclass(frozen=True)
class Surroundings:
    """All that reasons and objections rest on, as of a day.

    Attributes
    ----------
    scope : Scope
        The day.
    councils : mapping of str to CouncilFacts
        By id.
    services : mapping of str to ServiceFacts
        By id.
    spells : mapping of str to tuple of Spell
        Every membership of a council on record, by service.
    categories : mapping of str to mapping of str to tuple of str
        Places that say so, by service and service area.
    category_names : mapping of str to str
        By id.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`, with links of every kind.
    groupings : mapping of str to str
        Name and kind of official groupings, by id.
    grouped : mapping of pairs of str to tuple of str
        Places that say that a council is in a grouping.
    models : mapping of str to mapping of str to tuple of str
        Places that say so, by service and the service whose model it adopted.
    wholes : mapping of str to frozenset of str
        What a service is part of, near or far.
    on_record : tuple of (date or None, date or None)
        As from `graphmodel.analytics.picture.days_on_record`, where a day was asked for.

    Examples
    --------
    >>> read_surroundings(store).name("GB-LAS-ANS")
    'Angus'
    """

    scope: Scope
    councils: Mapping[str, CouncilFacts]
    services: Mapping[str, ServiceFacts]
    spells: Mapping[str, tuple[Spell, ...]]
    categories: Mapping[str, Mapping[str, tuple[str, ...]]]
    category_names: Mapping[str, str]
    touching: nx.Graph
    groupings: Mapping[str, str]
    grouped: Mapping[tuple[str, str], tuple[str, ...]]
    models: Mapping[str, Mapping[str, tuple[str, ...]]]
    wholes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    on_record: tuple[date | None, date | None] = (None, None)

    def name(self, identifier: str) -> str:
        """What people call a council or service; the id where no name is known."""
        found = self.councils.get(identifier) or self.services.get(identifier)
        return found.name if found and found.name else identifier

    def names(self, identifiers: Iterable[str]) -> list[str]:
        """What people call each of several."""
        return [self.name(identifier) for identifier in identifiers]

    def map_by(self, kinds: Collection[str]) -> nx.Graph:
        """Which councils touch by links of some kinds.

        Parameters
        ----------
        kinds : collection of str
            Of land, bridge, ferry and water.

        Returns
        -------
        networkx.Graph
            All councils; ``links`` of those kinds only.

        Examples
        --------
        >>> read_surroundings(store).map_by(["land"]).has_edge("GB-LAS-DND", "GB-LAS-FIF")
        False
        """
        graph = nx.Graph()
        graph.add_nodes_from(self.touching)
        for first, second, links in self.touching.edges(data="links"):
            kept = [link for link in links if link["kind"] in kinds]
            if kept:
                graph.add_edge(first, second, links=kept)
        return graph

    def members(self, service: str) -> frozenset[str]:
        """Councils that take part in a service on the day.

        Parameters
        ----------
        service : str
            Its id. A plan has those for members who plan it; of a running service, those
            who only look into it are none yet. On a day that is asked for, a service that
            had not begun or had ended has no members.

        Returns
        -------
        frozenset of str

        Examples
        --------
        >>> sorted(read_surroundings(store).members("ayrshire-roads-alliance"))
        ['GB-LAS-EAY', 'GB-LAS-SAY']
        """
        facts = self.services[service]
        there = self.scope.as_of is None or facts.life.holds(self.scope.day)
        scope = Scope(self.scope.as_of, (*RUNNING, facts.status))
        return frozenset(
            spell.council
            for spell in self.spells.get(service, ())
            if there
            and spell.life.holds(scope.day)
            and takes_part(
                facts.status,
                spell.own_status,
                spell.life.end is not None or facts.life.end is not None,
                scope,
            )
        )

    def running(self, service: str) -> bool:
        """Whether a service was live or a pilot on the day.

        Parameters
        ----------
        service : str
            Its id.

        Returns
        -------
        bool

        Examples
        --------
        >>> read_surroundings(store).running("tayside-joint-waste-processing")
        False
        """
        facts = self.services[service]
        if facts.status in RUNNING:
            return self.scope.as_of is None or facts.life.holds(self.scope.day)
        dated = self.scope.as_of is not None and facts.life.end is not None
        return facts.status == "ended" and dated and facts.life.holds(self.scope.day)

    def barred(self, service: str) -> dict[str, Exclusion]:
        """Councils that left a service or decided against it, as of the day.

        Parameters
        ----------
        service : str
            Its id.

        Returns
        -------
        dict of str to Exclusion
            By council; members are not among them.

        Examples
        --------
        >>> read_surroundings(store).barred("ayrshire-roads-alliance")
        {}
        """
        members = self.members(service)
        found: dict[str, Exclusion] = {}
        for spell in self.spells.get(service, ()):
            why = None
            if spell.own_status == "rejected":
                why = "decided against it" + (f": {spell.note}" if spell.note else "")
            elif spell.life.end is not None and spell.life.end <= self.scope.day:
                why = "took part before" + (f" (until {spell.until})" if spell.until else "")
            if why and spell.council not in members:
                found[spell.council] = Exclusion(spell.council, why, spell.said_in)
        return found


def read_surroundings(store: Store, as_of: date | None = None) -> Surroundings:
    """Read what reasons and objections rest on.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        The day whose picture it is; today by default.

    Returns
    -------
    Surroundings

    Examples
    --------
    >>> len(read_surroundings(store).councils)
    32
    """
    scope = Scope(as_of)
    spells: dict[str, list[Spell]] = {}
    for row in _edges(store, "Council", "PARTICIPATES_IN", "Service"):
        spells.setdefault(row["to"], []).append(_spell(row))
    categories: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in _edges(store, "Service", "IN_CATEGORY", "Category"):
        categories.setdefault(row["from"], {})[row["to"]] = said_in(row["r"])
    models: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in _edges(store, "Service", "ADOPTED_FROM", "Service"):
        models.setdefault(row["from"], {})[row["to"]] = said_in(row["r"])
    grouped = {
        (row["from"], row["to"]): said_in(row["r"])
        for row in _edges(store, "Council", "IN_GROUPING", "Grouping", scope.day)
    }
    return Surroundings(
        scope=scope,
        councils=_councils(store),
        services=_services(store),
        spells={service: tuple(found) for service, found in spells.items()},
        categories=categories,
        category_names=dict(
            store.read("MATCH (k:Category) RETURN k.id AS id, k.name AS name ORDER BY id").rows
        ),
        touching=contiguity(store, LINKS),
        groupings={
            row["id"]: f"{row['name']} ({row['kind']})"
            for row in store.read(
                "MATCH (g:Grouping) RETURN g.id AS id, g.name AS name, g.kind AS kind ORDER BY id"
            )
        },
        grouped=grouped,
        models=models,
        wholes=_wholes(store),
        on_record=days_on_record(store) if as_of else (None, None),
    )


def _wholes(store: Store) -> dict[str, frozenset[str]]:
    parts = nx.DiGraph()
    parts.add_edges_from(
        store.read("MATCH (a:Service)-[:PART_OF]->(b:Service) RETURN DISTINCT a.id, b.id").rows
    )
    return {one: frozenset(nx.descendants(parts, one)) for one in parts}


def _edges(
    store: Store, first: str, kind: str, second: str, day: date | None = None
) -> list[dict[str, Any]]:
    """All edges of a kind with their properties, in an order that does not hang on the store."""
    rows = store.read(
        f"MATCH (a:{first})-[r:{kind}]->(b:{second}) WHERE {held_on('r')} "
        "RETURN a.id AS start, b.id AS end, properties(r) AS properties",
        {"day": day},
    )
    found = [{"from": row["start"], "to": row["end"], "r": dict(row["properties"])} for row in rows]
    return sorted(
        found,
        key=lambda one: (
            one["from"],
            one["to"],
            *(str(one["r"].get(key) or "") for key in ("valid_from", "status", "role", "note")),
            said_in(one["r"]),
        ),
    )


def _spell(row: Mapping[str, Any]) -> Spell:
    edge = row["r"]
    return Spell(
        row["from"],
        row["to"],
        edge.get("role"),
        edge.get("status"),
        edge.get("note"),
        edge.get("until"),
        life=Interval(edge.get("valid_from"), edge.get("valid_to")),
        said_in=said_in(edge),
    )


def _councils(store: Store) -> dict[str, CouncilFacts]:
    rows = store.read(
        "MATCH (c:Council) RETURN c.id AS id, c.name AS name, c.population AS population, "
        "c.area_km2 AS area, c.valid_from AS start, c.valid_to AS end ORDER BY id"
    )
    return {
        row["id"]: CouncilFacts(
            row["id"],
            row["name"],
            row["population"],
            row["area"],
            Interval(row["start"], row["end"]),
        )
        for row in rows
    }


def _services(store: Store) -> dict[str, ServiceFacts]:
    rows = store.read(
        "MATCH (s:Service) RETURN s.id AS id, s.name AS name, s.status AS status, "
        "s.status_as_of AS said, s.delivery_mechanism AS mechanism, "
        "s.description AS description, s.members_complete AS complete, "
        "s.valid_from AS start, s.valid_to AS end, "
        "s.source AS source, s.locator AS locator, s.citations AS citations ORDER BY id"
    )
    return {
        row["id"]: ServiceFacts(
            row["id"],
            row["name"],
            row["status"],
            row["said"],
            row["mechanism"],
            description=row["description"],
            complete=row["complete"],
            life=Interval(row["start"], row["end"]),
            said_in=said_in(row),
        )
        for row in rows
    }
