#include "records/handover.h"

#include "base/date.h"
#include "records/joined.h"

#define IS(column, number) JOINED_PERSON(column) " = " JOINED_PERSON(number)
#define OPEN "programme NOT IN (SELECT id FROM programme WHERE state = 'closed')"
/* Of ?1, on the day ?2. */
#define MENTORED "deleted = 0 AND " IS("mentor", "?1") " AND (until IS NULL OR until >= ?2) AND " OPEN
#define TO_COME "deleted = 0 AND date >= ?2 AND coalesce(status, 'planned') = 'planned' AND " OPEN

/* Parameters: 1 from, 2 today, 3 to, where the statement has them. */
static sqlite3_stmt *prepare(struct store *s, const char *sql, const char *from, const char *to, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	char today[DATE_SIZE];

	if (st == NULL)
		return NULL;
	date_today(today);
	store_bind_text(st, 1, from);
	sqlite3_bind_text(st, 2, today, -1, SQLITE_TRANSIENT);
	if (sqlite3_bind_parameter_count(st) > 2)
		store_bind_text(st, 3, to);
	return st;
}

static int ask(struct store *s, const char *sql, const char *from, const char *to, int64_t *number, struct err *e)
{
	sqlite3_stmt *st = prepare(s, sql, from, to, e);

	if (st == NULL || store_step(s, st, e) != 1)
		return -1;
	*number = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return 0;
}

int handover_count(struct store *s, const char *from, struct handover *out, struct err *e)
{
	*out = (struct handover){ 0, 0, 0 };
	if (ask(s, "SELECT count(*) FROM mentorship WHERE " MENTORED, from, NULL, &out->mentorships, e) != 0)
		return -1;
	return ask(s, "SELECT count(*) FROM seminar WHERE " TO_COME " AND (" IS("lead", "?1") " OR " IS("mentor", "?1") ")", from, NULL, &out->seminars, e);
}

/* Rows as they stand, and not through record_save: what an older rule let pass must not keep a device from being closed. The triggers write the same journal. */
static int change(struct store *s, const char *sql, const char *from, const char *to, int64_t *changed, struct err *e)
{
	sqlite3_stmt *st = prepare(s, sql, from, to, e);

	if (st == NULL || store_run(s, st, e) != 0)
		return -1;
	*changed += sqlite3_changes(store_db(s));
	return 0;
}

int handover(struct store *s, const char *from, const char *to, struct handover *out, struct err *e)
{
	static const char *const lead = "UPDATE seminar SET lead = iif(" IS("lead", "?1") ", ?3, lead), mentor = iif(" IS("mentor", "?1") ", ?3, mentor)"
	    " WHERE " TO_COME " AND (" IS("lead", "?1") " OR " IS("mentor", "?1") ")";
	int64_t same = 0;

	*out = (struct handover){ 0, 0, 0 };
	if (*from == '\0' || *to == '\0')
		return 0;
	if (ask(s, "SELECT ?2 IS NOT NULL AND " IS("?1", "?3"), from, to, &same, e) != 0 || same != 0)
		return same != 0 ? 0 : -1;
	if (change(s, "UPDATE mentorship SET mentor = ?3 WHERE " MENTORED " AND NOT " IS("mentee", "?3"), from, to, &out->mentorships, e) != 0 ||
	    change(s, lead, from, to, &out->seminars, e) != 0)
		return -1;
	return ask(s, "SELECT count(*) FROM mentorship WHERE " MENTORED " AND " IS("mentee", "?3"), from, to, &out->left, e);
}
