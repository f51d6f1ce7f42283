"""Writing an answer of any length: a million rows need no more memory than a thousand.

CSV and the two kinds of JSON are written row by row. A page needs all its rows for the
widths of its columns, so it has no more than so many.
"""

from __future__ import annotations

import csv
import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, TextIO

from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import defused
from graphmodel.reports.citations import Places
from graphmodel.reports.formats import Format, csv_cell, dumped, render
from graphmodel.reports.table import Report, Table
from graphmodel.rows import Lines

PAGE_ROWS = 10_000
"""Most rows of a page, unless it is asked for more."""
FIRST_ROWS = 1_000
"""Rows that must have a form before anything is written."""


@dataclass
class Answer:
    """An answer whose rows are gone through one by one.

    Attributes
    ----------
    title : str
        What stands above a page; the number of rows if it is empty.
    columns : sequence of str
        Their names.
    rows : iterator
        As many values each as there are columns; to be read once.
    notes : list of str
        For people.
    documents : callable
        Gives titles of the documents that the column ``citations`` speaks of, by id; asked
        only for a page.

    Examples
    --------
    >>> Answer("Councils", ["name"], iter([["Angus"]])).notes
    []
    """

    title: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]
    notes: list[str] = field(default_factory=list)
    documents: Callable[[], Mapping[str, str]] = dict


def rows_wanted(how: Format, limit: int | None) -> int | None:
    """How many rows `write_answer` looks at: one more than it writes, to know of more.

    Parameters
    ----------
    how, limit
        As for `write_answer`.

    Returns
    -------
    int or None
        None if it looks at all.

    Examples
    --------
    >>> rows_wanted("csv", 10), rows_wanted("table", None), rows_wanted("csv", None)
    (11, 10001, None)
    """
    most = PAGE_ROWS if limit is None and how not in _WRITERS else limit
    return None if most is None else min(most + 1, sys.maxsize)


def write_answer(answer: Answer, how: Format, file: TextIO, limit: int | None = None) -> list[str]:
    r"""Write an answer row by row.

    Parameters
    ----------
    answer : Answer
        What to write.
    how : {"table", "csv", "json", "jsonl", "markdown"}
        As for `graphmodel.reports.formats.render`.
    file : text file
        Nothing is written before the first rows have a form, so that what goes wrong at
        once leaves nothing half-written.
    limit : int, optional
        Most rows.

    Returns
    -------
    list of str
        Notes that are not on a page.

    Raises
    ------
    GraphmodelError
        If a value has no form in JSON.

    Examples
    --------
    >>> answer = Answer("Numbers", ["n"], iter([[1], [2], [3]]))
    >>> write_answer(answer, "jsonl", sys.stdout, 2)
    {"n": 1}
    {"n": 2}
    ['There are more rows: these are the first 2 (--limit).']
    """
    if how not in _WRITERS:
        file.write(render(_page(answer, limit), how))
        return []
    try:
        rows = iter(answer.rows)
        first = list(islice(rows, FIRST_ROWS))
        coming = chain(first, rows)
        _WRITERS[how](answer.columns, islice(coming, limit), file)
    except RecursionError:
        raise GraphmodelError("The answer is nested too deeply to be shown.") from None
    if limit is None or next(coming, None) is None:
        return answer.notes
    return [*answer.notes, f"There are more rows: these are the first {limit} (--limit)."]


def _page(answer: Answer, limit: int | None) -> Report:
    most = PAGE_ROWS if limit is None else limit
    rows = list(islice(answer.rows, most + 1))
    notes = list(answer.notes)
    if len(rows) > most and limit is None:
        notes.append(
            f"There are more rows: these are the first {most:,}. --limit NUMBER shows more, "
            "--format csv or jsonl writes all."
        )
    elif len(rows) > most:
        notes.append(f"There are more rows: these are the first {most} (--limit).")
    title = answer.title or f"{len(rows[:most])} row{'' if len(rows[:most]) == 1 else 's'}"
    if "citations" not in answer.columns:
        return Report(title, [Table(answer.columns, rows[:most])], notes)
    at = list(answer.columns).index("citations")
    cited = [[*row[:at], _cited(row[at]), *row[at + 1 :]] for row in rows[:most]]
    return Report(title, [Table(answer.columns, cited)], notes, answer.documents())


def _cited(value: Any) -> Any:
    """Places in documents, which a page numbers; what is no such list stays."""
    is_cited = isinstance(value, list) and all(
        isinstance(place, str) and "#" in place for place in value
    )
    return Places(tuple(value)) if is_cited else value


def _write_csv(columns: Sequence[str], rows: Iterator[Sequence[Any]], file: TextIO) -> None:
    writer = csv.writer(Lines(file))
    writer.writerow([defused(column) for column in columns])
    writer.writerows([csv_cell(value) for value in row] for row in rows)


def _write_jsonl(columns: Sequence[str], rows: Iterator[Sequence[Any]], file: TextIO) -> None:
    for row in rows:
        file.write(dumped(dict(zip(columns, row, strict=True))) + "\n")


def _write_json(columns: Sequence[str], rows: Iterator[Sequence[Any]], file: TextIO) -> None:
    """One list, element by element, just as `json.dumps` would write it whole."""
    opened = False
    for row in rows:
        text = dumped(dict(zip(columns, row, strict=True)), indent=2)
        file.write((",\n" if opened else "[\n") + textwrap.indent(text, "  "))
        opened = True
    file.write("\n]\n" if opened else json.dumps([]) + "\n")


_WRITERS: dict[str, Callable[[Sequence[str], Iterator[Sequence[Any]], TextIO], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_jsonl,
}
