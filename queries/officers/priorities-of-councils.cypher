// title: Priorities of councils
// question: Which services has a council put first, and when?
// param council: council = | Only this council
// column council: Name of the council
// column as_of: When it was decided, as published
// column rank: Its rank, where the source ranks them
// column service: Name of the service
// column status: How far the service has come
// column note: What else is said of it
// column citations: Every place that says so, as document#place
// example: council=Inverclyde
MATCH (c:Council)-[r:PRIORITISES]->(s:Service)
WHERE ($council IS NULL OR c.id = $council)
RETURN c.name AS council, r.as_of AS as_of, r.rank AS rank, s.name AS service,
       s.status AS status, r.note AS note,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY council, c.id, as_of, rank IS NULL, rank, service, s.id
