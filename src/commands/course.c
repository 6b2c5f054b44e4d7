/* course: the register of courses, and what is done on one: who is on it, hours of a day, completion, the register on paper. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/course_papers.h"
#include "commands/people_words.h"
#include "records/course.h"

/* The course of the first word; the store is open. */
static int take_course(struct invocation *call, char course[RECORD_ID_SIZE], struct err *e)
{
	return invocation_open(call, e) != 0 ? -1 : record_resolve(call->store, &course_type, call->argv[0], course, e);
}

static int run_enrol(struct invocation *call, struct err *e)
{
	const char *group = NULL;
	const struct option options[] = { { "group", &group, NULL }, { NULL, NULL, NULL } };
	char course[RECORD_ID_SIZE], group_id[RECORD_ID_SIZE] = "";
	struct people_words people;
	int added, rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, -1, e) != 0 || take_course(call, course, e) != 0 ||
	    (group != NULL && course_find_group(call->store, course, group, group_id, e) != 0) || people_words_take(call, 1, &people, e) != 0)
		return -1;
	rc = course_enrol(call->store, course, people.id, people.count, group_id, &added, e);
	people_words_release(&people);
	return rc;
}

/* --- hours --- */

static int each_of_course(struct store *s, const char *course, const char *group, struct people_words *out, struct err *e)
{
	struct course_people all;
	int i;

	if (course_people(s, course, &all, e) != 0)
		return -1;
	for (i = 0; i < all.count; i++)
		if (all.row[i].state != ENROLMENT_LEFT && (group[0] == '\0' || strcmp(all.row[i].group, group) == 0))
			people_words_add(out, all.row[i].person);
	course_people_release(&all);
	return out->count > 0 ? 0 : err_set(e, ERR_REFUSED, _("nobody is enrolled in this course yet"));
}

struct hours_words {
	const char *date, *hours, *group;
	bool all;
};

static int parse_hours(const char *typed, int *hours, struct err *e)
{
	char *end;
	long n = strtol(typed, &end, 10);

	if (*typed == '\0' || *end != '\0' || n < 0 || n > STUDY_DAY_MOST)
		return err_set(e, ERR_REFUSED, _("hours: a number from 0 to %d"), STUDY_DAY_MOST);
	*hours = (int)n;
	return 0;
}

static int take_people(struct invocation *call, const char *course, const struct hours_words *w, struct people_words *people, struct err *e)
{
	char group[RECORD_ID_SIZE] = "";

	people_words_init(people);
	if (!w->all && w->group == NULL)
		return people_words_take(call, 1, people, e);
	if (w->group != NULL && course_find_group(call->store, course, w->group, group, e) != 0)
		return -1;
	return each_of_course(call->store, course, group, people, e);
}

static int check_hours_words(const struct invocation *call, const struct hours_words *w, struct err *e)
{
	if (w->date == NULL || w->hours == NULL)
		return err_set(e, ERR_USAGE, _("say the day and the hours: --date D --hours N"));
	if ((w->all || w->group != NULL) == (call->argc > 1))
		return err_set(e, ERR_USAGE, _("say who: people, or --all, or --group G"));
	return 0;
}

static int run_hours(struct invocation *call, struct err *e)
{
	struct hours_words w = { NULL, NULL, NULL, false };
	const struct option options[] = { { "date", &w.date, NULL }, { "hours", &w.hours, NULL }, { "group", &w.group, NULL }, { "all", NULL, &w.all },
		{ NULL, NULL, NULL } };
	char course[RECORD_ID_SIZE];
	struct people_words people;
	struct buf told = BUF_INIT;
	int hours = 0, rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, -1, e) != 0 || check_hours_words(call, &w, e) != 0 ||
	    parse_hours(w.hours, &hours, e) != 0 || take_course(call, course, e) != 0)
		return -1;
	rc = take_people(call, course, &w, &people, e);
	if (rc == 0)
		rc = course_hours(call->store, course, people.id, people.count, w.date, hours, &told, e);
	if (rc == 0)
		command_warn(call, told.data);
	people_words_release(&people);
	buf_release(&told);
	return rc;
}

