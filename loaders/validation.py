"""Judging what a data package says, before anything is written.

Names become ids, rows become statements of the model, and what cannot be true
together (two spells that overlap, an edge whose end nobody knows) is found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby, islice, starmap

from graphmodel.model import Node
from graphmodel.model.tables import TABLES
from graphmodel.names import HELD_NAMED, Named, NameIndex, normalised
from graphmodel.pile import Pile
from loaders.columns import BATCH, NotPlainError
from loaders.datapackage import DataPackage
from loaders.fingerprints import Fingerprints
from loaders.garbage import uncollected
from loaders.plain import Judged, Plain, divided
from loaders.references import Hopes, References, named_in
from loaders.rows import MOST_REJECTED, Row, read_rows, right_rows, wrong_columns
from loaders.settling import Settlement
from loaders.stated import Validated
from loaders.table_file import HELD_ROWS, Table

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
    >>> validate(DataPackage("mine", "", "1", [table])).nodes[Shape(Document)]
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
    result = Validated(package)
    tables, others = divided(package.tables)
    try:
        plain = Plain(tables, package.name, known, judged)
    except NotPlainError:
        return None
    result.spools = plain.spools
    for shape, several in plain.several.items():
        (result.nodes if issubclass(shape.kind, Node) else result.edges)[shape] = several
    if others:
        rows = read_rows(DataPackage(package.name, "", "", others), result.problems)
        if not rows.rejected and not rows.unread:
            references = References(plain.names, Hopes(), result)
            Settlement(result).settle(references.right(rows.right))
        if result.problems or rows.unread:
            return None
    return result


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
            tables.append(_of(table, right_rows(table, result.problems, rejected)))
            if len(rejected) >= MOST_REJECTED:
                unread.add(table.name)
    named = set(_named(rejected))
    told = [table for table in tables if table.name in _LABELS_OF]
    names = NameIndex(chain(_named(_rows(told)), known, named))
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
    hopes.give_up(named.difference(_named(_rows(told))))
    references = References(names, hopes, result)
    # What a node's row refers to may be wrong, and then so is what refers to the node.
    tables.sort(key=lambda table: table.name not in _LABELS_OF)
    tables = [_of(table, (row for row, _ in references.right(_rows([table])))) for table in tables]
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
    if plain is None:
        tables = _fitting(result, tables, references)
        plain = _plainly(replace(result.package, tables=tables), known)
    if plain and not any(plain.states(*place) for place in result.partly_rejected):
        return replace(result, nodes=plain.nodes, edges=plain.edges, spools=plain.spools)
    rows = (row for table in tables for row in right_rows(table, [], []))
    Settlement(result).settle(references.right(rows))
    return result


def _fitting(result: Validated, tables: list[Table], references: References) -> list[Table]:
    """Leave out rows that repeat or contradict others; only such as speak of the same are held."""
    prints = Fingerprints()
    spoken_of = starmap(_spoken_of, references.right(_rows(tables)))
    while some := list(islice(spoken_of, BATCH)):
        prints.add(some)
    repeated = prints.repeated()
    suspects = (
        row
        for row, named in references.right(_rows(tables))
        if hash(_spoken_of(row, named)) in repeated
    )
    rows = (
        row
        for table, some in groupby(suspects, key=lambda row: row.table)
        for row in right_rows(_of(table, some), [], [])
    )
    found = Validated(result.package)
    Settlement(found).settle(references.right(rows))
    result.problems += found.problems
    result.partly_rejected |= found.partly_rejected
    refused = {(problem.file, problem.row) for problem in found.problems}
    return [
        _of(table, (row for row in _rows([table]) if (table.file, row.number) not in refused))
        for table in tables
    ]


def _spoken_of(row: Row, named: dict[str, Named]) -> tuple[str, ...]:
    """The same for rows that may repeat or contradict each other."""
    ends = sorted(found.id for column, found in named.items() if column != "source")
    return row.table.name, row.cells.get("id", ""), *ends


def _of(table: Table, rows: Iterable[Row]) -> Table:
    """The table with some of its rows only."""
    cells = ((row.number, [row.cells[name] for name in table.columns]) for row in rows)
    return replace(table, rows=Pile(cells, held=HELD_ROWS))


def _rows(tables: Iterable[Table]) -> Iterator[Row]:
    """All rows, without what they state."""
    for table in tables:
        for number, cells in table.rows:
            yield Row(table, number, dict(zip(table.columns, cells, strict=True)))


def _named(rows: Iterable[Row]) -> Iterator[Named]:
    return filter(None, map(named_in, rows))
