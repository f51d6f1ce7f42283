"""Several places may speak of one node or edge: what its properties then are.

A *statement* is what one row of one dataset says. Properties hold the outcome of
all statements; where there is more than one, the statements themselves are kept
beside it (as JSON, in ``statements``), so that a dataset can take back its own
words alone, and contradictions can be shown with their sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from graphmodel.model import Edge, Element, declared_properties
from graphmodel.model.tables import column_of


class Statement(NamedTuple):
    """What one row of a dataset says of a node or edge.

    Attributes
    ----------
    dataset : str
        Name of the dataset.
    values : dict
        As from `graphmodel.model.Element.statement`.

    Examples
    --------
    >>> Statement("scotland", {"kind": "land"}).values
    {'kind': 'land'}
    """

    dataset: str
    values: dict[str, Any]


def merged(kind: type[Element], statements: Sequence[Statement]) -> dict[str, Any]:
    """Work out the properties of a node or edge from all that is said of it.

    Parameters
    ----------
    kind : type of Element
        The node or edge class.
    statements : sequence of Statement
        At least one; their order within a dataset is kept, datasets are sorted.

    Returns
    -------
    dict
        Properties to store: dates are real dates, missing ones are absent.

    Examples
    --------
    >>> from graphmodel.model import Borders
    >>> said = {"kind": "land", "source": "map", "locator": "sheet 1"}
    >>> merged(Borders, [Statement("a", said)])["datasets"]
    ['a']
    """
    ordered = sorted(statements, key=lambda statement: statement.dataset)
    rows = [statement.values for statement in ordered]
    values: dict[str, Any] = dict(rows[0]) if len(rows) == 1 else {}
    conflicts: list[str] = []
    if len(rows) > 1:
        for field in declared_properties(kind):
            value, disputed = _RULES[field.merge](field.name, rows)
            if value is not None:
                values[field.name] = value
            if disputed:
                conflicts.append(field.name)
        _add_other_names(kind, values, rows)
    dates, cross = _dates(kind, values)
    conflicts += cross
    properties = values | dates
    properties["datasets"] = sorted({statement.dataset for statement in ordered})
    if issubclass(kind, Edge) and kind.key_fields:
        properties["key"] = kind.key(values)
    if len(rows) > 1:
        properties["statements"] = [_packed(statement) for statement in ordered]
        cited = list(dict.fromkeys(citation(row) for row in rows if "source" in row))
        if len(cited) > 1:
            properties["citations"] = cited
    if conflicts:
        properties["conflicts"] = conflicts
    return properties


def statements_of(kind: type[Element], properties: dict[str, Any]) -> list[Statement]:
    """Recover the statements that stored properties were merged from.

    The inverse of `merged`: merging what comes back gives the same properties.

    Parameters
    ----------
    kind : type of Element
        The node or edge class.
    properties : dict
        As stored.

    Returns
    -------
    list of Statement
        Empty where nobody states it any longer.

    Examples
    --------
    >>> from graphmodel.model import Borders
    >>> said = [Statement("a", {"kind": "land", "source": "map", "locator": "sheet 1"})]
    >>> sorted(statements_of(Borders, merged(Borders, said))[0].values)
    ['kind', 'locator', 'source']
    """
    packed = properties.get("statements")
    if packed:
        return [Statement(*json.loads(text)) for text in packed]
    values = {
        field.name: _as_stated(properties[field.name])
        for field in declared_properties(kind)
        if field.name in properties and not _is_derived(kind, field.name)
    }
    return [Statement(dataset, values) for dataset in properties.get("datasets", [])[:1]]


def citation(values: dict[str, Any]) -> str:
    """Document and place in one text, ``document#locator``.

    Parameters
    ----------
    values : dict
        Properties with ``source``.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If they have no ``source``.

    Examples
    --------
    >>> citation({"source": "report-2020", "locator": "Section 2"})
    'report-2020#Section 2'
    """
    return f"{values['source']}#{values.get('locator', '')}"


def _packed(statement: Statement) -> str:
    return json.dumps(statement, ensure_ascii=False, sort_keys=True)


def _as_stated(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _is_derived(kind: type[Element], name: str) -> bool:
    return name in ("valid_from", "valid_to") and name not in _real_dates(kind)


@cache
def _real_dates(kind: type[Element]) -> frozenset[str]:
    """Properties that are declared as real dates, not as published text."""
    return frozenset(
        field.name for field in declared_properties(kind) if column_of(field).type == "date"
    )


def _dates(kind: type[Element], values: dict[str, Any]) -> tuple[dict[str, date], list[str]]:
    """Real dates, and the name of the end where it lies before the start.

    A row alone cannot say so; two places that contradict each other can.
    """
    dates = {name: date.fromisoformat(values[name]) for name in _real_dates(kind) & values.keys()}
    try:
        interval = kind.interval(values)
    except ValueError:
        return dates, [name for name in ("end", "until") if name in values]
    if interval is not None and interval.start is not None:
        dates["valid_from"] = interval.start
    if interval is not None and interval.end is not None:
        dates["valid_to"] = interval.end
    return dates, []


def _distinct(name: str, rows: Iterable[dict[str, Any]]) -> list[Any]:
    found: list[Any] = []
    for row in rows:
        if name in row and row[name] not in found:
            found.append(row[name])
    return found


def _first(name: str, rows: list[dict[str, Any]]) -> tuple[Any, bool]:
    found = _distinct(name, rows)
    return (found[0] if found else None), len(found) > 1


def _circumstance(name: str, rows: list[dict[str, Any]]) -> tuple[Any, bool]:
    return _first(name, rows)[0], False


def _union(name: str, rows: list[dict[str, Any]]) -> tuple[Any, bool]:
    return list(dict.fromkeys(item for row in rows for item in row.get(name, []))), False


def _prose(name: str, rows: list[dict[str, Any]]) -> tuple[Any, bool]:
    return " ".join(_distinct(name, rows)) or None, False


def _date(name: str, rows: list[dict[str, Any]]) -> tuple[Any, bool]:
    """``2014`` and ``2014-04-01`` agree: one only says more than the other."""
    found = _distinct(name, rows)
    finest = max(found, key=len, default=None)
    return finest, any(not finest.startswith(text) for text in found if finest)


def _latest(name: str, rows: list[dict[str, Any]]) -> tuple[Any, bool]:
    newest = max(row.get("status_as_of", "") for row in rows)
    return _first(name, [row for row in rows if row.get("status_as_of", "") == newest])


_RULES = {
    "first": _first,
    "circumstance": _circumstance,
    "union": _union,
    "prose": _prose,
    "name": _circumstance,
    "latest": _latest,
    "date": _date,
}


def _add_other_names(
    kind: type[Element], values: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    """Other places' names for the same thing become its aliases."""
    if any(field.merge == "name" for field in declared_properties(kind)) and "aliases" in values:
        others = _distinct("name", rows)[1:]
        values["aliases"] = list(dict.fromkeys([*values["aliases"], *others]))
