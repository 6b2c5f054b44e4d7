/* story: the texts of the collection. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "records/consent.h"
#include "records/story.h"

static const struct option no_options[] = { { NULL, NULL, NULL } };

/* An accepted text whose author has not consented will not be in the book; who accepts should know. */
static int warn_without_consent(struct invocation *call, const char *id, struct err *e)
{
	struct buf words = BUF_INIT, name = BUF_INIT;
	struct record r;
	bool valid;
	int rc;

	if (record_load(call->store, &r, &story_type, id, e) != 0)
		return -1;
	rc = consent_valid(call->store, record_get(&r, "author"), CONSENT_PUBLICATION, &valid, e);
	if (rc == 0 && !valid) {
		record_name(call->store, &person_type, record_get(&r, "author"), &name);
		buf_addf(&words, _("%s has no valid consent to publication: the book leaves this text out"), name.data);
		command_warn(call, words.data);
	}
	buf_release(&words);
	buf_release(&name);
	record_release(&r);
	return rc;
}

static int run_state(struct invocation *call, const char *state, struct err *e)
{
	char id[RECORD_ID_SIZE];

	if (verb_begin(call, &story_type, no_options, 1, id, e) != 0 || story_state(call->store, id, state, e) != 0)
		return -1;
	return strcmp(state, STORY_ACCEPTED) == 0 ? warn_without_consent(call, id, e) : 0;
}

static int run_submit(struct invocation *call, struct err *e)
{
	return run_state(call, STORY_SUBMITTED, e);
}

static int run_accept(struct invocation *call, struct err *e)
{
	return run_state(call, STORY_ACCEPTED, e);
}

static int run_move(struct invocation *call, struct err *e)
{
	const char *section = NULL, *position = NULL;
	const struct option options[] = { { "section", &section, NULL }, { "position", &position, NULL }, { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE];
	struct record r;
	int rc = 0;

	if (verb_begin(call, &story_type, options, 1, id, e) != 0)
		return -1;
	if (section == NULL && position == NULL)
		return err_set(e, ERR_USAGE, _("say where: --section, --position or both"));
	if (record_load(call->store, &r, &story_type, id, e) != 0)
		return -1;
	if (section != NULL)
		rc = record_set(call->store, &r, "section", section, e);
	if (rc == 0 && position != NULL)
		rc = record_set(call->store, &r, "position", position, e);
	if (rc == 0)
		rc = record_save(call->store, &r, e);
	record_release(&r);
	return rc;
}

/* The text alone, line by line as it was typed, so that it can be edited and taken in again with --text-file. */
static int print_body(const char *body, struct err *e)
{
	struct buf out = BUF_INIT;
	int rc;

	for (size_t len; *body != '\0'; body += len) {
		len = strcspn(body, "\n\t");
		text_escape(body, len, &out);
		if (body[len] != '\0')
			buf_addc(&out, body[len++]);
	}
	if (out.len > 0 && out.data[out.len - 1] != '\n')
		buf_addc(&out, '\n');
	rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

static int run_show(struct invocation *call, struct err *e)
{
	char id[RECORD_ID_SIZE];
	struct record r;
	int rc;

	if (call->json)
		return command_record(call, e);
	verb_taken(call);
	if (invocation_options(call, no_options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || invocation_open(call, e) != 0 ||
	    record_resolve(call->store, &story_type, call->argv[0], id, e) != 0 || record_load(call->store, &r, &story_type, id, e) != 0)
		return -1;
	rc = print_body(record_get(&r, "body"), e);
	record_release(&r);
	return rc;
}

/* add and edit, with the text out of a file. */
static int run_record(struct invocation *call, struct err *e)
{
	struct words w;
	int rc = words_with_text(call, "body", false, &w, e);

	if (rc == 0)
		rc = command_record(call, e);
	words_restore(call, &w);
	return rc;
}

int command_story(struct invocation *call, struct err *e)
{
	static const struct { const char *verb; int (*run)(struct invocation *, struct err *); } verbs[] = {
		{ "submit", run_submit }, { "accept", run_accept }, { "move", run_move }, { "show", run_show }, { "add", run_record }, { "edit", run_record }
	};
	size_t i;

	for (i = 0; call->argc > 0 && i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].verb, call->argv[0]) == 0)
			return verbs[i].run(call, e);
	return command_record(call, e);
}
