"""Matching the councils and partners that returns name with those that we know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from graphmodel.errors import AmbiguousNameError, GraphmodelError
from graphmodel.names import Named, NameIndex, normalised, slug
from graphmodel.survey.answers import Answer, Party
from graphmodel.vocabulary import PartnerKind, Role
from loaders.survey.placeholders import is_placeholder
from loaders.survey.questions import DROP, NEW, Candidate, Decisions, Question

NEAR = 82
"""Least likeness, of 100, at which a partner's name is taken for a possible other spelling."""
MOST_NEAR = 3
_LABELS = ("Council", "Partner")
_AND = re.compile(r" (?:and|&|\+) |/")
_PLURAL = re.compile(r"\bcouncils$", re.IGNORECASE)
_MOST_PIECES = 6
"""Words "and" in one name, and one more."""
_SMALL_WORDS = ("and", "of", "for")
_ASIDE = re.compile(r"(?P<name>.*\S)\s*\((?P<aside>[^()]+)\)")
"""A name with something in brackets after it, such as a role."""
_NOBODY = frozenset(
    (
        *("", "none", "nil", "n a", "na", "not applicable", "not known", "unknown", "no one"),
        *("nobody", "tbc", "tba", "to be confirmed", "see above", "as above"),
        "see separate sheet",
    )
)
"""What people write who name nobody, as `graphmodel.names.normalised` has it."""
_ALL_COUNCILS = frozenset(
    map(normalised, ("all councils", "all 32 councils", "all local authorities", "all 32"))
)
_KINDS: tuple[tuple[str, PartnerKind], ...] = (
    (r"nhs|health board", "nhs board"),
    (r"police", "police"),
    (r"government", "government"),
    (r"universit(y|ies)|colleges?|schools?", "education"),
    (r"ltd|limited|llp|plc|cic", "company"),
    (r"trust|charity|charitable", "charity"),
    (r"joint board|joint committee|partnership|consortium", "joint body"),
    (r"agency|commission|scottish enterprise|sepa", "agency"),
)
"""Words in a name by which we judge what a new partner is, where the return does not say."""


@dataclass(frozen=True)
class Newcomer:
    """A partner that nobody named before.

    Attributes
    ----------
    id, name, kind : str
    document, place : str
        Where it is named first.

    Examples
    --------
    >>> Newcomer("lab", "Lab", "other", "survey-2027-angus", "Partners, row 6").kind
    'other'
    """

    id: str
    name: str
    kind: str
    document: str
    place: str


