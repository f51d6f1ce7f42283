"""Finding services by what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graphmodel.analytics.scope import held_on
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

_FIND = f"""
MATCH (s:Service)
WHERE ($reach IS NULL OR s.geographic_focus = $reach)
  AND ($status IS NULL OR s.status = $status
       OR ($status = 'live' AND $day IS NOT NULL AND s.status = 'ended'
           AND s.valid_to IS NOT NULL))
  AND ({held_on("s")} AND NOT (coalesce($status, '') = 'ended' AND $day IS NOT NULL
                               AND s.valid_to IS NOT NULL)
       OR ($status = 'ended' AND s.valid_to <= $day))
  AND ($category IS NULL OR EXISTS {{ (s)-[:IN_CATEGORY]->(:Category {{id: $category}}) }})
  AND ($activity_type IS NULL OR EXISTS {{
        (s)-[:OF_TYPE]->(:ActivityType {{id: $activity_type}}) }})
OPTIONAL MATCH (s)-[:IN_CATEGORY]->(c:Category)
WITH s, collect(DISTINCT c.name) AS categories
OPTIONAL MATCH (p:Council)-[r:PARTICIPATES_IN]->(s)
WHERE {held_on("r")}
WITH s, categories, collect(DISTINCT p.name) AS councils, collect(DISTINCT p.id) AS council_ids
OPTIONAL MATCH (o:Partner)-[q:PARTICIPATES_IN]->(s)
WHERE {held_on("q")}
RETURN s.id AS id, s.name AS name, s.kind AS kind, s.status AS status,
       s.status_as_of AS status_as_of, categories, councils, council_ids,
       collect(DISTINCT o.id) AS partner_ids, s.description AS description, s.aliases AS aliases
ORDER BY name, id
"""


@dataclass(frozen=True)
class Wanted:
    """What the services should be like; ``None`` asks for nothing.

    Attributes
    ----------
    text : str or None
        Words that all must be found.
    category, activity_type, member : str or None
        Id, name or alias.
    reach, status : str or None
        A word of its closed list.
    as_of : date or None
        Only what held on that day.

    Examples
    --------
    >>> Wanted(text="roads").member is None
    True
    """

    text: str | None = None
    category: str | None = None
    activity_type: str | None = None
    reach: str | None = None
    status: str | None = None
    member: str | None = None
    as_of: date | None = None


def find_report(store: Store, wanted: Wanted) -> Report:
    """List the services that fit.

    Parameters
    ----------
    store : Store
        An open store.
    wanted : Wanted
        All that is given must fit; names are resolved, text is looked for in names,
        aliases, descriptions and categories, word by word, without regard to case.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one thing answers to a name.

    Examples
    --------
    >>> find_report(store, Wanted(member="Angus", text="roads")).title
    'Services found: 2'
    """
    member = _resolved(store, wanted.member, "Council", "Partner")
    rows = store.read(
        _FIND,
        {
            "reach": wanted.reach,
            "status": wanted.status,
            "day": wanted.as_of,
            "category": _resolved(store, wanted.category, "Category"),
            "activity_type": _resolved(store, wanted.activity_type, "ActivityType"),
        },
    )
    columns = ["service", "kind", "status", "status_as_of", "categories", "councils"]
    found = [
        [
            row["name"],
            row["kind"],
            row["status"],
            row["status_as_of"],
            sorted(row["categories"]),
            sorted(row["councils"]),
        ]
        for row in rows
        if (member is None or member in (*row["council_ids"], *row["partner_ids"]))
        and (wanted.text is None or _mentions(row, wanted.text))
    ]
    notes = ["Services without dates count for every day."] if wanted.as_of else []
    return Report(f"Services found: {len(found)}", [Table(columns, found)], notes)


def _resolved(store: Store, text: str | None, *labels: str) -> str | None:
    return name_index(store, *labels).resolve(text).id if text is not None else None


def _mentions(row: dict[str, Any], text: str) -> bool:
    parts = [row["id"], row["name"], row["description"] or "", *(row["aliases"] or ())]
    whole = " ".join([*parts, *row["categories"]]).casefold()
    return all(word in whole for word in text.casefold().split())
