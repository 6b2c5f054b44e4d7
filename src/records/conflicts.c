#include "records/conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/label.h"
#include "records/score.h"
#include "store/merge.h"

/* --- listing --- */

struct listing {
	struct store *s;
	struct authors *authors;
	struct buf name, texts;
	conflict_line_fn each;
	void *context;
};

/* The text that is shown of each value, one after the other, each with its NUL. */
static void add_texts(struct listing *l, const struct conflict *c)
{
	buf_reset(&l->texts);
	for (int i = 0; i < c->count; i++) {
		if (c->heads[i].value)
			label_value(l->s, c->table, c->column, c->heads[i].value, &l->texts);
		buf_addc(&l->texts, '\0');
	}
}

static int add_choices(struct listing *l, const struct conflict *c, struct conflict_choice *choice, struct err *e)
{
	struct journal *j = store_journal(l->s);
	const char *text;
	add_texts(l, c);
	text = l->texts.data;
	for (int i = 0; i < c->count; i++) {
		const struct conflict_head *h = &c->heads[i];
		int dev = *h->tag ? journal_device(j, h->tag, e) : 0;
		choice[i] = (struct conflict_choice){ h->value ? h->value : "", text, { "", "", "", false }, "", clock_ms(h->hlc) };
		if (dev < 0 || (dev > 0 && authors_get(l->authors, dev, &choice[i].author, e) != 0))
			return -1;
		text += strlen(text) + 1;
	}
	return 0;
}

/* Two laptops of one person look alike by the person's name. A label that both bear, or neither has, is none: then it is the tag. */
static void tell_devices(struct conflict_choice *choice, int count)
{
	for (int i = 0; i < count; i++) {
		const struct author *a = &choice[i].author;
		bool alike = false, same_label = *a->label == '\0';
		for (int k = 0; k < count && *a->person; k++) {
			const struct author *b = &choice[k].author;
			if (strcmp(a->person, b->person) != 0 || strcmp(a->tag, b->tag) == 0)
				continue;
			alike = true;
			same_label = same_label || strcmp(a->label, b->label) == 0;
		}
		if (alike)
			choice[i].device = same_label ? a->tag : a->label;
	}
}

static int list_one(void *context, const struct conflict *c, struct err *e)
{
	struct listing *l = context;
	struct conflict_line line = { .type = label_type(c->table), .id = label_record(c->table, c->id), .table = c->table, .pk = c->id,
		.column = c->column, .field = label_column(c->table, c->column), .count = c->count };
	struct conflict_choice *choice;
	int rc;
	if (!line.type || (line.type == &score_type && !score_visible(l->s, c->id)))
		return 0;
	choice = mem_zero((size_t)c->count, sizeof *choice);
	buf_reset(&l->name);
	record_name(l->s, line.type, line.id, &l->name);
	line.name = l->name.data;
	line.choice = choice;
	rc = add_choices(l, c, choice, e);
	tell_devices(choice, rc == 0 ? c->count : 0);
	if (rc == 0)
		rc = l->each(l->context, &line, e);
	free(choice);
	return rc;
}

int conflicts_each(struct store *s, conflict_line_fn each, void *context, struct err *e)
{
	struct listing l = { .s = s, .name = BUF_INIT, .texts = BUF_INIT, .each = each, .context = context };
	int rc;
	if (journal_conflicts(store_journal(s)) == 0)
		return 0;			/* the walk along all edited fields is not free */
	l.authors = authors_new(store_journal(s));
	rc = conflict_each(store_journal(s), list_one, &l, e);
	authors_free(l.authors);
	buf_release(&l.name);
	buf_release(&l.texts);
	return rc;
}

/* --- what came before --- */

struct past {
	struct store *s;
	const struct conflict_place *place;
	int count;
	conflict_past_fn each;
	void *context;
	struct buf before, after;
};

static void read_value(struct past *p, const struct history_entry *h, const struct history_change *c, const char *value, struct buf *out)
{
	buf_reset(out);
	if (value)
		label_value(p->s, h->table, c->column, value, out);
}

static int tell_past(void *context, const struct history_entry *h, struct err *e)
{
	struct past *p = context;
	for (int i = 0; i < p->count; i++) {
		if (strcmp(h->table, p->place[i].table) != 0 || strcmp(h->pk, p->place[i].pk) != 0)
			continue;
		for (int k = 0; k < h->count; k++) {
			const struct history_change *c = &h->change[k];
			if (strcmp(c->column, p->place[i].column) != 0)
				continue;
			read_value(p, h, c, c->before, &p->before);
			read_value(p, h, c, c->after, &p->after);
			if (p->each(p->context, i, h, p->before.data, p->after.data, e) != 0)
				return -1;
		}
	}
	return 0;
}

int conflicts_past(struct store *s, const struct conflict_place *places, int count, conflict_past_fn each, void *context, struct err *e)
{
	struct past p = { s, places, count, each, context, BUF_INIT, BUF_INIT };
	struct history_record *records = mem_zero((size_t)count + 1, sizeof *records);
	int n = 0, rc;
	for (int i = 0; i < count && n < HISTORY_RECORDS; i++) {
		int k = 0;
		while (k < n && (strcmp(records[k].table, places[i].table) != 0 || strcmp(records[k].pk, places[i].pk) != 0))
			k++;
		if (k == n)
			records[n++] = (struct history_record){ places[i].table, places[i].pk };
	}
	rc = n > 0 ? history_each_of(store_journal(s), records, n, tell_past, &p, e) : 0;
	free(records);
	buf_release(&p.before);
	buf_release(&p.after);
	return rc;
}

