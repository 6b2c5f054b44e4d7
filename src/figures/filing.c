#include "figures/filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "crypto/hash.h"
#include "figures/indicator.h"

enum { PART_MOST = 32 * 1024 };

static const struct field filing_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT, .required = true, .max = 60 },
	{ .name = "since", .label = N_("Since"), .kind = FIELD_DATE },
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DATE },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	/* TRANSLATORS: a number that proves that nothing was changed: «хеш» */
	{ .name = "hash", .label = N_("Hash"), .kind = FIELD_TEXT },
	{ .name = "summary", .label = N_("Figures"), .kind = FIELD_LONG_TEXT },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int check_name(struct store *s, const struct record *r, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT date FROM filing WHERE programme = ?1 AND search_fold(name) = search_fold(?2) AND id <> ?3 AND deleted = 0", e);
	char day[DATE_SIZE] = "";
	if (!st)
		return -1;
	store_bind_text(st, 1, record_get(r, "programme"));
	store_bind_text(st, 2, record_get(r, "name"));
	store_bind_text(st, 3, r->id);
	int rc = store_step(s, st, e);
	if (rc == 1)
		date_show(store_text(st, 0), day);
	if (rc >= 0)
		sqlite3_reset(st);
	if (rc != 1)
		return rc;
	return err_set(e, ERR_REFUSED, _("a report was filed under the name “%s” on %s; give another name"), record_get(r, "name"), day);
}

static int filing_check(struct store *s, const struct record *r, struct err *e)
{
	return check_name(s, r, e) == 0 ? record_check_period(r, "since", "until", e) : -1;
}

#define COLUMNS "name, since, until, date, hash, summary, note, programme"

const struct record_type filing_type = {
	.name = "filing",
	/* TRANSLATORS: a report as it was handed in to the fund that gives the grant: «Сданный отчёт» */
	.title = N_("Filed report"),
	.table = "filing",
	.fields = filing_fields,
	.count = sizeof filing_fields / sizeof *filing_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("filing", COLUMNS),
		.list = RECORD_SQL_LIST("filing", COLUMNS, "origin_hlc DESC, id"),
		RECORD_SQL_REST("filing", "name", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9")
	},
	.defaults = record_default_programme,
	.check = filing_check,
};

static const struct field filing_part_fields[] = {
	{ .name = "filing", .label = N_("Filed report"), .kind = FIELD_REFERENCE, .references = "filing", .required = true },
	{ .name = "figure", .label = N_("Figure"), .kind = FIELD_TEXT, .required = true },
	{ .name = "part", .label = N_("Part"), .kind = FIELD_NUMBER, .required = true },
	{ .name = "body", .label = N_("List"), .kind = FIELD_LONG_TEXT },
};

const struct record_type filing_part_type = {
	.name = "filing_part",
	.title = N_("List of a filed report"),
	.table = "filing_part",
	.fields = filing_part_fields,
	.count = sizeof filing_part_fields / sizeof *filing_part_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("filing_part", "filing, figure, part, body"),
		.list = RECORD_SQL_LIST("filing_part", "filing, figure, part, body", "filing, figure, part, id"),
		RECORD_SQL_REST("filing_part", "figure", "filing, figure, part, body", "?2,?3,?4,?5")
	},
};

/* --- collecting --- */

struct collecting { struct store *s; struct filing *f; struct filing_figure *figure; };

static int add_line(void *context, const char *id, int64_t number, struct err *e)
{
	struct collecting *c = context;
	struct filing_figure *g = c->figure;
	(void)e;
	/* Grow by doubling: at every power of two. */
	if ((g->count & (g->count - 1)) == 0)
		g->line = mem_resize(g->line, g->count > 0 ? 2 * (size_t)g->count : 1, sizeof *g->line);
	if ((c->f->texts & (c->f->texts - 1)) == 0)
		c->f->text = mem_resize(c->f->text, c->f->texts > 0 ? 2 * (size_t)c->f->texts : 1, sizeof *c->f->text);
	g->line[g->count++] = (struct filing_line){ c->f->text[c->f->texts++] = mem_dup(id), number };
	return 0;
}

