"""Which councils, partners and services are central, by several measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import networkx as nx

from graphmodel.analytics.chains import Betweenness, chain_betweenness
from graphmodel.analytics.incidence import incidence, summarise_ties
from graphmodel.analytics.ranks import places
from graphmodel.analytics.scope import Weighting
from graphmodel.analytics.walks import member_pagerank, service_pagerank

LEADING_ROLES = ("lead", "joint lead", "host")
MemberKind = Literal["council", "partner"]
MemberMeasure = Literal["strength", "degree", "betweenness", "pagerank", "leads"]
ServiceMeasure = Literal["betweenness", "degree", "pagerank", "sole_ties"]
_DIGITS = 12


@dataclass(frozen=True)
class Centrality:
    """How central one council or partner is.

    Attributes
    ----------
    id : str
        Of the council or partner.
    rank : int
        From 1; equals share a rank.
    degree : int
        Others that it shares a service with.
    strength : float
        Sum of its ties: where they are divided, the services that it shares.
    betweenness : float
        Share of the other pairs whose closest chain of services leads through it, 0 to 1.
    error : float or None
        Standard error of the betweenness; ``None`` where that is exact.
    pagerank : float
        0 to 1; of all members of the picture together 1.
    services : int
        Services that it takes part in, also alone and with all.
    leads : tuple of str
        Ids of those of them that it leads or hosts, sorted.
    closest : str or None
        Id of the one that it is tied to most; ``None`` where it has no ties.

    Examples
    --------
    >>> Centrality("a", 1, 0, 0.0, 0.0, None, 1.0, 1, (), None).closest is None
    True
    """

    id: str
    rank: int
    degree: int
    strength: float
    betweenness: float
    error: float | None
    pagerank: float
    services: int
    leads: tuple[str, ...]
    closest: str | None


@dataclass(frozen=True)
class ServiceCentrality:
    """How central one service is.

    Attributes
    ----------
    id : str
        Of the service.
    rank : int
        From 1; equals share a rank.
    degree : int
        Its members.
    betweenness : float
        Share of the pairs of members of the picture whose closest chain leads through it.
    error : float or None
        Standard error of the betweenness; ``None`` where that is exact.
    pagerank : float
        On the two-mode graph, 0 to 1.
    sole_ties : int
        Pairs of its members that share nothing else.
    led_by : tuple of str
        Ids of the members that lead or host it, sorted.

    Examples
    --------
    >>> ServiceCentrality("roads", 1, 2, 1.0, None, 0.5, 1, ("a",)).sole_ties
    1
    """

    id: str
    rank: int
    degree: int
    betweenness: float
    error: float | None
    pagerank: float
    sole_ties: int
    led_by: tuple[str, ...]


def rank_by_centrality(
    affiliated: nx.Graph,
    specific: nx.Graph | None = None,
    *,
    kind: MemberKind | None = "council",
    by: MemberMeasure = "strength",
    weighting: Weighting = "divided",
    pivots: int | None = None,
    seed: int = 0,
) -> list[Centrality]:
    """Rank councils, or partners, by how central they are.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    specific : networkx.Graph, optional
        The same without the services that make no ties; nothing is left out by default.
    kind : {"council", "partner"} or None
        Whom to rank; ``None`` for both among each other. Partners are part of the
        picture only if affiliated has them.
    by : {"strength", "degree", "betweenness", "pagerank", "leads"}
        What to rank by. Equals share a rank, and are listed by the other measures.
    weighting, pivots, seed
        As for `graphmodel.analytics.chains.chain_betweenness`.

    Returns
    -------
    list of Centrality
        The most central first.

    Raises
    ------
    ValueError
        If ``by`` or ``kind`` is none of those, or specific is not a two-mode graph.

    Notes
    -----
    Degree and strength: Barrat et al. 2004, "The architecture of complex weighted
    networks", PNAS 101(11). For betweenness and PageRank see
    `graphmodel.analytics.chains` and `graphmodel.analytics.walks`. Values that differ by
    less than a billionth of the largest count as equal, so that no rank hangs on the
    order in which a sum was made.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council", name="")
    >>> graph.add_nodes_from(["roads", "records"], kind="service", name="")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")], roles=["member"])
    >>> graph.add_edges_from([("b", "records"), ("c", "records")], roles=["lead"])
    >>> [(one.rank, one.id, one.betweenness) for one in rank_by_centrality(graph)]
    [(1, 'b', 1.0), (2, 'c', 0.0), (2, 'a', 0.0)]
    """
    _require(by in get_args(MemberMeasure), f"{by!r} is not a measure of members")
    _require(kind is None or kind in get_args(MemberKind), f"{kind!r} is not a kind of member")
    specific = affiliated if specific is None else specific
    found = _summaries(specific, weighting)
    between = chain_betweenness(specific, weighting, pivots=pivots, seed=seed)
    pageranks = member_pagerank(specific, weighting)
    ranked = [one for one in found if kind in (None, specific.nodes[one]["kind"])]
    leads = {one: _leading(affiliated, one) for one in ranked}
    measures: dict[str, Mapping[str, float]] = {
        "strength": {one: found[one].strength for one in ranked},
        "degree": {one: found[one].degree for one in ranked},
        "betweenness": {one: between.values[one] for one in ranked},
        "pagerank": {one: pageranks[one] for one in ranked},
        "leads": {one: len(leads[one]) for one in ranked},
    }
    order = dict.fromkeys([by, "strength", "degree", "betweenness", "leads"])
    return [
        Centrality(
            id=one,
            rank=rank,
            degree=found[one].degree,
            strength=found[one].strength,
            betweenness=round(between.values[one], _DIGITS),
            error=_error(between, one),
            pagerank=round(pageranks[one], _DIGITS),
            services=affiliated.degree(one),
            leads=leads[one],
            closest=found[one].closest,
        )
        for one, rank in places([measures[measure] for measure in order]).items()
    ]


def rank_services(
    specific: nx.Graph,
    *,
    by: ServiceMeasure = "betweenness",
    weighting: Weighting = "divided",
    pivots: int | None = None,
    seed: int = 0,
) -> list[ServiceCentrality]:
    """Rank services by how much they hold the picture together.

    Parameters
    ----------
    specific : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`, without the services that
        make no ties. Services of one member are not ranked.
    by : {"betweenness", "degree", "pagerank", "sole_ties"}
        What to rank by. Equals share a rank, and are listed by the other measures.
    weighting, pivots, seed
        As for `graphmodel.analytics.chains.chain_betweenness`.

    Returns
    -------
    list of ServiceCentrality
        The most central first.

    Raises
    ------
    ValueError
        If ``by`` is none of those, or specific is not a two-mode graph.

    Notes
    -----
    Faust 1997, "Centrality in affiliation networks", Social Networks 19(2).

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc", kind="council", name="")
    >>> graph.add_nodes_from(["roads", "records"], kind="service", name="")
    >>> graph.add_edges_from([("a", "roads"), ("b", "roads")], roles=["member"])
    >>> graph.add_edges_from([(council, "records") for council in "abc"], roles=["lead"])
    >>> [(one.id, one.sole_ties) for one in rank_services(graph, by="sole_ties")]
    [('records', 2), ('roads', 0)]
    """
    _require(by in get_args(ServiceMeasure), f"{by!r} is not a measure of services")
    _require_two_modes(specific)
    shared = incidence(specific)
    between = chain_betweenness(specific, weighting, pivots=pivots, seed=seed)
    pageranks = service_pagerank(specific)
    soles = dict(zip(shared.services, summarise_ties(shared).sole.tolist(), strict=True))
    measures: dict[str, Mapping[str, float]] = {
        "betweenness": {one: between.values[one] for one in shared.services},
        "degree": {one: specific.degree(one) for one in shared.services},
        "sole_ties": soles,
        "pagerank": pageranks,
    }
    order = dict.fromkeys([by, *measures])
    return [
        ServiceCentrality(
            id=one,
            rank=rank,
            degree=specific.degree(one),
            betweenness=round(between.values[one], _DIGITS),
            error=_error(between, one),
            pagerank=round(pageranks[one], _DIGITS),
            sole_ties=soles[one],
            led_by=_leading(specific, one),
        )
        for one, rank in places([measures[measure] for measure in order]).items()
    ]


@dataclass(frozen=True)
class _Summary:
    """Degree, strength and closest of a member."""

    degree: int
    strength: float
    closest: str | None


def _summaries(specific: nx.Graph, weighting: Weighting) -> dict[str, _Summary]:
    _require_two_modes(specific)
    found = incidence(specific)
    ties = summarise_ties(found, weighting)
    # Whole numbers: a service's weight, 1/(k-1) or 1, times its k-1 others.
    spent = found.sizes - 1 if weighting == "plain" else found.sizes > 0
    strengths = (found.matrix @ spent.astype(float)).tolist()
    return {
        member: _Summary(
            degree=int(ties.degrees[at]),
            strength=strengths[at],
            closest=found.members[ties.closest[at]] if ties.closest[at] >= 0 else None,
        )
        for at, member in enumerate(found.members)
    }


def _leading(affiliated: nx.Graph, node: str) -> tuple[str, ...]:
    """What is at the other end of a node's memberships that lead or host."""
    return tuple(
        sorted(
            other
            for _, other, roles in affiliated.edges(node, data="roles")
            if any(role in LEADING_ROLES for role in roles)
        )
    )


def _error(between: Betweenness, node: str) -> float | None:
    return None if between.errors is None else round(between.errors[node], _DIGITS)


def _require_two_modes(graph: nx.Graph) -> None:
    for first, second in graph.edges:
        kinds = (graph.nodes[first].get("kind"), graph.nodes[second].get("kind"))
        _require(
            kinds.count("service") == 1,
            f"{first} and {second} are joined, but a two-mode graph joins a member and a "
            "service: give what affiliations() returns, not ties()",
        )


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
