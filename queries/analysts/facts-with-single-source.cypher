// title: Facts with a single source
// question: Which facts rest on one document alone?
// param relationship: relationship = PARTICIPATES_IN | Type of relationship
// param document: document = | Only those that rest on this document
// param service: service = | Only those about this service
// column tail: From whom or what
// column relationship: Type of relationship
// column head: To whom or what
// column detail: Its role, kind or rank, where it has one
// column document: The one document
// column places: Places in it, as document#place
// example: relationship=HAS_SAVING
// example: service="Ayrshire Roads Alliance"
MATCH (a:Council|Partner|Service|Statistic)
      -[r]->(b:Council|Partner|Service|Document|Grouping|Category|ActivityType|Saving|Finding)
WHERE type(r) = $relationship
  AND ($document IS NULL OR r.source = $document)
  AND ($service IS NULL OR (a:Service AND a.id = $service) OR (b:Service AND b.id = $service))
WITH a, b, r, coalesce(r.citations, [r.source + '#' + r.locator]) AS places
WHERE all(place IN places WHERE place STARTS WITH r.source + '#')
RETURN coalesce(a.name, a.id) AS tail, type(r) AS relationship,
       coalesce(b.name, b.title, b.text, toString(b.amount), b.id) AS head,
       coalesce(r.role, r.kind, toString(r.rank)) AS detail, r.source AS document, places
ORDER BY tail, a.id, head, b.id, detail, document, places
