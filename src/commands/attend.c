/* attend: who came to a seminar. */
#include "commands/command.h"

#include "base/i18n.h"
#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"

struct attend_words {
	bool absent, registered, remove;
};

static int mark_each(struct invocation *call, const struct attend_words *w, struct err *e)
{
	enum attendance_state state = w->absent ? ATTENDANCE_ABSENT : w->registered ? ATTENDANCE_REGISTERED : ATTENDANCE_PRESENT;
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	int i, rc;

	if (record_resolve(call->store, &seminar_type, call->argv[0], seminar, e) != 0)
		return -1;
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
int command_attend(struct invocation *call, struct err *e)
{
	struct attend_words w = { false, false, false };
	const struct option options[] = {
		{ "absent", NULL, &w.absent }, { "registered", NULL, &w.registered }, { "remove", NULL, &w.remove }, { NULL, NULL, NULL }
	};

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, -1, e) != 0)
		return -1;
	if (w.absent + w.registered + w.remove > 1)
		return err_set(e, ERR_USAGE, _("only one of --absent, --registered and --remove can be meant"));
	if (invocation_open(call, e) != 0 || store_begin(call->store, e) != 0)
		return -1;
	if (mark_each(call, &w, e) == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}
