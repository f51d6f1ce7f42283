// title: Contradictions
// question: Of what do two places say different things?
// column sort: Label of the node, or type of the relationship
// column about: What they speak of
// column property: Of which of its properties they say different things
// column stands: The value that stands in the graph
// column statements: What each place says, as JSON
// column citations: Those places, as document#place
// example:
CALL () {
  MATCH (n:Council|Partner|Service|Grouping|Category|ActivityType|Document|Saving|Finding|Statistic)
  WHERE n.conflicts IS NOT NULL
  RETURN labels(n)[0] AS sort, coalesce(n.label, n.name, n.title, n.text, n.id) AS about,
         n.id AS id, properties(n) AS said
  UNION ALL
  MATCH (a:Council|Partner|Service|Statistic)
        -[r]->(b:Council|Partner|Service|Document|Grouping|Category|ActivityType|Saving|Finding)
  WHERE r.conflicts IS NOT NULL
  RETURN type(r) AS sort,
         coalesce(a.name, a.id) + ', ' + coalesce(b.name, b.title, b.id) AS about,
         a.id + ' ' + b.id + ' ' + coalesce(r.key, '') AS id, properties(r) AS said
}
UNWIND said.conflicts AS property
RETURN sort, about, property, toString(said[property]) AS stands, said.statements AS statements,
       coalesce(said.citations, [said.source + '#' + said.locator]) AS citations
ORDER BY sort, about, id, property
