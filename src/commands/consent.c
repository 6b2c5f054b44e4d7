/* consent: the register of consents, and several signed at once: the papers that a seminar brings home. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/consent.h"

/* The people as they are named on the command line. All of them or none: a misspelt name leaves the register as it was. */
static int sign_all(struct invocation *call, const char *date, struct err *e)
{
	int count = call->argc - 1, i, rc = 0;
	char (*id)[RECORD_ID_SIZE] = mem_zero((size_t)count, sizeof(*id));
	const char **person = mem_zero((size_t)count, sizeof(*person));

	for (i = 0; i < count && rc == 0; i++) {
		rc = record_resolve(call->store, &person_type, call->argv[i + 1], id[i], e);
		person[i] = id[i];
	}
	if (rc == 0)
		rc = consent_sign(call->store, person, count, call->argv[0], date, e);
	free(person);
	free(id);
	return rc;
}

static int run_sign(struct invocation *call, struct err *e)
{
	const char *date = NULL;
	const struct option options[] = { { "date", &date, NULL }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, -1, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return sign_all(call, date, e);
}

int command_consent(struct invocation *call, struct err *e)
{
	if (call->argc == 0 || strcmp(call->argv[0], "sign") != 0)
		return command_record(call, e);
	if (call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
	call->argv++;
	call->argc--;
	return run_sign(call, e);
}
