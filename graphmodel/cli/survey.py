"""``graphmodel survey …``: workbooks out, answers back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import prints_undated_report, tell

if TYPE_CHECKING:
    from graphmodel.reports.table import Report
    from graphmodel.store import Store
    from loaders.survey.faults import Fault


@click.group()
def survey() -> None:
    """The survey of what councils share: workbooks out, answers back, waves compared."""


@survey.command()
@click.option("--wave", metavar="YEAR", required=True, help="Year of the survey.")
@click.option("--council", "councils", multiple=True, help="Only of this council; repeatable.")
@click.option("--all", "everyone", is_flag=True, help="Of every council.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Where to write them; this folder by default.",
)
@click.option("--made", is_flag=True, hidden=True, help="Mark them as made for a trial.")
@click.option("--form", "version", hidden=True, default="2", help="Version of the form.")
@prints_undated_report
def export(
    store: Store,
    wave: str,
    councils: tuple[str, ...],
    everyone: bool,
    folder: Path,
    made: bool,
    version: str,
) -> Report:
    """Write one workbook a council, filled with what we hold, for it to correct and add to.

    The workbook explains itself. It opens in Excel and LibreOffice; what is not to be
    changed is locked without a password.

    \b
    Examples:
      graphmodel survey export --wave 2027 --council Angus
      graphmodel survey export --wave 2027 --all --folder to-send/
    """
    from graphmodel.errors import GraphmodelError
    from graphmodel.reports.table import Report, Table
    from graphmodel.survey.asked import surveys_folder
    from graphmodel.survey.form import FORMS
    from graphmodel.survey.workbook import export_workbooks

    if everyone == bool(councils):
        raise click.UsageError("Say which: --council NAME, or --all.")
    if version not in FORMS:
        raise GraphmodelError(f"There is no version {version!r} of the form: {', '.join(FORMS)}.")
    written = export_workbooks(
        store, wave, folder, councils, made=made, version=version, asked=surveys_folder()
    )
    rows = [[str(path)] for path in written]
    return Report(f"Workbooks of the survey {wave}: {len(rows)}", [Table(["file"], rows)])


@survey.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE_OR_FOLDER...", type=Path)
@click.option("--council", default="", help="Whose they are, where the files do not say so.")
@click.option("--wave", default="", metavar="YEAR", help="Of which survey, likewise.")
@click.option(
    "--annotate",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write copies with comments at what is wrong to this folder.",
)
@click.option(
    "--skip-faulty", is_flag=True, help="Load the files without errors although others have some."
)
@click.option(
    "--replace",
    "in_place",
    is_flag=True,
    help="Each takes the place of all that its council sent to that survey before.",
)
@prints_undated_report
def import_(
    store: Store,
    paths: tuple[Path, ...],
    council: str,
    wave: str,
    annotate: Path | None,
    skip_faulty: bool,
    in_place: bool,
) -> Report:
    """Read the workbooks that councils sent back, and load what they say.

    A file may be a workbook or one of its sheets as CSV, with rows moved, sheets renamed
    or columns added; also of an older form. All problems are told at once, by sheet and
    cell. With an error nothing is written. What only a person can decide waits for
    'survey resolve'; the rest is loaded. A second, different file of one council stands
    beside the first, unless you --replace it.

    \b
    Examples:
      graphmodel survey import returns/
      graphmodel survey import Angus.xlsx --annotate to-send-back/
      graphmodel survey import "Angus corrected.xlsx" --replace
    """
    from graphmodel.reports.survey_import import import_report
    from loaders.survey.faults import FaultyReturnsError, by_place
    from loaders.survey.importing import files_of, import_returns

    try:
        done = import_returns(
            store,
            paths,
            council=council,
            wave=wave,
            skip_faulty=skip_faulty,
            in_place=in_place,
        )
    except FaultyReturnsError as error:
        if annotate is not None:
            _annotate(files_of(paths), error.all_faults, annotate)
        raise
    if annotate is not None:
        _annotate(files_of(paths), done.faults, annotate)
    tell(
        f"{'Error' if fault.is_error else 'Note'}: {fault}"
        for fault in sorted(done.faults, key=by_place)
    )
    return import_report(done)


def _annotate(files: Iterable[Path], faults: Iterable[Fault], folder: Path) -> None:
    from loaders.survey.annotating import annotate

    told = list(faults)
    for path in files:
        written = annotate(path, [fault for fault in told if fault.file == path.name], folder)
        if written is not None:
            click.echo(f"Written: {written}", err=True)


@survey.command()
@click.argument("document", required=False, metavar="[RETURN]")
@click.option("--council", metavar="NAME", help="All that this council has sent; with --wave.")
@click.option("--wave", metavar="YEAR", help="To this survey.")
@prints_undated_report
def withdraw(store: Store, document: str | None, council: str | None, wave: str | None) -> Report:
    """Take back what a council has sent; its file is kept.

    RETURN is the id that 'survey import' gives. What it states goes. Importing the same
    answers again takes them back in.

    \b
    Examples:
      graphmodel survey withdraw survey-2027-angus
      graphmodel survey withdraw --council Angus --wave 2027
    """
    from graphmodel.reports.survey_import import withdrawn_report
    from loaders.survey.withdrawing import withdraw as take_back

    if bool(document) == bool(council or wave) or bool(council) != bool(wave):
        raise click.UsageError("Say which: RETURN, or --council NAME with --wave YEAR.")
    done = take_back(store, document or "", council=council or "", wave=wave or "")
    return withdrawn_report(done)


@survey.command()
@click.argument("name", required=False)
@click.option("--wave", default="", metavar="YEAR", help="Only of this survey.")
@click.option("--as", "meant", metavar="ID", help="What is meant: an id or name, or a list's word.")
@click.option("--new", is_flag=True, help="It is none of those that are known.")
@click.option("--drop", is_flag=True, help="It is no name: pass over what was written.")
@click.option("--forget", "is_wrong", is_flag=True, help="Take the decision back; ask again.")
@click.option("--council", help="Only where this council wrote it.")
@click.option(
    "--workbook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write them to this workbook, to decide in it.",
)
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Take the decisions in this workbook, or its sheet as CSV.",
)
@prints_undated_report
def resolve(
    store: Store,
    name: str | None,
    wave: str,
    meant: str | None,
    new: bool,
    drop: bool,
    is_wrong: bool,
    council: str | None,
    workbook: Path | None,
    decisions: Path | None,
) -> Report:
    """List the names and words that wait for a decision, or decide on them.

    A decision is kept, holds for later waves too, and is never asked for again, unless you
    take it back. What it set free is loaded at once. Where many wait, decide in a workbook
    and take them together.

    \b
    Examples:
      graphmodel survey resolve --wave 2027
      graphmodel survey resolve "NHS Tay" --as nhs-tayside
      graphmodel survey resolve "Joint Lab" --new
      graphmodel survey resolve "All of the above" --drop
      graphmodel survey resolve "Joint Lab" --forget
      graphmodel survey resolve --workbook to-decide.xlsx
      graphmodel survey resolve --decisions to-decide.xlsx
    """
    from graphmodel.reports.survey_import import decided_report, questions_report
    from graphmodel.survey.lists import lists_of
    from loaders.survey.decision_sheet import write_questions
    from loaders.survey.resolving import decide, decide_all, forget, open_questions

    if name is not None:
        if workbook or decisions:
            raise click.UsageError("A workbook is of all that waits: leave out NAME.")
        if [bool(meant), new, drop, is_wrong].count(True) != 1:
            raise click.UsageError(
                "Say what is meant: --as ID, or --new, or --drop; or --forget it."
            )
        if is_wrong:
            return decided_report(forget(store, name, council=council))
        return decided_report(decide(store, name, meant, drop=drop, wave=wave, council=council))
    if meant or new or drop or is_wrong or council:
        raise click.UsageError("Say of which NAME that is.")
    if workbook and decisions:
        raise click.UsageError("--workbook writes and --decisions reads: one at a time.")
    if decisions is not None:
        return decided_report(decide_all(store, decisions, wave=wave))
    waiting = open_questions(store, wave)
    if workbook is not None:
        write_questions(waiting, workbook, lists_of(store))
        click.echo(f"Written: {workbook}", err=True)
    return questions_report(waiting)
