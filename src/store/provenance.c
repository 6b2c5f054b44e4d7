#include "store/provenance.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "store/journal_private.h"

/* By the device's tag: its number may change when a store makes new keys. */
int64_t provenance_sum(const struct journal *j, const struct operation *op)
{
	struct {
		char tag[TAG_LENGTH];
		int64_t seq;
		uint64_t hlc, pk, body;
		int32_t tbl, kind;
	} whole;

	memset(&whole, 0, sizeof whole);
	memcpy(whole.tag, j->devices[op->dev].tag, TAG_LENGTH);
	whole.seq = op->seq;
	whole.hlc = op->hlc;
	whole.tbl = op->tbl;
	whole.kind = op->kind;
	whole.pk = hash_short(op->pk, op->pk_len);
	whole.body = op->body != NULL ? hash_short(op->body, op->body_len) : 0;
	return provenance_plus((int64_t)(hash_short(&whole, sizeof whole) >> 2), 0);
}

void journal_set_bundle(struct journal *j, int64_t no)
{
	j->bundle = no;
	j->bundle_sum = 0;
}

int64_t journal_bundle_sum(const struct journal *j)
{
	return j->bundle_sum;
}

int64_t provenance_next(struct journal *j, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(j, "SELECT coalesce(max(no), 0) + 1 FROM bundle_in WHERE no IS NOT NULL", e);
	int64_t no = -1;

	if (st == NULL)
		return -1;
	if (sqlite3_step(st) == SQLITE_ROW)
		no = sqlite3_column_int64(st, 0);
	else
		journal_fail(j, e);
	sqlite3_finalize(st);
	return no;
}

/* --- operations as rows: dev, seq, hlc, tbl, kind, pk, body, bundle --- */

#define COLUMNS "dev, seq, hlc, tbl, kind, pk, body, bundle"

static int read_row(struct journal *j, sqlite3_stmt *st, struct operation *op, struct err *e)
{
	*op = (struct operation){ .dev = sqlite3_column_int(st, 0), .seq = sqlite3_column_int64(st, 1),
		.hlc = (uint64_t)sqlite3_column_int64(st, 2), .tbl = sqlite3_column_int(st, 3), .kind = sqlite3_column_int(st, 4),
		.pk = (const char *)sqlite3_column_text(st, 5), .pk_len = (size_t)sqlite3_column_bytes(st, 5),
		.body = (const char *)sqlite3_column_text(st, 6), .body_len = (size_t)sqlite3_column_bytes(st, 6) };
	return op->pk != NULL && op->dev >= 1 && op->dev < j->device_count ? 0
	    : err_set(e, ERR_DAMAGED, _("operation %lld of the journal is damaged"), (long long)op->seq);
}

int64_t provenance_own_sum(struct journal *j, int64_t first, int64_t last, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(j, "SELECT " COLUMNS " FROM oplog WHERE dev = 1 AND seq BETWEEN ?1 AND ?2 AND bundle IS NULL", e);
	int64_t sum = 0;
	int rc;

	if (st == NULL || journal_fresh_devices(j, e) != 0) {
		sqlite3_finalize(st);
		return -1;
	}
	sqlite3_bind_int64(st, 1, first);
	sqlite3_bind_int64(st, 2, last);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct operation op;

		if (read_row(j, st, &op, e) != 0)
			break;
		sum = provenance_plus(sum, provenance_sum(j, &op));
	}
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? sum : -1;
}

/* --- rightly changed --- */

/* Adds to the sum of the bundle that arrived, or to those of the own bundles that the operation left in: of an enrolment before, too. */
static int adjust(struct journal *j, const struct operation *op, int64_t bundle, int64_t by, struct err *e)
{
	sqlite3_stmt *st;

	if (bundle == 0 && op->dev != 1)
		return 0;
	if (bundle != 0 && bundle == j->bundle) {
		j->bundle_sum = provenance_plus(j->bundle_sum, by);
		return 0;
	}
	st = journal_sql(j, bundle != 0 ? SQL_SUM_IN : SQL_SUM_OUT, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, by);
	sqlite3_bind_int64(st, 2, bundle != 0 ? bundle : op->seq);
	return journal_run(j, st, e);
}

