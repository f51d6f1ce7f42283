// title: Ties of a council
// question: Who works with a council, on what, how deeply, since when, and says who?
// param council: council = Angus | The council asked about
// param other: participant = | Only ties with this council or partner
// param status: status = | Only services of this status; live ones and pilots if not given
// param of_all: boolean = false | Whether services in which every council takes part count too
// column other: Council or partner that takes part in the same service
// column service: Name of the service
// column status: How far the service has come
// column spectrum: How deeply partners work together there, where somebody has judged it
// column role: What the council does there
// column other_role: What the other does there
// column since: From when on both took part, as published; empty where nobody says
// column citations: Every place that says so of one or the other, as document#place
// example: council=Midlothian other="East Lothian"
// example: council=Glasgow of_all=true
MATCH (every:Council)
WITH count(every) AS councils
MATCH (:Council {id: $council})-[x:PARTICIPATES_IN]->(s:Service)
WHERE s.status IN CASE WHEN $status IS NULL THEN ['live', 'pilot'] ELSE [$status] END
WITH councils, x, s, COUNT {
  MATCH (member:Council)-[:PARTICIPATES_IN]->(s)
  RETURN DISTINCT member.id AS id
} AS members
WHERE $of_all OR members < councils
MATCH (s)<-[y:PARTICIPATES_IN]-(o:Council|Partner)
WHERE o.id <> $council
  AND ($other IS NULL OR o.id = $other)
WITH o, s, x, y, coalesce(x.since, s.start) AS mine, coalesce(y.since, s.start) AS theirs
RETURN o.name AS other, s.name AS service, s.status AS status, s.spectrum AS spectrum,
       x.role AS role, y.role AS other_role,
       CASE WHEN theirs IS NULL OR mine > theirs THEN mine ELSE theirs END AS since,
       coalesce(x.citations, [x.source + '#' + x.locator])
       + [place IN coalesce(y.citations, [y.source + '#' + y.locator])
          WHERE NOT place IN coalesce(x.citations, [x.source + '#' + x.locator])] AS citations
ORDER BY other, o.id, service, s.id, role, other_role, since
