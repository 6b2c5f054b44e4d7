/* sheet: the sign-in sheet of a seminar on paper. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "documents/sign_in.h"

/* -1 with words where it is no number of lines. */
static int parse_lines(const char *word, int *lines, struct err *e)
{
	*lines = -1;
	if (word == NULL)
		return 0;
	if (*word == '\0' || strlen(word) > 3 || word[strspn(word, "0123456789")] != '\0' || atoi(word) > SIGN_IN_LINES_MAX)
		return err_set(e, ERR_USAGE, _("--lines takes a number up to %d"), SIGN_IN_LINES_MAX);
	*lines = atoi(word);
	return 0;
}

int command_sheet(struct invocation *call, struct err *e)
{
	const char *lines = NULL;
	struct delivery_options to = { NULL, NULL };
	struct sign_in how = { false, -1 };
	const struct option options[] = { { "-o", &to.path, NULL }, { "print", &to.printer, NULL }, { "blank", NULL, &how.blank }, { "lines", &lines, NULL },
		{ NULL, NULL, NULL } };
	char seminar[RECORD_ID_SIZE];
	struct buf pdf = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || parse_lines(lines, &how.lines, e) != 0 ||
	    invocation_open(call, e) != 0 || record_resolve(call->store, &seminar_type, call->argv[0], seminar, e) != 0)
		return -1;
	rc = sign_in_make(call->store, seminar, &how, &pdf, e);
	if (rc == 0)
		rc = command_deliver(call, &to, _("Sign-in sheet"), &pdf, !how.blank, e);
	buf_release(&pdf);
	return rc;
}
