/* A state read from the database and written back: row, heads, stamps seen, tallies. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/merge_joined.h"
#include "store/state.h"

/* Texts of one record, freed together when the next one begins. The first block stays. */
struct arena {
	struct arena *next;
	size_t used, size;
	char data[];
};

#define ARENA_BLOCK 16384

static struct arena *arena_block(size_t size, struct arena *next)
{
	struct arena *a = mem_alloc(sizeof *a + size);

	a->next = next;
	a->used = 0;
	a->size = size;
	return a;
}

static void arena_reset(struct arena **a)
{
	while ((*a)->next != NULL) {
		struct arena *next = (*a)->next;

		free(*a);
		*a = next;
	}
	(*a)->used = 0;
}

void state_keep(struct state *s, struct value *v)
{
	if (v->type != VALUE_TEXT)
		return;
	if (s->arena->size - s->arena->used < v->len)
		s->arena = arena_block(v->len > ARENA_BLOCK ? v->len : ARENA_BLOCK, s->arena);
	v->text = memcpy(s->arena->data + s->arena->used, v->text, v->len);
	s->arena->used += v->len;
}

struct state *state_new(struct journal *j)
{
	struct state *s = mem_zero(1, sizeof *s);

	s->journal = j;
	s->arena = arena_block(ARENA_BLOCK, NULL);
	return s;
}

void state_free(struct state *s)
{
	if (s == NULL)
		return;
	arena_reset(&s->arena);
	free(s->arena);
	free(s->heads);
	free(s->seen);
	free(s);
}

void state_begin(struct state *s, struct kind *k, const char *pk, size_t pk_len)
{
	arena_reset(&s->arena);
	s->kind = k;
	s->pk = pk;
	s->pk_len = pk_len;
	s->exists = false;
	s->head_count = s->seen_count = 0;
	memset(s->row, 0, sizeof s->row);
	memset(&s->stored, 0, sizeof s->stored);
	s->row[0].type = VALUE_INTEGER;
}

static struct value column_value(struct state *s, sqlite3_stmt *st, int i)
{
	struct value v = { .type = VALUE_NULL };

	switch (sqlite3_column_type(st, i)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		v.type = VALUE_INTEGER;
		v.number = sqlite3_column_int64(st, i);
		break;
	default:
		v.type = VALUE_TEXT;
		v.text = (const char *)sqlite3_column_text(st, i);
		v.len = (size_t)sqlite3_column_bytes(st, i);
		if (v.text == NULL)
			v.type = VALUE_NULL;
		else
			state_keep(s, &v);
	}
	return v;
}

/* A stamp as the database has it; its device must be one that the journal knows. */
static bool column_stamp(const struct state *s, sqlite3_stmt *st, int i, struct stamp *at)
{
	at->hlc = (uint64_t)sqlite3_column_int64(st, i);
	at->dev = sqlite3_column_int(st, i + 1);
	return at->dev >= 0 && at->dev < s->journal->device_count;
}

static int damaged(const struct state *s, struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("the journal of record %s is damaged"), s->pk);
}

static int load_heads(struct state *s, struct err *e)
{
	sqlite3_stmt *st = journal_sql(s->journal, SQL_HEADS, e);
	bool good = true;
	int rc;

	if (st == NULL)
		return -1;
	journal_bind_record(st, s->kind->number, s->pk, s->pk_len);
	while (good && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct head *h = state_push_head(s);

		h->col = sqlite3_column_int(st, 0);
		good = column_stamp(s, st, 1, &h->at);
		h->value = column_value(s, st, 3);
		h->alive = h->stored = true;
	}
	if (good && rc != SQLITE_DONE)
		journal_fail(s->journal, e);
	sqlite3_reset(st);
	return !good ? damaged(s, e) : rc == SQLITE_DONE ? 0 : -1;
}

static int load_seen(struct state *s, struct err *e)
{
	sqlite3_stmt *st = journal_sql(s->journal, SQL_SEEN, e);
	bool good = true;
	int rc;

	if (st == NULL)
		return -1;
	journal_bind_record(st, s->kind->number, s->pk, s->pk_len);
	while (good && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct seen *x = state_push_seen(s);

		x->col = sqlite3_column_int(st, 0);
		good = column_stamp(s, st, 1, &x->at);
		x->alive = x->stored = true;
	}
	if (good && rc != SQLITE_DONE)
		journal_fail(s->journal, e);
	sqlite3_reset(st);
	return !good ? damaged(s, e) : rc == SQLITE_DONE ? 0 : -1;
}

