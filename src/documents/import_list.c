/* A list into the store: one transaction, a savepoint a row. What a row does is import_person.c's, import_seminar.c's and their like. */
#include "documents/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/import_register.h"
#include "documents/vcard.h"

enum { LIST_BYTES_MAX = 64 << 20 };

struct import_list {
	enum import_kind kind;
	struct csv_table table;
	bool contacts;				/* out of a telephone */
	bool new_people;
	struct import_map map;			/* what a person told, and what was told of such a list before */
	bool told;				/* something was told of this one */
	char *said[COLUMN_KINDS];		/* NULL: nothing */
	struct import_answers answers;
};

static const import_take_fn takes[IMPORT_KINDS] = {
	[IMPORT_PEOPLE] = import_person, [IMPORT_SEMINARS] = import_seminar, [IMPORT_ATTENDANCE] = import_attendance,
	[IMPORT_APPLICATIONS] = import_application,
};

struct import {
	struct store *s;
	struct import_list *list;
	struct import_header header;
	struct import_register with;
	struct import_result *out;
	import_row_fn each;
	void *context;
};

/* --- rows --- */

static void add_problem(struct import_result *out, int line, const char *text)
{
	out->problem = mem_resize(out->problem, (size_t)out->problems + 1, sizeof *out->problem);
	out->problem[out->problems++] = (struct import_problem){ .line = line, .text = mem_dup(text) };
}

static void count(struct import_result *out, enum import_fate fate)
{
	out->rows++;
	out->seen++;
	out->taken += fate == IMPORT_NEW;
	out->changed += fate == IMPORT_CHANGED;
	out->known += fate == IMPORT_SAME;
}

/* What a row is called when it is told of. */
static const char *name_of(const struct import *m, const struct import_entry *n)
{
	const struct buf *name = &n->text[m->list->kind == IMPORT_SEMINARS ? COLUMN_TITLE : COLUMN_NAME];
	return name->len ? name->data : n->text[COLUMN_PERSON].data;
}

/* The row as it became, or why it did not. */
static int report(struct import *m, const struct import_entry *n, enum import_fate fate, const char *words, struct err *e)
{
	const struct import_question *asked = fate == IMPORT_REFUSED && import_question_asked(&m->with.question) ? &m->with.question : NULL;
	struct import_row told = { n->line, name_of(m, n), fate, words, asked };
	count(m->out, fate);
	m->out->asked += asked != NULL;
	return m->each ? m->each(m->context, &told, e) : 0;
}

static int refuse_row(struct import *m, const struct import_entry *n, struct err *why, struct err *e)
{
	struct err plain = *why;
	if (*name_of(m, n))
		err_prefix(why, "%s", name_of(m, n));
	add_problem(m->out, n->line, why->text);
	return report(m, n, IMPORT_REFUSED, plain.text, e);
}

/* 0 for a row that was taken, known or reported; -1 when the store itself fails. */
static int take_entry(struct import *m, struct import_entry *n, struct err *e)
{
	struct err why = ERR_INIT;
	struct buf words = BUF_INIT;
	enum import_fate fate = IMPORT_REFUSED;
	import_question_clear(&m->with.question);
	if (store_begin(m->s, e) != 0)
		return -1;
	int rc = takes[m->list->kind](&m->with, n, &fate, &words, &why);
	if (rc == 0) {
		rc = store_commit(m->s, e) == 0 ? report(m, n, fate, words.data, e) : -1;
	} else {
		store_rollback(m->s);
		/* Not the row's fault: the store is damaged, the person stopped it, or SQLite itself gave the whole transaction up for want of room. */
		if (why.code != ERR_REFUSED || store_interrupted(m->s) || sqlite3_get_autocommit(store_db(m->s))) {
			if (e)
				*e = why;
		} else {
			rc = refuse_row(m, n, &why, e);
		}
	}
	buf_release(&words);
	return rc;
}

static int take_row(struct import *m, const struct csv_row *row, struct err *e)
{
	struct import_entry n;
	import_entry_read(&n, &m->header, row);
	for (int c = 0; c < COLUMN_KINDS; c++)
		if (m->list->said[c] && n.text[c].len == 0)
			buf_adds(&n.text[c], m->list->said[c]);
	int rc = take_entry(m, &n, e);
	import_entry_release(&n);
	return rc;
}

