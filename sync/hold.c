#include "sync/hold.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "records/deletion_hold.h"
#include "store/dictionary.h"

#define PART "participation"

struct question {
	const struct table *table;
	int tbl;
	int64_t count, total;
	char id[RECORD_ID_SIZE];		/* of its record; given at the second reading */
};

/* A record whose deletion waits. */
struct going { int tbl; char pk[RECORD_ID_SIZE]; };

struct hold {
	struct store *s;
	struct journal *j;
	int device;
	int64_t *before;			/* visible rows of each table, by place in tables[] */
	bool any;				/* the table `going` holds something */
	struct question *questions;		/* found by the first reading */
	int question_count;
	struct going *going;
	size_t going_count, going_room, sorted;	/* those in front are sorted: all of them when all is measured */
};

struct hold *hold_new(struct store *s)
{
	struct hold *h = mem_zero(1, sizeof *h);
	size_t count = 0;

	while (tables[count] != NULL)
		count++;
	h->s = s;
	h->j = store_journal(s);
	h->before = mem_zero(count, sizeof *h->before);
	return h;
}

void hold_free(struct hold *h)
{
	if (h == NULL)
		return;
	free(h->before);
	free(h->questions);
	free(h->going);
	free(h);
}

bool hold_again(const struct hold *h)
{
	return h->question_count > 0;
}

/* --- the first reading --- */

int hold_begin(struct hold *h, int device, struct err *e)
{
	h->device = device;
	if (hold_again(h)) {
		for (int i = 0; i < h->question_count; i++)
			journal_new_id(h->j, h->questions[i].id);
		return 0;
	}
	for (int i = 0; tables[i] != NULL; i++)
		h->before[i] = journal_count(h->j, tables[i]->name);
	return store_exec(h->s, "CREATE TEMP TABLE IF NOT EXISTS going(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.going", e);
}

static void bind_record(sqlite3_stmt *st, const struct operation *op)
{
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
}

