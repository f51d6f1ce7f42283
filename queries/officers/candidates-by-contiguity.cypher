// title: Candidates by plain contiguity
// question: Which councils touch the members of a service, and how many of them?
// param service: service = Ayrshire Roads Alliance | The service asked about
// param day: date = | Its members on this day; all that ever took part if not given
// column council: A council that does not take part
// column touched: Number of members that it touches by land or bridge
// column members: Those members
// column neighbours: Number of councils that it touches in all
// example: service="Renfrewshire Civil Contingencies Service"
MATCH (s:Service {id: $service})<-[r:PARTICIPATES_IN]-(m:Council)
WHERE ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                        AND (r.valid_to IS NULL OR r.valid_to > $day)
                        AND (s.valid_from IS NULL OR s.valid_from <= $day)
                        AND (s.valid_to IS NULL OR s.valid_to > $day)))
WITH DISTINCT m
ORDER BY m.name, m.id
WITH collect(m.id) AS taking_part
MATCH (c:Council)-[link:BORDERS]-(n:Council)
WHERE link.kind IN ['land', 'bridge'] AND NOT c.id IN taking_part
WITH DISTINCT taking_part, c, n
ORDER BY n.name, n.id
WITH c, count(n) AS neighbours,
     collect(CASE WHEN n.id IN taking_part THEN n.name END) AS members
WHERE size(members) > 0
RETURN c.name AS council, size(members) AS touched, members, neighbours
ORDER BY touched DESC, council, c.id
