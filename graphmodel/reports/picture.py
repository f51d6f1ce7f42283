"""What every analysis says of the picture beneath it: what counts, as of when, what does not."""

from __future__ import annotations

from datetime import date

from graphmodel.analytics.picture import Picture
from graphmodel.analytics.scope import Scope

MOST_NAMED = 9
"""Large services that a note names; more are counted."""


def picture_notes(picture: Picture) -> list[str]:
    """Say which services an analysis counts, and which it leaves out.

    Parameters
    ----------
    picture : Picture
        What it rests on.

    Returns
    -------
    list of str
        One a line.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> len(picture_notes(picture(store)))
    3
    """
    notes = counted_notes(picture)
    if picture.scope.weighting == "plain":
        notes.append("Plain counts: a service counts as much for each pair however many share it.")
    notes += left_out_notes(picture)
    if picture.parts:
        one = len(picture.parts) == 1
        notes.append(
            f"{len(picture.parts)} of all these services {'is a part' if one else 'are parts'} of "
            f"another that counts, without a member of {'its' if one else 'their'} own: no second "
            "tie comes of what the whole ties already."
        )
    return notes


def left_out_notes(picture: Picture) -> list[str]:
    """Say which services are left out as too many take part in them.

    Parameters
    ----------
    picture : Picture
        What an analysis rests on.

    Returns
    -------
    list of str
        One a line; none if none are left out.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> left_out_notes(picture(store))[0].partition(" take part")[0]
    'Nine in ten councils or more'
    """
    notes = []
    universal = [service for service in picture.left_out if not _is_large(picture, service)]
    large = [service for service in picture.left_out if _is_large(picture, service)]
    if universal:
        notes.append(
            f"Nine in ten councils or more take part in {', '.join(picture.names(universal))}: "
            "left out, as it ties all alike."
        )
    if large:
        some = (
            ", ".join(picture.names(large)) if len(large) <= MOST_NAMED else f"{len(large)} of them"
        )
        notes.append(
            f"More than {picture.scope.most_members} take part in {some}: left out, as was asked."
        )
    return notes


def counted_notes(picture: Picture) -> list[str]:
    """Say which services an analysis counts, as of when, and what that cannot tell.

    Parameters
    ----------
    picture : Picture
        What it rests on.

    Returns
    -------
    list of str
        One a line; a warning follows where the day is one that no source speaks of.

    Examples
    --------
    >>> from datetime import date
    >>> from graphmodel.analytics.picture import picture
    >>> from graphmodel.analytics.scope import Scope
    >>> counted_notes(picture(store, Scope(date(1980, 1, 1))))[1].partition(":")[0]
    'Mind that 1980-01-01 lies before 1996-01-01'
    """
    return [_counted(picture), *unspoken(picture.scope.as_of, picture.on_record)]


def unspoken(day: date | None, on_record: tuple[date | None, date | None]) -> list[str]:
    """Warn of a day before all that is dated, and of one that is still to come.

    Parameters
    ----------
    day : date or None
        The day that was asked for.
    on_record : tuple of (date or None, date or None)
        As from `graphmodel.analytics.picture.days_on_record`.

    Returns
    -------
    list of str
        One a line; none if there is nothing to warn of.

    Examples
    --------
    >>> from datetime import date
    >>> unspoken(date(2010, 1, 1), (date(1996, 1, 1), date(2020, 1, 1)))
    []
    """
    first, last = on_record
    if day is None:
        return []
    if first and day < first:
        return [
            f"Mind that {day} lies before {first}: nothing on record dates a council's part in "
            "anything so early. What has no start, and councils without one, is shown as it was "
            "later, and need not have been there."
        ]
    if day <= Scope().day:
        return []
    after = "but for the starts and ends that are on record for days to come"
    if not last or last <= day:
        after = f"and nothing is on record after {last}" if last else "and nothing is dated"
    return [f"Mind that {day} is still to come: this is today's picture carried forward, {after}."]


def _is_large(picture: Picture, service: str) -> bool:
    most = picture.scope.most_members
    return most is not None and picture.affiliated.degree(service) > most


def _counted(picture: Picture) -> str:
    """Of how many services the picture is, and as of when they were said to be there."""
    scope = picture.scope
    services = [
        facts for _, facts in picture.affiliated.nodes(data=True) if facts["kind"] == "service"
    ]
    dated = sorted(facts["status_as_of"] for facts in services if facts["status_as_of"])
    age = f" Said of days from {dated[0]} to {dated[-1]}" if dated else ""
    undated = len(services) - len(dated)
    unsaid = f"; of {undated} without a date" if undated else ""
    when = "as last said by the sources"
    if scope.as_of and scope.undated:
        unknown = sum(facts["start"] is None for facts in services)
        when = f"as of {scope.as_of}; {unknown} have no known start and count for every day before"
    elif scope.as_of:
        when = f"as of {scope.as_of}; what has no dates does not count"
    elif not scope.undated:
        when += "; what has no dates does not count"
    counted = f"{len(services)} services that are {' or '.join(scope.statuses)}, {when}."
    return counted + (f"{age}{unsaid}." if age else "")
