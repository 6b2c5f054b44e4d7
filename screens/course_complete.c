#include "screens/course_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/course.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

enum { NUMBER_MOST = 100 };

/* Those who were in training when it began, one after the other. */
struct completion_work {
	struct loop *loop;
	char (*person)[RECORD_ID_SIZE];
	int count, at, done;
	char course[RECORD_ID_SIZE], date[DATE_SIZE], last[NUMBER_MOST];
};

static void work_free(struct completion_work *t)
{
	free(t->person);
	free(t);
}

static unsigned finish(struct completion_work *t)
{
	loop_message(t->loop, P_("%d document written down", "%d documents written down", t->done), t->done);
	work_free(t);
	return DID_SAVE;
}

/* Numbers of one group follow each other: «02-777» → «02-778». */
static void next_number(const char *last, struct buf *out)
{
	size_t len = strlen(last), start = len;
	char digits[32];

	while (start > 0 && len - start < 9 && last[start - 1] >= '0' && last[start - 1] <= '9')
		start--;
	if (start == len)
		return;
	snprintf(digits, sizeof digits, "%0*ld", (int)(len - start), strtol(last + start, NULL, 10) + 1);
	buf_add(out, last, start);
	buf_adds(out, digits);
}

static unsigned number_typed(void *context, const char *typed, bool *again);

static unsigned ask_number(struct completion_work *t)
{
	struct buf label = BUF_INIT, name = BUF_INIT, suggestion = BUF_INIT;

	if (t->at == t->count)
		return finish(t);
	record_name(t->loop->store, &person_type, t->person[t->at], &name);
	words_initials(name.data, &label);
	/* TRANSLATORS: stands behind a name, before the number of a document is typed; which one of how many */
	buf_addf(&label, _(" (%d of %d), document No.:"), t->at + 1, t->count);
	next_number(t->last, &suggestion);
	loop_push(t->loop, prompt_line(label.data, suggestion.data, number_typed, t));
	buf_release(&label);
	buf_release(&name);
	buf_release(&suggestion);
	return DID_SAVE;
}

static unsigned number_typed(void *context, const char *typed, bool *again)
{
	struct completion_work *t = context;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return finish(t);
	if (typed[0] != '\0') {
		if (course_complete(t->loop->store, t->course, t->person[t->at], typed, t->date, "", &e) != 0) {
			loop_problem(t->loop, &e);
			*again = true;
			return DID_CHANGE;
		}
		t->done++;
		snprintf(t->last, sizeof t->last, "%s", typed);
	}
	t->at++;
	return ask_number(t);
}

static unsigned date_typed(void *context, const char *typed, bool *again)
{
	struct completion_work *t = context;
	struct err e = ERR_INIT;
	char today[DATE_SIZE];

	if (typed == NULL) {
		work_free(t);
		return DID_CHANGE;
	}
	date_today(today);
	if (date_parse(typed, today, t->date, &e) != 0) {
		loop_problem(t->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	return ask_number(t);
}

static int collect(struct completion_work *t, struct err *e)
{
	struct course_people all;

	if (course_people(t->loop->store, t->course, &all, e) != 0)
		return -1;
	t->person = mem_zero((size_t)all.count + 1, sizeof *t->person);
	for (int i = 0; i < all.count; i++)
		if (all.row[i].state == ENROLMENT_ENROLLED)
			memcpy(t->person[t->count++], all.row[i].person, RECORD_ID_SIZE);
	course_people_release(&all);
	return t->count > 0 ? 0 : err_set(e, ERR_REFUSED, _("nobody is in training here: a enrols people"));
}

void course_complete_ask(struct loop *l, const char *course)
{
	struct completion_work *t = mem_zero(1, sizeof *t);
	struct err e = ERR_INIT;
	char today[DATE_SIZE], day[DATE_SIZE];

	t->loop = l;
	snprintf(t->course, sizeof t->course, "%s", course);
	if (collect(t, &e) != 0) {
		loop_problem(l, &e);
		work_free(t);
		return;
	}
	date_today(today);
	date_show(today, day);
	loop_push(l, prompt_line(_("Date of the documents:"), day, date_typed, t));
}
