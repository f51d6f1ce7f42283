"""The whole way of the made survey: workbooks out, filled, imported, decided on, read back."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process

from graphmodel.names import normalised, slug
from graphmodel.store import Store
from graphmodel.survey.lists import lists_of
from graphmodel.survey.returns import returns_of
from graphmodel.survey.workbook import export_workbooks
from loaders.survey.importing import Imported, Office, import_returns
from loaders.survey.questions import NEW, Question
from tests.made_survey import published
from tests.made_survey.making import MadeSurvey, Told
from tests.made_survey.truth import WAVES
from tests.made_survey.words import PARTNERS
from tests.made_survey.workbooks import fill
from tests.packages import Package

REFERENCE = ("documents", "councils", "categories", "activity_types", "statistics")
"""Tables of the Scottish dataset without which there is no survey to make, and nothing beside
which to show its figures; none of them says who shares what."""
_MOST_ROUNDS = 6


def reference_package() -> Package:
    """Councils, lists and published figures, without any service."""
    return Package({name: published.rows(name) for name in REFERENCE}, "reference")


@dataclass
class Chain:
    """What came of the way through all waves."""

    survey: MadeSurvey
    store: Store
    folder: Path
    keys: dict[Told, str] = field(default_factory=dict)
    """What each row that was filled in is truly about."""
    id_of: dict[str, str] = field(default_factory=dict)
    """Id of the service that each activity became first, by key."""
    before: dict[str, str] = field(default_factory=dict)
    """The same, as it was before the wave that is being taken in."""
    asked: dict[str, list[Question]] = field(default_factory=dict)
    """What a person had to decide, by wave."""
    rounds: dict[str, int] = field(default_factory=dict)
    """How often a person was asked, by wave."""
    ids: dict[str, dict[Told, str]] = field(default_factory=dict)
    """Ids of services that rows were matched with in the end, by wave."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """For the export and the import of each wave."""

    def rows(self, wave: str) -> dict[Told, str]:
        """Ids of services that the rows of a wave were matched with, where their truth is known."""
        return {told: id_ for told, id_ in self.ids[wave].items() if told in self.keys}

    def astray(self, wave: str) -> set[Told]:
        """Rows of a wave that are with another activity's rows, or not with their own."""
        owners: dict[str, Counter[str]] = defaultdict(Counter)
        for each in self.ids:
            for told, id_ in self.rows(each).items():
                owners[id_][self.keys[told]] += 1
        return {
            told
            for told, id_ in self.rows(wave).items()
            if id_ != self.id_of[self.keys[told]]
            or owners[id_].most_common(1)[0][0] != self.keys[told]
        }


def run_chain(store: Store, survey: MadeSurvey, folder: Path) -> Chain:
    """Take all waves through workbooks into a store that holds nothing else."""
    chain = Chain(survey, store, folder)
    reference_package().load(store)
    for wave in WAVES:
        _one_wave(chain, wave)
    return chain


def _one_wave(chain: Chain, wave: str) -> None:
    folder = chain.folder / wave
    began = time.perf_counter()
    paths = export_workbooks(chain.store, wave, folder, made=True)
    exported = time.perf_counter() - began
    names = {id_: name for name, id_ in published.ids("councils").items()}
    lists = lists_of(chain.store)
    returned = {
        f"survey-{wave}-{normalised(names[one.council]).replace(' ', '-')}.xlsx": one
        for one in chain.survey.returns[wave]
    }
    for path in paths:
        if path.name in returned:
            chain.keys |= fill(path, returned[path.name], chain.survey, chain.id_of, lists)
        else:
            path.unlink()
    began = time.perf_counter()
    done = import_returns(chain.store, [folder], folder=chain.folder / "kept")
    chain.seconds[wave] = [exported, time.perf_counter() - began]
    chain.asked[wave], chain.rounds[wave] = [], 0
    chain.before = chain.id_of
    questions = done.questions
    _learn(chain, wave)
    for _ in range(_MOST_ROUNDS):
        if not questions:
            return
        questions = _decide(chain, wave, questions)
        chain.rounds[wave] += 1
        _learn(chain, wave)
    if questions:
        raise AssertionError(f"{wave}: still {len(questions)} questions: {questions[:3]}")


def _ids(chain: Chain, wave: str) -> dict[Told, str]:
    return {
        (wave, answer.council, answer.place): answer.id
        for one in returns_of(chain.store, wave)
        for answer in one.answers
        if answer.id
    }


def _learn(chain: Chain, wave: str) -> None:
    """Which service each activity has become; what an earlier wave made keeps its id."""
    now: dict[str, str] = {}
    chain.ids[wave] = _ids(chain, wave)
    for told, id_ in sorted(chain.rows(wave).items()):
        now.setdefault(chain.keys[told], id_)
    chain.id_of = {**now, **chain.before}


def _decide(chain: Chain, wave: str, questions: list[Question]) -> list[Question]:
    """Decide as somebody would who knows what is true; all at once."""
    office = Office(chain.store, chain.folder / "kept")
    decided: dict[str, str] = {}
    for question, decision in _decisions(chain, wave, questions):
        if question.key not in decided:
            decided[question.key] = decision
            chain.asked[wave].append(question)
    office.decisions.take(decided)
    result = Imported()
    office.reload(wave, result)
    return result.questions


def _decisions(
    chain: Chain, wave: str, questions: list[Question]
) -> Iterator[tuple[Question, str]]:
    made: dict[str, str] = {}
    for question in questions:
        if question.kind == "partner":
            yield question, _partner(question)
            continue
        key = chain.keys[wave, question.scope, question.place]
        if key in chain.id_of:
            yield question, chain.id_of[key]
        elif key not in made:
            made[key] = question.text
            yield question, NEW
        # Otherwise it is decided on once that has an id.
        elif same := [one.id for one in question.nearest if one.name == made[key]]:
            yield question, same[0]


def _partner(question: Question) -> str:
    """Whom a name with a slip in it means, if that is among those proposed."""
    ids = {name: slug(name) for names in PARTNERS.values() for name in names}
    ids |= published.ids("councils")
    name, _, _ = process.extractOne(question.text, list(ids), scorer=fuzz.ratio)
    return ids[name] if ids[name] in {one.id for one in question.nearest} else NEW
