// title: Workstreams of a review
// question: What are the parts of a review or programme, in which order, and who leads each?
// param service: service = Clyde Valley Review of Joint Working and Shared Services | The whole
// param status: status = | Only parts of this status
// column rank: Its rank, where the source ranks them
// column workstream: The part
// column kind: What sort of arrangement it is
// column status: How far it has come
// column status_as_of: Date for which the status is said, as published
// column leads: Who leads it, alone or jointly
// column councils: Number of councils that take part
// column note: What else is said of its place there
// column citations: Every place that makes it a part, as document#place
// example: service="Clyde Valley Review, phase 1"
MATCH (:Service {id: $service})<-[p:PART_OF]-(w:Service)
WHERE ($status IS NULL OR w.status = $status)
OPTIONAL MATCH (c:Council)-[:PARTICIPATES_IN]->(w)
WITH w, p, count(DISTINCT c) AS councils
RETURN p.rank AS rank, w.name AS workstream, w.kind AS kind, w.status AS status,
       w.status_as_of AS status_as_of,
       COLLECT {
         MATCH (lead:Council|Partner)-[r:PARTICIPATES_IN]->(w)
         WHERE r.role IN ['lead', 'joint lead']
         RETURN DISTINCT lead.name ORDER BY lead.name
       } AS leads,
       councils, p.note AS note,
       coalesce(p.citations, [p.source + '#' + p.locator]) AS citations
ORDER BY rank IS NULL, rank, workstream, w.id
