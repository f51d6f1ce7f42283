"""Turning a report into text: for reading, for spreadsheets, for other programs."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
from datetime import date, datetime, time
from typing import Any, Literal

from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import defused, legible
from graphmodel.reports.citations import Numbering, Places
from graphmodel.reports.table import Report, Short, Table
from graphmodel.reports.wide import HEAD_PADDING, blocks, legend, shown_heads
from graphmodel.rows import Lines
from graphmodel.store.values import NodeValue, PathValue, RelationshipValue

Format = Literal["table", "csv", "json", "jsonl", "markdown"]
PIPE_WIDTH = 120
"""Characters a line where there is no terminal that has a width."""
_NARROWEST = 12


def render(report: Report, how: Format) -> str:
    """Write a report in one of the formats.

    Parameters
    ----------
    report : Report
        What to write.
    how : {"table", "csv", "json", "jsonl", "markdown"}
        For a page, a spreadsheet, or another program.

    Returns
    -------
    str
        Ends in a line break.

    Raises
    ------
    GraphmodelError
        If a value has no form in JSON, or lists are nested too deeply.

    Notes
    -----
    What could steer a terminal, a spreadsheet or a browser is defused on pages, in CSV
    and in Markdown; JSON has all as it is.

    Examples
    --------
    >>> report = Report("Councils", [Table(["name", "services"], [["Angus", 3]])])
    >>> print(render(report, "csv"), end="")
    name,services
    Angus,3
    """
    try:
        return _rendered(report, how)
    except RecursionError:
        raise GraphmodelError("The answer is nested too deeply to be shown.") from None


def _rendered(report: Report, how: Format) -> str:
    match how:
        case "table":
            return _page(report, "simple", _width())
        case "markdown":
            return _page(report, "pipe", None)
        case "csv":
            return _csv(report)
        case "json":
            return _json(report)
        case "jsonl":
            lines = [dumped(row) for row in _flat(report)]
            return "".join(line + "\n" for line in lines)


def cell_text(value: Any) -> str:
    """Show one value as a person would write it.

    Parameters
    ----------
    value : object
        Any value of a table.

    Returns
    -------
    str
        Six significant digits at most; empty for ``None``.

    Examples
    --------
    >>> cell_text(["land", "bridge"]), cell_text(None), cell_text(0.25)
    ('land; bridge', '', '0.25')
    """
    match value:
        case None:
            return ""
        case Short():
            return cell_text(value.short)
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:,.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"
        case NodeValue() | RelationshipValue() | PathValue():
            return str(value)
        case list() | tuple():
            return "; ".join(map(cell_text, value))
        case dict():
            return ", ".join(f"{key}: {cell_text(item)}" for key, item in value.items())
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def _page(report: Report, style: str, width: int | None) -> str:
    mark = "# " if style == "pipe" else ""
    numbering = Numbering()
    title = _shown(report.title, style)
    parts = [mark + title, "" if mark else "=" * min(len(title), width or 100)]
    for table in report.tables:
        if table.heading:
            heading = _shown(table.heading, style)
            parts += ["", ("## " if mark else "") + heading]
            parts.append("" if mark else "-" * len(heading))
        if table.rows:
            parts.append(_grid(table, style, width, numbering))
        else:
            parts.append("(not shown)" if table.cut else "(none)")
    legends = [words for words in map(legend, report.tables) if words]
    notes = [*legends, *report.notes, *numbering.notes(report.documents)]
    if notes:
        parts.append("")
        if style == "simple":
            parts += map(legible, notes)
        else:
            parts += [f"{_inert(legible(note))}  " for note in notes]
    return "\n".join(parts) + "\n"


def page_lines(table: Table, width: int) -> str:
    """Show a table without anything around it.

    Parameters
    ----------
    table : Table
        What to show.
    width : int
        Characters a line.

    Returns
    -------
    str
        Lines without blanks at their ends.

    Examples
    --------
    >>> print(page_lines(Table(["name"], [["Angus"]]), 80), end="")
    name
    ------
    Angus
    """
    lines = _grid(table, "simple", width, Numbering()).splitlines()
    return "".join(line.rstrip() + "\n" for line in lines)


def _grid(table: Table, style: str, width: int | None, numbering: Numbering) -> str:
    from tabulate import tabulate

    rows = [
        [
            _shown(numbering.cite(cell) if isinstance(cell, Places) else cell_text(cell), style)
            for cell in row
        ]
        for row in table.rows
    ]
    plain = table.headerless and style == "simple"
    heads = [_shown(head, style) for head in shown_heads(table)]
    parts = []
    for columns in blocks(table, rows, width):
        headers = [] if plain else [heads[at] for at in columns]
        cells = [[row[at] for at in columns] for row in rows]
        numeric = [
            all(isinstance(row[at], int | float | None) for row in table.rows) for at in columns
        ]
        parts.append(
            tabulate(
                cells,
                headers=headers,
                tablefmt="plain" if plain else style,
                disable_numparse=True,
                colalign=["right" if right else "left" for right in numeric],
                maxcolwidths=_column_widths(cells, headers, width) if width else None,
            )
        )
    return "\n\n".join(parts)


def _shown(text: str, style: str) -> str:
    """One line without what could steer a terminal or, in Markdown, a browser."""
    line = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return line if style == "simple" else _inert(line).replace("|", "\\|")


def _inert(text: str) -> str:
    """Markdown in which foreign text makes no tag and no link."""
    return text.replace("<", "&lt;").replace("](", "]\\(")


def _column_widths(rows: list[list[str]], headers: list[str], width: int) -> list[int | None]:
    """Narrow the widest columns until a row fits the line."""
    columns = list(zip(*rows, strict=True))
    natural = [max(map(len, column)) for column in columns]
    if headers:
        heads = [len(head) + HEAD_PADDING for head in headers]
        natural = list(map(max, natural, heads))
    room = width - 2 * (len(natural) - 1)
    cap = max(natural, default=0)
    while cap > _NARROWEST and sum(min(size, cap) for size in natural) > room:
        cap -= 1
    return [cap if size > cap else None for size in natural]


def _width() -> int:
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns


def _flat(report: Report) -> list[dict[str, Any]]:
    """All rows of all tables; with several tables each row says which it is from."""
    if len(report.tables) == 1:
        return report.tables[0].records()
    return [
        {"section": table.heading} | record for table in report.tables for record in table.records()
    ]


def _csv(report: Report) -> str:
    records = _flat(report)
    headings = ["section"] if len(report.tables) > 1 else []
    columns = [*headings, *(column for table in report.tables for column in table.columns)]
    out = io.StringIO()
    writer = csv.DictWriter(Lines(out), list(dict.fromkeys(columns)))
    writer.writerow({column: defused(column) for column in writer.fieldnames})
    for record in records:
        writer.writerow({column: csv_cell(value) for column, value in record.items()})
    return out.getvalue()


def csv_cell(value: Any) -> Any:
    """Make a cell that a spreadsheet will show and not calculate.

    Parameters
    ----------
    value : object
        Any value of a table.

    Returns
    -------
    object
        A number or text; nodes, maps and paths as JSON, other lists with ``|`` between.

    Examples
    --------
    >>> csv_cell(["land", "bridge"]), csv_cell({"a": 1}), csv_cell(None)
    ('land|bridge', '{"a": 1}', None)
    """
    if isinstance(value, Places):
        value = value.places
    if isinstance(value, bool | dict | PathValue) or _holds_maps(value):
        return dumped(value)
    if isinstance(value, list | tuple):
        value = "|".join(map(cell_text, value))
    return defused(value)


def _holds_maps(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def dumped(value: Any, indent: int | None = None) -> str:
    """Write a value as JSON.

    Parameters
    ----------
    value : object
        Any value of a table, or a whole one.
    indent : int, optional
        As for `json.dumps`.

    Returns
    -------
    str

    Raises
    ------
    GraphmodelError
        If it has no form in JSON.

    Examples
    --------
    >>> dumped({"day": date(2014, 6, 1), "share": float("inf")})
    '{"day": "2014-06-01", "share": "inf"}'
    """
    return json.dumps(_finite(value), default=_json_value, ensure_ascii=False, indent=indent)


def _finite(value: Any) -> Any:
    """JSON has no infinities: they become texts."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def _json(report: Report) -> str:
    content: Any
    if len(report.tables) == 1:
        content = report.tables[0].records()
    else:
        content = {"title": report.title} | {
            table.heading: table.records() for table in report.tables
        }
    return dumped(content, indent=2) + "\n"


def _json_value(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Places):
        return list(value.places)
    raise GraphmodelError(f"There is no form in JSON for a value of type {type(value).__name__}.")
