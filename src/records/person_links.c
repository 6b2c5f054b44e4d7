#include "records/person_links.h"

#include "records/directory.h"
#include "records/joined.h"
#include "records/question.h"
#include "records/story.h"

/* ?1 is any card of the person (joined.h): what belongs to all of them is told. */
#define THIS JOINED_IDS("?1")

/* The people at the other end of mentorships; two devices may have made one each. */
#define MENTORSHIPS(this, other) \
	"SELECT " JOINED_PERSON("m." other) " AS who, " LINK_NAME("person", "p", "m." other) " AS name, min(m.since)," \
	" CASE WHEN count(m.until) < count(*) THEN NULL ELSE max(m.until) END AS ended, NULL," \
	" CASE WHEN count(*) FILTER (WHERE m.programme = ?2) = 0 THEN max(" LINK_ELSEWHERE("m.programme") ") END" \
	" FROM mentorship m LEFT JOIN person p ON p.id = " JOINED_PERSON("m." other) \
	" WHERE m." this " IN " THIS " AND m.deleted = 0 AND p.deleted IS NOT 1 AND m." other " IS NOT NULL AND m." other " NOT IN " THIS \
	" GROUP BY 1 ORDER BY ended IS NOT NULL, p.sort, name"

int person_mentors(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, MENTORSHIPS("mentee", "mentor"), id, most, each, context, total, e);
}

int person_mentees(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, MENTORSHIPS("mentor", "mentee"), id, most, each, context, total, e);
}

int person_seminars(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT a.seminar, coalesce(s.title, (SELECT name FROM known_name WHERE tbl = 'seminar' AND id = a.seminar), a.seminar),"
	    " s.date, a.state, s.status, " LINK_ELSEWHERE("s.programme") " FROM attendance a LEFT JOIN seminar s ON s.id = a.seminar"
	    " WHERE a.person IN " THIS " AND a.deleted = 0 AND s.deleted IS NOT 1 AND " JOINED_FIRST_MARK("a") " ORDER BY s.date DESC, a.seminar DESC",
	    id, most, each, context, total, e);
}

int person_led(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT id, title, date, status, place, " LINK_ELSEWHERE("programme") " FROM seminar WHERE lead IN " THIS " AND deleted = 0 UNION"
	    " SELECT s.id, s.title, s.date, s.status, s.place, " LINK_ELSEWHERE("s.programme") " FROM seminar_staff t JOIN seminar s ON s.id = t.seminar"
	    " WHERE t.person IN " THIS " AND t.deleted = 0 AND t.part = 'lead' AND s.deleted = 0 ORDER BY 3 DESC, 1 DESC", id, most, each, context, total, e);
}

#define CONSULTATIONS(this, other) \
	"SELECT c.id, c.topic, c.date, c.form, " LINK_NAME("person", "p", "c." other) ", " LINK_ELSEWHERE("c.programme") " FROM consultation c" \
	" LEFT JOIN person p ON p.id = " JOINED_PERSON("c." other) " WHERE c." this " IN " THIS " AND c.deleted = 0"

int person_consultations(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, CONSULTATIONS("mentee", "mentor") " UNION " CONSULTATIONS("mentor", "mentee") " ORDER BY 3 DESC, 1 DESC",
	    id, most, each, context, total, e);
}

int person_stories(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT r.id, r.title, NULL, r.state, r.kind FROM story r WHERE r.author IN " THIS " AND r.programme = ?2 AND r.deleted = 0"
	    " ORDER BY " STORY_ORDER("r"), id, most, each, context, total, e);
}

#define QUESTIONS(this, other) \
	"SELECT r.id, r.topic, r.date, CASE WHEN " QUESTION_OPEN("r") " THEN '' ELSE 'yes' END, " LINK_NAME("person", "p", "r." other) \
	" FROM question r LEFT JOIN person p ON p.id = " JOINED_PERSON("r." other) " WHERE r." this " IN " THIS " AND r.programme = ?2 AND r.deleted = 0" \
	" ORDER BY r.date DESC, r.id DESC"

int person_asked(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, QUESTIONS("author", "expert"), id, most, each, context, total, e);
}

int person_questions(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, QUESTIONS("expert", "author"), id, most, each, context, total, e);
}

int person_directory(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT r.id, r.topics, NULL, CASE WHEN " DIRECTORY_OPEN("r") " THEN 'yes' ELSE '' END, NULL FROM directory_entry r"
	    " WHERE r.person IN " THIS " AND r.programme = ?2 AND r.deleted = 0 ORDER BY r.id", id, most, each, context, total, e);
}

int person_applications(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT a.id, coalesce(c.title, a.call), a.date, a.decision, a.state, " LINK_ELSEWHERE("a.programme") " FROM application a LEFT JOIN call c ON c.id = a.call"
	    " WHERE a.person IN " THIS " AND a.deleted = 0 ORDER BY a.date DESC, a.id DESC", id, most, each, context, total, e);
}

int person_courses(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT n.course, coalesce(c.title, n.course), n.completed, n.state, n.document, " LINK_ELSEWHERE("c.programme") " FROM enrolment n LEFT JOIN course c ON c.id = n.course"
	    " WHERE n.person IN " THIS " AND n.deleted = 0 AND c.deleted IS NOT 1 ORDER BY n.completed IS NOT NULL, n.completed DESC, n.id",
	    id, most, each, context, total, e);
}

int person_papers(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	return link_each_in_programme(s, "SELECT id, 'certificate', date, number, title, " LINK_ELSEWHERE("programme") " FROM certificate WHERE person IN " THIS " AND deleted = 0"
	    " UNION ALL SELECT id, 'letter', date, number, reason, " LINK_ELSEWHERE("programme") " FROM award WHERE person IN " THIS " AND deleted = 0 ORDER BY 3 DESC, 4",
	    id, most, each, context, total, e);
}
