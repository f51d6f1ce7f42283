"""What analyses have written into the graph, and what was taken out again."""

from __future__ import annotations

from graphmodel.analytics.writing import Kind, clear
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

_LOOK = {
    "clusters": "MATCH (m)-[:IN_CLUSTER {run: $run}]->(k:Cluster) RETURN k.number, collect(m.name)",
    "centrality": "MATCH (m)-[r:RANKED_IN {run: $run}]->(:Analysis) "
    "RETURN r.rank, m.name, r.strength ORDER BY r.rank",
}
_LEFT = "MATCH (a:Analysis) RETURN a.kind AS kind, count(a) AS number"


def written_note(run: str, kind: Kind) -> str:
    """Say that an analysis was written, and how to look at it.

    Parameters
    ----------
    run : str
        Id of the run.
    kind : {"clusters", "centrality"}
        Of which report.

    Returns
    -------
    str

    Examples
    --------
    >>> written_note("1234", "clusters").partition(":")[0]
    'Written into the graph as run 1234'
    """
    return (
        f"Written into the graph as run {run}: graphmodel cypher '{_LOOK[kind]}' "
        f"--param run={run}; 'graphmodel report {kind} --clear' takes it out. It does not "
        "follow later loads."
    )


def cleared_report(store: Store, kind: Kind) -> Report:
    """Take out what analyses of a kind have written, and say how much it was.

    Parameters
    ----------
    store : Store
        Open, for writing.
    kind : {"clusters", "centrality"}
        Of which report.

    Returns
    -------
    Report

    Examples
    --------
    >>> cleared_report(store, "clusters").tables[0].rows[0]
    ['Analysis', 0]
    """
    gone = clear(store, kind)
    rows = [[name, gone[name]] for name in sorted(gone)]
    left = {row["kind"]: row["number"] for row in store.read(_LEFT)}
    remain = ", ".join(
        f"{_counted(left[other], other)} ('graphmodel report {other} --clear')"
        for other in sorted(left)
    )
    return Report(
        f"Taken out: {_counted(gone['Analysis'], kind)}",
        [Table(["what", "removed"], rows)],
        [f"Left in the graph: {remain or 'no analysis'}."],
    )


def _counted(number: int, kind: str) -> str:
    return f"{number} {'analysis' if number == 1 else 'analyses'} of {kind}"
