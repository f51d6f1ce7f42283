"""A long list that takes little memory: what comes after a limit is on disk."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Generic, TypeVar

from graphmodel.scratch import no_room, scratch_file

Item = TypeVar("Item")


class Pile(Collection[Item], Generic[Item]):
    """Items in the order in which they came, to be gone through any number of times.

    Parameters
    ----------
    items : iterable
        What to hold; it is read once.
    held : int
        How many stay in memory.
    together : int
        How many are written to the disk at once.

    Raises
    ------
    GraphmodelError
        If there is no room for the file, here or in `add`.

    Notes
    -----
    Once all is in it, several threads may go through it at once.

    Examples
    --------
    >>> pile = Pile(range(5), held=2)
    >>> list(pile), list(pile), len(pile)
    ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], 5)
    >>> pile == [0, 1, 2, 3, 4]
    True
    """

    def __init__(self, items: Iterable[Item] = (), *, held: int, together: int = 2_000) -> None:
        self._most = held
        self._together = together
        self._held: list[Item] = []
        self._waiting: list[Item] = []
        self._number = 0
        self._file: IO[bytes] | None = None
        self._reading = threading.Lock()
        try:
            remaining = iter(items)
            self._held.extend(islice(remaining, held))
            self._number = len(self._held)
            for item in remaining:
                self.add(item)
        except BaseException:
            # Who holds the error holds the pile too, but nobody wants half of it.
            self._forget()
            raise

    def add(self, item: Item) -> None:
        """Put an item at the end.

        Parameters
        ----------
        item : object
            Not to be changed afterwards.

        Examples
        --------
        >>> pile = Pile([1, 2], held=1, together=1)
        >>> pile.add(3)
        >>> list(pile)
        [1, 2, 3]
        """
        self._number += 1
        if len(self._held) < self._most:
            self._held.append(item)
            return
        self._waiting.append(item)
        if len(self._waiting) == self._together:
            try:
                self._write()
            except OSError as error:
                self._forget()
                raise no_room(error.strerror) from error

    def _write(self) -> None:
        if self._file is None:
            self._file = scratch_file(self)
        self._file.seek(0, 2)
        pickle.dump(self._waiting, self._file, protocol=5)
        self._file.flush()
        self._waiting = []

    def _forget(self) -> None:
        self._held, self._waiting, self._number = [], [], 0
        if self._file is not None:
            # What could not be written is tried again when it closes.
            with suppress(OSError):
                self._file.close()
            self._file = None

    def __len__(self) -> int:
        return self._number

    def __contains__(self, item: object) -> bool:
        return any(item == other for other in self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Collection) or len(self) != len(other):
            return NotImplemented
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._held) if len(self) == len(self._held) else f"<{len(self):,} items>"

    def __iter__(self) -> Iterator[Item]:
        yield from self._held
        if self._file is not None:
            with self._reading:
                end = self._file.seek(0, 2)
            place = 0
            while place < end:
                with self._reading:
                    self._file.seek(place)
                    # Written by this very process, into a file that nobody else can reach.
                    further = pickle.load(self._file)  # noqa: S301
                    place = self._file.tell()
                yield from further
        yield from self._waiting
