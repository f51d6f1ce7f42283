"""``graphmodel survey compare`` and ``follow-up``: what the waves say, and whom to ask again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import prints_undated_report

if TYPE_CHECKING:
    from graphmodel.reports.table import Report
    from graphmodel.store import Store

council_option = click.option("--council", metavar="NAME", help="Only this council.")


@click.command()
@click.argument("first")
@click.argument("second")
@council_option
@click.option("--activities", is_flag=True, help="List every activity, and what became of it.")
@click.option(
    "--tables", is_flag=True, help="The 2020 report's three tables for both waves instead."
)
@prints_undated_report
def compare(
    store: Store, first: str, second: str, council: str | None, activities: bool, tables: bool
) -> Report:
    """What became of activities between two waves of the survey.

    Still operational, changed, operational again, ended, new or not answered: in all and
    by council, with the response rate and how complete the answers are. --tables counts by
    type, region and service area, beside the published figures where a wave has any.

    \b
    Examples:
      graphmodel survey compare 2016 2020
      graphmodel survey compare 2016 2020 --council Angus --activities
      graphmodel survey compare 2016 2020 --tables --format csv --output tables.csv
    """
    from graphmodel.reports.survey_compare import compare_report
    from graphmodel.reports.survey_tables import tables_report
    from graphmodel.reports.survey_waves import survey_of
    from graphmodel.survey.asked import surveys_folder

    if first >= second:
        raise click.UsageError("give two waves, the earlier first: survey compare 2016 2020")
    if tables and (council or activities):
        raise click.UsageError("--tables counts all councils: leave --council and --activities.")
    survey = survey_of(store, surveys_folder())
    survey.pair(first, second)
    if tables:
        return tables_report(store, survey, [first, second])
    return compare_report(
        survey, first, second, council=_council(store, council), listed=activities
    )


@click.command("follow-up")
@click.option("--wave", required=True, help="Which wave of the survey.")
@council_option
@click.option(
    "--letters",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write a draft letter per council there.",
)
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write them from this Jinja template.",
)
@prints_undated_report
def follow_up(
    store: Store,
    wave: str,
    council: str | None,
    letters: Path | None,
    template: Path | None,
) -> Report:
    """Who has not answered, and what is missing from whose answer.

    Letters are drafts in plain text; a file that somebody has changed is never
    overwritten.

    \b
    Examples:
      graphmodel survey follow-up --wave 2027
      graphmodel survey follow-up --wave 2027 --letters letters/
      graphmodel survey follow-up --wave 2027 --council Angus --letters . --template our.txt
    """
    from datetime import UTC, datetime

    from graphmodel.reports.survey_follow_up import asked_again, follow_up_report
    from graphmodel.reports.survey_waves import MADE_NOTE, official_names, survey_of
    from graphmodel.survey.asked import surveys_folder
    from graphmodel.survey.letters import letter_template, write_letters

    if template and not letters:
        raise click.UsageError("--template is for --letters FOLDER.")
    survey = survey_of(store, surveys_folder())
    only = _council(store, council)
    report = follow_up_report(survey, wave, only)
    if letters:
        written = write_letters(
            letters,
            asked_again(survey, wave, only),
            letter_template(template),
            wave=wave,
            councils=official_names(store),
            today=datetime.now(UTC).date(),
            services=survey.services,
            made=MADE_NOTE in report.notes,
        )
        click.echo(f"{len(written)} letters are in {letters}.", err=True)
    return report


def _council(store: Store, name: str | None) -> str | None:
    from graphmodel.store.lookup import name_index

    return name_index(store, "Council").resolve(name).id if name is not None else None
