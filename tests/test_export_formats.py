"""Exports for other programs, each read again by a program that is not ours."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.query import ResultRow

from graphmodel.cli import main
from graphmodel.errors import NotFoundError
from graphmodel.exports import FORMATS, export
from graphmodel.exports.network import network
from graphmodel.store import Store
from graphmodel.store.embedded import EmbeddedStore
from tests.packages import country

ODD = '<b>&"Roads"</b> =1+1, \u00e9\u4e2d\U0001f6a2; x'
Export = Callable[..., Path]
ignores_the_reader_s_own_warning = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small country with a service whose name is markup, a formula and ships."""
    with EmbeddedStore(tmp_path_factory.mktemp("odd")) as store:
        country().changed("services", {"id": "roads-alliance"}, name=ODD).load(store)
        yield store


@pytest.fixture
def written(odd: Store, tmp_path: Path) -> Export:
    def write(how: str, dataset: str | None = None) -> Path:
        export(odd, tmp_path / how, how, dataset=dataset)
        return tmp_path / how

    return write


def counted(store: Store) -> tuple[Counter[str], Counter[str]]:
    """Nodes by label and relationships by type, as the database counts them."""
    bookkeeping = ("LoadRun", "LoadLock")
    nodes = store.read("MATCH (n) RETURN labels(n)[0] AS kind, count(*) AS number")
    edges = store.read("MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS number")
    return (
        Counter({row["kind"]: row["number"] for row in nodes if row["kind"] not in bookkeeping}),
        Counter({row["kind"]: row["number"] for row in edges}),
    )


@pytest.mark.parametrize("open_store_of_kind", ["embedded"], indirect=True)
def test_the_network_is_all_that_the_store_holds(scotland: Store) -> None:
    nodes, edges = counted(scotland)
    graph = network(scotland)
    assert Counter(kind for _, kind in graph.nodes(data="type")) == nodes
    assert Counter(kind for *_, kind in graph.edges(data="relationship")) == edges


def test_every_store_gives_the_same_network(scotland: Store, embedded_scotland: Store) -> None:
    one, other = network(scotland), network(embedded_scotland)
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_what_one_dataset_says_has_the_ends_of_its_relationships(odd: Store) -> None:
    [name] = {row["name"] for row in odd.read("MATCH (r:LoadRun) RETURN r.dataset AS name")}
    assert set(network(odd, name)) == set(network(odd))
    with pytest.raises(NotFoundError, match="Nothing here is stated by a dataset 'nobody'"):
        network(odd, "nobody")


def test_networkx_reads_graphml(odd: Store, written: Export) -> None:
    expected = network(odd)
    found = nx.read_graphml(written("graphml"), force_multigraph=True)
    assert set(found) == set(expected)
    assert Counter(found.edges()) == Counter(expected.edges())
    assert found.nodes["Service:roads-alliance"]["label"] == ODD
    assert (
        found.nodes["Council:EX-ARD"]["population"]
        == expected.nodes["Council:EX-ARD"]["population"]
    )


def test_igraph_reads_graphml(odd: Store, written: Export) -> None:
    expected = network(odd)
    found = igraph.Graph.Read_GraphML(str(written("graphml")))
    assert found.vs["id"] == list(expected)
    named = [(found.vs[edge.source]["id"], found.vs[edge.target]["id"]) for edge in found.es]
    assert Counter(named) == Counter(expected.edges())
    assert Counter(found.es["relationship"]) == counted(odd)[1]


def test_gephi_s_timeline_has_the_days_of_memberships(odd: Store, written: Export) -> None:
    expected = network(odd)
    file = written("gexf")
    found = nx.read_gexf(file, version="1.2draft")
    assert set(found) == set(expected)
    days = Counter(
        (tail, head, said.get("start"), said.get("end"))
        for tail, head, said in found.edges(data=True)
    )
    assert days == Counter(
        (tail, head, said.get("valid_from"), said.get("valid_to"))
        for tail, head, said in expected.edges(data=True)
    )
    assert any(start for *_, start, _ in days)
    graph = ElementTree.parse(file).getroot().find("{*}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")


def test_d3_finds_the_ends_of_links(odd: Store, written: Export) -> None:
    data = json.loads(written("json").read_text(encoding="utf-8"))
    expected = network(odd)
    assert {node["id"] for node in data["nodes"]} == set(expected)
    links = Counter((link["source"], link["target"]) for link in data["links"])
    assert links == Counter(expected.edges())
    cited = Counter(link.get("cited") for link in data["links"])
    assert cited == Counter(said.get("source") for *_, said in expected.edges(data=True))


