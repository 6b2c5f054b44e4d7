/* Undoing a group, and doing it again: entry by entry, the last first or the first first, each against the row as it stands by then. The rows are changed
 * by ordinary statements, so that the capture writes the operations. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/undo_private.h"

enum { TIES_MOST = 50 };		/* told of one column */

struct run {
	struct journal *j;
	enum undo_way way;
	const struct undo_how *how;
	struct undo_done *done;
	struct state *state;
	struct buf sql;			/* of st */
	sqlite3_stmt *st, *erased, *gone;
};

static const struct value *wanted_of(const struct run *r, const struct undo_change *c)
{
	return r->way == UNDO_BACK ? &c->before : &c->after;
}

static const struct value *left_of(const struct run *r, const struct undo_change *c)
{
	return r->way == UNDO_BACK ? &c->after : &c->before;
}

static int place_of(const struct run *r, const struct column *c)
{
	return (int)(c - r->state->kind->known->columns);
}

static void meet(struct run *r, const struct undo_entry *entry, const struct column *c, const struct value *wanted, struct stamp at, bool removed)
{
	const struct state *s = r->state;
	struct undo_meeting m = {
		.table = entry->table, .pk = entry->pk, .column = c, .now = &s->row[place_of(r, c)], .wanted = wanted, .removed = removed,
		.dev = at.dev, .ms = clock_ms(at.hlc)
	};

	if (r->how->force == UNDO_REST || removed)
		r->done->left++;
	r->how->meet(r->how->context, &m);
}

/* The greatest head of a field, of somebody else's first; of a field without heads of its own the insert. */
static struct stamp latest(const struct state *s, int col, bool *others)
{
	struct stamp best = { 0, 1 };
	bool own_heads = false;

	*others = false;
	for (int pass = 0; pass < 2 && !own_heads; pass++, col = 0)
		for (int i = 0; i < s->head_count; i++) {
			const struct head *h = &s->heads[i];

			if (!h->alive || h->col != col)
				continue;
			own_heads = true;
			if ((h->at.dev != 1) < *others || ((h->at.dev != 1) == *others && stamp_compare(s->journal, h->at, best) < 0))
				continue;
			best = h->at;
			*others = best.dev != 1;
		}
	return best;
}

/* True when the field is as the group left it, and nobody else's. */
static bool is_ours(struct run *r, const struct undo_entry *entry, const struct undo_change *c)
{
	const struct state *s = r->state;
	int place = place_of(r, c->column);
	bool others;
	struct stamp at = latest(s, s->kind->numbers[place], &others);

	if (!others && value_equal(&s->row[place], left_of(r, c)))
		return true;
	meet(r, entry, c->column, wanted_of(r, c), at, false);
	return false;
}

static bool was_seen(const struct state *s, struct stamp at)
{
	for (int i = 0; i < s->seen_count; i++)
		if (s->seen[i].alive && s->seen[i].col == s->kind->numbers[0] && s->seen[i].at.hlc == at.hlc && s->seen[i].at.dev == at.dev)
			return true;
	return false;
}

/* True when nobody else has changed the record since it is there, or since it was removed the last time: what they wrote would go with it. */
static bool nobody_else(struct run *r, const struct undo_entry *entry)
{
	const struct state *s = r->state;
	bool alone = true;

	for (int i = 0; i < s->head_count; i++) {
		const struct head *h = &s->heads[i];
		int place = h->col > 0 ? s->kind->places[h->col - 1] : 0;

		if (!h->alive || h->at.dev == 1 || h->at.hlc == 0 || place < 0 || h->col == s->kind->numbers[0] || was_seen(s, h->at))
			continue;
		meet(r, entry, &s->kind->known->columns[place], NULL, h->at, false);
		alone = false;
	}
	return alone;
}

/* 1: something would be put back that must be nowhere. */
static int is_erased(struct run *r, const struct undo_entry *entry, struct err *e)
{
	int rc;

	bool fills = entry->forgotten || strcmp(entry->table, "person") == 0;

	for (int i = 0; i < entry->count; i++)
		fills = fills || ((entry->change[i].column->flags & COLUMN_PERSONAL) != 0 && wanted_of(r, &entry->change[i])->type != VALUE_NULL);
	if (entry->forgotten || !fills)
		return fills;
	if (r->erased == NULL && sqlite3_prepare_v2(r->j->db, "SELECT 1 FROM erased WHERE tbl = ? AND pk = ?", -1, &r->erased, NULL) != SQLITE_OK)
		return journal_fail(r->j, e);
	journal_bind_record(r->erased, r->state->kind->number, entry->pk, strlen(entry->pk));
	rc = sqlite3_step(r->erased);
	sqlite3_reset(r->erased);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : journal_fail(r->j, e);
}

