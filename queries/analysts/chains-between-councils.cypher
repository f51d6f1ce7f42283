// title: Chains between two councils
// question: Through whom and which services are two councils linked, by the shortest way?
// param from: council = South Ayrshire | One council
// param to: council = West Lothian | The other
// param live: boolean = false | Whether only live services and pilots count
// param of_all: boolean = false | Whether services in which every council takes part count too
// column step: Number of the step, from the first council; there are four at most
// column nearer: Who is nearer to the first council
// column services: Services that the two share
// column farther: Who is nearer to the other
// example: from=Angus to=Fife of_all=true
// example: from="South Ayrshire" to="City of Edinburgh"
MATCH (every:Council)
WITH count(every) AS councils
MATCH (s:Service)
WITH councils, s, COUNT {
  MATCH (member:Council)-[:PARTICIPATES_IN]->(s)
  RETURN DISTINCT member.id AS id
} AS members
WHERE ($of_all OR members < councils) AND (NOT $live OR s.status IN ['live', 'pilot'])
WITH collect(s.id) AS counted
// Whom one reaches from the first council in one, two and three steps.
OPTIONAL MATCH (:Council {id: $from})-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, [$from] + collect(DISTINCT p.id) AS from_1
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE x.id IN from_1 AND s.id IN counted
WITH counted, from_1, from_1 + collect(DISTINCT p.id) AS from_2
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE x.id IN from_2 AND s.id IN counted
WITH counted, from_1, from_2, from_2 + collect(DISTINCT p.id) AS from_3
// The same from the other one.
OPTIONAL MATCH (:Council {id: $to})-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, from_1, from_2, from_3, [$to] + collect(DISTINCT p.id) AS to_1
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE x.id IN to_1 AND s.id IN counted
WITH counted, from_1, from_2, from_3, to_1, to_1 + collect(DISTINCT p.id) AS to_2
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE x.id IN to_2 AND s.id IN counted
WITH counted, [[$from], from_1, from_2, from_3] AS near,
     [[$to], to_1, to_2, to_2 + collect(DISTINCT p.id)] AS far
// How many steps it takes, and for each what lies on one of the shortest ways.
WITH counted, near, far,
     CASE WHEN $from = $to THEN 0 WHEN $to IN near[1] THEN 1 WHEN $to IN near[2] THEN 2
          WHEN $to IN near[3] THEN 3 WHEN any(id IN near[3] WHERE id IN far[1]) THEN 4
          ELSE 0 END AS steps
UNWIND range(1, steps) AS step
MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)<-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE x.id IN near[step - 1] AND p.id IN far[steps - step] AND s.id IN counted
WITH DISTINCT step, x, p, s
ORDER BY s.name, s.id
WITH step, x, p, collect(s.name) AS services
RETURN step, x.name AS nearer, services, p.name AS farther
ORDER BY step, nearer, x.id, farther, p.id
