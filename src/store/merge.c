#include "store/merge.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/fold.h"
#include "store/merge_indexes.h"
#include "store/merge_joined.h"
#include "store/state.h"

static int wrong(const struct operation *op, struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("operation %lld of the journal is not well-formed"), (long long)op->seq);
}

static bool fits(const struct table *t, int place, const struct value *v)
{
	if (place == 0)
		return v->type == VALUE_INTEGER && (v->number == 0 || v->number == 1);
	if (v->type == VALUE_NULL)
		return true;
	switch (t->columns[place].kind) {
	case COLUMN_INTEGER: return v->type == VALUE_INTEGER;
	case COLUMN_LONG_TEXT: return v->type == VALUE_TEXT;
	case COLUMN_TEXT: case COLUMN_REFERENCE: break;
	}
	return v->type == VALUE_TEXT && !v->lines;
}

/* Values of columns that this program does not know pass as they are; an insert is not deleted. */
static bool insert_fits(const struct kind *k, const struct body *b)
{
	if (b->value_count > k->count || b->value_count < k->numbers[0])
		return false;
	for (int i = 0; i < b->value_count; i++)
		if (k->places[i] >= 0 && !fits(k->known, k->places[i], &b->values[i]))
			return false;
	return b->values[k->numbers[0] - 1].number == 0;
}

/* Whoever saw a stamp has a clock past it; so the order of stamps is an order of causes. */
static bool update_fits(const struct kind *k, const struct operation *op, const struct body *b)
{
	for (int i = 0; i < b->change_count; i++) {
		const struct change *c = &b->changes[i];

		if (c->col > k->count || (k->places[c->col - 1] >= 0 && !fits(k->known, k->places[c->col - 1], &c->value)))
			return false;
		for (int s = 0; s < c->seen_count; s++)
			if (c->seen[s].hlc >= op->hlc)
				return false;
	}
	return true;
}

int merge_read(const struct kind *k, const struct operation *op, struct body *b, struct err *e)
{
	if (op->body == NULL)
		return wrong(op, e);
	if (op->kind == OPERATION_INSERT)
		return body_read_insert(b, op->body, op->body_len, e) != 0 ? -1 : insert_fits(k, b) ? 0 : wrong(op, e);
	if (body_read_update(b, op->body, op->body_len, e) != 0)
		return -1;
	return update_fits(k, op, b) ? 0 : wrong(op, e);
}

int merge_parse(struct journal *j, const struct kind *k, const struct operation *op, struct body *b, struct err *e)
{
	if (merge_read(k, op, b, e) != 0)
		return -1;
	return op->kind == OPERATION_UPDATE ? journal_resolve(j, b, e) : 0;
}

/* What this program does not understand is kept: any JSON value. */
static int check_kept(const struct operation *op, struct err *e)
{
	struct json in;
	bool good;

	if (op->body == NULL)
		return op->kind == OPERATION_INSERT || op->kind == OPERATION_UPDATE ? wrong(op, e) : 0;
	if (op->body_len > BODY_MAX)
		return wrong(op, e);
	json_open(&in, op->body, op->body_len);
	good = json_skip(&in, NULL, NULL) == 0 && json_finish(&in) == 0;
	json_close(&in);
	return good ? 0 : wrong(op, e);
}