/* SELECT origin_hlc, origin_dev, "deleted", "name", … */
static sqlite3_stmt *select_row(struct journal *j, struct kind *k, struct err *e)
{
	struct buf sql = BUF_INIT;

	if (k->select != NULL)
		return k->select;
	buf_adds(&sql, "SELECT origin_hlc, origin_dev");
	for (int place = 0; place < k->known->count; place++)
		buf_addf(&sql, ", \"%s\"", k->known->columns[place].name);
	buf_addf(&sql, " FROM main.\"%s\" WHERE id = ?", k->name);
	if (sqlite3_prepare_v3(j->db, sql.data, -1, SQLITE_PREPARE_PERSISTENT, &k->select, NULL) != SQLITE_OK)
		journal_fail(j, e);
	buf_release(&sql);
	return k->select;
}

static void begin_row(struct state *s, struct stamp origin)
{
	*state_push_head(s) = (struct head){ .col = 0, .at = origin, .alive = true };
	s->exists = s->stored.exists = true;
	s->stored.origin = origin;
}

static int load_row(struct state *s, struct err *e)
{
	sqlite3_stmt *st = select_row(s->journal, s->kind, e);
	struct stamp origin;
	bool good = true;
	int rc;

	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, s->pk, (int)s->pk_len, SQLITE_STATIC);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		good = column_stamp(s, st, 0, &origin);
		begin_row(s, origin);
		for (int place = 0; place < s->kind->known->count; place++)
			s->row[place] = column_value(s, st, place + 2);
		memcpy(s->stored.row, s->row, sizeof s->row);
	} else if (rc != SQLITE_DONE) {
		journal_fail(s->journal, e);
	}
	sqlite3_reset(st);
	return !good ? damaged(s, e) : rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

static bool is_visible(const struct state *s)
{
	return s->exists && s->row[0].number == 0;
}

static bool is_orphan(const struct state *s)
{
	for (int i = 0; !s->exists && i < s->head_count; i++)
		if (s->heads[i].alive)
			return true;
	return false;
}

static int load_rest(struct state *s, struct err *e)
{
	if (load_heads(s, e) != 0 || load_seen(s, e) != 0)
		return -1;
	s->stored.visible = is_visible(s);
	s->stored.orphan = is_orphan(s);
	s->stored.conflicts = state_conflicts(s);
	return 0;
}

int state_load(struct state *s, struct kind *k, const char *pk, size_t pk_len, struct err *e)
{
	if (journal_fresh_devices(s->journal, e) != 0)
		return -1;
	state_begin(s, k, pk, pk_len);
	return load_row(s, e) == 0 ? load_rest(s, e) : -1;
}

int state_load_around(struct state *s, struct kind *k, const char *pk, size_t pk_len, struct stamp origin, const struct value *row,
    struct err *e)
{
	if (journal_fresh_devices(s->journal, e) != 0)
		return -1;
	state_begin(s, k, pk, pk_len);
	if (row != NULL) {
		begin_row(s, origin);
		memcpy(s->row, row, sizeof *row * (size_t)k->known->count);
	}
	return load_rest(s, e);
}

static sqlite3_stmt *prepare(struct journal *j, sqlite3_stmt **st, const char *sql, struct err *e)
{
	if (*st == NULL && sqlite3_prepare_v3(j->db, sql, -1, SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK)
		journal_fail(j, e);
	return *st;
}

static sqlite3_stmt *insert_statement(struct journal *j, struct kind *k, struct err *e)
{
	struct buf sql = BUF_INIT;

	if (k->insert != NULL)
		return k->insert;
	buf_addf(&sql, "INSERT OR IGNORE INTO main.\"%s\"(id, origin_hlc, origin_dev", k->name);
	for (int place = 0; place < k->known->count; place++)
		buf_addf(&sql, ", \"%s\"", k->known->columns[place].name);
	buf_adds(&sql, ") VALUES(?, ?, ?");
	for (int place = 0; place < k->known->count; place++)
		buf_adds(&sql, ", ?");
	buf_addc(&sql, ')');
	prepare(j, &k->insert, sql.data, e);
	buf_release(&sql);
	return k->insert;
}

int state_insert_row(struct state *s, struct stamp origin, const struct value *row, bool *inserted, struct err *e)
{
	sqlite3_stmt *st = insert_statement(s->journal, s->kind, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, s->pk, (int)s->pk_len, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, (int64_t)origin.hlc);
	sqlite3_bind_int(st, 3, origin.dev);
	for (int place = 0; place < s->kind->known->count; place++)
		journal_bind_value(st, place + 4, &row[place]);
	if (journal_run(s->journal, st, e) != 0)
		return -1;
	*inserted = sqlite3_changes(s->journal->db) == 1;
	return *inserted ? joined_inserted(s->journal, s->kind, s->pk, s->pk_len, e) : 0;
}

static int update_column(struct state *s, int place, struct err *e)
{
	struct kind *k = s->kind;
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;

	if (k->set[place] == NULL)
		buf_addf(&sql, "UPDATE main.\"%s\" SET \"%s\" = ?2 WHERE id = ?1", k->name, k->known->columns[place].name);
	st = prepare(s->journal, &k->set[place], sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, s->pk, (int)s->pk_len, SQLITE_STATIC);
	journal_bind_value(st, 2, &s->row[place]);
	return journal_run(s->journal, st, e);
}

static int update_origin(struct state *s, struct stamp origin, struct err *e)
{
	struct kind *k = s->kind;
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;

	buf_addf(&sql, "UPDATE main.\"%s\" SET origin_hlc = ?2, origin_dev = ?3 WHERE id = ?1", k->name);
	st = prepare(s->journal, &k->set_origin, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, s->pk, (int)s->pk_len, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, (int64_t)origin.hlc);
	sqlite3_bind_int(st, 3, origin.dev);
	return journal_run(s->journal, st, e);
}

static int remove_row(struct state *s, struct err *e)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st;

	buf_addf(&sql, "DELETE FROM main.\"%s\" WHERE id = ?", s->kind->name);
	st = prepare(s->journal, &s->kind->remove, sql.data, e);
	buf_release(&sql);
	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, s->pk, (int)s->pk_len, SQLITE_STATIC);
	return journal_run(s->journal, st, e);
}

