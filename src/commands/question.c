/* question, directory: whom one can ask, and what was asked. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "documents/csv.h"
#include "records/directory.h"
#include "records/question.h"

/* --- tab-separated lines and JSON of the records that a verb chooses --- */

struct out {
	struct store *store;
	struct buf text;
	bool json, open_only;
	int count;
};

static void begin_list(struct out *o, const struct record_type *t)
{
	if (o->json)
		buf_addc(&o->text, '[');
	else
		record_header_line(t, &o->text);
}

static int add_record(struct out *o, const struct record *r, struct err *e)
{
	if (!o->json) {
		record_text_line(o->store, r, &o->text);
		return 0;
	}
	if (o->count++ > 0)
		buf_adds(&o->text, ",\n");
	return record_json(o->store, r, &o->text, e);
}

static int end_list(struct out *o, struct err *e)
{
	if (o->json)
		buf_adds(&o->text, "]\n");
	return print_buf(&o->text, e);
}

/* --- question --- */

static int run_answer(struct invocation *call, struct err *e)
{
	const char *text = NULL;
	const struct option options[] = { { "answer", &text, NULL }, { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE];
	struct words w;
	int rc = words_with_text(call, "answer", true, &w, e);

	if (rc == 0)
		rc = verb_begin(call, &question_type, options, 1, id, e);
	if (rc == 0 && text == NULL)
		rc = err_set(e, ERR_USAGE, _("say the answer: --text TEXT, or --text-file FILE"));
	if (rc == 0)
		rc = question_answer(call->store, id, text, e);
	words_restore(call, &w);
	return rc;
}

static int add_question(void *context, const struct record *r, struct err *e)
{
	struct out *o = context;

	return o->open_only && *record_get(r, "answer") != '\0' ? 0 : add_record(o, r, e);
}

static int run_questions(struct invocation *call, struct err *e)
{
	const char *filter = NULL;
	bool unanswered = false;
	const struct option options[] = { { "filter", &filter, NULL }, { "unanswered", NULL, &unanswered }, { NULL, NULL, NULL } };
	struct out o = { .text = BUF_INIT, .json = call->json };
	int rc;

	verb_taken(call);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	o.store = call->store;
	o.open_only = unanswered;
	begin_list(&o, &question_type);
	rc = record_each(call->store, &question_type, filter, add_question, &o, e);
	if (rc == 0)
		rc = end_list(&o, e);
	buf_release(&o.text);
	return rc;
}

int command_question(struct invocation *call, struct err *e)
{
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	struct words w;
	int rc;

	if (strcmp(verb, "answer") == 0)
		return run_answer(call, e);
	if (strcmp(verb, "list") == 0)
		return run_questions(call, e);
	if (strcmp(verb, "add") != 0 && strcmp(verb, "edit") != 0)
		return command_record(call, e);
	rc = words_with_text(call, "body", true, &w, e);
	if (rc == 0)
		rc = command_record(call, e);
	words_restore(call, &w);
	return rc;
}

/* --- directory --- */

static int add_entry(void *context, const struct record *r, struct err *e)
{
	return add_record(context, r, e);
}

static void tell_left_out(struct invocation *call, const struct directory_left_out *left_out)
{
	struct buf words = BUF_INIT;

	if (left_out->count > 0)
		buf_addf(&words, P_("left out, without a consent to being in the directory: %d entry (%s)",
		    "left out, without a consent to being in the directory: %d entries (%s)", left_out->count), left_out->count, left_out->names.data);
	command_warn(call, words.data);
	buf_release(&words);
}

static int run_directory(struct invocation *call, struct err *e)
{
	const char *topic = NULL, *filter = NULL;
	const struct option options[] = { { "topic", &topic, NULL }, { "filter", &filter, NULL }, { NULL, NULL, NULL } };
	struct directory_left_out left_out;
	struct out o = { .text = BUF_INIT, .json = call->json };
	int rc;

	verb_taken(call);
	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	o.store = call->store;
	begin_list(&o, &directory_type);
	rc = directory_each(call->store, topic != NULL ? topic : filter, add_entry, &o, &left_out, e);
	if (rc == 0)
		rc = end_list(&o, e);
	if (rc == 0)
		tell_left_out(call, &left_out);
	buf_release(&left_out.names);
	buf_release(&o.text);
	return rc;
}

int command_directory(struct invocation *call, struct err *e)
{
	if (call->argc > 0 && strcmp(call->argv[0], "list") == 0)
		return run_directory(call, e);
	return command_record(call, e);
}
