"""Finding things by what people call them: exactly, or not at all.

Names are compared without regard to case, accents, punctuation, "&" against "and",
and the words "Council", "the" and "City of". Near misses are proposed, never taken:
a close name is often another council's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from graphmodel.errors import AmbiguousNameError, NotFoundError
from graphmodel.foreign_text import legible
from graphmodel.name_table import HeldNames, StoredNames

_FILLERS = re.compile(r"\b(?:city of|council|the)\b")
_APOSTROPHES = re.compile("['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_PUNCTUATION = re.compile(r"[\W_]+")
_NOT_IN_A_SLUG = re.compile("[^a-z0-9]+")
LONGEST_SLUG = 80
LONGEST_NAME = 200
"""Characters of an unknown name that a message repeats, and that others are compared with."""
HELD_NAMED = 50_000
"""Things whose names stay in memory; those of further ones are on disk."""
MOST_COMPARED = 5_000_000
"""Names that are looked at in all to propose some; a file full of unknown ones takes a minute."""
NEAREST_SCORE = 60
"""Least likeness, of 100, at which a name is proposed."""
NEAREST_MARGIN = 12
"""How much less alike than the best a name may be and still be proposed."""
SHORT_LISTS = frozenset({"Category", "ActivityType"})
"""Labels of which there are so few that a message can name them all."""


@dataclass(frozen=True)
class Named:
    """Something that can be found by name.

    Attributes
    ----------
    label, id : str
        Together they say which node it is; only they count when two are compared.
    name : str
        What people call it.
    others : tuple of str
        What else it is found by.

    Examples
    --------
    >>> Named("Council", "GB-LAS-ANS", "Angus") == Named("Council", "GB-LAS-ANS", "Forfarshire")
    True
    """

    label: str
    id: str
    name: str = field(compare=False)
    others: tuple[str, ...] = field(default=(), compare=False)
    """Codes, official name and aliases."""


def normalised(name: str) -> str:
    """Reduce a name to what counts when names are compared.

    Parameters
    ----------
    name : str
        As a person wrote it.

    Returns
    -------
    str
        Lower case, without accents, punctuation and filler words; never empty
        unless the name has no letters or digits at all.

    Notes
    -----
    Accents are taken off by the compatibility decomposition NFKD (Unicode Standard
    Annex 15).

    Examples
    --------
    >>> normalised("City of Edinburgh Council")
    'edinburgh'
    >>> normalised("Perth & Kinross") == normalised("PERTH and KINROSS COUNCIL")
    True
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    words = _PUNCTUATION.sub(" ", _APOSTROPHES.sub("", bare.replace("&", " and "))).strip()
    return _PUNCTUATION.sub(" ", _FILLERS.sub(" ", words)).strip() or words


def slug(name: str) -> str:
    """An id made of a name: the same for names that are the same, and else another.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        At most 80 characters; "unnamed" for a name without letters and digits.

    Examples
    --------
    >>> slug("The Joint Lab & Store")
    'joint-lab-and-store'
    >>> slug("Lab " * 40 + "(north)")[-10:], slug("Lab " * 40 + "(south)")[-10:]
    ('b-l-997475', 'b-l-5dcb91')
    """
    plain = _NOT_IN_A_SLUG.sub("-", normalised(name)).strip("-")
    if len(plain) > LONGEST_SLUG:
        rest = hashlib.sha256(plain.encode()).hexdigest()[:6]
        plain = f"{plain[: LONGEST_SLUG - 7].strip('-')}-{rest}"
    return plain or "unnamed"


