"""The graph as linked data, in terms of the W3C's ORG, PROV, SKOS and OWL-Time.

Sources: W3C, The Organization Ontology (Recommendation, 2014); W3C, PROV-O (2013); W3C,
Time Ontology in OWL (2022), class Interval; Dublin Core, DCMI Metadata Terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
from rdflib import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, TIME, XSD, Graph, Literal, Namespace
from rdflib.term import Node, URIRef

OWN = Namespace("urn:graphmodel:vocabulary:")
"""What no common vocabulary has a word for: properties of the model, by their own names."""
CLASSES: dict[str, tuple[URIRef, ...]] = {
    "Council": (ORG.FormalOrganization,),
    "Partner": (ORG.Organization,),
    "Service": (ORG.OrganizationalCollaboration,),
    "Grouping": (SKOS.Collection,),
    "Category": (SKOS.Concept,),
    "ActivityType": (SKOS.Concept,),
    "Document": (PROV.Entity, DCTERMS.BibliographicResource),
}
"""Classes of nodes, beside the one of our own that bears the label's name."""
LINKS: dict[str, URIRef] = {
    "PART_OF": DCTERMS.isPartOf,
    "SUCCEEDS": DCTERMS.replaces,
    "ADOPTED_FROM": PROV.wasDerivedFrom,
    "IN_CATEGORY": DCTERMS.subject,
    "OF_TYPE": ORG.purpose,
    "STATED_IN": PROV.hadPrimarySource,
}
"""Relationships that a common vocabulary has a property for."""
MEMBERSHIPS = ("PARTICIPATES_IN", "MEMBER_OF")
_SAID_OTHERWISE = {"type", "label", "identifier", "relationship", "source", "locator", "citations"}
_DAYS = {"valid_from", "valid_to"}


def linked_data(graph: nx.MultiDiGraph) -> Graph:
    """Say in triples what is in a graph.

    A membership is an ``org:Membership`` of a council or partner in a collaboration, with
    its role and the interval in which it holds; every other relationship is a property
    and, for its dates and source, an ``rdf:Statement``. Each says by ``prov:wasDerivedFrom``
    which place of which document it is from.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.

    Returns
    -------
    rdflib.Graph

    Examples
    --------
    >>> from graphmodel.exports.network import network
    >>> triples = linked_data(network(store, "scotland"))
    >>> str(triples.value(address("Council:GB-LAS-ANS"), SKOS.prefLabel))
    'Angus'
    """
    triples = Graph()
    for prefix, namespace in (("org", ORG), ("prov", PROV), ("skos", SKOS), ("gm", OWN)):
        triples.bind(prefix, namespace)
    for name, said in graph.nodes(data=True):
        _add_node(triples, address(name), said)
    for tail, head, key, said in graph.edges(keys=True, data=True):
        _add_edge(triples, address(tail), address(head), address(f"edge:{key}"), said)
    return triples


def write_turtle(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write it as Turtle.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.
    file : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_turtle(nx.MultiDiGraph(), Path(folder, "graph.ttl"))
    ...     len(Graph().parse(Path(folder, "graph.ttl")))
    0
    """
    linked_data(graph).serialize(file, format="turtle", encoding="utf-8")


def write_json_ld(graph: nx.MultiDiGraph, file: Path) -> None:
    """Write it as JSON-LD.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As from `graphmodel.exports.network.network`.
    file : Path
        To make.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_json_ld(nx.MultiDiGraph(), Path(folder, "graph.jsonld"))
    ...     print(Path(folder, "graph.jsonld").read_text())
    []
    """
    linked_data(graph).serialize(file, format="json-ld", encoding="utf-8")


def address(name: str) -> URIRef:
    """Give a node's or an edge's URI.

    Parameters
    ----------
    name : str
        Its name in the graph.

    Returns
    -------
    rdflib.term.URIRef

    Examples
    --------
    >>> print(address("Council:GB-LAS-ANS"))
    urn:graphmodel:council:GB-LAS-ANS
    """
    kind, _, identifier = name.partition(":")
    return URIRef(f"urn:graphmodel:{kind.lower()}:{quote(identifier, safe='')}")


def _add_node(triples: Graph, node: URIRef, said: Mapping[str, Any]) -> None:
    for kind in (OWN[said["type"]], *CLASSES.get(said["type"], ())):
        triples.add((node, RDF.type, kind))
    label = DCTERMS.title if said["type"] == "Document" else SKOS.prefLabel
    triples.add((node, label, Literal(said["label"])))
    triples.add((node, DCTERMS.identifier, Literal(said["identifier"])))
    _add_properties(triples, node, said)
    for alias in said.get("aliases", ()):
        triples.add((node, SKOS.altLabel, Literal(alias)))
    if url := said.get("url"):
        triples.add((node, RDFS.seeAlso, Literal(url)))


def _add_edge(
    triples: Graph, tail: URIRef, head: URIRef, edge: URIRef, said: Mapping[str, Any]
) -> None:
    kind = said["relationship"]
    if kind in MEMBERSHIPS:
        triples.add((edge, RDF.type, ORG.Membership))
        triples.add((edge, ORG.member, tail))
        triples.add((edge, ORG.organization, head))
        if role := said.get("role"):
            _add_role(triples, edge, role)
    else:
        link = LINKS.get(kind, OWN[kind])
        triples.add((tail, link, head))
        triples.add((edge, RDF.type, RDF.Statement))
        triples.add((edge, RDF.subject, tail))
        triples.add((edge, RDF.predicate, link))
        triples.add((edge, RDF.object, head))
    _add_properties(triples, edge, said)


def _add_role(triples: Graph, membership: URIRef, role: str) -> None:
    name = address(f"role:{role}")
    triples.add((membership, ORG.role, name))
    triples.add((name, RDF.type, ORG.Role))
    triples.add((name, SKOS.prefLabel, Literal(role)))


def _add_properties(triples: Graph, node: URIRef, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        if name not in _SAID_OTHERWISE | _DAYS:
            for one in value if isinstance(value, list) else [value]:
                triples.add((node, OWN[name], Literal(one)))
    _add_interval(triples, node, said)
    places = said.get("citations") or (
        [f"{said['source']}#{said.get('locator', '')}"] if "source" in said else []
    )
    for place in places:
        _add_source(triples, node, place)


def _add_interval(triples: Graph, node: URIRef, said: Mapping[str, Any]) -> None:
    """When it holds; the end is the first day on which it no longer does."""
    if not _DAYS & said.keys():
        return
    interval = URIRef(f"{node}:interval")
    is_membership = (node, RDF.type, ORG.Membership) in triples
    triples.add((node, ORG.memberDuring if is_membership else DCTERMS.temporal, interval))
    triples.add((interval, RDF.type, TIME.Interval))
    for name, property_ in (("valid_from", TIME.hasBeginning), ("valid_to", TIME.hasEnd)):
        if name in said:
            moment = URIRef(f"{interval}:{name}")
            triples.add((interval, property_, moment))
            triples.add((moment, RDF.type, TIME.Instant))
            day: Node = Literal(said[name], datatype=XSD.date)
            triples.add((moment, TIME.inXSDDate, day))


def _add_source(triples: Graph, node: URIRef, citation: str) -> None:
    document, _, locator = citation.partition("#")
    place = address(f"place:{citation}")
    triples.add((node, PROV.wasDerivedFrom, place))
    triples.add((place, RDF.type, PROV.Entity))
    triples.add((place, DCTERMS.isPartOf, address(f"Document:{document}")))
    if locator:
        triples.add((place, RDFS.label, Literal(locator)))
