/* One seminar again: a copy on another day, a series. */
#include "records/seminar.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/attendance.h"

#define LAST_DAY "2199-12-31"	/* of DATE_LAST_YEAR */

static const char *const carried[] = { "title", "kind", "place", "municipality", "lead", "mentor", "capacity", "series" };

/* A lead that this device knows by name alone is carried all the same, so the values are put, not parsed; the rules are checked when it is saved. */
static int copy_card(struct store *s, const struct record *old, const char *date, const char *series, char id[RECORD_ID_SIZE], struct err *e)
{
	struct record r;
	record_init(&r, &seminar_type);
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
		record_put(&r, carried[i], record_get(old, carried[i]));
		/* What was empty is no gap for a default to fill. */
		r.changed[record_field(&seminar_type, carried[i])] = true;
	}
	record_put(&r, "series", series);
	int rc = record_set(s, &r, "date", date, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	if (rc == 0)
		snprintf(id, RECORD_ID_SIZE, "%s", r.id);
	record_release(&r);
	return rc;
}

struct copied { struct store *s; const char *from, *to; };

static int copy_part(void *context, const struct record *r, struct err *e)
{
	const struct copied *c = context;
	if (strcmp(record_get(r, "seminar"), c->from) != 0)
		return 0;
	return seminar_staff_set(c->s, c->to, record_get(r, "person"), record_get(r, "part"), e);
}

static int copy_list(struct store *s, const char *from, const char *to, struct err *e)
{
	struct attendance_rows rows;
	int rc = attendance_rows(s, from, &rows, e);
	if (rc != 0)
		return -1;
	for (int i = 0; i < rows.count && rc == 0; i++)
		rc = attendance_mark(s, to, rows.row[i].person, ATTENDANCE_REGISTERED, e);
	attendance_rows_release(&rows);
	return rc;
}

static int copy(struct store *s, const struct record *old, const char *date, const char *series, bool list, char id[RECORD_ID_SIZE], struct err *e)
{
	struct copied c = { s, old->id, id };
	if (copy_card(s, old, date, series, id, e) != 0 || record_each(s, &seminar_staff_type, NULL, copy_part, &c, e) != 0)
		return -1;
	return list ? copy_list(s, old->id, id, e) : 0;
}

static int end(struct store *s, int rc, struct err *e)
{
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

int seminar_copy(struct store *s, const char *seminar, const char *date, bool list, char id[RECORD_ID_SIZE], struct err *e)
{
	struct record old;
	if (record_load(s, &old, &seminar_type, seminar, e) != 0)
		return -1;
	int rc = store_begin(s, e);
	if (rc == 0)
		rc = end(s, copy(s, &old, date, record_get(&old, "series"), list, id, e), e);
	record_release(&old);
	return rc;
}

/* The seminar itself is the first of its series. */
static int name_series(struct store *s, struct record *old, struct err *e)
{
	if (*record_get(old, "series"))
		return 0;
	if (record_set(s, old, "series", record_get(old, "title"), e) != 0)
		return -1;
	return record_save(s, old, e);
}

static int repeat(struct store *s, struct record *old, int days, int count, bool list, seminar_copied_fn each, void *context, struct err *e)
{
	char date[DATE_SIZE], id[RECORD_ID_SIZE];
	int64_t day;
	if (!date_valid(record_get(old, "date")))
		return err_set(e, ERR_REFUSED, _("the seminar has no date to count from"));
	day = date_to_days(record_get(old, "date"));
	if (day + (int64_t)count * days > date_to_days(LAST_DAY))
		return err_set(e, ERR_REFUSED, _("the series would go on past the year %d"), DATE_LAST_YEAR);
	if (name_series(s, old, e) != 0)
		return -1;
	for (int i = 1; i <= count; i++) {
		date_from_days(day + (int64_t)i * days, date);
		if (copy(s, old, date, record_get(old, "series"), list, id, e) != 0 || (each && each(context, id, e) != 0))
			return -1;
	}
	return 0;
}

int seminar_repeat(struct store *s, const char *seminar, int days, int count, bool list, seminar_copied_fn each, void *context, struct err *e)
{
	struct record old;
	if (days < 1 || days > 366 || count < 1 || count > SEMINAR_REPEAT_MAX)
		return err_set(e, ERR_REFUSED, _("a series goes on every 1 to 366 days, and %d times at most"), SEMINAR_REPEAT_MAX);
	if (record_load(s, &old, &seminar_type, seminar, e) != 0)
		return -1;
	int rc = store_begin(s, e);
	if (rc == 0)
		rc = end(s, repeat(s, &old, days, count, list, each, context, e), e);
	record_release(&old);
	return rc;
}
