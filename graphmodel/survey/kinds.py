"""How the operating activities of a wave spread over types, regions and service areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graphmodel.survey.waves import Wave

Facet = Literal["type", "region", "category"]
LEADS = ("lead", "joint lead")


@dataclass(frozen=True)
class Kinds:
    """How the operating activities of a wave spread over kinds.

    Attributes
    ----------
    counts : dict of str to int
        Activities by kind, each in one.
    unknown : int
        Activities of which no return gives the kind.
    torn : int
        Activities of which as many give one as another, be they leads or, without any, others.

    Examples
    --------
    >>> Kinds({"co-location": 1, "training": 3}, 2, 0).base
    4
    """

    counts: Mapping[str, int]
    unknown: int
    torn: int

    @property
    def base(self) -> int:
        """What is 100 %.

        Examples
        --------
        >>> Kinds({}, 2, 0).base
        0
        """
        return sum(self.counts.values())


def kinds(wave: Wave, facet: Facet, order: Sequence[str], earlier: Sequence[Wave] = ()) -> Kinds:
    """Count the operating activities of a wave by type, region or category.

    Each counts once, however many councils tell of it: under the kind that its lead gives, else
    the one that most give, as a council that only confirms what its form shows gives it too.
    Where as many give another, it is the one that is first in order. What this wave does not say
    is taken from the latest earlier one that does.

    Parameters
    ----------
    wave : Wave
    facet : {"type", "region", "category"}
    order : sequence of str
        The kinds that there are; others come after them.
    earlier : sequence of Wave
        Oldest first.

    Returns
    -------
    Kinds

    Examples
    --------
    >>> from graphmodel.survey.answers import Answer, Return
    >>> told = Answer("a", "2020", "row 1", "roads", "Roads", operational="yes", type="training")
    >>> wave = Wave("2020", (Return("a", "2020", "paper", None, "2", (told,)),))
    >>> kinds(wave, "type", ["co-location", "training"]).counts
    {'co-location': 0, 'training': 1}
    """
    place = {kind: at for at, kind in enumerate(order)}
    found: Counter[str] = Counter()
    unknown = torn = 0
    for id_ in wave.operational:
        best = _best(id_, facet, [wave, *reversed(earlier)])
        unknown += not best
        torn += len(best) > 1
        if best:
            found[min(best, key=lambda kind: (place.get(kind, len(place)), kind))] += 1
    rest = sorted(set(found) - set(order))
    return Kinds({kind: found[kind] for kind in (*order, *rest)}, unknown, torn)


def _best(id_: str, facet: Facet, waves: Iterable[Wave]) -> set[str]:
    """The kinds that most leads give, or most others, in the first wave where one does."""
    for wave in waves:
        told = wave.told.get(id_)
        said = {
            (answer.council, kind, answer.role in LEADS)
            for _, answer in (told.answers if told else ())
            if (kind := getattr(answer, facet))
        }
        counts = Counter(kind for _, kind, leads in said if leads)
        counts = counts or Counter(kind for _, kind, _ in said)
        if counts:
            return {kind for kind, number in counts.items() if number == max(counts.values())}
    return set()