static int add_indicator(void *context, const struct indicator *i, struct err *e)
{
	struct collecting *c = context;
	(void)e;
	c->f->indicator = mem_resize(c->f->indicator, (size_t)c->f->indicators + 1, sizeof *c->f->indicator);
	c->f->indicator[c->f->indicators++] = (struct filing_indicator){ mem_dup(i->key), i->has_target, i->planned, i->reached };
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct filing_figure *)a)->name, ((const struct filing_figure *)b)->name);
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct filing_indicator *)a)->key, ((const struct filing_indicator *)b)->key);
}

static int collect(struct store *s, struct filing *f, struct err *e)
{
	const struct figure_query q = { .since = f->head.since, .until = f->head.until };
	struct collecting c = { s, f, NULL };
	for (const struct figure *i = figure_list; i->name; i++) {
		f->figure = mem_resize(f->figure, (size_t)f->figures + 1, sizeof *f->figure);
		c.figure = &f->figure[f->figures++];
		*c.figure = (struct filing_figure){ .name = mem_dup(i->name) };
		if (figure_each_id(s, i, &q, add_line, &c, e) != 0)
			return -1;
		for (int k = 0; k < c.figure->count; k++)
			c.figure->value += c.figure->line[k].number;
	}
	if (indicator_each(s, NULL, add_indicator, &c, e) != 0)
		return -1;
	qsort(f->figure, (size_t)f->figures, sizeof *f->figure, by_name);
	if (f->indicators > 0)
		qsort(f->indicator, (size_t)f->indicators, sizeof *f->indicator, by_key);
	return 0;
}

/* --- writing --- */

static void write_summary(const struct filing *f, struct buf *out)
{
	buf_adds(out, "{\"figures\":{");
	for (int i = 0; i < f->figures; i++) {
		json_key(out, f->figure[i].name);
		json_int(out, f->figure[i].value);
	}
	buf_adds(out, "},\"indicators\":{");
	for (int i = 0; i < f->indicators; i++) {
		json_key(out, f->indicator[i].key);
		buf_addc(out, '[');
		if (f->indicator[i].has_target)
			json_int(out, f->indicator[i].target);
		else
			json_strings(out, NULL);
		buf_addf(out, ",%lld]", (long long)f->indicator[i].reached);
	}
	buf_adds(out, "}}");
}

