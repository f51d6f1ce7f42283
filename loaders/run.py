"""The record of a load in the graph, which also says whose turn it is to write.

Every transaction of a load first takes the one lock and then looks whether its own
record still says ``running``. A later load of the same dataset changes that under
the same lock, so from then on the earlier one, be it dead or only slow, can write
nothing more. No clock takes part in this, nor in the order of loads.
"""

from __future__ import annotations

import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j import ManagedTransaction, Record

from graphmodel.errors import GraphmodelError, StoreUnreachableError
from graphmodel.model import LoadRun
from graphmodel.store import Store
from graphmodel.store.statements import LOCK, LOCK_STRIPE, STRIPES
from graphmodel.vocabulary import LoadOutcome
from loaders.datapackage import DataPackage
from loaders.report import LoadReport

_TAKE_OVER = (
    "MATCH (r:LoadRun {dataset: $dataset, outcome: 'running'}) WHERE r.id <> $id "
    "SET r.outcome = 'interrupted', "
    "r.message = 'It had not ended when the next load of the dataset began.'"
)
_BEGIN = (
    f"{LOCK} WITH l MERGE (r:LoadRun {{id: $id}}) "
    "SET r += $properties, r.number = l.taken, r.started = datetime($now)"
)
_END = "MERGE (r:LoadRun {id: $id}) SET r += $properties, r.finished = datetime($now)"
_HOLD = (
    f"{LOCK} WITH l, m MATCH (r:LoadRun {{id: $id}}) "
    "RETURN r.outcome AS outcome, [l.taken, m.taken] AS taken"
)
_HOLD_STRIPE = (
    f"{LOCK_STRIPE} WITH l MATCH (r:LoadRun {{id: $id}}) "
    "RETURN r.outcome AS outcome, l.taken AS taken"
)


class LoadInterruptedError(GraphmodelError):
    """A load that did not come to its end; the next one puts it right.

    Examples
    --------
    >>> LoadInterruptedError("Load again.").exit_code
    1
    """


class Run:
    """One load, from before its first write until it ends, however it does.

    Parameters
    ----------
    store : Store
        Open, for writing.
    package : DataPackage
        What is loaded.

    Notes
    -----
    It begins at once. An earlier load of the same dataset that has not ended is
    recorded as interrupted, and stops before its next write if it is alive.
    """

    def __init__(self, store: Store, package: DataPackage) -> None:
        from graphmodel import __version__

        self._store = store
        self._record = LoadRun(
            id=str(uuid.uuid4()),
            dataset=package.name,
            version=package.version,
            program=__version__,
            outcome="running",
        )
        self.report = LoadReport(package.name, package.version, self._record.id)
        self._clock = time.monotonic()
        self._started = datetime.now(UTC)
        store.write(self._begin)

    def _begin(self, transaction: ManagedTransaction) -> None:
        transaction.run(_BEGIN, self._parameters(self._started)).consume()
        transaction.run(_TAKE_OVER, dataset=self._record.dataset, id=self._record.id).consume()

    def end(self, outcome: LoadOutcome, message: str = "") -> None:
        """Write down how it ended.

        Parameters
        ----------
        outcome : LoadOutcome
            In one word.
        message : str
            Why, if it was not done.
        """
        outcomes = ("inserted", "updated", "unchanged", "removed")
        totals: dict[str, Any] = {name: self.report.total(name) for name in outcomes}
        totals |= {"rejected": len(self.report.rejected), "message": message[:2000]}
        self._record = self._record.model_copy(update={"outcome": outcome, **totals})
        # What has passed, not what the clock says: somebody may have set it meanwhile.
        passed = timedelta(seconds=time.monotonic() - self._clock)
        self._store.execute(_END, self._parameters(self._started + passed))

    def end_after(self, error: BaseException) -> BaseException:
        """Write down that an error ended it, as far as that can still be done.

        Parameters
        ----------
        error : BaseException
            What happened.

        Returns
        -------
        BaseException
            What to tell the user.
        """
        if isinstance(error, StoreUnreachableError):
            # The record stays as it is, and says to all who read that the load has not ended.
            return StoreUnreachableError(
                f"{error} The load of {self.report.dataset!r} has not ended: what was written "
                "stays, and loading again, once the database answers, completes it."
            )
        outcome: LoadOutcome = "failed"
        if isinstance(error, SupersededError):
            outcome = "interrupted"
        elif isinstance(error, GraphmodelError) and not isinstance(error, LoadInterruptedError):
            outcome = "failed" if self.report.has_written else "refused"
        # Else the second fault would hide the first.
        with suppress(GraphmodelError):
            self.end(outcome, str(error))
        return error

    def _parameters(self, moment: datetime) -> dict[str, Any]:
        # The embedded store drops the zone of a datetime parameter, so it travels as text.
        return {
            "id": self._record.id,
            "properties": self._record.statement(),
            "now": moment.isoformat(timespec="milliseconds"),
        }


class SupersededError(LoadInterruptedError):
    """A later load of the same dataset has begun, so this one may write no more.

    Examples
    --------
    >>> SupersededError("Nothing to do.").exit_code
    1
    """


def hold(transaction: ManagedTransaction, run: str) -> dict[str, int]:
    """Let no other load write until this transaction has ended.

    Parameters
    ----------
    transaction : ManagedTransaction
        In which a load is about to write.
    run : str
        Id of its record.

    Returns
    -------
    dict of str to int
        How often each part of the lock has been taken, with this time.

    Raises
    ------
    SupersededError
        If a later load of the same dataset has begun.
    """
    taken = _still_running(transaction.run(_HOLD, id=run).single())
    return dict(zip(STRIPES, taken, strict=True))


def hold_stripe(transaction: ManagedTransaction, run: str, stripe: str) -> int:
    """Let no other load write until this transaction has ended, save with the other stripes.

    Parameters
    ----------
    transaction, run
        As for `hold`.
    stripe : str
        Which part of the lock to take.

    Returns
    -------
    int
        How often it has been taken, with this time. If that is one more than when this
        load had it last, no other load has written since.

    Raises
    ------
    SupersededError
        If a later load of the same dataset has begun.
    """
    taken: int = _still_running(transaction.run(_HOLD_STRIPE, id=run, stripe=stripe).single())
    return taken


def _still_running(row: Record | None) -> Any:
    if row is None or row["outcome"] != "running":
        raise SupersededError(
            "Another load of the same dataset began after this one, so this one has stopped. "
            "Nothing is lost: the later one writes the whole. 'graphmodel report runs' shows both."
        )
    return row["taken"]
