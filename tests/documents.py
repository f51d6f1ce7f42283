"""The five documents as their files have them, and the sections that locators name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.scotland_tables import Row, table

WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: float(number) for number, word in enumerate(WORDS.split())} | {
    "both": 2.0,
    "single": 1.0,
}
SCALES = {"million": 1e6, "billion": 1e9}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

ADDRESS = re.compile(r"\S*(?:www|http|@)\S*")
_REFERENCE = re.compile(r"\b(?:Sections?|Appendix|Case Study) [0-9]+|§[0-9.]+", re.I)
_DAY = re.compile(rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)? ({MONTHS}) ([0-9]{{4}})\b", re.I)
_SHORT_DAY = re.compile(r"\b([0-9]{2})/([0-9]{2})/([0-9]{2})\b")
_MONTH = re.compile(rf"\b({MONTHS}) ([0-9]{{4}})\b", re.I)
_YEARS = re.compile(r"\b([12][0-9]{3})(?:(?: ?[-\u2013/] ?| to )([12][0-9]{3}|[0-9]{2}))?\b")
_FIGURE = re.compile(
    r"(?<![\w.,/+-])[£c]?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?![\w/+-]|[.,][0-9])"
    rf"(?: ({'|'.join(SCALES)})\b| ?(%))?"
)
_WORD = re.compile(r"[^\W_]+")
_NUMBER_WORD = re.compile(rf"\b({'|'.join(NUMBERS)})\b", re.I)


@dataclass(frozen=True)
class Figures:
    """What a text says in figures, or in words that stand for them."""

    dates: frozenset[str]
    """Days, months, years and financial years, as the tables write them."""
    counts: frozenset[float]
    """Numbers and amounts that are no dates, numbers of sections or percentages."""
    percentages: frozenset[float]


@cache
def figures(text: str, *, words: bool = True) -> Figures:
    """Find all figures of a text, with or without numbers that are words.

    Examples
    --------
    >>> found = figures("Since June 2013 four councils saved £8.683 million (32%) in 2007-13.")
    >>> sorted(found.dates)
    ['2007', '2007/13', '2013', '2013-06']
    >>> sorted(found.counts), sorted(found.percentages)
    ([4.0, 8683000.0], [32.0])
    """
    dates: set[str] = set()
    text = _REFERENCE.sub(" ", ADDRESS.sub(" ", text))
    for day, month, year in _DAY.findall(text):
        dates.add(f"{year}-{_number_of(month):02}-{int(day):02}")
    for day, month, year in _SHORT_DAY.findall(text):
        dates |= {f"20{year}", f"20{year}-{month}", f"20{year}-{month}-{day}"}
    text = _SHORT_DAY.sub(" ", _DAY.sub(r"\2 \3", text))
    dates |= {f"{year}-{_number_of(month):02}" for month, year in _MONTH.findall(text)}
    for first, last in _YEARS.findall(text):
        dates.add(first)
        if last:
            dates |= {last if len(last) == 4 else first[:2] + last, f"{first}/{last[-2:]}"}
    text = _YEARS.sub(" ", text)
    counts = {NUMBERS[word.casefold()] for word in _NUMBER_WORD.findall(text) if words}
    percentages: set[float] = set()
    for figure, scale, percent in _FIGURE.findall(text):
        number = round(float(figure.replace(",", "")) * SCALES.get(scale, 1), 2)
        (percentages if percent else counts).add(number)
    return Figures(frozenset(dates), frozenset(counts), frozenset(percentages))


def _number_of(month: str) -> int:
    return MONTHS.split("|").index(month.capitalize()) + 1


@cache
def bare(text: str) -> str:
    """The words of a text, without case and punctuation, with a space before and after."""
    without_marks = re.sub(r"['\u2019`]", "", text.replace("&", " and "))
    return f" {' '.join(_WORD.findall(without_marks.casefold()))} "


@dataclass(frozen=True)
class Section:
    """A section as sections.csv lists it, with its part of the document's text."""

    name: str
    reason: str | None
    anchor: str
    text: str
    opening: str
    """The text up to the first part of the section."""


class Paper:
    """One of the five documents; runs of white space count as one space.

    A section's text goes from its anchor to the next anchor of a section that is no
    part of it.
    """

    def __init__(self, folder: Path, document: Row) -> None:
        self.id: str = document["id"]
        raw = (folder / document["file"]).read_text(encoding="utf-8")
        self.text = " ".join(raw.split())
        self.table_lines = [
            (label, int(number), int(percent))
            for label, number, percent in re.findall(r"(?m)^(.+)\t([0-9]+)\t([0-9]+)%$", raw)
        ]
        """Label, number and percentage of each line of a table."""
        rows = [row for row in table("sections") if row["document"] == self.id]
        self.starts: list[int] = []
        """Where each section's anchor is, searched from the anchor before; -1 if nowhere."""
        for row in rows:
            self.starts.append(self.text.find(row["anchor"] or "?", max([0, *self.starts])))
        self.sections = [self._section(rows, place) for place in range(len(rows))]

    def _section(self, rows: list[Row], place: int) -> Section:
        row, start = rows[place], self.starts[place]
        later = list(zip(rows, self.starts, strict=True))[place + 1 :]
        following = [begin for _, begin in later]
        outside = [begin for other, begin in later if not _is_at(other["section"], row["section"])]
        ends = [next(iter(starts), len(self.text)) for starts in (outside, following)]
        text, opening = (self.text[start:end] for end in ends)
        return Section(row["section"], row["reason"], row["anchor"], text, opening)

    def lines_in(self, section: Section) -> list[tuple[str, int, int]]:
        """Lines of tables within a section."""
        return [line for line in self.table_lines if "{} {} {}%".format(*line) in section.text]

    def section(self, locator: str) -> Section | None:
        """The smallest section that a locator names."""
        return next(iter(self.enclosing(locator)), None)

    def enclosing(self, locator: str) -> list[Section]:
        """The section that a locator names and those that it is a part of, smallest first."""
        found = [section for section in self.sections if _is_at(locator, section.name)]
        return sorted(found, key=lambda section: -len(section.name))


def _is_at(locator: str, section: str) -> bool:
    """Whether a locator names this section, or a place within it."""
    return locator == section or locator.startswith(f"{section}, ")


@cache
def papers(folder: Path) -> dict[str, Paper]:
    """The five documents: those of which there is a file."""
    return {row["id"]: Paper(folder, row) for row in table("documents") if row["file"]}
