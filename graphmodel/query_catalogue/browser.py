"""Questions as Neo4j Browser and cypher-shell take them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from graphmodel.query_catalogue.question import CatalogueQuery


def browser_text(query: CatalogueQuery, values: Mapping[str, Any]) -> str:
    """Write a question with lines that set its parameters, for Neo4j Browser and cypher-shell.

    Parameters
    ----------
    query : CatalogueQuery
        The question.
    values : mapping
        Of its parameters, as `CatalogueQuery.bind` gives them.

    Returns
    -------
    str

    Examples
    --------
    >>> from graphmodel.query_catalogue import find_query
    >>> query = find_query("services-of-council")
    >>> print(browser_text(query, {"council": "GB-LAS-ANS", "day": date(2014, 6, 1)}))
    :param council => 'GB-LAS-ANS';
    :param day => date('2014-06-01');
    // title: Services of a council...
    """
    lines = [f":param {name} => {_literal(value)};" for name, value in values.items()]
    return "\n".join([*lines, query.cypher.strip().rstrip(";") + ";"]) + "\n"


def _literal(value: Any) -> str:
    """A value as Cypher writes it."""
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
        return f"'{escaped}'"
    return json.dumps(value)
