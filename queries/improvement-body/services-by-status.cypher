// title: Services by status, the stalest first
// question: How far has each service come, and how old is that news?
// param status: status = | Only services of this status
// param day: date = | Only what had been said by this day; ages are counted to its year
// column status_as_of: Date for which the status is said, as published
// column years_old: Years from that year to the year of the day; empty if no day is given
// column status: How far it had come
// column service: Name of the service
// column kind: What sort of arrangement it is
// column councils: Number of councils that take part
// column citations: Every place that speaks of the service, as document#place
// example: status=pilot
// example: day=2016
MATCH (s:Service)
WHERE ($status IS NULL OR s.status = $status)
  AND ($day IS NULL OR s.status_as_of IS NULL OR s.status_as_of <= toString($day))
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
WITH s, count(DISTINCT c) AS councils
RETURN s.status_as_of AS status_as_of,
       CASE WHEN $day IS NULL THEN null
            ELSE toInteger(substring(toString($day), 0, 4))
                 - toInteger(substring(s.status_as_of, 0, 4)) END AS years_old,
       s.status AS status, s.name AS service, s.kind AS kind, councils,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY status_as_of, status, service, s.id
