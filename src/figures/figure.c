#include "figures/figure.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "figures/figure_core.h"
#include "records/municipality.h"

static const struct figure_core *core_of(const struct figure *f)
{
	for (const struct figure_core *c = figure_cores; c->kind; c++)
		if (strcmp(c->kind, f->kind) == 0)
			return c;
	bug("a figure without a core");
}

/* --- the query --- */

static void bind_filter(sqlite3_stmt *st, int index, bool heeded, const char *value)
{
	if (index <= sqlite3_bind_parameter_count(st))
		store_bind_text(st, index, heeded && value && *value ? value : NULL);
}

/* The strings of q live as long as the statement. */
static void bind(sqlite3_stmt *st, const struct figure *f, const struct figure_query *q, const char *programme)
{
	store_bind_text(st, 1, programme);
	bind_filter(st, 2, f->heeds & FIGURE_BY_PERIOD, q->since);
	bind_filter(st, 3, f->heeds & FIGURE_BY_PERIOD, q->until);
	bind_filter(st, 4, f->role || f->heeds & FIGURE_BY_ROLE, f->role ? f->role : q->role);
	bind_filter(st, 5, f->heeds & FIGURE_BY_SEMINAR_KIND, q->seminar_kind);
	bind_filter(st, 6, f->heeds & FIGURE_BY_MUNICIPALITY, q->municipality);
	bind_filter(st, 7, f->heeds & FIGURE_BY_STAGE, q->stage);
	if (sqlite3_bind_parameter_count(st) >= 8)
		sqlite3_bind_int(st, 8, q->gated);
}

/* Pieces of SQL that are the program's own, one after the other. The caller finalises. */
static sqlite3_stmt *prepare(struct store *s, const char *before, const char *core, const char *after, struct err *e)
{
	struct buf sql = BUF_INIT;
	buf_addf(&sql, "%s(%s) c%s", before, core, after);
	sqlite3_stmt *st = store_prepare_once(s, sql.data, e);
	buf_release(&sql);
	return st;
}

int figure_value(struct store *s, const struct figure *f, const struct figure_query *q, int64_t *value, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st;
	*value = 0;
	if (programme_current(s, programme, e) != 0 || !(st = prepare(s, "SELECT coalesce(sum(c.number), 0) FROM ", core_of(f)->core, "", e)))
		return -1;
	bind(st, f, q, programme);
	int rc = store_step(s, st, e);
	if (rc == 1)
		*value = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc == 1 ? 0 : -1;
}

int figure_each_id(struct store *s, const struct figure *f, const struct figure_query *q, figure_id_fn each, void *context, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st;
	int rc;
	if (programme_current(s, programme, e) != 0 || !(st = prepare(s, "SELECT c.id, c.number FROM ", core_of(f)->core, " ORDER BY c.id", e)))
		return -1;
	bind(st, f, q, programme);
	while ((rc = store_step(s, st, e)) == 1)
		if (each(context, store_text(st, 0), sqlite3_column_int64(st, 1), e) != 0)
			break;
	sqlite3_finalize(st);
	return rc == 0 ? 0 : -1;
}

/* --- the lines --- */

static void add_count(enum figure_tell tell, long long n, struct buf *out)
{
	switch (tell) {
	case TELL_NOTHING:
		break;
	case TELL_CAME:
		/* TRANSLATORS: to a seminar, by name */
		buf_addf(out, P_("%lld came", "%lld came", n), n);
		break;
	case TELL_VISITS:
		buf_addf(out, P_("%lld visit", "%lld visits", n), n);
		break;
	case TELL_UNNAMED:
		buf_addf(out, P_("%lld without a name", "%lld without a name", n), n);
		break;
	case TELL_PEOPLE:
		buf_addf(out, P_("%lld person", "%lld people", n), n);
		break;
	case TELL_SEMINARS:
		buf_addf(out, P_("%lld seminar", "%lld seminars", n), n);
		break;
	case TELL_MINUTES:
		buf_addf(out, _("%lld min"), n);
		break;
	case TELL_HOURS:
		buf_addf(out, _("%lld h"), n);
		break;
	case TELL_MENTEES:
		buf_addf(out, P_("%lld mentee", "%lld mentees", n), n);
		break;
	case TELL_MENTORS:
		buf_addf(out, P_("%lld mentor", "%lld mentors", n), n);
		break;
	case TELL_TEXTS:
		buf_addf(out, P_("%lld text", "%lld texts", n), n);
		break;
	case TELL_COURSES:
		buf_addf(out, P_("%lld course", "%lld courses", n), n);
		break;
	case TELL_LED:
		/* TRANSLATORS: so many seminars were led by this person */
		buf_addf(out, P_("led %lld", "led %lld", n), n);
		break;
	}
}

