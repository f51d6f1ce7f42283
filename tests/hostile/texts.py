"""Texts that have broken programs: for cells, names, parameters and paths."""

# ruff: noqa: RUF001

from __future__ import annotations

from random import Random

INJECTIONS = (
    "'}) DETACH DELETE n //",
    "Angus' OR 1=1 //",
    "`) DETACH DELETE (n",
    "x` {id: 1}) SET n.name = 'owned' //",
    "\\u0027}) MATCH (n) DETACH DELETE n //",
    "$rows",
    "{id: 'A'}",
    "'; DROP TABLE councils; --",
    "$(touch /tmp/owned)",
    "`touch /tmp/owned`",
    "; rm -rf ~ #",
    "| nc -e /bin/sh 127.0.0.1 1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "[x](javascript:alert(1))",
    "%s%n%x",
    "{0.__class__.__mro__}",
    "${jndi:ldap://127.0.0.1:1/a}",
    "../../../etc/passwd",
    "file:///etc/passwd",
    "C:\\Windows\\System32",
    "CON",
    "-rf",
    "--help",
    "__proto__",
    "constructor",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://127.0.0.1", "x")',
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "|=1+1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "\N{FULLWIDTH PLUS SIGN}1",
    "\N{FULLWIDTH HYPHEN-MINUS}1",
    "\N{FULLWIDTH COMMERCIAL AT}SUM(1)",
    "'=1+1",
    '"=1+1"',
    "\N{ZERO WIDTH SPACE}=1+1",
    "\N{NO-BREAK SPACE}=1+1",
)
ODD_LETTERS = (
    "\u202eevila\u202c",
    "\u2066abc\u2069\u2067def",
    "a\u200bb\u200db\u2060",
    "e" + "\u0301" * 500,
    "\ufeffAngus",
    "A\u030angus",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "\ufdfa" * 20,
    "İıſK",
    "ßẞ",
    "\uffff\ufffe",
    "\U0010ffff",
    "\x00",
    "a\x00b",
    "\x1b[2J\x1b]0;owned\x07",
    "\x07\x08\x7f\x9b31m",
    "a\u2028b\u2029c",
    "a\r\nb",
    "\x85",
    "\x1c\x1d\x1e",
)
HALVES = ("\ud800", "a\udc00b", "\udcff\udcfe", "\ud83d")
"""Halves of characters: JSON can write them, and a command line can hold them."""
NUMBERS = (
    "0",
    "-0",
    "-1",
    "1e400",
    "-1e400",
    "1e-400",
    "inf",
    "-Infinity",
    "nan",
    "NaN",
    str(10**18),
    str(2**63),
    str(-(2**63) - 1),
    "9" * 5000,
    "1" + "0" * 400 + ".5",
    "0x10",
    "1_000",
    "1,000",
    "1 000",
    "٣",
    "１２",
    "½",
    "1e3",
    "+5",
    "5.",
    "true",
    "None",
    "null",
    "NULL",
    "#REF!",
)
DATES = (
    "0000",
    "0000-01-01",
    "0001",
    "0001-01-01",
    "9999",
    "9998-12-31",
    "9999-12-31",
    "10000-01-01",
    "-2009",
    "-0001-01-01",
    "2009-00",
    "2009-13",
    "2009-02-29",
    "2009-02-30",
    "2008-02-29",
    "2009-1-1",
    "2009-W05",
    "2009-365",
    "20090101",
    "2009/10",
    "2099/00",
    "9998/99",
    "0000/01",
    "31/03/2015",
    "2015-03-31T00:00:00Z",
    "２０１５",
    "٢٠١٥",
    "2015-03\n",
    "today",
    "86400",
    "1e9",
)
BLANKS = (
    "",
    " ",
    "\t",
    "\N{NO-BREAK SPACE}",
    "\u3000",
    "\u200b",
    "''",
    '""',
    ",",
    ";",
    "|",
    "||",
    "a||b",
)
PLAIN = ("Angus", "EX-ARD", "Ben & Glen", "roads-alliance", "member", "live", "land", "2014")


def nasty(random: Random, *, halves: bool = False) -> str:
    """One text, or several put together, or one drawn out."""
    groups = [INJECTIONS, FORMULAS, ODD_LETTERS, NUMBERS, DATES, BLANKS, PLAIN]
    if halves:
        groups.append(HALVES)
    text = random.choice(random.choice(groups))
    roll = random.random()
    if roll < 0.1:
        text += nasty(random, halves=halves)
    elif roll < 0.14:
        text = text * random.choice((10, 300, 5000))
    elif roll < 0.18:
        text = "".join(chr(_point(random, halves)) for _ in range(random.randrange(1, 40)))
    return text[:200_000]


def _point(random: Random, halves: bool) -> int:
    """Any code point; halves of characters only where they are asked for."""
    while True:
        point = random.choice((random.randrange(0x80), random.randrange(0x110000)))
        if halves or not 0xD800 <= point < 0xE000:
            return point
