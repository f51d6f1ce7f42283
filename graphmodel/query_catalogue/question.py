"""A question of the catalogue, as its file describes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphmodel.errors import GraphmodelError
from graphmodel.names import NameIndex
from graphmodel.query_catalogue.parameters import Parameter


@dataclass(frozen=True)
class Column:
    """A column of the answer.

    Attributes
    ----------
    name, description : str
        As the header gives them.

    Examples
    --------
    >>> Column("service", "Name of the service").name
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
    examples : tuple of dict
        What somebody might ask with: values as typed, by parameter.
    audience : str
        Folder of the catalogue that it is in.

    Examples
    --------
    >>> from graphmodel.query_catalogue import find_query
    >>> find_query("services-of-council").title
    'Services of a council'
    """

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    examples: tuple[Mapping[str, str], ...] = ()
    audience: str = ""

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
        >>> from graphmodel.query_catalogue import parse_query
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
            parameter.name: parameter.value(self.name, given.get(parameter.name), names)
            for parameter in self.parameters
        }
