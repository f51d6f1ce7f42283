"""A part of large arrangements in which reasons can be measured quickly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy import sparse

from graphmodel.analytics.arrangements import Arrangements

WHOLE_UP_TO = 1000
"""Councils up to which nothing is left out."""
KEPT = 600
"""Councils that are kept of more."""


def near(known: Arrangements, centre: Collection[str], kept: int = KEPT) -> Arrangements:
    """The councils around some, with all they take part in among themselves.

    Parameters
    ----------
    known : Arrangements
        All that is known.
    centre : collection of str
        Councils that are kept whatever their number.
    kept : int
        How many to keep: step by step along borders, in order of id.

    Returns
    -------
    Arrangements
        All of it where there are `WHOLE_UP_TO` councils or fewer.

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> near(arrangements({"roads": "ab"}), "a").councils
    ('a', 'b')
    """
    if len(known.councils) <= WHOLE_UP_TO:
        return known
    inside = np.isin(known.councils, sorted(centre))
    while inside.sum() < kept:
        beside = (known.borders @ inside.astype(float) > 0) & ~inside
        if not beside.any():
            break
        inside[np.flatnonzero(beside)[: kept - int(inside.sum())]] = True
    columns = np.flatnonzero(inside)
    at = {int(column): place for place, column in enumerate(columns)}
    return replace(
        known,
        councils=tuple(known.councils[column] for column in columns),
        members=sparse.csr_array(known.members[:, columns]),
        borders=sparse.csr_array(known.borders[columns][:, columns]),
        lengths=sparse.csr_array(known.lengths[columns][:, columns]),
        groupings={
            name: tuple(at[column] for column in councils if column in at)
            for name, councils in known.groupings.items()
        },
    )
