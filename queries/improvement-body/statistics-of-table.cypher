// title: Figures of a table
// question: What does a table of a report say?
// param group: text = Service category | Table or passage, as tables-of-figures lists them
// param document: document = | Only as this document gives it
// param wave: text = | Only figures of this survey or year
// column name: What is counted or measured
// column label: Row of the table
// column value: The figure
// column unit: What it is in
// column wave: Survey or year that it speaks of
// column note: What else is said of it
// column citations: Every place that says so, as document#place
// example: group="Activity type"
MATCH (f:Statistic)-[r:STATED_IN]->(d:Document)
WHERE toLower(f.group) = toLower($group)
  AND ($document IS NULL OR d.id = $document)
  AND ($wave IS NULL OR f.wave = $wave)
RETURN f.name AS name, f.label AS label, f.value AS value, f.unit AS unit, f.wave AS wave,
       f.note AS note, coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY d.id, name, label, wave, unit, f.id
