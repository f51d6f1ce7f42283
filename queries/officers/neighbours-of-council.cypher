// title: Neighbours of a council
// question: Which councils are next to a council, by land, bridge, ferry or water, and how far?
// param council: council = Fife | The council asked about
// param kind: link_kind = | Only links of this kind
// column neighbour: The other council
// column kind: How the two are linked
// column km: Length of the border or the crossing in kilometres, where it is known
// column note: Name of the crossing, or what else is said of it
// column shared: Number of services in which both take part
// column citations: Every place that says so, as document#place
// example: council=Angus
// example: kind=bridge
MATCH (c:Council {id: $council})-[link:BORDERS]-(n:Council)
WHERE ($kind IS NULL OR link.kind = $kind)
RETURN n.name AS neighbour, link.kind AS kind, link.km AS km, link.note AS note,
       COUNT {
         MATCH (c)-[:PARTICIPATES_IN]->(s:Service)<-[:PARTICIPATES_IN]-(n)
         RETURN DISTINCT s.id AS id
       } AS shared,
       coalesce(link.citations, [link.source + '#' + link.locator]) AS citations
ORDER BY neighbour, n.id, kind, note
