"""Dates, periods and amounts as people write them in cells."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from graphmodel.dates import financial_period, period
from loaders.survey.opening import Cell

DATE = "a date as 2013, 2013-06 or 2013-06-01"
PERIOD = "a financial year as 2026/27, or a date as 2026, 2026-04 or 2026-04-01"
AMOUNT = "a number of pounds"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_SERIAL, _LAST_SERIAL = 18_000, 80_000
"""Days since 1899 by which spreadsheets count: 1949 to 2119."""
_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")
_DAY_WORD = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.? (\d{4}|\d{2})")
_WORD_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_FINANCIAL = re.compile(r"(?:fy ?)?(\d{4}) ?[/-] ?(?:\d{2})?(\d{2})")
_AMOUNT = re.compile(
    r"(?:gbp|£)? ?(-?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?) ?(k|m|thousand|million)?"
)
_SCIENTIFIC = re.compile(r"-?\d+(?:\.\d+)?e\+?0?\d")
"""As spreadsheets show large numbers: 1.2E+06."""
_TIMES = {None: 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


def read_date(cell: Cell) -> str:
    """Read a partial date.

    Parameters
    ----------
    cell : Cell

    Returns
    -------
    str
        ``2013``, ``2013-06`` or ``2013-06-01``.

    Raises
    ------
    ValueError
        With advice, if it is none.

    Notes
    -----
    Figures with slashes are read as in Britain, the day first. A real date that is shown
    without its day is the month that was typed.

    Examples
    --------
    >>> [read_date(Cell(text)) for text in ("June 2013", "1/6/2013", "Jun-13", 41426)]
    ['2013-06', '2013-06-01', '2013-06', '2013-06-01']
    >>> read_date(Cell("spring 2014"))
    Traceback (most recent call last):
    ...
    ValueError: If 2014 is meant, write 2014.
    """
    value = cell.value
    if isinstance(value, datetime | date):
        return _as_shown(value, cell.format)
    if isinstance(value, bool | time):
        raise ValueError("")
    text = re.sub(r"\s+", " ", cell.text.casefold())
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and _FIRST_SERIAL < float(text) < _LAST_SERIAL:
        return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
    text = text.removesuffix(" 00:00:00").removesuffix("t00:00:00")
    made = _written(text)
    if (made is None or made[5:] > "12") and (spanned := _financial_year(text)):
        start = spanned[:4]
        raise ValueError(f"A financial year is no date here: write {start}, or {start}-04.")
    if made is None:
        year = re.search(r"\b(?:19|20)\d{2}\b", text)
        raise ValueError(f"If {year[0]} is meant, write {year[0]}." if year else "")
    try:
        period(made)
    except ValueError as error:
        raise ValueError(f"{str(error)[0].upper()}{str(error)[1:]}.") from None
    return made


def _financial_year(text: str) -> str:
    """A financial year, as 2024/25; empty if it is none."""
    found = _FINANCIAL.fullmatch(text)
    is_one = found is not None and int(found[2]) == (int(found[1]) + 1) % 100
    return f"{found[1]}/{found[2]}" if found is not None and is_one else ""


def _as_shown(value: date, shown: str) -> str:
    """A real date, no finer than it is shown."""
    text = value.isoformat()[:10]
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown.casefold())
    if "d" in letters or "y" not in letters or "general" in letters:
        return text
    return text[:7] if "m" in letters else text[:4]


def _written(text: str) -> str | None:
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return text
    if found := _NUMBERS.fullmatch(text):
        return f"{_year(found[3])}-{int(found[2]):02}-{int(found[1]):02}"
    if found := _MONTH_YEAR.fullmatch(text):
        return f"{found[2]}-{int(found[1]):02}"
    if found := _YEAR_MONTH.fullmatch(text):
        if not found[3] and len(found[2]) == 2 and int(found[2]) == (int(found[1]) + 1) % 100:
            return None  # a financial year, which is no date
        day = f"-{int(found[3]):02}" if found[3] else ""
        return f"{found[1]}-{int(found[2]):02}{day}"
    return _in_words(text.replace("-", " "))


def _in_words(text: str) -> str | None:
    if found := _DAY_WORD.fullmatch(text):
        day, month, year = found.groups()
    elif found := _WORD_DAY.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    if month[:3] not in _MONTHS:
        return None
    made = f"{_year(year)}-{_MONTHS.index(month[:3]) + 1:02}"
    return f"{made}-{int(day):02}" if day else made


def _year(text: str) -> str:
    if len(text) == 4:
        return text
    return f"20{text}" if int(text) < 70 else f"19{text}"


def read_period(cell: Cell) -> str:
    """Read a financial year or a partial date.

    Parameters
    ----------
    cell : Cell

    Returns
    -------
    str

    Raises
    ------
    ValueError
        With advice, if it is neither.

    Examples
    --------
    >>> [read_period(Cell(text)) for text in ("2026-2027", "2026-27", "2011-12", "April 2026")]
    ['2026/27', '2026/27', '2011-12', '2026-04']
    """
    text = cell.text.casefold()
    made = _financial_year(text)
    may_be_month = re.fullmatch(r"\d{4}-(0\d|1[0-2])", text)
    if made and not may_be_month:
        financial_period(made)
        return made
    return read_date(cell)


def read_amount(cell: Cell) -> float:
    """Read an amount in pounds.

    Parameters
    ----------
    cell : Cell

    Returns
    -------
    float

    Raises
    ------
    ValueError
        With advice, if it is none.

    Examples
    --------
    >>> [read_amount(Cell(text)) for text in (250000, "£250,000", "£1.2m", "85k", "1e6")]
    [250000.0, 250000.0, 1200000.0, 85000.0, 1000000.0]
    """
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = cell.text.casefold()
    found = _AMOUNT.fullmatch(text)
    if _SCIENTIFIC.fullmatch(text):
        return round(float(text), 2)
    if found is None:
        numbers = re.findall(r"\d[\d,.]*(?:e\+?\d+)?", text)
        advice = "Several amounts go into several rows." if len(numbers) > 1 else "Such as 250000."
        raise ValueError(advice)
    return round(float(re.sub("[, ]", "", found[1])) * _TIMES[found[2]], 2)
