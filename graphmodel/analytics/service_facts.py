"""What is on record of each service, as the nodes of every analysis have it."""

from __future__ import annotations

from typing import Any

import networkx as nx

from graphmodel.store import Store

_SERVICES = """
MATCH (s:Service)
OPTIONAL MATCH (s)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (s)-[:OF_TYPE]->(t:ActivityType)
RETURN s.id AS id, s.name AS name, s.status AS status, s.status_as_of AS status_as_of,
       s.delivery_mechanism AS delivery_mechanism, s.spectrum AS spectrum, s.start AS start,
       s.valid_from AS valid_from, s.valid_to AS valid_to,
       s.geographic_focus AS reach, s.members_complete AS complete,
       collect(DISTINCT k.id) AS categories, collect(DISTINCT t.id) AS types
"""
_PARTS = "MATCH (a:Service)-[:PART_OF]->(b:Service) RETURN DISTINCT a.id AS part, b.id AS whole"


def service_facts(store: Store) -> dict[str, dict[str, Any]]:
    """Read every service.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to dict
        By id: ``name``, ``status``, ``status_as_of``, ``delivery_mechanism``,
        ``spectrum``, ``start``, ``valid_from``, ``valid_to``, ``reach``, ``complete``
        (whether all members are on record), ``categories`` and ``types``, sorted lists of
        ids, and ``part_of``, one of the services that it is a part of, directly or as a
        part of a part. Parts of each other, which is a mistake, have none there.

    Examples
    --------
    >>> service_facts(store)["tayside-it-work-stream"]["part_of"]
    ['tayside-corporate-services-collaboration']
    """
    wholes = _wholes(store)
    return {
        row["id"]: {
            **row,
            "categories": sorted(row["categories"]),
            "types": sorted(row["types"]),
            "part_of": wholes.get(row["id"], []),
        }
        for row in store.read(_SERVICES)
    }


def _wholes(store: Store) -> dict[str, list[str]]:
    """For each part the services above it; those that are parts of each other have none there."""
    parts = nx.DiGraph((row["part"], row["whole"]) for row in store.read(_PARTS))
    above = {part: nx.descendants(parts, part) for part in parts}
    return {
        part: sorted(whole for whole in wholes if part not in above[whole])
        for part, wholes in above.items()
    }
