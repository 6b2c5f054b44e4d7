/* What a group was, and what undoing it would do, in words. */
#include "records/undo.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/label.h"
#include "records/undo_private.h"

enum { TYPES_MOST = 3, FIELDS_MOST = 3, VALUE_MOST = 60 };

void undo_value(struct store *s, const char *table, const char *column, const struct value *v, struct buf *out)
{
	struct buf kept = BUF_INIT, shown = BUF_INIT;
	size_t len;

	if (v->type == VALUE_INTEGER)
		buf_addi(&kept, v->number);
	else if (v->type == VALUE_TEXT)
		buf_add(&kept, v->text, v->len);
	if (kept.len > 0)
		label_value(s, table, column, kept.data, &shown);
	len = strcspn(shown.data, "\n");
	if (text_width(shown.data, len) > VALUE_MOST || len < shown.len) {
		buf_add(out, shown.data, text_fit(shown.data, len, VALUE_MOST));
		buf_adds(out, "…");
	} else {
		buf_adds(out, shown.len > 0 ? shown.data : "—");
	}
	buf_release(&kept);
	buf_release(&shown);
}

void undo_name(struct store *s, const char *table, const char *pk, struct buf *out)
{
	const struct record_type *type = label_type(table);

	if (type == NULL)
		return;
	record_name(s, type, label_record(table, pk), out);
}

/* --- one line --- */

enum deed { DEED_NONE, DEED_ADDED, DEED_REMOVED, DEED_BACK, DEED_SETTLED, DEED_CHANGED };

struct described {
	struct store *s;
	struct { const struct record_type *type; int64_t count; char table[32], pk[RECORD_ID_SIZE]; } kind[TYPES_MOST];
	int kinds;
	bool more_kinds, more_fields;
	const char *field[FIELDS_MOST];		/* translated labels */
	int fields;
	const struct record_type *last_type;	/* the record of the entry before */
	char last_id[RECORD_ID_SIZE];
	enum deed deed;
};

static enum deed deed_of(const struct undo_entry *entry)
{
	bool settled = false;

	if (entry->insert)
		return DEED_ADDED;
	for (int i = 0; i < entry->count; i++) {
		if (strcmp(entry->change[i].column->name, "deleted") == 0)
			return entry->change[i].after.number == 1 ? DEED_REMOVED : DEED_BACK;
		settled = settled || entry->change[i].settled;
	}
	return settled ? DEED_SETTLED : DEED_CHANGED;
}

static void add_kind(struct described *d, const struct record_type *type, const struct undo_entry *entry)
{
	for (int i = 0; i < d->kinds; i++)
		if (d->kind[i].type == type) {
			d->kind[i].count++;
			return;
		}
	if (d->kinds == TYPES_MOST) {
		d->more_kinds = true;
		return;
	}
	d->kind[d->kinds].type = type;
	d->kind[d->kinds].count = 1;
	snprintf(d->kind[d->kinds].table, sizeof d->kind[0].table, "%s", entry->table);
	memcpy(d->kind[d->kinds++].pk, entry->pk, RECORD_ID_SIZE);
}

static void add_field(struct described *d, const char *label)
{
	for (int i = 0; i < d->fields; i++)
		if (strcmp(d->field[i], label) == 0)
			return;
	if (d->fields == FIELDS_MOST)
		d->more_fields = true;
	else
		d->field[d->fields++] = label;
}

static int add_entry(void *context, const struct undo_entry *entry, struct err *e)
{
	struct described *d = context;
	const struct record_type *type = label_type(entry->table);
	const char *id = label_record(entry->table, entry->pk);
	enum deed deed = deed_of(entry);
	bool same;

	(void)e;
	if (type == NULL)
		return 0;
	same = type == d->last_type && strcmp(id, d->last_id) == 0;
	if (!same)
		add_kind(d, type, entry);
	d->last_type = type;
	snprintf(d->last_id, sizeof d->last_id, "%s", id);
	if (d->deed == DEED_NONE)
		d->deed = deed;
	else if (!same && d->deed != deed)
		d->deed = DEED_CHANGED;
	if (deed == DEED_CHANGED || deed == DEED_SETTLED)
		for (int i = 0; i < entry->count; i++)
			add_field(d, label_column(entry->table, entry->change[i].column->name));
	return 0;
}

static const char *deed_word(enum deed deed)
{
	switch (deed) {
	/* TRANSLATORS: what was done, before a colon and the records: «добавлено: Человек «Галимова Айгуль»» */
	case DEED_ADDED: return _("added");
	case DEED_REMOVED: return _("removed");
	case DEED_BACK: return _("brought back");
	case DEED_SETTLED: return _("conflict settled");
	default: return _("changed");
	}
}

static void tell_kind(const struct described *d, int i, struct buf *out)
{
	struct buf name = BUF_INIT;

	if (d->kind[i].count == 1)
		undo_name(d->s, d->kind[i].table, d->kind[i].pk, &name);
	if (name.len > 0)
		buf_addf(out, _("%s “%s”"), _(d->kind[i].type->title), name.data);
	else
		buf_addf(out, "%s (%lld)", _(d->kind[i].type->title), (long long)d->kind[i].count);
	buf_release(&name);
}

