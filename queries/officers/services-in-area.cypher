// title: Services in an area
// question: Which services do the councils of a region, deal or board area take part in?
// param grouping: grouping = Tay Cities Region Deal | The area, as a grouping of councils
// param status: status = | Only services of this status
// param least: integer = 1 | Only services with at least so many councils of the area
// column service: Name of the service
// column status: How far it has come
// column inside: Number of councils of the area that take part
// column councils: Those councils
// column outside: Number of other councils that take part
// column focused: Whether the source says that it is for just this area
// column citations: Every place that speaks of the service, as document#place
// example: grouping="Glasgow City Region Deal" least=2
// example: status=live
MATCH (c:Council)-[:IN_GROUPING]->(g:Grouping {id: $grouping})
MATCH (c)-[:PARTICIPATES_IN]->(s:Service)
WHERE ($status IS NULL OR s.status = $status)
WITH DISTINCT g, s, c
ORDER BY c.name, c.id
WITH g, s, collect(c.name) AS councils, collect(c.id) AS inside
WHERE size(inside) >= $least
RETURN s.name AS service, s.status AS status, size(inside) AS inside, councils,
       COUNT {
         MATCH (o:Council)-[:PARTICIPATES_IN]->(s)
         WHERE NOT o.id IN inside
         RETURN DISTINCT o.id AS id
       } AS outside,
       EXISTS { (s)-[:FOCUSED_ON]->(g) } AS focused,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY inside DESC, service, s.id
