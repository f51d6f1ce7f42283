"""The command line. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from graphmodel import __version__
from graphmodel.errors import GraphmodelError
from graphmodel.foreign_text import legible

_LONGEST_COMPLAINT = 2_000


class _Group(click.Group):
    """A group whose commands end a user's mistake with one message, not a traceback."""

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        with _legible_complaints():
            return super().make_context(*args, **options)

    def invoke(self, context: click.Context) -> object:
        try:
            with _legible_complaints():
                return super().invoke(context)
        except GraphmodelError as error:
            click.echo(f"Error: {legible(str(error))}", err=True)
            sys.exit(error.exit_code)
        except UnicodeEncodeError as error:
            click.echo(
                f"Error: the result has a character that {error.encoding} cannot write: set "
                "PYTHONUTF8=1, or use --output FILE.",
                err=True,
            )
            sys.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            click.echo(f"Error: the result cannot be written: {error.strerror or error}", err=True)
            sys.exit(1)


@contextmanager
def _legible_complaints() -> Iterator[None]:
    """What click says of wrong usage repeats what was typed: make it fit for a terminal."""
    try:
        yield
    except click.UsageError as error:
        message = error.format_message()
        if legible(message, _LONGEST_COMPLAINT) == message:
            raise
        raise click.UsageError(legible(message, _LONGEST_COMPLAINT), error.ctx) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="graphmodel")
def main() -> None:
    """Who works with whom, on what, since when, says who - and who could join next.

    Results go to standard output, everything else to standard error. Without
    NEO4J_URI or --uri, the embedded store under GRAPHMODEL_HOME is used.

    \b
    Examples:
      graphmodel load
      graphmodel show council Angus
      graphmodel candidates "Renfrewshire Civil Contingencies Service"
    """


def _add_commands() -> None:
    from graphmodel.cli.analysis import report
    from graphmodel.cli.asking import query
    from graphmodel.cli.backtest import backtest
    from graphmodel.cli.candidates import candidates
    from graphmodel.cli.centrality import breaks, centrality
    from graphmodel.cli.changes import changes
    from graphmodel.cli.clusters import clusters, groupings
    from graphmodel.cli.cypher import cypher
    from graphmodel.cli.exporting import export
    from graphmodel.cli.gaps import coverage, gaps, twins
    from graphmodel.cli.health import doctor, schema
    from graphmodel.cli.loading import load
    from graphmodel.cli.looking import find, show
    from graphmodel.cli.statistics import statistics
    from graphmodel.cli.survey import survey
    from graphmodel.cli.survey_waves import compare, follow_up

    for part in (breaks, centrality, changes, clusters, coverage, gaps, groupings, statistics):
        report.add_command(part)
    report.add_command(twins)
    for part in (compare, follow_up):
        survey.add_command(part)
    for command in (load, report, show, find, candidates, backtest):
        main.add_command(command)
    for command in (query, cypher, survey, export, schema, doctor):
        main.add_command(command)


_add_commands()
