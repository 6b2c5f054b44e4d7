/* coverage: what each municipality has, as a map of tiles, as JSON, and those that have nothing yet. */
#include "commands/command.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "figures/coverage.h"

enum { TILE = 8, BAR = 40 };

static const char *const shades[COVERAGE_SHADES] = { "·", "░", "▒", "▓", "█" };

/* --- as text --- */

static void pad(struct buf *out, size_t since, int width)
{
	int used = text_width(out->data + since, out->len - since);

	for (; used < width; used++)
		buf_addc(out, ' ');
}

static void add_tile(const struct coverage *c, enum coverage_figure f, const struct coverage_tile *t, struct buf *out)
{
	size_t begin = out->len;

	if (t != NULL)
		buf_addf(out, "%s%s %lld", shades[coverage_shade(c, f, t->value[f])], t->letters, (long long)t->value[f]);
	pad(out, begin, TILE);
}

static void add_map(const struct coverage *c, enum coverage_figure f, struct buf *out)
{
	int row, column;

	for (row = 0; row < c->rows; row++) {
		for (column = 0; column < c->columns; column++)
			add_tile(c, f, coverage_at(c, row, column), out);
		while (out->len > 0 && out->data[out->len - 1] == ' ')
			buf_cut(out, out->len - 1);
		buf_addc(out, '\n');
	}
}

static void add_legend(const struct coverage *c, enum coverage_figure f, struct buf *out)
{
	int i, next;

	buf_addf(out, "%s 0", shades[0]);
	for (i = 1; i < COVERAGE_SHADES; i++) {
		if (c->limit[f][i] == INT64_MAX)
			continue;
		for (next = i + 1; next < COVERAGE_SHADES && c->limit[f][next] == INT64_MAX; next++)
			;
		buf_addf(out, "   %s %lld", shades[i], (long long)c->limit[f][i]);
		if (next == COVERAGE_SHADES)
			buf_adds(out, "+");
		else if (c->limit[f][next] - 1 > c->limit[f][i])
			buf_addf(out, "–%lld", (long long)c->limit[f][next] - 1);
	}
	buf_addc(out, '\n');
}

