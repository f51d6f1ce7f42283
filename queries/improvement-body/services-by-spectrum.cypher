// title: Services by depth of collaboration
// question: How deeply do partners work together in each service, from communicating to integrating?
// param spectrum: spectrum = | Only services of this depth
// param status: status = | Only services of this status
// column spectrum: Depth, the deepest first (2020 report, section 3)
// column service: Name of the service
// column status: How far it has come
// column councils: Number of councils that take part
// column basis: Whether the source says so (stated), or we do (assessed)
// column reason: Why, where we do
// column citations: Every place that speaks of the service, as document#place
// example: spectrum=integrate
// example: spectrum=collaborate status=live
MATCH (s:Service)
WHERE s.spectrum IS NOT NULL
  AND ($spectrum IS NULL OR s.spectrum = $spectrum)
  AND ($status IS NULL OR s.status = $status)
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
WITH s, count(DISTINCT c) AS councils
RETURN s.spectrum AS spectrum, s.name AS service, s.status AS status, councils,
       s.spectrum_basis AS basis, s.spectrum_reason AS reason,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY CASE spectrum WHEN 'integrate' THEN 0 WHEN 'collaborate' THEN 1
         WHEN 'co-ordinate' THEN 2 WHEN 'co-operate' THEN 3 ELSE 4 END, service, s.id
