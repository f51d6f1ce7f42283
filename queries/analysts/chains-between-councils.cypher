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
MATCH (a:Council {id: $from})
MATCH (b:Council {id: $to})
WITH counted, [a] AS from_0, [b] AS to_0
// Whom one reaches from the first council in one, two and three steps.
UNWIND from_0 AS x
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, from_0, to_0, from_0 + collect(DISTINCT p) AS from_1
UNWIND from_1 AS x
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, from_0, to_0, from_1, from_1 + collect(DISTINCT p) AS from_2
UNWIND from_2 AS x
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, from_0, to_0, from_1, from_2, from_2 + collect(DISTINCT p) AS from_3
WITH counted, [from_0, from_1, from_2, from_3] AS near, to_0
// The same from the other one.
UNWIND to_0 AS x
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, near, to_0, to_0 + collect(DISTINCT p) AS to_1
UNWIND to_1 AS x
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, near, to_0, to_1, to_1 + collect(DISTINCT p) AS to_2
UNWIND to_2 AS x
OPTIONAL MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)
               <-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE s.id IN counted
WITH counted, near, to_0, to_1, to_2, to_2 + collect(DISTINCT p) AS to_3
WITH counted, near, [to_0, to_1, to_2, to_3] AS far,
     [nodes IN near | [n IN nodes | n.id]] AS reached, [n IN to_1 | n.id] AS next_to
// How many steps it takes, and for each what lies on one of the shortest ways.
WITH counted, near, far,
     CASE WHEN $to IN reached[0] THEN 0 WHEN $to IN reached[1] THEN 1
          WHEN $to IN reached[2] THEN 2 WHEN $to IN reached[3] THEN 3
          WHEN any(id IN reached[3] WHERE id IN next_to) THEN 4 ELSE 0 END AS steps
UNWIND range(1, steps) AS step
WITH counted, step, near[step - 1] AS start, [n IN far[steps - step] | n.id] AS ends
UNWIND start AS x
MATCH (x:Council|Partner)-[:PARTICIPATES_IN]->(s:Service)<-[:PARTICIPATES_IN]-(p:Council|Partner)
WHERE p.id IN ends AND s.id IN counted
WITH DISTINCT step, x, p, s
ORDER BY s.name, s.id
WITH step, x, p, collect(s.name) AS services
RETURN step, x.name AS nearer, services, p.name AS farther
ORDER BY step, nearer, x.id, farther, p.id
