#include "store/store_check.h"

#include <string.h>

#include "base/i18n.h"
#include "seal/slot.h"
#include "store/journal.h"
#include "store/store_internal.h"

struct checking {
	struct store *s;
	store_check_note note;
	void *context;
};

static void tell(const struct checking *c, enum store_check_part part, int64_t number)
{
	if (c->note != NULL)
		c->note(c->context, part, number);
}

/* The log goes into the database first, so that the file is all there is to look at. */
static int check_header(const struct checking *c, struct err *e)
{
	struct store *s = c->s;
	struct header h;
	int keys = 0;

	if (store_exec(s, "PRAGMA wal_checkpoint(TRUNCATE)", e) != 0 || header_read(&h, s->vfs, false, e) != 0)
		return -1;
	if (h.sequence != s->header.sequence || memcmp(h.slots, s->header.slots, sizeof h.slots) != 0)
		return err_set(e, ERR_DAMAGED, _("%s is damaged: its header changed while it was open"), vfs_path(s->vfs));
	for (int i = 0; i < HEADER_SLOTS; i++)
		keys += slot_kind(h.slots[i]) != SLOT_EMPTY;
	tell(c, CHECK_HEADER, keys);
	return 0;
}

static int check_pages(const struct checking *c, struct err *e)
{
	if (vfs_check(c->s->vfs, e) != 0)
		return -1;
	tell(c, CHECK_PAGES, (vfs_raw_size(c->s->vfs) - VFS_DATABASE) / VFS_PAGE);
	return 0;
}

static int64_t number_of(struct store *s, const char *sql)
{
	sqlite3_stmt *st = store_prepare_once(s, sql, NULL);
	int64_t n = st != NULL && store_step(s, st, NULL) == 1 ? sqlite3_column_int64(st, 0) : 0;

	sqlite3_finalize(st);
	return n;
}

static int check_indexes(const struct checking *c, struct err *e)
{
	struct store *s = c->s;
	sqlite3_stmt *st = store_prepare_once(s, "PRAGMA integrity_check(1)", e);
	int rc = st != NULL ? store_step(s, st, e) : -1;

	if (rc == 1 && strcmp(store_text(st, 0), "ok") != 0)
		rc = err_set(e, ERR_DAMAGED, _("%s is damaged: %s"), vfs_path(s->vfs), store_text(st, 0));
	sqlite3_finalize(st);
	if (rc != 1)
		return -1;
	tell(c, CHECK_INDEXES, number_of(s, "SELECT count(*) FROM sqlite_schema WHERE type IN ('table', 'index')"));
	return 0;
}

/* The connection does not enforce them (references between records are no foreign keys); what a schema declares must hold all the same. */
static int check_references(const struct checking *c, struct err *e)
{
	struct store *s = c->s;
	sqlite3_stmt *st = store_prepare_once(s, "PRAGMA foreign_key_check", e);
	int rc = st != NULL ? store_step(s, st, e) : -1;

	if (rc == 1)
		rc = err_set(e, ERR_DAMAGED, _("%s is damaged: a row of %s refers to a row of %s that is not there"), vfs_path(s->vfs), store_text(st, 0),
		    store_text(st, 2));
	sqlite3_finalize(st);
	if (rc != 0)
		return -1;
	tell(c, CHECK_REFERENCES,
	    number_of(s, "SELECT count(*) FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) WHERE m.type = 'table'"));
	return 0;
}

static int check_journal(const struct checking *c, struct err *e)
{
	struct store *s = c->s;

	if (s->journal == NULL)
		return 0;
	if (journal_check(s->journal, e) != 0)
		return err_prefix(e, "%s", vfs_path(s->vfs));
	tell(c, CHECK_JOURNAL, number_of(s, "SELECT count(*) FROM oplog"));
	return 0;
}

int store_check_told(struct store *s, store_check_note note, void *context, struct err *e)
{
	struct checking c = { s, note, context };

	bug_if(s->depth > 0);
	if (check_header(&c, e) != 0 || check_pages(&c, e) != 0 || check_indexes(&c, e) != 0 || check_references(&c, e) != 0 || check_journal(&c, e) != 0)
		return -1;
	/* A power cut while a key was changed, or somebody's hand: which of them cannot be told, so it is said once. */
	if (s->header.torn)
		return err_set(e, ERR_DAMAGED, _("%s: one of the two copies of its header was damaged; it is mended, and everything else is whole"),
		    vfs_path(s->vfs));
	return 0;
}

int store_check(struct store *s, struct err *e)
{
	return store_check_told(s, NULL, NULL, e);
}
