// title: Succession of programmes
// question: Which service took the place of which, and when?
// param service: service = | Only the line to which this service belongs
// column line: The first service of the line
// column step: How many successions lie between that one and the later service
// column earlier: The earlier service
// column earlier_start: When it began, as published
// column earlier_end: When it ended, as published
// column later: The service that took its place
// column later_start: When it began, as published
// column later_end: When it ended, as published
// column later_status: How far the later one has come
// column note: What else is said of it
// column citations: Every place that says so, as document#place
// example: service="Tyne/Esk LEADER Programme 2014-20"
MATCH line = (new:Service)-[:SUCCEEDS*1..20]->(first:Service)
WHERE NOT EXISTS { (first)-[:SUCCEEDS]->(:Service) }
  AND ($service IS NULL
       OR EXISTS { MATCH (:Service {id: $service})-[:SUCCEEDS*0..20]->(first) })
WITH DISTINCT first, new, relationships(line)[0] AS r, nodes(line)[1] AS old,
     length(line) AS step
RETURN first.name AS line, step, old.name AS earlier, old.start AS earlier_start,
       old.`end` AS earlier_end, new.name AS later, new.start AS later_start,
       new.`end` AS later_end, new.status AS later_status, r.note AS note,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY line, first.id, step, earlier, old.id, later, new.id