void undo_describe(struct store *s, const struct undo_group *g, struct buf *out)
{
	struct described d = { .s = s };

	if (!undo_whole(g)) {
		buf_addf(out, P_("%lld change at once", "%lld changes at once", undo_size(g)), (long long)undo_size(g));
		return;
	}
	undo_each(g, add_entry, &d, NULL);
	buf_addf(out, "%s: ", deed_word(d.deed));
	for (int i = 0; i < d.kinds; i++) {
		buf_adds(out, i > 0 ? ", " : "");
		tell_kind(&d, i, out);
	}
	buf_adds(out, d.more_kinds ? " …" : "");
	for (int i = 0; i < d.fields && (d.deed == DEED_CHANGED || d.deed == DEED_SETTLED); i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : " · ", d.field[i]);
	buf_adds(out, d.fields > 0 && d.more_fields ? " …" : "");
}

/* --- line by line --- */

struct lines {
	struct store *s;
	enum undo_way way;
	int most;
	int64_t records, gone, back;	/* of the group: records, and those that would be removed, or brought back */
	const struct record_type *last_type;
	char last_id[RECORD_ID_SIZE];
	int64_t count;
	undo_line_fn each;
	void *context;
};

static const struct value *change_from(const struct lines *l, const struct undo_change *c)
{
	return l->way == UNDO_BACK ? &c->after : &c->before;
}

static const struct value *change_to(const struct lines *l, const struct undo_change *c)
{
	return l->way == UNDO_BACK ? &c->before : &c->after;
}

/* That a record comes or goes is one line for all of them: their names are in the line above. */
static bool is_mark(const struct undo_change *c)
{
	return strcmp(c->column->name, "deleted") == 0 && !c->settled;
}

/* A person's row, and role and stage, are one record to people. */
static int count_records(void *context, const struct undo_entry *entry, struct err *e)
{
	struct lines *l = context;
	const struct record_type *type = label_type(entry->table);
	const char *id = label_record(entry->table, entry->pk);

	(void)e;
	if (type == NULL || (type == l->last_type && strcmp(id, l->last_id) == 0))
		return 0;
	l->last_type = type;
	snprintf(l->last_id, sizeof l->last_id, "%s", id);
	l->records++;
	for (int i = 0; i < entry->count && !entry->forgotten; i++)
		if (is_mark(&entry->change[i]))
			*(change_to(l, &entry->change[i])->number == 1 ? &l->gone : &l->back) += 1;
	return 0;
}

static void give(struct lines *l, const char *line)
{
	if (l->count++ < l->most)
		l->each(l->context, line);
}

/* «Запись: есть → удалено (12)» */
static void tell_marks(struct lines *l, int64_t count, const char *from, const char *to)
{
	struct buf line = BUF_INIT;

	if (count == 0)
		return;
	buf_addf(&line, "%s: ", label_column("", "deleted"));
	label_value(l->s, "", "deleted", from, &line);
	buf_adds(&line, " → ");
	label_value(l->s, "", "deleted", to, &line);
	if (count > 1)
		buf_addf(&line, " (%lld)", (long long)count);
	give(l, line.data);
	buf_release(&line);
}

static void tell_change(struct lines *l, const struct undo_entry *entry, const struct undo_change *c)
{
	struct buf line = BUF_INIT, name = BUF_INIT;

	if (l->records > 1)
		undo_name(l->s, entry->table, entry->pk, &name);
	buf_addf(&line, "%s%s%s: ", name.data, name.len > 0 ? " · " : "", label_column(entry->table, c->column->name));
	undo_value(l->s, entry->table, c->column->name, change_from(l, c), &line);
	buf_adds(&line, " → ");
	undo_value(l->s, entry->table, c->column->name, change_to(l, c), &line);
	if (c->settled)
		buf_addf(&line, " · %s", _("the conflict stays settled"));
	give(l, line.data);
	buf_release(&line);
	buf_release(&name);
}

static int add_lines(void *context, const struct undo_entry *entry, struct err *e)
{
	struct lines *l = context;

	(void)e;
	for (int i = 0; i < entry->count && !entry->forgotten; i++) {
		if (is_mark(&entry->change[i]))
			continue;
		if (l->count < l->most)
			tell_change(l, entry, &entry->change[i]);
		else
			l->count++;
	}
	return 0;
}

int64_t undo_lines(struct store *s, const struct undo_group *g, enum undo_way way, int most, undo_line_fn each, void *context)
{
	struct lines l = { .s = s, .way = way, .most = most, .each = each, .context = context };

	undo_each(g, count_records, &l, NULL);
	tell_marks(&l, l.gone, "0", "1");
	tell_marks(&l, l.back, "1", "0");
	undo_each(g, add_lines, &l, NULL);
	return l.count;
}
