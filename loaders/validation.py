"""Judging what a data package says, before anything is written.

Names become ids, rows become statements of the model, and what cannot be true
together (two spells that overlap, an edge whose end nobody knows) is found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from graphmodel.model.tables import TABLES
from graphmodel.names import HELD_NAMED, Named, NameIndex, normalised
from graphmodel.pile import Pile
from loaders.columns import NotPlainError
from loaders.datapackage import DataPackage
from loaders.derived import derived
from loaders.garbage import uncollected
from loaders.plain import Judged, Plain, divided
from loaders.references import Hopes, References, named_in
from loaders.repetitions import without_repetitions
from loaders.rows import (
    MOST_REJECTED,
    Row,
    right_rows,
    unjudged_rows,
    with_rows,
    wrong_columns,
)
from loaders.settling import Settlement
from loaders.stated import Validated
from loaders.table_file import Table

Own = Callable[[], Iterable[Named]]
_LABELS_OF = {
    table.name: table.node.label for table in TABLES.values() if table.node and not table.derives_id
}


def validate(
    package: DataPackage,
    known: Iterable[Named] = (),
    own: Own = tuple,
    judged: Judged | None = None,
) -> Validated:
    """Turn the rows of a data package into statements, and find all that is wrong.

    Parameters
    ----------
    package : DataPackage
        As read.
    known : iterable of Named
        What others have stated, to which the package may refer.
    own : callable
        Gives what the package's own dataset alone had stated before; called only where
        something is wrong.
    judged : callable, optional
        Told of each spool as soon as it is whole, while the rest is still judged; in the
        end it may turn out that the spool does not count.

    Returns
    -------
    Validated
        Statements of the rows that are right, and the problems of the others.

    Examples
    --------
    >>> from loaders.datapackage import Table
    >>> rows = [(2, ["report-2020", "A report"])]
    >>> table = Table("documents", "documents.csv", ["id", "title"], rows)
    >>> from graphmodel.model import Document
    >>> from graphmodel.store.statements import Shape
    >>> validate(DataPackage("mine", "", "1", [table])).of(Shape(Document))
    {('report-2020',): [{'id': 'report-2020', 'title': 'A report'}]}
    """
    known = Pile(known, held=HELD_NAMED)
    if not (package.problems or package.unread or package.malformed):
        plain = _plainly(package, known, judged)
        if plain:
            return plain
    return _with_faults(package, known, own)


@uncollected()
def _plainly(
    package: DataPackage, known: Collection[Named], judged: Judged | None = None
) -> Validated | None:
    """Judge a package that has no fault; nothing if anything may be wrong with it."""
    tables, others = divided(package.tables)
    try:
        plain = Plain(tables, package.name, known, judged, as_stored=package.as_stored)
        tied = derived(others, plain.names, package) if others else {}
    except NotPlainError:
        return None
    return Validated(package, several={**plain.several, **tied}, spools=plain.spools)


def _with_faults(package: DataPackage, known: Collection[Named], own: Own) -> Validated:
    """Judge each row, and put into words what is wrong; hold few of them at a time."""
    result = Validated(package, problems=list(package.problems))
    rejected: list[Row] = []
    unread = set(package.unread)
    tables: list[Table] = []
    for table in package.tables:
        wrong = list(wrong_columns(table))
        if wrong:
            result.problems += wrong
            unread.add(table.name)
        else:
            tables.append(with_rows(table, right_rows(table, result.problems, rejected)))
            if len(rejected) >= MOST_REJECTED:
                unread.add(table.name)
    named = set(_named(rejected))
    told = [table for table in tables if table.name in _LABELS_OF]
    names = NameIndex(chain(_named(unjudged_rows(told)), known, named))
    hopes = Hopes(
        unread={_LABELS_OF[table] for table in unread if table in _LABELS_OF},
        malformed={
            (_LABELS_OF[table], normalised(cell))
            for table, cells in package.malformed.items()
            if table in _LABELS_OF
            for cell in cells
        },
        elsewhere=lambda: chain(known, own()),
    )
    hopes.give_up(named.difference(_named(unjudged_rows(told))))
    references = References(names, hopes, result)
    # What a node's row refers to may be wrong, and then so is what refers to the node.
    tables.sort(key=lambda table: table.name not in _LABELS_OF)
    tables = [
        with_rows(table, (row for row, _ in references.right(unjudged_rows([table]))))
        for table in tables
    ]
    for row in rejected:
        references.resolve(row)
        references.leave_out(row)
    return _settled(result, tables, known, references)


def _settled(
    result: Validated, tables: list[Table], known: Collection[Named], references: References
) -> Validated:
    """Add what rows state that are right by themselves, and say where they do not fit together."""
    plain = None
    if result.problems:  # else it was found already that there is something else
        plain = _plainly(replace(result.package, tables=tables), known)
    if plain is None and not references.are_too_many:
        tables = [without_repetitions(table, references, result) for table in tables]
        plain = _plainly(replace(result.package, tables=tables), known)
    if plain:
        return replace(result, several=plain.several, spools=plain.spools)
    if references.are_too_many:
        return result
    rows = (row for table in tables for row in right_rows(table, [], []))
    Settlement(result).settle(references.right(rows))
    return result


def _named(rows: Iterable[Row]) -> Iterator[Named]:
    return filter(None, map(named_in, rows))
