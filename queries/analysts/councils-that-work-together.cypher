// title: Councils that work together
// question: Who works with whom, and on what?
// param council: council = | Only pairs with this council
// param category: category = | Only services of this service area
// param status: status = | Only services of this status; live ones and pilots if not given
// param day: date = | The pairs of this day; what has ended since counts as live
// param of_all: boolean = false | Whether services in which every council takes part count too
// column council: One of the two councils
// column other: The other
// column shared: Number of services in which both take part
// column services: Those services
// example: council=Dundee
// example: day=2014-06
MATCH (every:Council)
WITH count(every) AS councils
MATCH (member:Council)-[:PARTICIPATES_IN]->(s:Service)
WITH councils, s, count(DISTINCT member) AS members
WHERE $of_all OR members < councils
MATCH (a:Council)-[x:PARTICIPATES_IN]->(s)<-[y:PARTICIPATES_IN]-(b:Council)
WITH a, b, s, x, y, coalesce(x.status, s.status) AS status, coalesce(y.status, s.status) AS other
WHERE a.id <> b.id
  AND (($council IS NULL AND (a.name < b.name OR (a.name = b.name AND a.id < b.id)))
       OR $council = a.id)
  AND ($category IS NULL OR EXISTS { (s)-[:IN_CATEGORY]->(:Category {id: $category}) })
  AND ($day IS NULL OR ((s.valid_from IS NULL OR s.valid_from <= $day)
                        AND (s.valid_to IS NULL OR s.valid_to > $day)
                        AND (x.valid_from IS NULL OR x.valid_from <= $day)
                        AND (x.valid_to IS NULL OR x.valid_to > $day)
                        AND (y.valid_from IS NULL OR y.valid_from <= $day)
                        AND (y.valid_to IS NULL OR y.valid_to > $day)))
WITH a, b, s,
     CASE WHEN $day IS NOT NULL AND status = 'ended'
               AND (x.valid_to IS NOT NULL OR s.valid_to IS NOT NULL)
          THEN 'live' ELSE status END AS status,
     CASE WHEN $day IS NOT NULL AND other = 'ended'
               AND (y.valid_to IS NOT NULL OR s.valid_to IS NOT NULL)
          THEN 'live' ELSE other END AS other
WHERE ($status IS NULL AND status IN ['live', 'pilot'] AND other IN ['live', 'pilot'])
   OR ($status = status AND $status = other)
WITH DISTINCT a, b, s
ORDER BY s.name, s.id
WITH a, b, collect(s.name) AS services
RETURN a.name AS council, b.name AS other, size(services) AS shared, services
ORDER BY shared DESC, council, a.id, other, b.id
