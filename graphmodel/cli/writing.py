"""Options of the reports that can write into the graph, on request."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graphmodel.analytics.writing import Kind
    from graphmodel.reports.table import Report
    from graphmodel.store import Store


def writing_options(kind: Kind) -> Callable[[Callable[..., Report]], Callable[..., Report]]:
    """Give a report ``write``, and the option to take out what it has written before."""

    def decorate(command: Callable[..., Report]) -> Callable[..., Report]:
        @click.option("--write", is_flag=True, help="Write the result into the graph too.")
        @click.option(
            "--clear",
            is_flag=True,
            help=f"Take out what 'report {kind}' wrote before, and nothing else; with --write, "
            "before writing anew.",
        )
        @functools.wraps(command)
        def with_writing(
            store: Store, *args: Any, write: bool, clear: bool, **options: Any
        ) -> Report:
            from graphmodel.reports.written import cleared_report

            if clear:
                cleared = cleared_report(store, kind)
                if not write:
                    return cleared
            return command(store, *args, write=write, **options)

        return with_writing

    return decorate