static int load(struct run *r, const struct undo_entry *entry, struct err *e)
{
	struct kind *k = dictionary_kind(r->j, dictionary_table(r->j, entry->table));
	int erased;

	if (state_load(r->state, k, entry->pk, strlen(entry->pk), e) != 0 || (erased = is_erased(r, entry, e)) < 0)
		return -1;
	if (erased)
		return err_set(e, ERR_REFUSED, _("the personal data of this record was erased, and that is for ever"));
	if (!r->state->exists)
		return err_set(e, ERR_REFUSED, _("this record is not kept on this device any more"));
	return 0;
}

/* "UPDATE … SET a = ?2, b = ?3": entries that follow one another mostly change the same fields. */
static int prepare(struct run *r, const struct undo_change *const *change, int count, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc = SQLITE_OK;

	buf_addf(&sql, "UPDATE main.\"%s\" SET ", r->state->kind->name);
	for (int i = 0; i < count; i++)
		buf_addf(&sql, "%s\"%s\" = ?%d", i > 0 ? ", " : "", change[i]->column->name, i + 2);
	buf_adds(&sql, " WHERE id = ?1");
	if (r->st == NULL || strcmp(sql.data, r->sql.data) != 0) {
		sqlite3_finalize(r->st);
		r->st = NULL;
		rc = sqlite3_prepare_v2(r->j->db, sql.data, -1, &r->st, NULL);
		buf_reset(&r->sql);
		buf_adds(&r->sql, sql.data);
	}
	buf_release(&sql);
	return rc == SQLITE_OK ? 0 : journal_fail(r->j, e);
}

static int note_gone(struct run *r, const struct undo_entry *entry, struct err *e)
{
	if (r->gone == NULL && sqlite3_prepare_v2(r->j->db, "INSERT OR IGNORE INTO temp.undone(tbl, pk) VALUES(?, ?)", -1, &r->gone, NULL) != SQLITE_OK)
		return journal_fail(r->j, e);
	sqlite3_bind_text(r->gone, 1, entry->table, -1, SQLITE_STATIC);
	sqlite3_bind_text(r->gone, 2, entry->pk, -1, SQLITE_STATIC);
	return journal_run(r->j, r->gone, e);
}

static int write(struct run *r, const struct undo_entry *entry, const struct undo_change *const *change, int count, bool removes, struct err *e)
{
	if (r->how->before != NULL && r->how->before(r->how->context, entry, removes, e) != 0)
		return -1;
	if (prepare(r, change, count, e) != 0)
		return -1;
	sqlite3_bind_text(r->st, 1, entry->pk, -1, SQLITE_STATIC);
	for (int i = 0; i < count; i++)
		journal_bind_value(r->st, i + 2, wanted_of(r, change[i]));
	if (journal_run(r->j, r->st, e) != 0)
		return -1;
	r->done->written++;
	/* Of a removal that is done again this was asked when it was done first. */
	return removes && entry->insert ? note_gone(r, entry, e) : 0;
}

static bool changes_mark(const struct undo_entry *entry)
{
	for (int i = 0; i < entry->count; i++)
		if (strcmp(entry->change[i].column->name, "deleted") == 0)
			return true;
	return false;
}

/* The changes that are to be made now. */
static int choose(struct run *r, const struct undo_entry *entry, const struct undo_change **out, bool *removes)
{
	const struct state *s = r->state;
	int count = 0;

	*removes = false;
	for (int i = 0; i < entry->count; i++) {
		const struct undo_change *c = &entry->change[i];
		const struct value *wanted = wanted_of(r, c);
		int place = place_of(r, c->column);
		bool goes = place == 0 && wanted->number == 1, ours;

		r->done->settled += c->settled;
		if (value_equal(&s->row[place], wanted))
			continue;
		ours = is_ours(r, entry, c);
		if (goes)
			ours = nobody_else(r, entry) && ours;
		if (!ours && r->how->force == UNDO_REST)
			continue;
		out[count++] = c;
		*removes |= goes;
	}
	return count;
}

static int apply_entry(struct run *r, const struct undo_entry *entry, struct err *e)
{
	const struct undo_change *change[TABLE_COLUMNS_MAX];
	bool removes, others;
	int count;

	if (load(r, entry, e) != 0)
		return -1;
	if (r->state->row[0].number == 1 && !changes_mark(entry)) {
		struct stamp at = latest(r->state, r->state->kind->numbers[0], &others);

		meet(r, entry, &r->state->kind->known->columns[0], NULL, at, true);
		return 0;
	}
	count = choose(r, entry, change, &removes);
	/* What stays removed keeps its other fields, too. */
	if (count == 0 || (r->state->row[0].number == 1 && strcmp(change[0]->column->name, "deleted") != 0))
		return 0;
	return write(r, entry, change, count, removes, e);
}

