// title: Neighbours that share no live service
// question: Which councils touch by land or bridge and yet share no live service?
// param council: council = | Only pairs with this council
// param of_all: boolean = false | Whether services in which every council takes part count too
// column council: One of the two councils
// column neighbour: The other
// column links: How they touch: land, bridge
// column crossings: Names of the crossings, where there are some
// column not_live: Services in which both have a part, but that are not live for both
// example: council=Fife
MATCH (every:Council)
WITH count(every) AS councils
MATCH (member:Council)-[:PARTICIPATES_IN]->(s:Service)
WITH councils, s, count(DISTINCT member) AS members
WITH collect(CASE WHEN members = councils THEN s.id END) AS universal
MATCH (a:Council)-[link:BORDERS]-(b:Council)
WHERE link.kind IN ['land', 'bridge']
  AND (($council IS NULL AND (a.name < b.name OR (a.name = b.name AND a.id < b.id)))
       OR $council = a.id)
WITH universal, a, b, link
ORDER BY link.kind, link.note
WITH universal, a, b, collect(link.kind) AS links, collect(link.note) AS crossings
WHERE NOT EXISTS {
  MATCH (a)-[x:PARTICIPATES_IN]->(s:Service)<-[y:PARTICIPATES_IN]-(b)
  WHERE ($of_all OR NOT s.id IN universal)
    AND coalesce(x.status, s.status) = 'live' AND coalesce(y.status, s.status) = 'live'
}
RETURN a.name AS council, b.name AS neighbour, links, crossings,
       COLLECT {
         MATCH (a)-[:PARTICIPATES_IN]->(s:Service)<-[:PARTICIPATES_IN]-(b)
         WHERE $of_all OR NOT s.id IN universal
         RETURN DISTINCT s.name ORDER BY s.name
       } AS not_live
ORDER BY council, a.id, neighbour, b.id
