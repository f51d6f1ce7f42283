"""Where two places contradict each other; nothing is silently chosen."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from graphmodel.model import EDGE_KINDS, NODE_KINDS, ParticipatesIn
from graphmodel.reports.citations import Places
from graphmodel.reports.sheets import titles
from graphmodel.reports.survey_claims import contradicting_returns
from graphmodel.reports.table import Report, Table
from graphmodel.store import Store
from graphmodel.store.merge import citation, statements_of


def conflicts_report(store: Store) -> Report:
    """Show contradictions side by side, each value with its citation.

    Five kinds are found: a property to which places give different values; a role or
    start of a membership of which two documents give different ones; lists of a
    council's priorities of one date that differ from place to place; tables of one
    document that count the same and add up to different totals; and what one return to a
    survey says and another does not confirm, be it another council's or the same one's.

    Parameters
    ----------
    store : Store
        An open store.

    Returns
    -------
    Report
        One row a value; rows of one contradiction have the same number.

    Examples
    --------
    >>> conflicts_report(store).tables[0].columns
    ['number', 'about', 'what', 'value', 'said_in']
    """
    rows: list[list[Any]] = []
    contradictions = [
        *_different_values(store),
        *_different_memberships(store),
        *_different_priorities(store),
        *_different_sums(store),
        *contradicting_returns(store),
    ]
    for number, (subject, what, claims) in enumerate(contradictions, 1):
        for value, places in claims:
            rows.append([number, subject, what, value, Places(tuple(places))])
    columns = ["number", "about", "what", "value", "said_in"]
    title = f"Contradictions: {len(contradictions)}"
    return Report(title, [Table(columns, rows)], documents=titles(store))


Contradiction = tuple[str, str, list[tuple[Any, list[str]]]]


def _different_values(store: Store) -> list[Contradiction]:
    found: list[Contradiction] = []
    for node in NODE_KINDS:
        for row in store.read(
            f"MATCH (x:{node.label}) WHERE x.conflicts IS NOT NULL "
            "RETURN coalesce(x.name, x.title, x.id) AS about, x.label AS row_label, "
            "properties(x) AS properties ORDER BY about, x.id"
        ):
            about = f"{row['about']}, {row['row_label']}" if row["row_label"] else row["about"]
            found += _claims(node, about, row["properties"])
    for edge in EDGE_KINDS:
        for row in store.read(
            f"MATCH (a)-[x:{edge.type}]->(b) WHERE x.conflicts IS NOT NULL "
            "RETURN coalesce(a.name, a.id) AS tail, coalesce(b.name, b.id) AS head, "
            "properties(x) AS properties ORDER BY tail, head"
        ):
            about = f"{row['tail']} {edge.type} {row['head']}"
            found += _claims(edge, about, row["properties"])
    return found


def _claims(kind: Any, about: str, properties: dict[str, Any]) -> list[Contradiction]:
    statements = statements_of(kind, properties)
    found: list[Contradiction] = []
    for field in properties["conflicts"]:
        claims: dict[Any, list[str]] = {}
        for statement in statements:
            if field in statement.values:
                claims.setdefault(statement.values[field], []).append(citation(statement.values))
        found.append((about, field, list(claims.items())))
    return found


def _different_memberships(store: Store) -> list[Contradiction]:
    """Compare what different documents say of one membership.

    One document may well give several roles or spells; only what two documents say
    quite differently is a contradiction.
    """
    said: dict[tuple[str, str], dict[str, dict[Any, list[str]]]] = defaultdict(dict)
    for row in store.read(
        "MATCH (a:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service) "
        "RETURN a.name AS who, s.name AS service, properties(r) AS edge "
        "ORDER BY who, service, r.role, coalesce(r.since, '')"
    ):
        for statement in statements_of(ParticipatesIn, row["edge"]):
            for field in ("role", "since"):
                value = statement.values.get(field)
                if value is not None:
                    claims = said[row["who"], row["service"]].setdefault(field, {})
                    claims.setdefault(value, []).append(citation(statement.values))
    found: list[Contradiction] = []
    for (who, service), fields in said.items():
        for field, claims in fields.items():
            by_value = [{place.partition("#")[0] for place in places} for places in claims.values()]
            finest = max(map(str, claims), key=len)
            agree = field == "since" and all(finest.startswith(value) for value in claims)
            if len(by_value) > 1 and not set.intersection(*by_value) and not agree:
                found.append((f"{who} in {service}", field, list(claims.items())))
    return found


def _different_priorities(store: Store) -> list[Contradiction]:
    """Compare, for a council and a date, the sets of priorities that places give."""
    by_place: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.read(
        "MATCH (c:Council)-[r:PRIORITISES]->(s:Service) "
        "RETURN c.name AS council, s.name AS service, properties(r) AS edge"
    ):
        edge = row["edge"]
        places = edge.get("citations") or [citation(edge)]
        for place in places:
            section = place.partition(",")[0]
            by_place[row["council"], edge.get("as_of", "")][section].add(row["service"])
    found: list[Contradiction] = []
    for (council, day), places_said in sorted(by_place.items()):
        claims: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for place in sorted(places_said):
            claims[tuple(sorted(places_said[place]))].append(place)
        if len(claims) > 1:
            what = f"priorities of {day}" if day else "priorities"
            found.append((council, what, [(list(key), said) for key, said in claims.items()]))
    return found


def _different_sums(store: Store) -> list[Contradiction]:
    """Add up a document's tables of one thing, beside the total that it gives itself.

    Tables of one thing are those that also give each row's share of the total.
    """
    figures: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in store.read(
        "MATCH (f:Statistic)-[:STATED_IN]->(d:Document) "
        "RETURN d.title AS title, coalesce(f.wave, '') AS wave, f.unit AS unit, f.name AS name, "
        "f.group AS group, f.label AS label, f.value AS value, properties(f) AS figure"
    ):
        if row["unit"] is not None:
            figures[row["title"], row["wave"], row["unit"]].append(row)
    found: list[Contradiction] = []
    for (title, wave, unit), rows in sorted(figures.items()):
        shares = figures.get((title, wave, "% of total"), [])
        shared_out = {row["group"] for row in shares}
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            if row["label"] is not None and row["group"] in shared_out:
                tables[row["group"]].append(row)
        if len(tables) < 2 or unit == "% of total":
            continue
        claims = [_sum_of(group, tables[group], shares) for group in sorted(tables)]
        totals = [row for row in rows if row["label"] is None]
        if totals:
            largest = max(totals, key=lambda row: row["value"])
            text = f"{largest['value']:g}, {largest['name']}"
            claims.append((largest["value"], text, citation(largest["figure"])))
        if len({value for value, _, _ in claims}) > 1:
            about = f"{title}, {unit}"
            found.append((about, "totals", [(text, [place]) for _, text, place in claims]))
    return found


def _sum_of(
    group: str, rows: list[dict[str, Any]], shares: list[dict[str, Any]]
) -> tuple[float, str, str]:
    """Sum of a table, whether its percentages are of that sum, and where it stands."""
    total = sum(row["value"] for row in rows)
    printed = {row["label"]: row["value"] for row in shares if row["group"] == group}
    fits = [
        abs(100 * row["value"] / total - printed[row["label"]]) <= 1
        for row in rows
        if row["label"] in printed and total
    ]
    basis = "; its percentages are of this" if fits and all(fits) else ""
    return total, f"{total:g}, sum of the rows of {group}{basis}", citation(rows[0]["figure"])
