"""``--plot``: the picture of a report, beside its tables."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graphmodel.reports.table import Report


def plots(*kinds: str) -> Callable[[Callable[..., Report]], Callable[..., Report]]:
    """Let a command also draw its report, as one of several kinds of picture."""

    def decorate(command: Callable[..., Report]) -> Callable[..., Report]:
        @click.option(
            "--plot",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Also draw it, to this file (.svg, .png or .pdf).",
        )
        @click.option(
            "--plot-as",
            type=click.Choice(kinds),
            default=kinds[0],
            show_default=True,
            hidden=len(kinds) == 1,
            help="Kind of picture.",
        )
        @functools.wraps(command)
        def drawing(*args: Any, plot: Path | None, plot_as: str, **options: Any) -> Report:
            report = command(*args, **options)
            if plot is not None:
                if plot_as not in report.figures:
                    raise click.UsageError(f"--plot: {report.title} has no such picture.")
                from graphmodel.plots.figure import save

                save(report.figures[plot_as](), plot)
                click.echo(f"Drawn: {plot}", err=True)
            return report

        return drawing

    return decorate
