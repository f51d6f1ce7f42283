"""Judging a data package that has no fault: column by column, in little room.

Only what several rows state is looked at row by row. Whatever may be wrong makes it
give up, and `loaders.validation` judges the package anew, to say what is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, groupby

from graphmodel.errors import GraphmodelError
from graphmodel.model import Node
from graphmodel.model.element import Endpoint
from graphmodel.model.tables import TABLES
from graphmodel.names import Named, NameIndex
from graphmodel.store.merge import statements_of
from graphmodel.store.statements import Shape
from loaders.columns import NotPlainError, checked, is_plain
from loaders.consistency import consistent
from loaders.datapackage import Table
from loaders.fingerprints import Fingerprints, KeySet
from loaders.gathering import Said, Several, Values, parts_of
from loaders.stated import Batch, Spool

MOST_FOUND = 200_000
"""Names of which is remembered what they stand for."""
Judged = Callable[[Shape, Spool], None]


class Plain:
    """What the plain tables of a data package state.

    Parameters
    ----------
    tables : iterable of Table
        Those that can be judged column by column.
    dataset : str
        Whose words they are.
    others : collection of Named
        What others have stated, to which the tables may refer.
    judged : callable, optional
        Told of each spool as soon as nothing is added to it any more.
    as_stored : bool
        They come from a store, which may hold spells that contradict each other.

    Attributes
    ----------
    spools : dict of Shape to Spool
        What one row alone states.
    several : dict of Shape to mapping
        By key, what each row says: of what several rows state, and of what has
        properties that few others have. See `loaders.gathering`.

    Raises
    ------
    NotPlainError
        If anything may be wrong.

    Examples
    --------
    >>> rows = [(2, ["report-2020", "A report"])]
    >>> plain = Plain([Table("documents", "d.csv", ["id", "title"], rows)], "mine", [])
    >>> [said for shape in plain.several.values() for said in shape]
    [('report-2020',)]
    """

    def __init__(
        self,
        tables: Iterable[Table],
        dataset: str,
        others: Collection[Named],
        judged: Judged | None = None,
        *,
        as_stored: bool = False,
    ) -> None:
        self._judged = judged
        self._as_stored = as_stored
        self.spools: dict[Shape, Spool] = defaultdict(Spool)
        self.several: dict[Shape, Several] = {}
        self._others = others
        self._ids: dict[str, KeySet[str]] = defaultdict(KeySet)
        for label, some in groupby(others, key=lambda named: named.label):
            self._ids[label].add(named.id for named in some)
        self._found: dict[tuple[str, ...], dict[str, tuple[str, str]]] = defaultdict(dict)
        self._names: NameIndex | None = None
        order = list(TABLES)
        for table in sorted(tables, key=lambda table: order.index(table.name)):
            self._take(table, dataset)

    @property
    def names(self) -> NameIndex:
        """Everything that has a name, made when somebody is first called by one.

        Examples
        --------
        >>> Plain([], "mine", [Named("Council", "GB-LAS-ANS", "Angus")]).names.resolve("angus").id
        'GB-LAS-ANS'
        """
        if self._names is None:
            self._names = NameIndex(chain(self.named(), self._others))
        return self._names

    def named(self) -> Iterator[Named]:
        """Everything that the tables state and that has a name.

        Yields
        ------
        Named

        Examples
        --------
        >>> list(Plain([], "mine", []).named())
        []
        """
        for shape, spool in self.spools.items():
            if issubclass(shape.kind, Node):
                for batch in spool:
                    for _, said in batch.properties():
                        yield _named(shape.name, said)
        for shape, several in self.several.items():
            if issubclass(shape.kind, Node):
                for part in parts_of(several):
                    for rows in part.values():
                        yield from (_named(shape.name, said) for said in rows)

    def states(self, label: str, text: str) -> bool:
        """Tell whether the tables, or others, state a node.

        Parameters
        ----------
        label, text : str
            Its label and id.

        Returns
        -------
        bool

        Examples
        --------
        >>> known = [Named("Council", "GB-LAS-ANS", "Angus")]
        >>> Plain([], "mine", known).states("Council", "GB-LAS-ANS")
        True
        """
        return label in self._ids and text in self._ids[label]

    def _take(self, table: Table, dataset: str) -> None:
        prints: dict[Shape, Fingerprints] = defaultdict(Fingerprints)
        spools: dict[Shape, Spool] = defaultdict(Spool)
        few: dict[Shape, Spool] = defaultdict(Spool)
        for batch, is_enough in checked(table, dataset, self._resolve):
            ends = batch.shape.ends
            prints[batch.shape].add(row[:ends] for row in batch.rows)
            if ends == 1:
                self._ids[batch.shape.name].add(row[0] for row in batch.rows)
            (spools if is_enough else few)[batch.shape].add(batch)
        self._names = None
        for shape, found in prints.items():
            repeated = found.repeated()
            if repeated:
                for batch in _taken_out(spools, shape, repeated):
                    few[shape].add(batch)
            self.several[shape] = consistent(
                shape, _said(shape, few[shape]), len(few[shape]), as_stored=self._as_stored
            )
            if spools[shape]:
                self.spools[shape] = spools[shape]
                if self._judged is not None:
                    self._judged(shape, spools[shape])

    def _resolve(self, texts: Sequence[str], end: Endpoint) -> list[tuple[str, str]]:
        labels = end.labels
        found = self._found[labels]
        resolved = list(map(found.get, texts))
        if None in resolved:
            if len(found) > MOST_FOUND:
                found.clear()
            for text in set(texts).difference(found):
                found[text] = self._find(text, labels)
            resolved = list(map(found.get, texts))
        return resolved  # type: ignore[return-value]

    def _find(self, text: str, labels: tuple[str, ...]) -> tuple[str, str]:
        exact = [(label, text) for label in labels if self.states(label, text)]
        if len(exact) == 1:
            return exact[0]
        try:
            named = self.names.resolve(text, labels)
        except GraphmodelError:
            raise NotPlainError from None
        return named.label, named.id


def divided(tables: Iterable[Table]) -> tuple[list[Table], list[Table]]:
    """Divide tables into those that can be judged column by column, and others.

    Parameters
    ----------
    tables : iterable of Table
        Of one package.

    Returns
    -------
    plain, others : list of Table

    Examples
    --------
    >>> [len(group) for group in divided([Table("savings", "savings.csv", [], [])])]
    [0, 1]
    """
    plain: list[Table] = []
    others: list[Table] = []
    for table in tables:
        (plain if is_plain(TABLES[table.name]) else others).append(table)
    return plain, others


def _taken_out(spools: dict[Shape, Spool], shape: Shape, repeated: KeySet[int]) -> Iterator[Batch]:
    """Take what several rows may state out of a spool."""
    left = Spool()
    ends = shape.ends
    for batch in spools[shape]:
        is_repeated = [hash(row[:ends]) in repeated for row in batch.rows]
        if any(is_repeated):
            yield batch.chosen(is_repeated)
            batch = batch.chosen([not flag for flag in is_repeated])
        if batch.rows:
            left.add(batch)
    spools[shape] = left


def _said(shape: Shape, spool: Spool) -> Iterator[Said]:
    for batch in spool:
        for place, (key, properties) in zip(batch.places, batch.properties(), strict=True):
            yield place, key, statements_of(shape.kind, properties)[0].values


def _named(label: str, said: Values) -> Named:
    others = [said.get("official_name"), said.get("gss_code"), said.get("title")]
    others += [*said.get("former_gss_codes", []), *said.get("aliases", [])]
    name = said.get("name") or said.get("title") or said["id"]
    return Named(label, said["id"], name, tuple(filter(None, others)))
