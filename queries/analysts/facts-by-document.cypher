// title: Facts by document
// question: How much of the graph rests on each document?
// param document: document = | Only this document
// column document: Id of the document
// column title: Its title
// column published: Date of publication, as published
// column relationship: Type of relationship
// column facts: Number of those that it states; what several documents state counts for each
// example: document=improvement-service-collaborative-working-2020
MATCH (:Council|Partner|Service|Statistic)
      -[r]->(:Council|Partner|Service|Document|Grouping|Category|ActivityType|Saving|Finding)
UNWIND coalesce(r.citations, [r.source]) AS place
WITH r, split(place, '#')[0] AS source
WHERE ($document IS NULL OR source = $document)
WITH source, type(r) AS relationship, count(DISTINCT r) AS facts
MATCH (d:Document {id: source})
RETURN d.id AS document, d.title AS title, d.published AS published, relationship, facts
ORDER BY document, relationship
