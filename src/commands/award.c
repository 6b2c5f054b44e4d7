/* award: thanks: who was how active, by which calculation; the table of points; the letters that were given. And letters: prints them. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/handouts.h"
#include "commands/people_words.h"
#include "documents/letters.h"
#include "documents/typeset.h"
#include "figures/activity.h"
#include "records/award.h"
#include "records/number.h"
#include "records/person.h"

/* --- the list with its calculation --- */

static void member(struct buf *out, const char *key, const char *value)
{
	json_key(out, key);
	json_strings(out, value);
}

static void number(struct buf *out, const char *key, int64_t value)
{
	json_key(out, key);
	json_int(out, value);
}

static void json_row(const struct activity *a, const struct activity_row *row, struct buf *out)
{
	int i;

	buf_addc(out, '{');
	number(out, "rank", row->rank);
	member(out, "name", row->name);
	member(out, "person_id", row->person);
	member(out, "role", row->role);
	number(out, "points", row->points);
	json_key(out, "calculation");
	buf_addc(out, '[');
	for (i = 0; i < a->rules; i++) {
		const struct activity_rule *r = &a->rule[i];

		buf_adds(out, i > 0 ? ",{" : "{");
		member(out, "measure", award_measures[r->measure].code);
		number(out, "count", row->count[r->measure]);
		number(out, "each", r->points);
		number(out, "points", row->count[r->measure] * r->points);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
	member(out, "number", row->letter[0] != '\0' ? row->letter : NULL);
	member(out, "date", row->letter[0] != '\0' ? row->letter_date : NULL);
	buf_addc(out, '}');
}

static void text_row(const struct activity *a, const struct activity_row *row, struct buf *out)
{
	struct buf calculation = BUF_INIT;

	activity_calculation(a, row, &calculation);
	buf_addf(out, "%d\t", row->rank);
	text_escape_tsv(row->name, strlen(row->name), out);
	buf_addf(out, "\t%s\t%lld\t", row->role, (long long)row->points);
	text_escape_tsv(calculation.data, calculation.len, out);
	buf_addc(out, '\t');
	text_escape_tsv(row->letter, strlen(row->letter), out);
	buf_addf(out, "\t%s\n", row->letter_date);
	buf_release(&calculation);
}

/* What two devices did apart. */
static int warn_twice(struct invocation *call, struct err *e)
{
	struct buf words = BUF_INIT;
	int rc = number_words(call->store, NUMBER_LETTER, &words, e);

	if (rc == 0 && words.len > 0)
		command_warn(call, words.data);
	buf_release(&words);
	return rc;
}

static int run_list(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct buf out = BUF_INIT;
	struct activity a;
	int i, rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    activity_compute(call->store, &a, e) != 0)
		return -1;
	buf_adds(&out, call->json ? "[" : "rank\tname\trole\tpoints\tcalculation\tnumber\tdate\n");
	for (i = 0; i < a.count; i++) {
		if (call->json && i > 0)
			buf_adds(&out, ",\n");
		if (call->json)
			json_row(&a, &a.row[i], &out);
		else
			text_row(&a, &a.row[i], &out);
	}
	buf_adds(&out, call->json ? "]\n" : "");
	rc = print_buf(&out, e);
	if (rc == 0) {
		command_tell_programme(call);
		rc = warn_twice(call, e);
	}
	activity_release(&a);
	buf_release(&out);
	return rc;
}

/* "award rule …" is the subcommand of the table of points. */
static int run_rule(struct invocation *call, struct err *e)
{
	static const struct command rule = { "award_rule", "add|list|show|edit|remove [ID] [--FIELD VALUE…]", N_("the table of points"), command_record };
	const struct command *award = call->command;
	int rc;

	call->command = &rule;
	rc = command_record(call, e);
	call->command = award;
	return rc;
}

int command_award(struct invocation *call, struct err *e)
{
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	bool list = strcmp(verb, "list") == 0;

	if (!list && strcmp(verb, "rule") != 0)
		return command_record(call, e);
	call->argv++;
	call->argc--;
	return list ? run_list(call, e) : run_rule(call, e);
}

/* --- letters --- */

struct letters_words {
	struct handouts_options to;
	const char *least;
	bool dry;
};

static int make(struct store *s, const void *context, int first, int count, struct buf *pdf, struct err *e)
{
	return letters_pdf(s, context, first, count, pdf, e);
}

