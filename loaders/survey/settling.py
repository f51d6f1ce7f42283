"""Matching the activities in returns with what we know; what is not sure becomes a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import networkx as nx

from graphmodel.names import Named, normalised, slug
from graphmodel.survey.answers import Answer, Return, Waiting
from graphmodel.survey.evidence import Known, told_by
from graphmodel.survey.matching import Match, known_of, match
from loaders.survey.filled import Filled
from loaders.survey.lost_rows import known_sheet, said_of
from loaders.survey.people import Newcomer, People
from loaders.survey.questions import (
    DROP,
    NEW,
    Candidate,
    Decisions,
    Question,
    first_of_each,
    in_short,
)


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
    people = People(parties, decisions)
    questions: list[Question] = []
    ids = {each.id for each in known}
    answers: dict[str, list[Answer]] = {}
    for document in sorted(filled, key=_order):
        one = filled[document]
        told = [each for each in one.answers if not _is_dropped(each, ids, decisions)]
        answers[document] = [people.named(answer, document, one.kinds) for answer in told]
        questions += [replace(asked, document=document) for asked in one.questions]
    found = _matched(answers, known, decisions)
    settled, names = Settled(newcomers=list(people.newcomers.values())), people.names
    for document, matches in found.items():
        one = filled[document]
        said = said_of(matches, ids, known_sheet(one.version))
        settled.returns.append(Return(one.council, one.wave, document, one.day, one.version, said))
        questions += [_asked(each, document, names) for each in matches if each.how == "open"]
    questions = [*people.questions, *questions]
    settled.returns = [
        replace(one, waiting=_waiting(questions, one.document)) for one in settled.returns
    ]
    settled.questions = first_of_each(questions)
    return settled


def _waiting(questions: Iterable[Question], document: str) -> tuple[Waiting, ...]:
    """What of one return waits, each name once."""
    asked = first_of_each(one for one in questions if one.document == document)
    return tuple(Waiting(one.kind, one.text, one.place) for one in asked)


def _order(document: str) -> tuple[str, int]:
    stem, _, number = document.rpartition("-")
    return (stem, int(number)) if number.isdigit() and stem.count("-") > 1 else (document, 1)


def _is_dropped(answer: Answer, known: Collection[str], decisions: Decisions) -> bool:
    """Whether somebody decided that no activity is meant."""
    decision = decisions.of("activity", answer.council, answer.name)
    return decision == DROP and answer.id not in known


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
