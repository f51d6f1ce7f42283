"""Matching the names in returns with what we know; what is not sure becomes a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import networkx as nx

from graphmodel.errors import AmbiguousNameError, GraphmodelError
from graphmodel.names import Named, NameIndex, normalised, slug
from graphmodel.survey.answers import Answer, Party, Return
from graphmodel.survey.evidence import Known, told_by
from graphmodel.survey.matching import Match, known_of, match
from graphmodel.vocabulary import PartnerKind
from loaders.survey.filled import Filled
from loaders.survey.lost_rows import known_sheet, said_of
from loaders.survey.questions import NEW, Candidate, Decisions, Question, first_of_each, in_short

NEAR = 82
"""Least likeness, of 100, at which a partner's name is taken for a possible other spelling."""
MOST_NEAR = 3
_LABELS = ("Council", "Partner")
_AND = re.compile(r" (?:and|&|\+) |/")
_PLURAL = re.compile(r"\bcouncils$", re.IGNORECASE)
_MOST_PIECES = 6
"""Words "and" in one name, and one more."""
_SMALL_WORDS = ("and", "of", "for")
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


@dataclass
class Settled:
    """The returns of a wave with their names matched.

    Attributes
    ----------
    returns : list of Return
        In order of document; what waits for a decision has no id.
    newcomers : list of Newcomer
    questions : list of Question
        One a decision.

    Examples
    --------
    >>> Settled().questions
    []
    """

    returns: list[Return] = field(default_factory=list)
    newcomers: list[Newcomer] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def settle(
    filled: Mapping[str, Filled],
    known: Sequence[Known],
    parties: Iterable[Named],
    decisions: Decisions,
) -> Settled:
    """Match the names in all returns of a wave.

    Parameters
    ----------
    filled : mapping of str to Filled
        By id of the document.
    known : sequence of Known
        Services on the books.
    parties : iterable of Named
        Councils and partners.
    decisions : Decisions

    Returns
    -------
    Settled

    Examples
    --------
    >>> lab = Answer("GB-LAS-ANS", "2027", "New activities, row 6", None, "Lab", False, "yes")
    >>> filled = Filled("angus.xlsx", "GB-LAS-ANS", "2027", "2", answers=[lab])
    >>> settled = settle({"survey-2027-angus": filled}, [], [], Decisions(None))
    >>> [answer.id for one in settled.returns for answer in one.answers]
    ['lab']
    """
    people = _People(parties, decisions)
    questions: list[Question] = []
    answers: dict[str, list[Answer]] = {}
    for document in sorted(filled, key=_order):
        one = filled[document]
        answers[document] = [people.named(answer, document, one.kinds) for answer in one.answers]
        questions += [replace(asked, document=document) for asked in one.questions]
    found = _matched(answers, known, decisions)
    settled, names = Settled(newcomers=list(people.newcomers.values())), people.names
    for document, matches in found.items():
        one = filled[document]
        said = said_of(matches, {each.id for each in known}, known_sheet(one.version))
        settled.returns.append(Return(one.council, one.wave, document, one.day, one.version, said))
        questions += [_asked(each, document, names) for each in matches if each.how == "open"]
    settled.questions = first_of_each([*people.questions, *questions])
    return settled


def _order(document: str) -> tuple[str, int]:
    stem, _, number = document.rpartition("-")
    return (stem, int(number)) if number.isdigit() and stem.count("-") > 1 else (document, 1)


def _asked(found: Match, document: str, names: Mapping[str, str]) -> Question:
    answer = found.answer
    near = tuple(
        Candidate(one.id, one.name, in_short(_called(one.members, names), one.start))
        for one, _ in found.nearest
    )
    told = [*_called([answer.council], names), *(party.name for party in answer.parties)]
    return Question(
        "activity",
        answer.council,
        answer.name,
        document,
        answer.place,
        near,
        in_short(told, answer.start, answer.description),
    )


def _called(ids: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(id_, id_) for id_ in ids]


