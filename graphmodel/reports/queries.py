"""The catalogue of questions, its answers, and those to an analyst's own Cypher."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graphmodel.errors import GraphmodelError
from graphmodel.query_catalogue import CatalogueQuery, find_query, load_catalogue
from graphmodel.reports.sheets import titles
from graphmodel.reports.streamed import Answer
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store, Stream
from graphmodel.store.lookup import name_index


def catalogue_report(folder: Path | None = None) -> Report:
    """List the questions of the catalogue.

    Parameters
    ----------
    folder : Path, optional
        With questions of your own.

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
        for query in load_catalogue(folder).values()
    ]
    notes = [
        "Ask one with: graphmodel query NAME --param NAME=VALUE",
        "What one takes and gives: graphmodel query NAME --describe",
    ]
    return Report("Questions", [Table(["name", "question", "parameters"], rows)], notes)


def description_report(name: str, folder: Path | None = None) -> Report:
    """Describe a question: its parameters with what they may be, its columns, examples.

    Parameters
    ----------
    name : str
        The question.
    folder : Path, optional
        With questions of your own.

    Returns
    -------
    Report

    Raises
    ------
    NotFoundError
        If there is no such question.

    Examples
    --------
    >>> [table.heading for table in description_report("savings-by-basis").tables]
    ['Parameters', 'Columns', 'Examples']
    """
    query = find_query(name, folder)
    parameters = [
        [
            one.name,
            one.type,
            "required" if one.required else one.default,
            one.description,
            list(one.allowed),
        ]
        for one in query.parameters
    ]
    commands = [[command_of(query, given)] for given in query.examples]
    return Report(
        f"{query.title} ({query.name})",
        [
            Table(["name", "type", "default", "meaning", "allowed"], parameters, "Parameters"),
            Table(
                ["name", "meaning"],
                [[one.name, one.description] for one in query.columns],
                "Columns",
            ),
            Table(["command"], commands, "Examples"),
        ],
        [query.question],
    )


def command_of(query: CatalogueQuery, given: Mapping[str, str]) -> str:
    """Write the command that asks a question.

    Parameters
    ----------
    query : CatalogueQuery
        The question.
    given : mapping of str to str
        Its parameters.

    Returns
    -------
    str

    Examples
    --------
    >>> command_of(find_query("leads-and-hosts"), {"role": "joint lead"})
    "graphmodel query leads-and-hosts -p 'role=joint lead'"
    """
    words = ["graphmodel", "query", query.name]
    for name, value in given.items():
        words += ["-p", f"{name}={value}"]
    return shlex.join(words)


def query_answer(
    store: Store,
    name: str,
    given: Mapping[str, str],
    *,
    as_of: date | None = None,
    folder: Path | None = None,
    limit: int | None = None,
    seconds: float | None = None,
) -> Answer:
    """Ask a question of the catalogue whose answer may have any number of rows.

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
    folder : Path, optional
        With questions of your own.
    limit : int, optional
        Most rows to fetch.
    seconds : float, optional
        Longest time that the database may take.

    Returns
    -------
    Answer
        Columns are those that its header declares.

    Raises
    ------
    NotFoundError
        If there is no such question, or nothing answers to a name.
    TimeLimitError
        If it takes too long.
    GraphmodelError
        If a parameter is unknown, missing or wrong, or a day is given to a question
        that does not ask about one.

    Examples
    --------
    >>> answer = query_answer(store, "services-of-council", {"council": "Fife"})
    >>> answer.columns[0], "SEEMiS" in [row[0] for row in answer.rows]
    ('service', True)
    """
    query = find_query(name, folder)
    values = bound(store, query, given, as_of)
    columns = [column.name for column in query.columns]
    found = store.stream_foreign(query.cypher, values, limit=limit, seconds=seconds)
    rows = _declared(query, columns, found)
    return Answer(query.title, columns, rows, documents=lambda: titles(store))


def _declared(query: CatalogueQuery, columns: list[str], found: Stream) -> Iterator[list[Any]]:
    """The columns that the header declares, in its order."""
    lacking = [column for column in columns if column not in found.columns]
    if lacking and found.columns:
        raise GraphmodelError(
            f"{query.name}: the header declares the column {lacking[0]}, which the answer does not "
            f"have. It has: {', '.join(found.columns)}."
        )
    for by_name in found:
        yield [by_name[column] for column in columns]


def bound(
    store: Store, query: CatalogueQuery, given: Mapping[str, str], as_of: date | None = None
) -> dict[str, Any]:
    """Check and convert a question's parameters, names looked up in the store.

    Parameters
    ----------
    store : Store
        An open store.
    query : CatalogueQuery
        The question.
    given : mapping of str to str
        As typed.
    as_of : date, optional
        Value of its parameter ``day``, if it has one.

    Returns
    -------
    dict

    Raises
    ------
    NotFoundError
        If nothing answers to a name.
    GraphmodelError
        If one is unknown, missing or wrong.

    Examples
    --------
    >>> bound(store, find_query("services-of-council"), {"council": "Fife"})["council"]
    'GB-LAS-FIF'
    """
    values = dict(given)
    if as_of is not None:
        if not any(parameter.name == "day" for parameter in query.parameters):
            raise GraphmodelError(
                f"{query.name} does not ask about a day, so --as-of means nothing here."
            )
        if "day" in values:
            raise GraphmodelError("Give either --as-of or --param day=…, not both.")
        values["day"] = as_of.isoformat()
    return query.bind(values, lambda *labels: name_index(store, *labels))


def query_report(
    store: Store, name: str, given: Mapping[str, str], *, as_of: date | None = None
) -> Report:
    """Ask a question of the catalogue and get the whole answer.

    Parameters
    ----------
    store, name, given, as_of
        As for `query_answer`.

    Returns
    -------
    Report
        Columns are those that its header declares.

    Examples
    --------
    >>> query_report(store, "services-of-council", {"council": "Fife"}).title
    'Services of a council'
    """
    answer = query_answer(store, name, given, as_of=as_of)
    return Report(answer.title, [Table(answer.columns, list(answer.rows))])


def parameter_values(given: Mapping[str, str]) -> dict[str, Any]:
    """Read the parameters of an analyst's own statement.

    Parameters
    ----------
    given : mapping of str to str
        As typed.

    Returns
    -------
    dict
        JSON where they are JSON, text otherwise.

    Raises
    ------
    GraphmodelError
        If one has a character that is no text.

    Examples
    --------
    >>> parameter_values({"n": "1", "name": "Angus", "both": '["a", "b"]'})
    {'n': 1, 'name': 'Angus', 'both': ['a', 'b']}
    """
    return {name: _json_or_text(text) for name, text in given.items()}


def _json_or_text(text: str) -> Any:
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise GraphmodelError(f"A parameter has a character that is no text: {error}") from error
    except (ValueError, RecursionError):
        return text
    return value
