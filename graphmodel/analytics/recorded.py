"""From the store to arrangements: every membership on record, with what dates it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from graphmodel.analytics.arrangements import Arrangements, arrangements
from graphmodel.analytics.geography import contiguity, grouping_members
from graphmodel.dates import period
from graphmodel.store import Store

COUNTING = ("live", "pilot", "ended")
"""Statuses of memberships that there are or were; plans and refusals teach nothing yet."""


@dataclass(frozen=True)
class Membership:
    """A council's part in a service, and when it is known to have been there.

    Attributes
    ----------
    council, service : str
        Their ids.
    start, end : date or None
        When it began and ended, if that is known.
    seen : date or None
        First day on which a source said that it is there.

    Examples
    --------
    >>> Membership("a", "roads", None, None, date(2010, 2, 1)).known_by(date(2011, 1, 1))
    True
    """

    council: str
    service: str
    start: date | None
    end: date | None
    seen: date | None

    def known_by(self, day: date) -> bool | None:
        """Tell whether it was there before a day.

        Parameters
        ----------
        day : date
            Any day.

        Returns
        -------
        bool or None
            None if nothing tells.

        Examples
        --------
        >>> Membership("a", "roads", date(2012, 1, 1), None, None).known_by(date(2011, 1, 1))
        False
        """
        if self.start is not None:
            return self.start < day
        return True if self.seen is not None and self.seen < day else None


def recorded_memberships(store: Store, as_of: date | None = None) -> list[Membership]:
    """Every membership on record that is live or was, past ones too.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        Only those of that day.

    Returns
    -------
    list of Membership
        In order of service and council.

    Examples
    --------
    >>> found = recorded_memberships(store)
    >>> sum(one.service == "ayrshire-roads-alliance" for one in found)
    2
    """
    rows = store.read(
        "MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service) "
        "OPTIONAL MATCH (d:Document {id: r.source}) "
        "RETURN c.id AS council, s.id AS service, s.status AS status, r.status AS own, "
        "s.valid_from AS service_start, s.valid_to AS service_end, r.valid_from AS start, "
        "r.valid_to AS end, d.published AS published"
    )
    found = []
    for row in rows:
        if (row["own"] or row["status"]) not in COUNTING:
            continue
        start = row["start"] or row["service_start"]
        end = row["end"] or row["service_end"]
        seen = period(row["published"]).start if row["published"] else None
        if as_of and ((start and start > as_of) or (end and end <= as_of)):
            continue
        found.append(Membership(row["council"], row["service"], start, end, seen))
    return sorted(found, key=lambda one: (one.service, one.council, str(one.start)))


def read_arrangements(
    store: Store,
    as_of: date | None = None,
    *,
    memberships: Iterable[Membership] | None = None,
    services: Collection[str] = (),
) -> Arrangements:
    """Everything that candidates can be learnt from.

    Parameters
    ----------
    store : Store
        An open store.
    as_of : date, optional
        Only memberships and groupings of that day.
    memberships : iterable of Membership, optional
        Those that count, as from `recorded_memberships`; all by default.
    services : collection of str
        Ids of services that get a row though nobody takes part in them.

    Returns
    -------
    Arrangements
        Groupings that are the area of one of the services are left out: they say of
        its members what is to be found out.

    Examples
    --------
    >>> len(read_arrangements(store).councils)
    32
    """
    members: dict[str, set[str]] = {service: set() for service in services}
    if memberships is None:
        memberships = recorded_memberships(store, as_of)
    for one in memberships:
        members.setdefault(one.service, set()).add(one.council)
    touching = contiguity(store)
    lengths = {
        (first, second): sum(link["km"] for link in links)
        for first, second, links in touching.edges(data="links")
        if all(link["km"] is not None for link in links)
    }
    categories: dict[str, list[str]] = {}
    for row in store.read(
        "MATCH (s:Service)-[:IN_CATEGORY]->(k:Category) RETURN s.id AS service, k.id AS category"
    ):
        categories.setdefault(row["service"], []).append(row["category"])
    areas = {
        row["area"]
        for row in store.read(
            "MATCH (s:Service)-[:FOCUSED_ON]->(g:Grouping) RETURN s.id AS service, g.id AS area"
        )
        if row["service"] in members
    }
    related = store.read(
        "MATCH (a:Service)-[:PART_OF|SUCCEEDS]->(b:Service) RETURN a.id AS a, b.id AS b"
    )
    return arrangements(
        members,
        touching.edges,
        lengths=lengths,
        councils=touching.nodes,
        categories=categories,
        groupings={
            grouping.id: grouping.members
            for grouping in grouping_members(store, as_of).values()
            if grouping.id not in areas
        },
        kin=[(row["a"], row["b"]) for row in related],
    )
