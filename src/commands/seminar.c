/* seminar: the log of seminars; who else leads one or speaks there, a copy on another day, a series. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "records/seminar.h"

/* --- staff --- */

struct staff_out { struct store *store; const char *seminar; struct buf out; };

static int staff_line(void *context, const struct record *r, struct err *e)
{
	struct staff_out *o = context;

	(void)e;
	if (strcmp(record_get(r, "seminar"), o->seminar) == 0)
		record_text_line(o->store, r, &o->out);
	return 0;
}

static int print_staff(struct invocation *call, const char *seminar, struct err *e)
{
	struct staff_out o = { call->store, seminar, BUF_INIT };
	int rc;

	record_header_line(&seminar_staff_type, &o.out);
	rc = record_each(call->store, &seminar_staff_type, NULL, staff_line, &o, e);
	if (rc == 0)
		rc = print_buf(&o.out, e);
	buf_release(&o.out);
	return rc;
}

static int set_staff(struct invocation *call, const char *seminar, const char *part, bool away, struct err *e)
{
	char person[RECORD_ID_SIZE];
	int i, rc = 0;

	for (i = 1; i < call->argc && rc == 0; i++) {
		rc = record_resolve(call->store, &person_type, call->argv[i], person, e);
		if (rc == 0)
			rc = away ? seminar_staff_remove(call->store, seminar, person, e) : seminar_staff_set(call->store, seminar, person, part, e);
	}
	return rc;
}

/* Without people: who has a part in it. All of them are changed, or none. */
static int run_staff(struct invocation *call, struct err *e)
{
	const char *part = "lead";
	bool away = false;
	const struct option options[] = { { "part", &part, NULL }, { "remove", NULL, &away }, { NULL, NULL, NULL } };
	char seminar[RECORD_ID_SIZE];

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, -1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &seminar_type, call->argv[0], seminar, e) != 0)
		return -1;
	if (call->argc == 1)
		return print_staff(call, seminar, e);
	if (store_begin(call->store, e) != 0)
		return -1;
	if (set_staff(call, seminar, part, away, e) == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

/* --- again --- */

static int run_copy(struct invocation *call, struct err *e)
{
	const char *typed = NULL;
	bool list = false;
	const struct option options[] = { { "date", &typed, NULL }, { "with-list", NULL, &list }, { NULL, NULL, NULL } };
	char seminar[RECORD_ID_SIZE], id[RECORD_ID_SIZE], today[DATE_SIZE], date[DATE_SIZE];

	date_today(today);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (typed == NULL)
		return err_set(e, ERR_USAGE, _("say on which day the copy is to be held: --date D"));
	if (date_parse(typed, today, date, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &seminar_type, call->argv[0], seminar, e) != 0 || seminar_copy(call->store, seminar, date, list, id, e) != 0)
		return -1;
	return print_text(e, "%s\n", id);
}

static int add_id(void *context, const char *id, struct err *e)
{
	(void)e;
	buf_addf(context, "%s\n", id);
	return 0;
}

/* A whole number of at most four digits; 0: none. */
static int small_number(const char *word)
{
	return word != NULL && *word != '\0' && strlen(word) <= 4 && word[strspn(word, "0123456789")] == '\0' ? atoi(word) : 0;
}

static int run_repeat(struct invocation *call, struct err *e)
{
	const char *every = NULL, *count = NULL;
	bool list = false;
	const struct option options[] = { { "every", &every, NULL }, { "count", &count, NULL }, { "with-list", NULL, &list }, { NULL, NULL, NULL } };
	char seminar[RECORD_ID_SIZE];
	struct buf ids = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (small_number(every) == 0 || small_number(count) == 0)
		return err_set(e, ERR_USAGE, _("a series needs --every DAYS and --count N"));
	if (invocation_open(call, e) != 0 || record_resolve(call->store, &seminar_type, call->argv[0], seminar, e) != 0)
		return -1;
	rc = seminar_repeat(call->store, seminar, small_number(every), small_number(count), list, add_id, &ids, e);
	if (rc == 0)
		rc = print_buf(&ids, e);
	buf_release(&ids);
	return rc;
}

int command_seminar(struct invocation *call, struct err *e)
{
	static const struct { const char *verb; int (*run)(struct invocation *, struct err *); } verbs[] = {
		{ "staff", run_staff }, { "copy", run_copy }, { "repeat", run_repeat }
	};
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (call->argc == 0 || strcmp(call->argv[0], verbs[i].verb) != 0)
			continue;
		if (call->program->hub)
			return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
		verb_taken(call);
		return verbs[i].run(call, e);
	}
	return command_record(call, e);
}