static bool is_total(const struct csv_row *row)
{
	static const char *const words[] = { "итого", "всего", "total" };
	struct buf folded = BUF_INIT;
	bool total = false;
	int first = 0;
	while (first < row->count && !*row->cell[first])
		first++;
	if (first < row->count)
		text_fold(row->cell[first], strlen(row->cell[first]), &folded);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		total |= strncmp(folded.data, words[i], n) == 0 && strchr(" .-", folded.data[n]);
	}
	buf_release(&folded);
	return total;
}

/* Rows that hold nothing: empty ones, the header again on the next page, the line «1, 2, 3 …» that forms have under it, and totals. */
static bool is_filling(const struct import *m, const struct csv_row *row)
{
	const struct csv_row *header = &m->list->table.row[m->header.row];
	bool empty = true, repeated = row->count == header->count, numbered = true;
	for (int i = 0; i < row->count; i++) {
		char number[16];
		size_t blank = strspn(row->cell[i], " \t\n");
		snprintf(number, sizeof number, "%d", i + 1);
		empty &= row->cell[i][blank] == '\0' || strcmp(row->cell[i], "\xc2\xa0") == 0;
		repeated = repeated && strcmp(row->cell[i], header->cell[i]) == 0;
		numbered &= strcmp(row->cell[i], number) == 0 || (i > 0 && !*row->cell[i]);
	}
	return empty || repeated || (numbered && row->count > 1 && *row->cell[1]) || is_total(row);
}

static int take_rows(struct import *m, struct err *e)
{
	const struct csv_table *t = &m->list->table;
	for (int i = m->header.row + 1; i < t->count; i++)
		if (!is_filling(m, &t->row[i]) && take_row(m, &t->row[i], e) != 0)
			return -1;
	return 0;
}

static void list_ignored(struct import *m)
{
	for (int i = 0; i < m->header.count; i++) {
		const char *title = import_header_title(&m->header, &m->list->table, i);
		if (m->header.column[i] != COLUMN_UNKNOWN || !*title)
			continue;
		m->out->ignored = mem_resize(m->out->ignored, (size_t)m->out->ignored_count + 1, sizeof *m->out->ignored);
		m->out->ignored[m->out->ignored_count++] = mem_dup(title);
	}
}

/* --- the list --- */

/* What was told of a list with one of these rows as titles is known again. */
static int find_header(struct import_list *l, struct store *s, bool any_row, struct import_header *h, struct err *e)
{
	enum { TITLE_ROWS = 40 };
	for (int i = 0; i < l->table.count && i < TITLE_ROWS; i++)
		import_map_recall(&l->map, s, &l->table.row[i]);
	return import_header_find(&l->table, l->kind, &l->map, any_row, h, e);
}

static int take_table(struct import *m, bool dry_run, struct err *e)
{
	if (store_begin(m->s, e) != 0)
		return -1;
	int rc = import_register_begin(&m->with, m->s, e);
	if (rc == 0)
		rc = take_rows(m, e);
	if (import_register_end(&m->with, rc == 0 ? e : NULL) != 0)
		rc = -1;
	if (rc == 0 && !dry_run && m->list->told)
		rc = import_map_remember(&m->list->map, m->s, &m->list->table.row[m->header.row], e);
	if (rc == 0 && !dry_run)
		return store_commit(m->s, e);
	store_rollback(m->s);
	return rc;
}

int import_list_run(struct store *s, struct import_list *l, bool dry_run, import_row_fn each, void *context, struct import_result *out, struct err *e)
{
	struct import m = { .s = s, .list = l, .out = out, .each = each, .context = context };
	*out = (struct import_result){ .charset = l->table.charset };
	m.with.new_people = l->new_people;
	m.with.answers = &l->answers;
	int rc = find_header(l, s, false, &m.header, e);
	if (rc == 0) {
		list_ignored(&m);
		store_grow_cache(s);
		rc = take_table(&m, dry_run, e);
		store_shrink_cache(s);
	}
	if (rc != 0)
		import_result_release(out);
	return rc;
}

struct import_list *import_list_of(enum import_kind kind, const char *data, size_t len, const char *charset, struct err *e)
{
	struct import_list *l = mem_zero(1, sizeof *l);
	l->kind = l->map.kind = kind;
	l->contacts = vcard_is(data, len);
	if (l->contacts && kind != IMPORT_PEOPLE)
		err_set(e, ERR_REFUSED, _("these are contacts of a telephone: they are people and nothing else"));
	else if ((l->contacts ? vcard_read : csv_read)(data, len, charset, &l->table, e) == 0)
		return l;
	import_list_close(l);
	return NULL;
}