static void name_one(struct store *s, const void *context, int one, struct buf *number_, struct buf *name)
{
	const struct letters *l = context;

	(void)s;
	buf_adds(number_, l->row[one].number);
	buf_adds(name, l->row[one].name);
}

static void json_letter(const struct letter *l, struct buf *out)
{
	buf_addc(out, '{');
	member(out, "name", l->name);
	member(out, "person_id", l->person);
	number(out, "points", l->points);
	member(out, "calculation", l->reason);
	member(out, "number", l->number[0] != '\0' ? l->number : NULL);
	buf_addc(out, '}');
}

static int print_list(struct invocation *call, const struct letters *l, struct err *e)
{
	struct buf out = BUF_INIT;
	int i, rc;

	buf_adds(&out, call->json ? "[" : "number\tname\tpoints\tcalculation\n");
	for (i = 0; i < l->count; i++) {
		const struct letter *one = &l->row[i];

		if (call->json) {
			buf_adds(&out, i > 0 ? ",\n" : "");
			json_letter(one, &out);
			continue;
		}
		text_escape_tsv(one->number, strlen(one->number), &out);
		buf_addc(&out, '\t');
		text_escape_tsv(one->name, strlen(one->name), &out);
		buf_addf(&out, "\t%lld\t", (long long)one->points);
		text_escape_tsv(one->reason, strlen(one->reason), &out);
		buf_addc(&out, '\n');
	}
	buf_adds(&out, call->json ? "]\n" : "");
	rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}

/* Numbers are given only when the papers can be made. */
static int issue_and_make(struct invocation *call, struct letters *l, const struct handouts *h, const struct letters_words *w, struct handouts_made *made,
    struct err *e)
{
	int rc;

	if (store_begin(call->store, e) != 0)
		return -1;
	rc = letters_issue(call->store, l, e);
	if (rc == 0)
		rc = handouts_make(call, h, &w->to, made, e);
	if (rc == 0)
		return store_commit(call->store, e);
	store_rollback(call->store);
	return -1;
}

static int print(struct invocation *call, struct letters *l, const struct letters_words *w, struct err *e)
{
	const struct handouts h = { _("Letters of thanks"), l->count, make, name_one, l };
	struct handouts_made made = { NULL, 0 };
	int rc = issue_and_make(call, l, &h, w, &made, e);

	if (rc == 0)
		rc = handouts_deliver(call, &h, &w->to, &made, e);
	handouts_release(&made);
	return rc;
}

static int parse_least(const struct invocation *call, const struct letters_words *w, int64_t *least, struct err *e)
{
	char *end;

	*least = 1;
	if (w->least == NULL)
		return 0;
	if (call->argc > 0)
		return err_set(e, ERR_USAGE, _("either --least or people can be meant"));
	*least = strtoll(w->least, &end, 10);
	if (w->least[0] == '\0' || *end != '\0' || *least < 0)
		return err_set(e, ERR_REFUSED, _("least: a number of points, 0 or more"));
	return 0;
}

static int choose(struct invocation *call, int64_t least, struct letters *l, struct err *e)
{
	struct people_words people;
	int rc;

	if (people_words_take(call, 0, &people, e) != 0)
		return -1;
	rc = letters_choose(call->store, people.id, people.count, least, l, e);
	people_words_release(&people);
	return rc;
}

int command_letters(struct invocation *call, struct err *e)
{
	struct letters_words w = { { { NULL, NULL }, NULL }, NULL, false };
	const struct option options[] = { { "-o", &w.to.to.path, NULL }, { "print", &w.to.to.printer, NULL }, { "separate", &w.to.separate, NULL },
		{ "least", &w.least, NULL }, { "dry-run", NULL, &w.dry }, { NULL, NULL, NULL } };
	struct letters l;
	struct buf without = BUF_INIT;
	int64_t least;
	int rc;

	if (invocation_options(call, options, e) != 0 || parse_least(call, &w, &least, e) != 0 || (!w.dry && handouts_check(&w.to, e) != 0) ||
	    invocation_open(call, e) != 0 || choose(call, least, &l, e) != 0)
		return -1;
	letters_tell_without(&l, &without);
	command_warn(call, without.data);
	rc = w.dry ? 0 : print(call, &l, &w, e);
	if (rc == 0)
		rc = warn_twice(call, e);
	if (rc == 0 && (w.dry || !handouts_quiet(&w.to)))
		rc = print_list(call, &l, e);
	letters_release(&l);
	buf_release(&without);
	return rc;
}
