"""Why several councils could join together: each one's strongest reason, and what it touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from graphmodel.analytics.candidates import Candidate, explain
from graphmodel.analytics.expansions import JoiningSet
from graphmodel.analytics.geography import CONTIGUOUS
from graphmodel.analytics.inquiry import Inquiry
from graphmodel.analytics.plan import Plan
from graphmodel.analytics.ranks import places
from graphmodel.reports.candidates import LEAST_MOVED
from graphmodel.reports.table import Table


def explained_members(
    inquiry: Inquiry, plan: Plan, sets: Iterable[JoiningSet]
) -> dict[str, Candidate]:
    """Say what speaks for and against each council of some sets, beside present members.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What they would join.
    sets : iterable of JoiningSet
        The sets.

    Returns
    -------
    dict of str to Candidate
        By id, in the order in which the sets name them. Reasons are those beside
        present members alone: what newcomers share with each other speaks for no set.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> plan = inquiry.plan("ayrshire-roads-alliance")
    >>> found = explained_members(inquiry, plan, [JoiningSet(("GB-LAS-NAY",), 1.0)])
    >>> found["GB-LAS-NAY"].reasons[0].kind
    'ties'
    """
    councils = list(dict.fromkeys(council for one in sets for council in one.councils))
    drafts = [Candidate(council, 0.0, None) for council in councils]
    return {one.council: one for one in explain(inquiry, plan, drafts, councils)}


def reasons_table(
    inquiry: Inquiry, plan: Plan, sets: Iterable[JoiningSet], told: Mapping[str, Candidate]
) -> Table:
    """For each new member of each set what it touches, and its strongest reason.

    Parameters
    ----------
    inquiry : Inquiry
        What is known.
    plan : Plan
        What they would join.
    sets : iterable of JoiningSet
        The sets, best first.
    told : mapping of str to Candidate
        As from `explained_members`.

    Returns
    -------
    Table
        In order of the sets.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> inquiry = read_inquiry(store)
    >>> plan, told = inquiry.plan(added=["GB-LAS-DND"]), {"GB-LAS-ANS": Candidate("", 0.0, None)}
    >>> reasons_table(inquiry, plan, [JoiningSet(("GB-LAS-ANS",), 1.0)], told).rows
    [[1, 'Angus', [], ['Dundee City'], None, None]]
    """
    sets = list(sets)
    at = places([{key_of(one): one.score for one in sets}])
    rows: list[list[object]] = []
    for one in sets:
        for council in one.councils:
            strongest = next(
                (reason for reason in told[council].reasons if reason.moved >= LEAST_MOVED), None
            )
            others = inquiry.around.names(other for other in one.councils if other != council)
            touching = touched(inquiry, plan.members, one.councils, council)
            row: list[object] = [at[key_of(one)], inquiry.around.name(council), others, touching]
            row += [strongest.text, round(strongest.moved, 3)] if strongest else [None, None]
            rows.append(row)
    columns = ["rank", "council", "together_with", "touches", "strongest_reason", "moved"]
    return Table(columns, rows, "Why", whole=True)


def key_of(one: JoiningSet) -> str:
    """A set in one word, to rank it by.

    Examples
    --------
    >>> key_of(JoiningSet(("a", "b"), 1.0))
    'a b'
    """
    return " ".join(one.councils)


def touched(
    inquiry: Inquiry, members: Collection[str], councils: Collection[str], council: str
) -> list[str]:
    """Names of what a council of a set touches: present members, or else others of the set.

    Parameters
    ----------
    inquiry : Inquiry
        What is known; links are those by which candidates must touch, or land and bridge.
    members, councils : collection of str
        Ids of present members, and of the set.
    council : str
        Id of the one that is asked about.

    Returns
    -------
    list of str
        Sorted; those of the set are marked as new.

    Examples
    --------
    >>> from graphmodel.analytics.inquiry import read_inquiry
    >>> asked = (read_inquiry(store), ["GB-LAS-DND"], ["GB-LAS-ANS", "GB-LAS-ABD"])
    >>> touched(*asked, "GB-LAS-ANS"), touched(*asked, "GB-LAS-ABD")
    (['Dundee City'], ['Angus (new)'])
    """
    around = inquiry.around
    graph = around.map_by(CONTIGUOUS) if inquiry.touching is None else inquiry.touching
    beside = set(graph[council]) if council in graph else set()
    if present := beside & set(members):
        return sorted(around.names(present))
    return [f"{name} (new)" for name in sorted(around.names(beside & set(councils)))]
