"""Options that choose which part of the picture counts: the same for every analysis."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import click

from graphmodel.cli.numbers import Count
from graphmodel.vocabulary import GeographicFocus, Role, Spectrum, Status

if TYPE_CHECKING:
    from graphmodel.analytics.scope import Weighting
    from graphmodel.store import Store

_OPTIONS = (
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(get_args(Status)),
        default=("live", "pilot"),
        show_default=True,
        help="Services and memberships that count; may be repeated.",
    ),
    click.option(
        "--category",
        "categories",
        multiple=True,
        metavar="NAME",
        help="Only services of this service area; may be repeated.",
    ),
    click.option(
        "--reach",
        multiple=True,
        type=click.Choice(get_args(GeographicFocus)),
        help="Only services that reach so far, as recorded or else by the councils that take "
        "part; may be repeated.",
    ),
    click.option(
        "--type",
        "types",
        multiple=True,
        metavar="NAME",
        help="Only services of this collaborative type of the 2020 report; may be repeated.",
    ),
    click.option(
        "--spectrum",
        multiple=True,
        type=click.Choice(get_args(Spectrum)),
        help="Only services at this place on the spectrum; may be repeated.",
    ),
    click.option(
        "--role",
        "roles",
        multiple=True,
        type=click.Choice(get_args(Role)),
        help="Only memberships with this role; may be repeated.",
    ),
    click.option("--partners", is_flag=True, help="Count health boards, police and others too."),
    click.option(
        "--dated",
        is_flag=True,
        help="Leave out what has no known start, instead of counting it for every day.",
    ),
    click.option(
        "--universal",
        is_flag=True,
        help="Let services of nine in ten councils or more make ties too.",
    ),
    click.option(
        "--most-members",
        type=Count(min=2),
        metavar="K",
        help="Only services of at most K members make ties.",
    ),
    click.option(
        "--weighting",
        type=click.Choice(["divided", "plain"]),
        default="divided",
        show_default=True,
        help="A service of k members counts 1/(k-1) for each pair, or 1.",
    ),
)


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that gets ``store`` and ``as_of`` a ``scope`` instead of the day."""

    @functools.wraps(command)
    def with_scope(
        store: Store,
        *args: Any,
        as_of: date | None = None,
        statuses: tuple[str, ...],
        categories: tuple[str, ...],
        reach: tuple[str, ...],
        types: tuple[str, ...],
        spectrum: tuple[str, ...],
        roles: tuple[str, ...],
        partners: bool,
        dated: bool,
        universal: bool,
        most_members: int | None,
        weighting: Weighting,
        **options: Any,
    ) -> Any:
        from graphmodel.analytics.scope import Scope

        scope = Scope(
            as_of=as_of,
            statuses=statuses,
            categories=_ids(store, "Category", categories),
            reach=reach,
            types=_ids(store, "ActivityType", types),
            spectrum=spectrum,
            roles=roles,
            partners=partners,
            undated=not dated,
            universal=universal,
            most_members=most_members,
            weighting=weighting,
        )
        return command(store, *args, scope=scope, **options)

    for option in reversed(_OPTIONS):
        with_scope = option(with_scope)
    return with_scope


def _ids(store: Store, label: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        return ()
    from graphmodel.store.lookup import name_index

    index = name_index(store, label)
    return tuple(index.resolve(name).id for name in names)
