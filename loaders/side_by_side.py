"""Several sessions of one load that write at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice

from graphmodel.store import Store
from loaders.merger import Merger
from loaders.partition import Part, partitioned
from loaders.report import Counts
from loaders.stated import Batch

WAITING = 24
"""Parts among which one is looked for that shares no node with what is being written."""


class SideBySide:
    """The writing of what is new of one shape, while no other load writes.

    Parameters
    ----------
    store : Store
        Open, for writing; a server, as the embedded store takes one transaction at a time.
    merger : Merger
        Of the shape.
    """

    def __init__(self, store: Store, merger: Merger) -> None:
        self._store = store
        self._merger = merger
        self._taken: dict[str, int] = store.write(merger.begin_stripes)
        self._waiting: list[Part] = []
        self._running: dict[Future[Counts | None], tuple[Part, str]] = {}

    def create(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Counts | None]]:
        """Write batches, in no particular order.

        Parameters
        ----------
        batches : iterable of Batch
            Of keys that this load has not written yet.

        Yields
        ------
        tuple of (Batch, Counts or None)
            What was written in one transaction; without counts, what was not written as
            there are others of the label or type, which have to be looked at.
        """
        parts = partitioned(batches)
        with ThreadPoolExecutor(max(1, len(self._taken))) as pool:
            while self._fill(pool, parts):
                for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                    part, stripe = self._running.pop(future)
                    counts = future.result()
                    if counts is None:
                        self._taken.clear()
                    elif self._taken:
                        self._taken[stripe] += 1
                    yield part.batch, counts
        for part in (*self._waiting, *parts):
            yield part.batch, None

    def _fill(self, pool: Executor, parts: Iterator[Part]) -> bool:
        """Give each session that has nothing to do a part; tell whether any has."""
        busy = {stripe for _, stripe in self._running.values()}
        for stripe in self._taken.keys() - busy:
            self._waiting += islice(parts, WAITING - len(self._waiting))
            others = [part for part, _ in self._running.values()]
            part = next((one for one in self._waiting if one.is_apart_from(others)), None)
            if part is None:
                break
            self._waiting.remove(part)
            work = self._merger.create_in(stripe, self._taken[stripe], part.batch)
            self._running[pool.submit(self._store.write, work)] = part, stripe
        return bool(self._running)