def _matched(
    answers: Mapping[str, list[Answer]], known: Sequence[Known], decisions: Decisions
) -> dict[str, list[Match]]:
    """Match activities: first copies of all councils at once, then second ones, and so on."""
    books = {one.id: one for one in known}
    found: dict[str, list[Match]] = {}
    rounds = sorted({_order(document)[1] for document in answers})
    for number in rounds:
        documents = [each for each in answers if _order(each)[1] == number]
        flat = [
            _decided(answer, decisions, books) for each in documents for answer in answers[each]
        ]
        matches = _in_two_steps(flat, books)
        books |= {one.id: one for one in known_of(matches)}
        left = iter(matches)
        for each in documents:
            found[each] = [next(left) for _ in answers[each]]
    return found


def _decided(answer: Answer, decisions: Decisions, books: dict[str, Known]) -> Answer:
    """Give an answer the id that somebody decided on; what is decided to be new is known."""
    if answer.id in books:
        return answer
    decision = decisions.of("activity", answer.council, answer.name)
    if decision != NEW:
        return replace(answer, id=decision or answer.id)
    made = slug(answer.name)
    while made in books and normalised(books[made].name) != normalised(answer.name):
        made += "-2"
    books.setdefault(made, Known(made, answer.name, (), told_by(answer), answer.category))
    return replace(answer, id=made)


def _in_two_steps(answers: Sequence[Answer], books: Mapping[str, Known]) -> list[Match]:
    """Match what was decided to be like something new only once that is known."""
    later = {at for at, answer in enumerate(answers) if answer.id and answer.id not in books}
    first = match(
        [answer for at, answer in enumerate(answers) if at not in later], list(books.values())
    )
    if not later:
        return first
    grown = {**books, **{one.id: one for one in known_of(first)}}
    # What is new is called after the first council that tells of it, which may now be another.
    called = {slug(name): one.id for one in grown.values() for name in one.names}
    again = [answers[at] for at in sorted(later)]
    again = [replace(one, id=called.get(one.id or "", one.id)) for one in again]
    again = _founded(again, grown)
    second = match(again, list(grown.values()))
    firsts, seconds = iter(first), iter(second)
    return [next(seconds) if at in later else next(firsts) for at in range(len(answers))]


def _founded(answers: Sequence[Answer], books: dict[str, Known]) -> list[Answer]:
    """Make known what answers were decided to be like each other, and like nothing else."""
    alike = nx.Graph((slug(one.name), one.id) for one in answers if one.id and one.id not in books)
    founder = {id_: group for group in nx.connected_components(alike) for id_ in group}
    found: dict[str, str] = {}
    for one in answers:
        group = founder.get(one.id or "", set())
        others = [each for each in answers if each is not one and each.id in group]
        if others and one.id not in found:
            made = slug(one.name)
            books.setdefault(made, Known(made, one.name, (), told_by(one), one.category))
            found |= dict.fromkeys(group, made)
    return [replace(one, id=found.get(one.id or "", one.id)) for one in answers]


class _People:
    """Councils and partners by the names that returns give them."""

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
        """By id, those that nobody named before among them."""
        known = {one.id: one.name for one in self._known}
        return known | {one.id: one.name for one in self.newcomers.values()}

    def named(self, answer: Answer, document: str, kinds: Mapping[str, str]) -> Answer:
        """An answer whose parties have ids, where that is sure."""
        parties: dict[str, Party] = {}
        for party in answer.parties:
            for each in self._parties(party, party.place or answer.place, document, kinds):
                if each.id != answer.council:
                    parties.setdefault(each.id or f"?{each.name}", each)
        return replace(answer, parties=tuple(parties.values()))

    def _parties(
        self, party: Party, place: str, document: str, kinds: Mapping[str, str]
    ) -> list[Party]:
        if normalised(party.name) in _ALL_COUNCILS:
            councils = [one for one in self._known if one.label == "Council"]
            return [replace(party, name=one.name, id=one.id) for one in councils]
        found = self._resolved(party.name)
        if found is not None:
            return [replace(party, id=found)]
        if several := self._divided(party.name):
            return [
                each
                for name in several
                for each in self._parties(replace(party, name=name), place, document, kinds)
            ]
        decision = self._decisions.of("partner", "", party.name)
        near = () if decision == NEW else self._near(party.name)
        if decision is None and near:
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
        for part in filter(None, map(str.strip, name.split(","))):
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
