"""Whether what rows say may stand beside each other: without any words for what may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from graphmodel.model.element import Spell
from graphmodel.store.statements import Shape
from loaders.columns import NotPlainError
from loaders.gathering import Said, Several, Values, gathered, identity, parts_of


def consistent(
    shape: Shape, rows: Iterable[Said], number: int, *, as_stored: bool = False
) -> Several:
    """Gather rows by what they speak of; give up if two may not stand beside each other.

    Parameters
    ----------
    shape : Shape
        Of what they speak.
    rows : iterable of (int, tuple, dict)
        In any order, read once.
    number : int
        How many there are.
    as_stored : bool
        They come from a store, which may hold spells that contradict each other; what one
        says again counts once.

    Returns
    -------
    mapping of tuple to list of dict

    Raises
    ------
    NotPlainError
        If a row says again what another says, or spells overlap.

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> rows = [(2, ("a",), {"title": "A"}), (3, ("a",), {"title": "A"})]
    >>> consistent(Shape(Document), rows, 2, as_stored=True)
    {('a',): [{'title': 'A'}]}
    >>> consistent(Shape(Document), rows, 2)
    Traceback (most recent call last):
    loaders.columns.NotPlainError
    """
    several = gathered(rows, number, once=as_stored)
    if as_stored:
        return several
    for part in parts_of(several):
        for said in part.values():
            if len(said) > 1 and len(set(map(identity, said))) < len(said):
                raise NotPlainError
        if issubclass(shape.kind, Spell):
            _refuse_overlaps(shape.kind, part)
    return several


def _refuse_overlaps(kind: type[Spell], several: Several) -> None:
    """Give up if two spells in one role, by one document, overlap."""
    claims: dict[tuple[Any, ...], list[Values]] = defaultdict(list)
    for key, rows in several.items():
        for said in rows:
            claims[*key[:2], said.get("role"), said["source"]].append(said)
    for claim in claims.values():
        if any(do_overlap(kind, one, other) for one, other in combinations(claim, 2)):
            raise NotPlainError


def do_overlap(kind: type[Spell], one: Values, other: Values) -> bool:
    """Tell whether two spells cannot both be true: they overlap, and are not the same.

    Parameters
    ----------
    kind : type of Spell
        Which spells.
    one, other : dict
        What is said of each, by one document, of the same two and the same role.

    Returns
    -------
    bool
        Not where it cannot be told when they were.

    Examples
    --------
    >>> from graphmodel.model import ParticipatesIn
    >>> do_overlap(ParticipatesIn, {"since": "2001", "until": "2005"}, {"since": "2003"})
    True
    >>> do_overlap(ParticipatesIn, {"since": "2001"}, {"since": "2001", "note": "Again."})
    False
    """
    if all(one.get(name) == other.get(name) for name in ("since", "until")):
        return False
    spans = kind.interval(one), kind.interval(other)
    return spans[0] is not None and spans[1] is not None and spans[0].overlaps(spans[1])
