"""Whether what the tables take from the five documents is printed there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from graphmodel.model.element import LIST_DELIMITER
from graphmodel.names import normalised
from tests.documents import ADDRESS, Figures, Paper, Section, bare, figures
from tests.scotland_tables import Row

DATES = ("since", "until", "start", "end", "from", "to", "as_of")
SPANS = (("since", "until"), ("start", "end"))
KEYS = ("participant", "member", "council", "service", "partner", "role", "since", "as_of")
NUMBERS = ("value", "amount", "number")
TELLING = ("description", "delivery_note", "origins", "governance", "staffing", "funding", "text")
"""Prose on what a place of a document says."""
REMARKS = ("note", "reason", "spectrum_reason", "geographic_focus_reason")
"""Our own remarks, which may take a figure from anywhere in the document."""
FIGURES = (*DATES, *NUMBERS, "rank", "wave", "status_as_of")
UNLIKE_PROSE = ("id", "source", "locator", "website")
LONGEST_RUN = 8
"""So many words in a row may be the same as in a document; a name counts as one word."""

DATE_ELSEWHERE = re.compile(r"the date is that of (§[0-9.]+)\.")
"""How a note says that the document gives a date in another section."""
TAYSIDE = frozenset({"GB-LAS-ANS", "GB-LAS-DND", "GB-LAS-PKN"})
OWN_COUNCILS = {
    "tayside-collaborative-working-update-2018": TAYSIDE,
    "dundee-report-410-2016": TAYSIDE,
    "inverclyde-clyde-valley-review-2010": frozenset({"GB-LAS-IVC"}),
    "midlothian-partnership-working-2015": frozenset({"GB-LAS-ELN", "GB-LAS-MLN"}),
}
"""Whom a document means by "the three Councils", "both authorities" or "the Council"."""
ALL_COUNCILS = re.compile(r"\b(?:32|all)(?: \w+){0,2} (?:councils|local authorities)\b", re.I)

FURTHER_NAMES = (
    "Scottish Attainment Challenge",
    "Children's Workforce",
    "adult support & protection",
    "violence against women & children",
    "Executive Sub Group",
    "Regional Officers Groups",
    "Shared Services for Local Government: Development Solutions for Local Government",
    "Shared Services: propositions for local government collaboration",
    "Shared Services and management: a guide for Councils",
)
"""Programmes, fields, bodies and titles of publications that have no row of their own."""


class Checker:
    """Compares rows with the documents that they cite."""

    def __init__(self, papers: Mapping[str, Paper], tables: Mapping[str, list[Row]]) -> None:
        self.papers = papers
        self.tables = tables

    def cited(self) -> Iterator[tuple[str, int, Row]]:
        """Rows that cite one of the documents, with their table and number."""
        for name, rows in self.tables.items():
            for number, row in enumerate(rows, 2):
                if row.get("source") in self.papers:
                    yield name, number, row

    def section(self, row: Row) -> Section:
        section = self.papers[row["source"]].section(row["locator"])
        assert section, f"{row['locator']!r} is no place in {row['source']}"
        return section

    # Figures

    def unprinted(self, row: Row) -> set[str]:
        """Columns of a row whose figures are not where they should be."""
        wrong = {column for column in DATES if row.get(column) and not self._dated(row, column)}
        for first, last in SPANS:
            if row.get(first) and row.get(last) and not self._spanned(row[first], row[last], row):
                wrong |= {first, last}
        everywhere = figures(self.papers[row["source"]].text)
        if (day := row.get("status_as_of")) and day not in everywhere.dates:
            wrong.add("status_as_of")
        if (wave := row.get("wave")) and not self._is_wave(wave, row, everywhere):
            wrong.add("wave")
        wrong |= {column for column in NUMBERS if row.get(column) and not self._count(row, column)}
        if (rank := row.get("rank")) and not self._ranked(rank, row):
            wrong.add("rank")
        if (site := row.get("website")) and site not in self.section(row).text:
            wrong.add("website")
        return wrong

    def untold(self, row: Row) -> set[str]:
        """Columns of prose whose figures the section cited does not have."""
        printed = figures(self.section(row).text)
        told = (column for column in TELLING if row.get(column))
        return {column for column in told if not _among(row[column], printed)}

    def unfounded(self, row: Row) -> set[str]:
        """Columns of prose whose figures the whole document does not have, sums apart."""
        printed = self._printed[row["source"]]
        told = (column for column in (*TELLING, *REMARKS) if row.get(column))
        return {column for column in told if not _among(row[column], printed)}

    @cached_property
    def _printed(self) -> dict[str, Figures]:
        """The figures of each document, and the sums of its tables."""
        found = {}
        for source, paper in self.papers.items():
            there = figures(paper.text)
            sums = {float(sum(line[1] for line in paper.lines_in(part))) for part in paper.sections}
            found[source] = Figures(there.dates, there.counts | sums, there.percentages)
        return found

    def _dated(self, row: Row, column: str) -> bool:
        """A date is at the place cited, or, if it is part of what a membership is, at any of it."""
        places = [self.section(row).opening]
        if column in KEYS:
            places += self._openings.get(_element(row), [])
        elsewhere = DATE_ELSEWHERE.search(row.get("note") or "")
        if elsewhere:
            places.append(self.section(row | {"locator": elsewhere[1]}).opening)
        return any(row[column] in figures(place).dates for place in places)

    @cached_property
    def _openings(self) -> dict[tuple[str | None, ...], list[str]]:
        found: dict[tuple[str | None, ...], list[str]] = {}
        for _, _, row in self.cited():
            found.setdefault(_element(row), []).append(self.section(row).opening)
        return found

    def _spanned(self, first: str, last: str, row: Row) -> bool:
        """Two years are printed together (``2007-13``); days and single years, apart."""
        if first == last or len(first) > 4 or len(last) > 4:
            return True
        return f"{first}/{last[2:]}" in figures(self.section(row).opening).dates

    def _is_wave(self, wave: str, row: Row, everywhere: Figures) -> bool:
        """A year of the document, or a period in its words with the document's year."""
        words, _, year = wave.removesuffix(")").rpartition(" (")
        return year in everywhere.dates and words in self.section(row).text

    def _count(self, row: Row, column: str) -> bool:
        section, number, label = self.section(row), float(row[column]), row.get("label")
        is_percentage = (row.get("unit") or "").startswith("%")
        for line, count, percent in self.papers[row["source"]].lines_in(section):
            if line == label:
                return number == (percent if is_percentage else count)
        if (row.get("group"), section.name) == ("Phase 1 research consultees", "Appendix 2"):
            return self._persons(label, section.text) == number
        found = figures(section.opening)
        return number in (found.percentages if is_percentage else found.counts)

    def _persons(self, organisation: str | None, text: str) -> int:
        """The appendix gives no number: its persons are counted, "Name - Organisation"."""
        organisations = {
            row["label"]
            for row in self.tables["statistics"]
            if row["name"] == "people consulted, by organisation"
        }
        wanted = {organisation} if organisation else organisations
        return sum(
            len(re.findall(rf" [\u2013-] {re.escape(name)}\b", text, re.I)) for name in wanted
        )

    def _ranked(self, rank: str, row: Row) -> bool:
        """A rank is printed before one of the names of what is ranked."""
        text = self.section(row).text.casefold()
        names = self.names[row.get("part") or row["service"]]
        return any(f" {rank}. {name.casefold()}" in text for name in names)

    # Names

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """Names and aliases by id, with and without what stands in brackets."""
        found: dict[str, set[str]] = {}
        for name in ("services", "partners", "councils"):
            for row in self.tables[name]:
                found.setdefault(row["id"], set()).update(names_in(row))
        return found

    def is_named(self, row: Row) -> bool:
        """Whether the document has a service's or partner's name, alias or all its words."""
        text = bare(self.papers[row["source"]].text)
        if any(bare(name) in text for name in names_in(row)):
            return True
        # A word of the name may stand in the document in the plural.
        words = [word for word in bare(_unbracketed(row["name"])).split() if len(word) > 3]
        return bool(words) and all(f" {word}" in text for word in words)

    def is_meant(self, row: Row, council: str) -> bool:
        """Whether a place names a council, or means it with others."""
        if council in OWN_COUNCILS.get(row["source"], ()):
            return True
        places = self.papers[row["source"]].enclosing(row["locator"])
        if any(self._has_name(bare(place.text), council) for place in places):
            return True
        return bool(ALL_COUNCILS.search(self.section(row).opening)) and self._has_all(row)

    def _has_name(self, text: str, council: str) -> bool:
        """Whether a text has a council's name, other than within another's."""
        mine, longer = self._forms[council]
        for name in longer:
            text = text.replace(name, " ")
        return any(form in text for form in mine)

    @cached_property
    def _forms(self) -> dict[str, tuple[set[str], set[str]]]:
        """Forms of each council's name, and names of others that such a form is in."""
        forms = {
            row["id"]: {bare(form) for name in names_in(row) for form in (name, normalised(name))}
            for row in self.tables["councils"]
        }
        everyone = set().union(*forms.values())
        return {
            council: (
                mine,
                {name for name in everyone - mine if any(form in name for form in mine)},
            )
            for council, mine in forms.items()
        }

    def _has_all(self, row: Row) -> bool:
        """Whether rows of this place have every council in the service."""
        members = {
            other["participant"]
            for other in self.tables["participations"]
            if all(other[column] == row[column] for column in ("service", "source", "locator"))
        }
        return {council["id"] for council in self.tables["councils"]} <= members

    # Words

    @cached_property
    def _one_word(self) -> re.Pattern[str]:
        names = {name for forms in self.names.values() for name in forms} | set(FURTHER_NAMES)
        words = sorted((bare(name).strip() for name in names if name), key=len, reverse=True)
        return re.compile(rf" (?:{'|'.join(words)})(?= )")

    def _runs(self, text: str) -> set[str]:
        words = self._one_word.sub(" NAME", bare(ADDRESS.sub(" ", text))).split()
        length = LONGEST_RUN + 1
        return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}

    @cached_property
    def _printed_runs(self) -> set[str]:
        return {run for paper in self.papers.values() for run in self._runs(paper.text)}

    def copied(self, row: Row) -> set[str]:
        """Runs of words that a row has in common with any of the documents."""
        cells = (cell for column, cell in row.items() if cell and column not in UNLIKE_PROSE)
        return {run for cell in cells for run in self._runs(cell) & self._printed_runs}


def _among(prose: str, printed: Figures) -> bool:
    """Whether a text has the figures of some prose; numbers as words are often only words."""
    told = figures(prose, words=False)
    return (
        told.dates <= printed.dates
        and told.counts <= printed.counts
        and told.percentages <= printed.percentages
    )


def _element(row: Row) -> tuple[str | None, ...]:
    return (row["source"], *(row.get(column) for column in KEYS))


def names_in(row: Row) -> set[str]:
    names = {row["name"], row.get("official_name"), *(row["aliases"] or "").split(LIST_DELIMITER)}
    given = {name for name in names if name}
    return given | {_unbracketed(name) for name in given}


def _unbracketed(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", name)