static int save_part(struct store *s, const char *filing, const char *figure, int part, const char *body, struct err *e)
{
	char number[16];
	struct record r;
	record_init(&r, &filing_part_type);
	snprintf(number, sizeof number, "%d", part);
	record_put(&r, "filing", filing);
	record_put(&r, "figure", figure);
	record_put(&r, "part", number);
	record_put(&r, "body", body);
	int rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

static int save_parts(struct store *s, const char *filing, const struct filing_figure *g, struct err *e)
{
	struct buf body = BUF_INIT;
	int part = 0, rc = 0;
	for (int i = 0; i < g->count && rc == 0; i++) {
		buf_addf(&body, "%s%s %lld", body.len > 0 ? "\n" : "", g->line[i].id, (long long)g->line[i].number);
		if (i + 1 < g->count && body.len + RECORD_ID_SIZE + 24 < PART_MOST)
			continue;
		rc = save_part(s, filing, g->name, ++part, body.data, e);
		buf_reset(&body);
	}
	buf_release(&body);
	return rc;
}

static int save(struct store *s, struct record *r, const struct filing *f, struct err *e)
{
	struct buf text = BUF_INIT, summary = BUF_INIT;
	unsigned char hash[HASH_SIZE];
	char hex[HASH_HEX_SIZE];
	filing_canonical(f, &text);
	hash_of(text.data, text.len, hash);
	hash_hex(hash, sizeof hash, hex);
	write_summary(f, &summary);
	record_put(r, "hash", hex);
	record_put(r, "summary", summary.data);
	int rc = record_save(s, r, e);
	for (int i = 0; i < f->figures && rc == 0; i++)
		rc = save_parts(s, r->id, &f->figure[i], e);
	buf_release(&text);
	buf_release(&summary);
	return rc;
}

static int begin(struct store *s, struct record *r, const char *name, const char *since, const char *until, struct err *e)
{
	char today[DATE_SIZE];
	date_today(today);
	if (record_new(s, r, &filing_type, e) != 0)
		return -1;
	record_put(r, "date", today);
	if (record_set(s, r, "name", name, e) == 0 && record_set(s, r, "since", since ? since : "", e) == 0 &&
	    record_set(s, r, "until", until ? until : "", e) == 0)
		return 0;
	record_release(r);
	return -1;
}

int filing_make(struct store *s, const char *name, const char *since, const char *until, char id[RECORD_ID_SIZE], struct err *e)
{
	struct filing f = { .figures = 0 };
	struct record r;
	if (store_begin(s, e) != 0)
		return -1;
	int rc = begin(s, &r, name, since, until, e);
	if (rc == 0) {
		snprintf(f.programme, sizeof f.programme, "%s", record_get(&r, "programme"));
		snprintf(f.head.name, sizeof f.head.name, "%s", record_get(&r, "name"));
		snprintf(f.head.since, sizeof f.head.since, "%s", record_get(&r, "since"));
		snprintf(f.head.until, sizeof f.head.until, "%s", record_get(&r, "until"));
		snprintf(f.head.date, sizeof f.head.date, "%s", record_get(&r, "date"));
		/* Refused before the figures are counted. */
		rc = filing_check(s, &r, e);
		if (rc == 0)
			rc = collect(s, &f, e);
		if (rc == 0)
			rc = save(s, &r, &f, e);
		snprintf(id, RECORD_ID_SIZE, "%s", r.id);
		record_release(&r);
	}
	filing_release(&f);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- which there are --- */

#define HEADS "SELECT id, name, since, until, date, hash, origin_hlc >> 16 FROM filing WHERE programme = ?1 AND deleted = 0"

static void read_head(sqlite3_stmt *st, struct filing_head *f)
{
	*f = (struct filing_head){ .ms = sqlite3_column_int64(st, 6) };
	snprintf(f->id, sizeof f->id, "%s", store_text(st, 0));
	snprintf(f->name, sizeof f->name, "%s", store_text(st, 1));
	snprintf(f->since, sizeof f->since, "%s", store_text(st, 2));
	snprintf(f->until, sizeof f->until, "%s", store_text(st, 3));
	snprintf(f->date, sizeof f->date, "%s", store_text(st, 4));
	snprintf(f->hash, sizeof f->hash, "%s", store_text(st, 5));
}

int filing_each(struct store *s, filing_fn each, void *context, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	struct filing_head head;
	sqlite3_stmt *st;
	int rc;
	if (programme_current(s, programme, e) != 0 || !(st = store_prepare_once(s, HEADS " ORDER BY origin_hlc DESC, id", e)))
		return -1;
	store_bind_text(st, 1, programme);
	while ((rc = store_step(s, st, e)) == 1) {
		read_head(st, &head);
		if (each(context, &head, e) != 0)
			break;
	}
	sqlite3_finalize(st);
	return rc == 0 ? 0 : -1;
}

int filing_last(struct store *s, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (programme_current(s, programme, e) != 0)
		return -1;
	return record_query_id(s, HEADS " ORDER BY origin_hlc DESC, id LIMIT 1", (const char *const[]){ programme, NULL }, id, e);
}

int filing_find(struct store *s, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st;
	int found = 0, rc;
	if (programme_current(s, programme, e) != 0 ||
	    !(st = store_prepare(s, HEADS " AND search_fold(name) = search_fold(?2) LIMIT 2", e)))
		return -1;
	store_bind_text(st, 1, programme);
	store_bind_text(st, 2, typed);
	while ((rc = store_step(s, st, e)) == 1 && ++found)
		snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 0));
	if (rc < 0)
		return -1;
	sqlite3_reset(st);
	if (found == 1)
		return 0;
	return record_resolve(s, &filing_type, typed, id, e);		/* by id, or with words that name them all */
}
