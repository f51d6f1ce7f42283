// title: Services by category
// question: Which services are there in each service area of the 2020 report?
// param category: category = | Only this service area
// param status: status = | Only services of this status
// column category: Service area
// column service: Name of the service
// column status: How far it has come
// column councils: Number of councils that take part
// column basis: Whether the source puts it there (stated), or we do (assessed)
// column reason: Why, where we do
// column citations: Every place that this rests on, as document#place
// example: category="Education & Learning" status=live
MATCH (s:Service)-[i:IN_CATEGORY]->(k:Category)
WHERE ($category IS NULL OR k.id = $category)
  AND ($status IS NULL OR s.status = $status)
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
WITH k, i, s, count(DISTINCT c) AS councils
RETURN k.name AS category, s.name AS service, s.status AS status, councils, i.basis AS basis,
       i.reason AS reason, coalesce(i.citations, [i.source + '#' + i.locator]) AS citations
ORDER BY k.position, k.id, service, s.id
