// title: Coverage of service areas
// question: In how many services does each council take part, for each service area, none included?
// param council: council = | Only this council
// param category: category = | Only this service area
// param status: status = | Only services of this status; live ones and pilots if not given
// param most: integer = | Only where there are at most so many; 0 shows what is not covered at all
// column council: Name of the council
// column category: Service area
// column services: Number of services of that area in which it takes part; 0 where there is none
// column names: Those services
// example: council=Fife
// example: council=Midlothian most=0
// example: category="Transport & Highways"
MATCH (c:Council)
WHERE ($council IS NULL OR c.id = $council)
WITH collect(c) AS councils
MATCH (k:Category)
WHERE ($category IS NULL OR k.id = $category)
UNWIND councils AS c
WITH c, k,
     COLLECT {
       MATCH (c)-[r:PARTICIPATES_IN]->(s:Service)-[:IN_CATEGORY]->(k)
       WHERE coalesce(r.status, s.status)
             IN CASE WHEN $status IS NULL THEN ['live', 'pilot'] ELSE [$status] END
       RETURN DISTINCT s.name ORDER BY s.name
     } AS names
WHERE $most IS NULL OR size(names) <= $most
RETURN c.name AS council, k.name AS category, size(names) AS services, names
ORDER BY council, c.id, k.position, k.id
