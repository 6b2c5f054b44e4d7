#include "records/undo.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/label.h"
#include "records/programme.h"
#include "records/undo_private.h"
#include "store/author.h"

struct attempt {
	struct store *s;
	struct undo_outcome *out;
	struct authors *authors;
	int64_t met;			/* that can be replaced … */
	int64_t removed;		/* … and that cannot: the record is gone */
	struct err gone;		/* words for the first of those */
};

/* --- rules --- */

/* "programme/person" */
static int participation_must_be_open(struct store *s, const char *pk, struct err *e)
{
	char programme[RECORD_ID_SIZE];

	snprintf(programme, sizeof programme, "%.*s", (int)strcspn(pk, "/"), pk);
	return programme_must_be_open(s, programme, e);
}

static bool is_final(const char *table)
{
	static const char *const finals[] = { "erasure", "deletion_hold", "number_block" };

	for (size_t i = 0; i < sizeof finals / sizeof *finals; i++)
		if (strcmp(table, finals[i]) == 0)
			return true;
	return false;
}

/* As it stands: its programme is open, and may it go? A record that is not to be seen has nothing to say. */
static int check_standing(struct store *s, const struct record_type *type, const char *id, bool removes, struct err *e)
{
	struct record r;
	int rc;

	if (record_load(s, &r, type, id, NULL) != 0)
		return 0;
	rc = record_must_be_open(s, &r, e);
	record_release(&r);
	if (rc == 0 && removes && type->may_remove != NULL)
		rc = type->may_remove(s, id, e);
	return rc;
}

static int before(void *context, const struct undo_entry *entry, bool removes, struct err *e)
{
	struct attempt *a = context;
	const struct record_type *type = label_type(entry->table);

	if (type == NULL || is_final(entry->table))
		return err_set(e, ERR_REFUSED, _("this is decided once and for all; it is not taken back"));
	if (strcmp(entry->table, LABEL_PARTICIPATION) == 0)
		return participation_must_be_open(a->s, entry->pk, e);
	return record_check_right(a->s, type, e) == 0 ? check_standing(a->s, type, entry->pk, removes, e) : -1;
}

/* The record as it is now must be one that could be saved. */
static int after(void *context, const struct undo_entry *entry, struct err *e)
{
	struct store *s = ((struct attempt *)context)->s;
	const struct record_type *type = label_type(entry->table);
	struct record r;
	int rc;

	if (strcmp(entry->table, LABEL_PARTICIPATION) == 0 || record_load(s, &r, type, entry->pk, NULL) != 0)
		return 0;
	rc = record_must_be_open(s, &r, e);
	if (rc == 0 && type->check != NULL)
		rc = type->check(s, &r, e);
	record_release(&r);
	return rc;
}

/* --- what stands in the way --- */

static void tell_author(struct attempt *a, int dev, struct buf *out)
{
	struct author author;
	struct err e = ERR_INIT;

	if (dev == 0 || authors_get(a->authors, dev, &author, &e) != 0)
		return;
	if (author.own)
		/* TRANSLATORS: who changed a value: somebody at this device */
		buf_adds(out, _("this device"));
	else
		buf_adds(out, author.person[0] != '\0' ? author.person : author.label[0] != '\0' ? author.label : author.tag);
}

static void tell_meeting(struct attempt *a, const struct undo_meeting *m, struct buf *out)
{
	struct buf name = BUF_INIT, who = BUF_INIT, now = BUF_INIT;
	const char *field = label_column(m->table, m->column->name);
	char when[17];

	undo_name(a->s, m->table, m->pk, &name);
	tell_author(a, m->dev, &who);
	date_local(m->ms, when);
	if (m->tie_table != NULL) {
		const struct record_type *type = label_type(m->tie_table);
		/* TRANSLATORS: a kind of record: what somebody is in a programme («роль и этап») */
		const char *kind = strcmp(m->tie_table, LABEL_PARTICIPATION) == 0 ? _("role and stage") : type != NULL ? _(type->title) : m->tie_table;

		/* TRANSLATORS: a record; the kind of another that names it; by whom, and when that was entered */
		buf_addf(out, _("“%s” is named in a record that stays (%s; %s, %s)."), name.data, kind, who.data, when);
	} else if (m->removed) {
		buf_addf(out, _("“%s” was removed since (%s, %s)"), name.data, who.data, when);
	} else {
		undo_value(a->s, m->table, m->column->name, m->now, &now);
		/* TRANSLATORS: a record, a field of it, its value; who wrote that, and when */
		buf_addf(out, _("“%s”, %s: meanwhile it is %s (%s, %s)."), name.data, field, now.data, who.data, when);
	}
	buf_release(&name);
	buf_release(&who);
	buf_release(&now);
}

