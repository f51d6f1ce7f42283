"""What a load did, and the runs that the graph remembers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.statements import LATEST_FIRST, LATEST_LAST

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
    found = list(store.read(f"MATCH (r:LoadRun) RETURN {fields} {LATEST_FIRST}"))
    for row in found:
        row["message"] = (row["message"] or "").partition("\n")[0]
    return Report("Loads", [Table(columns, [list(row.values()) for row in found])])


@dataclass(frozen=True)
class Unfinished:
    """A load that did not come to its end, with none of its dataset after it that did.

    Attributes
    ----------
    dataset, started, outcome : str
        As in its record.

    Examples
    --------
    >>> print(Unfinished("mine", "2026-11-22T10:30:00Z", "interrupted"))
    the load of mine that began at 2026-11-22T10:30:00Z was broken off
    """

    dataset: str
    started: str
    outcome: str

    def __str__(self) -> str:
        how = {
            "running": "has not ended: it is under way, or was broken off",
            "interrupted": "was broken off",
        }.get(self.outcome, self.outcome)
        return f"the load of {self.dataset} that began at {self.started} {how}"


@dataclass(frozen=True)
class LoadState:
    """How far the loads of a store are, to be compared before and after a reading.

    Attributes
    ----------
    writes : int
        Grows with every transaction of a load.
    runs : int
        Number of loads that the store remembers.
    unfinished : tuple of Unfinished
        One a dataset at most.

    Examples
    --------
    >>> LoadState(12, 1).unfinished
    ()
    """

    writes: int
    runs: int
    unfinished: tuple[Unfinished, ...] = ()


def load_state(store: Store) -> LoadState:
    """Tell whether what is read now may be half old and half new.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    LoadState
        If there is nothing unfinished before a reading, and the state is the same after
        it, then no load has written meanwhile: all that was read belongs together.

    Raises
    ------
    StoreUnreachableError
        If the connection is lost.

    Examples
    --------
    >>> before = load_state(store)
    >>> services = store.read("MATCH (s:Service) RETURN s.name")
    >>> before.unfinished or load_state(store) != before
    False
    """
    # The counter first: what is written after this line cannot be missed by a comparison.
    lock = store.read("OPTIONAL MATCH (l:LoadLock) RETURN coalesce(sum(l.taken), 0) AS taken")
    runs = store.read(
        "MATCH (r:LoadRun) RETURN r.dataset AS dataset, toString(r.started) AS started, "
        f"r.outcome AS outcome {LATEST_LAST}"
    )
    unfinished: dict[str, Unfinished] = {}
    for dataset, started, outcome in runs.rows:
        if outcome == "done":
            unfinished.pop(dataset, None)
        elif outcome != "refused":  # which has written nothing, and so mends nothing either
            unfinished[dataset] = Unfinished(dataset, started, outcome)
    return LoadState(next(iter(lock))["taken"], len(runs), tuple(unfinished.values()))
