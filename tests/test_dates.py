"""Partial dates and the days they stand for, against a calendar of single days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.dates import Interval, financial_period, period, span

DAYS = [date(1999, 1, 1) + timedelta(days=number) for number in range(5 * 365 + 1)]
"""Every day of five years, one of them a leap year."""
MORE_DAYS = [date(1998, 1, 1) + timedelta(days=number) for number in range(7 * 365 + 2)]


@st.composite
def partial_dates(draw: st.DrawFn) -> str:
    """A day, month or year in or beside those of ``DAYS``, as text."""
    day = draw(st.dates(date(1998, 6, 1), date(2004, 6, 30)))
    return day.isoformat()[: draw(st.sampled_from([4, 7, 10]))]


def starts_by(day: date, since: str | None) -> bool:
    """Whether a published start is not after a day, both compared at its precision."""
    return since is None or since <= day.isoformat()[: len(since)]


def lasts_to(day: date, until: str | None) -> bool:
    """Whether a published, inclusive end is not before a day."""
    return until is None or day.isoformat()[: len(until)] <= until


def last_day(text: str) -> date:
    return max(day for day in MORE_DAYS if day.isoformat().startswith(text))


def days_of(interval: Interval) -> list[date]:
    return [day for day in DAYS if interval.holds(day)]


def test_the_calendar_is_whole() -> None:
    assert DAYS[-1] == date(2003, 12, 31)
    assert MORE_DAYS[-1] == date(2004, 12, 31)


@given(partial_dates())
def test_a_period_holds_the_days_that_begin_with_its_text(text: str) -> None:
    interval = period(text)

    assert days_of(interval) == [day for day in DAYS if day.isoformat().startswith(text)]
    assert interval.start is not None
    assert interval.end is not None
    assert interval.holds(interval.start)
    assert not interval.holds(interval.end)
    assert interval.holds(interval.end - timedelta(days=1))


@given(st.integers(1, 9998), st.integers(0, 99), st.integers(0, 99))
def test_only_days_of_the_calendar_are_days(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        real = date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match=rf"^there is no (day {text}|month {month:02})$"):
            period(text)
    else:
        assert period(text) == Interval(real, real + timedelta(days=1))


@given(
    st.text(alphabet="0123456789-/ T+Z\n٣", max_size=12)
    | st.from_regex(r"[0-9]{1,5}(-[0-9]{1,3}){0,3}", fullmatch=True)
)
def test_what_is_taken_for_a_date_is_written_as_one(text: str) -> None:
    try:
        interval = period(text)
    except ValueError:
        return
    assert interval.start is not None
    assert len(text) in (4, 7, 10)
    assert interval.start.isoformat().startswith(text)


@pytest.mark.parametrize("text", ["2013-02-30", "1900-02-29", "2013-13", "2013-00", "2013-04-31"])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^there is no (day|month) "):
        period(text)


@pytest.mark.parametrize("text", ["0000", "9999", "0000-01", "9999-12-31"])
def test_years_beyond_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=rf"^there is no year {text[:4]} here: "):
        period(text)


@pytest.mark.parametrize("text", ["", " 2013", "2013 ", "13", "2013-6", "20130601", "2013-06-01Z"])
def test_other_ways_of_writing_dates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a date as YYYY, YYYY-MM or YYYY-MM-DD$"):
        period(text)


def test_the_ends_of_the_calendar() -> None:
    assert period("0001") == Interval(date(1, 1, 1), date(2, 1, 1))
    assert period("9998-12-31") == Interval(date(9998, 12, 31), date(9999, 1, 1))
    assert period("9998-12") == Interval(date(9998, 12, 1), date(9999, 1, 1))


@given(st.none() | partial_dates(), st.none() | partial_dates())
def test_a_span_holds_the_days_between_its_published_ends(
    since: str | None, until: str | None
) -> None:
    if since and until and not starts_by(last_day(until), since):
        with pytest.raises(ValueError, match=rf"^it ends \({until}\) before it starts \({since}\)"):
            span(since, until)
        return
    interval = span(since, until)
    assert days_of(interval) == [
        day for day in DAYS if starts_by(day, since) and lasts_to(day, until)
    ]
    assert (interval.start is None, interval.end is None) == (since is None, until is None)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Intervals within ten days, so that many meet or touch; some open at either end."""
    first, last = sorted(draw(st.lists(st.integers(1, 10), min_size=2, max_size=2, unique=True)))
    return Interval(
        draw(st.sampled_from([DAYS[first], None])), draw(st.sampled_from([DAYS[last], None]))
    )


@given(intervals(), intervals())
def test_intervals_overlap_when_they_share_a_day(first: Interval, second: Interval) -> None:
    shared = any(first.holds(day) and second.holds(day) for day in DAYS)

    assert first.overlaps(second) is shared
    assert second.overlaps(first) is shared
    assert first.overlaps(first)


@given(partial_dates(), partial_dates())
def test_periods_overlap_when_one_is_within_the_other(first: str, second: str) -> None:
    one, other = period(first), period(second)
    shared = any(one.holds(day) and other.holds(day) for day in MORE_DAYS)

    assert one.overlaps(other) is other.overlaps(one) is shared


@given(st.integers(1, 9997))
def test_a_financial_year_runs_from_april_to_march(year: int) -> None:
    interval = financial_period(f"{year:04}/{(year + 1) % 100:02}")

    assert interval == Interval(date(year, 4, 1), date(year + 1, 4, 1))


@given(st.integers(1, 9997), st.integers(0, 99))
def test_a_financial_year_names_the_next(year: int, following: int) -> None:
    text = f"{year:04}/{following:02}"
    if following == (year + 1) % 100:
        assert financial_period(text).start == date(year, 4, 1)
        return
    with pytest.raises(ValueError, match=f"^{text} is not a financial year: expected one like "):
        financial_period(text)


@pytest.mark.parametrize("text", ["9998/99", "0000/01", "9999/00"])
def test_financial_years_beyond_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a financial year"):
        financial_period(text)


@given(partial_dates())
def test_a_financial_period_may_be_a_partial_date(text: str) -> None:
    assert financial_period(text) == period(text)


def test_what_is_neither_is_refused_with_both_ways_named() -> None:
    with pytest.raises(ValueError, match=r"YYYY-MM-DD, or a financial year as YYYY/YY$"):
        financial_period("14/15")
