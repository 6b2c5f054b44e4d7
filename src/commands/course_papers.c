#include "commands/course_papers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "commands/handouts.h"
#include "commands/people_words.h"
#include "documents/training.h"
#include "documents/typeset.h"
#include "records/certificate.h"
#include "records/number.h"

static int take_course(struct invocation *call, char course[RECORD_ID_SIZE], struct err *e)
{
	return invocation_open(call, e) != 0 ? -1 : record_resolve(call->store, &course_type, call->argv[0], course, e);
}

int course_print_register(struct invocation *call, struct err *e)
{
	struct delivery_options to = { NULL, NULL };
	const struct option options[] = { { "-o", &to.path, NULL }, { "print", &to.printer, NULL }, { NULL, NULL, NULL } };
	char course[RECORD_ID_SIZE];
	struct buf pdf = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0 || take_course(call, course, e) != 0)
		return -1;
	rc = training_register(call->store, course, &pdf, e);
	if (rc == 0)
		rc = command_deliver(call, &to, _("Register of the participants of a course"), &pdf, true, e);
	buf_release(&pdf);
	return rc;
}

/* --- certificates --- */

struct certificates { char (*id)[RECORD_ID_SIZE]; int count; };

static int make(struct store *s, const void *context, int first, int count, struct buf *pdf, struct err *e)
{
	const struct certificates *c = context;

	return training_certificates(s, (const char (*)[RECORD_ID_SIZE])(c->id + first), count, pdf, e);
}

static void name_one(struct store *s, const void *context, int one, struct buf *number, struct buf *name)
{
	const struct certificates *c = context;
	struct record r;

	if (record_load(s, &r, &certificate_type, c->id[one], NULL) != 0)
		return;
	buf_adds(number, record_get(&r, "number"));
	record_name(s, &person_type, record_get(&r, "person"), name);
	record_release(&r);
}

/* "number<tab>name" of each. */
static int list(struct invocation *call, const struct certificates *c, struct err *e)
{
	struct buf out = BUF_INIT, number = BUF_INIT, name = BUF_INIT;
	int i, rc;

	for (i = 0; i < c->count; i++) {
		buf_reset(&number);
		buf_reset(&name);
		name_one(call->store, c, i, &number, &name);
		text_escape_tsv(number.data, number.len, &out);
		buf_addc(&out, '\t');
		text_escape_tsv(name.data, name.len, &out);
		buf_addc(&out, '\n');
	}
	rc = print_buf(&out, e);
	buf_release(&out);
	buf_release(&number);
	buf_release(&name);
	return rc;
}

/* Numbers are given only when the papers can be made. */
static int issue_and_make(struct invocation *call, const char *course, const struct people_words *people, const struct handouts_options *o,
    struct certificates *c, struct handouts *h, struct handouts_made *made, struct err *e)
{
	int rc;

	if (store_begin(call->store, e) != 0)
		return -1;
	rc = training_certify(call->store, course, people->id, people->count, &c->id, &c->count, e);
	h->count = c->count;
	if (rc == 0)
		rc = handouts_make(call, h, o, made, e);
	if (rc == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

/* What two devices did apart. */
static int warn_twice(struct invocation *call, struct err *e)
{
	struct buf words = BUF_INIT;
	int rc = number_words(call->store, NUMBER_CERTIFICATE, &words, e);

	if (rc == 0 && words.len > 0)
		command_warn(call, words.data);
	buf_release(&words);
	return rc;
}

static int print(struct invocation *call, const char *course, const struct people_words *people, const struct handouts_options *o, struct err *e)
{
	struct certificates c = { NULL, 0 };
	struct handouts h = { _("Certificates of participation"), 0, make, name_one, &c };
	struct handouts_made made = { NULL, 0 };
	int rc = issue_and_make(call, course, people, o, &c, &h, &made, e);

	if (rc == 0)
		rc = handouts_deliver(call, &h, o, &made, e);
	if (rc == 0)
		rc = warn_twice(call, e);
	if (rc == 0 && !handouts_quiet(o))
		rc = list(call, &c, e);
	handouts_release(&made);
	free(c.id);
	return rc;
}

int course_print_certificates(struct invocation *call, struct err *e)
{
	struct handouts_options o = { { NULL, NULL }, NULL };
	const struct option options[] = { { "-o", &o.to.path, NULL }, { "print", &o.to.printer, NULL }, { "separate", &o.separate, NULL },
		{ NULL, NULL, NULL } };
	char course[RECORD_ID_SIZE];
	struct people_words people;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, -1, e) != 0 || handouts_check(&o, e) != 0 ||
	    take_course(call, course, e) != 0 || people_words_take(call, 1, &people, e) != 0)
		return -1;
	rc = print(call, course, &people, &o, e);
	people_words_release(&people);
	return rc;
}
