// title: Neighbours without ties
// question: Which councils touch and have nothing in common, neither a service nor a joint body?
// param council: council = | Only pairs with this council
// param of_all: boolean = false | Whether services in which every council takes part count too
// column council: One of the two councils
// column neighbour: The other
// column links: How they touch: land, bridge
// column groupings: Regions, deals and board areas that both are in
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
WITH universal, a, b, collect(link.kind) AS links
WHERE NOT EXISTS {
  MATCH (a)-[:PARTICIPATES_IN]->(s:Service)<-[:PARTICIPATES_IN]-(b)
  WHERE $of_all OR NOT s.id IN universal
}
  AND NOT EXISTS { MATCH (a)-[:MEMBER_OF]->(:Partner)<-[:MEMBER_OF]-(b) }
RETURN a.name AS council, b.name AS neighbour, links,
       COLLECT {
         MATCH (a)-[:IN_GROUPING]->(g:Grouping)<-[:IN_GROUPING]-(b)
         RETURN DISTINCT g.name ORDER BY g.name
       } AS groupings
ORDER BY council, a.id, neighbour, b.id
