"""Where in a statement the database found a mistake, shown beneath the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import Neo4jError

from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import legible, shortened

_PLACES = (
    re.compile(r"\s*\(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)\s*"),
    re.compile(r"^Syntax error at line (?P<line>\d+):(?P<zero>\d+) - "),
    re.compile(r" at line (?P<line>\d+), column (?P<zero>\d+)"),
)
"""How Neo4j and the embedded store name a place; the latter counts columns from 0."""
_LONGEST = 100
"""Characters of a line that are shown."""
_LONGEST_REASON = 1_000


@contextmanager
def pointing_at(statement: str, lines_before: int = 0) -> Iterator[None]:
    r"""Show where in a statement the database found a mistake.

    Parameters
    ----------
    statement : str
        As a person wrote it.
    lines_before : int
        Lines that were put before it.

    Raises
    ------
    GraphmodelError
        As inside, with the line and a mark below it where the place is known.

    Examples
    --------
    >>> with pointing_at("MATCH (c:Council)\nRETRN c"):
    ...     store.read("MATCH (c:Council)\nRETRN c")
    Traceback (most recent call last):
    graphmodel.errors.GraphmodelError: ...
    """
    try:
        yield
    except GraphmodelError as error:
        cause = error.__cause__
        shown = _shown(cause, statement, lines_before) if isinstance(cause, Neo4jError) else None
        if shown is None:
            raise
        raise type(error)(shown) from cause


def no_end(statement: str, place: int, what: str) -> GraphmodelError:
    r"""Say that something which begins in a statement does not end there.

    Parameters
    ----------
    statement : str
        As a person wrote it.
    place : int
        Number of characters before it.
    what : str
        What begins there.

    Returns
    -------
    GraphmodelError

    Examples
    --------
    >>> print(no_end("MATCH (c)\nRETURN 'Angus", 17, "text"))
    The statement is not understood, line 2, column 8: the text that begins here has no end
      RETURN 'Angus
             ^
    """
    before = statement[:place].split("\n")
    line = statement.split("\n")[len(before) - 1]
    said = f"the {what} that begins here has no end"
    return GraphmodelError(_marked(line, len(before), len(before[-1]), said))


def _shown(error: Neo4jError, statement: str, lines_before: int) -> str | None:
    message = error.message or ""
    if "SyntaxError" not in (error.code or "") and "SemanticError" not in (error.code or ""):
        return None
    for pattern in _PLACES:
        found = pattern.search(message)
        if not found:
            continue
        groups = found.groupdict()
        line = int(groups["line"]) - lines_before
        column = int(groups["zero"]) if "zero" in groups else int(groups["column"]) - 1
        lines = statement.splitlines()
        if not 1 <= line <= len(lines):
            return None
        # What follows on further lines is the database's own picture of the place.
        said = pattern.sub(" ", message, count=1).strip().splitlines()[0].strip()
        return _marked(lines[line - 1], line, column, shortened(said, _LONGEST_REASON))
    return None


def _marked(text: str, line: int, column: int, said: str) -> str:
    """A message with the line below it and a mark below that; columns count from 0."""
    start = max(0, column - _LONGEST // 2)
    cut = legible(text[start : start + _LONGEST]).replace("\t", " ")
    return (
        f"The statement is not understood, line {line}, column {column + 1}: {said}\n"
        f"  {cut}\n  {' ' * (column - start)}^"
    )
