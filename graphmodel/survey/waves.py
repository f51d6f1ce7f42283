"""What a wave of the survey says of each activity: all returns together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graphmodel.survey.answers import Answer, Return

State = Literal["operational", "changed", "ended", "not answered"]


@dataclass(frozen=True)
class Told:
    """What the returns of one wave say of one activity.

    Attributes
    ----------
    id : str
        Of the service; of an answer that is not matched yet, its document and place.
    answers : tuple of (str, Answer)
        Each with the id of the document that it stands in.

    Examples
    --------
    >>> yes = Answer("a", "2020", "row 1", "roads", "Roads", operational="yes")
    >>> Told("roads", (("paper", yes),)).state
    'operational'
    """

    id: str
    answers: tuple[tuple[str, Answer], ...]

    @property
    def name(self) -> str:
        """What most call it; the first in the alphabet of several.

        Examples
        --------
        >>> Told("roads", (("paper", Answer("a", "2020", "row 1", "roads", "Roads")),)).name
        'Roads'
        """
        counted = Counter(answer.name for _, answer in self.answers)
        return min(counted, key=lambda name: (-counted[name], name))

    @property
    def asked(self) -> bool:
        """Whether it was on a form that went out.

        Examples
        --------
        >>> Told("roads", (("paper", Answer("a", "2020", "row 1", "roads", "Roads")),)).asked
        True
        """
        return any(answer.asked for _, answer in self.answers)

    @property
    def state(self) -> State:
        """What becomes of it: operational if one council at least says so.

        Examples
        --------
        >>> blank = Answer("a", "2020", "row 1", "roads", "Roads")
        >>> Told("roads", (("paper", blank),)).state
        'not answered'
        """
        return state_of([answer for _, answer in self.answers])

    @property
    def disputed(self) -> bool:
        """Whether one council says that it has ended, and another that it has not.

        Examples
        --------
        >>> Told("roads", ()).disputed
        False
        """
        said = {answer.operational for _, answer in self.answers}
        return "no" in said and bool(said & {"yes", "changed"})

    @property
    def councils(self) -> tuple[str, ...]:
        """Ids of the councils that answer, sorted.

        Examples
        --------
        >>> Told("roads", ()).councils
        ()
        """
        return tuple(sorted({one.council for _, one in self.answers if one.operational}))


def state_of(answers: Iterable[Answer]) -> State:
    """What some answers together say of an activity.

    Parameters
    ----------
    answers : iterable of Answer

    Returns
    -------
    {"operational", "changed", "ended", "not answered"}

    Examples
    --------
    >>> state_of([Answer("a", "2020", "row 1", "roads", "Roads", operational="no")])
    'ended'
    """
    said = {answer.operational for answer in answers}
    if "changed" in said:
        return "changed"
    if "yes" in said:
        return "operational"
    return "ended" if said & {"no", "left"} else "not answered"


@dataclass(frozen=True)
class Wave:
    """All returns of one wave.

    Attributes
    ----------
    name : str
        Such as "2020".
    returns : tuple of Return

    Examples
    --------
    >>> Wave("2020", ()).reported
    ()
    """

    name: str
    returns: tuple[Return, ...]

    @cached_property
    def told(self) -> Mapping[str, Told]:
        """What is said, by activity.

        Examples
        --------
        >>> dict(Wave("2020", ()).told)
        {}
        """
        found: dict[str, list[tuple[str, Answer]]] = defaultdict(list)
        for one in sorted(self.returns, key=lambda one: one.document):
            for answer in one.answers:
                found[answer.id or f"{one.document}#{answer.place}"].append((one.document, answer))
        return {id_: Told(id_, tuple(found[id_])) for id_ in sorted(found)}

    @property
    def answering(self) -> tuple[str, ...]:
        """Ids of the councils that sent a return, sorted.

        Examples
        --------
        >>> Wave("2020", (Return("a", "2020", "paper", None, "2"),)).answering
        ('a',)
        """
        return tuple(sorted({one.council for one in self.returns}))

    @property
    def reported(self) -> tuple[str, ...]:
        """Ids of the activities of which a return says something.

        Examples
        --------
        >>> blank = Answer("a", "2020", "row 1", "roads", "Roads")
        >>> Wave("2020", (Return("a", "2020", "paper", None, "2", (blank,)),)).reported
        ()
        """
        return tuple(id_ for id_, one in self.told.items() if one.state != "not answered")

    @property
    def operational(self) -> tuple[str, ...]:
        """Ids of the activities that operate by at least one return.

        Examples
        --------
        >>> Wave("2020", ()).operational
        ()
        """
        return tuple(
            id_ for id_, one in self.told.items() if one.state in ("operational", "changed")
        )

    def of(self, council: str) -> Wave:
        """The same with the returns of one council only.

        Parameters
        ----------
        council : str
            Its id.

        Returns
        -------
        Wave

        Examples
        --------
        >>> Wave("2020", (Return("a", "2020", "paper", None, "2"),)).of("b").returns
        ()
        """
        return Wave(self.name, tuple(one for one in self.returns if one.council == council))


def silent(wave: Wave, councils: Collection[str]) -> list[str]:
    """The councils that sent no return.

    Parameters
    ----------
    wave : Wave
    councils : collection of str
        Ids of all that were asked.

    Returns
    -------
    list of str
        Sorted.

    Examples
    --------
    >>> silent(Wave("2020", ()), ["b", "a"])
    ['a', 'b']
    """
    return sorted(set(councils) - set(wave.answering))
