"""Text of unknown origin, made fit for a terminal, a message or a spreadsheet.

What people load, type or keep in a database may steer a terminal, reverse the order of
what is read, or be calculated by a spreadsheet. Here it loses that power.
"""

from __future__ import annotations

import math
import re
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    r"""Replace the characters that no XML file can hold.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Notes
    -----
    W3C, Extensible Markup Language 1.0, production 2 (Char).

    Examples
    --------
    >>> fit_for_xml("a\x0cb")
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def legible(text: str, most: int | None = None) -> str:
    r"""Replace what cannot be printed, and cut what is too long to be read.

    Parameters
    ----------
    text : str
        Any text, also one with halves of characters; its line breaks stay.
    most : int, optional
        Characters to keep; an ellipsis stands for the rest.

    Returns
    -------
    str

    Notes
    -----
    Not printable are control characters, those that change the direction of writing
    (Unicode category Cf), and halves of characters, which no file can hold.

    Examples
    --------
    >>> legible("\x1b[2Jgone\u202e")
    '\ufffd[2Jgone\ufffd'
    >>> legible("abcdef", 3)
    'abc…'
    """
    kept = text if most is None or len(text) <= most else text[:most] + "…"
    if kept.isprintable():
        return kept
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in kept
    )


def shortened(text: str, most: int) -> str:
    """Leave out the middle of a long text: what it says of a value stands before and after.

    Parameters
    ----------
    text : str
        Any text.
    most : int
        Characters to keep, beside an ellipsis.

    Returns
    -------
    str

    Examples
    --------
    >>> shortened("cannot parse '" + "9" * 1000 + "' as a day", 40)
    "cannot parse '999999…9999999999' as a day"
    """
    if len(text) <= most:
        return text
    return text[: most // 2] + "…" + text[len(text) - most // 2 :]


def defused(value: Any) -> Any:
    """Make a cell that a spreadsheet shows and does not calculate.

    Parameters
    ----------
    value : object
        A number, which stays one, or a text.

    Returns
    -------
    object
        A text that would be a formula gets an apostrophe before it, as a spreadsheet
        itself shows what is to stay text.

    Notes
    -----
    OWASP, "CSV Injection": a cell is calculated when it begins with ``=``, ``+``, ``-``,
    ``@``, a tab, a line break, or the wide form of one of these.

    Examples
    --------
    >>> defused("=1+1"), defused("-5"), defused(-5), defused("a=1")
    ("'=1+1", "'-5", -5, 'a=1')
    """
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