/* Reads the operation and takes it out of its sum; the statement stays on its row, for the strings. */
static int take_out(struct journal *j, sqlite3_stmt *st, int dev, int64_t seq, struct operation *op, int64_t *bundle, struct err *e)
{
	int rc;

	if (journal_fresh_devices(j, e) != 0 || journal_join(j, e) != 0)
		return -1;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seq);
	rc = sqlite3_step(st);
	if (rc == SQLITE_DONE)
		return err_set(e, ERR_REFUSED, _("operation %lld is not in the journal"), (long long)seq);
	if (rc != SQLITE_ROW)
		return journal_fail(j, e);
	*bundle = sqlite3_column_int64(st, 7);
	return read_row(j, st, op, e) != 0 ? -1 : adjust(j, op, *bundle, provenance_minus(0, provenance_sum(j, op)), e);
}

static int change(struct journal *j, const struct operation *op, const char *body, size_t len, bool remove, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, remove ? SQL_OPERATION_REMOVE : SQL_OPERATION_REWRITE, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->dev);
	sqlite3_bind_int64(st, 2, op->seq);
	if (!remove)
		sqlite3_bind_text(st, 3, body, (int)len, SQLITE_STATIC);
	return journal_run(j, st, e);
}

static int rewrite(struct journal *j, int dev, int64_t seq, const char *body, size_t len, bool remove, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_OPERATION_WHOLE, e);
	struct operation op;
	int64_t bundle = 0;
	int rc = st == NULL ? -1 : take_out(j, st, dev, seq, &op, &bundle, e);

	if (rc == 0 && !remove) {
		op.body = body;
		op.body_len = len;
		rc = adjust(j, &op, bundle, provenance_sum(j, &op), e);
	}
	sqlite3_reset(st);
	return rc == 0 ? change(j, &op, body, len, remove, e) : -1;
}

int journal_rewrite(struct journal *j, int dev, int64_t seq, const char *body, size_t body_len, struct err *e)
{
	return rewrite(j, dev, seq, body, body_len, false, e);
}

int journal_remove(struct journal *j, int dev, int64_t seq, struct err *e)
{
	return rewrite(j, dev, seq, NULL, 0, true, e);
}

int provenance_forget_wanted(struct journal *j, int64_t own, struct err *e)
{
	sqlite3_stmt *st = journal_prepare(j, "SELECT " COLUMNS " FROM oplog o"
	    " WHERE EXISTS(SELECT 1 FROM temp.wanted w WHERE w.tbl = o.tbl AND w.pk = o.pk) AND NOT " OPERATION_STAYS
	    " AND NOT (o.dev = 1 AND o.seq > ?1)", e);
	int rc;

	if (st == NULL || journal_fresh_devices(j, e) != 0) {
		sqlite3_finalize(st);
		return -1;
	}
	sqlite3_bind_int64(st, 1, own);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct operation op;

		if (read_row(j, st, &op, e) != 0 ||
		    adjust(j, &op, sqlite3_column_int64(st, 7), provenance_minus(0, provenance_sum(j, &op)), e) != 0)
			break;
	}
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

/* --- looked up --- */

int provenance_find(struct journal *j, int dev, int64_t seq, int64_t bundle, struct provenance *out, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (bundle == 0 && dev != 1)
		return 0;
	st = journal_sql(j, bundle != 0 ? SQL_BUNDLE_IN : SQL_BUNDLE_OUT, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, bundle != 0 ? bundle : seq);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		snprintf(out->peer, sizeof out->peer, "%s", (const char *)sqlite3_column_text(st, 0));
		out->epoch = sqlite3_column_int64(st, 1);
		out->seq = sqlite3_column_int64(st, 2);
		snprintf(out->hash, sizeof out->hash, "%s", (const char *)sqlite3_column_text(st, 3));
		out->sent = bundle == 0;
	} else if (rc != SQLITE_DONE) {
		journal_fail(j, e);
	}
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}
