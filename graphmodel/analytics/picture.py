"""What every analysis starts from: who takes part in what, and which of it makes ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import networkx as nx

from graphmodel.analytics.projection import affiliations, ties, without_parts, without_universal
from graphmodel.analytics.scope import Scope
from graphmodel.dates import period
from graphmodel.store import Store

_DAYS = (
    "MATCH (c:Council) "
    "RETURN min(c.valid_from) AS first, max(c.valid_from) AS last, max(c.valid_to) AS end",
    "MATCH (:Council)-[r:PARTICIPATES_IN]->(:Service) RETURN min(r.valid_from) AS first, "
    "max(r.valid_from) AS last, max(r.valid_to) AS end",
    "MATCH (:Council)-[r:IN_GROUPING]->(:Grouping) RETURN min(r.valid_from) AS first, "
    "max(r.valid_from) AS last, max(r.valid_to) AS end",
    "MATCH (:Council)-[:PARTICIPATES_IN]->(s:Service) RETURN null AS first, "
    "max(s.valid_from) AS last, max(s.valid_to) AS end",
)
_SAID = "MATCH (s:Service) RETURN DISTINCT s.status_as_of AS said"


@dataclass(frozen=True)
class Picture:
    """What every analysis starts from.

    Attributes
    ----------
    scope : Scope
        Which memberships and ties count.
    affiliated : networkx.Graph
        Who takes part in what, as from `affiliations`.
    specific : networkx.Graph
        The same without the services that make no ties.
    left_out : tuple of str
        Ids of the services that tie too many, sorted.
    parts : tuple of str
        Ids of the services that are within another that makes ties, and so make none
        themselves, sorted: see `graphmodel.analytics.projection.without_parts`.
    on_record : tuple of (date or None, date or None)
        The first and the last day that a source gives for a council's part in anything;
        where no day was asked for, or no source gives one, ``None``.

    Examples
    --------
    >>> picture(store).name("GB-LAS-ANS")
    'Angus'
    """

    scope: Scope
    affiliated: nx.Graph
    specific: nx.Graph
    left_out: tuple[str, ...]
    parts: tuple[str, ...] = ()
    on_record: tuple[date | None, date | None] = (None, None)

    @classmethod
    def of(cls, affiliated: nx.Graph, scope: Scope) -> Picture:
        """Leave out what makes no ties.

        Parameters
        ----------
        affiliated : networkx.Graph
            As from `graphmodel.analytics.projection.affiliations`.
        scope : Scope
            Which ties count.

        Returns
        -------
        Picture

        Examples
        --------
        >>> "seemis" in Picture.of(affiliations(store), Scope(most_members=2)).specific
        False
        """
        specific, left_out = (affiliated, []) if scope.universal else without_universal(affiliated)
        if scope.most_members is not None:
            large = [
                node
                for node, kind in specific.nodes(data="kind")
                if kind == "service" and specific.degree(node) > scope.most_members
            ]
            specific = specific.copy()
            specific.remove_nodes_from(large)
            left_out = sorted([*left_out, *large])
        specific, parts = without_parts(specific)
        return cls(scope, affiliated, specific, tuple(left_out), tuple(parts))

    @cached_property
    def each(self) -> nx.Graph:
        """Specific with the parts too: for what is asked of each service by itself.

        Examples
        --------
        >>> seen = picture(store)
        >>> set(seen.each) - set(seen.specific) == set(seen.parts)
        True
        """
        return self.affiliated.subgraph(set(self.affiliated).difference(self.left_out))

    @cached_property
    def tied(self) -> nx.Graph:
        """Ties of the specific services, as from `ties`; made when first asked for.

        Examples
        --------
        >>> len(picture(store).tied)
        32
        """
        return ties(self.specific, self.scope.weighting)

    def name(self, identifier: str) -> str:
        """What people call a council, partner or service of the picture.

        Parameters
        ----------
        identifier : str
            Its id.

        Returns
        -------
        str

        Examples
        --------
        >>> picture(store).name("ayrshire-roads-alliance")
        'Ayrshire Roads Alliance'
        """
        name: str = self.affiliated.nodes[identifier]["name"]
        return name

    def names(self, identifiers: Iterable[str]) -> list[str]:
        """Names of several, in alphabetical order.

        Parameters
        ----------
        identifiers : iterable of str
            Their ids.

        Returns
        -------
        list of str

        Examples
        --------
        >>> picture(store).names(["GB-LAS-DND", "GB-LAS-ANS"])
        ['Angus', 'Dundee City']
        """
        return sorted(self.name(identifier) for identifier in identifiers)


def picture(store: Store, scope: Scope | None = None) -> Picture:
    """Read once what every analysis starts from.

    Parameters
    ----------
    store : Store
        An open store.
    scope : Scope, optional
        Which memberships and ties count.

    Returns
    -------
    Picture

    Examples
    --------
    >>> len(picture(store).tied)
    32
    """
    scope = scope or Scope()
    found = Picture.of(affiliations(store, scope), scope)
    return replace(found, on_record=days_on_record(store)) if scope.as_of else found


def days_on_record(store: Store) -> tuple[date | None, date | None]:
    """The first and the last day that a source gives for a council's part in anything.

    Starts of services are not among them: one may be older than its councils.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    tuple of (date or None, date or None)
        ``None`` where no source gives a day.

    Examples
    --------
    >>> days_on_record(store)[0]
    datetime.date(1996, 1, 1)
    """
    rows = [row for statement in _DAYS for row in store.read(statement)]
    said = [period(row["said"]).start for row in store.read(_SAID) if row["said"]]
    starts = [row["first"] for row in rows if row["first"]]
    lasts = [row[name] for row in rows for name in ("last", "end") if row[name]]
    return min([*starts, *said], default=None), max([*lasts, *said], default=None)