static void meet(void *context, const struct undo_meeting *m)
{
	struct attempt *a = context;
	struct buf words = BUF_INIT;

	if (m->removed && a->removed++ == 0) {
		tell_meeting(a, m, &words);
		err_set(&a->gone, ERR_REFUSED, "%s", words.data);
	} else if (!m->removed && a->met++ == 0) {
		tell_meeting(a, m, &a->out->question);
	}
	buf_release(&words);
}

static void end_question(struct attempt *a, const struct undo_done *done)
{
	struct buf *q = &a->out->question;

	if (a->met > 1)
		buf_addf(q, P_(" And %lld more.", " And %lld more.", a->met - 1), (long long)(a->met - 1));
	buf_adds(q, done->ties > 0 ? _(" Go on all the same?") : _(" Replace it all the same?"));
	a->out->rest = done->ties == 0 && done->written > 0;
	if (a->out->rest)
		buf_adds(q, _(" (no: only what nobody changed is done)"));
}

/* --- an attempt --- */

static int nothing_to_do(const struct undo_done *done, struct err *e)
{
	if (done->settled > 0)
		return err_set(e, ERR_REFUSED, _("a conflict that is settled stays settled: the value that was shown stands already, the others are in the history (H)"));
	return err_set(e, ERR_REFUSED, _("there is nothing to do: everything stands like that already"));
}

static void blame(struct store *s, const struct undo_done *done, struct err *e)
{
	struct buf name = BUF_INIT;

	if (done->table != NULL)
		undo_name(s, done->table, done->pk, &name);
	if (name.len > 0 && e->code == ERR_REFUSED)
		err_prefix(e, "%s", name.data);
	buf_release(&name);
}

static int attempt(struct attempt *a, uint64_t id, enum undo_answer answer, struct err *e)
{
	struct undo_how how = { .force = answer == UNDO_OVER ? UNDO_ALL : UNDO_REST, .before = before, .meet = meet, .context = a };
	struct undo_done done;
	enum undo_way way;
	int rc = undo_apply(store_journal(a->s), id, &how, &done, e);

	if (rc != 0) {
		blame(a->s, &done, e);
		return -1;
	}
	a->out->written = done.written;
	a->out->settled = done.settled;
	a->out->left = a->removed;
	if (a->met > 0 && (answer == UNDO_ASKING || (answer == UNDO_WITHOUT && done.ties > 0))) {
		end_question(a, &done);
		return 1;
	}
	if (done.written == 0 && a->met > 0)
		return 1;
	if (done.written == 0 && a->removed > 0)
		return err_set(e, ERR_REFUSED, "%s", a->gone.text);
	if (done.written == 0)
		return nothing_to_do(&done, e);
	return undo_each(undo_find(store_journal(a->s), id, &way), after, a, e);
}

int undo_run(struct store *s, uint64_t id, enum undo_answer answer, struct undo_outcome *out, struct err *e)
{
	struct attempt a = { .s = s, .out = out, .gone = ERR_INIT };
	struct err why = ERR_INIT;
	int rc;

	*out = (struct undo_outcome){ .question = BUF_INIT };
	if (store_begin(s, e) != 0)
		return -1;
	a.authors = authors_new(store_journal(s));
	rc = attempt(&a, id, answer, &why);
	authors_free(a.authors);
	if (rc == 0)
		rc = store_commit(s, &why);
	else
		store_rollback(s);
	if (rc < 0) {
		undo_set_reason(store_journal(s), id, why.text);
		if (e != NULL)
			*e = why;
	}
	return rc;
}

void undo_outcome_release(struct undo_outcome *out)
{
	buf_release(&out->question);
}

const struct undo_group *undo_next(struct store *s, enum undo_way way)
{
	struct journal *j = store_journal(s);

	for (int i = 0; i < undo_count(j, way); i++)
		if (*undo_reason(undo_group(j, way, i)) == '\0')
			return undo_group(j, way, i);
	return undo_group(j, way, 0);
}

uint64_t undo_mark(struct store *s)
{
	const struct undo_group *g = undo_group(store_journal(s), UNDO_BACK, 0);

	return g != NULL ? undo_id(g) : 0;
}

/* The oldest of those that came after the mark. */
void undo_as_one(struct store *s, uint64_t mark)
{
	struct journal *j = store_journal(s);
	const struct undo_group *g;
	uint64_t first = 0;

	for (int i = 0; (g = undo_group(j, UNDO_BACK, i)) != NULL && undo_id(g) > mark; i++)
		first = undo_id(g);
	if (first != 0)
		undo_join(j, first);
}
