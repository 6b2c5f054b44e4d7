#include "screens/consent.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/consent.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/several.h"
#include "screens/parts/words.h"

struct consent {
	struct loop *loop;
	const char **person;
	int count, had;			/* had: of whom a valid one was there already */
	char purpose[32], date[DATE_SIZE];
};

static void consent_free(void *context)
{
	struct consent *t = context;

	free(t->person);
	free(t);
}

static int sign_all(void *context, struct err *e)
{
	struct consent *t = context;
	bool valid;

	for (int i = 0; i < t->count; i++) {
		if (consent_valid(t->loop->store, t->person[i], t->purpose, &valid, e) != 0)
			return -1;
		t->had += valid;
	}
	return consent_sign(t->loop->store, t->person, t->count, t->purpose, t->date, e);
}

/* «отмечено: 5, согласие (участие): 14.02.2020, было и раньше: 2» */
static void tell(const void *context, struct buf *out)
{
	const struct consent *t = context;
	struct buf purpose = BUF_INIT;
	char day[DATE_SIZE];

	words_choice(consent_purposes, t->purpose, &purpose);
	date_show(t->date, day);
	several_whom(t->loop, t->person, t->count, out);
	if (t->had < t->count)
		/* TRANSLATORS: stands behind a name or «отмечено: 5»: purpose of the consent, day of the signature */
		buf_addf(out, _(", consent (%s): %s"), purpose.data, day);
	if (t->had > 0 && t->count == 1)
		/* TRANSLATORS: behind a name: nothing was written down now */
		buf_addf(out, _(": the consent (%s) was there before"), purpose.data);
	else if (t->had > 0)
		buf_addf(out, _(", was there before: %d"), t->had);
	buf_release(&purpose);
}

static const struct several_work work = { .run = sign_all, .tell = tell, .release = consent_free };

static unsigned dated(void *context, const char *typed, bool *again)
{
	struct consent *t = context;
	struct buf question = BUF_INIT;
	struct err e = ERR_INIT;
	char today[DATE_SIZE];
	unsigned did;

	if (typed == NULL) {
		consent_free(t);
		return DID_CHANGE;
	}
	date_today(today);
	if (date_parse(typed, today, t->date, &e) != 0) {
		loop_problem(t->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	buf_addf(&question, P_("Did %d person sign?", "Did %d people sign?", t->count), t->count);
	did = several_do(t->loop, t->count, question.data, &work, t);
	buf_release(&question);
	return did;
}

static unsigned purpose_chosen(void *context, const char *const *values, int count)
{
	struct consent *t = context;
	char today[DATE_SIZE], day[DATE_SIZE];

	if (count == 0) {
		consent_free(t);
		return DID_CHANGE;
	}
	snprintf(t->purpose, sizeof t->purpose, "%s", values[0]);
	date_today(today);
	date_show(today, day);
	loop_push(t->loop, prompt_line(_("Signed on:"), day, dated, t));
	return DID_CHANGE;
}

void consent_ask(struct loop *l, const char *const *persons, int count)
{
	struct consent *t = mem_zero(1, sizeof *t);
	struct buf title = BUF_INIT;
	struct screen *pick;

	t->loop = l;
	t->person = several_copy(persons, count);
	t->count = count;
	/* TRANSLATORS: a name or «отмечено: 5» follows */
	buf_addf(&title, "%s · ", _("Consent"));
	several_whom(l, persons, count, &title);
	pick = pick_open(title.data, purpose_chosen, t);
	for (const struct choice *c = consent_purposes; c->code != NULL; c++) {
		pick_add(pick, c->code, _(c->label), "");
		pick_also(pick, c->label);
	}
	loop_push(l, pick);
	buf_release(&title);
}
