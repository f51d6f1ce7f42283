"""The catalogue of questions, its answers, and those to an analyst's own Cypher."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from graphmodel.errors import GraphmodelError
from graphmodel.query_catalogue import find_query, load_catalogue
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.lookup import name_index


def catalogue_report() -> Report:
    """List the questions of the catalogue.

    Returns
    -------
    Report

    Examples
    --------
    >>> catalogue_report().tables[0].columns
    ['name', 'question', 'parameters']
    """
    rows = [
        [
            query.name,
            query.question,
            [f"{parameter.name}={parameter.default or '…'}" for parameter in query.parameters],
        ]
        for query in load_catalogue().values()
    ]
    notes = ["Ask one with: graphmodel query NAME --param NAME=VALUE"]
    return Report("Questions", [Table(["name", "question", "parameters"], rows)], notes)


def query_report(
    store: Store, name: str, given: Mapping[str, str], *, as_of: date | None = None
) -> Report:
    """Ask a question of the catalogue.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        The question.
    given : mapping of str to str
        Its parameters, as typed.
    as_of : date, optional
        Value of its parameter ``day``, if it has one.

    Returns
    -------
    Report
        Columns are those that its header declares.

    Raises
    ------
    NotFoundError
        If there is no such question, or nothing answers to a name.
    GraphmodelError
        If a parameter is unknown, missing or wrong, or a day is given to a question
        that does not ask about one.

    Examples
    --------
    >>> query_report(store, "services-of-council", {"council": "Fife"}).title
    'Services of a council'
    """
    query = find_query(name)
    values = dict(given)
    if as_of is not None:
        if not any(parameter.name == "day" for parameter in query.parameters):
            raise GraphmodelError(
                f"{name} does not ask about a day, so --as-of means nothing here."
            )
        if "day" in values:
            raise GraphmodelError("Give either --as-of or --param day=…, not both.")
        values["day"] = as_of.isoformat()
    found = store.read_foreign(
        query.cypher, query.bind(values, lambda *labels: name_index(store, *labels))
    )
    columns = [column.name for column in query.columns]
    rows = [[row[column] for column in columns] for row in found]
    return Report(query.title, [Table(columns, rows)])


def cypher_report(
    store: Store, statement: str, given: Mapping[str, str], *, limit: int | None = None
) -> Report:
    """Run a statement of an analyst, which may only read.

    Parameters
    ----------
    store : Store
        An open store.
    statement : str
        One Cypher statement.
    given : mapping of str to str
        Values of its parameters; JSON where they are JSON, text otherwise.
    limit : int, optional
        Most rows to fetch.

    Returns
    -------
    Report

    Raises
    ------
    ReadOnlyError
        If the statement could do more than read.
    GraphmodelError
        If the statement is wrong.

    Examples
    --------
    >>> cypher_report(store, "RETURN $n AS n", {"n": "1"}).tables[0].rows
    [[1]]
    """
    found = store.read_foreign(
        statement, {name: _json_or_text(text) for name, text in given.items()}
    )
    noun = "row" if len(found) == 1 else "rows"
    table = Table(found.columns or ("result",), [list(row) for row in found.rows])
    notes = [f"There are more: these are the first {limit} (--limit)."] if found.cut else []
    return Report(f"{len(found)} {noun}", [table], notes)


def _json_or_text(text: str) -> Any:
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise GraphmodelError(f"A parameter has a character that is no text: {error}") from error
    except (ValueError, RecursionError):
        return text
    return value
