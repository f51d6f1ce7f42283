"""How well the survey works, on made surveys whose truth is known: ``python -m benchmarks.survey``.

Answers are matched on seeds that neither the weights nor the thresholds were chosen on; with
``workbooks`` and seeds, surveys of 32 councils go through workbooks, import and decisions as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from scipy.stats import binomtest

from graphmodel.reports.survey_tables import tables_report
from graphmodel.reports.survey_waves import survey_of
from graphmodel.store.embedded import EmbeddedStore
from tests.made_survey import WAVES, make, published, without_ids
from tests.made_survey.chain import run_chain
from tests.made_survey.scoring import Course, run

SEEDS = range(300, 312)


def matched(sides: Iterable[bool] = (True, False)) -> None:
    """Print what was matched over waves, with the ids of the forms and without any."""
    print(f"{len(SEEDS)} made surveys (seeds {SEEDS[0]} to {SEEDS[-1]}), waves of 2016 and 2020")
    for kept in sides:
        courses = []
        for seed in SEEDS:
            made = make(seed)
            began = time.perf_counter()
            courses.append(run(made if kept else without_ids(made)))
            print(f"  seed {seed}: {time.perf_counter() - began:.1f} s", file=sys.stderr)
        print("\nids " + ("as they come back" if kept else "all lost"))
        _print_matched(courses)


def _print_matched(courses: Iterable[Course]) -> None:
    before: Counter[str] = Counter()
    new: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    least, most, waves, asked = 100.0, 0.0, 0, 0
    for course in courses:
        for wave, score in course.scores.items():
            if wave == WAVES[0]:
                continue
            waves += 1
            asked += sum(one.how == "open" for one in course.matches[wave])
            outcomes: Counter[str] = Counter(map(str, score.before.values()))
            before += outcomes
            of_new: Counter[str] = Counter(map(str, score.new.values()))
            new += of_new
            answers += Counter({str(key): number for key, number in score.answers.items()})
            least = min(least, 100 * outcomes["right"] / outcomes.total())
            every = outcomes + of_new
            most = max(most, 100 * every["wrong"] / every.total())
    every = before + new
    _line("activities known before and matched", before["right"], before.total())
    _line("  all that is left is put to a person", before["open"], before.total())
    _line("  taken for new", before["missed"], before.total())
    _line("activities matched wrongly, of all", every["wrong"], every.total())
    _line("new activities known as one new one", new["right"], new.total())
    _line("answers without an id that are right", answers["right"], answers.total())
    _line("answers without an id that are wrong", answers["wrong"], answers.total())
    print(f"{'least matched, most wrong in any wave':42} {least:.2f} %, {most:.2f} %")
    print(f"{'questions to a person, a wave':42} {asked / waves:.0f}")


def _line(what: str, part: int, whole: int) -> None:
    interval = binomtest(part, whole).proportion_ci(method="wilson")
    low, high = 100 * interval.low, 100 * interval.high
    share = f"{100 * part / whole:.2f} % ({low:.2f} to {high:.2f})"
    print(f"{what:42} {share:28} {part} of {whole}")


def workbooks(seed: int) -> None:
    """Take one survey the whole way and print what it took, and how far off its tables are."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with EmbeddedStore(home) as store:
            chain = run_chain(store, make(seed), home / "surveys")
            survey = survey_of(store)
            report = tables_report(store, survey, ["2016", "2020"])
    for wave, (out, back) in chain.seconds.items():
        kinds = Counter(question.kind for question in chain.asked[wave])
        returns = len(survey.wave(wave).returns)
        print(
            f"{wave}: 32 workbooks made in {out:.1f} s, {returns} read and loaded in {back:.1f} s"
        )
        print(
            f"  decided by a person: {kinds['activity']} activities, {kinds['partner']} partners, "
            f"in {chain.rounds[wave]} rounds"
        )
        print(
            f"  rows: {len(chain.rows(wave))}, of which wrong in the end: {len(chain.astray(wave))}"
        )
    last = survey.wave("2020")
    print(
        f"2020: {len(last.reported)} activities reported "
        f"(published: {published.headline(published.REPORTED)}), {len(last.operational)} "
        f"operational ({published.headline(published.OPERATIONAL)}), "
        f"{len(last.answering)} councils ({published.headline(published.ANSWERED)})"
    )
    for table in report.tables:
        rows_of = table.records()
        off = {
            row[str(table.columns[0])]: (row["2020"], row["2020_published"])
            for row in rows_of
            if row["2020_published"] is not None and row["2020"] != row["2020_published"]
        }
        print(f"{table.heading}: {len(rows_of) - 2} rows, not as published: {off or 'none'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["workbooks"]:
        for one in sys.argv[2:] or [str(SEEDS[0])]:
            print(f"seed {one}")
            workbooks(int(one))
    else:
        matched()
