// title: Partners and what they take part in
// question: Who other than councils takes part, in what, and as what?
// param partner: partner = | Only this partner
// param kind: partner_kind = | Only partners of this kind, such as nhs board or police
// param day: date = | Only what held on this day
// column partner: Name of the partner
// column kind: What it is
// column number: How many organisations it stands for, where it is a group
// column service: Name of the service
// column role: What it does there
// column status: The membership's own status, or else the service's
// column since: Since when, as published
// column until: Until when, as published
// column citations: Every place that says so, as document#place
// example: kind="nhs board"
MATCH (p:Partner)-[r:PARTICIPATES_IN]->(s:Service)
WHERE ($partner IS NULL OR p.id = $partner)
  AND ($kind IS NULL OR p.kind = $kind)
  AND ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                        AND (r.valid_to IS NULL OR r.valid_to > $day)
                        AND (s.valid_from IS NULL OR s.valid_from <= $day)
                        AND (s.valid_to IS NULL OR s.valid_to > $day)))
RETURN p.name AS partner, p.kind AS kind, p.number AS number, s.name AS service, r.role AS role,
       coalesce(r.status, s.status) AS status, r.since AS since, r.until AS until,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY partner, p.id, service, s.id, role, since
