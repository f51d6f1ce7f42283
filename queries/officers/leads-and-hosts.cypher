// title: Leads and hosts by council
// question: Which services does each council lead or host?
// param council: council = | Only this council
// param role: role = | Only this role: lead, joint lead or host
// param day: date = | Only what held on this day
// column council: Name of the council
// column role: Lead, joint lead or host
// column service: Name of the service
// column status: The membership's own status, or else the service's
// column since: Since when, as published
// column until: Until when, as published
// column citations: Every place that says so, as document#place
// example: council=Midlothian
// example: role=host
MATCH (c:Council)-[r:PARTICIPATES_IN]->(s:Service)
WHERE r.role IN ['lead', 'joint lead', 'host']
  AND ($council IS NULL OR c.id = $council)
  AND ($role IS NULL OR r.role = $role)
  AND ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                        AND (r.valid_to IS NULL OR r.valid_to > $day)
                        AND (s.valid_from IS NULL OR s.valid_from <= $day)
                        AND (s.valid_to IS NULL OR s.valid_to > $day)))
RETURN c.name AS council, r.role AS role, s.name AS service,
       coalesce(r.status, s.status) AS status, r.since AS since, r.until AS until,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY council, c.id, role, service, s.id, since
