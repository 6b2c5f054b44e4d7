#include "figures/figure_core.h"

#include <stddef.h>

#include "figures/figure_sql.h"

/* --- what the lines say --- */

#define SHOW_PERSON \
	.select = "SELECT c.id, " FIGURE_TOLD("c.id") ", '', p.municipality, c.many, o.name, c.number, " FIGURE_KEPT_BACK("c.id") " FROM ", \
	.order = " LEFT JOIN person p ON p.id = c.id LEFT JOIN organisation o ON o.id = p.organisation ORDER BY p.sort, c.id"
#define SHOW_SEMINAR(text) \
	.select = "SELECT c.id, s.title, s.date, s.municipality, c.many, " text ", c.number, '' FROM ", \
	.order = " JOIN seminar s ON s.id = c.id ORDER BY s.date, c.id"
#define SHOW_MUNICIPALITY \
	.select = "SELECT c.id, '', '', c.id, c.many, '', c.number, '' FROM ", \
	.order = " LEFT JOIN municipality m ON m.code = c.id ORDER BY m.sort, c.id"
#define SHOW_CONSULTATION \
	.select = "SELECT c.id, r.topic, r.date, '', c.many, " FIGURE_TOLD("r.mentor") " || ' → ' || " FIGURE_TOLD("r.mentee") ", c.number, " \
	    FIGURE_KEPT_BACK("r.mentor") " || " FIGURE_KEPT_BACK("r.mentee") " FROM ", \
	.order = " JOIN consultation r ON r.id = c.id ORDER BY r.date, c.id"
/* Somebody, a day, and what it was at. */
#define SHOW_OF_PERSON(table, person, date, municipality, join, text) \
	.select = "SELECT c.id, " FIGURE_TOLD(person) ", " date ", " municipality ", c.many, " text ", c.number, " FIGURE_KEPT_BACK(person) " FROM ", \
	.order = " JOIN " table " r ON r.id = c.id " join " LEFT JOIN person p ON p.id = " JOINED_PERSON(person) " ORDER BY " date ", p.sort, c.id"

/* --- what is counted --- */

#define SEMINARS(number, which) FIGURE_LOGGED " SELECT id, " number " AS many, " number " AS number FROM logged WHERE " which
#define CAME(which) FIGURE_LOGGED " SELECT id, present AS many, 1 AS number FROM logged WHERE " which
#define CONSULTATIONS(number) \
	"SELECT c.id, c.minutes AS many, " number " AS number FROM consultation c WHERE c.programme = ?1 AND c.deleted = 0" FIGURE_IN_PERIOD("c.date") \
	" AND (?6 IS NULL OR coalesce(c.municipality, (SELECT tl.municipality FROM person tl WHERE tl.id = " JOINED_PERSON("c.mentee") ")) = ?6)"
#define APPLICATIONS(which) \
	"SELECT a.id, 0 AS many, 1 AS number FROM application a LEFT JOIN call k ON k.id = a.call" \
	" WHERE a.programme = ?1 AND a.deleted = 0 AND k.deleted IS NOT 1 AND " JOINED_FIRST_APPLICATION("a") FIGURE_NOT_REMOVED("a.person") FIGURE_IN("k.role", "?4") \
	FIGURE_IN("a.municipality", "?6") FIGURE_IN_PERIOD("a.date") which
#define OF_COURSES(table, once) \
	" FROM " table " e JOIN course k ON k.id = e.course WHERE k.programme = ?1 AND k.deleted = 0 AND e.deleted = 0 AND " once("e") \
	FIGURE_NOT_REMOVED("e.person") FIGURE_TAKES_PART("e.person") FIGURE_LIVES_IN("e.person")
#define COMPLETED " AND (e.state IS 'completed' OR e.completed IS NOT NULL)" FIGURE_IN_PERIOD("e.completed")
#define STORIES \
	" FROM story t WHERE t.programme = ?1 AND t.deleted = 0 AND t.state = 'accepted'" FIGURE_NOT_REMOVED("t.author") FIGURE_LIVES_IN("t.author")
#define QUESTIONS(date, which) \
	"SELECT t.id, 0 AS many, 1 AS number FROM question t WHERE t.programme = ?1 AND t.deleted = 0" FIGURE_IN_PERIOD(date) which
#define LEADS(which) \
	FIGURE_LOGGED ", led AS (" FIGURE_LED ") SELECT d.person AS id, count(*) AS many, 1 AS number FROM led d WHERE 1" \
	FIGURE_NOT_REMOVED("d.person") FIGURE_TAKES_PART("d.person") which " GROUP BY d.person"