struct import_list *import_list_open(enum import_kind kind, const char *path, const char *charset, struct err *e)
{
	struct buf file = BUF_INIT;
	struct import_list *l = NULL;
	if (fs_read(path, LIST_BYTES_MAX, false, &file, e) == 0)
		l = import_list_of(kind, file.data, file.len, charset, e);
	buf_release(&file);
	return l;
}

void import_list_close(struct import_list *l)
{
	if (!l)
		return;
	csv_release(&l->table);
	import_map_release(&l->map);
	for (int c = 0; c < COLUMN_KINDS; c++)
		free(l->said[c]);
	for (int i = 0; i < l->answers.count; i++) {
		free(l->answers.answer[i].typed);
		free(l->answers.answer[i].value);
	}
	free(l->answers.answer);
	free(l);
}

enum import_kind import_list_kind(const struct import_list *l)
{
	return l->kind;
}

/* --- what is told --- */

void import_list_new_people(struct import_list *l, bool allowed)
{
	l->new_people = allowed;
}

void import_list_say(struct import_list *l, enum import_column column, const char *text)
{
	free(l->said[column]);
	l->said[column] = *text ? mem_dup(text) : NULL;
}

int import_list_say_pair(struct import_list *l, const char *pair, struct err *e)
{
	/* One pair: a text may hold commas. */
	const char *equals = strchr(pair, '=');
	if (!equals)
		return err_set(e, ERR_USAGE, _("what every row says is told as “field=text”"));
	char *name = mem_dupn(pair, (size_t)(equals - pair));
	enum import_column column = import_column_by_name(l->kind, name);
	int rc = column > COLUMN_SKIPPED ? 0 : err_set(e, ERR_USAGE, _("a list of %s has no field “%s”"), import_kind_names[l->kind], name);
	if (rc == 0)
		import_list_say(l, column, equals + 1);
	free(name);
	return rc;
}

int import_list_map(struct import_list *l, const char *pairs, struct err *e)
{
	l->told = true;
	return import_map_read(&l->map, pairs, e);
}

void import_list_answer(struct import_list *l, int line, enum import_column column, const char *typed, const char *value)
{
	struct import_answers *a = &l->answers;
	a->answer = mem_resize(a->answer, (size_t)a->count + 1, sizeof *a->answer);
	a->answer[a->count++] = (struct import_answer){ line, column, mem_dup(typed), mem_dup(value) };
}

static const char *example(const struct csv_table *t, int first, int column)
{
	enum { LOOKED_AT = 200 };
	for (int i = first; i < t->count && i < first + LOOKED_AT; i++)
		if (column < t->row[i].count && *t->row[i].cell[column])
			return t->row[i].cell[column];
	return "";
}

int import_list_columns(struct import_list *l, struct store *s, bool any_row, struct import_told_columns *out, struct err *e)
{
	struct import_header h;
	*out = (struct import_told_columns){ 0 };
	if (find_header(l, s, any_row, &h, e) != 0)
		return -1;
	out->column = mem_zero((size_t)h.count + 1, sizeof *out->column);
	out->count = h.count;
	for (int i = 0; i < h.count; i++)
		out->column[i] = (struct import_told){ import_header_title(&h, &l->table, i), example(&l->table, h.row + 1, i), h.column[i] };
	return 0;
}

void import_told_columns_release(struct import_told_columns *c)
{
	free(c->column);
	*c = (struct import_told_columns){ 0 };
}

void import_list_tell(struct import_list *l, const char *title, enum import_column column)
{
	l->told = true;
	import_map_tell(&l->map, title, column);
}

/* --- people, the short way --- */

int import_people(struct store *s, const char *path, const char *charset, bool dry_run, struct import_result *out, struct err *e)
{
	*out = (struct import_result){ 0 };
	struct import_list *l = import_list_open(IMPORT_PEOPLE, path, charset, e);
	int rc = l ? import_list_run(s, l, dry_run, NULL, NULL, out, e) : -1;
	import_list_close(l);
	return rc;
}

void import_result_release(struct import_result *r)
{
	for (int i = 0; i < r->problems; i++)
		free(r->problem[i].text);
	for (int i = 0; i < r->ignored_count; i++)
		free(r->ignored[i]);
	free(r->problem);
	free(r->ignored);
	*r = (struct import_result){ 0 };
}
