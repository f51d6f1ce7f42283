// title: Members of members
// question: Which councils sit on which joint bodies, and in which services do those take part?
// param council: council = | Only this council
// param body: partner = | Only this joint body
// param day: date = | Only what held on this day
// column council: A council that sits on a joint body, itself or through another body
// column role_on_body: What it does there
// column through: The bodies from the council to the one that takes part, in order
// column service: Service in which the last of them takes part
// column role: What that body does there
// column status: The membership's own status, or else the service's
// column itself: Whether the council takes part itself too
// column citations: Places that say so, one for each step, as document#place
// example: council="West Dunbartonshire"
MATCH path = (c:Council)-[:MEMBER_OF*1..5]->(b:Partner)
MATCH (b)-[r:PARTICIPATES_IN]->(s:Service)
WITH c, b, r, s, relationships(path) AS steps, [body IN nodes(path) | body.name] AS names
WHERE ($council IS NULL OR c.id = $council)
  AND ($body IS NULL OR b.id = $body)
  AND ($day IS NULL OR all(step IN steps + [r] WHERE
       (step.valid_from IS NULL OR step.valid_from <= $day)
       AND (step.valid_to IS NULL OR step.valid_to > $day))
       AND (s.valid_from IS NULL OR s.valid_from <= $day)
       AND (s.valid_to IS NULL OR s.valid_to > $day))
RETURN c.name AS council, steps[0].role AS role_on_body, tail(names) AS through,
       s.name AS service, r.role AS role, coalesce(r.status, s.status) AS status,
       EXISTS { (c)-[:PARTICIPATES_IN]->(s) } AS itself,
       [step IN steps + [r] | step.source + '#' + step.locator] AS citations
ORDER BY council, through, role_on_body, service, s.id, role, citations
