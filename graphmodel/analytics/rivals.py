"""Who is served already: a council in another service of the same category, apart from ours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements, Flags, Matrix
from graphmodel.analytics.scores import Fitted, Question

DOUBT = 20.0
"""Councils' worth of doubt whether such a service keeps others away."""


@dataclass(frozen=True)
class Rivals:
    """What is to be said against councils that are in a service of the same category.

    Where safety regions divide a country among them, a council that is in one does not
    join the next; elsewhere a second roads service is no obstacle. How much it tells is
    counted on what is known: how many members of the other services are in a rival, and
    how many councils beside them. A rival has a category in common and no member.

    Notes
    -----
    The logarithm of the ratio of their odds, drawn towards 0 by ``DOUBT`` (naive Bayes
    with a common prior), and never in favour.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> services = {f"{place}{kind}": place for place in ("ab", "cd") for kind in range(9)}
    >>> areas = {service: [service[2:]] for service in services}
    >>> known = arrangements(services, borders=["ab", "bc", "cd"], councils="e", categories=areas)
    >>> asked = Question(np.array([[True, False, False, False, False]]), (0,), frozenset("0"))
    >>> Rivals().fit(known).scores(asked).round(1)
    array([[ 0. ,  0. , -2.4, -2.4,  0. ]])
    """

    name: str = "no service of the same category"

    def fit(self, known: Arrangements) -> Fitted:
        """Count who is in a rival."""
        members = known.members
        same = _same_category(known)
        overlap = sparse.csr_array(members @ members.T)
        alone = sparse.csr_array(same.multiply(overlap == 1))
        apart = sparse.csr_array(same - same.multiply(overlap > 0))
        touching = sparse.csr_array(((members @ known.borders) > 0).astype(float))
        beside = _stored(touching - touching.multiply(members))
        return _Counted(known, same, _Side(members, alone, members), _Side(beside, apart, members))


def _same_category(known: Arrangements) -> sparse.csr_array:
    """1 where two services that are no kin have a category in common, and members."""
    columns = {name: at for at, name in enumerate(sorted(frozenset().union(*known.categories)))}
    cells = [
        (service, columns[name])
        for service, names in enumerate(known.categories)
        for name in names
        if known.sizes[service]
    ]
    of = sparse.csr_array(
        (np.ones(len(cells)), tuple(np.array(cells, int).reshape(-1, 2).T)),
        shape=(len(known.services), len(columns)),
    )
    pairs = sparse.coo_array(of @ of.T)
    kin = np.array(known.kin)
    pairs.data = (kin[pairs.coords[0]] != kin[pairs.coords[1]]).astype(float)
    return _stored(pairs)


def _stored(cells: sparse.sparray) -> sparse.csr_array:
    kept = sparse.csr_array(cells)
    kept.eliminate_zeros()
    return kept


class _Side:
    """The councils in each service, or those beside it, and how many of them are in a rival."""

    def __init__(
        self, councils: sparse.csr_array, rivals: sparse.csr_array, members: sparse.csr_array
    ) -> None:
        self._councils, self._rivals, self._members = councils, rivals, members
        self._held = sparse.csr_array((rivals @ members).multiply(councils))

    def count(self, telling: Flags, without: list[int]) -> tuple[int, int]:
        """How many are in a rival, and of how many, over the services that can tell."""
        gone = self._rivals[:, without] @ self._members[without]
        held = self._held - gone.multiply(self._councils) if without else self._held
        by_service = np.asarray((held > 0).sum(axis=1)).ravel()
        return int(by_service[telling].sum()), int(np.diff(self._councils.indptr)[telling].sum())


@dataclass(frozen=True)
class _Counted:
    known: Arrangements
    same: sparse.csr_array
    inside: _Side
    beside: _Side

    def scores(self, question: Question) -> Matrix:
        """Score every council, for each set of members: 0, or less if it is in a rival."""
        others = [
            service
            for service, names in enumerate(self.known.categories)
            if names & question.categories and service not in question.without
        ]
        if not others:
            return np.zeros(question.members.shape)
        theirs = self.known.members[others]
        apart = (theirs @ question.members.T.astype(float)).T == 0
        return np.asarray(0.0 - self._weight(question.without) * ((apart @ theirs) > 0))

    def _weight(self, without: tuple[int, ...]) -> float:
        left = np.ones(len(self.known.services))
        left[list(without)] = 0
        telling = ((self.same @ left) > 0) & (left > 0)
        held_inside, inside = self.inside.count(telling, list(without))
        held_beside, beside = self.beside.count(telling, list(without))
        usual = (held_inside + held_beside + 1) / (inside + beside + 2)
        members = (held_inside + DOUBT * usual) / (inside + DOUBT)
        rivals = (held_beside + DOUBT * usual) / (beside + DOUBT)
        return float(max(0.0, np.log(rivals / (1 - rivals)) - np.log(members / (1 - members))))
