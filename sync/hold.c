#include "sync/hold.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "records/deletion_hold.h"
#include "store/dictionary.h"
#include "sync/removals.h"

#define PART "participation"

struct question {
	const struct table *table;
	int tbl;
	int64_t count, total, gone;
	char id[RECORD_ID_SIZE];		/* of its record; given at the second reading */
};

/* A record whose deletion waits. */
struct going { int tbl; char pk[RECORD_ID_SIZE]; };

struct hold {
	struct store *s;
	struct journal *j;
	int device;
	int64_t *before;			/* rows of each table that there were, by place in tables[] */
	bool *going_of;				/* temp.going holds something of it, likewise */
	bool any;				/* of any */
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
	h->going_of = mem_zero(count, sizeof *h->going_of);
	return h;
}

void hold_free(struct hold *h)
{
	if (h == NULL)
		return;
	free(h->before);
	free(h->going_of);
	free(h->questions);
	free(h->going);
	free(h);
}

bool hold_again(const struct hold *h)
{
	return h->question_count > 0;
}

/* --- the first reading --- */

/* What is there, and what the device removed lately. */
static int count_before(struct hold *h, struct err *e)
{
	struct removals lately;

	for (int i = 0; tables[i] != NULL; i++) {
		if (removals_of(h->s, h->device, tables[i], &lately, e) != 0)
			return -1;
		h->before[i] = journal_count(h->j, tables[i]->name) + lately.count;
	}
	return 0;
}

int hold_begin(struct hold *h, int device, struct err *e)
{
	h->device = device;
	for (int i = 0; i < h->question_count; i++)
		journal_new_id(h->j, h->questions[i].id);
	if (store_exec(h->s, "CREATE TEMP TABLE IF NOT EXISTS going(tbl INTEGER, pk TEXT, waits INTEGER, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.going", e) != 0)
		return -1;
	return hold_again(h) ? 0 : count_before(h, e);
}

static void mark_table(struct hold *h, const struct table *t)
{
	for (int i = 0; tables[i] != NULL; i++)
		if (tables[i] == t)
			h->any = h->going_of[i] = true;
}

