// title: Services by delivery mechanism
// question: How are services run, where the source says so?
// param mechanism: mechanism = | Only services run in this way, such as lead authority
// param status: status = | Only services of this status
// column mechanism: How it is run
// column service: Name of the service
// column status: How far it has come
// column councils: Number of councils that take part
// column in_its_words: The mechanism in the source's words
// column citations: Every place that speaks of the service, as document#place
// example: mechanism="lead authority"
MATCH (s:Service)
WHERE s.delivery_mechanism IS NOT NULL
  AND ($mechanism IS NULL OR s.delivery_mechanism = $mechanism)
  AND ($status IS NULL OR s.status = $status)
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
WITH s, count(DISTINCT c) AS councils
RETURN s.delivery_mechanism AS mechanism, s.name AS service, s.status AS status, councils,
       s.delivery_note AS in_its_words,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY mechanism, service, s.id
