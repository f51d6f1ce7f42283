"""What a load did, and the runs that the graph remembers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

if TYPE_CHECKING:
    from loaders.report import LoadReport

OUTCOMES = ("inserted", "updated", "unchanged", "removed")


def load_report(loads: Sequence[LoadReport]) -> Report:
    """Show what loads did, by dataset and kind.

    Parameters
    ----------
    loads : sequence of LoadReport
        One a data package.

    Returns
    -------
    Report

    Examples
    --------
    >>> from loaders.report import Counts, LoadReport
    >>> done = LoadReport("mine", "1", "run 1", {"Council": Counts(inserted=2)})
    >>> load_report([done]).tables[0].rows
    [['mine', 'Council', 2, 0, 0, 0], ['mine', 'in all', 2, 0, 0, 0]]
    """
    from loaders.problems import SHOWN_PROBLEMS

    rows = []
    notes = []
    for load in loads:
        for kind, counts in load.counts.items():
            rows.append([load.dataset, kind, *(getattr(counts, name) for name in OUTCOMES)])
        rows.append([load.dataset, "in all", *(load.total(name) for name in OUTCOMES)])
        if load.rejected:
            notes.append(
                f"{load.dataset}: {len(load.rejected)} problems; those rows were left out:"
            )
            notes += [f"  {problem}" for problem in load.rejected[:SHOWN_PROBLEMS]]
            more = len(load.rejected) - SHOWN_PROBLEMS
            if more > 0:
                notes.append(f"  … and {more} more (--rejects FILE writes them all)")
            notes.append("Nothing was removed, because the reading was not complete.")
        if load.kept:
            notes.append(
                f"{load.dataset}: {load.kept} nodes are no longer stated but stay, because "
                "what other datasets state needs them."
            )
    names = ", ".join(load.dataset for load in loads)
    return Report(f"Loaded: {names}", [Table(["dataset", "kind", *OUTCOMES], rows)], notes)


def runs_report(store: Store) -> Report:
    """Show every load that the graph remembers, latest first.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    Report

    Examples
    --------
    >>> runs_report(store).tables[0].records()[0]["outcome"]
    'done'
    """
    columns = ["started", "finished", "dataset", "version", "outcome", *OUTCOMES, "rejected"]
    columns.append("message")
    fields = ", ".join(f"r.{column} AS {column}" for column in columns)
    found = list(store.read(f"MATCH (r:LoadRun) RETURN {fields} ORDER BY r.started DESC"))
    for row in found:
        row["message"] = (row["message"] or "").partition("\n")[0]
    return Report("Loads", [Table(columns, [list(row.values()) for row in found])])