/* Only a record that is there now. The names of tables, here and below, are the program's own. */
int hold_note(struct hold *h, const struct operation *op, bool waits, struct err *e)
{
	const struct table *t = dictionary_known(h->j, op->tbl);
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;
	int rc;

	if (t == NULL)
		return 0;
	buf_addf(&sql, "INSERT OR IGNORE INTO temp.going SELECT ?1, id, ?3 FROM \"%s\" WHERE id = ?2 AND deleted = 0", t->name);
	st = store_prepare_once(h->s, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	sqlite3_bind_int(st, 3, waits);
	rc = store_step(h->s, st, e);
	sqlite3_finalize(st);
	mark_table(h, t);
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

/* Those of one table that are gone now, or would be if they did not wait for another question, into the list. */
static int list_going(struct hold *h, const struct table *t, struct err *e)
{
	int tbl = dictionary_table(h->j, t->name), more;
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;

	buf_addf(&sql, "SELECT g.pk FROM temp.going g JOIN \"%s\" t ON t.id = g.pk AND (t.deleted = 1 OR g.waits) WHERE g.tbl = ?1 ORDER BY g.pk", t->name);
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
	return more;
}

/* The fifth is one of what there was before the first of those that the device removed lately: neither its own deletions nor its own new records move it. */
static int64_t total_of(const struct hold *h, int place, const struct removals *lately)
{
	return h->before[place] < lately->total ? h->before[place] : lately->total;
}

/* The list stays as it was where those of one table are not too many, together with what the device removed lately. */
static int measure_table(struct hold *h, int place, struct err *e)
{
	const struct table *t = tables[place];
	size_t first = h->going_count;
	struct removals lately;
	int64_t count, total, all;

	if (list_going(h, t, e) != 0 || removals_of(h->s, h->device, t, &lately, e) != 0)
		return -1;
	count = (int64_t)(h->going_count - first);
	all = count + lately.count;
	total = total_of(h, place, &lately);
	if (count == 0 || all <= HOLD_MORE_THAN || all * HOLD_SHARE <= total) {
		h->going_count = first;
		return 0;
	}
	/* More than there were then: of those that came since. */
	if (all > total)
		total = h->before[place];
	h->questions = mem_resize(h->questions, (size_t)h->question_count + 1, sizeof *h->questions);
	h->questions[h->question_count++] = (struct question){ t, dictionary_table(h->j, t->name), count, total, lately.count, "" };
	return 0;
}

/* Of the table of this name alone, or of all others. */
static int measure(struct hold *h, const char *name, bool alone, struct err *e)
{
	for (int i = 0; tables[i] != NULL; i++)
		if (h->going_of[i] && (strcmp(tables[i]->name, name) == 0) == alone && measure_table(h, i, e) != 0)
			return -1;
	sort_going(h);
	return 0;
}

/* What goes with this bundle counts in those that follow. */
static int note_removals(struct hold *h, struct err *e)
{
	struct removals lately;

	for (int i = 0; tables[i] != NULL; i++)
		if (h->going_of[i] && (removals_of(h->s, h->device, tables[i], &lately, e) != 0 ||
		    removals_note(h->s, h->device, tables[i], total_of(h, i, &lately), e) != 0))
			return -1;
	return 0;
}

int hold_measure(struct hold *h, int64_t first_op, struct err *e)
{
	if (!h->any)
		return 0;
	if (drop_brought(h, first_op, e) != 0)
		return -1;
	if (!hold_again(h)) {
		if (measure(h, PART, false, e) != 0 || measure(h, PART, true, e) != 0)
			return -1;
		if (hold_again(h))
			return 1;
	}
	return note_removals(h, e);
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

int hold_keep(struct hold *h, const struct operation *op, const char *id, bool asked, struct err *e)
{
	sqlite3_stmt *st = store_prepare(h->s, "INSERT INTO held(dev, seq, hold, asked) VALUES(?1, ?2, ?3, ?4)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	store_bind_text(st, 3, id);
	sqlite3_bind_int(st, 4, asked);
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
		    .table = q->table->name, .count = q->count, .total = q->total, .gone = q->gone, .records = records.data, .date = today, .first_op = first_op,
		    .last_op = last_op }, e);
		buf_release(&records);
	}
	return rc;
}

void hold_words(const struct hold *h, struct buf *out)
{
	for (int i = 0; i < h->question_count; i++) {
		const struct deletion_hold of = { .table = h->questions[i].table->name };

		buf_addf(out, "%s%s: %lld", i > 0 ? ", " : "", deletion_hold_kind(&of), (long long)h->questions[i].count);
	}
}

/* --- the decision --- */

/* The operations that wait and of whose questions one is refused; those of which none is, and the last one is agreed to. */
#define QUESTIONS_OF(h) "FROM held x LEFT JOIN deletion_hold d ON d.id = x.hold WHERE x.dev = " h ".dev AND x.seq = " h ".seq"
#define REFUSED_OPS "SELECT DISTINCT h.dev, h.seq FROM held h JOIN deletion_hold w ON w.id = h.hold AND w.decision = 'no'"
#define AGREED_OPS "SELECT DISTINCT h.dev, h.seq FROM held h JOIN deletion_hold w ON w.id = h.hold AND w.decision = 'yes'" \
	" WHERE NOT EXISTS(SELECT 1 " QUESTIONS_OF("h") " AND d.decision IS NOT 'yes')"

/* What a coordinator agreed to is as if it had just come. */
static int do_agreed(struct store *s, struct err *e)
{
	struct journal *j = store_journal(s);
	sqlite3_stmt *st;
	int more;

	if (journal_wanted_reset(j, e) != 0 || removals_begin_anew(s, AGREED_OPS, e) != 0 ||
	    store_exec(s, "INSERT OR REPLACE INTO arrived(dev, seq, tbl, pk, kind, again) SELECT o.dev, o.seq, o.tbl, o.pk, o.kind, 1 FROM (" AGREED_OPS ") a"
	    " JOIN oplog o ON o.dev = a.dev AND o.seq = a.seq", e) != 0 || (st = store_prepare(s, AGREED_OPS, e)) == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1)
		if (journal_accept(j, sqlite3_column_int(st, 0), sqlite3_column_int64(st, 1), e) < 0) {
			more = -1;
			break;
		}
	sqlite3_reset(st);
	return more != 0 ? -1 : journal_rebuild_wanted(j, e);
}

static int do_refused(struct store *s, struct err *e)
{
	return store_exec(s, "UPDATE refused SET reason = '" HOLD_REFUSED "' WHERE (dev, seq) IN (" REFUSED_OPS ");"
	    "DELETE FROM held WHERE (dev, seq) IN (" REFUSED_OPS ")", e);
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
	int refused = any_decided(s, REFUSED_OPS " LIMIT 1", e), agreed;

	if (removals_expire(s, e) != 0 || refused < 0 || (refused == 1 && do_refused(s, e) != 0))
		return -1;
	agreed = any_decided(s, AGREED_OPS " LIMIT 1", e);
	if (agreed < 0 || (agreed == 1 && do_agreed(s, e) != 0))
		return -1;
	/* An operation that waits for another question still does. */
	return store_exec(s, "DELETE FROM held WHERE hold IN (SELECT id FROM deletion_hold WHERE decision IS NOT NULL)", e);
}
