"""Places in a ranking that do not hang on the last digit of a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NOISE = 1e-9
"""Part of the largest value by which two values may differ and still be the same."""


def levels(values: Mapping[str, float]) -> dict[str, int]:
    """Number values from the smallest up; values that differ by noise alone are one.

    Parameters
    ----------
    values : mapping of str to float
        By id.

    Returns
    -------
    dict of str to int
        From 0. Sums of the same parts in another order get the same number.

    Examples
    --------
    >>> levels({"a": 0.1 + 0.2, "b": 0.3, "c": 1.0})
    {'b': 0, 'a': 0, 'c': 1}
    """
    ordered = sorted(values, key=lambda one: (values[one], one))
    noise = NOISE * max((abs(value) for value in values.values()), default=0.0)
    found: dict[str, int] = {}
    level = 0
    for before, one in zip([None, *ordered], ordered, strict=False):
        level += before is not None and values[one] - values[before] > noise
        found[one] = level
    return found


def places(measures: Sequence[Mapping[str, float]]) -> dict[str, int]:
    """Rank by a measure, the highest first.

    Parameters
    ----------
    measures : sequence of mapping of str to float
        The measure; and others, by which equals are put in order but not ranked, so that
        no rank hangs on what was not asked for.

    Returns
    -------
    dict of str to int
        Places from 1, in order, and of those that are equal in all measures in order of
        id. Equals share a place, and the next place is as far down as if they had not.

    Examples
    --------
    >>> places([{"a": 1.0, "b": 2.0, "c": 1.0, "d": 0.5}, {"a": 0, "b": 0, "c": 7, "d": 0}])
    {'b': 1, 'c': 2, 'a': 2, 'd': 4}
    """
    columns = [levels(values) for values in measures]
    ordered = sorted(columns[0], key=lambda one: (*(-column[one] for column in columns), one))
    found: dict[str, int] = {}
    place, before = 0, None
    for number, one in enumerate(ordered, 1):
        if columns[0][one] != before:
            place, before = number, columns[0][one]
        found[one] = place
    return found
