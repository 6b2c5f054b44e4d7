/* Transactions of a store. The journal hears of the outermost one; its counters fall back with a savepoint by themselves.
 *
 * SQLite may roll a whole transaction back by itself (disk full, an I/O error): from then on every step, begin and commit inside it
 * fails, until the caller has rolled back as many levels as it began. */
#include "base/i18n.h"
#include "store/journal.h"
#include "store/store_internal.h"

static bool lost(struct store *s)
{
	return s->depth > 0 && sqlite3_get_autocommit(s->db);
}

static int say_lost(struct err *e)
{
	return err_set(e, ERR_REFUSED, _("the change was undone because of the failure before"));
}

/* Not by store_step: what was interrupted is still to be rolled back; and SQLite may ask whether to go on when a COMMIT is done already. */
static int run(struct store *s, const char *sql, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int rc;

	if (st == NULL)
		return -1;
	s->unwatched = true;
	rc = sqlite3_step(st) == SQLITE_DONE ? 0 : store_error(s, e);
	sqlite3_reset(st);
	s->unwatched = false;
	return rc;
}

int store_warm(struct store *s, struct err *e)
{
	if (s->depth > 0 || s->journal == NULL)
		return 0;
	return store_gate(s, e) != 0 ? -1 : journal_before_begin(s->journal, e);
}

int store_begin(struct store *s, struct err *e)
{
	if (store_gate(s, e) != 0)
		return -1;
	if (lost(s))
		return say_lost(e);
	if (s->depth == 0) {
		store_version(s);	/* counts what was changed outside of a transaction */
		if (s->journal != NULL && journal_before_begin(s->journal, e) != 0)
			return -1;
	}
	if (run(s, s->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT inner", e) != 0)
		return -1;
	s->depth++;
	return 0;
}

static int commit_outer(struct store *s, struct err *e)
{
	if (s->journal != NULL && journal_before_commit(s->journal, e) != 0)
		return -1;
	if (run(s, "COMMIT", e) != 0)
		return -1;
	s->depth = 0;
	store_take_renewed(s);
	if (s->journal != NULL)
		journal_after_commit(s->journal);
	return 0;
}

int store_commit(struct store *s, struct err *e)
{
	int rc;

	bug_if(s->depth == 0);
	if (store_gate(s, e) != 0)
		rc = -1;
	else if (lost(s))
		rc = say_lost(e);
	else if (s->depth == 1)
		rc = commit_outer(s, e);
	else
		rc = run(s, "RELEASE inner", e);
	if (rc != 0)
		store_rollback(s);
	else if (s->depth > 1)
		s->depth--;
	return rc;
}

void store_rollback(struct store *s)
{
	bug_if(s->depth == 0);
	if (!lost(s)) {
		if (s->depth == 1) {
			run(s, "ROLLBACK", NULL);
		} else {
			run(s, "ROLLBACK TO inner", NULL);
			run(s, "RELEASE inner", NULL);
		}
	}
	if (--s->depth > 0)
		return;
	store_drop_renewed(s);
	s->changes_seen = sqlite3_total_changes64(s->db);
	if (s->journal != NULL)
		journal_after_rollback(s->journal);
}

uint64_t store_version(struct store *s)
{
	sqlite3_int64 changes = sqlite3_total_changes64(s->db);

	if (s->depth == 0 && changes != s->changes_seen) {
		s->changes_seen = changes;
		s->version++;
	}
	return s->version;
}
