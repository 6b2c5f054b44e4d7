/* indicator_sql: what the figures and the lists that prove them count alike. ?1 is the programme. */
#ifndef RECORDS_INDICATOR_SQL_H
#define RECORDS_INDICATOR_SQL_H

/* Marks "present" that count; a person whose card this store does not hold came all the same. */
#define INDICATOR_MARKS \
	" FROM attendance a JOIN seminar s ON s.id = a.seminar LEFT JOIN person p ON p.id = a.person" \
	" WHERE s.programme = ?1 AND a.state = 'present' AND a.deleted = 0 AND s.deleted = 0 AND p.deleted IS NOT 1"

/* Seminars of the programme with who came: a seminar is held when its status says so or somebody was marked present. */
#define INDICATOR_LOGGED \
	"WITH came(seminar, present) AS (SELECT a.seminar, count(*)" INDICATOR_MARKS " GROUP BY a.seminar)," \
	" logged AS (SELECT s.*, coalesce(c.present, 0) AS present, s.status IS 'held' OR coalesce(c.present, 0) > 0 AS held" \
	" FROM seminar s LEFT JOIN came c ON c.seminar = s.id WHERE s.programme = ?1 AND s.deleted = 0)"

/* A number that somebody could have entered. What a device sends need not be one, and SQLite's sum() of several such fails. */
#define INDICATOR_SANE(column, most) "(CASE WHEN " column " BETWEEN 0 AND " most " THEN " column " END)"
#define INDICATOR_MINUTES(column) INDICATOR_SANE(column, "1440")
#define INDICATOR_UNNAMED(column) INDICATOR_SANE(column, "1000000")

#endif
