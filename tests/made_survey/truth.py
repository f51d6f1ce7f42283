"""What is true of the made survey: the activities, who takes part, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from graphmodel.reports.survey_regions import AREAS, EVERYWHERE, SINGLE
from tests.made_survey import published
from tests.made_survey.words import FORMS, PARTNERS, SUBJECTS

WAVES = ("2009", "2016", "2020")
SILENT = {"2009": 2, "2016": 3}
"""Councils that did not answer in the earlier waves: invented. Those of 2020 are published."""
VAGUE = {
    "North East": ("Aberdeen City", "Aberdeenshire", "Moray"),
    "West": ("Argyll and Bute", "Inverclyde", "West Dunbartonshire"),
    "South East": ("City of Edinburgh", "East Lothian", "Fife", "Midlothian"),
    "North": ("Eilean Siar", "Highland", "Moray", "Orkney Islands", "Shetland Islands"),
    "Glasgow City Region": AREAS["Clyde Valley"],
}  # fmt: skip
HISTORIES = {
    "yes yes yes": 79,
    "yes ? yes": 6,
    "yes ? no": 87,
    "yes yes no": 30,
    "yes no -": 25,
    "yes yes ?": 8,
    "- yes yes": 65,
    "- yes no": 14,
    "- yes ?": 6,
    "- - yes": 92,
}
"""Activities by what the three waves are told of them.

