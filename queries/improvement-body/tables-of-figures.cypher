// title: Tables of figures
// question: Which tables of figures are there, and where do they stand?
// param document: document = | Only those of this document
// column group: Table or passage
// column figures: Number of figures in it
// column waves: Surveys or years that it speaks of
// column document: Document that it stands in
// example: document=improvement-service-collaborative-working-2020
MATCH (f:Statistic)-[:STATED_IN]->(d:Document)
WHERE ($document IS NULL OR d.id = $document)
WITH d, f.group AS group, f.wave AS wave, count(DISTINCT f) AS figures
ORDER BY wave
WITH d, group, collect(wave) AS waves, sum(figures) AS figures
RETURN group, figures, waves, d.id AS document
ORDER BY document, group
