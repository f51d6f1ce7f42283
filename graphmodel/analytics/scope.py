"""Which part of the picture counts: the day, the statuses, the kinds of service and of tie."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

Weighting = Literal["divided", "plain"]


@dataclass(frozen=True)
class Scope:
    """Which part of the picture counts; the same choices for every analysis.

    Parameters
    ----------
    as_of : date, optional
        The day whose picture it is; today by default.
    statuses : collection of str
        Statuses of services and memberships that count. On a given day, a service
        that has ended since counts as live.
    categories : collection of str
        Ids of service areas; services of any of them count, or all if empty.
    spectrum : collection of str
        Places on the spectrum of collaboration, in the same way.
    roles : collection of str
        Roles of memberships that count, or all if empty.
    partners : bool
        Whether health boards, police and other partners count beside councils.
    undated : bool
        Whether a membership counts for every day if neither it nor its service has a
        known start.
    universal : bool
        Whether services that nearly every council shares make ties.
    most_members : int, optional
        Services with more members make no ties.
    weighting : {"divided", "plain"}
        What a service of k members counts for in the tie of two of them: 1/(k-1), or 1.
    reach : collection of str
        How far services reach, as recorded or else as `graphmodel.analytics.reach.reach`
        has it; others do not count, nor those of which it is not known. All if empty.
    types : collection of str
        Ids of activity types, in the same way.

    Examples
    --------
    >>> Scope(date(2015, 4, 1)).statuses
    ('live', 'pilot')
    """

    as_of: date | None = None
    statuses: Collection[str] = ("live", "pilot")
    categories: Collection[str] = ()
    spectrum: Collection[str] = ()
    roles: Collection[str] = ()
    partners: bool = False
    undated: bool = True
    universal: bool = False
    most_members: int | None = None
    weighting: Weighting = "divided"
    reach: Collection[str] = ()
    types: Collection[str] = ()

    @property
    def day(self) -> date:
        """The day whose picture it is; today, in UTC, where none is given.

        Examples
        --------
        >>> Scope(date(2015, 4, 1)).day
        datetime.date(2015, 4, 1)
        """
        return self.as_of or datetime.now(UTC).date()


def held_on(*names: str, until: str = "$day") -> str:
    """Condition that things held on ``$day``; always true where ``$day`` is null.

    Parameters
    ----------
    *names : str
        Variables of a statement that have ``valid_from`` and ``valid_to``.
    until : str
        Parameter with the last day of a span, for what held on any day of it.

    Returns
    -------
    str
        Cypher; what has no date counts for every day.

    Examples
    --------
    >>> print(held_on("r"))
    ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
    AND (r.valid_to IS NULL OR r.valid_to > $day)))
    """
    conditions = (
        f"($day IS NULL OR (({name}.valid_from IS NULL OR {name}.valid_from <= {until}) "
        f"AND ({name}.valid_to IS NULL OR {name}.valid_to > $day)))"
        for name in names
    )
    return " AND ".join(conditions)


def takes_part(status: str, own_status: str | None, ended: bool, scope: Scope) -> bool:
    """Tell whether a membership that holds on the day counts.

    Parameters
    ----------
    status : str
        The service's status, as last said.
    own_status : str or None
        The membership's, where it differs.
    ended : bool
        Whether an end is known, which then lies after the day.
    scope : Scope
        What counts.

    Returns
    -------
    bool

    Examples
    --------
    >>> takes_part("live", "proposed", False, Scope())
    False
    >>> takes_part("ended", None, True, Scope(date(2012, 1, 1)))
    True
    """
    said = own_status or status
    if scope.as_of is not None and said == "ended" and ended:
        said = "live"
    return said in scope.statuses