``?`` is asked and not answered, ``-`` not asked. They come to 242 that operate in 2020, 202 in
2016 (the report has 40 fewer in "the previous survey") and 373 that the returns of 2020 tell of.
"""
TWINS, SUCCESSORS, SPLITS = 12, 6, 3
"""Pairs of activities with nearly the same name: with other councils, or after one another."""


@dataclass(frozen=True)
class Activity:
    """One activity as it truly is; what is `None` no return tells."""

    key: str
    name: str
    councils: tuple[str, ...]
    """Ids; the first answers in every wave."""
    partners: tuple[str, ...]
    told: tuple[str, str, str]
    """By wave: yes, no, ? or -."""
    category: str | None
    type: str | None
    region: str | None
    subject: str
    form: str
    start: int
    renamed: str | None = None
    """Its name from the second wave that tells of it."""
    later: tuple[str, ...] = ()
    """Councils that joined after the first wave."""

    def in_wave(self, wave: str) -> str:
        """What that wave is told of it."""
        return self.told[WAVES.index(wave)]

    @property
    def first(self) -> str:
        """The first wave that tells of it."""
        return next(wave for wave, told in zip(WAVES, self.told, strict=True) if told == "yes")

    def named(self, wave: str) -> str:
        """Its name in a wave."""
        return self.renamed if self.renamed and wave > self.first else self.name

    def members(self, wave: str) -> tuple[str, ...]:
        """The councils that take part in a wave."""
        return (*self.councils, *(self.later if wave > self.first else ()))


@dataclass(frozen=True)
class Truth:
    """All activities, and who answers when."""

    activities: tuple[Activity, ...]
    answering: Mapping[str, tuple[str, ...]]


def truth(random: Random) -> Truth:
    """Draw activities that add up to what is published, and who answers."""
    councils = sorted(published.ids("councils").values())
    answering = _answering(random, councils)
    steady = set.intersection(*(set(those) for those in answering.values()))
    activities: list[Activity] = []
    for number, (told, kinds) in enumerate(_plan(random), 1):
        drawn = _activity(random, number, told, kinds, sorted(steady))
        while any(_same(drawn, one) for one in activities):
            drawn = _activity(random, number, told, kinds, sorted(steady))
        activities.append(drawn)
    return Truth(tuple(_entangled(random, activities)), answering)


def _same(first: Activity, second: Activity) -> bool:
    """Whether nobody could tell two of them apart."""
    return (first.subject, first.form) == (second.subject, second.form) and not set(
        first.councils
    ).isdisjoint(second.councils)


def _answering(random: Random, councils: list[str]) -> dict[str, tuple[str, ...]]:
    """Who answers in each wave, so that of every area somebody always does."""
    silent = {**SILENT, "2020": len(councils) - published.headline(published.ANSWERED)}
    areas = [_ids(names) for names in (*AREAS.values(), *VAGUE.values())]
    while True:
        missing = {wave: set(random.sample(councils, count)) for wave, count in silent.items()}
        steady = set(councils).difference(*missing.values())
        if all(steady.intersection(area) for area in areas):
            return {
                wave: tuple(one for one in councils if one not in missing[wave]) for wave in WAVES
            }


def _plan(random: Random) -> Iterator[tuple[tuple[str, str, str], dict[str, str | None]]]:
    """What is told of each activity in each wave, and which kinds are told of it."""
    plans = [
        (told.split()[0], told.split()[1], told.split()[2])
        for told, count in HISTORIES.items()
        for _ in range(count)
    ]
    operating = [told for told in plans if told[2] == "yes"]
    rest = [told for told in plans if told[2] != "yes"]
    columns = {
        kind: _drawn(random, labels, len(operating))
        for kind, labels in (
            ("category", _by_id("categories", "Service category")),
            ("type", _by_id("activity_types", "Activity type")),
            ("region", published.table("Returns by region")),
        )
    }
    random.shuffle(operating)
    for number, told in enumerate(operating):
        yield told, {kind: drawn[number] for kind, drawn in columns.items()}
    for told in rest:
        kinds = {kind: random.choice(drawn) for kind, drawn in columns.items()}
        if kinds["region"] == EVERYWHERE:
            kinds["region"] = SINGLE
        yield told, kinds


def _drawn(random: Random, labels: Mapping[str, int], count: int) -> list[str | None]:
    drawn: list[str | None] = [label for label, number in labels.items() for _ in range(number)]
    drawn += [None] * (count - len(drawn))
    random.shuffle(drawn)
    return drawn


def _by_id(table: str, group: str) -> dict[str, int]:
    ids = published.ids(table)
    return {ids[label]: number for label, number in published.table(group).items()}


def _activity(
    random: Random,
    number: int,
    told: tuple[str, str, str],
    kinds: Mapping[str, str | None],
    steady: list[str],
) -> Activity:
    place, councils = _members(random, kinds["region"], steady)
    subject = random.choice(SUBJECTS[kinds["category"] or random.choice(list(SUBJECTS))])
    form = random.choice(FORMS[kinds["type"] or random.choice(list(FORMS))])
    first = 1 + next(at for at, answer in enumerate(told) if answer == "yes")
    start = random.randint(*{1: (1996, 2009), 2: (2009, 2016), 3: (2015, 2020)}[first])
    least = 1 if len(councils) == 1 else 0
    partners = random.sample([*PARTNERS["nhs"], *PARTNERS["other"]], random.randint(least, 3))
    others = [one for one in published.ids("councils").values() if one not in councils]
    return Activity(
        key=f"made-{number:03}",
        name=_name(random, subject, form, place),
        councils=councils,
        partners=tuple(partners),
        told=told,
        category=kinds["category"],
        type=kinds["type"],
        region=kinds["region"],
        subject=subject,
        form=form,
        start=start,
        renamed=_name(random, subject, "new model", place) if random.random() < 0.02 else None,
        later=tuple(random.sample(others, 1))
        if others and len(councils) > 1 and random.random() < 0.15
        else (),
    )


def _members(random: Random, region: str | None, steady: list[str]) -> tuple[str, tuple[str, ...]]:
    """What the place is called in a name, and who takes part, an answering council first."""
    if region is None or region == "No Specific Location":
        region = random.choice([SINGLE, *AREAS]) if region is None else None
    everybody = sorted(published.ids("councils").values())
    if region == EVERYWHERE:
        pool, most = everybody, len(everybody)
        count = random.choice([len(everybody), random.randint(15, 31)])
    elif region == SINGLE:
        pool, count = steady, 1
    else:
        pool = everybody if region is None else list(_ids({**AREAS, **VAGUE}[region]))
        most = min(len(pool), 5)
        count = random.randint(2, most)
    anchor = random.choice([one for one in pool if one in steady])
    rest = random.sample([one for one in pool if one != anchor], count - 1)
    return _place(random, region, [anchor, *rest]), (anchor, *rest)


def _place(random: Random, region: str | None, councils: list[str]) -> str:
    names = {one: name for name, one in published.ids("councils").items()}
    if region == EVERYWHERE:
        return random.choice(["National", "Scotland", "Scottish"])
    if region == SINGLE:
        return random.choice([names[councils[0]], ""])
    if len(councils) < 4 and random.random() < 0.4:
        return "(" + " and ".join(names[one] for one in sorted(councils)) + ")"
    return region or ""


def _name(random: Random, subject: str, form: str, place: str) -> str:
    if place.startswith("("):
        return f"{subject} {form} {place}"
    if not place or random.random() < 0.5:
        return f"{place} {subject} {form}".strip()
    return f"{subject} {form}, {place}"


def _entangled(random: Random, activities: list[Activity]) -> list[Activity]:
    """The same with pairs whose names are nearly the same, though they are not."""
    by_key = {one.key: one for one in activities}
    names = {one: name for name, one in published.ids("councils").items()}
    shared = [one for one in activities if 2 <= len(one.councils) <= 3]
    old = [one for one in activities if one.told[2] == "no" and one.renamed is None]
    new = [one for one in activities if one.told[:2] == ("-", "-") and one.region is None]
    random.shuffle(shared)
    for first, second in zip(shared[:TWINS], shared[TWINS : 2 * TWINS], strict=True):
        for one in (first, second):
            place = " and ".join(names[council] for council in sorted(one.councils))
            form = random.choice(("joint service", "partnership"))
            by_key[one.key] = replace(
                by_key[one.key], name=f"{first.subject} {form} ({place})", renamed=None
            )
    spare = [one for one in new if by_key[one.key] is one]
    ends = [one for one in old if by_key[one.key] is one and 1 < len(one.councils) < 6]
    for was in random.sample([one for one in ends if one.start < 2010], SUCCESSORS):
        after = spare.pop()
        by_key[was.key] = replace(was, name=f"{was.name} {was.start}-13")
        by_key[after.key] = replace(_after(after, was), name=f"{was.name} 2014-20")
    whole = [one for one in ends if by_key[one.key] is one]
    for was in random.sample(whole, SPLITS):
        for part in ("north", "south"):
            after = spare.pop()
            by_key[after.key] = replace(_after(after, was), name=f"{was.name} ({part})")
    return list(by_key.values())


def _after(later: Activity, was: Activity) -> Activity:
    """An activity that takes the place of another, with the same councils."""
    return replace(
        later,
        councils=was.councils,
        partners=was.partners,
        subject=was.subject,
        form=was.form,
        later=(),
        renamed=None,
    )


def _ids(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(published.ids("councils")[name] for name in names)
