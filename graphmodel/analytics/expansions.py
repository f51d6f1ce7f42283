"""Several new members at once, services that a council could join, and the whole picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graphmodel.analytics.arrangements import Matrix
from graphmodel.analytics.candidates import left_out, score_all
from graphmodel.analytics.facts import Exclusion
from graphmodel.analytics.inquiry import Inquiry
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.projection import UNIVERSAL_SHARE
from graphmodel.analytics.ranks import places
from graphmodel.analytics.series import BY_LAW

EXACT_UP_TO = 1_000_000
"""Sets times councils up to which every set is tried."""
MOST_KEPT = 200
"""Sets that a search keeps at each size where it cannot try all."""
_DIGITS = 9
_Set = tuple[int, ...]


@dataclass(frozen=True)
class JoiningSet:
    """Councils that could join together.

    Attributes
    ----------
    councils : tuple of str
        Ids, sorted.
    score : float
        What each owes the members: its score, given them and those of the set that came
        before it, less its score given the latter alone; added up, on average over all
        orders in which they could come.

    Examples
    --------
    >>> JoiningSet(("a", "b"), 1.5).councils
    ('a', 'b')
    """

    councils: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class JoiningSets:
    """The best sets of new members.

    Attributes
    ----------
    ranked : tuple of JoiningSet
        Best first; equals in order of id.
    exact : bool
        Whether every set was tried.
    tried : int
        How many were.

    Examples
    --------
    >>> JoiningSets((), True, 0).exact
    True
    """

    ranked: tuple[JoiningSet, ...]
    exact: bool
    tried: int


def best_sets(
    inquiry: Inquiry, plan: Plan, number: int, most: int = 20, room: int = EXACT_UP_TO
) -> JoiningSets:
    """Find the best sets of new members, each contiguous together with the present ones.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What they would join.
    number : int
        How many join at once.
    most : int
        How many sets to return.
    room : int
        Sets times councils up to which every set is tried.

    Returns
    -------
    JoiningSets
        No set has a piece, by the links that count, without a present member; none at
        all where no member is known.

    Notes
    -----
    Where there are too many sets, a beam search keeps the best `MOST_KEPT` of each size,
    by the scores of the order in which they were found; those that remain are then
    scored over all orders like the others.

    Service areas play no part in what newcomers owe each other: that another service
    serves one of them already speaks against its joining members, not newcomers.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> found = best_sets(inquiry, inquiry.plan("ayrshire-roads-alliance"), 2)
    >>> found.exact, len(found.ranked[0].councils)
    (True, 2)
    """
    search = _Search(inquiry, plan, room)
    sets, exact = search.sets(number)
    values = {one: search.value(one) for one in sets}
    names = inquiry.learnt.known.councils
    ranked = sorted(
        (
            JoiningSet(tuple(names[at] for at in one), round(value, _DIGITS) + 0.0)
            for one, value in values.items()
        ),
        key=lambda one: (-one.score, one.councils),
    )
    return JoiningSets(tuple(ranked[:most]), exact, len(sets))


class _Search:
    """Sets of columns of the arrangements, and what each would score."""

    def __init__(self, inquiry: Inquiry, plan: Plan, room: int) -> None:
        self._learnt, self._plan = inquiry.learnt, plan
        self._names = inquiry.learnt.known.councils
        self._most = max(1, room // len(self._names))
        column = {name: at for at, name in enumerate(self._names)}
        free = score_all(inquiry, plan)
        out = {one.council for one in _out_of_the_question(inquiry, plan)}
        self._open = {column[one.council] for one in free if one.council not in out}
        if not plan.members:
            self._open = set()
        touching = inquiry.touching
        self._beside: list[set[int]] | None = None
        if touching is not None:
            self._beside = [{column[other] for other in touching[name]} for name in self._names]
        self._members = {column[one] for one in plan.members if one in column}
        self._without = self._learnt.family(sorted(plan.ignored))
        self._rows: dict[_Set, Matrix] = {}
        self._values: dict[_Set, float] = {(): 0.0}

    def sets(self, number: int) -> tuple[list[_Set], bool]:
        """All sets of a size that may join, or the most promising where there are too many."""
        level: dict[_Set, float] = {(): 0.0}
        exact, most = True, self._most
        for _ in range(number):
            if len(level) > most:
                exact, level = False, dict(_best(level, min(MOST_KEPT, most)))
            self._score(level)
            grown: dict[_Set, float] = {}
            for one, path in level.items():
                for new in self._next(one):
                    larger = tuple(sorted((*one, new)))
                    value = path + float(self._rows[one][new])
                    grown[larger] = max(grown.get(larger, -np.inf), value)
            level = grown
        if len(level) > most:
            exact, level = False, dict(_best(level, min(MOST_KEPT, most)))
        return sorted(level), exact

    def value(self, one: _Set) -> float:
        """Mean over all orders of what each owes the members, given those who came before."""
        if one not in self._values:
            befores = [tuple(other for other in one if other != last) for last in one]
            self._score(befores)
            self._values[one] = float(
                np.mean(
                    [
                        self.value(before) + float(self._rows[before][last])
                        for before, last in zip(befores, one, strict=True)
                    ]
                )
            )
        return self._values[one]

    def _next(self, one: _Set) -> set[int]:
        if self._beside is None:
            return self._open - set(one)
        reached = set().union(*(self._beside[at] for at in (*self._members, *one)))
        return (reached & self._open) - set(one)

    def _score(self, sets: Iterable[_Set]) -> None:
        asked = [one for one in dict.fromkeys(sets) if one not in self._rows]
        if not asked:
            return
        members = [{*self._plan.members, *(self._names[at] for at in one)} for one in asked]
        alone = [[self._names[at] for at in one] for one in asked]
        scores = self._learnt.scores(members, self._without, self._plan.categories)
        owed = scores - self._learnt.scores(alone, self._without)
        self._rows.update(zip(asked, owed, strict=True))


def _best(level: dict[_Set, float], most: int) -> list[tuple[_Set, float]]:
    return sorted(level.items(), key=lambda one: (-round(one[1], _DIGITS), one[0]))[:most]


def _out_of_the_question(inquiry: Inquiry, plan: Plan) -> list[Exclusion]:
    """Those left out for more than not touching a member: another new one may lie between."""
    anywhere = Inquiry(inquiry.around, inquiry.learnt, "any")
    return left_out(anywhere, plan)


@dataclass(frozen=True)
class Opening:
    """A service that a council could join.

    Attributes
    ----------
    service, council : str
        Their ids.
    rank, rivals : int
        The council's place among the candidates for the service (equals share one), and
        their number.
    score : float
        As for `graphmodel.analytics.candidates.Candidate`.
    standing : float
        How many standard deviations that lies above the mean of all councils that do
        not take part in the service: it compares over services, as scores do not.
    chance : float or None
        That it is this council, if one more joins the service.

    Examples
    --------
    >>> Opening("roads", "a", 1, 5, 0.7, 2.5, 0.4).rank
    1
    """

    service: str
    council: str
    rank: int
    rivals: int
    score: float
    standing: float
    chance: float | None


def openings(inquiry: Inquiry, council: str | None = None) -> list[Opening]:
    """Who could join which service: for one council, or for all.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    council : str, optional
        Id of the one council that is asked about.

    Returns
    -------
    list of Opening
        Of all services that are live or a pilot with two members or more, but not nine
        in ten councils, and that the law has not set up for their area. By chance, which
        means the same for every service; where it cannot be told, by standing. Equals in
        order of service and council.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> {one.council for one in openings(read_inquiry(store), "GB-LAS-NAY")}
    {'GB-LAS-NAY'}
    """
    found = [
        one
        for service in open_services(inquiry)
        for one in _openings(inquiry, service)
        if council is None or one.council == council
    ]
    return sorted(
        found,
        key=lambda one: (
            -(one.standing if one.chance is None else one.chance),
            one.service,
            one.council,
        ),
    )


def open_services(inquiry: Inquiry) -> list[str]:
    """Services that are looked at when no one service is asked about.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.

    Returns
    -------
    list of str
        Ids, sorted.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> "ayrshire-roads-alliance" in open_services(read_inquiry(store))
    True
    """
    services = inquiry.around.services
    return [one for one in _with_members(inquiry) if services[one].mechanism != BY_LAW]


def boards(inquiry: Inquiry) -> list[str]:
    """Services that would be looked at if the law had not set them up for their area.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.

    Returns
    -------
    list of str
        Ids, sorted.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> set(boards(inquiry)) & set(open_services(inquiry))
    set()
    """
    services = inquiry.around.services
    return [one for one in _with_members(inquiry) if services[one].mechanism == BY_LAW]


def _with_members(inquiry: Inquiry) -> list[str]:
    around = inquiry.around
    most = UNIVERSAL_SHARE * len(around.councils)
    return [
        service
        for service in sorted(around.services)
        if around.running(service) and 2 <= len(around.members(service)) < most
    ]


def _openings(inquiry: Inquiry, service: str) -> list[Opening]:
    plan = inquiry.plan(service)
    out = {one.council for one in left_out(inquiry, plan)}
    scored = score_all(inquiry, plan)
    scores = np.array([one.score for one in scored])
    ranked = [one for one in scored if one.council not in out]
    ranked.sort(key=lambda one: (-one.score, one.council))
    at = places([{one.council: one.score for one in ranked}])
    return [
        Opening(
            service,
            one.council,
            at[one.council],
            len(ranked),
            one.score,
            round(float((one.score - scores.mean()) / (scores.std() or 1.0)), _DIGITS) + 0.0,
            one.chance,
        )
        for one in ranked
    ]
