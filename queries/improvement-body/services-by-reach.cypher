// title: Services by geographic reach
// question: Which services reach over neighbours, over a region, over the whole country?
// param reach: reach = | Only services of this reach
// param status: status = | Only services of this status
// column reach: Geographic focus, as the 2020 report tells four apart
// column service: Name of the service
// column status: How far it has come
// column councils: Number of councils that take part
// column focused_on: Groupings whose area it is for, where the source names them
// column basis: Whether the source says so (stated), or we do (assessed)
// column citations: Every place that speaks of the service, as document#place
// example: reach=region
// example: reach=national status=live
MATCH (s:Service)
WHERE s.geographic_focus IS NOT NULL
  AND ($reach IS NULL OR s.geographic_focus = $reach)
  AND ($status IS NULL OR s.status = $status)
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
WITH s, count(DISTINCT c) AS councils
RETURN s.geographic_focus AS reach, s.name AS service, s.status AS status, councils,
       COLLECT {
         MATCH (s)-[:FOCUSED_ON]->(g:Grouping)
         RETURN DISTINCT g.name ORDER BY g.name
       } AS focused_on,
       s.geographic_focus_basis AS basis,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY CASE reach WHEN 'one council area' THEN 0 WHEN 'neighbouring councils' THEN 1
         WHEN 'region' THEN 2 ELSE 3 END, service, s.id
