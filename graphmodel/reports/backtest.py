"""How good the candidates are, on what is loaded, as a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graphmodel.analytics.arrangements import Arrangements
from graphmodel.analytics.backtest import (
    ENOUGH_SERVICES,
    MEASURES,
    Figure,
    Fold,
    Found,
    compare,
    find_hidden,
    find_leak,
    folds,
    measures,
    sampled,
    summarise,
)
from graphmodel.analytics.blend import Blend
from graphmodel.analytics.calibration import calibrate
from graphmodel.analytics.ease import Ease
from graphmodel.analytics.forward import forward_folds, split_at
from graphmodel.analytics.recorded import read_arrangements, recorded_memberships
from graphmodel.analytics.scores import ByHand, Neighbours, Scorer, SharedServices
from graphmodel.errors import GraphmodelError
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store

SCORERS: tuple[Scorer, ...] = (
    Neighbours(),
    Neighbours(share=True),
    SharedServices(),
    ByHand(),
    Ease(),
    Ease(borders=1.0),
    Blend(),
)
"""All scores, the simplest first."""
_REFITTED = 5
_REFIT_UP_TO = 1000
_HEADLINE = ("at_1", "mrr")


@dataclass(frozen=True)
class Trial:
    """What is hidden, and what is learnt from.

    Parameters
    ----------
    hide : int
        How many members of a service are hidden at a time.
    forward : date, optional
        Learn only from what was there before this day, and look for what came after.
    least, most : int
        Members of the services that are tried; larger ones are not learnt from either.
    sample : int, optional
        Try at most so many sets of hidden members.
    seed : int
        Of all that is drawn by chance.

    Examples
    --------
    >>> Trial().hide
    1
    """

    hide: int = 1
    forward: date | None = None
    least: int = 3
    most: int = 20
    sample: int | None = None
    seed: int = 0


def backtest_report(
    store: Store, trial: Trial | None = None, *, as_of: date | None = None
) -> Report:
    """Show how often each score finds members that were hidden from it.

    Parameters
    ----------
    store : Store
        An open store.
    trial : Trial, optional
        What to hide.
    as_of : date, optional
        Only memberships of that day; by default past ones count too.

    Returns
    -------
    Report

    Examples
    --------
    >>> backtest_report(store).title
    'How often hidden members are found'
    """
    trial = trial or Trial()
    return _report(trial, *_set_up(store, trial, as_of))


def learning_report(known: Arrangements, trial: Trial | None = None) -> Report:
    """Show how often each score finds hidden members of arrangements that no store has.

    Parameters
    ----------
    known : Arrangements
        As from `loaders.learning.read_for_learning`.
    trial : Trial, optional
        What to hide; not forward in time.

    Returns
    -------
    Report

    Examples
    --------
    >>> from graphmodel.analytics.arrangements import arrangements
    >>> learning_report(arrangements({"roads": "abc"}, borders=["ab", "bc"])).tables[0].columns[0]
    'score'
    """
    trial = trial or Trial()
    known = known.of_size(trial.most)
    made = folds(known, hide=trial.hide, least=trial.least, most=trial.most, seed=trial.seed)
    return _report(trial, known, made, [])


def _report(trial: Trial, known: Arrangements, made: list[Fold], notes: list[str]) -> Report:
    if trial.sample is not None:
        made = sampled(made, trial.sample, trial.seed)
    title = "How often hidden members are found"
    services = len({fold.service for fold in made})
    hidden = sum(len(fold.hidden) for fold in made)
    notes = [_what_was_hidden(trial, hidden, services, known), *notes]
    if not made:
        return Report(title, [_headline({}, trial)], [*notes, "Nothing to tell from."])
    if len(known.councils) <= _REFIT_UP_TO:
        _refuse_leaks(known, sampled(made, _REFITTED, trial.seed))
    found = {scorer.name: find_hidden(scorer, known, made) for scorer in SCORERS}
    best = max(found, key=lambda name: (measures(found[name].ranks)[:, -1].mean(), name))
    tables = [
        _headline(found, trial),
        _other_intervals(found, trial),
        _against(found, best, trial),
    ]
    if found[best].answers:
        tables.append(_calibration(found[best], best, trial))
    return Report(title, tables, [*notes, *_verdict(found, best, services, trial)])


def _set_up(
    store: Store, trial: Trial, as_of: date | None
) -> tuple[Arrangements, list[Fold], list[str]]:
    memberships = recorded_memberships(store, as_of)
    if trial.forward is None:
        known = read_arrangements(store, as_of, memberships=memberships).of_size(trial.most)
        made = folds(known, hide=trial.hide, least=trial.least, most=trial.most, seed=trial.seed)
        return known, made, []
    split = split_at(memberships, trial.forward)
    known = read_arrangements(
        store,
        trial.forward,
        memberships=split.before,
        services={one.service for one in split.after},
    ).of_size(trial.most)
    notes = [
        f"Learnt from {len(split.before)} memberships known before {trial.forward}. "
        f"{len(split.unknown)} that nothing dates are left out."
    ]
    return known, forward_folds(split, known, trial.least, trial.most), notes


def _refuse_leaks(known: Arrangements, made: list[Fold]) -> None:
    """Fit the scores anew without what is hidden, for some folds: nothing may change."""
    for scorer in SCORERS:
        leak = find_leak(scorer, known, made)
        if leak is not None:
            service = known.services[leak.service]
            raise GraphmodelError(
                f"The score {scorer.name!r} sees what was hidden from it in {service!r}, so its "
                "figures would mean nothing. This is a fault of the program: please report it."
            )


def _what_was_hidden(trial: Trial, hidden: int, services: int, known: Arrangements) -> str:
    how = "each alone" if trial.hide == 1 else f"{trial.hide} of a service at a time"
    if trial.forward is not None:
        how = f"begun on or after {trial.forward}"
    drawn = "" if trial.sample is None else f", a sample drawn with seed {trial.seed}"
    return (
        f"{hidden} memberships of {services} services with {trial.least} to {trial.most} members "
        f"were hidden, {how}{drawn}; ranked were all of {len(known.councils)} councils that do "
        "not take part. What is part or successor of the service was hidden with it."
    )


def _figures(found: Found, trial: Trial) -> dict[str, Figure]:
    figures = summarise(measures(found.ranks), found.services, seed=trial.seed)
    return dict(zip(MEASURES, figures, strict=True))


def _headline(found: Mapping[str, Found], trial: Trial) -> Table:
    columns = ["score"]
    for measure in MEASURES:
        spread = [f"{measure}_from", f"{measure}_to"] if measure in _HEADLINE else []
        columns += [measure, *spread]
    rows = []
    for name, one in found.items():
        row: list[str | float] = [name]
        for measure, figure in _figures(one, trial).items():
            row += _cells(figure) if measure in _HEADLINE else _cells(figure)[:1]
        rows.append(row)
    return Table(columns, rows, "How often right")


def _other_intervals(found: Mapping[str, Found], trial: Trial) -> Table:
    others = [measure for measure in MEASURES if measure not in _HEADLINE]
    columns = [f"{measure}_{bound}" for measure in others for bound in ("from", "to")]
    rows = []
    for name, one in found.items():
        figures = _figures(one, trial)
        rows.append([name, *(cell for other in others for cell in _cells(figures[other])[1:])])
    return Table(["score", *columns], rows, "Intervals of the rest")


def _against(found: Mapping[str, Found], best: str, trial: Trial) -> Table:
    columns = ["score", *(f"{name}{end}" for name in _HEADLINE for end in ("", "_from", "_to"))]
    rows = []
    for name, figures in compare(found, best, seed=trial.seed).items():
        by_measure = dict(zip(MEASURES, figures, strict=True))
        cells = [cell for measure in _HEADLINE for cell in _cells(by_measure[measure])]
        rows.append([name, *cells])
    return Table(columns, rows, f"Better or worse than {best}")


def _calibration(found: Found, name: str, trial: Trial) -> Table:
    bands = calibrate(found.answers, seed=trial.seed)
    rows = [
        [
            f"{band.low:.0%} to {band.high:.0%}",
            band.candidates,
            round(band.said, 3),
            *_cells(band.came),
        ]
        for band in bands
    ]
    columns = ["chance_said", "candidates", "mean_said", "came_true", "came_from", "came_to"]
    return Table(columns, rows, f"Chances by {name}, and what came true")


def _cells(figure: Figure) -> list[float]:
    return [round(value, 3) + 0.0 for value in (figure.value, figure.low, figure.high)]


def _verdict(found: Mapping[str, Found], best: str, services: int, trial: Trial) -> list[str]:
    """What the figures allow to say, and what they do not."""
    notes = ["_from and _to: 95 % intervals, from services drawn 2,000 times with replacement."]
    if services < ENOUGH_SERVICES:
        notes.append(
            f"Too little to tell: {services} services, and with fewer than {ENOUGH_SERVICES} the "
            "next one could turn the order."
        )
        return notes
    differences = compare(found, best, seed=trial.seed)
    alike = [name for name, figures in differences.items() if figures[-1].high >= 0]
    if alike:
        notes.append(f"These data cannot tell {best} from {' or '.join(alike)} by MRR.")
    else:
        notes.append(f"{best} is better than every other by MRR, beyond chance.")
    return notes
