"""What several rows state, gathered by what they speak of; part by part where it is much."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import IO, Any, Generic, TypeVar

from graphmodel.scratch import no_room, scratch_file
from loaders.fingerprints import Fingerprints, Key

Values = dict[str, Any]
Said = tuple[int, Key, Values]
"""Where a row stands, what it speaks of, and what it says of that."""
Several = Mapping[Key, list[Values]]
"""By key, what each row says, in the order of the rows."""

HELD_TOGETHER = 50_000
"""Rows that are looked at together, in memory."""
Item = TypeVar("Item")


class Parts(Generic[Item]):
    """Very many items, in parts on disk: those that belong together are in one of them.

    Parameters
    ----------
    number : int
        Of parts.

    Raises
    ------
    GraphmodelError
        If there is no room for the file.

    Examples
    --------
    >>> parts = Parts(2)
    >>> parts.add(0, "a"); parts.add(1, "b"); parts.add(0, "c")
    >>> list(parts)
    [['a', 'c'], ['b']]
    """

    def __init__(self, number: int) -> None:
        self._waiting: list[list[Item]] = [[] for _ in range(number)]
        self._places: list[list[int]] = [[] for _ in range(number)]
        self._number_waiting = 0
        self._file: IO[bytes] | None = None

    def add(self, part: int, item: Item) -> None:
        """Put an item at the end of a part.

        Parameters
        ----------
        part : int
            Which.
        item : object
            Not to be changed afterwards.

        Examples
        --------
        >>> Parts(1).add(0, "a")
        """
        self._waiting[part].append(item)
        self._number_waiting += 1
        if self._number_waiting == HELD_TOGETHER:
            try:
                self._put_down()
            except OSError as error:
                raise no_room(error.strerror) from error

    def _put_down(self) -> None:
        if self._file is None:
            self._file = scratch_file(self)
        for part, items in enumerate(self._waiting):
            if items:
                self._places[part].append(self._file.seek(0, 2))
                pickle.dump(items, self._file, protocol=5)
        self._file.flush()
        self._waiting = [[] for _ in self._waiting]
        self._number_waiting = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[list[Item]]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, part: int) -> list[Item]:
        found: list[Item] = []
        for place in self._places[part]:
            if self._file is not None:
                self._file.seek(place)
                # Written by this very process, into a file that nobody else can reach.
                found += pickle.load(self._file)  # noqa: S301
        return found + self._waiting[part]


def parted(items: Iterable[Item], number: int, alike: Callable[[Item], Hashable]) -> Parts[Item]:
    """Divide very many items so that those which belong together are in one part.

    Parameters
    ----------
    items : iterable
        Read once.
    number : int
        About how many there are.
    alike : callable
        Gives the same for what belongs together.

    Returns
    -------
    Parts
        In each the order is kept.

    Examples
    --------
    >>> list(parted([1, 2, 3], 3, abs))
    [[1, 2, 3]]
    """
    parts: Parts[Item] = Parts(max(1, -(-number // HELD_TOGETHER)))
    for item in items:
        parts.add(hash(alike(item)) % len(parts), item)
    return parts


def gathered(rows: Iterable[Said], number: int, *, once: bool = False) -> Several:
    """Gather rows by what they speak of.

    Parameters
    ----------
    rows : iterable of (int, tuple, dict)
        In any order.
    number : int
        How many there are.
    once : bool
        What a row says again is left out.

    Returns
    -------
    mapping of tuple to list of dict
        A dict, or where the rows are many `Gathered`.

    Examples
    --------
    >>> gathered([(3, ("a",), {"title": "B"}), (2, ("a",), {"title": "A"})], 2)
    {('a',): [{'title': 'A'}, {'title': 'B'}]}
    """
    parts = parted(rows, number, _ends)
    return Gathered(parts, once=once) if len(parts) > 1 else _by_key(parts[0], once)


class Gathered(Mapping[Key, list[Values]]):
    """What rows say of very many nodes or edges, of which one part is in memory at a time.

    Parameters
    ----------
    parts : Parts
        As `parted` gives them: in each all that is said of a node, or of two nodes.
    once : bool
        What a row says again is left out.

    Notes
    -----
    It is made to be gone through: to look up one key, a whole part may have to be read.

    Examples
    --------
    >>> Gathered(parted([(2, ("a",), {}), (3, ("a",), {})], 2, str))["a",]
    [{}, {}]
    """

    def __init__(self, parts: Parts[Said], *, once: bool = False) -> None:
        self._parts = parts
        self._once = once
        self._read: tuple[int, dict[Key, list[Values]]] = -1, {}
        self._number: int | None = None
        self._keys: Fingerprints | None = None

    def parts(self) -> Iterator[dict[Key, list[Values]]]:
        """Each part, by key.

        Yields
        ------
        dict of tuple to list of dict

        Examples
        --------
        >>> list(Gathered(parted([(2, ("a",), {})], 1, str)).parts())
        [{('a',): [{}]}]
        """
        yield from map(self._part, range(len(self._parts)))

    def _part(self, number: int) -> dict[Key, list[Values]]:
        if self._read[0] != number:
            self._read = number, _by_key(self._parts[number], self._once)
        return self._read[1]

    def __len__(self) -> int:
        if self._number is None:
            self._number = sum(map(len, self.parts()))
        return self._number

    def __iter__(self) -> Iterator[Key]:
        for part in self.parts():
            yield from part

    def __getitem__(self, key: Key) -> list[Values]:
        return self._part(hash(key[:2]) % len(self._parts))[key]

    def __contains__(self, key: object) -> bool:
        if self._keys is None:
            self._keys = Fingerprints()
            for part in self.parts():
                self._keys.add(part)
        return key in self._keys


def identity(values: Values) -> Hashable:
    """Make of what is said something that is the same wherever the same is said.

    Parameters
    ----------
    values : dict
        What a row says.

    Returns
    -------
    hashable

    Examples
    --------
    >>> identity({"title": "A", "n": 1}) == identity({"n": 1, "title": "A"})
    True
    """
    return tuple(sorted((name, str(value)) for name, value in values.items()))


def parts_of(several: Several) -> Iterator[Several]:
    """What several rows state, in parts of which each fits into memory.

    Parameters
    ----------
    several : mapping of tuple to list of dict
        As `gathered` gives it.

    Yields
    ------
    mapping of tuple to list of dict

    Examples
    --------
    >>> list(parts_of({("a",): [{}]}))
    [{('a',): [{}]}]
    """
    if isinstance(several, Gathered):
        yield from several.parts()
    else:
        yield several


def _ends(said: Said) -> Key:
    """Spells between the same two belong together, whatever their keys."""
    return said[1][:2]


def _by_key(rows: Iterable[Said], once: bool) -> dict[Key, list[Values]]:
    found: dict[Key, list[Values]] = defaultdict(list)
    for _, key, values in sorted(rows, key=itemgetter(0)):
        found[key].append(values)
    if once:
        return {key: _each_once(said) if len(said) > 1 else said for key, said in found.items()}
    return dict(found)


def _each_once(said: Iterable[Values]) -> list[Values]:
    found: dict[Hashable, Values] = {}
    for values in said:
        found.setdefault(identity(values), values)
    return list(found.values())
