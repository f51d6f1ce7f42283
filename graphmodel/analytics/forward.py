"""Forward in time: what was there before a day, and what came after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graphmodel.analytics.arrangements import Arrangements
from graphmodel.analytics.backtest import Fold
from graphmodel.analytics.recorded import Membership


@dataclass(frozen=True)
class Split:
    """Memberships on both sides of a day.

    Attributes
    ----------
    before, after : tuple of Membership
        Those known to have been there before the day, and those that began later.
    unknown : tuple of Membership
        Those that nothing dates.

    Examples
    --------
    >>> Split((), (), ()).after
    ()
    """

    before: tuple[Membership, ...]
    after: tuple[Membership, ...]
    unknown: tuple[Membership, ...]


def split_at(memberships: Iterable[Membership], day: date) -> Split:
    """Tell what was there before a day from what came after it.

    Parameters
    ----------
    memberships : iterable of Membership
        As from `graphmodel.analytics.recorded.recorded_memberships`.
    day : date
        The first day of what is to be found.

    Returns
    -------
    Split

    Examples
    --------
    >>> old = Membership("a", "roads", date(2009, 1, 1), None, None)
    >>> new = Membership("b", "roads", date(2012, 1, 1), None, None)
    >>> split_at([old, new], date(2010, 1, 1)).after == (new,)
    True
    """
    sides: dict[bool | None, list[Membership]] = {True: [], False: [], None: []}
    for one in memberships:
        sides[one.known_by(day)].append(one)
    return Split(*(tuple(sides[side]) for side in (True, False, None)))


def forward_folds(split: Split, known: Arrangements, least: int = 3, most: int = 20) -> list[Fold]:
    """What to look for after the day.

    Those who joined a service that was there before are hidden together. Of a service
    that began later each member is hidden in turn; the others say what is asked for.

    Parameters
    ----------
    split : Split
        What came before and after.
    known : Arrangements
        What was known before, with rows for the services that came after.
    least, most : int
        Members that a service has in the end.

    Returns
    -------
    list of Fold
        In order of service.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> new = [Membership(council, "roads", date(2012, 1, 1), None, None) for council in "abc"]
    >>> known = arrangements({"roads": []}, councils="abcd")
    >>> [fold.hidden for fold in forward_folds(Split((), tuple(new), ()), known)]
    [(0,), (1,), (2,)]
    """
    column = {council: at for at, council in enumerate(known.councils)}
    row = {service: at for at, service in enumerate(known.services)}
    there: dict[int, set[int]] = {}
    joined: dict[int, set[int]] = {}
    for one in (*split.before, *split.unknown):
        if one.service in row:
            there.setdefault(row[one.service], set()).add(column[one.council])
    for one in split.after:
        joined.setdefault(row[one.service], set()).add(column[one.council])
    made = []
    for service, late in sorted(joined.items()):
        early = there.get(service, set())
        new = late - early
        if not least <= len(early | late) <= most or not new:
            continue
        groups = [new] if early else [{council} for council in sorted(new)]
        made += [
            Fold(service, tuple(sorted((early | new) - hidden)), tuple(sorted(hidden)))
            for hidden in groups
        ]
    return made