const struct figure_core figure_cores[] = {
	{ "people", TELL_NOTHING,
	    "SELECT " FIGURE_PERSON("t.person") " AS id, 0 AS many, 1 AS number FROM participation t WHERE t.programme = ?1 AND t.deleted = 0 AND t.role IS NOT NULL"
	    FIGURE_IN("t.role", "?4") FIGURE_IN("t.stage", "?7") FIGURE_NOT_REMOVED("t.person") FIGURE_LIVES_IN("t.person") " GROUP BY 1", SHOW_PERSON },
	{ "reached", TELL_VISITS, FIGURE_VISITS " SELECT person AS id, count(*) AS many, 1 AS number FROM visit GROUP BY person", SHOW_PERSON },
	{ "visits", TELL_NOTHING, FIGURE_VISITS " SELECT id, 0 AS many, 1 AS number FROM visit",
	    SHOW_OF_PERSON("attendance", "r.person", "s.date", "s.municipality", "JOIN seminar s ON s.id = r.seminar", "s.title") },
	{ "unnamed", TELL_UNNAMED, SEMINARS("unnamed", FIGURE_UNNAMED_OF("unnamed") " > 0 AND (held OR status IS NOT 'cancelled')"), SHOW_SEMINAR("s.unnamed_basis") },
	{ "seminars", TELL_CAME, CAME("held"), SHOW_SEMINAR("s.place") },
	{ "seminars_planned", TELL_NOTHING, CAME("NOT held AND status IS NOT 'cancelled'"), SHOW_SEMINAR("s.place") },
	{ "seminars_cancelled", TELL_NOTHING, CAME("NOT held AND status IS 'cancelled'"), SHOW_SEMINAR("s.place") },
	{ "municipalities_with_consultant", TELL_PEOPLE,
	    "SELECT " FIGURE_PLACE("p.municipality") " AS id, count(DISTINCT p.id) AS many, 1 AS number FROM participation t JOIN person p ON p.id = " FIGURE_PERSON("t.person")
	    " WHERE t.programme = ?1 AND t.role = 'consultant' AND t.deleted = 0 AND p.deleted = 0 AND p.municipality IS NOT NULL"
	    FIGURE_IN("t.stage", "?7") " GROUP BY 1", SHOW_MUNICIPALITY },
	{ "municipalities_with_seminar", TELL_SEMINARS,
	    FIGURE_LOGGED " SELECT " FIGURE_PLACE("municipality") " AS id, count(*) AS many, 1 AS number FROM logged WHERE held AND municipality IS NOT NULL"
	    " GROUP BY 1", SHOW_MUNICIPALITY },
	{ "municipalities_reached", TELL_PEOPLE,
	    FIGURE_VISITS " SELECT " FIGURE_PLACE("p.municipality") " AS id, count(DISTINCT v.person) AS many, 1 AS number FROM visit v"
	    " JOIN person p ON p.id = v.person WHERE p.municipality IS NOT NULL GROUP BY 1", SHOW_MUNICIPALITY },
	{ "mentors", TELL_MENTEES,
	    "SELECT " FIGURE_PERSON("t.mentor") " AS id, count(DISTINCT " FIGURE_PERSON("t.mentee") ") AS many, 1 AS number" FIGURE_PAIRS " GROUP BY 1", SHOW_PERSON },
	{ "mentees", TELL_MENTORS,
	    "SELECT " FIGURE_PERSON("t.mentee") " AS id, count(DISTINCT " FIGURE_PERSON("t.mentor") ") AS many, 1 AS number" FIGURE_PAIRS " GROUP BY 1", SHOW_PERSON },
	{ "consultations", TELL_MINUTES, CONSULTATIONS("1"), SHOW_CONSULTATION },
	{ "consultation_minutes", TELL_MINUTES, CONSULTATIONS("coalesce(" FIGURE_MINUTES_OF("c.minutes") ", 0)"), SHOW_CONSULTATION },
	{ "applications", TELL_NOTHING, APPLICATIONS(""),
	    SHOW_OF_PERSON("application", "r.person", "r.date", "r.municipality", "LEFT JOIN call k ON k.id = r.call", "k.title") },
	{ "selected", TELL_NOTHING, APPLICATIONS(" AND a.decision = 'selected'"),
	    SHOW_OF_PERSON("application", "r.person", "r.date", "r.municipality", "LEFT JOIN call k ON k.id = r.call", "k.title") },
	{ "courses", TELL_HOURS, "SELECT k.id, k.hours AS many, 1 AS number FROM course k WHERE k.programme = ?1 AND k.deleted = 0",
	    .select = "SELECT c.id, r.title, '', '', c.many, r.provider, c.number, '' FROM ", .order = " JOIN course r ON r.id = c.id ORDER BY r.title, c.id" },
	{ "enrolled", TELL_NOTHING, "SELECT e.id, 0 AS many, 1 AS number" OF_COURSES("enrolment", JOINED_FIRST_ENROLMENT),
	    SHOW_OF_PERSON("enrolment", "r.person", "r.completed", "p.municipality", "JOIN course k ON k.id = r.course", "k.title") },
	{ "trained", TELL_NOTHING, "SELECT e.id, 0 AS many, 1 AS number" OF_COURSES("enrolment", JOINED_FIRST_ENROLMENT) COMPLETED,
	    SHOW_OF_PERSON("enrolment", "r.person", "r.completed", "p.municipality", "JOIN course k ON k.id = r.course", "k.title") },
	{ "trained_people", TELL_COURSES, "SELECT " FIGURE_PERSON("e.person") " AS id, count(*) AS many, 1 AS number" OF_COURSES("enrolment", JOINED_FIRST_ENROLMENT) COMPLETED " GROUP BY 1",
	    SHOW_PERSON },
	{ "study_hours", TELL_NOTHING, "SELECT e.id, 0 AS many, coalesce(" FIGURE_HOURS_OF("e.hours") ", 0) AS number" OF_COURSES("study_day", JOINED_FIRST_DAY) FIGURE_IN_PERIOD("e.date"),
	    SHOW_OF_PERSON("study_day", "r.person", "r.date", "''", "JOIN course k ON k.id = r.course", "k.title") },
	{ "certificates", TELL_NOTHING,
	    "SELECT e.id, 0 AS many, 1 AS number FROM certificate e WHERE e.programme = ?1 AND e.deleted = 0" FIGURE_NOT_REMOVED("e.person")
	    FIGURE_TAKES_PART("e.person") FIGURE_LIVES_IN("e.person") FIGURE_IN_PERIOD("e.date"),
	    SHOW_OF_PERSON("certificate", "r.person", "r.date", "p.municipality", "", "r.number") },
	{ "stories", TELL_NOTHING, "SELECT t.id, 0 AS many, 1 AS number" STORIES,
	    .select = "SELECT c.id, r.title, '', '', c.many, " FIGURE_TOLD("r.author") ", c.number, " FIGURE_KEPT_BACK("r.author") " FROM ",
	    .order = " JOIN story r ON r.id = c.id ORDER BY r.title, c.id" },
	{ "story_authors", TELL_TEXTS,
	    "SELECT " FIGURE_PERSON("t.author") " AS id, count(*) AS many, 1 AS number" STORIES " AND t.author IS NOT NULL GROUP BY 1", SHOW_PERSON },
	{ "directory", TELL_NOTHING,
	    "SELECT " FIGURE_PERSON("t.person") " AS id, 0 AS many, 1 AS number FROM directory_entry t WHERE t.programme = ?1 AND t.deleted = 0 AND t.person IS NOT NULL"
	    " AND " CONSENT_EXISTS("t.person", "'directory'") FIGURE_NOT_REMOVED("t.person") FIGURE_TAKES_PART("t.person") FIGURE_LIVES_IN("t.person")
	    " GROUP BY 1", SHOW_PERSON },
	{ "questions", TELL_NOTHING, QUESTIONS("t.date", ""),
	    SHOW_OF_PERSON("question", "r.author", "r.date", "p.municipality", "", "r.topic") },
	{ "answers", TELL_NOTHING, QUESTIONS("t.answered", " AND coalesce(t.answer, '') <> ''"),
	    SHOW_OF_PERSON("question", "r.author", "r.answered", "p.municipality", "", "r.topic") },
	{ "letters", TELL_NOTHING,
	    "SELECT t.id, 0 AS many, 1 AS number FROM award t WHERE t.programme = ?1 AND t.deleted = 0" FIGURE_NOT_REMOVED("t.person") FIGURE_IN_PERIOD("t.date"),
	    SHOW_OF_PERSON("award", "r.person", "r.date", "p.municipality", "", "r.number") },
	{ "leads", TELL_LED, LEADS(""), SHOW_PERSON },
	{ "passed_on", TELL_LED,
	    LEADS(" AND EXISTS (SELECT 1 FROM attendance a JOIN seminar s ON s.id = a.seminar WHERE a.person IN " JOINED_IDS("d.person")
	    " AND a.state = 'present' AND a.deleted = 0 AND s.deleted = 0 AND s.date < d.date)"), SHOW_PERSON },
	{ "mentees_who_mentor", TELL_MENTORS,
	    "SELECT " FIGURE_PERSON("t.mentee") " AS id, count(DISTINCT " FIGURE_PERSON("t.mentor") ") AS many, 1 AS number" FIGURE_PAIRS
	    " AND " FIGURE_PERSON("t.mentee") " IN (SELECT " FIGURE_PERSON("t.mentor") FIGURE_PAIRS ") GROUP BY 1", SHOW_PERSON },
	{ .kind = NULL }
};