class NameIndex:
    """All names under which things of some labels are found.

    Parameters
    ----------
    entries : iterable of Named
        What can be found; the same thing may be given more than once.

    Examples
    --------
    >>> index = NameIndex([Named("Council", "GB-LAS-ANS", "Angus", ("S12000041",))])
    >>> index.resolve("angus council").id
    'GB-LAS-ANS'
    >>> index.resolve("Agnus")
    Traceback (most recent call last):
    ...
    graphmodel.errors.NotFoundError: 'Agnus' is not known. Did you mean Angus?
    """

    def __init__(self, entries: Iterable[Named]) -> None:
        with_keys = ((entry, _keys(entry)) for entry in entries)
        self._tables: list[HeldNames | StoredNames] = [HeldNames(islice(with_keys, HELD_NAMED))]
        if further := list(islice(with_keys, 1)):
            self._tables.append(StoredNames(chain(further, with_keys)))
        self._compared = 0

    def resolve(self, text: str, labels: Collection[str] | None = None) -> Named:
        """Find the one thing that answers to a name.

        Parameters
        ----------
        text : str
            Id, code, name or alias.
        labels : collection of str, optional
            What it may be; anything by default.

        Returns
        -------
        Named

        Raises
        ------
        NotFoundError
            If nothing answers to it; the message names the nearest.
        AmbiguousNameError
            If several things do; the message lists them.

        Examples
        --------
        >>> places = [Named("Council", "a", "Moray"), Named("Grouping", "b", "Moray")]
        >>> NameIndex(places).resolve("moray", ["Grouping"]).id
        'b'
        >>> NameIndex(places).resolve("moray")
        Traceback (most recent call last):
        ...
        graphmodel.errors.AmbiguousNameError: 'moray' may be any of: ... Give the id.
        """
        found = self._with_id(text, labels) or self._called(normalised(text), labels)
        if len(found) == 1:
            return found[0]
        if found:
            choices = ", ".join(f"{entry.name} ({entry.id})" for entry in found)
            raise AmbiguousNameError(f"{_shown(text)!r} may be any of: {choices}. Give the id.")
        raise NotFoundError(f"{_shown(text)!r} is not known.", self._hint(text, labels))

    def _hint(self, text: str, labels: Collection[str] | None) -> str:
        """What to try instead of a name that nothing answers to."""
        elsewhere = self._called(normalised(text), None)
        if elsewhere:
            return f"There is a {elsewhere[0].label.lower()} of this name."
        present = {one.label for one in self._entries(labels)}
        if not present:
            return (
                "Nothing of the kind is loaded yet: 'graphmodel load' loads the Scottish picture."
            )
        if present <= SHORT_LISTS:
            names = sorted({one.name for one in self._entries(labels)})
            said = [name for name in names if normalised(text) in normalised(name)]
            if normalised(text) and 0 < len(said) <= 3:
                return f"Did you mean {' or '.join(said)}?"
            return f"Expected one of: {'; '.join(names)}."
        near = self.nearest(text, labels)
        return f"Did you mean {' or '.join(near)}?" if near else ""

    def nearest(self, text: str, labels: Collection[str] | None = None, most: int = 3) -> list[str]:
        """Names that come close, best first; for proposing only.

        Parameters
        ----------
        text : str
            As a person wrote it.
        labels : collection of str, optional
            What they may name; anything by default.
        most : int
            How many to give.

        Returns
        -------
        list of str
            Empty where nothing comes close.

        Examples
        --------
        >>> NameIndex([Named("Council", "GB-LAS-ANS", "Angus")]).nearest("Agnus")
        ['Angus']
        """
        from rapidfuzz import fuzz, process

        if self._compared > MOST_COMPARED:
            return []
        names = chain(*(table.names(labels) for table in self._tables))
        scored = process.extract(
            normalised(text[:LONGEST_NAME]),
            self._counted(names),
            scorer=fuzz.WRatio,
            limit=most * 4,
            score_cutoff=NEAREST_SCORE,
        )
        best_first = sorted(scored, key=lambda match: (-match[1], match[0]))
        best_first = [
            match for match in best_first if match[1] >= best_first[0][1] - NEAREST_MARGIN
        ]
        found = [entry.name for key, _, _ in best_first for entry in self._called(key, labels)]
        return list(dict.fromkeys(found))[:most]

    def _counted(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            self._compared += 1
            yield name

    def _with_id(self, text: str, labels: Collection[str] | None) -> list[Named]:
        return _allowed(chain(*(table.with_id(text) for table in self._tables)), labels)

    def _called(self, key: str, labels: Collection[str] | None) -> list[Named]:
        return _allowed(chain(*(table.called(key) for table in self._tables)), labels)

    def _entries(self, labels: Collection[str] | None) -> Iterator[Named]:
        for table in self._tables:
            for entry in table:
                if labels is None or entry.label in labels:
                    yield entry


def _allowed(entries: Iterable[Named], labels: Collection[str] | None) -> list[Named]:
    found = dict.fromkeys(entries)
    return [entry for entry in found if labels is None or entry.label in labels]


def _shown(text: str) -> str:
    return legible(text, LONGEST_NAME)


def _keys(entry: Named) -> list[str]:
    names = (entry.id, entry.name, *entry.others)
    return [key for key in dict.fromkeys(map(normalised, names)) if key]
