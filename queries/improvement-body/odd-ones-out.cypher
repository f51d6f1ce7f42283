// title: The odd one out in its grouping
// question: Where do all councils of a region or deal but one take part in a service?
// param kind: grouping_kind = | Only groupings of this kind, such as city region
// param council: council = | Only where this council is the odd one out
// param missing: integer = 1 | Most councils of the grouping that may be missing
// column kind: What sort of grouping it is
// column grouping: Name of the grouping, of three councils or more
// column service: Name of the service
// column status: How far it has come
// column taking_part: Number of councils of the grouping that take part
// column missing: Councils of the grouping that do not
// column citations: Every place that speaks of the service, as document#place
// example: kind="city region"
// example: missing=2 council=Fife
MATCH (c:Council)-[:IN_GROUPING]->(g:Grouping)
WHERE ($kind IS NULL OR g.kind = $kind)
WITH DISTINCT g, c
ORDER BY c.name, c.id
WITH g, collect(c.id) AS ids, collect(c.name) AS names
WHERE size(ids) >= 3
MATCH (m:Council)-[:IN_GROUPING]->(g)
MATCH (m)-[:PARTICIPATES_IN]->(s:Service)
WITH g, ids, names, s, collect(DISTINCT m.id) AS inside
WHERE size(inside) >= 2 AND size(inside) < size(ids) AND size(inside) >= size(ids) - $missing
  AND ($council IS NULL OR ($council IN ids AND NOT $council IN inside))
RETURN g.kind AS kind, g.name AS grouping, s.name AS service, s.status AS status,
       size(inside) AS taking_part,
       [i IN range(0, size(ids) - 1) WHERE NOT ids[i] IN inside | names[i]] AS missing,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY kind, grouping, g.id, service, s.id
