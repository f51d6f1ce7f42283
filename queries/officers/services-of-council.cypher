// title: Services of a council
// question: What does a council take part in, as what, since when, and says who?
// param council: council = Angus | The council asked about
// param status: status = | Only services of this status; all if not given
// param day: date = | Only what held on this day
// column service: Name of the service
// column role: What the council does there
// column status: The membership's own status, or else the service's
// column since: Since when, as published
// column until: Until when, as published
// column source: Document that says so
// column locator: Place in the document
// example: council=Midlothian status=live
MATCH (:Council {id: $council})-[r:PARTICIPATES_IN]->(s:Service)
WITH r, s, coalesce(r.status, s.status) AS status
WHERE ($status IS NULL OR status = $status)
  AND ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                        AND (r.valid_to IS NULL OR r.valid_to > $day)
                        AND (s.valid_from IS NULL OR s.valid_from <= $day)
                        AND (s.valid_to IS NULL OR s.valid_to > $day)))
RETURN s.name AS service, r.role AS role, status, r.since AS since, r.until AS until,
       r.source AS source, r.locator AS locator
ORDER BY service, role, since