static int is_logged(struct journal *j, const struct operation *op, bool *logged, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	*logged = false;
	if (op->seq > j->devices[op->dev].max_seq)
		return 0;
	st = journal_sql(j, SQL_IS_LOGGED, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_reset(st);
	*logged = rc == SQLITE_ROW;
	return *logged || rc == SQLITE_DONE ? 0 : -1;
}

/* The common case: a record that nothing is known of. One row, nothing else. */
static int insert_new(struct journal *j, struct kind *k, const struct operation *op, const struct body *b, bool *done, struct err *e)
{
	static const struct value empty = { .type = VALUE_NULL };
	struct stamp at = { op->hlc, op->dev };
	struct value row[TABLE_COLUMNS_MAX];

	for (int place = 0; place < k->known->count; place++)
		row[place] = k->numbers[place] <= b->value_count ? b->values[k->numbers[place] - 1] : empty;
	state_begin(j->state, k, op->pk, op->pk_len);
	if (state_insert_row(j->state, at, row, done, e) != 0)
		return -1;
	if (!*done)
		return 0;
	j->now.visible[k->place]++;
	return j->bulk.left > 0 ? indexes_note(j, k, e) : 0;
}

static int apply(struct journal *j, struct kind *k, const struct operation *op, const struct body *b, enum merge_result *result,
    struct err *e)
{
	struct stamp at = { op->hlc, op->dev };
	bool done = false;

	if (op->kind == OPERATION_INSERT && j->now.orphans == 0 && insert_new(j, k, op, b, &done, e) != 0)
		return -1;
	if (done)
		return 0;
	if (state_load(j->state, k, op->pk, op->pk_len, e) != 0)
		return -1;
	if (op->kind == OPERATION_INSERT)
		state_insert(j->state, at, b->values, b->value_count);
	else
		state_update(j->state, at, b->changes, b->change_count);
	if (!j->state->exists)
		*result = MERGE_KEPT;
	return state_save(j->state, false, e);
}

/* An erase has no body; of records other than people it has no effect. */
static int take_other(struct journal *j, struct kind *k, const struct operation *op, enum merge_result *result, struct err *e)
{
	bool erases = op->kind == OPERATION_ERASE && erase_is_person(k);

	if (check_kept(op, e) != 0)
		return -1;
	if (erases && op->body != NULL)
		return wrong(op, e);
	*result = erases ? MERGE_APPLIED : MERGE_KEPT;
	return journal_log(j, op, e) != 0 ? -1 : erases ? erase_person(j, k, op->pk, op->pk_len, e) : 0;
}

static int take(struct journal *j, struct operation *op, enum merge_result *result, struct err *e)
{
	struct kind *k = dictionary_kind(j, op->tbl);
	int folded;

	if (k == NULL || k->known == NULL || (op->kind != OPERATION_INSERT && op->kind != OPERATION_UPDATE))
		return take_other(j, k, op, result, e);
	if (merge_parse(j, k, op, &j->body, e) != 0)
		return -1;
	folded = fold_was(j, k, op, &j->body, e);
	if (folded != 0)
		return folded < 0 ? -1 : 0;		/* known, once */
	if (erase_arriving(j, k, op, e) != 0 || journal_log(j, op, e) != 0)
		return -1;
	*result = MERGE_APPLIED;
	return apply(j, k, op, &j->body, result, e);
}

static int check_head(struct journal *j, const struct operation *op, struct err *e)
{
	if (journal_fresh_devices(j, e) != 0)
		return -1;
	if (op->dev < 1 || op->dev >= j->device_count || op->seq < 1 || op->hlc == 0 || op->hlc > INT64_MAX ||
	    op->tbl < 1 || op->tbl > j->kind_count || !body_id_valid(op->pk, op->pk_len))
		return wrong(op, e);
	return 0;
}

int merge_check(struct journal *j, const struct operation *op, struct err *e)
{
	struct kind *k = check_head(j, op, e) == 0 ? dictionary_kind(j, op->tbl) : NULL;

	if (k == NULL)
		return -1;
	if (k->known == NULL || (op->kind != OPERATION_INSERT && op->kind != OPERATION_UPDATE))
		return check_kept(op, e);
	return merge_read(k, op, &j->body, e);
}

static int begin(struct journal *j, const struct operation *op, bool *logged, struct err *e)
{
	return check_head(j, op, e) == 0 ? is_logged(j, op, logged, e) : -1;
}

int merge_operation(struct journal *j, const struct operation *op, enum merge_result *result, struct err *e)
{
	struct operation copy = *op;
	enum journal_mode before;
	char pk[RECORD_ID_SIZE];
	bool logged;
	int rc;

	if (begin(j, op, &logged, e) != 0)
		return -1;
	*result = MERGE_KNOWN;
	if (logged)
		return 0;
	memcpy(pk, op->pk, op->pk_len);		/* a string: in a line of a bundle it is none */
	pk[op->pk_len] = '\0';
	copy.pk = pk;
	if (journal_join(j, e) != 0)
		return -1;
	j->bulk.left -= j->bulk.left > 0;
	before = journal_set_mode(j, JOURNAL_MERGE);
	rc = take(j, &copy, result, e);
	journal_set_mode(j, before);
	return rc;
}

int merge_begin(struct journal *j, struct err *e)
{
	if (journal_join(j, e) != 0 || journal_before_begin(j, e) != 0)
		return -1;
	if (j->now.silent)
		return 0;
	return joined_stop(j, e) != 0 || journal_capture_stop(j, e) != 0 ? -1 : 0;
}

void merge_expect(struct journal *j, int64_t operations)
{
	j->bulk.left = operations;
}

int merge_end(struct journal *j, struct err *e)
{
	if (indexes_restore(j, e) != 0)
		return -1;
	if (j->now.silent && (journal_capture_start(j, e) != 0 || joined_start(j, e) != 0))
		return -1;
	return erase_flush(j, e);
}
