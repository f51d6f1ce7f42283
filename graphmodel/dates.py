"""Partial ISO dates, and the half-open intervals they stand for.

Sources say "2009", "June 2013" or "31 March 2015". We keep what was published
(``2009``, ``2013-06``, ``2015-03-31``) and derive real dates for asking "as of".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

_PARTIAL = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?", re.ASCII
)
_FINANCIAL_YEAR = re.compile(r"(?P<year>[0-9]{4})/(?P<next>[0-9]{2})", re.ASCII)

LAST_YEAR = 9998
"""The last year accepted: the day after a period must still be a date."""


class Interval(NamedTuple):
    """A half-open span of days ``[start, end)``; ``None`` is open or unknown.

    Attributes
    ----------
    start, end : date or None
        First day, and the day after the last.

    Examples
    --------
    >>> Interval(date(2009, 1, 1), None).end is None
    True
    """

    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the interval.

        Parameters
        ----------
        day : date
            Any day.

        Returns
        -------
        bool

        Examples
        --------
        >>> Interval(date(2009, 1, 1), date(2015, 4, 1)).holds(date(2015, 3, 31))
        True
        >>> Interval(date(2009, 1, 1), date(2015, 4, 1)).holds(date(2015, 4, 1))
        False
        """
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Interval) -> bool:
        """Tell whether two intervals share a day.

        Parameters
        ----------
        other : Interval
            The second.

        Returns
        -------
        bool

        Examples
        --------
        >>> first = Interval(date(2009, 1, 1), date(2010, 1, 1))
        >>> first.overlaps(Interval(date(2010, 1, 1), None))
        False
        """
        starts_in_time = self.start is None or other.end is None or self.start < other.end
        ends_late_enough = self.end is None or other.start is None or other.start < self.end
        return starts_in_time and ends_late_enough


def period(text: str) -> Interval:
    """Turn a partial ISO date into the days that it covers.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    Interval
        Its first day, and the day after its last; never open.

    Raises
    ------
    ValueError
        If the text is not such a date, or there is no such day.

    Notes
    -----
    ISO 8601-1:2019, sections 5.2.2.1 (a day) and 5.2.2.2 (a month, a year).

    Examples
    --------
    >>> period("2013-06")
    Interval(start=datetime.date(2013, 6, 1), end=datetime.date(2013, 7, 1))
    >>> period("2015-03-31").end
    datetime.date(2015, 4, 1)
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError("expected a date as YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(match["year"])
    if not 1 <= year <= LAST_YEAR:
        raise ValueError(f"there is no year {match['year']} here: expected 0001 to {LAST_YEAR}")
    if match["month"] is None:
        return Interval(date(year, 1, 1), date(year + 1, 1, 1))
    month = int(match["month"])
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {match['month']}")
    if match["day"] is None:
        following = date(year + month // 12, month % 12 + 1, 1)
        return Interval(date(year, month, 1), following)
    try:
        day = date(year, month, int(match["day"]))
    except ValueError:
        raise ValueError(f"there is no day {text}") from None
    return Interval(day, day + timedelta(days=1))


def span(since: str | None, until: str | None) -> Interval:
    """Turn a published start and end, each inclusive, into a half-open interval.

    Parameters
    ----------
    since, until : str or None
        Partial ISO dates; ``None`` where nothing was published.

    Returns
    -------
    Interval
        From the first day of ``since`` to the day after the last of ``until``.

    Raises
    ------
    ValueError
        If a date cannot be read, or the end lies before the start.

    Examples
    --------
    >>> span("2009", "2015-03-31")
    Interval(start=datetime.date(2009, 1, 1), end=datetime.date(2015, 4, 1))
    >>> span("2015", "2014")
    Traceback (most recent call last):
    ...
    ValueError: it ends (2014) before it starts (2015)
    """
    start = period(since).start if since else None
    end = period(until).end if until else None
    if start is not None and end is not None and end <= start:
        raise ValueError(f"it ends ({until}) before it starts ({since})")
    return Interval(start, end)


def financial_period(text: str) -> Interval:
    """Turn a financial year (``2014/15``) or a partial ISO date into its days.

    Parameters
    ----------
    text : str
        ``YYYY/YY``, or as `period` takes it.

    Returns
    -------
    Interval
        Its first day, and the day after its last; never open.

    Raises
    ------
    ValueError
        If the text is neither, or its two years do not follow each other.

    Notes
    -----
    A local authority's financial year ends with 31 March: Local Government (Scotland)
    Act 1973, section 96(5).

    Examples
    --------
    >>> financial_period("2014/15")
    Interval(start=datetime.date(2014, 4, 1), end=datetime.date(2015, 4, 1))
    """
    match = _FINANCIAL_YEAR.fullmatch(text)
    if match is None:
        try:
            return period(text)
        except ValueError as error:
            raise ValueError(f"{error}, or a financial year as YYYY/YY") from None
    year = int(match["year"])
    if not 1 <= year < LAST_YEAR or int(match["next"]) != (year + 1) % 100:
        raise ValueError(f"{text} is not a financial year: expected one like 2014/15")
    return Interval(date(year, 4, 1), date(year + 1, 4, 1))
