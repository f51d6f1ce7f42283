"""The part of docs/sources.md on what public pages say."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from loaders.datasets import locate, shipped

Row = dict[str, str]


def public_record_lines() -> list[str]:
    """Say what the dataset ``scotland-public`` rests on, and what was left out or changed."""
    services, documents = _rows("services"), {row["id"]: row for row in _rows("documents")}
    memberships = _rows("participations")
    lines = [
        "",
        "## Public pages (dataset `scotland-public`)",
        "",
        f"{len(services)} arrangements with {len(memberships):,} memberships, compiled in November "
        f"2026 from {len(documents)} public pages; each row names its page, and `status` is that "
        "of the page's date. Which service area an arrangement belongs to, and what kind of body "
        "a partner is, are our own judgement. Descriptions are in our own words.",
        "",
        *_counts("status", Counter(row["status"] for row in services)),
        "",
        *_counts("kind", Counter(row["kind"] for row in services)),
        "",
        "### Left out or changed on a second reading",
        "",
        "Each row was read against its own note, its dates, its neighbours in the file and the "
        "five documents. Nothing was added from memory.",
        "",
        "| arrangement | what | why |",
        "|---|---|---|",
    ]
    with (Path(__file__).parent / "left_out.csv").open(encoding="utf-8", newline="") as file:
        lines += [
            f"| {row['name']} | {row['what'] or 'left out'} | {row['reason']} |"
            for row in csv.DictReader(file)
        ]
    lines += _both_lines()
    lines += ["", "### Pages", "", "| page | publisher | date |", "|---|---|---|"]
    for row in sorted(documents.values(), key=lambda row: (row["title"].casefold(), row["url"])):
        title = row["title"].replace("|", "\\|")
        publisher = row["publisher"].replace("|", "\\|")
        lines.append(f"| [{title}]({row['url']}) | {publisher} | {row['published']} |")
    return lines


def _both_lines() -> list[str]:
    """Name what is in the graph as an arrangement and as a body that acts in others."""
    services, partners = (
        {row["id"]: row["name"] for dataset in shipped() for row in _rows(table, dataset)}
        for table in ("services", "partners")
    )
    both = sorted(partners[one] for one in services.keys() & partners.keys())
    return [
        "",
        "### An arrangement and a body at once",
        "",
        f"{len(both)} bodies are a `Service`, which councils take part in, and a `Partner`, which "
        "takes part in other services or has members of its own. The two have one id. Ties come of "
        f"the service alone, so nothing counts twice: {', '.join(both)}.",
    ]


def _rows(table: str, dataset: str = "scotland-public") -> list[Row]:
    with (locate(dataset) / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counts(name: str, counts: Counter[str]) -> list[str]:
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return [
        f"| {name} | arrangements |",
        "|---|---|",
        *(f"| {value} | {number} |" for value, number in ordered),
    ]
