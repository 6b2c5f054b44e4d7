/* What is erased against what the journal says of it: every mark has its reason, every reason its mark, and nothing personal is left in an erased record. */
#include <string.h>

#include "base/i18n.h"
#include "store/dictionary.h"
#include "store/journal_private.h"

static int damaged(const struct kind *k, const char *pk, const char *what, struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("the journal and the records do not agree: %s %s, %s"), k->name, pk, what);
}

/* tbl, pk, kind, body of an operation that counts: temp.erasing gathers what is erased by it. */
static int check_operation(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
	const char *pk = (const char *)sqlite3_column_text(st, 1), *body = (const char *)sqlite3_column_text(st, 3);
	int kind = sqlite3_column_int(st, 2), marked, named;
	sqlite3_stmt *add;

	(void)context;
	if (k == NULL || k->known == NULL || pk == NULL || (kind == OPERATION_ERASE && !erase_is_person(k)))
		return 0;
	if (kind != OPERATION_ERASE && erase_read(j, kind, body, (size_t)sqlite3_column_bytes(st, 3), e) != 0)
		return -1;
	marked = erase_marked(j, k->number, pk, strlen(pk), e);
	named = kind == OPERATION_ERASE ? 1 : erase_names(j, k, kind, &j->body, e);
	if (marked < 0 || named < 0)
		return -1;
	if (named > 0 && marked == 0)
		return damaged(k, pk, _("an erasure was forgotten"), e);
	if (marked > 0 && kind != OPERATION_ERASE && erase_empty(k, kind, &j->body))
		return damaged(k, pk, _("a value that was erased"), e);
	add = journal_sql(j, SQL_ERASING_ADD, e);
	if (named == 0 || add == NULL)
		return add == NULL ? -1 : 0;
	journal_bind_record(add, k->number, pk, strlen(pk));
	return journal_run(j, add, e);
}

/* A mark that nothing here explains; of a part, what explains it may have left with its whole. */
static int check_mark(struct journal *j, sqlite3_stmt *st, void *context, struct err *e)
{
	struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));

	(void)context;
	for (int p = 1; k != NULL && k->known != NULL && p < k->known->count; p++)
		if ((k->known->columns[p].flags & COLUMN_PART) != 0)
			return 0;
	if (k == NULL || k->known == NULL)
		return 0;
	return damaged(k, (const char *)sqlite3_column_text(st, 1), _("an erasure that nobody made"), e);
}

int erase_check(struct journal *j, struct err *e)
{
	static const char left[] = "SELECT tbl, pk FROM erased EXCEPT SELECT tbl, pk FROM temp.erasing";
	int64_t count = j->now.erased;
	int rc;

	if (erase_count(j, e) != 0 || journal_exec(j, ERASING_TABLE "DELETE FROM temp.erasing", e) != 0)
		return -1;
	if (j->now.erased != count) {
		j->now.erased = count;		/* a check mends nothing: whoever asks again hears the same */
		return err_set(e, ERR_DAMAGED, _("the journal and the records do not agree: %s"), _("the tally of erased records"));
	}
	rc = journal_rows(j, "SELECT o.tbl, o.pk, o.kind, o.body FROM oplog o WHERE o.kind IN (0, 1, 3)" " AND " OPERATION_COUNTS, 0, check_operation, NULL, e);
	if (rc == 0)
		rc = journal_rows(j, left, 0, check_mark, NULL, e);
	return journal_exec(j, "DELETE FROM temp.erasing", rc == 0 ? e : NULL) == 0 ? rc : -1;
}