static void comma(struct buf *out)
{
	if (out->len > 0)
		buf_adds(out, ", ");
}

/* Lists are long and municipalities few: the name of each is looked up once. */
enum { PLACES_MOST = 128 };
struct telling {
	struct store *s;
	const struct figure *f;
	enum figure_tell tell;
	struct buf name, detail;
	struct { char code[MUNICIPALITY_CODE_SIZE]; struct buf name; } place[PLACES_MOST];
	int places;
};

static void add_place(struct telling *t, const char *code, struct buf *out)
{
	int i = 0;
	while (i < t->places && strcmp(t->place[i].code, code) != 0)
		i++;
	if (i == t->places && (i == PLACES_MOST || strlen(code) >= sizeof t->place[i].code)) {
		municipality_short_name(t->s, code, out);
		return;
	}
	if (i == t->places) {
		strcpy(t->place[i].code, code);
		buf_init(&t->place[i].name);
		municipality_short_name(t->s, code, &t->place[i].name);
		t->places++;
	}
	buf_adds(out, t->place[i].name.data);
}

static void telling_release(struct telling *t)
{
	for (int i = 0; i < t->places; i++)
		buf_release(&t->place[i].name);
	buf_release(&t->name);
	buf_release(&t->detail);
}

/* Columns 2 to 5, as far as there is something in them. */
static void add_detail(struct telling *t, sqlite3_stmt *st, struct buf *out)
{
	const char *date = store_text(st, 2), *municipality = store_text(st, 3), *text = store_text(st, 5);
	char day[DATE_SIZE];
	if (*date) {
		date_show(date, day);
		buf_adds(out, day);
	}
	if (*municipality && strcmp(t->f->type, "municipality") != 0) {
		comma(out);
		add_place(t, municipality, out);
	}
	if (*text) {
		comma(out);
		buf_adds(out, text);
	}
	if (t->tell != TELL_NOTHING && sqlite3_column_type(st, 4) != SQLITE_NULL) {
		comma(out);
		add_count(t->tell, sqlite3_column_int64(st, 4), out);
	}
}

static int tell_row(struct telling *t, sqlite3_stmt *st, figure_line_fn each, void *context, struct err *e)
{
	struct figure_line line = { .type = t->f->type, .id = store_text(st, 0), .number = sqlite3_column_int64(st, 6), .withheld = store_text(st, 7) };
	buf_reset(&t->name);
	buf_reset(&t->detail);
	if (strcmp(t->f->type, "municipality") != 0)
		buf_adds(&t->name, store_text(st, 1));
	else
		municipality_name(t->s, line.id, &t->name);
	add_detail(t, st, &t->detail);
	line.name = t->name.data;
	line.detail = t->detail.data;
	return each(context, &line, e);
}

int figure_each(struct store *s, const struct figure *f, const struct figure_query *q, figure_line_fn each, void *context, struct err *e)
{
	const struct figure_core *core = core_of(f);
	struct telling t = { .s = s, .f = f, .tell = core->tell, .name = BUF_INIT, .detail = BUF_INIT };
	char programme[RECORD_ID_SIZE];
	sqlite3_stmt *st;
	int rc = -1;
	if (programme_current(s, programme, e) != 0 || !(st = prepare(s, core->select, core->core, core->order, e)))
		return -1;
	bind(st, f, q, programme);
	while ((rc = store_step(s, st, e)) == 1)
		if (tell_row(&t, st, each, context, e) != 0)
			break;
	sqlite3_finalize(st);
	telling_release(&t);
	return rc == 0 ? 0 : -1;
}
