"""What can be asked about candidates again and again: read and learnt once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import networkx as nx

from graphmodel.analytics.facts import Exclusion
from graphmodel.analytics.geography import CONTIGUOUS
from graphmodel.analytics.learnt import Learnt, learn
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.recorded import read_arrangements
from graphmodel.analytics.surroundings import LINKS, Surroundings, read_surroundings
from graphmodel.store import Store

Reach = Literal["land", "ferry", "any"]
KINDS: Mapping[Reach, tuple[str, ...]] = {"land": CONTIGUOUS, "ferry": LINKS, "any": ()}
"""Links by which a candidate must touch a member; none where it may be anywhere."""


@dataclass(frozen=True)
class Inquiry:
    """What can be asked of a store again and again: read and learnt once.

    Attributes
    ----------
    around : Surroundings
        What is on record.
    learnt : Learnt
        The score.
    reach : {"land", "ferry", "any"}
        How a candidate must touch a member.

    Examples
    --------
    >>> read_inquiry(store).reach
    'land'
    """

    around: Surroundings
    learnt: Learnt
    reach: Reach = "land"

    def plan(
        self,
        service: str | None = None,
        *,
        added: Collection[str] = (),
        removed: Collection[str] = (),
        categories: Collection[str] = (),
        ignored: Collection[str] = (),
    ) -> Plan:
        """Say what is asked about: a service, a set of councils, or one changed.

        Parameters
        ----------
        service : str, optional
            Id of a service on record.
        added, removed : collection of str
            Councils that it is to be as if they took part, or did not.
        categories : collection of str
            Service areas; by default those of the service.
        ignored : collection of str
            Services that it is to be as if they were not on record.

        Returns
        -------
        Plan

        Examples
        --------
        >>> asked = read_inquiry(store).plan(added=["GB-LAS-DND", "GB-LAS-PKN"])
        >>> sorted(asked.members)
        ['GB-LAS-DND', 'GB-LAS-PKN']
        """
        members: frozenset[str] = frozenset()
        barred: dict[str, Exclusion] = {}
        out = set(ignored)
        if service is not None:
            members = self.around.members(service)
            barred = self.around.barred(service)
            categories = categories or tuple(self.around.categories.get(service, ()))
            out.add(service)
        members = (members | frozenset(added)) - frozenset(removed)
        kept = {one: why for one, why in barred.items() if one not in {*members, *removed}}
        kin = (self.learnt.known.services[row] for row in self.learnt.family(sorted(out)))
        return Plan(members, service, frozenset(categories), kept, frozenset({*out, *kin}))

    @cached_property
    def touching(self) -> nx.Graph | None:
        """Which councils touch by the links that count; None where none has to."""
        kinds = KINDS[self.reach]
        return self.around.map_by(kinds) if kinds else None


def read_inquiry(store: Store, as_of: date | None = None, reach: Reach = "land") -> Inquiry:
    """Read and learn what candidates are judged by.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        The day whose picture it is, and the only one that is learnt from; by default
        that of today, learnt from the past too.
    reach : {"land", "ferry", "any"}
        How a candidate must touch a member.

    Returns
    -------
    Inquiry

    Examples
    --------
    >>> len(read_inquiry(store).learnt.known.councils)
    32
    """
    return Inquiry(read_surroundings(store, as_of), learn(read_arrangements(store, as_of)), reach)
