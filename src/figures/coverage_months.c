#include "figures/coverage_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

enum { YEAR = 12, NO_MONTH = -1 };

/* "2020-02" or a day of it; NO_MONTH where it is none. */
static int month_number(const char *iso)
{
	char day[DATE_SIZE];
	snprintf(day, sizeof day, "%.7s-01", iso);
	return date_valid(day) ? YEAR * atoi(day) + atoi(day + 5) - 1 : NO_MONTH;
}

static void month_text(int number, char out[8])
{
	snprintf(out, 8, "%04u-%02u", (unsigned)(number / YEAR) % 10000, (unsigned)(number % YEAR + 1) % 100);
}

static void include(struct coverage_months_draft *d, int month)
{
	if (d->first > d->last) {
		d->first = d->last = month;
		return;
	}
	d->first = month < d->first ? month : d->first;
	d->last = month > d->last ? month : d->last;
}

/* The later of two beginnings, the earlier of two ends, where there are both. */
static int narrowed(int programme, int period, bool later)
{
	if (programme == NO_MONTH || period == NO_MONTH)
		return programme == NO_MONTH ? period : programme;
	return (programme < period) == later ? period : programme;
}

int coverage_months_begin(struct coverage_months_draft *d, struct store *s, const char *programme, const char *since, const char *until, struct err *e)
{
	*d = (struct coverage_months_draft){ .first = 0, .last = -1 };
	sqlite3_stmt *st = store_prepare(s, "SELECT since, until FROM programme WHERE id = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		int first = narrowed(month_number(store_text(st, 0)), month_number(since ? since : ""), true);
		int last = narrowed(month_number(store_text(st, 1)), month_number(until ? until : ""), false);
		if (first != NO_MONTH && last != NO_MONTH && first <= last) {
			include(d, first);
			include(d, last);
		}
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

void coverage_months_add(struct coverage_months_draft *d, const char *month, enum coverage_figure f, int64_t value)
{
	int number = month_number(month), i = 0;
	char text[8];
	if (number == NO_MONTH)
		return;
	month_text(number, text);
	while (i < d->count && strcmp(d->month[i].month, text) != 0)
		i++;
	if (i == d->count) {
		if (d->count == d->room) {
			d->room = d->room ? 2 * d->room : 16;
			d->month = mem_resize(d->month, (size_t)d->room, sizeof *d->month);
		}
		d->month[d->count] = (struct coverage_month){ .value = { 0 } };
		memcpy(d->month[d->count++].month, text, sizeof text);
		include(d, number);
	}
	d->month[i].value[f] = value;
}

static int by_month(const void *a, const void *b)
{
	return strcmp(((const struct coverage_month *)a)->month, ((const struct coverage_month *)b)->month);
}

/* One wrong date must not push the months of the programme out: of a long time only those that have something. */
static void end_long(struct coverage_months_draft *d, struct coverage_months *out)
{
	int skipped = d->count > COVERAGE_MONTHS_MAX ? d->count - COVERAGE_MONTHS_MAX : 0;
	if (d->count > 1)
		qsort(d->month, (size_t)d->count, sizeof *d->month, by_month);
	out->count = d->count - skipped;
	out->month = mem_zero((size_t)out->count + 1, sizeof *out->month);
	for (int i = 0; i < out->count; i++)
		out->month[i] = d->month[skipped + i];
}

static void end_short(struct coverage_months_draft *d, struct coverage_months *out)
{
	int first = d->first;
	out->count = d->last - first + 1;
	out->month = mem_zero((size_t)out->count + 1, sizeof *out->month);
	for (int i = 0; i < out->count; i++)
		month_text(first + i, out->month[i].month);
	for (int i = 0; i < d->count; i++) {
		int at = month_number(d->month[i].month) - first;
		out->month[at] = d->month[i];
	}
}

void coverage_months_end(struct coverage_months_draft *d, struct coverage_months *out)
{
	(d->last - d->first >= COVERAGE_MONTHS_MAX ? end_long : end_short)(d, out);
	free(d->month);
	*d = (struct coverage_months_draft){ .first = 0, .last = -1 };
}
