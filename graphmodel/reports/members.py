"""What members of a picture are called, with partners among them or not."""

from __future__ import annotations

from collections.abc import Iterable

from graphmodel.analytics.picture import Picture
from graphmodel.reports.table import Short
from graphmodel.wording import listed

MOST_PARTNERS = 3
"""Partners that a page names; more are counted."""
LONGEST = 30
"""Characters of a partner's name on a page."""


def member_word(seen: Picture, plural: str = "s") -> str:
    """What those are that are counted: councils, or members where partners are among them.

    Parameters
    ----------
    seen : Picture
        Whose members.
    plural : str
        The ending; empty for one.

    Returns
    -------
    str

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> from graphmodel.analytics.scope import Scope
    >>> member_word(picture(store)), member_word(picture(store, Scope(partners=True)), "")
    ('councils', 'member')
    """
    return ("member" if seen.scope.partners else "council") + plural


def divided(seen: Picture, members: Iterable[str]) -> tuple[list[str], list[str]]:
    """Tell councils and partners apart.

    Parameters
    ----------
    seen : Picture
        Where both are.
    members : iterable of str
        Their ids.

    Returns
    -------
    tuple of list of str
        Ids of the councils, and of the partners, in the order of their names.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> divided(picture(store), ["GB-LAS-DND", "GB-LAS-ANS"])
    (['GB-LAS-ANS', 'GB-LAS-DND'], [])
    """
    ordered = sorted(members, key=seen.name)
    kinds = seen.affiliated.nodes
    councils = [one for one in ordered if kinds[one]["kind"] == "council"]
    return councils, [one for one in ordered if kinds[one]["kind"] != "council"]


def shown_members(seen: Picture, members: Iterable[str]) -> object:
    """Names for a cell: all of them, and on a page the councils and a few of the partners.

    Parameters
    ----------
    seen : Picture
        Where they are.
    members : iterable of str
        Their ids.

    Returns
    -------
    object
        For a `graphmodel.reports.table.Table`.

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> shown_members(picture(store), ["GB-LAS-DND", "GB-LAS-ANS"])
    ['Angus', 'Dundee City']
    """
    councils, partners = divided(seen, members)
    names = seen.names([*councils, *partners])
    if not partners:
        return names
    return Short(names, [*(seen.name(one) for one in councils), *_few(seen, partners)])


def shown_name(seen: Picture, member: str) -> object:
    """A name for a cell; on a page a partner's is cut where it is long.

    Parameters
    ----------
    seen : Picture
        Where it is.
    member : str
        Its id.

    Returns
    -------
    object

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> shown_name(picture(store), "GB-LAS-ANS")
    'Angus'
    """
    name = seen.name(member)
    if seen.affiliated.nodes[member]["kind"] == "council":
        return name
    return Short(name, _cut(name))


def told_members(seen: Picture, members: Iterable[str]) -> str:
    """Names in a sentence: the councils and a few of the partners.

    Parameters
    ----------
    seen : Picture
        Where they are.
    members : iterable of str
        Their ids.

    Returns
    -------
    str

    Examples
    --------
    >>> from graphmodel.analytics.picture import picture
    >>> told_members(picture(store), ["GB-LAS-DND", "GB-LAS-ANS"])
    'Angus and Dundee City'
    """
    councils, partners = divided(seen, members)
    return listed([*(seen.name(one) for one in councils), *_few(seen, partners)])


def _few(seen: Picture, partners: list[str]) -> list[str]:
    if len(partners) <= MOST_PARTNERS:
        return [_cut(seen.name(one)) for one in partners]
    return [f"{len(partners)} partners"]


def _cut(name: str) -> str:
    """The first words that there is room for."""
    if len(name) <= LONGEST:
        return name
    kept = name[: LONGEST - 1].rpartition(" ")[0] or name[: LONGEST - 1]
    return f"{kept.rstrip(',;(-')}…"
