// title: Services on a day
// question: Which services were there on a given day, and which councils took part?
// param day: date = 2014-06-01 | The day
// param council: council = | Only services in which this council took part
// param dated: boolean = false | Whether to leave out services whose start is not published
// column service: Name of the service
// column kind: What sort of arrangement it is
// column status: How far it has come since, as last said
// column start: When it began, as published; empty where nobody says
// column end: When it ended, as published
// column councils: Councils that took part on that day
// column citations: Every place that speaks of the service, as document#place
// example: day=2003
// example: council=Midlothian day=2010
MATCH (s:Service)
WHERE (s.status IN ['live', 'pilot'] OR (s.status = 'ended' AND s.valid_to IS NOT NULL))
  AND (s.valid_from <= $day OR (s.valid_from IS NULL AND NOT $dated))
  AND (s.valid_to IS NULL OR s.valid_to > $day)
  AND ($council IS NULL OR EXISTS {
    MATCH (:Council {id: $council})-[r:PARTICIPATES_IN]->(s)
    WHERE (r.valid_from IS NULL OR r.valid_from <= $day)
      AND (r.valid_to IS NULL OR r.valid_to > $day)
  })
RETURN s.name AS service, s.kind AS kind, s.status AS status, s.start AS start, s.`end` AS `end`,
       COLLECT {
         MATCH (c:Council)-[r:PARTICIPATES_IN]->(s)
         WHERE (r.valid_from IS NULL OR r.valid_from <= $day)
           AND (r.valid_to IS NULL OR r.valid_to > $day)
         RETURN DISTINCT c.name ORDER BY c.name
       } AS councils,
       coalesce(s.citations, [s.source + '#' + s.locator]) AS citations
ORDER BY service, s.id
