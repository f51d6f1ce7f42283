// title: Savings by basis
// question: What are services said to save: as projected, as anticipated, as realised?
// param basis: basis = | Only amounts of this basis: projected, anticipated or realised
// param service: service = | Only this service
// column basis: Whether it was projected, anticipated or realised; never to be summed together
// column service: Service that saves
// column amount: The amount, in whole units
// column currency: Its currency
// column first_period: First year, month or day of the period
// column last_period: Last year, month or day of the period
// column note: What else is said of it
// column citations: Every place that says so, as document#place
// example: basis=projected
MATCH (s:Service)-[r:HAS_SAVING]->(v:Saving)
WHERE ($basis IS NULL OR v.basis = $basis)
  AND ($service IS NULL OR s.id = $service)
RETURN v.basis AS basis, s.name AS service, v.amount AS amount, v.currency AS currency,
       v.`from` AS first_period, v.`to` AS last_period, v.note AS note,
       coalesce(r.citations, [r.source + '#' + r.locator]) AS citations
ORDER BY basis, service, s.id, currency, amount, v.id
