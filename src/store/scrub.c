/* What was erased goes from the file as well. */
#include <stdlib.h>

#include "base/i18n.h"
#include "store/erase.h"
#include "store/store_internal.h"

/* The log into the database, every page of it written without remains; then SQLite forgets its copies of the pages, which may have some. */
static int settle(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, "PRAGMA wal_checkpoint(TRUNCATE)", e);
	int rc = st != NULL ? store_step(s, st, e) : -1;

	if (rc == 1 && sqlite3_column_int(st, 0) != 0)
		rc = err_set(e, ERR_REFUSED, _("%s is busy"), vfs_path(s->vfs));
	sqlite3_finalize(st);
	sqlite3_db_release_memory(s->db);
	return rc == 1 ? 0 : -1;
}

/* Pages that a program of before wrote are all written anew. The pages of the new database need not wait in memory for the commit (store.c): there is no
 * savepoint in a VACUUM. */
static int rewrite(struct store *s, struct err *e)
{
	int rc = store_warm(s, e);

	if (rc == 0 && (rc = store_exec(s, "PRAGMA cache_spill = 1", e)) == 0) {
		rc = store_exec(s, "VACUUM", e);
		store_exec(s, CACHE_SPILL, NULL);
	}
	return rc == 0 ? settle(s, e) : -1;
}

int store_scrub(struct store *s, struct err *e)
{
	char *due = store_setting(s, "scrub");
	bool found;

	bug_if(s->depth > 0);
	if (due == NULL)
		return 0;
	free(due);
	if (settle(s, e) != 0 || vfs_remains(s->vfs, &found, e) != 0 || (found && rewrite(s, e) != 0))
		return -1;
	return store_set_setting(s, "scrub", NULL, e) == 0 ? settle(s, e) : -1;
}
