/* The report for programs. The figures stand at the top by their names, the roles together under "people"; what is a list besides has a name of its own. */
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "documents/report_private.h"
#include "figures/indicator.h"
#include "records/municipality.h"

static void add_words(struct buf *out, const char *key, const char *text)
{
	json_key(out, key);
	json_strings(out, text && *text ? text : NULL);
}

static void add_number(struct buf *out, const char *key, int64_t number)
{
	json_key(out, key);
	json_int(out, number);
}

static void add_number_or_null(struct buf *out, const char *key, bool there, int64_t number)
{
	if (there)
		add_number(out, key, number);
	else
		add_words(out, key, NULL);
}

void report_indicator_json(struct store *s, const struct indicator *i, struct buf *out)
{
	struct buf computed = BUF_INIT, forecast = BUF_INIT;
	indicator_computed(s, i, &computed);
	indicator_forecast_words(i, &forecast);
	buf_addc(out, '{');
	add_words(out, "key", i->key);
	add_words(out, "title", i->title);
	add_number_or_null(out, "planned", i->has_target, i->planned);
	add_number(out, "reached", i->reached);
	add_number_or_null(out, "percent", i->planned > 0, i->percent);
	add_words(out, "computed", computed.data);
	add_number_or_null(out, "forecast", i->how >= INDICATOR_LINEAR, i->forecast);
	add_words(out, "forecast_computed", forecast.data);
	add_words(out, "kind", i->figure ? i->figure->kind : NULL);
	add_words(out, "role", i->query.role);
	add_words(out, "seminar_kind", i->query.seminar_kind);
	add_words(out, "municipality_code", i->query.municipality);
	add_words(out, "stage", i->query.stage);
	add_words(out, "since", i->query.since);
	add_words(out, "until", i->query.until);
	add_words(out, "id", i->id);
	buf_addc(out, '}');
	buf_release(&computed);
	buf_release(&forecast);
}

static void add_figures(const struct report *r, struct buf *out)
{
	buf_adds(out, "{\"people\":{");
	for (const struct figure *f = figure_list; f->name; f++)
		if (f->role)
			add_number(out, f->name, r->value[f - figure_list]);
	buf_addc(out, '}');
	for (const struct figure *f = figure_list; f->name; f++)
		if (!f->role)
			add_number(out, f->name, r->value[f - figure_list]);
}

struct listing_out { struct report *r; struct buf *out; bool first; };

static int add_indicator(void *context, const struct indicator *i, struct err *e)
{
	struct listing_out *t = context;
	(void)e;
	buf_adds(t->out, t->first ? "" : ",\n");
	t->first = false;
	report_indicator_json(t->r->store, i, t->out);
	return 0;
}

static void add_seminar(struct report *r, const struct report_seminar *m, struct buf *out)
{
	struct buf place = BUF_INIT;
	municipality_name(r->store, m->municipality, &place);
	buf_addc(out, '{');
	add_words(out, "id", m->id);
	add_words(out, "date", m->date);
	add_words(out, "planned_date", m->planned_date);
	add_words(out, "title", m->title);
	add_words(out, "kind", m->kind);
	add_words(out, "place", m->place);
	add_words(out, "municipality", place.data);
	add_words(out, "municipality_code", m->municipality);
	add_words(out, "lead", m->lead);
	add_words(out, "others", m->others);
	add_words(out, "mentor", m->mentor);
	add_words(out, "status", m->status);
	json_key(out, "held");
	buf_adds(out, m->held ? "true" : "false");
	add_number(out, "by_name", m->by_name);
	add_number(out, "unnamed", m->unnamed);
	add_words(out, "unnamed_basis", m->basis);
	add_words(out, "sheet_number", m->sheet);
	buf_addc(out, '}');
	buf_release(&place);
}

static void add_tile(const struct coverage_tile *t, struct buf *out)
{
	buf_addc(out, '{');
	add_words(out, "code", t->code);
	add_words(out, "name", t->name);
	for (int f = 0; f < COVERAGE_FIGURES; f++)
		add_number(out, coverage_measures[f].name, t->value[f]);
	buf_addc(out, '}');
}

static void add_month(const struct coverage_month *m, struct buf *out)
{
	buf_addc(out, '{');
	add_words(out, "month", m->month);
	for (int f = 0; f < COVERAGE_FIGURES; f++)
		if (coverage_measures[f].dated)
			add_number(out, coverage_measures[f].name, m->value[f]);
	buf_addc(out, '}');
}

static void add_device(const struct report_device *d, struct buf *out)
{
	char when[21];
	date_utc(d->heard_ms, when);
	buf_addc(out, '{');
	add_words(out, "tag", d->tag);
	add_words(out, "role", d->role);
	add_words(out, "municipality_code", d->municipality);
	add_words(out, "last_heard", d->heard_ms > 0 ? when : NULL);
	buf_addc(out, '}');
}

