// title: Models adopted from others
// question: Which services follow the model of another without joining it?
// param model: service = | Only those that follow this service
// column service: The service that follows a model
// column status: How far it has come
// column councils: Councils that take part in it
// column model: The service that is the model
// column since: Since when, as published
// column note: What else is said of it
// column citations: Every place that says so, as document#place
// example: model="Ayrshire Roads Alliance"
MATCH (s:Service)-[r:ADOPTED_FROM]->(m:Service)
WHERE ($model IS NULL OR m.id = $model)
RETURN s.name AS service, s.status AS status,
       COLLECT {
         MATCH (c:Council)-[:PARTICIPATES_IN]->(s)
         RETURN DISTINCT c.name ORDER BY c.name
       } AS councils,
       m.name AS model, r.since AS since, r.note AS note,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY service, s.id, model, m.id
