#include "tests/histories/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/journal.h"
#include "store/merge.h"
#include "schema/table.h"
#include "tests/unit/test.h"

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct lines *l)
{
	l->line = malloc((l->text.len + 1) * sizeof *l->line);
	l->count = 0;
	for (char *line = strtok(l->text.data, "\n"); line != NULL; line = strtok(NULL, "\n"))
		l->line[l->count++] = line;
	qsort(l->line, l->count, sizeof *l->line, by_text);
}

void lines_release(struct lines *l)
{
	free(l->line);
	buf_release(&l->text);
}

/* A value on one line. */
static void add_value(struct buf *out, const char *text)
{
	buf_addc(out, '|');
	for (; *text != '\0'; text++)
		buf_addc(out, *text == '\n' ? ' ' : *text);
}

/* The text of a statement stays where it is: it is prepared once. */
static void add_rows(struct store *s, const char *what, const char *sql, struct buf *out)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare(s, sql, &e);

	if (st == NULL)
		test_note("%s: %s", sql, e.text);
	while (st != NULL && store_step(s, st, &e) == 1) {
		buf_adds(out, what);
		for (int c = 0; c < sqlite3_column_count(st); c++)
			add_value(out, store_text(st, c));
		buf_addc(out, '\n');
	}
	sqlite3_reset(st);
}

static void write_query(const struct table *t, struct buf *sql)
{
	buf_init(sql);
	buf_addf(sql, "SELECT '%s', r.id, r.origin_hlc, d.tag", t->name);
	for (int c = 0; c < t->count; c++)
		buf_addf(sql, ", nullif(r.\"%s\", '')", t->columns[c].name);
	buf_addf(sql, " FROM \"%s\" r LEFT JOIN device d ON d.no = r.origin_dev", t->name);
}

/* A line begins with what it is, its table and its id. */
static void add_records(struct store *s, struct buf *out)
{
	static struct buf query[TABLES_MOST];

	for (int i = 0; tables[i] != NULL; i++) {
		if (query[i].len == 0)
			write_query(tables[i], &query[i]);
		add_rows(s, "row", query[i].data, out);
	}
}

static int add_conflict(void *context, const struct conflict *c, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "conflict|%s|%s|%s", c->table, c->id, c->column);
	for (int i = 0; i < c->count; i++) {
		buf_addf(out, "|%llu/%s", (unsigned long long)c->heads[i].hlc, c->heads[i].tag);
		add_value(out, c->heads[i].value != NULL ? c->heads[i].value : "~");
	}
	buf_addc(out, '\n');
	return 0;
}

#define OPERATIONS(body) "SELECT t.name, o.pk, o.hlc, d.tag, o.seq, o.kind, " body " FROM oplog o JOIN device d ON d.no = o.dev" \
	" JOIN dict_table t ON t.no = o.tbl WHERE o.kind <> 3 AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq)"

#define SEEN "SELECT t.name, h.pk, h.col, h.hlc, d.tag FROM seen h JOIN device d ON d.no = h.dev JOIN dict_table t ON t.no = h.tbl"

/* Once history is folded, replicas agree in what is shown, in the heads and in what a mark saw; of edits one may have more. */
void lines_read(struct store *s, bool folded, struct lines *l)
{
	struct err e = ERR_INIT;

	buf_init(&l->text);
	add_records(s, &l->text);
	add_rows(s, "operation", folded ? OPERATIONS("CASE o.kind WHEN 1 THEN " SET("o.body") " ELSE o.body END") : OPERATIONS("o.body"), &l->text);
	/* Somebody who is erased is not erased once more: of two who did it at the same time the others hear one. */
	add_rows(s, "erased", "SELECT t.name, e.pk, '' FROM erased e JOIN dict_table t ON t.no = e.tbl", &l->text);
	add_rows(s, "head", "SELECT t.name, h.pk, h.col, h.hlc, d.tag, h.value FROM head h JOIN device d ON d.no = h.dev JOIN dict_table t ON t.no = h.tbl",
	    &l->text);
	add_rows(s, "seen", folded ? SEEN " WHERE h.col = 1" : SEEN, &l->text);
	CHECK(conflict_each(store_journal(s), add_conflict, &l->text, &e) == 0);
	sort(l);
}

static bool holds(const struct lines *l, const char *line)
{
	return bsearch(&line, l->line, l->count, sizeof *l->line, by_text) != NULL;
}

/* Whether a line of the hub's is about a record of which the device has a row. */
static bool is_about(const struct lines *device, const char *line)
{
	const char *record = strchr(line, '|'), *table = record + 1, *id = strchr(table, '|') + 1, *end = strchr(id, '|');
	size_t low = 0, high = device->count;
	char key[200];
	int len = snprintf(key, sizeof key, "row|%.*s|", (int)(end - table), table);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strncmp(device->line[middle], key, (size_t)len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < device->count && strncmp(device->line[low], key, (size_t)len) == 0;
}

/* An edit that the other one folded: it was older than history is kept. */
static bool may_be_folded(const struct world *w, const char *line)
{
	const char *at = line;

	if (!w->years || strncmp(line, "operation|", 10) != 0)
		return false;
	for (int i = 0; i < 3 && at != NULL; i++)
		at = strchr(at, '|') + 1;
	if (!model_old(w, strtoull(at, NULL, 10)))
		return false;
	for (int i = 0; i < 3; i++)
		at = strchr(at, '|') + 1;
	return *at == '1';
}

bool lines_same(const struct world *w, const struct lines *device, const struct lines *hub, bool everything)
{
	int wrong = 0;

	for (size_t i = 0; i < device->count; i++)
		if (!holds(hub, device->line[i]) && !may_be_folded(w, device->line[i]) && wrong++ < 10)
			test_note("here alone: %.300s", device->line[i]);
	for (size_t i = 0; i < hub->count; i++)
		if ((everything || is_about(device, hub->line[i])) && !holds(device, hub->line[i]) && !may_be_folded(w, hub->line[i]) && wrong++ < 20)
			test_note("at the hub alone: %.300s", hub->line[i]);
	return CHECK(wrong == 0);
}
