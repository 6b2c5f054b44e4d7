/* attend: who came to a seminar. */
#include "commands/attend_sheet.h"

#include "base/i18n.h"
#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"

struct attend_words {
	bool absent, registered, remove, paper;
	const char *from, *unnamed;
};

static int mark_each(struct invocation *call, const char *seminar, const struct attend_words *w, struct err *e)
{
	enum attendance_state state = w->absent ? ATTENDANCE_ABSENT : w->registered ? ATTENDANCE_REGISTERED : ATTENDANCE_PRESENT;
	char person[RECORD_ID_SIZE];
	int i, rc;

	for (i = 1; i < call->argc; i++) {
		if (record_resolve(call->store, &person_type, call->argv[i], person, e) != 0)
			return -1;
		rc = w->remove ? attendance_remove(call->store, seminar, person, e) :
		    attendance_mark(call->store, seminar, person, state, e);
		if (rc != 0)
			return -1;
	}
	return 0;
}

/* All of them or none: a misspelt name leaves the sheet as it was. */
static int mark_all(struct invocation *call, const char *seminar, const struct attend_words *w, struct err *e)
{
	if (store_begin(call->store, e) != 0)
		return -1;
	if (mark_each(call, seminar, w, e) == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

static int check_words(const struct invocation *call, const struct attend_words *w, struct err *e)
{
	int states = w->absent + w->registered + w->remove;

	if (states > 1)
		return err_set(e, ERR_USAGE, _("only one of --absent, --registered and --remove can be meant"));
	if (!w->paper && (w->from != NULL || w->unnamed != NULL))
		return err_set(e, ERR_USAGE, _("--from and --unnamed belong to --paper"));
	if (w->paper && states > 0)
		return err_set(e, ERR_USAGE, _("--paper compares and changes nothing"));
	if (states > 0 && call->argc < 2)
		return err_set(e, ERR_USAGE, _("say who"));
	return 0;
}

int command_attend(struct invocation *call, struct err *e)
{
	struct attend_words w = { .absent = false };
	const struct option options[] = {
		{ "absent", NULL, &w.absent }, { "registered", NULL, &w.registered }, { "remove", NULL, &w.remove }, { "paper", NULL, &w.paper },
		{ "from", &w.from, NULL }, { "unnamed", &w.unnamed, NULL }, { NULL, NULL, NULL }
	};
	char seminar[RECORD_ID_SIZE];

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, -1, e) != 0 || check_words(call, &w, e) != 0)
		return -1;
	if (invocation_open(call, e) != 0 || record_resolve(call->store, &seminar_type, call->argv[0], seminar, e) != 0)
		return -1;
	if (w.paper)
		return attend_print_differences(call, seminar, w.from, w.unnamed, e);
	return call->argc > 1 ? mark_all(call, seminar, &w, e) : attend_print_sheet(call, seminar, e);
}
