#include "screens/erasure_act.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/erasure_act.h"
#include "records/erasure.h"
#include "records/person.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"
#include "store/erase.h"

struct doing {
	struct loop *loop;
	char person[RECORD_ID_SIZE], basis[32];
	char *document;
};

static void doing_free(struct doing *d)
{
	free(d->document);
	free(d);
}

/* --- the deed --- */

static int erase(struct doing *d, struct err *e)
{
	struct store *s = d->loop->store;
	struct record r;
	int status;

	record_init(&r, &erasure_type);
	record_put(&r, "person", d->person);
	status = record_set(s, &r, "basis", d->basis, e);
	if (status == 0)
		status = record_set(s, &r, "document", d->document, e);
	if (status == 0)
		status = record_save(s, &r, e);
	record_release(&r);
	return status == 0 ? store_scrub(s, e) : -1;
}

static unsigned sure(void *context, enum prompt_reply reply)
{
	struct doing *d = context;
	struct err e = ERR_INIT;
	bool yes = reply == PROMPT_YES;

	if (yes && erase(d, &e) == 0)
		loop_message(d->loop, _("destroyed here; the other devices follow with their exchanges, and the card says who has confirmed"));
	else if (yes)
		loop_problem(d->loop, &e);
	doing_free(d);
	return yes ? DID_SAVE : DID_CHANGE;
}

static void ask_again(struct doing *d)
{
	struct buf question = BUF_INIT, name = BUF_INIT;

	record_name(d->loop->store, &person_type, d->person, &name);
	/* TRANSLATORS: the last question before a person's data are destroyed everywhere */
	buf_addf(&question, _("Destroy what is known of “%s” on all devices, for ever? It cannot be taken back; counts stay."), name.data);
	loop_push(d->loop, prompt_ask(question.data, sure, d));
	buf_release(&question);
	buf_release(&name);
}

static unsigned document_typed(void *context, const char *typed, bool *again)
{
	struct doing *d = context;
	const struct field *f = &erasure_type.fields[record_field(&erasure_type, "document")];
	struct buf parsed = BUF_INIT;
	struct err e = ERR_INIT;

	if (typed == NULL) {
		doing_free(d);
		return DID_CHANGE;
	}
	if (field_parse(d->loop->store, f, typed, &parsed, &e) != 0) {
		loop_problem(d->loop, &e);
		*again = true;
	} else {
		d->document = mem_dup(parsed.data);
		ask_again(d);
	}
	buf_release(&parsed);
	return DID_CHANGE;
}

static unsigned basis_chosen(void *context, const char *const *values, int count)
{
	struct doing *d = context;

	if (count == 0) {
		doing_free(d);
		return DID_CHANGE;
	}
	snprintf(d->basis, sizeof d->basis, "%s", values[0]);
	/* TRANSLATORS: a line to type: the number and date of the person's letter, without names, because it stays */
	loop_push(d->loop, prompt_line(_("Document, its number and date without names (or nothing): "), "", document_typed, d));
	return DID_CHANGE;
}

unsigned erasure_ask(struct loop *l, const char *person)
{
	struct doing *d;
	struct screen *pick;
	struct err e = ERR_INIT;

	if (erasure_done(l->store, person))
		return erasure_paper(l, person);
	if (erasure_may(l->store, person, &e) != 0) {
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	d = mem_zero(1, sizeof *d);
	d->loop = l;
	snprintf(d->person, sizeof d->person, "%s", person);
	/* TRANSLATORS: the title of a choice: why a person's data are destroyed */
	pick = pick_open(_("Destroy personal data · basis"), basis_chosen, d);
	for (const struct choice *c = erasure_bases; c->code != NULL; c++) {
		pick_add(pick, c->code, _(c->label), "");
		pick_also(pick, c->label);
	}
	loop_push(l, pick);
	return DID_CHANGE;
}

/* --- the act --- */

static int make_act(struct store *s, void *context, struct buf *out, struct err *e)
{
	return erasure_act(s, context, OUTLINE_PDF, out, e);
}

unsigned erasure_paper(struct loop *l, const char *person)
{
	struct buf file = BUF_INIT;
	struct output o = { .title = _("Act of destruction"), .printable = true, .make = make_act, .release = free };
	unsigned did;

	erasure_act_file_name(person, &file);
	o.file = file.data;
	o.context = mem_dup(person);
	did = output_offer(l, &o);
	buf_release(&file);
	return did;
}

/* --- on the card --- */

static int add_replica(void *context, const struct erasure_replica *r, struct err *e)
{
	struct page *p = context;
	struct buf text = BUF_INIT, hint = BUF_INIT;
	char when[17];

	(void)e;
	buf_addf(&text, "%s  %s", r->tag, r->label);
	if (r->confirmed > 0) {
		date_local(r->confirmed, when);
		/* TRANSLATORS: of a device: it has confirmed at that time that the data are destroyed there */
		buf_addf(&hint, _("confirmed %s"), when);
	} else if (r->unreachable != NULL) {
		/* TRANSLATORS: of a device that nobody can reach any more; the reason follows */
		buf_addf(&hint, _("unreachable: %s"), r->unreachable);
	} else {
		/* TRANSLATORS: of a device: it has not confirmed yet that the data are destroyed there */
		buf_adds(&hint, _("! not confirmed yet"));
	}
	page_line(p, text.data, hint.data);
	buf_release(&text);
	buf_release(&hint);
	return 0;
}

/* Who destroyed them and why is a coordinator's to know. */
static int fill_known(struct page *p, const char *person, const struct erasure_state *state, struct err *e)
{
	struct buf words = BUF_INIT;
	struct record r;

	if (record_load(page_store(p), &r, &erasure_type, person, e) != 0)
		return -1;
	page_fields(p, &r, "basis", "date");
	record_release(&r);
	erasure_words(state, &words);
	page_field_as(p, _("Replicas"), state->final ? ROLE_TEXT : ROLE_WARNING, words.data);
	buf_release(&words);
	return erasure_replicas(page_store(p), person, add_replica, p, e);
}

int erasure_fill(struct page *p, const char *person, struct err *e)
{
	struct erasure_state state;

	if (erasure_state(page_store(p), person, &state, e) != 0)
		return -1;
	if (!state.here)
		return 0;
	/* TRANSLATORS: a heading on the card of a person whose data were destroyed */
	page_heading(p, _("Personal data destroyed"));
	page_text(p, ROLE_MUTED, _("What is kept is that somebody with this id took part, so that counts stay true."));
	return state.known ? fill_known(p, person, &state, e) : 0;
}