class People:
    """Councils and partners by the names that returns give them.

    Parameters
    ----------
    parties : iterable of Named
        Those that are known.
    decisions : Decisions

    Examples
    --------
    >>> People([Named("Council", "GB-LAS-FIF", "Fife")], Decisions(None)).names
    {'GB-LAS-FIF': 'Fife'}
    """

    def __init__(self, parties: Iterable[Named], decisions: Decisions) -> None:
        self._known = [one for one in parties if one.label in _LABELS]
        self._index = NameIndex(self._known)
        self._ids = {one.id for one in self._known}
        self._decisions = decisions
        self._spelt = {
            normalised(name): one for one in self._known for name in (one.name, *one.others)
        }
        self.newcomers: dict[str, Newcomer] = {}
        self.questions: list[Question] = []

    @property
    def names(self) -> dict[str, str]:
        """By id, those that nobody named before among them.

        Examples
        --------
        >>> People([], Decisions(None)).names
        {}
        """
        known = {one.id: one.name for one in self._known}
        return known | {one.id: one.name for one in self.newcomers.values()}

    def named(self, answer: Answer, document: str, kinds: Mapping[str, str]) -> Answer:
        """Give the parties of an answer their ids, where that is sure.

        Parameters
        ----------
        answer : Answer
        document : str
            Where it stands.
        kinds : mapping of str to str
            What sort of organisation the return says each is, by normalised name.

        Returns
        -------
        Answer

        Examples
        --------
        >>> fife = Named("Council", "GB-LAS-FIF", "Fife")
        >>> told = Answer("a", "2027", "row 6", None, "Lab", parties=(Party("Fife (lead)"),))
        >>> said = People([fife], Decisions(None)).named(told, "survey-2027-a", {}).parties
        >>> [(party.id, party.role) for party in said]
        [('GB-LAS-FIF', 'lead')]
        """
        gone = tuple(self._gone(answer, document))
        left = {party.id for party in gone}
        parties: dict[str, Party] = {}
        for party in answer.parties:
            for each in self._parties(party, party.place or answer.place, document, kinds):
                if each.id != answer.council and (each.id is None or each.id not in left):
                    key = each.id or f"?{each.name}"
                    there = parties.setdefault(key, each)
                    if there.role is None and each.role is not None:
                        parties[key] = each
        return replace(answer, parties=tuple(parties.values()), gone=gone)

    def _gone(self, answer: Answer, document: str) -> Iterator[Party]:
        """Who is said to take no part any more; of whom nobody heard, it need not be said."""
        for party in dict.fromkeys(answer.gone):
            found = self._resolved(party.name)
            if found is not None and found != answer.council:
                yield replace(party, id=found)
            elif found is None and self._decisions.of("partner", "", party.name) is None:
                if near := self._near(party.name):
                    place = party.place or answer.place
                    asked = Question("partner", "", party.name, document, place, near)
                    self.questions.append(asked)
                yield party

    def _parties(
        self, party: Party, place: str, document: str, kinds: Mapping[str, str]
    ) -> list[Party]:
        decision = self._decisions.of("partner", "", party.name)
        if normalised(party.name) in _NOBODY or decision == DROP:
            return []
        if normalised(party.name) in _ALL_COUNCILS:
            councils = [one for one in self._known if one.label == "Council"]
            return [replace(party, name=one.name, id=one.id) for one in councils]
        found = self._resolved(party.name)
        if found is not None:
            return [replace(party, id=found)]
        aside = _ASIDE.fullmatch(party.name)
        if aside is not None and self._resolved(aside["name"]) is not None:
            role = cast("Role", aside["aside"].casefold())
            told = replace(party, role=role) if role in get_args(Role) else party
            return self._parties(replace(told, name=aside["name"]), place, document, kinds)
        if several := self._divided(party.name):
            return [
                each
                for name in several
                for each in self._parties(replace(party, name=name), place, document, kinds)
            ]
        near = () if decision == NEW else self._near(party.name)
        if decision is None and (near or is_placeholder(party.name)):
            self.questions.append(Question("partner", "", party.name, document, place, near))
            return [party]
        made = slug(party.name)
        while made in self._ids:
            made += "-2"
        kind = kinds.get(normalised(party.name)) or judged_kind(party.name)
        self.newcomers.setdefault(made, Newcomer(made, party.name, kind, document, place))
        return [replace(party, id=made)]

    def _divided(self, name: str) -> list[str]:
        """The names in a list of several, where at least one is known; else nothing."""
        found: list[str] = []
        for part in filter(None, map(str.strip, re.split("[,;]", name))):
            part = _PLURAL.sub("", part.removeprefix("and "))
            found += self._known_parts([piece.strip() for piece in _AND.split(part)]) or [part]
        return found if len(found) > 1 and any(map(self._resolved, found)) else []

    def _known_parts(self, pieces: list[str]) -> list[str]:
        """Pieces put together to names that are all known; else nothing."""
        for number in range(min(len(pieces), _MOST_PIECES), 0, -1):
            first, rest = " and ".join(pieces[:number]), pieces[number:]
            if self._resolved(first) is not None:
                others = self._known_parts(rest)
                if others or not rest:
                    return [first, *others]
        return []

    def _resolved(self, name: str) -> str | None:
        decision = self._decisions.of("partner", "", name)
        if decision in self._ids:
            return decision
        try:
            return self._index.resolve(name, _LABELS).id
        except GraphmodelError:
            return None

    def _near(self, name: str) -> tuple[Candidate, ...]:
        """Who else it may be: spelt much alike, the same words and more, or its initials."""
        from rapidfuzz import fuzz, process

        key = normalised(name)
        scores: dict[str, float] = {}
        for scorer in (fuzz.token_sort_ratio, fuzz.ratio):
            for text, score, _ in process.extract(
                key, list(self._spelt), scorer=scorer, limit=MOST_NEAR, score_cutoff=NEAR
            ):
                scores[text] = max(score, scores.get(text, 0))
        for text in self._spelt:
            if _akin(key, text):
                scores.setdefault(text, NEAR)
        best = sorted(scores, key=lambda text: (-scores[text], text))
        found = {self._spelt[text].id: self._spelt[text].name for text in best}
        if not found:
            return self._several(name)
        return tuple(Candidate(*one) for one in found.items())[:MOST_NEAR]

    def _several(self, name: str) -> tuple[Candidate, ...]:
        """Several that answer to one name."""
        try:
            self._index.resolve(name, _LABELS)
        except AmbiguousNameError:
            key = normalised(name)
            return tuple(
                Candidate(one.id, one.name)
                for one in self._known
                if key in map(normalised, (one.name, *one.others))
            )
        except GraphmodelError:
            pass
        return ()


def _akin(name: str, other: str) -> bool:
    """Whether one name has all words of the other, is cut short, or is its initials."""
    words, theirs = name.split(), other.split()
    few, many = sorted((set(words), set(theirs)), key=len)
    if len(few) > 1 and few < many:
        return True
    if len(words) == len(theirs) > 1 and all(map(_begins, words, theirs)):
        return True
    initials = "".join(word[0] for word in theirs if word not in _SMALL_WORDS)
    return len(name) > 1 and name in (initials, f"{initials}c", "".join(w[0] for w in theirs))


def _begins(word: str, other: str) -> bool:
    return word.startswith(other) or other.startswith(word)


def judged_kind(name: str) -> str:
    """What sort of organisation a name speaks of, as far as its words say.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        A kind of the vocabulary; "other" where nothing does.

    Examples
    --------
    >>> judged_kind("NHS Tayside"), judged_kind("Friends of the Park")
    ('nhs board', 'other')
    """
    text = name.casefold()
    for words, kind in _KINDS:
        if re.search(rf"\b(?:{words})\b", text):
            return kind
    return "other"
