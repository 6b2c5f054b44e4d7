#include "sync/scope_statements.h"

#include <stddef.h>

#include "records/consent.h"
#include "records/directory.h"

#define PUT SCOPE_PUT
#define RUNNING "m.deleted = 0 AND (m.until IS NULL OR m.until = '' OR m.until >= :today)"
#define WANTED(table) "temp.want w JOIN " table " r"
/* All cards of a person travel together (joined.h). What is anybody's own right stays with the card that it was given for: a link gives none. */
#define OF_ONE_PERSON "JOIN joined a ON a.id = w.pk JOIN joined b ON b.shown = a.shown JOIN person p ON p.id = b.id"

const char *const scope_own[] = {
	PUT "@person, id, 1 FROM person WHERE id = :me",
	PUT "@mentorship, id, 1 FROM mentorship WHERE mentor = :me",
	PUT "@person, p.id, 1 FROM mentorship m JOIN person p ON p.id = m.mentee WHERE m.mentor = :me AND " RUNNING,
	PUT "@consultation, id, 1 FROM consultation WHERE mentor = :me",
	PUT "@consultation, r.id, 0 FROM " WANTED("consultation") " ON r.mentee = w.pk WHERE w.tbl = @person AND w.own = 1",
	PUT "@seminar, id, 0 FROM seminar WHERE lead = :me OR mentor = :me",
	PUT "@seminar, seminar, 0 FROM seminar_staff WHERE person = :me AND deleted = 0 AND seminar IN (SELECT id FROM seminar)",
	PUT "@application, id, 1 FROM application WHERE person = :me",
	PUT "@story, id, 1 FROM story WHERE author = :me",
	PUT "@directory_entry, id, 1 FROM directory_entry WHERE person = :me",
	PUT "@question, id, 1 FROM question WHERE author = :me",
	PUT "@question, id, 1 FROM question WHERE expert = :me",
	NULL
};

/* The hub holds every card: of whom the entry is and what that person agreed to is known here. */
#define LISTED \
	"d.deleted = 0 AND " CONSENT_EXISTS("d.person", "'" DIRECTORY_PURPOSE "'") \
	" AND EXISTS(SELECT 1 FROM participation t WHERE t.person = d.person AND t.deleted = 0 AND t.role IN ('consultant', 'expert'))"

const char *const scope_everybody[] = {
	PUT "@programme, id, 0 FROM programme",
	PUT "@indicator, id, 0 FROM indicator",
	PUT "@award_rule, id, 0 FROM award_rule",
	PUT "@template, id, 0 FROM template",
	PUT "@territory, id, 0 FROM territory",
	PUT "@course, id, 0 FROM course",
	PUT "@course_group, id, 0 FROM course_group",
	PUT "@call, id, 0 FROM call",
	PUT "@story, id, 0 FROM story WHERE state = 'accepted' AND kind = 'practice' AND deleted = 0",
	PUT "@directory_entry, d.id, 0 FROM directory_entry d WHERE " LISTED,
	PUT "@number_block, id, 0 FROM number_block WHERE device = :tag",
	NULL
};

/* The calls that the person judges are those of its rows here, which come first. What others gave is told when the call is closed: before that it
 * does not leave the hub. */
#define MY_CALLS "SELECT j.call FROM judge j WHERE j.person = :me AND j.deleted = 0"

const char *const scope_judge[] = {
	PUT "@judge, id, 1 FROM judge WHERE person = :me",
	PUT "@judge, id, 0 FROM judge WHERE call IN (" MY_CALLS ")",
	PUT "@criterion, id, 0 FROM criterion WHERE call IN (" MY_CALLS ")"
	    " OR (call IS NULL AND programme IN (SELECT programme FROM call WHERE id IN (" MY_CALLS ")))",	/* one without a call counts for all of them */
	PUT "@application, id, 0 FROM application WHERE call IN (" MY_CALLS ")",
	PUT "@score, id, 1 FROM score WHERE judge = :me",
	PUT "@score, s.id, 0 FROM call c JOIN application a ON a.call = c.id JOIN score s ON s.id >= a.id || '/' AND s.id < a.id || '0'"
		" WHERE c.state = 'closed' AND c.id IN (" MY_CALLS ")",
	NULL
};

/* The municipality, what it became part of, and what became part of it. */
#define PLACES \
	"(SELECT :place UNION SELECT successor FROM municipality WHERE code = :place AND successor IS NOT NULL" \
	" UNION SELECT code FROM municipality WHERE successor = :place)"

const char *const scope_consultant[] = {
	PUT "@person, id, 0 FROM person WHERE municipality IN " PLACES,
	PUT "@organisation, id, 0 FROM organisation WHERE municipality IN " PLACES,
	PUT "@seminar, id, 0 FROM seminar WHERE municipality IN " PLACES,
	NULL
};

const char *const scope_expert[] = {
	PUT "@seminar, id, 0 FROM seminar WHERE lead IN (SELECT pk FROM temp.want WHERE tbl = @person AND own = 1 AND pk <> :me)",
	PUT "@consultation, r.id, 0 FROM " WANTED("consultation") " ON r.mentor = w.pk WHERE w.tbl = @person AND w.own = 1",
	NULL
};

/* Ids from "tag-" to before "tag." (the character after the hyphen), not those that are made of several. */
#define CREATED(table) PUT "@" table ", id, 0 FROM " table " WHERE id >= :tag || '-' AND id < :tag || '.' AND instr(id, '/') = 0"

const char *const scope_created[] = {
	CREATED("organisation"), CREATED("person"), CREATED("mentorship"), CREATED("seminar"), CREATED("consultation"), CREATED("consent"),
	CREATED("application"), CREATED("story"), CREATED("directory_entry"), CREATED("question"),
	PUT "@deletion_hold, id, 0 FROM deletion_hold WHERE device = :tag",	/* what is asked about its deletions */
	NULL
};

/* The ids of attendance and of who else led begin with the seminar's. */
#define OF_SEMINAR(table) PUT "@" table ", r.id, 0 FROM " WANTED(table) " ON r.id >= w.pk || '/' AND r.id < w.pk || '0' WHERE w.tbl = @seminar"
#define OF_PERSON(table, column) PUT "@" table ", r.id, 0 FROM " WANTED(table) " ON r." column " = w.pk WHERE w.tbl = @person"

const char *const scope_follow[] = {
	OF_SEMINAR("attendance"),
	OF_SEMINAR("seminar_staff"),
	PUT "@person, p.id, 0 FROM temp.want w JOIN attendance a ON a.id = w.pk AND a.deleted = 0 JOIN person p ON p.id = a.person"
		" WHERE w.tbl = @attendance",
	PUT "@person, p.id, 0 FROM temp.want w " OF_ONE_PERSON " WHERE w.tbl = @person",
	OF_PERSON("participation", "person"), OF_PERSON("mentorship", "mentee"), OF_PERSON("consent", "person"),
	OF_PERSON("enrolment", "person"), OF_PERSON("study_day", "person"), OF_PERSON("certificate", "person"), OF_PERSON("award", "person"),
	OF_PERSON("person_link", "person"), OF_PERSON("person_link", "other"),
	NULL
};