/* --- what refers to records that are gone now --- */

static int tell_ties(struct run *r, const struct table *t, const struct column *c, struct err *e)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int rc;

	buf_addf(&sql, "SELECT r.id, r.origin_hlc, r.origin_dev, u.pk FROM temp.undone u JOIN main.\"%s\" r ON r.\"%s\" = u.pk AND r.deleted = 0"
	    " WHERE u.tbl = ?1 LIMIT %d", t->name, c->name, TIES_MOST);
	rc = sqlite3_prepare_v2(r->j->db, sql.data, -1, &st, NULL);
	buf_release(&sql);
	if (rc != SQLITE_OK)
		return journal_fail(r->j, e);
	sqlite3_bind_text(st, 1, c->references, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct undo_meeting m = {
			.table = c->references, .pk = (const char *)sqlite3_column_text(st, 3), .column = c, .tie_table = t->name,
			.tie_pk = (const char *)sqlite3_column_text(st, 0), .ms = clock_ms((uint64_t)sqlite3_column_int64(st, 1)),
			.dev = sqlite3_column_int(st, 2)
		};

		r->done->ties++;
		r->how->meet(r->how->context, &m);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : journal_fail(r->j, e);
}

static bool any_gone(struct run *r, const char *table)
{
	sqlite3_stmt *st = NULL;
	bool any = sqlite3_prepare_v2(r->j->db, "SELECT 1 FROM temp.undone WHERE tbl = ?1 LIMIT 1", -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW;

	sqlite3_finalize(st);
	return any;
}

static int find_ties(struct run *r, struct err *e)
{
	if (r->gone == NULL)
		return 0;
	for (int i = 0; tables[i] != NULL; i++)
		for (int k = 0; k < tables[i]->count; k++) {
			const struct column *c = &tables[i]->columns[k];

			if (c->kind == COLUMN_REFERENCE && c->references != NULL && any_gone(r, c->references) && tell_ties(r, tables[i], c, e) != 0)
				return -1;
		}
	return 0;
}

/* --- the whole group --- */

static int run_entry(struct run *r, const struct undo_group *g, size_t at, struct err *e)
{
	struct undo_entry entry;

	bug_if(undo_read(g, &at, &entry) != 0);
	if (apply_entry(r, &entry, e) == 0)
		return 0;
	r->done->table = entry.table;
	memcpy(r->done->pk, entry.pk, sizeof entry.pk);
	return -1;
}

static int run_group(struct run *r, const struct undo_group *g, struct err *e)
{
	size_t *at = mem_alloc(((size_t)g->entries + 1) * sizeof *at);
	struct undo_entry entry;
	int64_t count = 0;
	int rc = 0;

	for (size_t next = 0; at[count] = next, undo_read(g, &next, &entry) == 0;)
		count++;
	for (int64_t i = 0; i < count && rc == 0; i++)
		rc = run_entry(r, g, at[r->way == UNDO_BACK ? count - 1 - i : i], e);
	free(at);
	return rc;
}

int undo_apply(struct journal *j, uint64_t id, const struct undo_how *how, struct undo_done *done, struct err *e)
{
	struct run r = { .j = j, .how = how, .done = done, .sql = BUF_INIT };
	const struct undo_group *g = undo_find(j, id, &r.way);
	int rc;

	memset(done, 0, sizeof *done);
	if (g == NULL)
		return err_set(e, ERR_REFUSED, _("this is not kept any more"));
	if (!g->whole)
		return err_set(e, ERR_REFUSED, _("this was too much at once to be kept for undoing"));
	if (sqlite3_exec(j->db, "CREATE TEMP TABLE IF NOT EXISTS undone(tbl TEXT NOT NULL, pk TEXT NOT NULL, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM temp.undone", NULL, NULL, NULL) != SQLITE_OK || journal_join(j, e) != 0)
		return journal_fail(j, e);
	j->now.undo_moving = id;
	r.state = state_new(j);
	rc = run_group(&r, g, e);
	if (rc == 0)
		rc = find_ties(&r, e);
	state_free(r.state);
	sqlite3_finalize(r.st);
	sqlite3_finalize(r.erased);
	sqlite3_finalize(r.gone);
	buf_release(&r.sql);
	return rc;
}
