/* Conflicts are derived: one walk along the heads, field by field. */
#include <stdlib.h>

#include "base/mem.h"
#include "store/merge.h"
#include "store/state.h"

/* The shown one first: of the mark a 0, else the greatest stamp. */
static bool goes_before(const struct state *s, int place, const struct head *a, const struct head *b)
{
	if (place == 0 && a->value.number != b->value.number)
		return a->value.number == 0;
	return stamp_compare(s->journal, a->at, b->at) > 0;
}

/* Heads of one field in order; returns how many, 0 where they agree. */
static int collect(const struct state *s, int place, const struct head **out)
{
	bool differ = false;
	int n = 0;

	for (int i = 0; i < s->head_count; i++) {
		const struct head *h = &s->heads[i];
		int at = n;

		if (!h->alive || h->col != s->kind->numbers[place])
			continue;
		differ = differ || (n > 0 && !value_equal(&h->value, &out[0]->value));
		for (; at > 0 && goes_before(s, place, h, out[at - 1]); at--)
			out[at] = out[at - 1];
		out[at] = h;
		n++;
	}
	return differ ? n : 0;
}

static int report(const struct state *s, int place, const struct head *const *order, int count, conflict_fn each, void *context,
    struct err *e)
{
	struct conflict c = { s->kind->name, s->pk, s->kind->known->columns[place].name, NULL, count };
	struct conflict_head *heads = mem_zero((size_t)count, sizeof *heads);
	int rc;

	for (int i = 0; i < count; i++)
		heads[i] = (struct conflict_head){ order[i]->at.hlc, s->journal->devices[order[i]->at.dev].tag,
		    value_text(&order[i]->value) };
	c.heads = heads;
	rc = each(context, &c, e);
	for (int i = 0; i < count; i++)
		free((char *)heads[i].value);
	free(heads);
	return rc;
}

static int report_record(const struct state *s, conflict_fn each, void *context, struct err *e)
{
	const struct head **order = mem_zero((size_t)s->head_count + 1, sizeof *order);
	int rc = 0;

	for (int place = 0; place < s->kind->known->count && rc == 0; place++) {
		int n = s->kind->known->columns[place].flags & COLUMN_LATER_WINS ? 0 : collect(s, place, order);

		if (n > 0)
			rc = report(s, place, order, n, each, context, e);
	}
	free(order);
	return rc;
}

/* Records with two heads or more in one field: few, so each is loaded whole. */
static int walk(struct journal *j, sqlite3_stmt *st, struct state *s, conflict_fn each, void *context, struct err *e)
{
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));

		if (k == NULL || k->known == NULL)
			continue;
		if (state_load(s, k, (const char *)sqlite3_column_text(st, 1), (size_t)sqlite3_column_bytes(st, 1), e) != 0)
			return -1;
		if (state_conflicts(s) > 0 && report_record(s, each, context, e) != 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

int conflict_each(struct journal *j, conflict_fn each, void *context, struct err *e)
{
	static const char sql[] = "SELECT DISTINCT tbl, pk FROM (SELECT tbl, pk FROM head WHERE col > 0 GROUP BY tbl, pk, col"
	    " HAVING count(*) > 1)";
	struct state *s;
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	s = state_new(j);
	rc = walk(j, st, s, each, context, e);
	state_free(s);
	sqlite3_finalize(st);
	return rc;
}