static int add_standing(struct report *r, struct buf *out, struct err *e)
{
	const struct report_standing *s = r->request->standing;
	int64_t cards;
	if (report_doubles(r->store, &cards, e) != 0)
		return -1;
	add_number(out, "possible_doubles", cards);
	add_words(out, "programme_id", r->programme);
	add_words(out, "since", r->request->since);
	add_words(out, "until", r->request->until);
	add_words(out, "scope", s && s->region ? "region" : "device");
	if (s && !s->region)
		add_number(out, "unsent", s->unsent);
	json_key(out, "devices");
	buf_addc(out, '[');
	for (int i = 0; s && i < s->devices; i++) {
		buf_adds(out, i > 0 ? ",\n" : "");
		add_device(&s->device[i], out);
	}
	buf_addc(out, ']');
	return 0;
}

static int add_change(void *context, const struct filing_difference *d, struct err *e)
{
	struct listing_out *t = context;
	(void)e;
	buf_adds(t->out, t->first ? "" : ",\n");
	t->first = false;
	report_difference_json(d, t->out);
	return 0;
}

void report_difference_json(const struct filing_difference *d, struct buf *out)
{
	static const char *const keys[] = { [FILING_ADDED] = "added", [FILING_REMOVED] = "removed", [FILING_CHANGED] = "changed" };
	char when[21];
	buf_addc(out, '{');
	add_words(out, "figure", d->figure);
	add_number(out, "filed", d->before);
	add_number_or_null(out, "now", d->known, d->after);
	for (int kind = FILING_ADDED; kind <= FILING_CHANGED; kind++) {
		bool first = true;
		json_key(out, keys[kind]);
		buf_addc(out, '[');
		for (int i = 0; i < d->count; i++) {
			const struct filing_change *c = &d->change[i];
			if ((int)c->kind != kind)
				continue;
			date_utc(c->ms, when);
			buf_adds(out, first ? "{" : ",\n{");
			first = false;
			add_words(out, "id", c->id);
			add_words(out, "name", c->name);
			add_number(out, "before", c->before);
			add_number(out, "after", c->after);
			add_words(out, "by", c->by);
			add_words(out, "when", c->ms > 0 ? when : NULL);
			buf_addc(out, '}');
		}
		buf_addc(out, ']');
	}
	buf_addc(out, '}');
}

static int add_changes(struct report *r, struct buf *out, struct err *e)
{
	struct listing_out t = { r, out, true };
	struct err problem = ERR_INIT;
	char id[RECORD_ID_SIZE];
	struct filing f;
	int rc = filing_last(r->store, id, e);
	json_key(out, "changed_since_filed");
	if (rc <= 0) {
		json_strings(out, NULL);
		return rc;
	}
	if (filing_read(r->store, id, &f, &problem) != 0) {
		buf_addc(out, '{');
		add_words(out, "id", id);
		add_words(out, "problem", problem.text);
		buf_addc(out, '}');
		return 0;
	}
	buf_addc(out, '{');
	add_words(out, "id", id);
	add_words(out, "name", f.head.name);
	add_words(out, "date", f.head.date);
	add_words(out, "hash", f.head.hash);
	json_key(out, "figures");
	buf_addc(out, '[');
	rc = filing_compare(r->store, &f, r->query.gated, add_change, &t, e);
	buf_adds(out, "]}");
	filing_release(&f);
	return rc;
}

int report_json(struct report *r, struct buf *out, struct err *e)
{
	struct listing_out t = { r, out, true };
	add_figures(r, out);
	json_key(out, "indicators");
	buf_addc(out, '[');
	if (indicator_each(r->store, NULL, add_indicator, &t, e) != 0)
		return -1;
	buf_addc(out, ']');
	json_key(out, "seminar_list");
	buf_addc(out, '[');
	for (int i = 0; i < r->seminars; i++) {
		buf_adds(out, i > 0 ? ",\n" : "");
		add_seminar(r, &r->seminar[i], out);
	}
	buf_addc(out, ']');
	json_key(out, "municipality_list");
	buf_addc(out, '[');
	for (int i = 0; i < r->coverage.count; i++) {
		buf_adds(out, i > 0 ? ",\n" : "");
		add_tile(&r->coverage.tile[i], out);
	}
	buf_addc(out, ']');
	json_key(out, "month_list");
	buf_addc(out, '[');
	for (int i = 0; i < r->months.count; i++) {
		buf_adds(out, i > 0 ? ",\n" : "");
		add_month(&r->months.month[i], out);
	}
	buf_addc(out, ']');
	if (add_standing(r, out, e) != 0 || add_changes(r, out, e) != 0)
		return -1;
	add_number(out, "withheld", report_withheld_count(r));
	buf_adds(out, "}\n");
	return 0;
}
