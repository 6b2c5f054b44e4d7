#include "records/trail.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/label.h"
#include "records/score.h"

/* --- which records --- */

static void add_part(struct trail_parts *p, const char *table, const char *pk)
{
	if (p->count < HISTORY_RECORDS)
		p->record[p->count++] = (struct history_record){ table, mem_dup(pk) };
}

void trail_parts_release(struct trail_parts *p)
{
	for (int i = 0; i < p->count; i++)
		free((char *)p->record[i].pk);
	p->count = 0;
}

static int add_rows(struct store *s, struct trail_parts *p, const char *table, const char *sql, const char *id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int rc = -1;
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	while ((rc = store_step(s, st, e)) == 1)
		add_part(p, table, store_text(st, 0));
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

/* What a person's card shows and has no card of its own. Removed ones, too. */
static int add_of_person(struct store *s, struct trail_parts *p, const char *id, struct err *e)
{
	static const struct { const char *table, *sql; } of_person[] = {
		{ LABEL_PARTICIPATION, "SELECT id FROM participation WHERE person = ?1" },
		{ "consent", "SELECT id FROM consent WHERE person = ?1" },
		{ "mentorship", "SELECT id FROM mentorship WHERE mentee = ?1 OR mentor = ?1" },
		{ "person_link", "SELECT id FROM person_link WHERE person = ?1 OR other = ?1" },
	};
	for (size_t i = 0; i < sizeof of_person / sizeof *of_person; i++)
		if (add_rows(s, p, of_person[i].table, of_person[i].sql, id, e) != 0)
			return -1;
	return 0;
}

int trail_parts(struct store *s, const struct record_type *type, const char *id, struct trail_parts *p, struct err *e)
{
	p->count = 0;
	add_part(p, type->table, id);
	if (type == &person_type)
		return add_of_person(s, p, id, e);
	if (type == &seminar_type)
		return add_rows(s, p, "attendance", "SELECT id FROM attendance WHERE id > ?1 || '/' AND id < ?1 || '0'", id, e);
	return 0;
}

/* --- in words --- */

struct trail {
	struct store *s;
	const char *id;			/* the record asked about */
	char programme[RECORD_ID_SIZE];
	struct buf about, texts;
	struct trail_change *change;
	int cap;
	trail_fn each;
	void *context;
};

/* Of the person that was asked about. */
static bool is_a_part(const struct trail *t, const struct history_entry *h)
{
	return strcmp(h->pk, t->id) != 0 && (strcmp(h->table, consent_type.table) == 0 || strcmp(h->table, mentorship_type.table) == 0);
}

/* That a mark is this seminar's and this person's, a role this person's and a link of the two that are named, goes without saying;
 * so does whose consent and mentorship it is. */
static bool is_said(const struct trail *t, const struct history_entry *h, const struct history_change *c)
{
	if (is_a_part(t, h))
		return c->insert && c->after && strcmp(c->after, t->id) == 0;
	if (strcmp(h->table, LABEL_PARTICIPATION) == 0)
		return strcmp(c->column, "programme") == 0 || strcmp(c->column, "person") == 0;
	if (strcmp(h->table, person_link_type.table) == 0)
		return strcmp(c->column, "person") == 0 || strcmp(c->column, "other") == 0;
	return strcmp(h->table, "attendance") == 0 && (strcmp(c->column, "seminar") == 0 || strcmp(c->column, "person") == 0);
}

static void tell_about(struct trail *t, const struct history_entry *h)
{
	char programme[RECORD_ID_SIZE] = "";
	const char *slash = strchr(h->pk, '/');
	buf_reset(&t->about);
	if (is_a_part(t, h))
		buf_adds(&t->about, _(label_type(h->table)->title));
	if (slash && strcmp(h->table, "attendance") == 0)
		record_name(t->s, &person_type, slash + 1, &t->about);
	if (strcmp(h->table, person_link_type.table) == 0)
		record_name(t->s, &person_link_type, h->pk, &t->about);
	if (!slash || strcmp(h->table, LABEL_PARTICIPATION) != 0 || slash - h->pk >= RECORD_ID_SIZE)
		return;
	memcpy(programme, h->pk, (size_t)(slash - h->pk));
	if (strcmp(programme, t->programme) != 0)
		record_name(t->s, &programme_type, programme, &t->about);
}

static void add_value(struct trail *t, const struct history_entry *h, const struct history_change *c, const char *value)
{
	if (value && *c->column)
		label_value(t->s, h->table, c->column, value, &t->texts);
	else if (value)
		buf_adds(&t->texts, value);
	buf_addc(&t->texts, '\0');
}

/* The texts stand one after the other, each with its NUL; where they stand is known when they are all there. */
static int tell_changes(struct trail *t, const struct history_entry *h)
{
	int count = 0;
	buf_reset(&t->texts);
	if (h->count > t->cap)
		t->change = mem_resize(t->change, (size_t)(t->cap = h->count), sizeof *t->change);
	for (int i = 0; i < h->count; i++) {
		const struct history_change *c = &h->change[i];
		if (is_said(t, h, c))
			continue;
		if (c->folded)
			buf_add(&t->texts, "…", sizeof "…");	/* it is not kept so long: store/fold.h */
		else
			add_value(t, h, c, c->before);
		add_value(t, h, c, c->after);
		t->change[count++] = (struct trail_change){ .name = c->column, .insert = c->insert, .shown = c->shown,
			/* TRANSLATORS: a field of a record that a newer program wrote */
			.field = *c->column ? label_column(h->table, c->column) : _("of a newer version") };
	}
	const char *p = t->texts.data;
	for (int i = 0; i < count; i++) {
		t->change[i].before = p;
		p += strlen(p) + 1;
		t->change[i].after = p;
		p += strlen(p) + 1;
	}
	return count;
}

static int tell(void *context, const struct history_entry *h, struct err *e)
{
	struct trail *t = context;
	struct trail_entry entry = { .by = h, .type = label_type(h->table), .id = label_record(h->table, h->pk) };
	tell_about(t, h);
	entry.about = t->about.data;
	entry.count = tell_changes(t, h);
	entry.change = t->change;
	return t->each(t->context, &entry, e);
}

int trail_each(struct store *s, const struct record_type *type, const char *id, trail_fn each, void *context, struct err *e)
{
	struct trail t = { .s = s, .id = id, .about = BUF_INIT, .texts = BUF_INIT, .each = each, .context = context };
	if (type == &score_type && !score_visible(s, id))
		return err_set(e, ERR_REFUSED, _("another judge's scores are seen once the call is closed"));
	struct trail_parts *parts = mem_zero(1, sizeof *parts);
	int rc = programme_current(s, t.programme, e);
	if (rc == 0)
		rc = trail_parts(s, type, id, parts, e);
	if (rc == 0)
		rc = history_each_of(store_journal(s), parts->record, parts->count, tell, &t, e);
	trail_parts_release(parts);
	free(parts);
	free(t.change);
	buf_release(&t.about);
	buf_release(&t.texts);
	return rc;
}

const char *trail_deed(const struct trail_entry *t)
{
	if (t->by->kind == OPERATION_ERASE)
		return _("erased");
	for (int i = 0; i < t->by->count; i++)
		if (strcmp(t->by->change[i].column, "deleted") == 0 && t->by->change[i].after)
			return strcmp(t->by->change[i].after, "1") == 0 ? _("removed") : _("brought back");
	if (t->by->kind == OPERATION_INSERT)
		return _("added");
	/* TRANSLATORS: what was done to a record: «изменено» */
	return _("changed");
}
