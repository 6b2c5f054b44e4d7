#include "records/question.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/person.h"

static const struct field question_fields[] = {
	{ .name = "topic", .label = N_("Topic"), .kind = FIELD_TEXT, .required = true },
	/* TRANSLATORS: who is asked */
	{ .name = "expert", .label = N_("To whom"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "body", .label = N_("Question"), .kind = FIELD_LONG_TEXT, .required = true },
	/* TRANSLATORS: who asks */
	{ .name = "author", .label = N_("From whom"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	{ .name = "answer", .label = N_("Answer"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: the day of the answer to a question */
	{ .name = "answered", .label = N_("Answered"), .kind = FIELD_DATE },
	{ .name = "answered_by", .label = N_("Answered by"), .kind = FIELD_REFERENCE, .references = "person" },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int question_defaults(struct store *s, struct record *r, struct err *e)
{
	char me[RECORD_ID_SIZE];
	record_default_today(r, "date");
	if (record_untouched(r, "author"))
		record_put(r, "author", person_me(s, me));
	return record_default_programme(s, r, e);
}

/* The day of an answer and whose it is follow from it. */
static int question_complete(struct store *s, struct record *r, struct err *e)
{
	char today[DATE_SIZE], me[RECORD_ID_SIZE];
	(void)e;
	if (!*record_get(r, "answer")) {
		record_put(r, "answered", "");
		record_put(r, "answered_by", "");
		return 0;
	}
	date_today(today);
	if (!*record_get(r, "answered"))
		record_put(r, "answered", today);
	if (!*record_get(r, "answered_by"))
		record_put(r, "answered_by", person_me(s, me));
	return 0;
}

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static bool differs(const struct record *r, const struct record *before, const char *field)
{
	return strcmp(record_get(r, field), record_get(before, field)) != 0;
}

static int check_answer(struct store *s, const struct record *r, const struct record *before, struct err *e)
{
	static const char *const asked[] = { "topic", "expert", "body", "author" };
	char me[RECORD_ID_SIZE];
	if (person_coordinates(s))
		return 0;
	if (differs(r, before, "answer") && strcmp(person_me(s, me), record_get(r, "expert")) != 0) {
		err_set(e, ERR_REFUSED, _("who is asked answers it, or a coordinator"));
		return wrong(r, "answer", e);
	}
	for (size_t i = 0; *record_get(before, "answer") && i < sizeof asked / sizeof *asked; i++)
		if (differs(r, before, asked[i])) {
			err_set(e, ERR_REFUSED, _("the question is answered already; ask another one"));
			return wrong(r, asked[i], e);
		}
	return 0;
}

static int question_check(struct store *s, const struct record *r, struct err *e)
{
	struct record before;
	if (strcmp(record_get(r, "author"), record_get(r, "expert")) == 0) {
		err_set(e, ERR_REFUSED, _("nobody asks oneself"));
		return wrong(r, "expert", e);
	}
	if (*record_get(r, "answered") && strcmp(record_get(r, "answered"), record_get(r, "date")) < 0) {
		err_set(e, ERR_REFUSED, _("it cannot be answered before it was asked"));
		return wrong(r, "answered", e);
	}
	if (!*r->id)
		record_init(&before, &question_type);
	else if (record_load(s, &before, &question_type, r->id, e) != 0)
		return -1;
	int rc = check_answer(s, r, &before, e);
	record_release(&before);
	return rc;
}

#define COLUMNS "topic, expert, body, author, date, answer, answered, answered_by, programme"

const struct record_type question_type = {
	.name = "question",
	.title = N_("Question to an expert"),
	.table = "question",
	.fields = question_fields,
	.count = sizeof question_fields / sizeof *question_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("question", COLUMNS),
		.list = RECORD_SQL_LIST("question", COLUMNS, "date DESC, id DESC"),
		RECORD_SQL_REST("question", "topic", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10")
	},
	.defaults = question_defaults,
	.complete = question_complete,
	.check = question_check,
};

int question_answer(struct store *s, const char *id, const char *text, struct err *e)
{
	struct record r;
	if (record_load(s, &r, &question_type, id, e) != 0)
		return -1;
	int rc = record_set(s, &r, "answer", text, e);
	if (rc == 0 && !*record_get(&r, "answer")) {
		err_set(e, ERR_REFUSED, _("this must not be empty"));
		rc = wrong(&r, "answer", e);
	}
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}
