// title: Services by type of activity
// question: Which services are there of each of the seven types of the 2020 report?
// param type: activity_type = | Only this type, such as Joint provision
// param status: status = | Only services of this status
// column type: Type of activity
// column service: Name of the service
// column status: How far it has come
// column councils: Number of councils that take part
// column basis: Whether the source puts it there (stated), or we do (assessed)
// column reason: Why, where we do
// column citations: Every place that this rests on, as document#place
// example: type="Joint provision" status=live
MATCH (s:Service)-[o:OF_TYPE]->(t:ActivityType)
WHERE ($type IS NULL OR t.id = $type)
  AND ($status IS NULL OR s.status = $status)
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
WITH t, o, s, count(DISTINCT c) AS councils
RETURN t.name AS type, s.name AS service, s.status AS status, councils, o.basis AS basis,
       o.reason AS reason, coalesce(o.citations, [o.source + '#' + o.locator]) AS citations
ORDER BY t.position, t.id, service, s.id
