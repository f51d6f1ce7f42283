"""The three tables of the 2020 report, counted for any wave, beside what is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphmodel.reports.published import Published
from graphmodel.reports.survey_waves import Survey
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.survey.kinds import Facet, Kinds, kinds
from graphmodel.survey.waves import Wave

FACETS: dict[Facet, str] = {
    "type": "Activity type",
    "region": "Returns by region",
    "category": "Service category",
}
_LABELS = {"type": "ActivityType", "category": "Category"}
_RULES = (
    "Counted are the activities that operate by the wave's returns. Each counts once in each "
    "table, however many councils tell of it: under the kind that its lead gives, else the one "
    "that most give; where as many give another, the one higher up in the table. What a wave's "
    "returns do not give is taken from the latest earlier wave whose returns do.",
    "100 % is the operating activities whose kind is given (the row 'in all'); those of which "
    "nobody gives it are in the row 'not given' and in no share.",
    "The 2020 report does not say what its tables count. It tells of 373 activities, 242 of them "
    "operational, but its tables add up to 177 (type), 176 (region) and 176 (service area), and "
    "their shares fit those sums; that they count the operating ones whose kind was given is our "
    "reading.",
)


def tables_report(store: Store, survey: Survey, names: Sequence[str]) -> Report:
    """Count the activities of waves by type, region and service area.

    Parameters
    ----------
    store : Store
        For the published figures, and the names of types and service areas.
    survey : Survey
        As from `graphmodel.reports.survey_waves.survey_of`.
    names : sequence of str
        Of the waves.

    Returns
    -------
    Report

    Examples
    --------
    >>> report = tables_report(store, Survey((Wave("2020", ()),), {}, {}, {}), ["2020"])
    >>> report.tables[0].rows[0][:5]
    ['Joint provision', 0, None, 56.0, 32.0]
    """
    waves = [survey.wave(name) for name in names]
    tables, notes = [], [*survey.notes(*waves), *_RULES]
    for facet in FACETS:
        published = {
            wave.name: found
            for wave in waves
            if (found := Published.of(store, FACETS[facet], wave.name)).figures
        }
        tables.append(_table(store, survey, facet, waves, published))
        notes += [note for one in published.values() for note in one.notes]
    torn = sum(
        kinds(wave, facet, (), survey.before(wave)).torn for wave in waves for facet in FACETS
    )
    if torn:
        notes.append(
            f"As many leads, or as many others where no lead does, give one kind as another: "
            f"{torn} times."
        )
    title = "The survey of " + " and of ".join(names) + " by type, region and service area"
    return Report(title, tables, list(dict.fromkeys(notes)), survey.documents)


def _table(
    store: Store,
    survey: Survey,
    facet: Facet,
    waves: Sequence[Wave],
    published: dict[str, Published],
) -> Table:
    labels = _labels(store, facet, published)
    found = {wave.name: kinds(wave, facet, list(labels), survey.before(wave)) for wave in waves}
    shown = {**labels, **{kind: kind for one in found.values() for kind in one.counts}, **labels}
    columns: list[str] = [facet]
    for name in found:
        columns += [name, f"{name}_percent"]
        if name in published:
            columns += [f"{name}_published", f"{name}_published_percent", f"{name}_published_in"]
    rows: list[list[Any]] = [
        [
            label,
            *(
                cell
                for name in found
                for cell in _cells(found[name], kind, published.get(name), label)
            ),
        ]
        for kind, label in shown.items()
    ]
    rows.append(["in all", *_last(found, published, "base")])
    rows.append(["not given", *_last(found, published, "unknown")])
    return Table(columns, rows, f"By {facet}")


def _labels(store: Store, facet: Facet, published: dict[str, Published]) -> dict[str, str]:
    """What the rows are called, by what returns say, in the order of the report."""
    if facet in _LABELS:
        rows = store.read(
            f"MATCH (x:{_LABELS[facet]}) RETURN x.id AS id, x.name AS name ORDER BY x.position, id"
        )
        return {row["id"]: row["name"] for row in rows}
    of_any = Published.of(store, FACETS[facet])
    return {label: label for one in (*published.values(), of_any) for label in one.labels}


def _cells(found: Kinds, kind: str, published: Published | None, label: str) -> list[Any]:
    number = found.counts.get(kind, 0)
    cells: list[Any] = [number, round(100 * number / found.base, 1) if found.base else None]
    if published is not None:
        said = published.figures.get(label.casefold())
        cells += [said.number, said.percent, said.places] if said else [None, None, None]
    return cells


def _last(found: dict[str, Kinds], published: dict[str, Published], what: str) -> list[Any]:
    cells: list[Any] = []
    for name, one in found.items():
        share = 100.0 if what == "base" and one.base else None
        cells += [getattr(one, what), share]
        if name in published:
            cells += [published[name].total if what == "base" else None, None, None]
    return cells
