/* What a target comes to: reached, per cent, forecast; and that in words. */
#include "figures/indicator.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/seminar.h"

/* A target that somebody could have entered; what a device sends need not be one. */
#define TARGET "CASE WHEN typeof(i.target) = 'integer' AND i.target BETWEEN 0 AND 1000000000 THEN i.target END"
#define SELECTED \
	"SELECT i.id, i.key, i.title, i.kind, " TARGET ", i.role, i.seminar_kind, i.municipality, i.stage, i.since, i.until, p.since, p.until" \
	" FROM indicator i LEFT JOIN programme p ON p.id = i.programme WHERE i.programme = ?1 AND i.deleted = 0"

/* --- the forecast --- */

static const char *first_of(const char *own, const char *programmes)
{
	const char *day = own && *own ? own : programmes;
	return date_valid(day) ? day : "";
}

static int count_planned(struct store *s, const struct indicator *i, int64_t *planned, struct err *e)
{
	return figure_value(s, figure_find("seminars_planned"), &i->query, planned, e);
}

static int forecast(struct store *s, struct indicator *i, const char *today, struct err *e)
{
	int64_t planned = 0;
	if (!*i->since || !*i->until || strcmp(i->since, i->until) > 0) {
		i->how = INDICATOR_NO_DATES;
	} else if (strcmp(today, i->since) < 0) {
		i->how = INDICATOR_NOT_BEGUN;
	} else if (strcmp(today, i->until) > 0) {
		i->how = INDICATOR_ENDED;
		i->forecast = i->reached;
	} else if (strcmp(i->figure->kind, "seminars") == 0) {
		if (count_planned(s, i, &planned, e) != 0)
			return -1;
		i->how = INDICATOR_SCHEDULED;
		i->forecast = i->reached + planned;
	} else {
		int64_t begun = date_to_days(i->since), so_far = date_to_days(today) - begun + 1, all = date_to_days(i->until) - begun + 1;
		i->how = INDICATOR_LINEAR;
		i->forecast = i->reached / so_far * all + i->reached % so_far * all / so_far;
	}
	return 0;
}

void indicator_forecast_words(const struct indicator *i, struct buf *out)
{
	char since[DATE_SIZE] = "", until[DATE_SIZE] = "";
	date_show(i->since, since);
	date_show(i->until, until);
	switch (i->how) {
	case INDICATOR_NO_DATES:
		buf_adds(out, _("no forecast: neither the indicator nor the programme says from which day to which it goes"));
		break;
	case INDICATOR_NOT_BEGUN:
		buf_addf(out, _("no forecast: it begins on %s"), since);
		break;
	case INDICATOR_LINEAR:
		buf_addf(out, _("what is reached so far, by the days from %s to today, carried on in the same measure to %s"), since, until);
		break;
	case INDICATOR_SCHEDULED:
		buf_addf(out, _("the seminars held and those planned, to %s"), until);
		break;
	case INDICATOR_ENDED:
		buf_addf(out, _("what is reached: it ended on %s"), until);
		break;
	}
}

/* --- the rows --- */

/* The strings live until the next step. */
static int read_row(struct store *s, sqlite3_stmt *st, const char *today, struct indicator *i, struct err *e)
{
	*i = (struct indicator){ .title = store_text(st, 2), .figure = figure_of_kind(store_text(st, 3)), .has_target = sqlite3_column_type(st, 4) != SQLITE_NULL,
	    .planned = sqlite3_column_int64(st, 4), .query = { .role = store_text(st, 5), .seminar_kind = store_text(st, 6), .municipality = store_text(st, 7),
	    .stage = store_text(st, 8), .since = store_text(st, 9), .until = store_text(st, 10) } };
	snprintf(i->id, sizeof i->id, "%s", store_text(st, 0));
	snprintf(i->key, sizeof i->key, "%s", store_text(st, 1));
	snprintf(i->since, sizeof i->since, "%s", first_of(i->query.since, store_text(st, 11)));
	snprintf(i->until, sizeof i->until, "%s", first_of(i->query.until, store_text(st, 12)));
	if (!i->figure)
		return 0;
	if (figure_value(s, i->figure, &i->query, &i->reached, e) != 0)
		return -1;
	if (i->planned > 0)
		i->percent = i->reached * 100 / i->planned;
	return forecast(s, i, today, e);
}

static int each_row(struct store *s, const char *sql, const char *id, const char *today, indicator_fn each, void *context, int *told, struct err *e)
{
	char programme[RECORD_ID_SIZE], now[DATE_SIZE];
	struct indicator i;
	sqlite3_stmt *st;
	int rc;
	date_today(now);
	if (programme_current(s, programme, e) != 0 || !(st = store_prepare_once(s, sql, e)))
		return -1;
	store_bind_text(st, 1, programme);
	if (id)
		store_bind_text(st, 2, id);
	while ((rc = store_step(s, st, e)) == 1 && (rc = read_row(s, st, today ? today : now, &i, e)) == 0 && (rc = each(context, &i, e)) == 0)
		(*told)++;
	sqlite3_finalize(st);
	return rc == 0 ? 0 : -1;
}

int indicator_each(struct store *s, const char *today, indicator_fn each, void *context, struct err *e)
{
	int told = 0;
	return each_row(s, SELECTED " ORDER BY i.position IS NULL, i.position, i.key, i.id", NULL, today, each, context, &told, e);
}

int indicator_get(struct store *s, const char *id, indicator_fn each, void *context, struct err *e)
{
	int told = 0;
	if (each_row(s, SELECTED " AND i.id = ?2", id, NULL, each, context, &told, e) != 0)
		return -1;
	return told > 0 ? 0 : err_set(e, ERR_REFUSED, _("this indicator belongs to another programme than the one that is shown"));
}

int indicator_find(struct store *s, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (programme_current(s, programme, e) != 0)
		return -1;
	int rc = record_query_id(s, "SELECT id FROM indicator WHERE programme = ?1 AND key = ?2 AND deleted = 0 ORDER BY id LIMIT 1",
	    (const char *const[]){ programme, typed, NULL }, id, e);
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	return record_resolve(s, &indicator_type, typed, id, e);
}

/* --- in words --- */

static void add_part(struct store *s, const char *field, const char *value, struct buf *out)
{
	const struct field *f = &indicator_type.fields[record_field(&indicator_type, field)];
	if (!value || !*value)
		return;
	buf_addf(out, "; %s: ", _(f->label));
	field_show(s, f, value, out);
}

/* "any role" would contradict a filter that names one: the figure of that role says it as it is counted. */
static const struct figure *figure_of_role(const struct indicator *i)
{
	for (const struct figure *f = figure_list; f->name && *i->query.role; f++)
		if (f->role && strcmp(f->kind, i->figure->kind) == 0 && strcmp(f->role, i->query.role) == 0)
			return f;
	return i->figure;
}

void indicator_computed(struct store *s, const struct indicator *i, struct buf *out)
{
	if (!i->figure) {
		buf_adds(out, _("of a kind that this program does not know"));
		return;
	}
	buf_adds(out, _(figure_of_role(i)->computed));
	add_part(s, "role", i->query.role, out);
	add_part(s, "seminar_kind", i->query.seminar_kind, out);
	add_part(s, "municipality", i->query.municipality, out);
	add_part(s, "stage", i->query.stage, out);
	if (i->figure->heeds & FIGURE_BY_PERIOD) {
		add_part(s, "since", i->query.since, out);
		add_part(s, "until", i->query.until, out);
	}
}