static int save_row(struct state *s, struct stamp origin, struct err *e)
{
	bool inserted;

	if (!s->exists)
		return s->stored.exists ? remove_row(s, e) : 0;
	if (!s->stored.exists)
		return state_insert_row(s, origin, s->row, &inserted, e);
	for (int place = 0; place < s->kind->known->count; place++)
		if (!value_equal(&s->row[place], &s->stored.row[place]) && update_column(s, place, e) != 0)
			return -1;
	if (origin.hlc != s->stored.origin.hlc || origin.dev != s->stored.origin.dev)
		return update_origin(s, origin, e);
	return 0;
}

static int write_head(struct state *s, const struct head *h, bool add, struct err *e)
{
	sqlite3_stmt *st = journal_sql(s->journal, add ? SQL_HEAD_ADD : SQL_HEAD_REMOVE, e);

	if (st == NULL)
		return -1;
	journal_bind_record(st, s->kind->number, s->pk, s->pk_len);
	sqlite3_bind_int(st, 3, h->col);
	sqlite3_bind_int64(st, 4, (int64_t)h->at.hlc);
	sqlite3_bind_int(st, 5, h->at.dev);
	if (add)
		journal_bind_value(st, 6, &h->value);
	return journal_run(s->journal, st, e);
}

static int write_seen(struct state *s, const struct seen *x, bool add, struct err *e)
{
	sqlite3_stmt *st = journal_sql(s->journal, add ? SQL_SEEN_ADD : SQL_SEEN_REMOVE, e);

	if (st == NULL)
		return -1;
	journal_bind_record(st, s->kind->number, s->pk, s->pk_len);
	sqlite3_bind_int(st, 3, x->col);
	sqlite3_bind_int64(st, 4, (int64_t)x->at.hlc);
	sqlite3_bind_int(st, 5, x->at.dev);
	return journal_run(s->journal, st, e);
}

/* The greatest insert is the row's origin; it stands in the row and not among the heads. */
static const struct head *find_origin(const struct state *s)
{
	const struct head *origin = NULL;

	for (int i = 0; i < s->head_count; i++) {
		const struct head *h = &s->heads[i];

		if (h->alive && h->col == 0 && (origin == NULL || stamp_compare(s->journal, h->at, origin->at) > 0))
			origin = h;
	}
	return origin;
}

/* Removals first: a head may come back under the same key with another value. The stamp of a built-in record is in its row or nowhere. */
static int save_journal(struct state *s, const struct head *origin, struct err *e)
{
	for (int add = 0; add <= 1; add++) {
		for (int i = 0; i < s->head_count; i++) {
			const struct head *h = &s->heads[i];
			bool wanted = h->alive && h != origin && h->at.hlc != 0;

			if (wanted != h->stored && wanted == (add == 1) && write_head(s, h, wanted, e) != 0)
				return -1;
		}
		for (int i = 0; i < s->seen_count; i++) {
			const struct seen *x = &s->seen[i];

			if (x->alive != x->stored && x->alive == (add == 1) && write_seen(s, x, x->alive, e) != 0)
				return -1;
		}
	}
	return 0;
}

int state_save(struct state *s, bool row_written, struct err *e)
{
	struct counters *now = &s->journal->now;
	const struct head *origin = find_origin(s);

	if (journal_join(s->journal, e) != 0 || (!row_written && save_row(s, origin != NULL ? origin->at : s->stored.origin, e) != 0) ||
	    save_journal(s, origin, e) != 0)
		return -1;
	now->visible[s->kind->place] += is_visible(s) - s->stored.visible;
	now->orphans += is_orphan(s) - s->stored.orphan;
	now->conflicts += state_conflicts(s) - s->stored.conflicts;
	s->journal->dirty = true;
	return 0;
}
