"""The closed lists of the form, and other words in which councils put the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from graphmodel.names import normalised
from graphmodel.reports.survey_regions import AREAS, EVERYWHERE, SINGLE
from graphmodel.store import Store
from graphmodel.vocabulary import (
    DeliveryMechanism,
    FindingKind,
    GeographicFocus,
    PartnerKind,
    Role,
    SavingBasis,
    Spectrum,
)

NEAR = 70
"""Least likeness, of 100, at which a word of a list is proposed."""
_MOST = 3
_SHORTEST = 2
_STEM = 5
"""Letters at their beginning that forms of one word share."""
_WORDS: Mapping[str, Any] = {
    "role": Role,
    "reach": GeographicFocus,
    "mechanism": DeliveryMechanism,
    "spectrum": Spectrum,
    "kind": PartnerKind,
    "finding": FindingKind,
    "basis": SavingBasis,
}
OPERATIONAL = {
    "Yes": "yes",
    "Yes, but changed": "changed",
    "No": "no",
    "No, we have left": "left",
}
_YES = "y|yes please|still running|running|live|still live|still operational|operational|ongoing"
_YES += "|on going|active|still active|continuing|continues|current|true|in place|up and running"
_YES += "|yes unchanged|yes no change|yes still operational|yes still running|yes ongoing|as before"
_CHANGED = "changed|yes changed|yes with changes|yes but different|yes amended|partly|partially"
_CHANGED += "|in part|yes in part|amended|yes see corrections|yes expanded|yes reduced"
_NO = "n|ended|no longer|no longer operational|no longer running|stopped|closed|ceased|finished"
_NO += "|discontinued|withdrawn|not any more|not operational|false|no ended|no longer in place"
_NO += "|not running|dissolved|wound up"
_LEFT = (
    "left|we left|we have left|withdrew|we have withdrawn|no longer a member|no longer take part"
)
_ALSO: Mapping[str, Mapping[str, str]] = {
    "operational": {"yes": _YES, "changed": _CHANGED, "no": _NO, "left": _LEFT},
    "yes_no": {"yes": _YES, "no": _NO},
    "role": {
        "lead": "leading|lead authority|lead council|lead partner|leader|led by us|we lead",
        "joint lead": "co lead|jointly lead|shared lead|joint lead authority",
        "host": "hosting|host authority|host council|hosted by us",
        "provider": "provides|supplier|service provider",
        "member": "partner|participant|participating|member council|equal partner|partner council",
        "customer": "client|buyer|purchaser|user|recipient|receives",
        "funder": "funding|funds|contributor",
        "supporter": "support|supporting|supports",
    },
    "reach": {
        "one council area": "one council|single council|local|one local authority|council area",
        "neighbouring councils": "neighbours|neighbouring|adjoining councils|neighbour councils",
        "region": "regional",
        "national": "scotland|scotland wide|nationwide|all scotland|all of scotland",
    },
    "mechanism": {
        "lead authority": "lead council|lead authority model",
        "service level agreement": "sla|service level agreements",
        "memorandum of understanding": "mou|memorandum",
        "company": "arms length company|aleo|limited company",
        "limited liability partnership": "llp",
        "joint committee": "committee|joint committees",
        "joint management": "shared management|joint manager",
        "hosted": "hosting|hosted service",
        "statutory board": "joint board|statutory joint board",
        "informal": "informal agreement|no formal agreement|informally",
    },
    "spectrum": {
        "co-operate": "cooperate|cooperation|co operation",
        "co-ordinate": "coordinate|coordination|co ordination",
        "communicate": "communication",
        "collaborate": "collaboration",
        "integrate": "integration|integrated|fully integrated",
    },
    "basis": {
        "projected": "projection|forecast|planned|estimate|estimated|business case|budgeted",
        "anticipated": "expected|anticipate|likely",
        "realised": "actual|achieved|realized|delivered|saved|made",
    },
    "finding": {
        "benefit": "benefits|advantage|positive|pro",
        "challenge": "challenges|issue|issues|problem|barrier|risk|difficulty|con",
        "opportunity": "opportunities|chance",
        "lesson": "lessons|lesson learned|lesson learnt|learning",
        "driver": "drivers|reason",
        "future development": "future|development|future plans|plans|next steps",
    },
    "kind": {
        "nhs board": "nhs|health board",
        "police": "police scotland",
        "third sector": "voluntary|voluntary sector|voluntary organisation|third sector body",
        "education": "university|college|school|universities|colleges",
        "company": "private|private sector|business",
        "charity": "trust|charitable trust",
        "agency": "public agency|ndpb|public body",
        "government": "scottish government|uk government",
    },
    "region": {
        SINGLE: "one council|one council area|our area|local|single council",
        EVERYWHERE: "scotland|all scotland|scotland wide",
        "Ayrshires": "ayrshire",
        "Aberdeen (City and Shire)": "aberdeen and aberdeenshire|aberdeen city and shire|grampian",
        "Stirling-Clacks": "stirling and clackmannanshire|stirling and clacks",
        "Dundee and Angus": "angus and dundee",
    },
}
"""By list and word: what councils write instead, divided by bars; case does not count."""


@dataclass(frozen=True)
class Choices:
    """A closed list: what people choose, and what it stands for.

    Attributes
    ----------
    name : str
        Of the list.
    shown : dict of str to str
        What each entry stands for, by what is printed.

    Examples
    --------
    >>> Choices("yes_no", {"Yes": "yes", "No": "no"}).find("Y")
    'yes'
    >>> Choices("yes_no", {"Yes": "yes", "No": "no"}).find("perhaps") is None
    True
    """

    name: str
    shown: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """What a text stands for, if that is sure.

        Parameters
        ----------
        text : str
            As a council wrote it.

        Returns
        -------
        str or None

        Examples
        --------
        >>> Choices("role", {"Joint lead": "joint lead"}).find("Co-lead")
        'joint lead'
        """
        return self._words.get(normalised(text))

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What each word stands for; the list's own come before other words for them."""
        words: dict[str, str] = {}
        for shown, value in self.shown.items():
            words.setdefault(normalised(shown), value)
            words.setdefault(normalised(value), value)
        for value, others in _ALSO.get(self.name, {}).items():
            if value in self.shown.values():
                for other in others.split("|"):
                    words.setdefault(normalised(other), value)
        return words

    def label(self, value: str | None) -> str:
        """What is printed for a value; nothing where there is none.

        Parameters
        ----------
        value : str or None

        Returns
        -------
        str

        Examples
        --------
        >>> Choices("role", {"Joint lead": "joint lead"}).label("joint lead")
        'Joint lead'
        """
        return next((shown for shown, own in self.shown.items() if own == value), value or "")

    def nearest(self, text: str) -> list[str]:
        """Entries that come close, best first; for proposing only.

        First those that have the words written, or their first letters as a word; then those
        that are spelt much alike.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of str
            At most three.

        Examples
        --------
        >>> Choices("basis", {"Realised": "realised", "Projected": "projected"}).nearest("relised")
        ['Realised']
        >>> areas = Choices("category", {"Housing": "housing", "HR": "hr"})
        >>> areas.nearest("Human resources")
        ['HR']
        """
        from rapidfuzz import fuzz

        key = normalised(text[:200])
        scores = {}
        for shown in self.shown:
            other = normalised(shown)
            shared = _shared(key, other)
            # Two letters are found within almost any word.
            alike = fuzz.WRatio(key, other) if len(key) > _SHORTEST else 0
            if shared or alike >= NEAR:
                scores[shown] = shared, alike
        return sorted(scores, key=lambda shown: scores[shown], reverse=True)[:_MOST]


