#include "tests/histories/missing.h"

#include <stdio.h>
#include <string.h>

#include "store/history.h"
#include "store/journal.h"
#include "schema/table.h"
#include "tests/unit/test.h"

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
	    " (o.kind = 1 AND substr(?4, 2, 1) = '[' AND " SET("o.body") " = " SET("?4") ")) AND o.seq <> ?5 LIMIT 1", &e);
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
	return w->years && o->body[0] == '[' && o->body[1] == '[' && model_old(w, o->hlc) && world_count(w->hub.s, sql) == 1;
}

/* --- of a store that became another device: it gave what it did anew, under other numbers and ids */

/* A text that is like no other says where it is. False: there is none. */
static bool some_text(const char *body, char text[32])
{
	const char *at = strstr(body, "\"в");

	while (at != NULL && strspn(at + 3, "0123456789") < 5)
		at = strstr(at + 3, "\"в");
	if (at == NULL)
		return false;
	snprintf(text, 32, "%.*s", (int)strspn(at + 3, "0123456789") + 2, at + 1);
	return true;
}

/* An erasure may have emptied the column. */
static bool is_personal(struct store *s, const struct written *o, const char *text)
{
	static const char sql[] = "SELECT c.name FROM dict_column c JOIN dict_table t ON t.no = c.tbl WHERE t.name = ?1 AND EXISTS(SELECT 1 FROM json_each(?2) v"
	    " WHERE CASE v.type WHEN 'array' THEN v.value ->> '$[0]' = c.no AND v.value ->> '$[1]' = ?3 ELSE v.key = c.no - 1 AND v.value = ?3 END)";
	const struct table *t = table_find(o->table);
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare(s, sql, &e);
	bool personal = false;

	if (st == NULL || t == NULL)
		return false;
	store_bind_text(st, 1, o->table);
	store_bind_text(st, 2, o->body);
	store_bind_text(st, 3, text);
	while (store_step(s, st, &e) == 1)
		for (int i = 0; i < t->count; i++)
			personal = personal || (strcmp(t->columns[i].name, store_text(st, 0)) == 0 && (t->columns[i].flags & COLUMN_PERSONAL) != 0);
	sqlite3_reset(st);
	return personal;
}

/* Whether the record is erased; of one that the author made itself, and that may be called otherwise now, whether any is. */
static bool may_be_erased(struct store *hub, const struct written *o)
{
	char sql[512];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM erased x JOIN dict_table t ON t.no = x.tbl WHERE (t.name = '%s' AND x.pk = '%s') OR instr('%s', '%s') > 0"
	    " OR NOT EXISTS(SELECT 1 FROM oplog o WHERE o.pk = '%s')", o->table, o->pk, o->pk, o->tag, o->pk);
	return world_count(hub, sql) > 0;
}

static bool text_stands(struct world *w, const struct written *o)
{
	struct store *author = w->device[o->device].s;
	char sql[256], text[32];

	if (!some_text(o->body, text) || (is_personal(author, o, text) && may_be_erased(w->hub.s, o)))
		return true;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM oplog o WHERE instr(body, '\"%s\"') > 0"
	    " AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq)", text);
	if (world_count(w->hub.s, sql) > 0)
		return true;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM not_accepted WHERE instr(body, '\"%s\"') > 0", text);
	return world_count(author, sql) > 0;
}

/* --- all of them */

enum { FEW = 32 };

struct finding { const struct written *o; bool found; };

static int find_entry(void *context, const struct history_entry *h, struct err *e)
{
	struct finding *f = context;

	(void)e;
	f->found = f->found || (h->seq == f->o->seq && (strcmp(h->tag, f->o->tag) == 0) && h->refused == NULL);
	return 0;
}

/* Accepted: at the hub, in the journal and in what its history tells. Refused: with its author, to be corrected and sent anew. */
bool missing_nothing(struct world *w, const struct model *m)
{
	int wrong = 0;

	for (size_t i = 0; i < m->count && wrong < 10; i++) {
		const struct written *o = &m->written[i];
		struct finding f = { o, false };
		struct err e = ERR_INIT;
		bool refused = false, good = stands(w->hub.s, o, &refused);

		if (good && refused)
			good = is_kept(w->device[o->device].s, o) || is_said_again(w->hub.s, o);
		else if (good && (i % 8 == 0 || m->count < FEW))		/* each asks the whole journal */
			good = history_each(store_journal(w->hub.s), o->table, o->pk, find_entry, &f, &e) == 0 && f.found;
		good = good || is_said_again(w->hub.s, o) || was_folded(w, o) || (w->device[o->device].restored && text_stands(w, o));
		if (!good && !o->lost && wrong++ < 10)
			test_note("missing%s: %s|%s|%s|%lld|%s", refused ? " with its author" : "", o->table, o->pk, o->tag, (long long)o->seq, o->body);
	}
	return CHECK(wrong == 0);
}
