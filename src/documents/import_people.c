/* A list of people into the register: one transaction, a savepoint a row. What a row does is import_person.c's. */
#include "documents/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/import_person.h"

enum { LIST_BYTES_MAX = 64 << 20 };

struct import_list {
	struct buf file;
	char *charset;			/* as asked for; NULL: to be found */
};

struct import {
	struct store *s;
	const struct csv_table *table;
	struct import_header header;
	struct import_register people;
	struct import_result *out;
	import_row_fn each;
	void *context;
};

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

/* The row as it became, or why it did not. */
static int report(struct import *m, const struct csv_row *row, const struct import_entry *n, enum import_fate fate, const char *words, struct err *e)
{
	struct import_row told = { row->line, n->text[COLUMN_NAME].data, fate, words };
	count(m->out, fate);
	return m->each ? m->each(m->context, &told, e) : 0;
}

static int refuse_row(struct import *m, const struct csv_row *row, const struct import_entry *n, struct err *why, struct err *e)
{
	struct err plain = *why;
	if (n->text[COLUMN_NAME].len > 0)
		err_prefix(why, "%s", n->text[COLUMN_NAME].data);
	add_problem(m->out, row->line, why->text);
	return report(m, row, n, IMPORT_REFUSED, plain.text, e);
}

/* 0 for a row that was taken, known or reported; -1 when the store itself fails. */
static int take_entry(struct import *m, const struct csv_row *row, struct import_entry *n, struct err *e)
{
	struct err why = ERR_INIT;
	struct buf words = BUF_INIT;
	enum import_fate fate = IMPORT_REFUSED;
	if (store_begin(m->s, e) != 0)
		return -1;
	int rc = import_person(&m->people, n, &fate, &words, &why);
	if (rc == 0) {
		rc = store_commit(m->s, e) == 0 ? report(m, row, n, fate, words.data, e) : -1;
	} else {
		store_rollback(m->s);
		/* Not the row's fault: the store is damaged, the person stopped it, or SQLite itself gave the whole transaction up for want of room. */
		if (why.code != ERR_REFUSED || store_interrupted(m->s) || sqlite3_get_autocommit(store_db(m->s))) {
			if (e)
				*e = why;
		} else {
			rc = refuse_row(m, row, n, &why, e);
		}
	}
	buf_release(&words);
	return rc;
}

static int take_row(struct import *m, const struct csv_row *row, struct err *e)
{
	struct import_entry n;
	import_entry_read(&n, &m->header, row);
	int rc = take_entry(m, row, &n, e);
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

/* Rows that hold no person: empty ones, the header again on the next page, the line «1, 2, 3 …» that forms have under it, and totals. */
static bool is_filling(const struct import *m, const struct csv_row *row)
{
	const struct csv_row *header = &m->table->row[m->header.row];
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
	for (int i = m->header.row + 1; i < m->table->count; i++)
		if (!is_filling(m, &m->table->row[i]) && take_row(m, &m->table->row[i], e) != 0)
			return -1;
	return 0;
}

static void list_ignored(struct import *m)
{
	for (int i = 0; i < m->header.count; i++) {
		const char *title = import_header_title(&m->header, m->table, i);
		if (m->header.column[i] != COLUMN_UNKNOWN || !*title)
			continue;
		m->out->ignored = mem_resize(m->out->ignored, (size_t)m->out->ignored_count + 1, sizeof *m->out->ignored);
		m->out->ignored[m->out->ignored_count++] = mem_dup(title);
	}
}

static int take_table(struct import *m, bool dry_run, struct err *e)
{
	if (store_begin(m->s, e) != 0)
		return -1;
	int rc = import_register_begin(&m->people, m->s, e);
	if (rc == 0)
		rc = take_rows(m, e);
	if (import_register_end(&m->people, rc == 0 ? e : NULL) != 0)
		rc = -1;
	if (rc == 0 && !dry_run)
		return store_commit(m->s, e);
	store_rollback(m->s);
	return rc;
}

int import_list_run(struct store *s, const struct import_list *l, bool dry_run, import_row_fn each, void *context, struct import_result *out, struct err *e)
{
	struct csv_table table = { 0 };
	struct import m = { .s = s, .table = &table, .out = out, .each = each, .context = context };
	*out = (struct import_result){ 0 };
	int rc = csv_read(l->file.data, l->file.len, l->charset, &table, e);
	out->charset = table.charset;
	if (rc == 0 && (rc = import_header_find(&table, &m.header, e)) == 0) {
		list_ignored(&m);
		store_grow_cache(s);
		rc = take_table(&m, dry_run, e);
		store_shrink_cache(s);
	}
	if (rc != 0)
		import_result_release(out);
	csv_release(&table);
	return rc;
}

struct import_list *import_list_open(const char *path, const char *charset, struct err *e)
{
	struct import_list *l = mem_zero(1, sizeof *l);
	buf_init(&l->file);
	l->charset = charset ? mem_dup(charset) : NULL;
	if (fs_read(path, LIST_BYTES_MAX, false, &l->file, e) == 0)
		return l;
	import_list_close(l);
	return NULL;
}

void import_list_close(struct import_list *l)
{
	if (!l)
		return;
	buf_release(&l->file);
	free(l->charset);
	free(l);
}

int import_people(struct store *s, const char *path, const char *charset, bool dry_run, struct import_result *out, struct err *e)
{
	*out = (struct import_result){ 0 };
	struct import_list *l = import_list_open(path, charset, e);
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
