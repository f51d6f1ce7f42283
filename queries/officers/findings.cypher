// title: Findings by kind and theme
// question: What has been learned: benefits, challenges, lessons, drivers, opportunities?
// param kind: finding_kind = | Only this kind, such as benefit or lesson
// param theme: text = | Only themes with this text in them
// param service: service = | Only what was learned from this service
// param document: document = | Only what this document has learned
// column kind: What sort of finding it is
// column theme: What it is about
// column finding: The finding, in our words
// column service: Service that it was learned from; empty for what a document says of the whole
// column citations: Every place that says so, as document#place
// example: kind=lesson theme=research
// example: service="Ayrshire Roads Alliance"
MATCH (f:Finding)
WHERE ($kind IS NULL OR f.kind = $kind)
  AND ($theme IS NULL OR toLower(f.theme) CONTAINS toLower($theme))
OPTIONAL MATCH (s:Service)-[:REPORTS]->(f)
WITH f, s, coalesce(f.citations, [f.source + '#' + f.locator]) AS citations
WHERE ($service IS NULL OR s.id = $service)
  AND ($document IS NULL OR any(place IN citations WHERE place STARTS WITH $document + '#'))
RETURN f.kind AS kind, f.theme AS theme, f.text AS finding, s.name AS service, citations
ORDER BY kind, theme, finding, service, f.id
