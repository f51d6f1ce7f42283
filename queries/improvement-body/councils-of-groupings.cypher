// title: Councils of groupings
// question: Which councils belong to which region, deal, board area or collaborative?
// param grouping: grouping = | Only this grouping
// param kind: grouping_kind = | Only groupings of this kind, such as city region
// param council: council = | Only groupings of this council
// param day: date = | Only what held on this day
// column kind: What sort of grouping it is
// column grouping: Name of the grouping
// column council: Name of the council
// column part_of_area: The part of its area that is covered, where it is not all
// column since: Since when, as published
// column until: Until when, as published
// column citations: Every place that says so, as document#place
// example: council=Fife
// example: kind="city region"
MATCH (c:Council)-[r:IN_GROUPING]->(g:Grouping)
WHERE ($grouping IS NULL OR g.id = $grouping)
  AND ($kind IS NULL OR g.kind = $kind)
  AND ($council IS NULL OR c.id = $council)
  AND ($day IS NULL OR ((r.valid_from IS NULL OR r.valid_from <= $day)
                        AND (r.valid_to IS NULL OR r.valid_to > $day)))
RETURN g.kind AS kind, g.name AS grouping, c.name AS council, r.part_of_area AS part_of_area,
       r.since AS since, r.until AS until,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY kind, grouping, g.id, council, c.id, since
