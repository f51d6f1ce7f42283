"""What several rows state, gathered by what they speak of; part by part where it is much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, TypeVar

from graphmodel.pile import Pile
from loaders.fingerprints import Fingerprints, Key

Values = dict[str, Any]
Said = tuple[int, Key, Values]
"""Where a row stands, what it speaks of, and what it says of that."""
Several = Mapping[Key, list[Values]]
"""By key, what each row says, in the order of the rows."""

HELD_TOGETHER = 50_000
"""Rows that are looked at together, in memory."""
MOST_PARTS = 100
"""Each is a file; beyond five million rows parts grow instead."""
Item = TypeVar("Item")


def parted(
    items: Iterable[Item], number: int, alike: Callable[[Item], Hashable]
) -> list[Pile[Item]]:
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
    list of Pile
        In each the order is kept. In memory if it is one, on disk if there are several.

    Examples
    --------
    >>> [list(part) for part in parted([1, 2, 3], 3, abs)]
    [[1, 2, 3]]
    """
    parts = min(MOST_PARTS, -(-number // HELD_TOGETHER))
    if parts <= 1:
        return [Pile(items, held=number)]
    together = max(1, HELD_TOGETHER // parts)
    piles: list[Pile[Item]] = [Pile(held=0, together=together) for _ in range(parts)]
    for item in items:
        piles[hash(alike(item)) % parts].add(item)
    return piles


def gathered(rows: Iterable[Said], number: int) -> Several:
    """Gather rows by what they speak of.

    Parameters
    ----------
    rows : iterable of (int, tuple, dict)
        In any order.
    number : int
        How many there are.

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
    return Gathered(parts) if len(parts) > 1 else _by_key(parts[0])


class Gathered(Mapping[Key, list[Values]]):
    """What rows say of very many nodes or edges, of which one part is in memory at a time.

    Parameters
    ----------
    parts : list of Pile
        As `parted` gives them: in each all that is said of a node, or of two nodes.

    Notes
    -----
    It is made to be gone through: to look up one key, a whole part may have to be read.

    Examples
    --------
    >>> Gathered([Pile([(2, ("a",), {}), (3, ("a",), {})], held=9)])["a",]
    [{}, {}]
    """

    def __init__(self, parts: list[Pile[Said]]) -> None:
        self._parts = parts
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
        >>> list(Gathered([Pile([(2, ("a",), {})], held=9)]).parts())
        [{('a',): [{}]}]
        """
        yield from map(self._part, range(len(self._parts)))

    def _part(self, number: int) -> dict[Key, list[Values]]:
        if self._read[0] != number:
            self._read = number, _by_key(self._parts[number])
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


def _by_key(rows: Iterable[Said]) -> dict[Key, list[Values]]:
    found: dict[Key, list[Values]] = defaultdict(list)
    for _, key, values in sorted(rows, key=itemgetter(0)):
        found[key].append(values)
    return dict(found)
