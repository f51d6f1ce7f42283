"""What was last said to be live the longest ago: the follow-up list of the next survey."""

from __future__ import annotations

from graphmodel.reports.citations import Places
from graphmodel.reports.sheets import titles
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index

_LIVE = """
MATCH (s:Service)
WHERE s.status IN ['live', 'pilot']
OPTIONAL MATCH (s)-[:IN_CATEGORY]->(k:Category)
WITH s, collect(DISTINCT k.id) AS category_ids, collect(DISTINCT k.name) AS categories
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
RETURN s.name AS service, s.status AS status, s.status_as_of AS said, category_ids, categories,
       collect(DISTINCT c.id) AS council_ids, collect(DISTINCT c.name) AS councils,
       properties(s) AS edge
"""


def ageing_report(
    store: Store, *, council: str | None = None, category: str | None = None
) -> Report:
    """List the services whose being live was said the longest ago.

    Parameters
    ----------
    store : Store
        An open store.
    council, category : str, optional
        Only services of this council, or of this service area; id, name or alias.

    Returns
    -------
    Report
        Those of which nobody says as of when come first, then the oldest.

    Raises
    ------
    NotFoundError, AmbiguousNameError
        If not just one council or service area answers to a name.

    Examples
    --------
    >>> ageing_report(store, council="Angus").tables[0].columns[:2]
    ['last_said', 'service']
    """
    council_id = name_index(store, "Council").resolve(council).id if council else None
    category_id = name_index(store, "Category").resolve(category).id if category else None
    found = [
        row
        for row in store.read(_LIVE)
        if (council_id is None or council_id in row["council_ids"])
        and (category_id is None or category_id in row["category_ids"])
    ]
    found.sort(key=lambda row: (row["said"] or "", row["service"]))
    rows = [
        [
            row["said"] or "not said",
            row["service"],
            row["status"],
            sorted(row["categories"]),
            sorted(row["councils"]),
            Places.of(row["edge"]),
        ]
        for row in found
    ]
    undated = sum(row["said"] is None for row in found)
    columns = ["last_said", "service", "status", "categories", "councils", "source"]
    return Report(
        f"Last said to be live or a pilot: {len(rows)} services",
        [Table(columns, rows)],
        [f"Of {undated} of them the source does not say as of when."],
        titles(store),
    )
