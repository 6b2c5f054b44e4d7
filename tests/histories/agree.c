#include "tests/histories/agree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/history.h"
#include "store/journal.h"
#include "store/merge.h"
#include "schema/table.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/post.h"
#include "tests/unit/test.h"

#define DAY (24 * 3600 * INT64_C(1000))
#define OLD (160 * DAY)		/* history is kept for 365 days, but a clock may be 200 ahead */

enum { ROUNDS = 20, SPOKEN = 4 };

/* --- all meet */

static bool round_of(struct world *w, bool *busy)
{
	struct err e = ERR_INIT;
	struct hub_collected got;

	*busy = false;
	for (int i = 0; i < w->count; i++) {
		struct sync_report report;

		world_clock(w, &w->device[i]);
		if (sync_run(w->device[i].s, w->device[i].stick, &report, &e) != 0)
			return world_fail(w, &e);
		if (report.anew && !world_approve(w, &w->device[i]))
			return false;
		*busy = *busy || report.bundles_written > 0 || report.bundles_read > 0 || report.anew;
		post_faithfully(w, i);
	}
	world_clock(w, &w->hub);
	if (hub_collect(w->hub.s, w->hub.stick, &got, NULL, NULL, &e) != 0)
		return world_fail(w, &e);
	*busy = *busy || got.bundles_taken > 0;
	for (int i = 0; i < w->count; i++)
		post_faithfully(w, i);
	return true;
}

/* Who was restored learns it from the next thing that the hub says. */
static bool speak(struct world *w, int round)
{
	struct store *s = w->device[0].s;
	char sql[128];
	struct err e = ERR_INIT;

	snprintf(sql, sizeof sql, "UPDATE programme SET title = 'в%d' WHERE id = 'first'", round);
	world_clock(w, &w->device[0]);
	return (store_begin(s, &e) == 0 && store_exec(s, sql, &e) == 0 && store_commit(s, &e) == 0) || world_fail(w, &e);
}

bool agree_meet(struct world *w)
{
	bool busy = true;

	w->words = "all meet";
	for (int i = 0; i < w->count; i++)
		if (!world_dated(w, &w->device[i]))
			return false;
	for (int i = 0; i < ROUNDS && (busy || (w->copies && i < SPOKEN)); i++) {
		w->now += 60000;
		if ((w->copies && i < SPOKEN && !speak(w, i)) || !round_of(w, &busy))
			return false;
	}
	return CHECK(!busy);
}

/* --- what a replica holds, as lines */

struct lines { struct buf text; char **line; size_t count; };

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

static void release(struct lines *l)
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

/* What an edit sets, without what it saw. */
#define SET(body) "(SELECT group_concat(c.value ->> '$[0]' || '=' || coalesce(c.value ->> '$[1]', '~'), ',') FROM json_each(" body ") c)"

#define OPERATIONS(body) "SELECT t.name, o.pk, o.hlc, d.tag, o.seq, o.kind, " body " FROM oplog o JOIN device d ON d.no = o.dev" \
	" JOIN dict_table t ON t.no = o.tbl WHERE o.kind <> 3 AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq)"

#define SEEN "SELECT t.name, h.pk, h.col, h.hlc, d.tag FROM seen h JOIN device d ON d.no = h.dev JOIN dict_table t ON t.no = h.tbl"

/* Once history is folded, replicas agree in what is shown, in the heads and in what a mark saw; of edits one may have more. */
static void read_lines(struct store *s, bool folded, struct lines *l)
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
	if ((int64_t)(strtoull(at, NULL, 10) >> 16) >= w->now - OLD)
		return false;
	for (int i = 0; i < 3; i++)
		at = strchr(at, '|') + 1;
	return *at == '1';
}

static bool same_lines(const struct world *w, const struct lines *device, const struct lines *hub, bool everything)
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

/* --- what is counted */

static int64_t rows_of(struct store *s)
{
	int64_t rows = 0;

	for (int i = 0; tables[i] != NULL; i++) {
		char sql[128];

		snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", tables[i]->name);
		rows += world_count(s, sql);
	}
	return rows;
}

