#include "sync/quarantine_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "crypto/minisig.h"
#include "sync/intake.h"
#include "sync/quarantine.h"

int quarantine_each(struct store *s, int64_t id, quarantined_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT q.id, q.arrived, q.size, coalesce(length(q.file), 0), q.seq, q.sender, coalesce(p.label, ''), q.proved, q.hash,"
	    " q.origin, q.reason FROM quarantine q LEFT JOIN peer p ON p.id = q.sender WHERE ?1 = 0 OR q.id = ?1 ORDER BY q.id", e);
	int more;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	while ((more = store_step(s, st, e)) == 1) {
		struct quarantined q = { .id = sqlite3_column_int64(st, 0), .arrived_ms = sqlite3_column_int64(st, 1), .size = sqlite3_column_int64(st, 2),
			.kept = sqlite3_column_int64(st, 3), .seq = sqlite3_column_int64(st, 4), .sender = store_text(st, 5), .label = store_text(st, 6),
			.proved = sqlite3_column_int(st, 7) != 0, .hash = store_text(st, 8), .origin = store_text(st, 9), .reason = store_text(st, 10) };

		if (each(context, &q, e) != 0) {
			more = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return more;
}

static int none(int64_t id, struct err *e)
{
	return err_set(e, ERR_REFUSED, _("nothing in quarantine has the number %lld"), (long long)id);
}

/* Its kept bytes (appended) and how many it had. */
static int read_bytes(struct store *s, int64_t id, struct buf *out, int64_t *size, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT size, file FROM quarantine WHERE id = ?1", e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	found = store_step(s, st, e);
	if (found == 1) {
		*size = sqlite3_column_int64(st, 0);
		if (sqlite3_column_bytes(st, 1) > 0)
			buf_add(out, sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1));
	}
	sqlite3_reset(st);
	return found == 1 ? 0 : found < 0 ? -1 : none(id, e);
}

/* A private copy, as of a file that comes; *whole: all of its bytes. */
static int open_copy(struct store *s, int64_t id, struct spool *sp, bool *whole, struct err *e)
{
	struct buf bytes = BUF_INIT;
	char *folder = fs_dirname(store_path(s));
	int64_t size = 0;
	int result = read_bytes(s, id, &bytes, &size, e);

	if (result == 0)
		result = spool_bytes(sp, bytes.len > 0 ? bytes.data : "", bytes.len, folder, e);
	*whole = (int64_t)bytes.len == size && size > 0;
	buf_release(&bytes);
	free(folder);
	return result;
}

int quarantine_line(struct store *s, int64_t id, struct buf *out, struct err *e)
{
	struct spool sp;
	char block[MINISIG_BLOCK_MAX];
	struct minisig sig;
	bool whole;
	ssize_t n;

	if (open_copy(s, id, &sp, &whole, e) != 0)
		return -1;
	n = spool_read(&sp, 0, block, sizeof block, e);
	spool_close(&sp);
	if (n > 0 && minisig_read(&sig, block, (size_t)n, NULL) == 0)
		buf_add(out, sig.trusted, sig.trusted_len);
	return n < 0 ? -1 : 0;
}

int quarantine_checks(struct store *s, int64_t id, quarantine_check_fn each, void *context, struct err *e)
{
	struct spool sp;
	bool whole;
	int result;

	if (open_copy(s, id, &sp, &whole, e) != 0)
		return -1;
	result = sp.size > 0 ? intake_checks(s, &sp, whole, each, context, e) : 0;
	spool_close(&sp);
	return result;
}

/* --- judged once more --- */

/* What had waited for this one. What is refused of it goes to quarantine with its own reason, as in any round. */
static int release_waiting(struct store *s, const char *from, struct released *out, struct err *e)
{
	struct intake in = { .seen = NULL };
	int more;

	while ((more = intake_parked(s, from, &in, e)) == 1) {
		if (in.outcome == INTAKE_TAKEN) {
			out->accepted += in.accepted;
			out->refused += in.refused;
		}
	}
	return more;
}

static int tell(struct store *s, const struct intake *in, struct released *out, struct err *e)
{
	out->accepted = in->accepted;
	out->refused = in->refused;
	out->missing = in->missing;
	switch (in->outcome) {
	case INTAKE_TAKEN:
		out->outcome = RELEASE_TAKEN;
		return release_waiting(s, in->meta.from, out, e);
	case INTAKE_KNOWN:
		out->outcome = RELEASE_KNOWN;
		break;
	case INTAKE_PARKED:
		out->outcome = RELEASE_WAITS;
		break;
	case INTAKE_REQUEST:
		out->outcome = RELEASE_REQUEST;
		break;
	case INTAKE_REFUSED:
		out->outcome = RELEASE_REFUSED;
		snprintf(out->reason, sizeof out->reason, "%s", in->problem);
		break;
	case INTAKE_FULL:
		out->outcome = RELEASE_LATER;
		snprintf(out->reason, sizeof out->reason, _("bundle %lld of its sender is missing, and as many wait for it as may"), (long long)in->missing);
		break;
	case INTAKE_STALE:
		out->outcome = RELEASE_LATER;
		snprintf(out->reason, sizeof out->reason, "%s", _("the hub knows another copy of this store; a sync says what to do"));
		break;
	case INTAKE_UNREAD:
		out->outcome = RELEASE_LATER;
		snprintf(out->reason, sizeof out->reason, "%s", in->problem);
		break;
	}
	return 0;
}

static int delete_row(struct store *s, int64_t id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "DELETE FROM quarantine WHERE id = ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	return store_run(s, st, e);
}

static int is_answered(struct store *s, int64_t id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM quarantine WHERE id = ?1 AND answered", e);
	int found;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}

/* The row goes after the bundle is in: whatever interrupts between the two, the bundle is known when it is released again. */
static int judge(struct store *s, int64_t id, const struct spool *sp, struct released *out, struct err *e)
{
	struct intake in = { .seen = NULL };
	int answered = is_answered(s, id, e);

	if (answered < 0)
		return -1;
	if (answered == 1) {
		out->outcome = RELEASE_REFUSED;
		snprintf(out->reason, sizeof out->reason, "%s", _("its sender is told that it was refused, and sends the same changes again in another bundle"));
		return 0;
	}
	if (intake(s, sp, "", &in, e) != 0)
		return -1;
	if (in.outcome != INTAKE_REFUSED && in.outcome != INTAKE_FULL && in.outcome != INTAKE_STALE && in.outcome != INTAKE_UNREAD && delete_row(s, id, e) != 0)
		return -1;
	return tell(s, &in, out, e);
}

int quarantine_release(struct store *s, int64_t id, struct released *out, struct err *e)
{
	struct spool sp;
	bool whole;
	int result;

	memset(out, 0, sizeof *out);
	if (open_copy(s, id, &sp, &whole, e) != 0)
		return -1;
	result = whole ? judge(s, id, &sp, out, e) : err_set(e, ERR_REFUSED, _("of number %lld the bytes are not kept any more; its sender can send it again"),
	    (long long)id);
	spool_close(&sp);
	return result;
}

/* --- deleting --- */

int quarantine_delete(struct store *s, int64_t id, struct err *e)
{
	if (delete_row(s, id, e) != 0)
		return -1;
	return sqlite3_changes(store_db(s)) > 0 ? 0 : none(id, e);
}

int quarantine_delete_before(struct store *s, int64_t before_ms, int64_t *count, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "DELETE FROM quarantine WHERE arrived < ?1", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, before_ms);
	if (store_run(s, st, e) != 0)
		return -1;
	*count = sqlite3_changes(store_db(s));
	return 0;
}
