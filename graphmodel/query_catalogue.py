"""The catalogue of questions: one Cypher file each, with a header that describes it.

A header is made of comments at the top of the file::

    // title: Services of a council
    // question: What does a council take part in, and as what?
    // param council: council = Angus | The council asked about
    // param status: text = | Only services of this status; all if not given
    // column service: Name of the service

A parameter has a type, and after ``=`` a default; ``=`` alone means that it may be
left out, no ``=`` that it must be given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from graphmodel import vocabulary
from graphmodel.dates import period
from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.foreign_text import legible
from graphmodel.names import NameIndex

_PARAM = re.compile(r"(?P<name>\w+)\s*:\s*(?P<type>\w+)\s*(?P<default>=[^|]*)?\|\s*(?P<text>.+)")
_COLUMN = re.compile(r"(?P<name>\w+)\s*:\s*(?P<text>.+)")

NAMED_TYPES = {
    "council": ("Council",),
    "partner": ("Partner",),
    "participant": ("Council", "Partner"),
    "service": ("Service",),
    "grouping": ("Grouping",),
    "category": ("Category",),
    "document": ("Document",),
}
"""Types whose values are names, and the labels of what they name."""
WORD_TYPES: dict[str, tuple[str, ...]] = {
    "status": get_args(vocabulary.Status),
    "role": get_args(vocabulary.Role),
    "mechanism": get_args(vocabulary.DeliveryMechanism),
    "basis": get_args(vocabulary.SavingBasis),
    "grouping_kind": get_args(vocabulary.GroupingKind),
    "partner_kind": get_args(vocabulary.PartnerKind),
    "finding_kind": get_args(vocabulary.FindingKind),
}
"""Types whose values are words of a closed list, and the list."""


def _boolean(text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise ValueError("expected true or false")
    return text.casefold() == "true"


PLAIN_TYPES: dict[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "number": float,
    "boolean": _boolean,
    "date": lambda text: period(text).start,
}
"""Types whose values are read from text as they are."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question.

    Attributes
    ----------
    name, type, description : str
        As the header gives them.
    required : bool
        Whether it must be given.
    default : str or None
        Value where it is not given, as typed; none for those left out.

    Examples
    --------
    >>> load_catalogue()["services-of-council"].parameters[0].default
    'Angus'
    """

    name: str
    type: str
    description: str
    required: bool
    default: str | None


@dataclass(frozen=True)
class Column:
    """A column of the answer.

    Attributes
    ----------
    name, description : str
        As the header gives them.

    Examples
    --------
    >>> load_catalogue()["services-of-council"].columns[0].name
    'service'
    """

    name: str
    description: str


@dataclass(frozen=True)
class CatalogueQuery:
    """A question of the catalogue.

    Attributes
    ----------
    name : str
        Name under which it is asked.
    title, question : str
        As the header gives them.
    parameters : tuple of Parameter
        In the order of the header.
    columns : tuple of Column
        In the order of the header.
    cypher : str
        The whole file: the header is a comment to the database.

    Examples
    --------
    >>> find_query("services-of-council").title
    'Services of a council'
    """

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str

    def bind(self, given: Mapping[str, str], names: Callable[..., NameIndex]) -> dict[str, Any]:
        r"""Check and convert the parameters that a user gave.

        Parameters
        ----------
        given : mapping of str to str
            Values as typed.
        names : callable
            Gives an index of the names of some labels; asked only where a
            parameter is a name.

        Returns
        -------
        dict
            A value for each parameter; ``None`` for those left out.

        Raises
        ------
        GraphmodelError
            If one is unknown, missing or wrong.

        Examples
        --------
        >>> lines = ["// title: T", "// question: Q", "// param day: date | Day", "// column n: N"]
        >>> query = parse_query("mine", "\n".join(lines))
        >>> query.bind({"day": "2015-04"}, NameIndex)
        {'day': datetime.date(2015, 4, 1)}
        >>> query.bind({"month": "4"}, NameIndex)
        Traceback (most recent call last):
        ...
        graphmodel.errors.GraphmodelError: mine has no parameter month. It takes: day.
        """
        known = [parameter.name for parameter in self.parameters]
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise GraphmodelError(
                f"{self.name} has no parameter {', '.join(unknown)}. "
                f"It takes: {', '.join(known) or 'none'}."
            )
        return {
            parameter.name: _value(self.name, parameter, given.get(parameter.name), names)
            for parameter in self.parameters
        }


def _value(
    query: str, parameter: Parameter, given: str | None, names: Callable[..., NameIndex]
) -> Any:
    text = given if given is not None else parameter.default
    if text is None:
        if parameter.required:
            raise GraphmodelError(
                f"{query} needs --param {parameter.name}=… ({parameter.description})"
            )
        return None
    if parameter.type in NAMED_TYPES:
        return names(*NAMED_TYPES[parameter.type]).resolve(text).id
    if parameter.type in WORD_TYPES:
        words = WORD_TYPES[parameter.type]
        if text not in words:
            raise GraphmodelError(
                f"{query}: {parameter.name}={text!r} is not in the list. Expected one of: "
                f"{', '.join(words)}."
            )
        return text
    try:
        return PLAIN_TYPES[parameter.type](text)
    except ValueError as error:
        raise GraphmodelError(
            f"{query}: {parameter.name}={text!r} cannot be read as {parameter.type} ({error})"
        ) from error


@cache
def load_catalogue() -> dict[str, CatalogueQuery]:
    """Read the questions that come with the program.

    Returns
    -------
    dict of str to CatalogueQuery
        By name, sorted.

    Examples
    --------
    >>> "services-of-council" in load_catalogue()
    True
    """
    found = [
        parse_query(entry.name.removesuffix(".cypher"), entry.read_text(encoding="utf-8"))
        for entry in files("queries").iterdir()
        if entry.name.endswith(".cypher")
    ]
    return {query.name: query for query in sorted(found, key=lambda query: query.name)}


def find_query(name: str) -> CatalogueQuery:
    """Find a question of the catalogue.

    Parameters
    ----------
    name : str
        Name under which it is asked.

    Returns
    -------
    CatalogueQuery

    Raises
    ------
    NotFoundError
        If there is none of this name; the message names the nearest.

    Examples
    --------
    >>> find_query("services-of-council").name
    'services-of-council'
    """
    catalogue = load_catalogue()
    if name not in catalogue:
        from rapidfuzz import process

        near = [found[0] for found in process.extract(name[:200], list(catalogue), limit=3)]
        raise NotFoundError(
            f"There is no question {legible(name, 200)!r}. Did you mean {' or '.join(near)}? "
            "'graphmodel query' lists all."
        )
    return catalogue[name]


def parse_query(name: str, text: str) -> CatalogueQuery:
    r"""Read a file of the catalogue.

    Parameters
    ----------
    name : str
        Name under which it is asked.
    text : str
        Content of the file.

    Returns
    -------
    CatalogueQuery

    Raises
    ------
    GraphmodelError
        If the header lacks something or cannot be read.

    Examples
    --------
    >>> lines = ["// title: Councils", "// question: Who?", "// column id: Its id"]
    >>> parse_query("councils", "\n".join([*lines, "MATCH (c:Council) RETURN c.id AS id"])).columns
    (Column(name='id', description='Its id'),)
    """
    single: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        key, _, rest = line.removeprefix("//").strip().partition(" ")
        match key:
            case "title:" | "question:":
                single[key] = rest.strip()
            case "param":
                parameters.append(_parameter(name, rest))
            case "column":
                found = _match(_COLUMN, name, rest)
                columns.append(Column(found["name"], found["text"]))
            case _:
                raise _not_understood(name, "line", line)
    if not single.get("title:") or not single.get("question:") or not columns:
        raise GraphmodelError(f"{name}: the header needs a title, a question and columns")
    for described in (parameters, columns):
        names = [one.name for one in described]
        if len(set(names)) < len(names):
            raise GraphmodelError(f"{name}: the header describes something twice: {names}")
    return CatalogueQuery(
        name, single["title:"], single["question:"], tuple(parameters), tuple(columns), text
    )


def _parameter(query: str, text: str) -> Parameter:
    found = _match(_PARAM, query, text)
    if not any(found["type"] in types for types in (PLAIN_TYPES, NAMED_TYPES, WORD_TYPES)):
        raise GraphmodelError(f"{query}: there is no type of parameter {found['type']!r}")
    default = (found["default"] or "").removeprefix("=").strip()
    return Parameter(
        found["name"], found["type"], found["text"], found["default"] is None, default or None
    )


def _match(pattern: re.Pattern[str], query: str, text: str) -> re.Match[str]:
    found = pattern.fullmatch(text.strip())
    if found is None:
        raise _not_understood(query, "part", text)
    return found


def _not_understood(query: str, what: str, text: str) -> GraphmodelError:
    shown = legible(text, 200)
    return GraphmodelError(f"{query}: this {what} of the header is not understood: {shown}")
