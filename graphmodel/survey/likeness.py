"""How alike the names of two activities are, word by word.

Words count by how rare they are among the names compared, and a word is also met by one
that is nearly the same (a slip), that shortens it ("mgmt") or that is made of first letters
("OOH"). This is soft TF-IDF with a likeness of words that knows what officers shorten.

References
----------
Cohen, Ravikumar and Fienberg (2003), "A comparison of string distance metrics for
name-matching tasks", IJCAI workshop on information integration on the web.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, permutations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from graphmodel.names import normalised

Matrix = NDArray[np.float64]

FORMS = frozenset(
    word
    for line in (
        "a and arrangement at board by collaboration collaborative common for group in joint",
        "local of on partnership programme project scheme service services shared team the to",
        "unit with working",
    )
    for word in line.split()
)
"""Words that say how something is run rather than what it is."""
FORM_WEIGHT = 0.3
SLIP, SHORTENED, INITIALS = 0.75, 0.8, 0.85
"""Least likeness of letters for a slip; what shortened words and first letters count."""
SHORT = 6
"""Letters below which a slip adds or drops one at most: "one" is no slip of "drone"."""
LONGEST_INITIALS = 4
LONGEST_NAME = 200


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, each once, as they are compared.

    Parameters
    ----------
    name : str
        As written.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> words("Joint Roads Maint. (Angus & Dundee)")
    ('joint', 'roads', 'maint', 'angus', 'and', 'dundee')
    """
    return tuple(dict.fromkeys(normalised(name[:LONGEST_NAME]).split()))


def shortens(short: str, whole: str) -> bool:
    """Whether one word may be another with letters left out.

    Parameters
    ----------
    short, whole : str
        In small letters.

    Returns
    -------
    bool

    Examples
    --------
    >>> shortens("mgmt", "management"), shortens("maint", "maintenance"), shortens("b", "and")
    (True, True, False)
    """
    if not short or len(short) >= len(whole) or short[0] != whole[0] or not short.isalpha():
        return False
    rest = iter(whole)
    return all(letter in rest for letter in short)


@dataclass(frozen=True)
class Names:
    """Names that are compared with each other.

    Attributes
    ----------
    all : tuple of str
        Each once.

    Examples
    --------
    >>> names = Names.of(["Roads maintenance", "Roads maint.", "Trading standards"])
    >>> first, second = names.covered(["Roads maint."], ["Roads maintenance", "Trading standards"])
    >>> first.round(1).tolist()
    [[0.9, 0.0]]
    """

    all: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[str]) -> Names:
        """Take names in any order, some of them more than once.

        Parameters
        ----------
        names : sequence of str
            As written.

        Returns
        -------
        Names

        Examples
        --------
        >>> Names.of(["b", "a", "b"]).all
        ('a', 'b')
        """
        return cls(tuple(sorted(set(names))))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {word: at for at, word in enumerate(sorted(self._spread))}

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many names each word is."""
        return Counter(word for name in self.all for word in words(name))

    @cached_property
    def _weight(self) -> Matrix:
        rare = np.array([self._spread[word] for word in self._number], dtype=float)
        weight = 1 + np.log((len(self.all) + 1) / (rare + 1))
        forms = np.array([word in FORMS for word in self._number])
        return np.where(forms, FORM_WEIGHT, weight)

    @cached_property
    def _alike(self) -> Matrix:
        """How far each word stands for each other."""
        vocabulary = list(self._number)
        alike = process.cdist(vocabulary, vocabulary, scorer=fuzz.ratio, dtype=np.float64) / 100
        long = np.array([len(word) for word in vocabulary])
        apart = np.abs(long[:, None] - long[None, :]) > 1
        short = np.minimum(long[:, None], long[None, :]) < SHORT
        alike[(alike < SLIP) | (apart & short)] = 0
        digits = np.array([any(letter.isdigit() for letter in word) for word in vocabulary], bool)
        alike[digits[:, None] | digits[None, :]] = 0
        np.fill_diagonal(alike, 1)
        for _, group in groupby(vocabulary, key=lambda word: word[0]):
            for short, whole in permutations(group, 2):
                if shortens(short, whole):
                    at, of = self._number[short], self._number[whole]
                    alike[at, of] = alike[of, at] = max(alike[at, of], SHORTENED)
        for letters, run in self._initials():
            at = self._number[letters]
            for word in run:
                of = self._number[word]
                alike[at, of] = alike[of, at] = max(alike[at, of], INITIALS)
        return alike

    def _initials(self) -> set[tuple[str, tuple[str, ...]]]:
        """Words made of the first letters of words that follow each other in some name."""
        found = set()
        for name in self.all:
            row = normalised(name[:LONGEST_NAME]).split()
            for run in (row, [word for word in row if word != "and"]):
                for size in range(2, LONGEST_INITIALS + 1):
                    for start in range(len(run) - size + 1):
                        part = tuple(run[start : start + size])
                        letters = "".join(word[0] for word in part)
                        if letters in self._number:
                            found.add((letters, part))
        return found

    def covered(self, left: Sequence[str], right: Sequence[str]) -> tuple[Matrix, Matrix]:
        """How much of each name on one side is met by each name on the other.

        Parameters
        ----------
        left, right : sequence of str
            Names that are all among these.

        Returns
        -------
        tuple of two arrays
            Shares of the weight of the left names, and of the right names, by pair.

        Examples
        --------
        >>> names = Names.of(["Roads", "Roads (Fife)"])
        >>> left, right = names.covered(["Roads"], ["Roads (Fife)"])
        >>> float(left[0, 0]), round(float(right[0, 0]), 1)
        (1.0, 0.4)
        """
        return self._share(left, right), self._share(right, left).T

    def _share(self, of: Sequence[str], by: Sequence[str]) -> Matrix:
        if not of or not by:
            return np.zeros((len(of), len(by)))
        rows = [[self._number[word] for word in words(name)] for name in by]
        widest = max(1, *(len(row) for row in rows))
        nothing = len(self._number)
        table = np.array([row + [nothing] * (widest - len(row)) for row in rows])
        alike = np.hstack([self._alike, np.zeros((nothing, 1))])
        shares = np.zeros((len(of), len(by)))
        for at, name in enumerate(of):
            numbers = [self._number[word] for word in words(name)]
            if numbers:
                weight = self._weight[numbers]
                shares[at] = weight @ alike[numbers][:, table].max(axis=2) / weight.sum()
        return shares


_NUMBER = re.compile(r"[0-9]+")


def numbers_differ(first: str, second: str) -> bool:
    """Whether two names have numbers, and not the same ones.

    Parameters
    ----------
    first, second : str
        Names.

    Returns
    -------
    bool

    Examples
    --------
    >>> numbers_differ("LEADER 2007-13", "LEADER 2014-20"), numbers_differ("LEADER", "LEADER 2")
    (True, False)
    """
    one, other = set(_NUMBER.findall(first)), set(_NUMBER.findall(second))
    return bool(one and other and one != other)