/* Only a record that is there now. The names of tables, here and below, are the program's own. */
int hold_note(struct hold *h, const struct operation *op, struct err *e)
{
	const struct table *t = dictionary_known(h->j, op->tbl);
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;
	int rc;

	if (t == NULL)
		return 0;
	buf_addf(&sql, "INSERT OR IGNORE INTO temp.going SELECT ?1, id FROM \"%s\" WHERE id = ?2 AND deleted = 0", t->name);
	st = store_prepare_once(h->s, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	bind_record(st, op);
	rc = store_step(h->s, st, e);
	sqlite3_finalize(st);
	h->any = true;
	return rc;
}

/* Off the list: what the bundle itself brought. Where an insert of the id was there before, the bundle's is a further one, a head of column 0. */
static int drop_brought(struct hold *h, int64_t first_op, struct err *e)
{
	sqlite3_stmt *st = store_prepare(h->s, "DELETE FROM temp.going WHERE (tbl, pk) IN (SELECT tbl, pk FROM oplog o WHERE dev = ?1 AND seq >= ?2 AND kind = 0"
	    " AND NOT EXISTS(SELECT 1 FROM head x WHERE x.tbl = o.tbl AND x.pk = o.pk AND x.col = 0))", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, h->device);
	sqlite3_bind_int64(st, 2, first_op);
	return store_run(h->s, st, e);
}

static void keep_going(struct hold *h, int tbl, const char *pk)
{
	struct going *g;

	if (h->going_count == h->going_room)
		h->going = mem_resize(h->going, h->going_room = h->going_room > 0 ? 2 * h->going_room : 64, sizeof *h->going);
	g = &h->going[h->going_count++];
	memset(g, 0, sizeof *g);
	g->tbl = tbl;
	strncat(g->pk, pk, sizeof g->pk - 1);
}

static int by_record(const void *a, const void *b)
{
	const struct going *x = a, *y = b;

	return x->tbl != y->tbl ? x->tbl - y->tbl : strcmp(x->pk, y->pk);
}

static const struct going *find(const struct hold *h, int tbl, const char *pk, size_t len)
{
	struct going key = { .tbl = tbl };

	if (h->sorted == 0 || len >= sizeof key.pk)
		return NULL;
	memcpy(key.pk, pk, len);
	return bsearch(&key, h->going, h->sorted, sizeof key, by_record);
}

static void sort_going(struct hold *h)
{
	if (h->going_count > 0)
		qsort(h->going, h->going_count, sizeof *h->going, by_record);
	h->sorted = h->going_count;
}

/* A person's part in a programme («programme/person») goes with the person: an import that is taken back removes both, and that is one question. */
static const struct going *with_person(const struct hold *h, int tbl, const char *pk, size_t len)
{
	const char *slash = memchr(pk, '/', len);

	if (slash == NULL || tbl != dictionary_table(h->j, PART))
		return NULL;
	return find(h, dictionary_table(h->j, "person"), slash + 1, len - (size_t)(slash + 1 - pk));
}

/* Those of one table that are gone now: into the list, when they are too many. */
static int measure_table(struct hold *h, int place, struct err *e)
{
	const struct table *t = tables[place];
	int tbl = dictionary_table(h->j, t->name), more;
	size_t first = h->going_count;
	int64_t count;
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;

	buf_addf(&sql, "SELECT g.pk FROM temp.going g JOIN \"%s\" t ON t.id = g.pk AND t.deleted = 1 WHERE g.tbl = ?1 ORDER BY g.pk", t->name);
	st = store_prepare_once(h->s, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, tbl);
	while ((more = store_step(h->s, st, e)) == 1) {
		const char *pk = store_text(st, 0);

		if (with_person(h, tbl, pk, strlen(pk)) == NULL)
			keep_going(h, tbl, pk);
	}
	sqlite3_finalize(st);
	count = (int64_t)(h->going_count - first);
	if (more < 0)
		return -1;
	if (count <= HOLD_MORE_THAN || count * HOLD_SHARE <= h->before[place]) {
		h->going_count = first;
		return 0;
	}
	h->questions = mem_resize(h->questions, (size_t)h->question_count + 1, sizeof *h->questions);
	h->questions[h->question_count++] = (struct question){ t, tbl, count, h->before[place], "" };
	return 0;
}

/* Of the table of this name alone, or of all others. */
static int measure(struct hold *h, const char *name, bool alone, struct err *e)
{
	for (int i = 0; tables[i] != NULL; i++)
		if (h->before[i] > HOLD_MORE_THAN && (strcmp(tables[i]->name, name) == 0) == alone && measure_table(h, i, e) != 0)
			return -1;
	sort_going(h);
	return 0;
}

int hold_measure(struct hold *h, int64_t first_op, struct err *e)
{
	if (!h->any || hold_again(h))
		return 0;
	if (drop_brought(h, first_op, e) != 0 || measure(h, PART, false, e) != 0 || measure(h, PART, true, e) != 0)
		return -1;
	return h->question_count > 0;
}

/* --- the second --- */

const char *hold_of(struct hold *h, const struct operation *op)
{
	const struct going *g;

	if (!hold_again(h))
		return NULL;
	if ((g = with_person(h, op->tbl, op->pk, op->pk_len)) == NULL && (g = find(h, op->tbl, op->pk, op->pk_len)) == NULL)
		return NULL;
	for (int i = 0; i < h->question_count; i++)
		if (h->questions[i].tbl == g->tbl)
			return h->questions[i].id;
	return NULL;
}

int hold_keep(struct hold *h, const struct operation *op, const char *id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(h->s, "INSERT INTO held(dev, seq, hold) VALUES(?1, ?2, ?3)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	store_bind_text(st, 3, id);
	return store_run(h->s, st, e);
}

static void list_records(const struct hold *h, int tbl, struct buf *out)
{
	int listed = 0;

	for (size_t i = 0; i < h->going_count && listed < DELETION_HOLD_RECORDS; i++)
		if (h->going[i].tbl == tbl)
			buf_addf(out, "%s%s", listed++ > 0 ? "\n" : "", h->going[i].pk);
}

int hold_ask(struct hold *h, const struct peer *p, int64_t first_op, int64_t last_op, struct err *e)
{
	char today[DATE_SIZE];
	int rc = 0;

	date_today(today);
	for (int i = 0; i < h->question_count && rc == 0; i++) {
		const struct question *q = &h->questions[i];
		struct buf records = BUF_INIT;

		list_records(h, q->tbl, &records);
		rc = deletion_hold_add(h->s, &(struct deletion_hold){ .id = q->id, .device = p->pub.tag, .person = p->person, .label = p->label,
		    .table = q->table->name, .count = q->count, .total = q->total, .records = records.data, .date = today, .first_op = first_op,
		    .last_op = last_op }, e);
		buf_release(&records);
	}
	return rc;
}

/* --- the decision --- */

#define DECIDED(word) "FROM held h JOIN deletion_hold d ON d.id = h.hold AND d.decision = '" word "'"

/* Everything that a coordinator agreed to is as if it had just come. */
static int do_agreed(struct store *s, struct err *e)
{
	struct journal *j = store_journal(s);
	sqlite3_stmt *st;
	int more;

	if (journal_wanted_reset(j, e) != 0 ||
	    store_exec(s, "INSERT OR REPLACE INTO arrived(dev, seq, tbl, pk, kind, again) SELECT o.dev, o.seq, o.tbl, o.pk, o.kind, 1 " DECIDED("yes")
	    " JOIN oplog o ON o.dev = h.dev AND o.seq = h.seq", e) != 0 || (st = store_prepare(s, "SELECT h.dev, h.seq " DECIDED("yes"), e)) == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1)
		if (journal_accept(j, sqlite3_column_int(st, 0), sqlite3_column_int64(st, 1), e) < 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	return more != 0 ? -1 : journal_rebuild_wanted(j, e);
}

static int any_decided(struct store *s, const char *sql, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int got = st != NULL ? store_step(s, st, e) : -1;

	if (st != NULL)
		sqlite3_reset(st);
	return got;
}

int hold_carry_out(struct store *s, struct err *e)
{
	int agreed = any_decided(s, "SELECT 1 " DECIDED("yes") " LIMIT 1", e), refused = any_decided(s, "SELECT 1 " DECIDED("no") " LIMIT 1", e);

	if (agreed < 0 || refused < 0 || (agreed == 1 && do_agreed(s, e) != 0))
		return -1;
	if (refused == 1 && store_exec(s, "UPDATE refused SET reason = '" HOLD_REFUSED "' WHERE (dev, seq) IN (SELECT h.dev, h.seq " DECIDED("no") ")", e) != 0)
		return -1;
	return agreed + refused == 0 ? 0 : store_exec(s, "DELETE FROM held WHERE hold IN (SELECT id FROM deletion_hold WHERE decision IS NOT NULL)", e);
}
