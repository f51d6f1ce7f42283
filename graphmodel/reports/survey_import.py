"""What taking in the answers of a survey did, and what is left to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphmodel.reports.loads import load_report
from graphmodel.reports.table import Report, Table

if TYPE_CHECKING:
    from loaders.survey.importing import Imported
    from loaders.survey.questions import Question
    from loaders.survey.resolving import Decided

_MOST_NEAR = 3


def import_report(done: Imported) -> Report:
    """Say which files were taken, and what the load did.

    Parameters
    ----------
    done : Imported

    Returns
    -------
    Report

    Examples
    --------
    >>> from loaders.survey.importing import Imported
    >>> import_report(Imported(same=[("survey-2027-angus", "angus.xlsx")])).tables[0].rows
    [['angus.xlsx', 'survey-2027-angus', 'the same as before']]
    """
    rows = [
        [file, document, _outcome(what, done.replaced.get(document, []))]
        for what, files in (
            ("new", done.taken),
            ("the same as before", done.same),
            ("taken back in", done.back),
        )
        for document, file in files
    ]
    rows += [[file, "", "left out: it has errors"] for file in done.left_out]
    tables = [Table(["file", "return", "outcome"], sorted(rows), heading="Returns")]
    loaded = load_report(done.loads)
    notes = [*loaded.notes, *done.notes]
    if done.questions:
        notes.append(_waiting(len(done.questions)))
    return Report(loaded.title, [*tables, *loaded.tables], notes)


def _outcome(what: str, replaced: Sequence[str]) -> str:
    if not replaced:
        return what
    replaces = f"replaces {', '.join(replaced)}"
    return replaces if what == "new" else f"{what}; {replaces}"


def withdrawn_report(done: Imported) -> Report:
    """Say which returns were taken back, and what that removed.

    Parameters
    ----------
    done : Imported

    Returns
    -------
    Report

    Examples
    --------
    >>> from loaders.survey.importing import Imported
    >>> done = Imported(withdrawn=[("survey-2027-angus", "angus.xlsx")])
    >>> withdrawn_report(done).tables[0].rows
    [['angus.xlsx', 'survey-2027-angus', 'withdrawn']]
    """
    rows = [[file, document, "withdrawn"] for document, file in done.withdrawn]
    loaded = load_report(done.loads)
    table = Table(["file", "return", "outcome"], rows, heading="Returns")
    notes = [*loaded.notes, "The file is kept: importing the same answers again takes it back in."]
    if done.questions:
        notes.append(_waiting(len(done.questions)))
    return Report(loaded.title, [table, *loaded.tables], notes)


def _waiting(number: int) -> str:
    noun = "name or word waits" if number == 1 else "names or words wait"
    return f"{number} {noun} for a decision: 'graphmodel survey resolve' lists them."


def questions_report(waiting: Sequence[tuple[str, Question]]) -> Report:
    """List what waits for a decision.

    Parameters
    ----------
    waiting : sequence of (str, Question)
        With the wave.

    Returns
    -------
    Report

    Examples
    --------
    >>> questions_report([]).notes
    ['Nothing waits for a decision.']
    """
    rows: list[list[Any]] = [
        [
            wave,
            question.kind,
            question.text,
            question.written_in,
            list(map(str, question.nearest)),
        ]
        for wave, question in waiting
    ]
    notes = ["'graphmodel survey resolve NAME --as ID', or --new or --drop, decides."]
    if not rows:
        notes = ["Nothing waits for a decision."]
    table = Table(["wave", "what", "name", "written_in", "may_be"], rows)
    return Report(f"To decide: {len(rows)}", [table], notes)


def decided_report(decided: Decided) -> Report:
    """Say what decisions did.

    Parameters
    ----------
    decided : Decided

    Returns
    -------
    Report

    Examples
    --------
    >>> from loaders.survey.resolving import Decided
    >>> decided_report(Decided()).tables[0].columns
    ['what', 'name', 'written_in', 'is']
    """
    rows = [[one.kind, one.text, one.written_in, meant] for one, meant in decided.taken]
    loaded = load_report(decided.imported.loads)
    left = len(decided.imported.questions)
    table = Table(["what", "name", "written_in", "is"], rows, heading="Decided")
    notes = [*loaded.notes, _waiting(left) if left else "Nothing else waits for a decision."]
    if decided.gone:
        notes.append(f"Decisions of the file on what does not wait any more: {decided.gone}.")
    return Report(loaded.title, [table, *loaded.tables], notes)
