/* What the hub did not accept, and what a person says about it. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/dictionary.h"
#include "store/reissue.h"
#include "sync/op_fields.h"
#include "sync/sync.h"

struct asked { struct store *s; int64_t seq; bool found; };

/* Those that wait for a coordinator are not told here at all. */
static int pick(void *context, int64_t seq, const char *table, const char *id, const char *reason, struct err *e)
{
	struct asked *a = context;
	sqlite3_stmt *st;

	(void)table;
	(void)id;
	(void)reason;
	if (a->seq != 0 && a->seq != seq)
		return 0;
	st = store_prepare(a->s, "INSERT INTO temp.picked(seq) VALUES(?1)", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, seq);
	a->found = true;
	return store_run(a->s, st, e);
}

/* The reason's code; 1 there is one with this number, 0, -1. */
static int reason_of(struct store *s, int64_t seq, char code[40], struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT reason FROM not_accepted WHERE seq = ?1", e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, seq);
	found = store_step(s, st, e);
	if (found == 1)
		snprintf(code, 40, "%s", store_text(st, 0));
	sqlite3_reset(st);
	return found;
}

/* To send such a one again by itself would only have it refused again. */
static int may_be_given(struct store *s, int64_t seq, struct err *e)
{
	char code[40];
	int found = reason_of(s, seq, code, e);

	if (found <= 0)
		return found;
	if (strcmp(code, "clock") == 0)
		return err_set(e, ERR_REFUSED, _("this change is given anew by itself once the date is right"));
	if (strcmp(code, "depends") == 0)
		return err_set(e, ERR_REFUSED, _("this change rests on another one that was not accepted: send that one again, and this one goes along"));
	return 0;
}

static int fill(struct store *s, int64_t seq, enum reissue_what what, struct err *e)
{
	struct asked a = { .s = s, .seq = seq };

	if (store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS picked(seq INTEGER PRIMARY KEY); DELETE FROM temp.picked", e) != 0 ||
	    sync_each_refused(s, false, pick, &a, e) != 0)
		return -1;
	if (seq != 0 && !a.found)
		return err_set(e, ERR_REFUSED, _("there is no change with the number %lld that was not accepted, or it waits for a coordinator"), (long long)seq);
	if (what == REISSUE_DROP)
		return 0;
	if (seq != 0)
		return may_be_given(s, seq, e);
	return store_exec(s, "DELETE FROM temp.picked WHERE seq IN (SELECT seq FROM not_accepted WHERE reason IN ('clock', 'depends'))", e);
}

static int settle(struct store *s, int64_t seq, enum reissue_what what, int64_t *count, struct err *e)
{
	*count = 0;
	if (store_begin(s, e) != 0)
		return -1;
	if (fill(s, seq, what, e) != 0 || reissue_picked(store_journal(s), what, count, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

int sync_refused_again(struct store *s, int64_t seq, int64_t *count, struct err *e)
{
	return settle(s, seq, REISSUE_GIVE, count, e);
}

int sync_refused_drop(struct store *s, int64_t seq, int64_t *count, struct err *e)
{
	return settle(s, seq, REISSUE_DROP, count, e);
}

static int write_values(struct store *s, const struct operation *op, struct buf *out, struct err *e)
{
	const struct table *t = dictionary_known(store_journal(s), op->tbl);
	struct op_fields f;
	int result = 0;

	if (t == NULL || op->body == NULL || (op->kind != OPERATION_INSERT && op->kind != OPERATION_UPDATE))
		return 0;
	op_fields_init(&f);
	result = op_fields_read(&f, store_journal(s), t, op, e);
	for (int i = 0; i < t->count && result == 0; i++)
		if (f.set[i] && (op->kind == OPERATION_UPDATE || f.value[i] != NULL))
			buf_addf(out, "%s\t%s\n", t->columns[i].name, f.value[i] != NULL ? f.value[i] : "");
	op_fields_release(&f);
	return result;
}

int sync_refused_values(struct store *s, int64_t seq, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT d.no, n.kind, n.pk, n.body FROM not_accepted n JOIN dict_table d ON d.name = n.tbl WHERE n.seq = ?1", e);
	int result;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, seq);
	result = store_step(s, st, e);
	if (result == 1) {
		struct operation op = { .seq = seq, .tbl = sqlite3_column_int(st, 0), .kind = sqlite3_column_int(st, 1),
			.pk = (const char *)sqlite3_column_text(st, 2), .pk_len = (size_t)sqlite3_column_bytes(st, 2),
			.body = (const char *)sqlite3_column_text(st, 3), .body_len = (size_t)sqlite3_column_bytes(st, 3) };

		result = write_values(s, &op, out, e);
	}
	sqlite3_reset(st);
	return result;
}
