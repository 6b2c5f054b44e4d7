#include "records/link.h"

static struct link read_link(sqlite3_stmt *st)
{
	return (struct link){ store_text(st, 0), store_text(st, 1), store_text(st, 2), store_text(st, 3), store_text(st, 4),
		sqlite3_column_count(st) > 5 ? store_text(st, 5) : "" };
}

static int each_row(struct store *s, sqlite3_stmt *st, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	int rc;

	*total = 0;
	while ((rc = store_step(s, st, e)) == 1) {
		struct link l = read_link(st);

		if ((*total)++ < most && each(context, &l, e) != 0) {
			rc = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return rc;
}

int link_each(struct store *s, const char *sql, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	return each_row(s, st, most, each, context, total, e);
}

int link_each_in_programme(struct store *s, const char *sql, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st = programme_current(s, programme, e) == 0 ? store_prepare(s, sql, e) : NULL;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, programme);
	return each_row(s, st, most, each, context, total, e);
}
