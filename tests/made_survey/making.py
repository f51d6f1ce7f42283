"""The returns of the made survey: what is true, as councils tell it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import TypedDict

from graphmodel.survey.answers import (
    Answer,
    FindingAnswer,
    Operational,
    Party,
    Return,
    SavingAnswer,
)
from graphmodel.vocabulary import FindingKind, Role
from tests.made_survey import published
from tests.made_survey.truth import WAVES, Activity, Truth, truth
from tests.made_survey.wording import slipped, written
from tests.made_survey.words import BENEFITS, CHALLENGES, DESCRIPTIONS, OPPORTUNITIES

MADE = "made for a trial, not a real return"
"""What every document, sheet and page of the made survey says of itself."""
GOES_ON = ("yes", "changed")
Told = tuple[str, str, str]
"""Wave, council and place of an answer."""


@dataclass
class MadeSurvey:
    """Returns of three waves, and which activity each of their answers tells of."""

    truth: Truth
    returns: dict[str, list[Return]] = field(default_factory=dict)
    key_of: dict[Told, str] = field(default_factory=dict)
    asked: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Keys of the activities on each council's form, by wave and council."""
    books: dict[str, str] = field(default_factory=dict)
    """Names under which activities are on the books, by key."""

    @property
    def activities(self) -> Mapping[str, Activity]:
        """By key."""
        return {one.key: one for one in self.truth.activities}

    def answers(self, wave: str) -> list[Answer]:
        """All of a wave."""
        return [answer for one in self.returns[wave] for answer in one.answers]


def make(seed: int, only: Collection[str] | None = None) -> MadeSurvey:
    """Make a survey; the same seed always makes the same. Where some councils only answer, its
    totals are no longer those published.
    """
    true = truth(Random(seed))
    if only is not None:
        answering = {
            wave: tuple(one for one in those if one in only)
            for wave, those in true.answering.items()
        }
        true = replace(true, answering=answering)
    survey = MadeSurvey(true)
    teller = _Teller(survey, Random(f"told {seed}"))
    for wave in WAVES:
        survey.asked[wave] = teller.forms()
        survey.returns[wave] = [
            teller.returned(wave, council) for council in survey.truth.answering[wave]
        ]
        teller.register(survey.returns[wave])
    return survey


class _Kinds(TypedDict):
    category: str | None
    type: str | None
    region: str | None


_CHOICES: dict[str, tuple[Callable[[], list[str]], float]] = {
    "category": (lambda: list(published.ids("categories").values()), 0.08),
    "type": (lambda: list(published.ids("activity_types").values()), 0.1),
    "region": (lambda: list(published.table("Returns by region")), 0.02),
}
"""What kinds there are, and how often a council that does not lead gives another."""


