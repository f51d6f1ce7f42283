"""The page on where every row of the Scottish picture comes from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from docs.public_record import public_record_lines
from graphmodel.model.tables import TABLES
from loaders.datasets import locate

Row = dict[str, str]
Key = TypeVar("Key")

INTRODUCTION = """\
# Sources of the Scottish picture

Made by `make docs`; do not edit.

The dataset `scotland` holds {rows:,} rows. {cited:,} of them come from five documents, the others
from registers and lists. Below is what was taken from each place, under the names by which
the rows' `locator` cites it, and why nothing was taken from the rest. A row stands at every
place that says it, so the same fact may be listed more than once. Names and figures are as
published; descriptions and findings are in our own words. Names of services are here without
the place in brackets that tells them from others. Categories, activity types and areas are
our judgement, unless "as stated" is written behind them.

Behind each document's id stand its publisher, reference and date as far as they are known, and
the name of its file, which is kept outside this repository. `graphmodel show` and the queries
give the citations of each fact: document and place."""

REGISTERS = """
## Registers and lists

Councils, borders and groupings, by the register or list that they come from."""

LEFT_OUT = """\
## What was left out everywhere, and why

- **Names of officers and consultees.** Who signed a report, answers for it or was consulted is no
  fact of the graph; consultees are counted by organisation. Sir John Arbuthnott alone is
  named, since a report has him as possible support of a work stream.
- **Misspellings among the register's aliases** ("aberdeen c ity"). Near misses are proposed
  when a name is not known, and never taken.
- **The register's points on the map** (latitude and longitude). The model has no place for them.
- **Lengths of borders.** The source files do not give them, so `km` is empty throughout.
- **Sentences.** The documents' own words are theirs; only names and figures are copied."""


@cache
def _table(name: str) -> list[Row]:
    # Sections are no table of the data package: they only tell where its facts are from.
    folder = Path(__file__).parent if name == "sections" else locate("scotland")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _names(*tables: str) -> dict[str, str]:
    """The name under which each id is first stated."""
    return {row["id"]: row["name"] for table in tables for row in reversed(_table(table))}


def _service(identifier: str) -> str:
    return f"*{_short_names()[identifier]}*"


@cache
def _short_names() -> dict[str, str]:
    """Names of services without what is in brackets, where that tells them apart."""
    names = _names("services")
    short = {identifier: re.sub(r" \([^)]*\)", "", name) for identifier, name in names.items()}
    forms = Counter(form for one in names for form in {short[one], names[one]})
    return {one: short[one] if forms[short[one]] == 1 else name for one, name in names.items()}


def _bodies(identifiers: Iterable[str]) -> str:
    names = _names("partners", "councils")
    councils = [row["id"] for row in _table("councils")]
    wanted = list(dict.fromkeys(identifiers))
    if set(councils) <= set(wanted):
        others = [names[identifier] for identifier in wanted if identifier not in councils]
        return ", ".join([f"all {len(councils)} councils", *others])
    return ", ".join(names[identifier] for identifier in wanted)


def _counted(values: Iterable[str]) -> str:
    """Kinds with their numbers, in the order in which they come."""
    return ", ".join(f"{number} {kind}" for kind, number in Counter(values).items())


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    """Second parts by first, each once."""
    found: dict[Key, list[str]] = {}
    for first, second in pairs:
        if second not in found.setdefault(first, []):
            found[first].append(second)
    return found


def _all(name: Callable[[str], str]) -> Callable[[list[Row]], str]:
    """Describe nodes by their names."""
    return lambda rows: ", ".join(dict.fromkeys(name(row["id"]) for row in rows))


def _partner(identifier: str) -> str:
    return _names("partners")[identifier]


def _belonging(who: str, where: str, name: Callable[[str], str]) -> Callable[[list[Row]], str]:
    """Describe memberships: those of the same bodies in the same role are told together."""

    def describe(rows: list[Row]) -> str:
        members = _grouped(((row[where], _terms(row)), row[who]) for row in rows)
        alike = _grouped(((_bodies(ids), terms), name(at)) for (at, terms), ids in members.items())
        return "; ".join(
            f"{bodies} in {', '.join(places)} ({terms})"
            for (bodies, terms), places in alike.items()
        )

    return describe


def _terms(row: Row) -> str:
    """Role, status and dates, without what is missing."""
    dates = [f"{word} {row[word]}" for word in ("since", "until") if row.get(word)]
    return ", ".join([row["role"], *filter(None, [row.get("status")]), *dates])


def _parts(rows: list[Row]) -> str:
    def part(row: Row) -> str:
        return _service(row["part"]) + (f" (rank {row['rank']})" if row["rank"] else "")

    wholes = _grouped((row["whole"], part(row)) for row in rows)
    return "; ".join(f"{', '.join(parts)} in {_service(whole)}" for whole, parts in wholes.items())


def _priorities(rows: list[Row]) -> str:
    told = [
        f"{_service(row['service'])}{' (rank ' + row['rank'] + ')' if row['rank'] else ''}"
        for row in rows
    ]
    return f"{_bodies(row['council'] for row in rows)}: {', '.join(told)}"


def _judged(column: str, *tables: str) -> Callable[[list[Row]], str]:
    """Describe what services were found to be, by what they were found to be."""

    def describe(rows: list[Row]) -> str:
        names = _names(*tables)
        found = _grouped(
            (
                names[row[column]] + (", as stated" if row["basis"] == "stated" else ""),
                _service(row["service"]),
            )
            for row in rows
        )
        return "; ".join(f"{name}: {', '.join(services)}" for name, services in found.items())

    return describe


