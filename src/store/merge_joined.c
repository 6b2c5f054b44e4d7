#include "store/merge_joined.h"

#include <string.h>

#include "schema/schema.h"

int joined_stop(struct journal *j, struct err *e)
{
	int64_t any;

	if (journal_number(j, "SELECT EXISTS(SELECT 1 FROM joined)", NULL, &any, e) != 0 || journal_exec(j, "DROP TRIGGER main.joined_insert", e) != 0)
		return -1;
	j->now.joined = any != 0;
	return 0;
}

int joined_start(struct journal *j, struct err *e)
{
	return journal_exec(j, schema_joined_insert, e);
}

int joined_inserted(struct journal *j, const struct kind *k, const char *pk, size_t pk_len, struct err *e)
{
	sqlite3_stmt *st;

	if (!j->now.silent)
		return 0;
	if (strcmp(k->name, "person_link") == 0)
		j->now.joined = true;
	if (!j->now.joined || !erase_is_person(k))
		return 0;
	st = journal_sql(j, SQL_JOINED_SHOW, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, pk, (int)pk_len, SQLITE_STATIC);
	return journal_run(j, st, e);
}
