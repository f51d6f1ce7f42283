"""``graphmodel load``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import prints_undated_report
from graphmodel.foreign_text import legible

if TYPE_CHECKING:
    from graphmodel.reports.table import Report
    from graphmodel.store import Store
    from loaders.report import LoadReport


@click.command()
@click.argument("sources", nargs=-1, metavar="[DATASET or PATH]...")
@click.option("--force", is_flag=True, help="Remove even more than 5 % of what a dataset had said.")
@click.option(
    "--skip-rejected",
    is_flag=True,
    help="Load the rows that are right although others are not; nothing is removed then.",
)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the problems as CSV to this file.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the public files of 'france' are, which do not come with the program.",
)
@prints_undated_report
def load(
    store: Store,
    sources: tuple[str, ...],
    force: bool,
    skip_rejected: bool,
    rejects: Path | None,
    folder: Path | None,
) -> Report:
    """Load the Scottish picture, or any data package of this model.

    A data package is a folder or zip with datapackage.json and CSV files. It is read
    and checked whole before anything is written; all problems are reported at once.
    A back-up that 'graphmodel export' wrote is loaded with all its packages. 'france'
    is made of public files in a folder; without --folder it says which and where from.

    \b
    Examples:
      graphmodel load
      graphmodel load my-councils/ --rejects problems.csv
      graphmodel load backup.zip
      graphmodel load france --folder french-files/
    """
    from graphmodel.errors import GraphmodelError
    from graphmodel.reports.loads import OUTCOMES, load_report
    from loaders.backup import place, read_source
    from loaders.datasets import DEFAULT, located
    from loaders.pipeline import load_package
    from loaders.problems import RejectedDataError, write_rejects

    found = []
    for name in sources or (DEFAULT,):
        with located(name, folder) as path:
            found.append(read_source(path))
    done: list[LoadReport] = []
    for source, package in ((each, package) for each in found for package in each.packages):
        with _Progress(package.name) as progress:
            try:
                if package is source.packages[0]:
                    place(store, source)
                result = load_package(
                    store,
                    package,
                    force=force,
                    skip_rejected=skip_rejected,
                    sweep=package is source.packages[-1],
                    progress=progress.show,
                )
            except GraphmodelError as error:
                for earlier in done:
                    totals = ", ".join(f"{earlier.total(name):,} {name}" for name in OUTCOMES)
                    click.echo(f"{earlier.dataset} was loaded: {totals}.", err=True)
                click.echo(f"Error: {legible(str(error))}", err=True)
                if rejects and isinstance(error, RejectedDataError):
                    write_rejects(rejects, error.problems)
                raise SystemExit(error.exit_code) from error
        done.append(result)
    if rejects:
        write_rejects(rejects, [problem for result in done for problem in result.rejected])
    return load_report(done)


class _Progress:
    """A bar on a terminal, one a kind; nothing where standard error goes elsewhere."""

    def __init__(self, dataset: str) -> None:
        self._dataset = dataset
        self._name = ""
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._finish()

    def show(self, name: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if name != self._name or done == 0:
            self._finish()
            self._name = name
            label = f"{self._dataset}: {name}"
            self._bar = click.progressbar(length=total, label=f"{label:<36}", file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