def _saving(row: Row) -> str:
    period = " to ".join(row[end] or "?" for end in ("from", "to"))
    return f"{_service(row['service'])}, £{int(row['amount']):,} {row['basis']} ({period})"


def _findings(rows: list[Row]) -> str:
    found = Counter(row["kind"] for row in rows)
    return ", ".join(f"{number} {_plural(kind, number)}" for kind, number in found.items())


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _succession(later: str, word: str) -> Callable[[list[Row]], str]:
    def describe(rows: list[Row]) -> str:
        return "; ".join(
            f"{_service(row['service'])} {word} {_service(row[later])}" for row in rows
        )

    return describe


DESCRIBED: dict[str, tuple[str, Callable[[list[Row]], str]]] = {
    "services": ("services", _all(_service)),
    "partners": ("partners", _all(_partner)),
    "participations": ("taking part", _belonging("participant", "service", _service)),
    "memberships": (
        "members",
        _belonging("member", "partner", _partner),
    ),
    "service_parts": ("parts", _parts),
    "successions": ("successions", _succession("predecessor", "after")),
    "adoptions": ("adoptions", _succession("model", "after the model of")),
    "priorities": ("priorities", _priorities),
    "savings": ("savings", lambda rows: "; ".join(map(_saving, rows))),
    "findings": ("findings", _findings),
    "statistics": (
        "figures",
        lambda rows: "; ".join(f"{group} ({number})" for group, number in _groups(rows).items()),
    ),
    "categories": ("categories", lambda rows: f"the {len(rows)} service areas of the table"),
    "activity_types": ("activity types", lambda rows: f"the {len(rows)} types of the table"),
    "service_categories": ("in categories", _judged("category", "categories")),
    "service_types": ("of types", _judged("activity_type", "activity_types")),
    "service_areas": ("for areas", _judged("grouping", "groupings")),
}
"""How the rows of a table are told, in the order in which they are."""


def _groups(rows: list[Row]) -> Counter[str]:
    return Counter(row["group"] for row in rows)


def _cited() -> dict[str, dict[str, list[Row]]]:
    """Rows by the document that they cite, and by table."""
    found: dict[str, dict[str, list[Row]]] = {}
    for table in TABLES:
        for row in _table(table):
            if "source" in row:
                found.setdefault(row["source"], {}).setdefault(table, []).append(row)
    return found


def _about(document: Row, level: str) -> list[str]:
    said = [document[column] for column in ("publisher", "reference", "published")]
    file = f"`{document['file']}`" if document["file"] else ""
    about = "; ".join([f"`{document['id']}`", *filter(None, [*said, file])])
    return ["", f"{level} {document['title']}", "", about, ""]


def _heading(section: Row) -> str:
    """How a section is cited, and its heading as far as that says more."""
    name, heading = section["section"], section["heading"]
    if heading.startswith(name):
        return f"**{name}**{heading.removeprefix(name)}"
    if name.endswith(heading):
        return f"**{name}**"
    return f"**{name}** " + (heading if heading.startswith("(") else f"({heading})")


def _document(document: Row, tables: dict[str, list[Row]]) -> list[str]:
    """What came from one of the five documents, section by section."""
    sections = [row for row in _table("sections") if row["document"] == document["id"]]
    names = sorted((row["section"] for row in sections), key=len, reverse=True)
    rows_at: dict[str, dict[str, list[Row]]] = {name: {} for name in names}
    for table, rows in tables.items():
        for row in rows:
            place = next(name for name in names if f"{row['locator']}, ".startswith(f"{name}, "))
            rows_at[place].setdefault(table, []).append(row)
    lines = _about(document, "##")
    for section in sections:
        held = rows_at[section["section"]]
        reason = "" if held else f": nothing; {section['reason']}"
        lines.append(f"- {_heading(section)}{reason}")
        for table in sorted(held, key=list(DESCRIBED).index):
            word, describe = DESCRIBED[table]
            lines.append(f"  - {word}: {describe(held[table])}")
    return lines


def _reference(document: Row, tables: dict[str, list[Row]]) -> list[str]:
    """What came from a register or list: so many rows of each table, by kind."""
    lines = _about(document, "###")
    for table, rows in tables.items():
        word = table.replace("_", " ")
        if "kind" in rows[0]:
            lines.append(f"- {word}: {len(rows)} ({_counted(row['kind'] for row in rows)})")
        elif table == "grouping_members":
            kinds = {row["id"]: row["kind"] for row in _table("groupings")}
            counted = _counted(f"in a {kinds[row['grouping']]}" for row in rows)
            lines.append(f"- {word}: {len(rows)} ({counted})")
        else:
            lines.append(f"- {word}: {len(rows)}")
    return lines


def sources_document() -> str:
    """Every document and register, with what was taken from it and what was not."""
    cited = _cited()
    documents = _table("documents")
    primary = [row for row in documents if row["file"]]
    introduction = INTRODUCTION.format(
        rows=sum(len(rows) for tables in cited.values() for rows in tables.values()),
        cited=sum(len(rows) for row in primary for rows in cited[row["id"]].values()),
    )
    lines = [introduction]
    for row in primary:
        lines += _document(row, cited[row["id"]])
    lines.append(REGISTERS)
    for row in documents:
        if not row["file"]:
            lines += _reference(row, cited[row["id"]])
    return "\n".join([*lines, "", LEFT_OUT, *public_record_lines()]) + "\n"
