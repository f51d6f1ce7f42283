"""What analyses write into the graph on request: the one part that no document states.

It hangs on councils and partners by relationships only. Their own properties stay what
documents say of them, so that loads compare and replace them as ever.
"""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """A label or relationship type that analyses write.

    Attributes
    ----------
    pattern : str
        How it stands in the graph.
    meaning : str
        In a few words.
    properties : tuple of str
        What it carries.

    Examples
    --------
    >>> NODES["Cluster"].pattern
    '(Cluster)'
    """

    pattern: str
    meaning: str
    properties: tuple[str, ...]


NODES = {
    "Analysis": Written(
        "(Analysis)",
        "A run of `report clusters` or `report centrality` that was written",
        (
            "id",
            "kind",
            "written",
            "program",
            "as_of",
            "scope",
            "settings",
            "complete",
        ),
    ),
    "Cluster": Written("(Cluster)", "A cluster that it found", ("id", "run", "number", "size")),
}
EDGES = {
    "FOUND_IN": Written("(Cluster)-[:FOUND_IN]->(Analysis)", "Which run found it", ("run",)),
    "IN_CLUSTER": Written(
        "(Council or Partner)-[:IN_CLUSTER]->(Cluster)", "Who is in it", ("run",)
    ),
    "RANKED_IN": Written(
        "(Council or Partner)-[:RANKED_IN]->(Analysis)",
        "How central one is",
        (
            "run",
            "rank",
            "strength",
            "betweenness",
            "pagerank",
            "works_with",
            "services",
            "leads_or_hosts",
        ),
    ),
    "TIED_TO": Written(
        "(Council or Partner)-[:TIED_TO]->(Council or Partner)",
        "Ties that the run rests on; smaller id first, asked without direction",
        ("run", "weight", "services"),
    ),
}
ON_MEMBERS = ("IN_CLUSTER", "RANKED_IN", "TIED_TO")
"""Types that hang on nodes which documents state."""