static void add_heading(struct invocation *call, const struct coverage *c, enum coverage_figure f, struct buf *out, struct err *e)
{
	const struct coverage_measure *m = &coverage_measures[f];
	char programme[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;

	if (programme_current(call->store, programme, e) == 0)
		record_name(call->store, &programme_type, programme, &name);
	text_escape(name.data, name.len, out);
	buf_release(&name);
	buf_addf(out, "\n%s: %s\n", _(m->title), _(m->computed));
	/* TRANSLATORS: municipalities */
	buf_addf(out, _("nothing yet: %d of %d"), coverage_empty(c, f), c->count);
	buf_addc(out, '\n');
	if (c->elsewhere[f] > 0) {
		buf_addf(out, _("without a municipality: %lld"), (long long)c->elsewhere[f]);
		buf_addc(out, '\n');
	}
	buf_addc(out, '\n');
}

static void add_months(const struct coverage_months *m, enum coverage_figure f, struct buf *out)
{
	int64_t most = 1;
	int i, k;

	for (i = 0; i < m->count; i++)
		most = m->month[i].value[f] > most ? m->month[i].value[f] : most;
	for (i = 0; i < m->count; i++) {
		buf_addf(out, "%s ", m->month[i].month);
		for (k = 0; k < (int)((m->month[i].value[f] * BAR + most - 1) / most); k++)
			buf_adds(out, "█");
		buf_addf(out, " %lld\n", (long long)m->month[i].value[f]);
	}
}

/* The whole picture; `months` is empty for a figure without dates. */
static void write_text(struct invocation *call, const struct coverage *c, const struct coverage_months *months, enum coverage_figure f,
    struct buf *out, struct err *e)
{
	add_heading(call, c, f, out, e);
	add_map(c, f, out);
	buf_addc(out, '\n');
	add_legend(c, f, out);
	if (!coverage_measures[f].dated || months->count == 0)
		return;
	buf_addc(out, '\n');
	if (coverage_measures[f].once)
		buf_addf(out, "%s\n", _("once each within a month:"));
	add_months(months, f, out);
}

/* --- as data --- */

static void add_values(const int64_t *value, struct buf *out)
{
	int f;

	for (f = 0; f < COVERAGE_FIGURES; f++) {
		json_key(out, coverage_measures[f].name);
		json_int(out, value[f]);
	}
}

static void add_object(const struct coverage *c, enum coverage_figure f, const struct coverage_tile *t, struct buf *out)
{
	buf_addc(out, '{');
	json_key(out, "municipality");
	json_strings(out, t->name);
	json_key(out, "municipality_code");
	json_strings(out, t->code);
	json_key(out, "letters");
	json_strings(out, t->letters);
	json_key(out, "row");
	json_int(out, t->row + 1);
	json_key(out, "column");
	json_int(out, t->column + 1);
	json_key(out, "figure");
	json_strings(out, coverage_measures[f].name);
	json_key(out, "value");
	json_int(out, t->value[f]);
	json_key(out, "shade");
	json_int(out, coverage_shade(c, f, t->value[f]));
	add_values(t->value, out);
	buf_addc(out, '}');
}

static void write_json(const struct coverage *c, enum coverage_figure f, bool empty, struct buf *out)
{
	int i, told = 0;

	buf_addc(out, '[');
	for (i = 0; i < c->count; i++) {
		if (empty && c->tile[i].value[f] > 0)
			continue;
		if (told++ > 0)
			buf_adds(out, ",\n");
		add_object(c, f, &c->tile[i], out);
	}
	buf_adds(out, "]\n");
}

static void write_months_json(const struct coverage_months *m, struct buf *out)
{
	int i;

	buf_addc(out, '[');
	for (i = 0; i < m->count; i++) {
		buf_adds(out, i > 0 ? ",\n{" : "{");
		json_key(out, "month");
		json_strings(out, m->month[i].month);
		add_values(m->month[i].value, out);
		buf_addc(out, '}');
	}
	buf_adds(out, "]\n");
}

static void write_empty(const struct coverage *c, enum coverage_figure f, struct buf *out)
{
	int i;

	buf_adds(out, "code\tletters\tmunicipality\n");
	for (i = 0; i < c->count; i++) {
		if (c->tile[i].value[f] > 0)
			continue;
		buf_addf(out, "%s\t%s\t", c->tile[i].code, c->tile[i].letters);
		text_escape_tsv(c->tile[i].name, strlen(c->tile[i].name), out);
		buf_addc(out, '\n');
	}
}

/* --- the command --- */

struct wanted { const char *by, *since, *until; bool empty, months; };

static int refuse_figure(const char *name, struct err *e)
{
	struct buf names = BUF_INIT;
	int f;

	for (f = 0; f < COVERAGE_FIGURES; f++)
		buf_addf(&names, "%s%s", f > 0 ? ", " : "", coverage_measures[f].name);
	err_set(e, ERR_USAGE, _("the map has no figure “%s”; there are %s"), name, names.data);
	buf_release(&names);
	return -1;
}

static int read_day(const char *typed, char out[DATE_SIZE], struct err *e)
{
	char today[DATE_SIZE];

	out[0] = '\0';
	date_today(today);
	return typed == NULL || *typed == '\0' ? 0 : date_parse(typed, today, out, e);
}

static int write_all(struct invocation *call, const struct wanted *w, enum coverage_figure f, struct buf *out, struct err *e)
{
	char since[DATE_SIZE], until[DATE_SIZE];
	struct coverage c = { 0 };
	struct coverage_months months = { 0 };
	int rc = -1;

	if (read_day(w->since, since, e) == 0 && read_day(w->until, until, e) == 0 && coverage_read(call->store, since, until, &c, e) == 0)
		rc = coverage_months_read(call->store, NULL, since, until, &months, e);
	if (rc == 0 && w->months && call->json)
		write_months_json(&months, out);
	else if (rc == 0 && w->months)
		add_months(&months, f, out);
	else if (rc == 0 && call->json)
		write_json(&c, f, w->empty, out);
	else if (rc == 0 && w->empty)
		write_empty(&c, f, out);
	else if (rc == 0)
		write_text(call, &c, &months, f, out, e);
	coverage_months_release(&months);
	coverage_release(&c);
	return rc;
}

int command_coverage(struct invocation *call, struct err *e)
{
	struct wanted w = { .by = coverage_measures[COVERAGE_SEMINARS].name };
	const struct option options[] = {
		{ "by", &w.by, NULL }, { "since", &w.since, NULL }, { "until", &w.until, NULL }, { "empty", NULL, &w.empty },
		{ "months", NULL, &w.months }, { NULL, NULL, NULL }
	};
	struct buf out = BUF_INIT;
	int figure, rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if ((figure = coverage_figure_find(w.by)) < 0)
		return refuse_figure(w.by, e);
	if (w.months && !coverage_measures[figure].dated)
		return err_set(e, ERR_USAGE, _("“%s” has no dates, and so no months"), w.by);
	if (invocation_open(call, e) != 0)
		return -1;
	rc = write_all(call, &w, (enum coverage_figure)figure, &out, e);
	if (rc == 0)
		rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}
