// title: Statuses and their age
// question: How many services are live, proposed or ended, and how old is that news?
// param day: date = | Only what had been said by this day; ages are counted to its year
// column status: How far services have come
// column services: Number of services of which that was last said
// column oldest: Date for which it was said the longest ago, as published
// column newest: Date for which it was said last, as published
// column years_old: Years from the oldest to the year of the day; empty if no day is given
// column oldest_services: Services of which it was said the longest ago
// example: day=2020-03
MATCH (s:Service)
WHERE ($day IS NULL OR s.status_as_of IS NULL OR s.status_as_of <= toString($day))
WITH s
ORDER BY s.name, s.id
WITH s.status AS status, count(s) AS services, min(s.status_as_of) AS oldest,
     max(s.status_as_of) AS newest, collect([s.status_as_of, s.name]) AS dated
RETURN status, services, oldest, newest,
       CASE WHEN $day IS NULL THEN null
            ELSE toInteger(substring(toString($day), 0, 4))
                 - toInteger(substring(oldest, 0, 4)) END AS years_old,
       [pair IN dated WHERE pair[0] = oldest | pair[1]] AS oldest_services
ORDER BY services DESC, status
