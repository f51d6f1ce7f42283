// title: Who joined and who left
// question: Who joined or left which service in a span of time?
// param first: date = 2010-01-01 | First day of the span
// param last: last_day = | Last day of the span, of a year its last; up to now if not given
// param council: council = | Only this council
// column when: Date, as published
// column what: Whether it joined or left
// column member: Council or partner
// column service: Name of the service
// column role: What it did there
// column citations: Every place that says so, as document#place
// example: first=2014 last=2014
// example: council=Midlothian
MATCH (p:Council|Partner)-[r:PARTICIPATES_IN]->(s:Service)
WHERE ($council IS NULL OR p.id = $council)
UNWIND [['joined', r.since, r.valid_from], ['left', r.until, r.valid_to]] AS event
WITH p, r, s, event[0] AS what, event[1] AS published, event[2] AS day
WHERE (what = 'joined' AND day >= $first AND ($last IS NULL OR day <= $last))
   OR (what = 'left' AND day > $first
       AND ($last IS NULL OR day <= $last + duration({days: 1})))
RETURN published AS `when`, what, p.name AS member, s.name AS service, r.role AS role,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY `when`, what, member, p.id, service, s.id, role