/* --- completion --- */

static int run_complete(struct invocation *call, struct err *e)
{
	const char *document = NULL, *date = NULL, *kind = "";
	const struct option options[] = { { "document", &document, NULL }, { "date", &date, NULL }, { "kind", &kind, NULL }, { NULL, NULL, NULL } };
	char course[RECORD_ID_SIZE], person[RECORD_ID_SIZE];

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, 2, e) != 0)
		return -1;
	if (document == NULL || date == NULL)
		return err_set(e, ERR_USAGE, _("say the document: --document NUMBER --date D"));
	if (take_course(call, course, e) != 0 || record_resolve(call->store, &person_type, call->argv[1], person, e) != 0)
		return -1;
	return course_complete(call->store, course, person, document, date, kind, e);
}

/* --- who is on it --- */

static const char *const people_keys[] = { "person", "person_id", "group", "state", "hours", "completed", "document", "document_date", "document_kind",
	"certificate" };
enum { PEOPLE_KEYS = sizeof people_keys / sizeof *people_keys, HOURS = 4 };

static void person_line(struct store *s, const struct course_person *p, bool json, struct buf *out)
{
	struct buf group = BUF_INIT, hours = BUF_INIT;
	int i;

	record_name(s, &group_type, p->group, &group);
	buf_addi(&hours, p->hours);
	const char *const cells[PEOPLE_KEYS] = { p->name, p->person, group.data, enrolment_states[p->state].code, hours.data, p->completed, p->document,
		p->document_date, p->document_kind, p->certificate };
	for (i = 0; i < PEOPLE_KEYS; i++) {
		if (json) {
			json_key(out, people_keys[i]);
			if (i == HOURS)
				json_int(out, p->hours);
			else
				json_strings(out, cells[i]);
		} else {
			buf_adds(out, i > 0 ? "\t" : "");
			text_escape_tsv(cells[i], strlen(cells[i]), out);
		}
	}
	buf_release(&group);
	buf_release(&hours);
}

static int run_people(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	char course[RECORD_ID_SIZE];
	struct course_people all;
	struct buf out = BUF_INIT;
	int i, rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 1, 1, e) != 0 || take_course(call, course, e) != 0 ||
	    course_people(call->store, course, &all, e) != 0)
		return -1;
	for (i = 0; i < PEOPLE_KEYS && !call->json; i++)
		buf_addf(&out, "%s%s", people_keys[i], i + 1 < PEOPLE_KEYS ? "\t" : "\n");
	buf_adds(&out, call->json ? "[" : "");
	for (i = 0; i < all.count; i++) {
		if (call->json)
			buf_adds(&out, i > 0 ? ",\n{" : "{");
		person_line(call->store, &all.row[i], call->json, &out);
		buf_addc(&out, call->json ? '}' : '\n');
	}
	buf_adds(&out, call->json ? "]\n" : "");
	rc = print_buf(&out, e);
	course_people_release(&all);
	buf_release(&out);
	return rc;
}

int command_course(struct invocation *call, struct err *e)
{
	static const struct {
		const char *verb;
		bool changes;
		int (*run)(struct invocation *call, struct err *e);
	} verbs[] = {
		{ "enrol", true, run_enrol }, { "hours", true, run_hours }, { "complete", true, run_complete }, { "people", false, run_people },
		{ "register", false, course_print_register }, { "certificate", true, course_print_certificates },
	};
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (call->argc == 0 || strcmp(verbs[i].verb, call->argv[0]) != 0)
			continue;
		if (verbs[i].changes && call->program->hub)
			return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
		call->argv++;
		call->argc--;
		return verbs[i].run(call, e);
	}
	return command_record(call, e);
}
