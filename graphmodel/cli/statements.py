"""Running one statement, from the command line or the prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphmodel.cli.answers import print_answer
from graphmodel.cli.options import print_report

if TYPE_CHECKING:
    from graphmodel.reports.formats import Format
    from graphmodel.store import Store


@dataclass(frozen=True)
class Settings:
    """How statements are run and what they give is shown."""

    how: Format = "table"
    output: Path | None = None
    limit: int | None = None
    seconds: float | None = None
    writing: bool = False
    plan: Literal["explain", "profile"] | None = None


def run_statement(
    store: Store, statement: str, parameters: Mapping[str, str], settings: Settings
) -> None:
    """Run a statement and print what it gives; EXPLAIN or PROFILE may stand before it."""
    from graphmodel.reports.cypher import change_report, cypher_answer, plan_report, split_prefix
    from graphmodel.reports.queries import parameter_values
    from graphmodel.reports.streamed import rows_wanted

    statement, typed = split_prefix(statement)
    plan, values = settings.plan or typed, parameter_values(parameters)
    if plan:
        report = plan_report(
            store, statement, values, profile=plan == "profile", seconds=settings.seconds
        )
        print_report(report.limited(settings.limit), settings.how, settings.output)
    elif settings.writing:
        report = change_report(store, statement, values, seconds=settings.seconds)
        print_report(report.limited(settings.limit), settings.how, settings.output)
    else:
        wanted = rows_wanted(settings.how, settings.limit)
        answer = cypher_answer(store, statement, values, limit=wanted, seconds=settings.seconds)
        print_answer(answer, settings.how, settings.output, settings.limit)
