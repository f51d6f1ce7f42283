"""Which of very many keys come twice, and which are there, in little room."""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import IO, Generic, TypeVar

from graphmodel.scratch import no_room, scratch_file

Key = tuple[str, ...]
"""Id of a node; ids of tail and head, and what else tells an edge from others."""

HELD_NUMBERS = 1_000_000
"""Fingerprints that stay in memory, eight bytes each; further ones wait on the disk."""
HELD_KEYS = 200_000
"""Keys of a set that stay in memory as they are."""
_PARTS = 256
"""Each is looked at by itself, so that of a milliard keys four million are in memory."""
_TOGETHER = 10_000
"""Fingerprints that are made at once."""
Item = TypeVar("Item", bound=Hashable)


class Fingerprints:
    """A 64-bit number for each of many keys: which come twice, and which are there.

    Two keys may have the same number, so what comes twice has to be looked at again; that a
    foreign key passes for one of ten million is a chance of one in 10^12.

    Examples
    --------
    >>> prints = Fingerprints()
    >>> prints.add([("a", "b"), ("a", "c"), ("a", "b")])
    >>> [hash(key) in prints.repeated() for key in [("a", "b"), ("a", "c")]]
    [True, False]
    >>> ("a", "c") in prints, ("a", "d") in prints
    (True, False)
    """

    def __init__(self) -> None:
        self._number = 0
        self._parts = [array("q") for _ in range(_PARTS)]
        self._file: IO[bytes] | None = None
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(_PARTS)]
        """Where in the file numbers of each part are, and how many."""
        self._sorted: list[memoryview | array[int]] = []

    def add(self, keys: Iterable[Hashable]) -> None:
        """Take keys in.

        Parameters
        ----------
        keys : iterable
            As they come.

        Raises
        ------
        GraphmodelError
            If there is no room for them.

        Examples
        --------
        >>> Fingerprints().add([("a", "b")])
        """
        groups: dict[int, list[int]] = defaultdict(list)
        for number in map(hash, keys):
            groups[number % _PARTS].append(number)
        for part, numbers in groups.items():
            self._parts[part].extend(numbers)
            self._number += len(numbers)
        self._sorted = []
        if self._number > HELD_NUMBERS:
            try:
                self._put_down()
            except OSError as error:
                raise no_room(error.strerror) from error

    def _put_down(self) -> None:
        """Write all that is in memory to the disk."""
        if self._file is None:
            self._file = scratch_file(self)
        place = self._file.seek(0, 2)
        for part, numbers in enumerate(self._parts):
            self._places[part].append((place, len(numbers)))
            place += self._file.write(numbers.tobytes())
        self._file.flush()
        self._parts = [array("q") for _ in range(_PARTS)]
        self._number = 0

    def _part(self, part: int) -> array[int]:
        """Read all numbers of a part."""
        found = array("q")
        if self._file is not None:
            for place, number in self._places[part]:
                self._file.seek(place)
                found.frombytes(self._file.read(number * found.itemsize))
        found.extend(self._parts[part])
        return found

    def repeated(self) -> KeySet[int]:
        """Numbers that more than one key has.

        Returns
        -------
        KeySet of int

        Examples
        --------
        >>> bool(Fingerprints().repeated())
        False
        """
        found: KeySet[int] = KeySet()
        for numbers in map(self._part, range(_PARTS)):
            if len(set(numbers)) < len(numbers):
                found.add(number for number, times in Counter(numbers).items() if times > 1)
        return found

    def __contains__(self, key: object) -> bool:
        if not self._sorted:
            self._sorted = list(self._in_order())
        number = hash(key)
        part = self._sorted[number % _PARTS]
        place = bisect_left(part, number)
        return place < len(part) and part[place] == number

    def _in_order(self) -> Iterator[memoryview | array[int]]:
        """Each part sorted; on disk, and looked up there, if the numbers are on disk."""
        parts = (array("q", sorted(self._part(part))) for part in range(_PARTS))
        if self._file is None:
            yield from parts
            return
        file = scratch_file(self)
        try:
            lengths = [file.write(part.tobytes()) // part.itemsize for part in parts]
            file.flush()
        except OSError as error:
            raise no_room(error.strerror) from error
        numbers = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast("q")
        start = 0
        for length in lengths:
            yield numbers[start : start + length]
            start += length


class KeySet(Generic[Item]):
    """A set of very many keys: some as they are, further ones as fingerprints.

    Examples
    --------
    >>> ids = KeySet()
    >>> bool(ids)
    False
    >>> ids.add(["GB-LAS-ANS"])
    >>> "GB-LAS-ANS" in ids, "Angus" in ids
    (True, False)
    """

    def __init__(self) -> None:
        self._held: set[Item] = set()
        self._further = Fingerprints()
        self._has_further = False

    def add(self, keys: Iterable[Item]) -> None:
        """Take keys in.

        Parameters
        ----------
        keys : iterable
            As they come.

        Raises
        ------
        GraphmodelError
            If there is no room for them.

        Examples
        --------
        >>> KeySet().add(["GB-LAS-ANS"])
        """
        remaining = iter(keys)
        self._held.update(islice(remaining, HELD_KEYS - len(self._held)))
        while some := list(islice(remaining, _TOGETHER)):
            self._further.add(some)
            self._has_further = True

    def __bool__(self) -> bool:
        return bool(self._held) or self._has_further

    def __contains__(self, key: object) -> bool:
        return key in self._held or (self._has_further and key in self._further)