/* --- settling --- */

struct place {
	const char *table, *pk, *column;
	char *shown;			/* NULL: there is no conflict */
};

static int find_place(void *context, const struct conflict *c, struct err *e)
{
	struct place *p = context;
	(void)e;
	if (!p->shown && strcmp(c->table, p->table) == 0 && strcmp(c->id, p->pk) == 0 && strcmp(c->column, p->column) == 0)
		p->shown = mem_dup(c->heads[0].value ? c->heads[0].value : "");
	return 0;
}

static int update_participation(struct store *s, const char *sql, const char *pk, const char *value, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, pk);
	store_bind_text(st, 2, *value ? value : NULL);
	return store_run(s, st, e);
}

static int remove_it(struct store *s, const struct place *p, struct err *e)
{
	if (strcmp(p->table, LABEL_PARTICIPATION) == 0)
		return update_participation(s, "UPDATE participation SET deleted = ?2 WHERE id = ?1", p->pk, "1", e);
	return record_remove(s, label_type(p->table), p->pk, e);
}

/* Role and stage of any programme, not only of the current one, which is all that a form shows. */
static int change_participation(struct store *s, const struct place *p, const char *value, struct err *e)
{
	const char *sql = strcmp(p->column, "role") == 0 ? "UPDATE participation SET role = ?2 WHERE id = ?1" :
	    "UPDATE participation SET stage = ?2 WHERE id = ?1";
	return update_participation(s, sql, p->pk, value, e);
}

static int change_record(struct store *s, const struct place *p, const char *value, struct err *e)
{
	struct record r;
	if (record_load(s, &r, label_type(p->table), p->pk, e) != 0)
		return -1;
	int rc = record_set(s, &r, p->column, value, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

static int keep_shown(struct store *s, const struct place *p, struct err *e)
{
	return journal_settle(store_journal(s), p->table, p->pk, p->column, e);
}

static int settle_mark(struct store *s, const struct place *p, const char *value, struct err *e)
{
	if (strcmp(value, "1") == 0 || text_same(value, _("removed")))
		return remove_it(s, p, e);
	if (strcmp(value, "0") == 0 || text_same(value, _("there")))
		return keep_shown(s, p, e);
	return err_set(e, ERR_REFUSED, _("the record is either “%s” or “%s”"), _("there"), _("removed"));
}

static int settle_value(struct store *s, const struct place *p, const char *value, struct err *e)
{
	const struct field *f = label_field(p->table, p->column);
	struct buf parsed = BUF_INIT;
	int rc;
	if (!f)
		return err_set(e, ERR_REFUSED, _("this field is in no form; only the value that is shown can be kept"));
	rc = field_parse(s, f, value, &parsed, e);
	if (rc == 0 && strcmp(parsed.data, p->shown) == 0)
		rc = keep_shown(s, p, e);
	else if (rc == 0)
		rc = f->in_programme ? change_participation(s, p, parsed.data, e) : change_record(s, p, value, e);
	buf_release(&parsed);
	return rc;
}

static int settle(struct store *s, const struct place *p, const char *value, struct err *e)
{
	if (!p->shown)
		return err_set(e, ERR_REFUSED, _("there is no conflict in this field; somebody may have settled it meanwhile"));
	if (!value)
		return keep_shown(s, p, e);
	if (strcmp(p->column, "deleted") == 0)
		return settle_mark(s, p, value, e);
	/* What is shown need not be a value that could be entered now: it may name a record that was removed. */
	return strcmp(value, p->shown) == 0 ? keep_shown(s, p, e) : settle_value(s, p, value, e);
}

int conflict_settle(struct store *s, const char *table, const char *pk, const char *column, const char *value, struct err *e)
{
	struct place p = { table, pk, column, NULL };
	int rc;
	if (store_begin(s, e) != 0)
		return -1;
	rc = conflict_each(store_journal(s), find_place, &p, e);
	if (rc == 0)
		rc = settle(s, &p, value, e);
	free(p.shown);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- by the field's name --- */

struct wanted {
	const struct record_type *type;
	const char *id, *field;
	char *table, *pk, *column;
};

static int find_field(void *context, const struct conflict_line *c, struct err *e)
{
	struct wanted *w = context;
	(void)e;
	if (w->table || c->type != w->type || strcmp(c->id, w->id) != 0 || (strcmp(c->column, w->field) != 0 && !text_same(c->field, w->field)))
		return 0;
	w->table = mem_dup(c->table);
	w->pk = mem_dup(c->pk);
	w->column = mem_dup(c->column);
	return 0;
}

int conflict_settle_field(struct store *s, const struct record_type *type, const char *id, const char *field, const char *value, struct err *e)
{
	struct wanted w = { type, id, field, NULL, NULL, NULL };
	int rc = conflicts_each(s, find_field, &w, e);
	if (rc == 0 && !w.table)
		rc = err_set(e, ERR_REFUSED, _("there is no conflict in this field; “conflicts list” tells where there are some"));
	else if (rc == 0)
		rc = conflict_settle(s, w.table, w.pk, w.column, value, e);
	free(w.table);
	free(w.pk);
	free(w.column);
	return rc;
}
