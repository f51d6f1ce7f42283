"""Numbers that are typed: what is no use as a count, a seed or a limit is refused here."""

from __future__ import annotations

import math
from typing import Any

import click

_FAR_BEYOND = 10**15
"""More than there ever is of anything, and little enough for every counter to hold it."""


class Count(click.IntRange):
    """How many of something.

    More than can be counted means all there are, unless there is a highest number.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number; a huge one is lowered to what counters can hold."""
        return min(int(super().convert(value, param, ctx)), _FAR_BEYOND)


class Seed(click.IntRange):
    """What chance begins with: any number that all generators of chance take."""

    def __init__(self) -> None:
        super().__init__(min=0)


class Measure(click.FloatRange):
    """A number with a fraction; no infinity, and not what is no number at all."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the number; ``nan`` would pass every comparison with a bound."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number
