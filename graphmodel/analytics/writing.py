"""Analyses back into the graph, on request, for Cypher and Neo4j Browser."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal

from neo4j import ManagedTransaction

from graphmodel.analytics.centrality import Centrality
from graphmodel.analytics.clusters import Clustering
from graphmodel.analytics.picture import Picture
from graphmodel.analytics.projection import stored_id
from graphmodel.analytics.scope import Scope
from graphmodel.model.written import EDGES, NODES
from graphmodel.store import Store

Kind = Literal["clusters", "centrality"]

BATCH = 2_000
"""Rows a transaction."""
_START = """
MERGE (a:Analysis {id: $run}) SET a += $said, a.written = datetime($now), a.as_of = $as_of
"""
_END = "MATCH (a:Analysis {id: $run}) SET a.complete = true"
_CLUSTERS = """
MATCH (a:Analysis {{id: $run}})
UNWIND $rows AS row
MERGE (k:Cluster {{id: row.id}})
SET k.run = $run, k.number = row.number, k.size = row.size
MERGE (k)-[:FOUND_IN {{run: $run}}]->(a)
WITH k, row UNWIND row.{label} AS id
MATCH (m:{label} {{id: id}})
MERGE (m)-[:IN_CLUSTER {{run: $run}}]->(k)
"""
_RANKS = """
MATCH (a:Analysis {{id: $run}})
UNWIND $rows AS row
MATCH (m:{label} {{id: row.id}})
MERGE (m)-[r:RANKED_IN {{run: $run}}]->(a) SET r += row.said
"""
_TIES = """
UNWIND $rows AS row
MATCH (a:{first} {{id: row.ends[0]}}) MATCH (b:{second} {{id: row.ends[1]}})
MERGE (a)-[r:TIED_TO {{run: $run}}]->(b) SET r.weight = row.weight, r.services = row.services
"""
_LABELS = ("Council", "Partner")


def write_clusters(
    store: Store, seen: Picture, found: Clustering, settings: Mapping[str, Any]
) -> str:
    """Write who is in which cluster, and the ties beneath.

    Parameters
    ----------
    store : Store
        Open, for writing.
    seen : Picture
        What the clusters were found in.
    found : Clustering
        As from `graphmodel.analytics.clusters.find_clusters`.
    settings : mapping
        How they were found, for the record.

    Returns
    -------
    str
        Id of the run, with which everything that was written is tagged.

    Raises
    ------
    GraphmodelError
        If the database refuses it.
    StoreUnreachableError
        If the connection is lost; `clear` takes out what was written by then.

    Examples
    --------
    >>> from graphmodel.analytics.clusters import find_clusters
    >>> from graphmodel.analytics.picture import picture
    >>> seen = picture(store)
    >>> run = write_clusters(store, seen, find_clusters(seen.tied), {"resolution": 1.0})
    >>> clear(store, "clusters")["Cluster"]
    4
    """
    run = _start(store, "clusters", seen.scope, settings)
    kinds = dict(seen.tied.nodes(data="kind"))
    rows = [
        {
            "id": f"{run}/{number}",
            "number": number,
            "size": len(cluster.members),
            **{
                label: [stored_id(one) for one in cluster.members if kinds[one] == label.lower()]
                for label in _LABELS
            },
        }
        for number, cluster in enumerate(found.clusters, 1)
    ]
    for label in _LABELS:
        _write(store, _CLUSTERS.format(label=label), run, rows, batch=BATCH // 20)
    _write_ties(store, seen, run)
    return _end(store, run)


def write_ranks(
    store: Store, seen: Picture, ranked: Sequence[Centrality], settings: Mapping[str, Any]
) -> str:
    """Write how central each is, and the ties beneath.

    Parameters
    ----------
    store : Store
        Open, for writing.
    seen : Picture
        What the ranks are of.
    ranked : sequence of Centrality
        As from `graphmodel.analytics.centrality.rank_by_centrality`.
    settings : mapping
        How they were found, for the record.

    Returns
    -------
    str
        Id of the run, with which everything that was written is tagged.

    Raises
    ------
    GraphmodelError
        If the database refuses it.
    StoreUnreachableError
        If the connection is lost; `clear` takes out what was written by then.

    Examples
    --------
    >>> from graphmodel.analytics.centrality import rank_by_centrality
    >>> from graphmodel.analytics.picture import picture
    >>> seen = picture(store)
    >>> run = write_ranks(store, seen, rank_by_centrality(seen.affiliated, seen.specific), {})
    >>> clear(store, "centrality")["RANKED_IN"]
    32
    """
    run = _start(store, "centrality", seen.scope, settings)
    by_label: dict[str, list[dict[str, Any]]] = {label: [] for label in _LABELS}
    for one in ranked:
        named = asdict(one) | {"works_with": one.degree, "leads_or_hosts": len(one.leads)}
        said = {name: named[name] for name in EDGES["RANKED_IN"].properties if name in named}
        label = str(seen.affiliated.nodes[one.id]["kind"]).capitalize()
        by_label[label].append({"id": stored_id(one.id), "said": said})
    for label, rows in by_label.items():
        _write(store, _RANKS.format(label=label), run, rows)
    _write_ties(store, seen, run)
    return _end(store, run)


def clear(store: Store, kind: Kind) -> dict[str, int]:
    """Take out all that analyses of a kind have written.

    Parameters
    ----------
    store : Store
        Open, for writing.
    kind : {"clusters", "centrality"}
        Of which report.

    Returns
    -------
    dict of str to int
        How many nodes of each label and relationships of each type went.

    Raises
    ------
    GraphmodelError
        If the database refuses it.
    StoreUnreachableError
        If the connection is lost; another call takes out the rest.

    Examples
    --------
    >>> clear(store, "clusters")["Analysis"]
    0
    """
    runs = [
        row["id"]
        for row in store.read("MATCH (a:Analysis {kind: $kind}) RETURN a.id AS id", {"kind": kind})
    ]
    gone = {
        name: _delete(store, f"({start})-[x:{name}]->() WHERE x.run IN $runs", runs)
        for name in EDGES
        for start in [":Cluster" if name == "FOUND_IN" else ":Council|Partner"]
    }
    for label in reversed(NODES):
        tag = "x.id" if label == "Analysis" else "x.run"
        gone[label] = _delete(store, f"(x:{label}) WHERE {tag} IN $runs", runs)
    return gone


def _start(store: Store, kind: Kind, scope: Scope, settings: Mapping[str, Any]) -> str:
    from graphmodel import __version__

    run = str(uuid.uuid4())
    said = {
        "kind": kind,
        "program": __version__,
        "scope": _described(asdict(scope)),
        "settings": _described(settings),
        "complete": False,
    }
    # The embedded store drops the zone of a datetime parameter, so it travels as text.
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    store.execute(_START, {"run": run, "said": said, "now": now, "as_of": scope.as_of})
    return run


def _end(store: Store, run: str) -> str:
    store.execute(_END, {"run": run})
    return run


def _described(choices: Mapping[str, Any]) -> list[str]:
    """Each choice that was made, as text; what was left open is not said."""
    return [
        f"{name}={','.join(value) if isinstance(value, (tuple, list)) else value}"
        for name, value in choices.items()
        if value not in (None, (), [])
    ]


def _write_ties(store: Store, seen: Picture, run: str) -> None:
    kinds = dict(seen.tied.nodes(data="kind"))
    rows = [
        {
            "ends": sorted(map(stored_id, ends)),
            "kinds": [kinds[end] for end in sorted(ends, key=stored_id)],
            "weight": facts["weight"],
            "services": facts["services"],
        }
        for *ends, facts in seen.tied.edges(data=True)
    ]
    for first in _LABELS:
        for second in _LABELS:
            of_labels = [row for row in rows if row["kinds"] == [first.lower(), second.lower()]]
            _write(store, _TIES.format(first=first, second=second), run, of_labels)


def _write(
    store: Store, statement: str, run: str, rows: Iterable[dict[str, Any]], batch: int = BATCH
) -> None:
    for some in _batches(rows, batch):
        store.execute(statement, {"run": run, "rows": some})


def _batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while some := list(islice(iterator, size)):
        yield some


def _delete(store: Store, what: str, runs: list[str]) -> int:
    """Delete what a pattern calls ``x``, some at a time."""
    statement = f"MATCH {what} WITH x LIMIT {BATCH} DETACH DELETE x RETURN count(x) AS number"
    if "[x:" in what:
        statement = statement.replace("DETACH ", "")

    def some(transaction: ManagedTransaction) -> int:
        number: int = transaction.run(statement, runs=runs).single(strict=True)["number"]
        return number

    total = 0
    while number := store.write(some):
        total += number
    return total
