"""The first of the gates that keep reading from writing: the text of the statement.

The database itself holds the rest (access mode, a user without write rights, the
statement's own kind). What is caught here is what a database may let through
although it changes something or reaches beyond the graph.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from graphmodel.errors import ReadOnlyError
from graphmodel.store.syntax import no_end

READING_STARTS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "SHOW"})
"""Words with which a statement that reads can begin."""
READING_PROCEDURES = frozenset(
    {
        "db.info",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
    }
)
"""Procedures that may be called: what others do, a plugin's too, is not known here."""

_SKIPPED = re.compile(
    r"""
    /\*.*?(?:\*/|(?P<comment>\Z))
    | //[^\r\n]*
    | '(?:\\.|[^'\\])*+(?:'|(?P<text>\\?\Z))
    | "(?:\\.|[^"\\])*+(?:"|(?P<other_text>\\?\Z))
    | `(?:``|[^`])*+(?:`|(?P<name>\Z))
    """,
    re.VERBOSE | re.DOTALL,
)
"""What is no part of a statement's own words; a group where it has no end."""
_WITHOUT_END = {
    "comment": "comment",
    "text": "text",
    "other_text": "text",
    "name": "quoted name",
}
_UNICODE_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")
_WORD = re.compile(r"[^\W\d]\w*|[^\s\w]")
_FORBIDDEN_PAIRS = frozenset(
    {("LOAD", "CSV"), ("TERMINATE", "TRANSACTION"), ("TERMINATE", "TRANSACTIONS")}
)


def require_reading_statement(cypher: str) -> None:
    """Refuse a statement that cannot be a single, reading one.

    Parameters
    ----------
    cypher : str
        The statement as given by a user.

    Raises
    ------
    ReadOnlyError
        If it begins with a word that no reading statement begins with, holds
        several statements, loads a file or ends other people's transactions.

    Examples
    --------
    >>> require_reading_statement("MATCH (c:Council) RETURN c.name")
    >>> require_reading_statement("/* look */ CREATE (:Council)")
    Traceback (most recent call last):
    ...
    graphmodel.errors.ReadOnlyError: CREATE is not allowed here: only reading is, ...
    """
    words = _words(cypher)
    if words[0] not in READING_STARTS:
        raise ReadOnlyError(
            f"{words[0]} is not allowed here: only reading is, "
            f"with a statement that begins with {', '.join(sorted(READING_STARTS))}."
        )
    _require_reading_procedures(words)
    for pair in pairwise(words):
        if pair in _FORBIDDEN_PAIRS:
            raise ReadOnlyError(f"{' '.join(pair)} is not allowed here: only reading the graph is.")


def require_single_statement(cypher: str) -> None:
    """Refuse what is no statement, or several.

    Parameters
    ----------
    cypher : str
        As given by a user.

    Raises
    ------
    ReadOnlyError
        If it is.

    Examples
    --------
    >>> require_single_statement("CREATE (:Council {name: 'a; b'});")
    """
    _words(cypher)


def _words(cypher: str) -> list[str]:
    """The words and signs of the one statement that there must be, without texts."""
    if _UNICODE_ESCAPE.search(cypher):
        # Neo4j turns them into characters before it looks where a text ends.
        raise ReadOnlyError(
            "Unicode escapes are not allowed here: type the character itself, or give the text "
            "as a parameter."
        )
    _require_ends(cypher)
    words = [word.upper() for word in _WORD.findall(_without_texts(cypher))]
    while words and words[-1] == ";":
        words.pop()
    if not words:
        raise ReadOnlyError("There is no statement here.")
    if ";" in words:
        raise ReadOnlyError("Only one statement at a time is allowed here.")
    return words


def _require_reading_procedures(words: list[str]) -> None:
    """Let only those procedures be called that are known to read the graph."""
    for position, word in enumerate(words):
        following = words[position + 1 : position + 2]
        if word != "CALL" or following in (["{"], ["("], []):
            continue
        name = "".join(takewhile(lambda part: part not in "({;", words[position + 1 :]))
        called = re.split(r"YIELD|RETURN|WITH|WHERE", name)[0].lower()
        if called not in READING_PROCEDURES:
            raise ReadOnlyError(
                f"CALL {called} is not allowed here: only procedures are that read the graph, "
                f"{', '.join(sorted(READING_PROCEDURES))}."
            )


def _require_ends(cypher: str) -> None:
    """Refuse a text that never ends; the embedded engine needs minutes to see a long one."""
    for found in _SKIPPED.finditer(cypher):
        for group, what in _WITHOUT_END.items():
            if found[group] is not None:
                raise no_end(cypher, found.start(), what)


def _without_texts(cypher: str) -> str:
    """The statement with each comment, text and quoted name replaced by a blank."""
    return _SKIPPED.sub(lambda found: " " if found[0].startswith("/") else " 0 ", cypher)
