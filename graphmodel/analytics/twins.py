"""Services of one area of work that touch or overlap on the ground, and so could be one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

COMPARED = ("delivery_mechanism", "spectrum", "start")
"""What twins may differ in."""
LIKE = 0.25
"""Likeness of words from which on two services are taken to do the same."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Difference:
    """One thing in which two services differ.

    Attributes
    ----------
    of : str
        What it is: a name of `COMPARED`.
    first, second : str or None
        What is said of each; ``None`` where nothing is.

    Examples
    --------
    >>> Difference("start", "2009", None).second is None
    True
    """

    of: str
    first: str | None
    second: str | None


@dataclass(frozen=True)
class Twins:
    """Two services that could be one.

    Attributes
    ----------
    first, second : str
        Their ids, the smaller first.
    categories : tuple of str
        Ids of the service areas that both are in, sorted.
    likeness : float
        How alike their words are, 0 to 1.
    in_both : tuple of str
        Ids of the councils that take part in both, sorted.
    borders : tuple of tuple of str
        Pairs of councils that touch, one of each service alone, sorted.
    differences : tuple of Difference
        In the order of `COMPARED`; none where nothing is said of either.

    Examples
    --------
    >>> Twins("a", "b", ("roads",), 0.5, (), (("x", "y"),), ()).apart
    True
    """

    first: str
    second: str
    categories: tuple[str, ...]
    likeness: float
    in_both: tuple[str, ...]
    borders: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]

    @property
    def apart(self) -> bool:
        """Whether no council takes part in both.

        Examples
        --------
        >>> Twins("a", "b", ("roads",), 0.5, ("x",), (), ()).apart
        False
        """
        return not self.in_both


def find_twins(
    affiliated: nx.Graph,
    touching: nx.Graph,
    likeness: Mapping[tuple[str, str], float],
    related: Collection[frozenset[str]] = (),
    *,
    least: float = LIKE,
) -> list[Twins]:
    """Find services of one service area that touch or overlap, the most alike first.

    Parameters
    ----------
    affiliated : networkx.Graph
        As from `graphmodel.analytics.projection.affiliations`.
    touching : networkx.Graph
        As from `graphmodel.analytics.geography.contiguity`.
    likeness : mapping of pairs of str to float
        As from `word_likeness`; 0 for a pair that it does not have.
    related : collection of frozenset of str
        Pairs of services that belong together already, as one part of the other or
        its successor.
    least : float
        Only pairs at least so alike.

    Returns
    -------
    list of Twins
        By likeness; of equal ones, those with no council in both first, then by ids.

    Examples
    --------
    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("ab", kind="council")
    >>> facts = {"kind": "service", "categories": ["roads"], "spectrum": None, "start": None}
    >>> graph.add_node("east", delivery_mechanism="hosted", **facts)
    >>> graph.add_node("west", delivery_mechanism="company", **facts)
    >>> graph.add_edges_from([("a", "east"), ("b", "west")])
    >>> twins = find_twins(graph, nx.path_graph("ab"), {("east", "west"): 0.4})[0]
    >>> twins.borders, twins.differences[0].second
    ((('a', 'b'),), 'company')
    """
    councils = {
        service: {member for member in affiliated[service] if member in touching}
        for service, kind in affiliated.nodes(data="kind")
        if kind == "service"
    }
    found = []
    for first, second in _of_one_area(affiliated):
        alike = likeness.get((first, second), 0.0)
        if alike < least or frozenset((first, second)) in related:
            continue
        both = councils[first] & councils[second]
        borders = _borders(touching, councils[first] - both, councils[second] - both)
        if both or borders:
            areas = _areas(affiliated, first) & _areas(affiliated, second)
            found.append(
                Twins(
                    first,
                    second,
                    tuple(sorted(areas)),
                    alike,
                    tuple(sorted(both)),
                    borders,
                    _differences(affiliated.nodes[first], affiliated.nodes[second]),
                )
            )
    found.sort(key=lambda twins: (-twins.likeness, not twins.apart, twins.first, twins.second))
    return found


def _areas(affiliated: nx.Graph, service: str) -> set[str]:
    return set(affiliated.nodes[service]["categories"])


def _of_one_area(affiliated: nx.Graph) -> list[tuple[str, str]]:
    """Every pair of services that have a service area in common, once."""
    by_area: dict[str, list[str]] = {}
    for service, facts in sorted(affiliated.nodes(data=True)):
        if facts["kind"] == "service":
            for area in facts["categories"]:
                by_area.setdefault(area, []).append(service)
    return sorted({pair for services in by_area.values() for pair in combinations(services, 2)})


def _borders(touching: nx.Graph, first: set[str], second: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((a, b) for a in first for b in set(touching[a]) & second))


def _differences(
    first: Mapping[str, str | None], second: Mapping[str, str | None]
) -> tuple[Difference, ...]:
    return tuple(
        Difference(of, first.get(of), second.get(of))
        for of in COMPARED
        if first.get(of) != second.get(of)
    )


def related_services(
    parts: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]] = ()
) -> set[frozenset[str]]:
    """Pairs of services that belong together already.

    Parameters
    ----------
    parts : iterable of pairs of str
        Part and whole. A part belongs with its whole, with the whole's whole and so
        on, and with all other parts of them.
    others : iterable of pairs of str
        Pairs that belong together otherwise, such as a service and its successor.

    Returns
    -------
    set of frozenset of str

    Examples
    --------
    >>> sorted(map(sorted, related_services([("buses", "transport"), ("trains", "transport")])))
    [['buses', 'trains'], ['buses', 'transport'], ['trains', 'transport']]
    """
    wholes = nx.Graph()
    wholes.add_edges_from(parts)
    related = {
        frozenset(pair)
        for family in nx.connected_components(wholes)
        for pair in combinations(family, 2)
    }
    return related | {frozenset(pair) for pair in others}


def word_likeness(
    texts: Mapping[str, str], places: Iterable[str] = ()
) -> dict[tuple[str, str], float]:
    """How alike the words are in which services are described.

    Parameters
    ----------
    texts : mapping of str to str
        What is said of each service, by id.
    places : iterable of str
        Names of places, whose words tell where and not what, and so do not count.

    Returns
    -------
    dict of pairs of str to float
        By pairs of ids, the smaller first; pairs without a word in common are left out.

    Notes
    -----
    Cosine of the words' weights by how rare they are: Salton and Buckley 1988,
    "Term-weighting approaches in automatic text retrieval", Information Processing &
    Management 24(5); as implemented in scikit-learn.

    Examples
    --------
    >>> texts = {"a": "Roads of Angus", "b": "Roads of Fife", "c": "Libraries of Fife"}
    >>> word_likeness(texts, ["Angus", "Fife"])
    {('a', 'b'): 1.0}
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    ignored = {word for place in places for word in _words(place)} | ENGLISH_STOP_WORDS
    services = sorted(texts)
    if not any(set(_words(text)) - ignored for text in texts.values()):
        return {}
    vectorizer = TfidfVectorizer(
        analyzer=lambda service: [word for word in _words(texts[service]) if word not in ignored],
        sublinear_tf=True,
    )
    weights = vectorizer.fit_transform(services)
    cosines = (weights @ weights.T).tocoo()
    return {
        (services[row], services[column]): round(min(float(value), 1.0), 6)
        for row, column, value in zip(cosines.row, cosines.col, cosines.data, strict=True)
        if row < column
    }


def _words(text: str) -> list[str]:
    """Words in small letters, without the plural's s."""
    return [word.removesuffix("s") for word in _WORD.findall(text.casefold())]
