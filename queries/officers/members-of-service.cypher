// title: Members of a service
// question: Who takes part in a service, as what, since when, and says who?
// param service: service = Ayrshire Roads Alliance | The service asked about
// param role: role = | Only those in this role
// param day: date = | Only what held on this day
// column member: Council or partner that takes part
// column sort: Council, or what sort of partner it is
// column role: What it does there
// column status: The membership's own status, or else the service's
// column since: Since when, as published
// column until: Until when, as published
// column part_of_area: The part of its area that is covered, where it is not all
// column note: What else is said of it
// column citations: Every place that says so, as document#place
// example: service="Renfrewshire Civil Contingencies Service"
MATCH (s:Service {id: $service})<-[r:PARTICIPATES_IN]-(p:Council|Partner)
WHERE ($role IS NULL OR r.role = $role)
  AND ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                        AND (r.valid_to IS NULL OR r.valid_to > $day)
                        AND (s.valid_from IS NULL OR s.valid_from <= $day)
                        AND (s.valid_to IS NULL OR s.valid_to > $day)))
RETURN p.name AS member, coalesce(p.kind, 'council') AS sort, r.role AS role,
       coalesce(r.status, s.status) AS status, r.since AS since, r.until AS until,
       r.part_of_area AS part_of_area, r.note AS note,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY CASE role WHEN 'lead' THEN 0 WHEN 'joint lead' THEN 1 WHEN 'host' THEN 2 ELSE 3 END,
         member, p.id, role, since