/* The device holds as many records as the hub says, and neither waits for anything. */
static bool at_rest(struct world *w, int i)
{
	struct store *s = w->device[i].s, *hub = w->hub.s;
	struct sync_status status;
	struct err e = ERR_INIT;
	char sql[400];
	bool good;

	snprintf(sql, sizeof sql, "SELECT count(*) FROM scope WHERE gone IS NULL AND device = (SELECT no FROM device WHERE tag = '%s')",
	    store_identity(s)->pub.tag);
	good = CHECK_INT(rows_of(s), world_count(hub, sql));
	if (sync_status(s, &status, &e) != 0)
		return world_fail(w, &e);
	good = CHECK_INT(status.unsent, 0) && CHECK_INT(status.sent, 0) && good;
	good = CHECK_INT(world_count(s, "SELECT count(*) FROM leaving"), 0) && good;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM feed WHERE kind <> 3 AND device = (SELECT no FROM device WHERE tag = '%s')"
	    " AND pos > (SELECT out_op FROM peer WHERE tag = '%s')", store_identity(s)->pub.tag, store_identity(s)->pub.tag);
	good = CHECK_INT(world_count(hub, sql), 0) && good;
	good = CHECK_INT(world_count(s, "SELECT count(*) FROM (SELECT id FROM joined EXCEPT SELECT id FROM joining UNION ALL SELECT id FROM joining EXCEPT SELECT id FROM joined)"),
	    0) && good;
	/* What the hub refused is what the device keeps as not accepted, also of records that it does not hold any more; but for what it gave anew. */
	snprintf(sql, sizeof sql, "SELECT count(*) FROM refused WHERE dev = (SELECT no FROM device WHERE tag = '%s') AND reason = 'clock'", store_identity(s)->pub.tag);
	if (world_count(hub, sql) > 0)
		return good;
	snprintf(sql, sizeof sql, "SELECT group_concat(seq) FROM (SELECT seq FROM refused WHERE dev = (SELECT no FROM device WHERE tag = '%s') ORDER BY seq)",
	    store_identity(s)->pub.tag);
	return CHECK_STR(world_value(s, "SELECT group_concat(seq) FROM (SELECT seq FROM refused WHERE dev = 1 UNION SELECT seq FROM not_accepted WHERE seq > 0 ORDER BY seq)"),
	    world_value(hub, sql)) && good;
}

static bool is_sound(const struct world *w, struct store *s)
{
	struct err e = ERR_INIT;

	return journal_check(store_journal(s), &e) == 0 || world_fail(w, &e);
}

/* --- nothing is missing */

/* One operation stands in a journal, as it was written unless it was erased (what it saw may grow when others are folded): among those that count, or among those refused. */
static bool stands(struct store *s, const struct written *o, bool *refused)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare(s, "SELECT o.pk = ?4 AND (o.body IS nullif(?3, '') OR (o.kind = 1 AND " SET("CASE o.kind WHEN 1 THEN o.body ELSE '[]' END") " = " SET("CASE substr(?3, 2, 1) WHEN '[' THEN ?3 ELSE '[]' END") ") OR EXISTS(SELECT 1 FROM erased x WHERE (x.tbl = o.tbl AND x.pk = o.pk) OR EXISTS(SELECT 1 FROM oplog n"
	    " WHERE n.tbl = o.tbl AND n.pk = o.pk AND instr(n.body, x.pk) > 0))),"
	    " EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq)"
	    " FROM device d JOIN oplog o ON o.dev = d.no WHERE d.tag = ?1 AND o.seq = ?2", &e);
	bool there;

	if (st == NULL)
		return false;
	store_bind_text(st, 1, o->tag);
	sqlite3_bind_int64(st, 2, o->seq);
	store_bind_text(st, 3, o->body);
	store_bind_text(st, 4, o->pk);
	there = store_step(s, st, &e) == 1 && sqlite3_column_int(st, 0) == 1;
	*refused = there && sqlite3_column_int(st, 1) == 1;
	sqlite3_reset(st);
	return there;
}

/* The same was said once more, with another number: it had been refused for its stamp, or was about to be. */
static bool is_said_again(struct store *s, const struct written *o)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM device d JOIN oplog o ON o.dev = d.no JOIN dict_table t ON t.no = o.tbl WHERE d.tag = ?1 AND o.pk = ?2"
	    " AND t.name = ?3 AND (EXISTS(SELECT 1 FROM erased x WHERE (x.tbl = o.tbl AND x.pk = o.pk) OR instr(?4, x.pk) > 0) OR o.body IS nullif(?4, '') OR"
	    " (o.kind = 1 AND substr(?4, 2, 1) = '[' AND " SET("o.body") " = " SET("?4") ")) AND NOT (o.seq = ?5 AND o.body IS NOT nullif(?4, '')) LIMIT 1", &e);
	bool there;

	if (st == NULL)
		return false;
	store_bind_text(st, 1, o->tag);
	store_bind_text(st, 2, o->pk);
	store_bind_text(st, 3, o->table);
	store_bind_text(st, 4, o->body);
	sqlite3_bind_int64(st, 5, o->seq);
	there = store_step(s, st, &e) == 1;
	sqlite3_reset(st);
	return there;
}

