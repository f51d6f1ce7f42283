"""How councils write names: in their own words, in short, and with slips."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

SHORT = {
    "management": ("mgmt", "mgt", "man."),
    "maintenance": ("maint", "maint.", "mtce"),
    "partnership": ("p'ship", "pship", "ptnrship"),
    "service": ("svc", "serv.", "service"),
    "services": ("svcs", "servs"),
    "programme": ("prog", "program", "prog."),
    "development": ("dev", "devt", "develop't"),
    "committee": ("cttee", "comm."),
    "information technology": ("IT", "ICT"),
    "human resources": ("HR",),
    "health and social care": ("HSC", "H&SC", "health & soc care"),
    "out of hours": ("OOH", "out-of-hours", "OoH"),
    "trading standards": ("TS", "trading stds"),
    "environmental health": ("EH", "env health"),
    "criminal justice": ("CJ", "crim justice"),
    "perth and kinross": ("PKC", "P&K", "Perth/Kinross"),
    "dumfries and galloway": ("D&G", "DGC"),
    "argyll and bute": ("A&B", "Argyll/Bute"),
    "north": ("N", "N."),
    "south": ("S", "Sth"),
    "east": ("E", "E."),
    "west": ("W", "W."),
    "council": ("cncl",),
    "government": ("govt",),
    "procurement": ("proc", "procurmt"),
    "emergency": ("emerg", "emergcy"),
    "environmental": ("env", "environ."),
    "education": ("educ", "ed."),
    "transport": ("tpt", "transp."),
    "community": ("comm", "comty"),
}
OTHER_WORDS = {
    "joint service": ("shared service", "joint working", "joint team"),
    "shared service": ("joint service", "shared arrangement"),
    "partnership": ("joint arrangement", "partnership agreement", "collaboration"),
    "unit": ("team", "service"),
    "programme": ("initiative", "project"),
    "refuse": ("waste",),
    "waste": ("refuse",),
    "roads": ("highways", "roads"),
    "purchasing": ("procurement", "buying"),
    "lighting": ("lights",),
    "support": ("assistance", "support"),
    "framework": ("arrangement", "contract"),
    "hub": ("centre",),
    "gritting": ("maintenance", "gritting"),
}
ASIDES = (
    "(see separate sheet)", "- ongoing", "(with partners)", "- as before", "(pilot)",
    "- see attached note", "(see above)", "TBC",
)  # fmt: skip


def written(random: Random, name: str) -> str:
    """A name in the words of an officer who does not look it up."""
    for change, chance in _CHANGES:
        if random.random() < chance:
            name = change(random, name)
    return " ".join(name.split())


def slipped(random: Random, name: str) -> str:
    """A name with one letter wrong."""
    at = random.randrange(1, max(len(name) - 2, 2))
    kind = random.randrange(3)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def _and(random: Random, name: str) -> str:
    return name.replace(" and ", random.choice((" & ", " + ", "/")))


def _short(random: Random, name: str) -> str:
    found = [word for word in SHORT if word in name.casefold()]
    for word in random.sample(found, min(len(found), random.randint(1, 2))):
        name = _put(name, word, random.choice(SHORT[word]))
    return name


def _other_words(random: Random, name: str) -> str:
    found = [word for word in OTHER_WORDS if word in name.casefold()]
    if not found:
        return name
    word = random.choice(found)
    return _put(name, word, random.choice(OTHER_WORDS[word]))


def _put(name: str, word: str, instead: str) -> str:
    at = name.casefold().find(word)
    return name if at < 0 else name[:at] + instead + name[at + len(word) :]


def _turned(random: Random, name: str) -> str:
    """The place first, or last."""
    if name.endswith(")") and "(" in name:
        rest, place = name[:-1].rsplit("(", 1)
        return random.choice((f"{place}: {rest}", f"{rest} - {place}", f"{place} {rest}"))
    if ", " in name:
        rest, place = name.rsplit(", ", 1)
        return random.choice((f"{place} {rest}", f"{rest} ({place})"))
    first, _, rest = name.partition(" ")
    return f"{rest}, {first}" if rest else name


def _dropped(random: Random, name: str) -> str:
    words = name.split()
    if len(words) > 3:
        del words[random.randrange(len(words))]
    return " ".join(words)


def _added(random: Random, name: str) -> str:
    word = random.choice(("Joint", "Shared", "The", "Council", "Local", "Working group on"))
    return f"{word} {name}"


def _aside(random: Random, name: str) -> str:
    return f"{name} {random.choice(ASIDES)}"


def _cased(random: Random, name: str) -> str:
    return random.choice((name.upper(), name.lower(), name.title()))


_CHANGES: tuple[tuple[Callable[[Random, str], str], float], ...] = (
    (_turned, 0.25),
    (_other_words, 0.2),
    (_dropped, 0.15),
    (_short, 0.35),
    (_and, 0.4),
    (_added, 0.15),
    (_aside, 0.1),
    (_cased, 0.3),
    (slipped, 0.15),
)
