"""What the 2020 report publishes of its survey, as the Scottish dataset has it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import loaders

FOLDER = Path(loaders.__file__).parent / "scotland"
COUNCILS_ASKED, ANSWERED = 32, "councils that had sent information"
REPORTED, OPERATIONAL = "activities reported in the spreadsheets", "activities identified as"
MORE = "operational activities more than in the previous survey"


def rows(name: str) -> list[dict[str, str]]:
    """A table of the Scottish dataset."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def table(group: str) -> Mapping[str, int]:
    """Activities by label, in the report's order."""
    return {
        row["label"]: int(row["value"])
        for row in rows("statistics")
        if row["group"] == group and row["unit"] == "activities"
    }


@cache
def headline(name: str) -> int:
    """A headline figure, by the start of its name."""
    found = {
        int(row["value"])
        for row in rows("statistics")
        if row["group"] == "Headline figures" and re.match(name, row["name"])
    }
    (value,) = found
    return value


@cache
def ids(name: str) -> Mapping[str, str]:
    """Ids of categories, activity types or councils by name."""
    return {row["name"]: row["id"] for row in rows(name)}