def lists_of(store: Store) -> dict[str, Choices]:
    """The closed lists: the vocabulary's, and the service areas and types of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    dict of str to Choices
        By name of the list.

    Examples
    --------
    >>> lists = lists_of(store)
    >>> lists["mechanism"].find("SLA"), lists["category"].find("roads") is None
    ('service level agreement', True)
    >>> lists["region"].find("Ayrshire")
    'Ayrshires'
    """
    lists = {name: _worded(name, get_args(words)) for name, words in _WORDS.items()}
    lists["operational"] = Choices("operational", OPERATIONAL)
    lists["yes_no"] = Choices("yes_no", {"Yes": "yes", "No": "no"})
    for name, label in (("category", "Category"), ("type", "ActivityType")):
        rows = store.read(
            f"MATCH (n:{label}) RETURN n.name AS name, n.id AS id ORDER BY n.position"
        )
        lists[name] = Choices(name, {row["name"]: row["id"] for row in rows})
    regions = [
        row["label"]
        for row in store.read(
            "MATCH (f:Statistic {group: 'Returns by region'}) WHERE f.label IS NOT NULL "
            "RETURN DISTINCT f.label AS label"
        )
    ]
    labels = dict.fromkeys([SINGLE, EVERYWHERE, *sorted({*AREAS, *regions})])
    lists["region"] = Choices("region", {label: label for label in labels})
    return lists


def _shared(text: str, entry: str) -> float:
    """How many of the words that somebody wrote an entry has; all, if it has their initials."""
    from graphmodel.survey.likeness import FORMS

    words, theirs = text.split(), entry.split()
    telling = [word for word in words if word not in FORMS] or words
    for counted in (words, telling):
        if len(counted) > 1 and "".join(word[0] for word in counted) in theirs:
            return 1
    met = sum(any(_same(word, other) for other in theirs) for word in telling)
    return met / len(telling) if telling else 0


def _same(word: str, other: str) -> bool:
    """Whether two words are one, or forms of one: "libraries" and "library", "comm" too."""
    begins = min(len(word), len(other)) >= _STEM - 1 and (
        word.startswith(other) or other.startswith(word)
    )
    is_form = len(word) >= _STEM and word[:_STEM] == other[:_STEM]
    return word == other or begins or is_form


def _worded(name: str, words: Iterable[str]) -> Choices:
    return Choices(name, {_printed(word): word for word in words})


def _printed(word: str) -> str:
    return word.replace("nhs", "NHS") if word.startswith("nhs") else word[0].upper() + word[1:]