def test_cytoscape_finds_its_elements(odd: Store, written: Export) -> None:
    data = json.loads(written("cytoscape").read_text(encoding="utf-8"))
    expected = network(odd)
    found = nx.cytoscape_graph(data)
    assert set(found) == set(expected)
    assert Counter(found.edges()) == Counter(expected.edges())
    ids = [element["data"]["id"] for part in data["elements"].values() for element in part]
    assert len(set(ids)) == len(ids) == len(expected) + expected.number_of_edges()
    assert found.nodes["Service:roads-alliance"]["name"] == ODD


def test_igraph_reads_the_lists(odd: Store, written: Export) -> None:
    folder = written("lists")
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    found = igraph.Graph.DictList(
        nodes, edges, directed=True, vertex_name_attr="node", edge_foreign_keys=("from", "to")
    )
    expected = network(odd)
    assert found.vs["node"] == list(expected)
    assert Counter(zip(found.es["from"], found.es["to"], strict=True)) == Counter(expected.edges())


@ignores_the_reader_s_own_warning
def test_rdflib_answers_who_takes_part_until_when(odd: Store, written: Export) -> None:
    asked = """
        PREFIX org: <http://www.w3.org/ns/org#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX time: <http://www.w3.org/2006/time#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?member ?service ?role ?from ?document WHERE {
          ?membership a org:Membership; org:member/skos:prefLabel ?member;
            org:organization ?collaboration; prov:wasDerivedFrom/dcterms:isPartOf ?document .
          ?collaboration a org:OrganizationalCollaboration; skos:prefLabel ?service .
          OPTIONAL { ?membership org:role/skos:prefLabel ?role }
          OPTIONAL { ?membership org:memberDuring/time:hasBeginning/time:inXSDDate ?from }
        }"""
    expected = Counter(
        (
            row["member"],
            row["service"],
            row["role"],
            row["since"],
            f"urn:graphmodel:document:{row['source']}",
        )
        for row in odd.read(
            "MATCH (m:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service) RETURN m.name AS member, "
            "s.name AS service, r.role AS role, toString(r.valid_from) AS since, r.source AS source"
        )
    )
    for how, name in (("turtle", "turtle"), ("jsonld", "json-ld")):
        triples = Graph().parse(written(how), format=name)
        rows = [row for row in triples.query(asked) if isinstance(row, ResultRow)]
        found = Counter(tuple(None if one is None else str(one) for one in row) for row in rows)
        assert found == expected, how
    assert any(row[3] for row in expected)


@ignores_the_reader_s_own_warning
def test_turtle_and_json_ld_say_the_same(written: Export) -> None:
    one = Graph().parse(written("turtle"), format="turtle")
    other = Graph().parse(written("jsonld"), format="json-ld")
    assert set(one) == set(other)


def test_kumu_s_ids_are_unique_and_connections_lead_to_elements(
    odd: Store, written: Export
) -> None:
    data = json.loads(written("kumu").read_text(encoding="utf-8"))
    elements = {element["id"]: element for element in data["elements"]}
    expected = network(odd)
    assert set(elements) == set(expected)
    ends = Counter((one["from"], one["to"]) for one in data["connections"])
    assert ends == Counter(expected.edges())
    ids = [*elements, *(one["id"] for one in data["connections"])]
    assert len(set(ids)) == len(ids)
    assert elements["Service:roads-alliance"]["label"] == ODD


def test_drawio_draws_each_membership_once(odd: Store, written: Export) -> None:
    text = written("drawio").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert {row["id"] for row in rows if row["shape"] == "rectangle"} == {
        f"Service:{row['id']}"
        for row in odd.read("MATCH (s:Service)<-[:PARTICIPATES_IN]-() RETURN DISTINCT s.id AS id")
    }
    drawn = {(row["id"], end) for row in rows for end in row["takes_part_in"].split(",") if end}
    assert drawn == {
        (tail, head)
        for tail, head, kind in network(odd).edges(data="relationship")
        if kind == "PARTICIPATES_IN"
    }


@pytest.mark.slow
@pytest.mark.parametrize("how", sorted(set(FORMATS) - {"datapackage"}))
def test_the_command_writes_the_same_every_time(how: str, tmp_path: Path) -> None:
    runner = CliRunner(env={"GRAPHMODEL_HOME": str(tmp_path / "home"), "NEO4J_URI": None})
    folder = tmp_path / "package"
    folder.mkdir()
    assert runner.invoke(main, ["load", str(country().write(folder))]).exit_code == 0
    texts = []
    for name in ("one", "two"):
        path = tmp_path / name
        done = runner.invoke(main, ["export", "--format", how, "--output", str(path)])
        assert (done.exit_code, done.stderr) == (0, "")
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        texts.append([file.read_bytes() for file in files])
    assert texts[0] == texts[1]
    assert all(texts[0])
