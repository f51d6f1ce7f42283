// title: Findings by theme, counted
// question: Which benefits, challenges and lessons come up again and again, and where?
// param kind: finding_kind = | Only this kind, such as benefit or lesson
// param least: integer = 1 | Only themes with at least so many findings
// column kind: What sort of finding it is
// column theme: What it is about; empty where the source names no theme
// column findings: Number of findings
// column services: Services that they were learned from
// column documents: Documents that state them
// example: kind=benefit
// example: kind=challenge least=2
MATCH (f:Finding)
WHERE ($kind IS NULL OR f.kind = $kind)
WITH f.kind AS kind, f.theme AS theme, collect(f) AS found
WHERE size(found) >= $least
RETURN kind, theme, size(found) AS findings,
       COLLECT {
         UNWIND found AS one
         MATCH (s:Service)-[:REPORTS]->(one:Finding)
         RETURN DISTINCT s.name ORDER BY s.name
       } AS services,
       COLLECT {
         UNWIND found AS one
         UNWIND coalesce(one.citations, [one.source]) AS place
         RETURN DISTINCT split(place, '#')[0] AS document ORDER BY document
       } AS documents
ORDER BY findings DESC, kind, theme IS NULL, theme