class _Teller:
    """Fills in the forms, wave by wave, and remembers what is on the books."""

    def __init__(self, survey: MadeSurvey, random: Random) -> None:
        self.survey, self.random = survey, random
        self.books = survey.books
        self.members: dict[str, set[str]] = {}
        """Who is said to take part, by key."""
        self.ended: set[str] = set()
        self.habits: dict[tuple[str, str], str] = {}
        """How a council writes an activity's name."""

    def forms(self) -> dict[str, list[str]]:
        """What is on each form: what anybody said that the council takes part in."""
        names = sorted(published.ids("councils").values())
        return {
            council: [
                key
                for key in sorted(self.books)
                if council in self.members[key] and key not in self.ended
            ]
            for council in names
        }

    def register(self, returns: Iterable[Return]) -> None:
        """Put on the books what a wave told."""
        said: dict[str, set[Operational]] = {}
        for one in returns:
            for answer in one.answers:
                key = self.survey.key_of[answer.wave, answer.council, answer.place]
                self.books.setdefault(key, answer.name)
                told = {party.id for party in answer.parties} & set(
                    published.ids("councils").values()
                )
                self.members.setdefault(key, set()).update(
                    {answer.council, *(one for one in told if one)}
                )
                if answer.operational:
                    said.setdefault(key, set()).add(answer.operational)
        self.ended |= {key for key, answers in said.items() if answers == {"no"}}

    def returned(self, wave: str, council: str) -> Return:
        """What one council sends back."""
        habit = self.random.choices(("kept", "ids lost", "retyped"), (70, 18, 12))[0]
        detail = self.random.random()
        answers: list[Answer] = []
        for sheet, rows in (
            ("Known activities", self._asked(wave, council, habit)),
            ("New activities", self._new(wave, council)),
        ):
            for number, (key, answer) in enumerate(rows, 2):
                place = f"{sheet}, row {number}"
                self.survey.key_of[wave, council, place] = key
                answers.append(_placed(answer, place, self._findings(answer, detail)))
        name = next(name for name, one in published.ids("councils").items() if one == council)
        slug = name.casefold().replace(" ", "-")
        day = date(int(wave), self.random.randint(1, 12), self.random.randint(1, 28))
        document = f"made-survey-{wave}-{slug}"
        return Return(council, wave, document, day, "1", tuple(answers))

    def _asked(self, wave: str, council: str, habit: str) -> Iterator[tuple[str, Answer]]:
        keys = list(self.survey.asked[wave][council])
        if habit != "kept":
            self.random.shuffle(keys)
        for key in keys:
            activity = self.survey.activities[key]
            lost = habit != "kept" or self.random.random() < 0.03
            name = self.books[key]
            if habit == "retyped" or (lost and self.random.random() < 0.3):
                name = self._habitual(council, activity, wave)
            elif activity.named(wave) != activity.named(activity.first):
                name = activity.named(wave)
            answer = Answer(
                council,
                wave,
                "",
                None if lost else key,
                name,
                asked=True,
                operational=self._operates(activity, wave, council),
                role="lead" if council == activity.councils[0] else "member",
                parties=self._parties(activity, wave, council),
                start=self._start(activity),
                **self._kinds(activity, council),
            )
            yield key, answer if answer.operational in GOES_ON else replace(answer, parties=())

    def _new(self, wave: str, council: str) -> Iterator[tuple[str, Answer]]:
        asked = set(self.survey.asked[wave][council])
        for activity in self.survey.truth.activities:
            if (
                activity.key in asked
                or council not in activity.members(wave)
                or activity.in_wave(wave) != "yes"
                or not self._tells(activity, wave, council)
            ):
                continue
            answer = Answer(
                council,
                wave,
                "",
                None,
                self._habitual(council, activity, wave),
                asked=False,
                operational="yes",
                role="lead" if council == activity.councils[0] else "member",
                parties=self._parties(activity, wave, council),
                description=self._description(activity),
                start=self._start(activity),
                **self._kinds(activity, council),
            )
            yield activity.key, answer

    def _tells(self, activity: Activity, wave: str, council: str) -> bool:
        if council == activity.councils[0] and wave == activity.first:
            return True
        chance = 0.5 if len(activity.councils) < 9 else 0.12
        return self.random.random() < (chance if wave == activity.first else chance / 2)

    def _habitual(self, council: str, activity: Activity, wave: str) -> str:
        """A council writes a name as it did before, mostly."""
        name = activity.named(wave)
        before = self.habits.get((council, name))
        if before is None or self.random.random() < 0.4:
            first = council == activity.councils[0] and before is None
            before = name if first and self.random.random() < 0.5 else written(self.random, name)
        self.habits[council, name] = before
        return before

    def _operates(self, activity: Activity, wave: str, council: str) -> Operational | None:
        told, anchor = activity.in_wave(wave), council == activity.councils[0]
        if told == "no":
            return "no" if anchor or self.random.random() < 0.9 else None
        if told != "yes":
            return None
        if council not in activity.members(wave):
            return self.random.choice(("no", None))
        if not anchor and self.random.random() < 0.09:
            return "no" if self.random.random() < 0.3 else None
        return "changed" if self.random.random() < 0.05 else "yes"

    def _parties(self, activity: Activity, wave: str, council: str) -> tuple[Party, ...]:
        names = {one: name for name, one in published.ids("councils").items()}
        members = [one for one in activity.members(wave) if one != council]
        if len(members) > 8 and self.random.random() < 0.8:
            members = []
        told = [
            self._party(names[one], one, "member") for one in members if self.random.random() < 0.85
        ]
        if self.random.random() < 0.03 and len(activity.councils) > 1:
            stray = self.random.choice(sorted(set(names) - set(activity.members(wave)) or names))
            told.append(Party(names[stray], stray))
        told += [
            self._party(name, _slug(name))
            for name in activity.partners
            if self.random.random() < 0.8
        ]
        return tuple(one for one in told if one.id != council)

    def _party(self, name: str, id_: str, role: Role | None = None) -> Party:
        """A partner; one whose name has a slip is nobody's until somebody decides."""
        if self.random.random() < 0.04:
            return Party(slipped(self.random, name), None, role)
        return Party(
            f"{name} Council" if id_[:2] == "GB" and self.random.random() < 0.1 else name, id_, role
        )

    def _start(self, activity: Activity) -> str | None:
        if self.random.random() < 0.45:
            return None
        return str(
            activity.start + (self.random.choice((-1, 1)) if self.random.random() < 0.1 else 0)
        )

    def _kinds(self, activity: Activity, council: str) -> _Kinds:
        """The anchor gives what is told of it; others some of it, and see it otherwise at times."""
        if council == activity.councils[0]:
            return {name: getattr(activity, name) for name in _CHOICES}  # type: ignore[return-value]
        told: dict[str, str | None] = {}
        for name, (ids, otherwise) in _CHOICES.items():
            there = getattr(activity, name) if self.random.random() < 0.6 else None
            other = there is not None and self.random.random() < otherwise
            told[name] = self.random.choice(ids()) if other else there
        return told  # type: ignore[return-value]

    def _description(self, activity: Activity) -> str | None:
        if self.random.random() < 0.5:
            return None
        return self.random.choice(DESCRIPTIONS).format(subject=activity.subject)

    def _findings(self, answer: Answer, detail: float) -> tuple[FindingAnswer, ...]:
        """Just over half of the returns give all that is asked, a few nothing."""
        if answer.operational not in GOES_ON:
            return ()
        kinds: dict[FindingKind, tuple[str, ...]] = {
            "benefit": BENEFITS,
            "challenge": CHALLENGES,
            "opportunity": OPPORTUNITIES,
        }
        wanted = 3 if detail < 0.55 else 2 if detail < 0.8 else 1 if detail < 0.95 else 0
        return tuple(
            FindingAnswer(kind, self.random.choice(texts))
            for kind, texts in list(kinds.items())[:wanted]
            if self.random.random() < 0.7
        )


def _placed(answer: Answer, place: str, findings: tuple[FindingAnswer, ...]) -> Answer:
    """The same on its row, now and then with a saving."""
    saves = len(findings) == 3 and len(answer.name) % 9 == 0
    savings = (SavingAnswer(50_000.0, "anticipated"),) if saves else ()
    return replace(answer, place=place, findings=findings, savings=savings)


def without_ids(survey: MadeSurvey) -> MadeSurvey:
    """The same as if no form had kept the ids that went out with it."""
    return replace(
        survey,
        returns={
            wave: [
                replace(one, answers=tuple(replace(answer, id=None) for answer in one.answers))
                for one in returns
            ]
            for wave, returns in survey.returns.items()
        },
    )


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")
