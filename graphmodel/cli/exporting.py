"""``graphmodel export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import store_options, told_of_loads
from graphmodel.exports import DEFAULT, FORMATS

if TYPE_CHECKING:
    from graphmodel.store import Store


@click.command()
@click.option(
    "--format",
    "how",
    type=click.Choice(sorted(FORMATS)),
    default=DEFAULT,
    show_default=True,
    help="; ".join(f"{name}: {form.description}" for name, form in FORMATS.items()) + ".",
)
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to make; where the format is a folder, that, or a zip if it ends in .zip.",
)
@click.option("--dataset", metavar="NAME", help="Only what this dataset says.")
@click.option("--overwrite", is_flag=True, help="Replace a file, or the folder of another export.")
@store_options
def export(store: Store, how: str, output: Path, dataset: str | None, overwrite: bool) -> None:
    """Write out what is loaded, for safe-keeping, another store or another program.

    Without --format and --dataset it is a back-up: a data package for each dataset, so
    that each one's words come back as its own, and the record of every load.
    'graphmodel load' makes an equal graph of it in an empty store. Cells are written
    exactly as they were loaded: do not open a back-up's files in a spreadsheet.

    \b
    Examples:
      graphmodel export --output backup.zip
      graphmodel export --dataset scotland --output scotland/
      graphmodel export --format graphml --output scotland.graphml
    """
    from graphmodel.exports import export as write_export
    from graphmodel.reports.formats import render
    from graphmodel.reports.table import Report, Table

    with told_of_loads(store):
        exported = write_export(store, output, how, dataset=dataset, overwrite=overwrite)
    rows = [[name, len(tables), exported.total(name)] for name, tables in exported.rows.items()]
    table = Table(["dataset", "tables", "rows"], rows)
    report = Report(f"Exported: {output}", [table], exported.notes)
    click.echo(render(report, "table"), nl=False)
