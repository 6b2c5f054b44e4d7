/* figure_sql: what the figures count, as pieces of SQL. A core gives one row for each line of the list behind a figure: id, many (a count that the line tells),
 * number (what it adds to the figure). Included by figure*.c, filing*.c and the report.
 *
 * ?1 programme  ?2 since  ?3 until  ?4 role  ?5 kind of seminar  ?6 municipality  ?7 stage, NULL: any  ?8 1: names are left out without a consent */
#ifndef FIGURES_FIGURE_SQL_H
#define FIGURES_FIGURE_SQL_H

#include "records/consent.h"
#include "records/joined.h"

/* Who is behind a reference to a person: two cards that are joined are one person (joined.h). */
#define FIGURE_PERSON(column) JOINED_PERSON(column)

#define FIGURE_IN_PERIOD(date) " AND (?2 IS NULL OR " date " >= ?2) AND (?3 IS NULL OR " date " <= ?3)"
#define FIGURE_IN(column, parameter) " AND (" parameter " IS NULL OR " column " = " parameter ")"
/* That the person has a role and a stage in the programme, where they are asked for: on whichever card. */
#define FIGURE_ROLE_AND_STAGE(t) t ".deleted = 0 AND (?4 IS NULL OR " t ".role = ?4) AND (?7 IS NULL OR " t ".stage = ?7)"
#define FIGURE_TAKES_PART(person) \
	" AND ((?4 IS NULL AND ?7 IS NULL) OR EXISTS (SELECT 1 FROM participation tp WHERE tp.id = ?1 || '/' || " person " AND " FIGURE_ROLE_AND_STAGE("tp") ")" \
	" OR EXISTS (SELECT 1 " JOINED_OTHERS(person, "participation") " AND jo.id = ?1 || '/' || jn.id AND " FIGURE_ROLE_AND_STAGE("jo") "))"
#define FIGURE_LIVES_IN(person) \
	" AND (?6 IS NULL OR EXISTS (SELECT 1 FROM person tl WHERE tl.id = " JOINED_PERSON(person) " AND tl.municipality = ?6))"
#define FIGURE_NOT_REMOVED(person) " AND NOT EXISTS (SELECT 1 FROM person tr WHERE tr.id = " JOINED_PERSON(person) " AND tr.deleted = 1)"

/* A number that somebody could have entered. What a device sends need not be one, and SQLite's sum() of several such fails. */
#define FIGURE_SANE(column, most) "(CASE WHEN typeof(" column ") = 'integer' AND " column " BETWEEN 0 AND " most " THEN " column " END)"
#define FIGURE_MINUTES_OF(column) FIGURE_SANE(column, "1440")
#define FIGURE_UNNAMED_OF(column) FIGURE_SANE(column, "1000000")
#define FIGURE_HOURS_OF(column) FIGURE_SANE(column, "24")

/* Marks "present" that count, of every kind of person, at every seminar that is not removed, one a person and seminar; `where` narrows them. */
#define FIGURE_MARKS(where) \
	"SELECT a.id, a.seminar, " FIGURE_PERSON("a.person") " AS person FROM attendance a JOIN seminar s ON s.id = a.seminar" \
	" LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person") \
	" WHERE a.state = 'present' AND a.deleted = 0 AND s.deleted = 0 AND p.deleted IS NOT 1 AND " JOINED_FIRST_MARK("a") where

/* mark: those of the programme; logged: its seminars that the filter leaves, with how many came by name and whether they were held; visit: marks at those, of
 * the people that the filter leaves. */
#define FIGURE_LOGGED \
	"WITH mark(id, seminar, person) AS MATERIALIZED (" FIGURE_MARKS(" AND s.programme = ?1") ")," \
	" came(seminar, present) AS (SELECT seminar, count(*) FROM mark GROUP BY seminar)," \
	" logged AS MATERIALIZED (SELECT s.id, s.title, s.kind, s.date, s.municipality, s.lead, s.status, s.unnamed, coalesce(c.present, 0) AS present," \
	" s.status IS 'held' OR coalesce(c.present, 0) > 0 AS held" \
	" FROM seminar s LEFT JOIN came c ON c.seminar = s.id WHERE s.programme = ?1 AND s.deleted = 0" \
	FIGURE_IN("s.kind", "?5") FIGURE_IN("s.municipality", "?6") FIGURE_IN_PERIOD("s.date") ")"
#define FIGURE_VISITS \
	FIGURE_LOGGED ", visit AS (SELECT m.id, m.seminar, m.person, l.municipality FROM mark m JOIN logged l ON l.id = m.seminar WHERE 1" FIGURE_TAKES_PART("m.person") ")"

/* led: who led what of the seminars held, alone or with others. */
#define FIGURE_LED \
	"SELECT " FIGURE_PERSON("l.lead") " AS person, l.id AS seminar, l.date FROM logged l WHERE l.held AND l.lead IS NOT NULL" \
	" UNION SELECT " FIGURE_PERSON("f.person") ", l.id, l.date FROM logged l JOIN seminar_staff f ON f.seminar = l.id" \
	" WHERE l.held AND f.deleted = 0 AND f.part = 'lead' AND f.person IS NOT NULL"

#define FIGURE_PAIRS \
	" FROM mentorship t WHERE t.programme = ?1 AND t.deleted = 0 AND t.mentor IS NOT NULL AND t.mentee IS NOT NULL" \
	" AND (?3 IS NULL OR t.since IS NULL OR t.since <= ?3) AND (?2 IS NULL OR t.until IS NULL OR t.until >= ?2)" \
	FIGURE_NOT_REMOVED("t.mentor") FIGURE_NOT_REMOVED("t.mentee") " AND " FIGURE_PERSON("t.mentor") " <> " FIGURE_PERSON("t.mentee")

/* What stands in a municipality that was merged away counts for the one that took its place. */
#define FIGURE_PLACE(code) "coalesce((SELECT tm.successor FROM municipality tm WHERE tm.code = " code "), " code ")"

/* A person's name: by the card, as it travelled, or the id. And as far as it may be told. */
#define FIGURE_NAME(person) \
	"coalesce((SELECT tn.name FROM person tn WHERE tn.id = " JOINED_PERSON(person) ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = " person "), " person ")"
#define FIGURE_WITHHELD(person) "(?8 AND " person " IS NOT NULL AND NOT " CONSENT_EXISTS(person, "'" CONSENT_PARTICIPATION "'") ")"
#define FIGURE_KEPT_BACK(person) "(CASE WHEN " FIGURE_WITHHELD(person) " THEN " JOINED_PERSON(person) " || ' ' ELSE '' END)"
#define FIGURE_TOLD(person) "(CASE WHEN " FIGURE_WITHHELD(person) " THEN " JOINED_PERSON(person) " ELSE " FIGURE_NAME(person) " END)"

#endif
