"""``graphmodel backtest``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.numbers import Count, Seed
from graphmodel.cli.options import Day, prints_report

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.reports.table import Report
    from graphmodel.store import Store


@click.command()
@click.option(
    "--hide",
    type=Count(min=1),
    default=1,
    show_default=True,
    metavar="K",
    help="Hide K members of a service at a time.",
)
@click.option(
    "--forward",
    type=Day(),
    help="Learn from what was there before this day only, and look for what came after.",
)
@click.option(
    "--least-members",
    type=Count(min=2),
    default=3,
    show_default=True,
    help="Only look into services of at least so many members.",
)
@click.option(
    "--most-members",
    type=Count(min=2),
    default=20,
    show_default=True,
    help="Neither look into larger services nor learn from them.",
)
@click.option("--sample", type=Count(min=1), help="Hide only so many, drawn by chance.")
@click.option(
    "--package",
    type=click.Path(exists=True, path_type=Path),
    help="Learn from a data package (folder or zip) instead, without loading it.",
)
@click.option("--seed", type=Seed(), default=0, show_default=True, help="Of all that is drawn.")
@prints_report
def backtest(
    store: Store,
    as_of: date | None,
    hide: int,
    forward: date | None,
    least_members: int,
    most_members: int,
    sample: int | None,
    package: Path | None,
    seed: int,
) -> Report:
    """How good the candidates are, on what is loaded.

    Memberships are hidden, and each score ranks the councils that could be the hidden
    one: how often it comes first, or among the first 3, 5, 10, and the mean of 1/rank
    (MRR). Nothing that a score learns from knows of what is hidden.

    \b
    Examples:
      graphmodel backtest
      graphmodel backtest --hide 2 --as-of 2020
      graphmodel backtest --forward 2010
      graphmodel backtest --package my-country/
    """
    from graphmodel.reports.backtest import Trial, backtest_report, learning_report
    from loaders.learning import read_for_learning

    if least_members > most_members:
        raise click.UsageError(
            f"--least-members {least_members} is above --most-members {most_members}."
        )
    if forward is not None and hide != 1:
        raise click.UsageError("--forward hides what came after the day, so --hide has no say.")
    trial = Trial(hide, forward, least_members, most_members, sample, seed)
    if package is not None:
        if forward is not None or as_of is not None:
            raise click.UsageError(
                "--package is taken as a whole: load it for --forward or --as-of."
            )
        return learning_report(read_for_learning(package), trial)
    return backtest_report(store, trial, as_of=as_of)
