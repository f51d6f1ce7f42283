"""Whom the rows of a package name, and what is wrong where nobody is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from graphmodel.errors import GraphmodelError, NotFoundError
from graphmodel.model import Document, Edge, Node
from graphmodel.model.element import LIST_DELIMITER, Endpoint
from graphmodel.names import Named, NameIndex, normalised
from graphmodel.store.statements import Shape
from loaders.fingerprints import KeySet
from loaders.problems import Problem
from loaders.rows import MOST_REJECTED, Row
from loaders.stated import Validated, place_of

MOST_REMEMBERED = 100_000
"""Names of which is remembered what they stand for."""
_SOURCE = Endpoint("source", (Document,))


@dataclass
class Hopes:
    """What may yet be there once a package is put right.

    Attributes
    ----------
    unread : collection of str
        Labels whose table could not be read.
    malformed : collection of (str, str)
        Label and normalised cell of rows that could not be read.
    elsewhere : callable
        Gives what is known without the package.
    rejected : set of Named
        What was stated in rejected rows alone.

    Examples
    --------
    >>> Hopes(unread={"Document"}).may_name("A report", Endpoint("source", (Document,)))
    True
    """

    unread: Collection[str] = ()
    malformed: Collection[tuple[str, str]] = ()
    elsewhere: Callable[[], Iterable[Named]] = tuple
    rejected: set[Named] = field(default_factory=set)

    def give_up(self, lost: set[Named]) -> None:
        """Count as rejected what no right row states, unless it is known without the package.

        Parameters
        ----------
        lost : set of Named
            What rejected rows alone state.

        Examples
        --------
        >>> hopes = Hopes()
        >>> hopes.give_up({Named("Council", "GB-LAS-ANS", "Angus")})
        >>> len(hopes.rejected)
        1
        """
        if lost:
            self.rejected |= lost.difference(self.elsewhere())

    def may_name(self, text: str, end: Endpoint) -> bool:
        """Tell whether a name may yet turn out to be one that could not be read.

        Parameters
        ----------
        text : str
            The name.
        end : Endpoint
            What it should be.

        Returns
        -------
        bool

        Examples
        --------
        >>> Hopes().may_name("A report", Endpoint("source", (Document,)))
        False
        """
        return any(
            label in self.unread or (label, normalised(text)) in self.malformed
            for label in end.labels
        )


class References:
    """Finds whom rows name.

    Parameters
    ----------
    names : NameIndex
        Everything that has a name, what rejected rows state too.
    hopes : Hopes
        What may yet be there.
    result : Validated
        Gets the problems, and what rejected rows spoke of.
    """

    def __init__(self, names: NameIndex, hopes: Hopes, result: Validated) -> None:
        self._named = lru_cache(MOST_REMEMBERED)(names.resolve)
        self._hopes = hopes
        self._result = result
        self._left_out = 0

    @property
    def are_too_many(self) -> bool:
        """Whether so many rows were left out that no further ones are looked at."""
        return self._left_out >= MOST_REJECTED

    def resolve(self, row: Row) -> dict[str, Named] | None:
        """Find whom a row names, and report what is wrong.

        Parameters
        ----------
        row : Row
            Of any table.

        Returns
        -------
        dict of str to Named, or None
            By column; none if somebody is not found.
        """
        ends = {end.column: end for kind in row.model.edge_kinds for end in kind.ends()}
        wanted = {
            column: end
            for column, end in {"source": _SOURCE, **ends}.items()
            if column != "id" and row.cells.get(column)
        }
        found = {column: self._find(row, column, end) for column, end in wanted.items()}
        known = {column: named for column, named in found.items() if named is not None}
        return known if len(known) == len(found) else None

    def _is_loop(self, row: Row, found: dict[str, Named]) -> bool:
        for kind in row.model.edge_kinds:
            tail, head = (found.get(end.column) for end in kind.ends())
            if tail is not None and tail == head:
                message = f"{tail.name} is on both ends"
                self._result.problems.append(row.problem(kind.head.column, message))
                return True
        return False

    def _find(self, row: Row, column: str, end: Endpoint) -> Named | None:
        text = row.cells[column]
        try:
            found = self._named(text, end.labels)
        except GraphmodelError as error:
            expected = " or ".join(label.lower() for label in end.labels)
            message, advice = str(error), ""
            if isinstance(error, NotFoundError):
                message, advice = f"no {expected} of this name is known", error.hint
            is_consequence = self._hopes.may_name(text, end)
            self._report(row.problem(column, message, advice), is_consequence)
            return None
        if found in self._hopes.rejected:
            message = f"{found.name} was rejected, and so is what refers to it"
            self._report(row.problem(column, message), is_consequence=True)
            return None
        return found

    def _report(self, problem: Problem, is_consequence: bool) -> None:
        group = self._result.consequences if is_consequence else self._result.problems
        group.append(problem)

    def leave_out(self, row: Row) -> None:
        """Remember of what a rejected row spoke, as far as that can be told.

        Parameters
        ----------
        row : Row
            Of which nothing is written.
        """
        for kind in row.model.kinds:
            if issubclass(kind, Node) and "id" in row.cells:
                self._result.partly_rejected[Shape(kind)].add([(row.cells["id"],)])
            elif issubclass(kind, Edge) and "id" not in (end.column for end in kind.ends()):
                with suppress(GraphmodelError):
                    tail, head = (
                        self._named(row.cells.get(end.column, ""), end.labels)
                        for end in kind.ends()
                    )
                    shape, key = place_of(kind, tail, head, row.cells)
                    self._result.partly_rejected[shape].add([key])

    def right(self, rows: Iterable[Row]) -> Iterator[tuple[Row, dict[str, Named]]]:
        """Find whom rows name, and leave out those with which something is wrong.

        Parameters
        ----------
        rows : iterable of Row
            Right by themselves; all that state nodes before all that refer to these.

        Yields
        ------
        tuple of (Row, dict)
            The row, and by column whom it names; none after very many problems.
        """
        lost: set[Named] = set()
        kept: dict[str, KeySet[str]] = defaultdict(KeySet)
        for row in rows:
            if self.are_too_many:
                self._result.problems.append(row.too_many())
                return
            named = named_in(row)
            found = self.resolve(row)
            if found is None or self._is_loop(row, found):
                self._left_out += 1
                self.leave_out(row)
                if named is not None:
                    lost.add(named)
            else:
                if named is not None:
                    kept[named.label].add([named.id])
                yield row, found
        self._hopes.give_up({named for named in lost if named.id not in kept[named.label]})


def named_in(row: Row) -> Named | None:
    """Read a row just enough to know what node it states.

    Parameters
    ----------
    row : Row
        Right or not.

    Returns
    -------
    Named or None
        None where it states none that has a name.

    Examples
    --------
    >>> from loaders.datapackage import Table
    >>> table = Table("councils", "councils.csv", [], [])
    >>> named_in(Row(table, 2, {"id": "GB-LAS-ANS", "name": "Angus"})).name
    'Angus'
    """
    node = row.model.node
    identifier = row.cells.get("id")
    if node is None or not identifier or row.model.derives_id:
        return None
    others = [row.cells.get(column, "") for column in ("official_name", "gss_code", "title")]
    for column in ("former_gss_codes", "aliases"):
        others += row.cells.get(column, "").split(LIST_DELIMITER)
    name = row.cells.get("name") or row.cells.get("title") or identifier
    return Named(node.label, identifier, name, tuple(filter(None, map(str.strip, others))))