static bool is_kept(struct store *s, const struct written *o)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM (SELECT seq FROM not_accepted UNION SELECT seq FROM refused WHERE dev = 1 AND reason = 'anew')"
	    " WHERE seq = %lld", (long long)o->seq);
	return world_count(s, sql) == 1;
}

/* Folded: an edit older than history is kept, and the record says that there were such; it may have been given anew before, with another stamp. */
static bool was_folded(const struct world *w, const struct written *o)
{
	char sql[512];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM folded f JOIN device d ON d.no = f.dev JOIN dict_table t ON t.no = f.tbl WHERE t.name = '%s' AND f.pk = '%s'"
	    " AND d.tag = '%s'", o->table, o->pk, o->tag);
	return w->years && o->body[0] == '[' && o->body[1] == '[' && (int64_t)(o->hlc >> 16) < w->now - OLD && world_count(w->hub.s, sql) == 1;
}

/* A store that became another device gave what it did anew, under other numbers and ids; a text that is like no other says where it is. */
static bool text_stands(struct world *w, const struct written *o)
{
	const char *text = strstr(o->body, "\"в");
	char sql[256];
	int len;

	while (text != NULL && strspn(text + 3, "0123456789") < 5)
		text = strstr(text + 3, "\"в");
	if (text == NULL || world_count(w->hub.s, "SELECT count(*) FROM erased") > 0)
		return true;
	len = (int)strspn(text + 3, "0123456789") + 4;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM oplog WHERE instr(body, '%.*s') > 0 AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = oplog.dev AND r.seq = oplog.seq)", len, text);
	if (world_count(w->hub.s, sql) > 0)
		return true;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM not_accepted WHERE instr(body, '%.*s') > 0", len, text);
	return world_count(w->device[o->device].s, sql) > 0;
}

struct finding { const struct written *o; bool found; };

static int find_entry(void *context, const struct history_entry *h, struct err *e)
{
	struct finding *f = context;

	(void)e;
	f->found = f->found || (h->seq == f->o->seq && (strcmp(h->tag, f->o->tag) == 0) && h->refused == NULL);
	return 0;
}

/* Accepted: at the hub, in the journal and in what its history tells. Refused: with its author, to be corrected and sent anew. */
static bool nothing_missing(struct world *w, const struct model *m)
{
	int wrong = 0;

	for (size_t i = 0; i < m->count && wrong < 10; i++) {
		const struct written *o = &m->written[i];
		struct finding f = { o, false };
		struct err e = ERR_INIT;
		bool refused = false, good = stands(w->hub.s, o, &refused);

		if (good && refused)
			good = is_kept(w->device[o->device].s, o) || is_said_again(w->hub.s, o);
		else if (good && i % 8 == 0)		/* each asks the whole journal */
			good = history_each(store_journal(w->hub.s), o->table, o->pk, find_entry, &f, &e) == 0 && f.found;
		good = good || is_said_again(w->hub.s, o) || was_folded(w, o) || (w->device[o->device].restored && text_stands(w, o));
		if (!good && !o->lost && wrong++ < 10)
			test_note("missing%s: %s|%s|%s|%lld|%s", refused ? " with its author" : "", o->table, o->pk, o->tag, (long long)o->seq, o->body);
	}
	return CHECK(wrong == 0);
}

bool agree_all(struct world *w, const struct model *m)
{
	struct lines hub;
	bool good = is_sound(w, w->hub.s) && model_agrees(w->hub.s, "the hub");

	w->words = "all have met";
	read_lines(w->hub.s, w->years, &hub);
	for (int i = 0; i < w->count; i++) {
		struct lines device;
		char who[16];

		snprintf(who, sizeof who, "device %d", i);
		w->words = who;
		read_lines(w->device[i].s, w->years, &device);
		if (!same_lines(w, &device, &hub, strcmp(w->device[i].role, "coordinator") == 0) || !at_rest(w, i) || !is_sound(w, w->device[i].s) ||
		    !model_agrees(w->device[i].s, who)) {
			test_note("%s, a %s", who, w->device[i].role);
			good = false;
		}
		release(&device);
	}
	release(&hub);
	w->words = "all have met";
	return nothing_missing(w, m) && good;
}
