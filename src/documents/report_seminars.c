/* The log of seminars, and that its numbers come to the figures. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/report_private.h"
#include "figures/figure_sql.h"
#include "records/municipality.h"
#include "records/seminar.h"

/* ?4 … ?7 are not narrowed here. Names of several, with a comma between. */
static const char seminars_sql[] =
	FIGURE_LOGGED
	" SELECT s.id, s.date, s.planned_date, s.title, coalesce(s.place, s.planned_place), s.municipality, s.kind,"
	" CASE WHEN s.lead IS NOT NULL THEN " FIGURE_TOLD("s.lead") " END,"
	" (SELECT group_concat(" FIGURE_TOLD("f.person") ", ', ') FROM seminar_staff f WHERE f.id > s.id || '/' AND f.id < s.id || '0' AND f.deleted = 0),"
	" CASE WHEN s.mentor IS NOT NULL THEN " FIGURE_TOLD("s.mentor") " END,"
	" l.present, coalesce(" FIGURE_UNNAMED_OF("s.unnamed") ", 0), s.unnamed_basis, s.sheet_number, s.status, l.held,"
	" " FIGURE_KEPT_BACK("s.lead") " || " FIGURE_KEPT_BACK("s.mentor") " || coalesce((SELECT group_concat(" FIGURE_KEPT_BACK("f.person") ", '')"
	" FROM seminar_staff f WHERE f.id > s.id || '/' AND f.id < s.id || '0' AND f.deleted = 0), '')"
	" FROM logged l JOIN seminar s ON s.id = l.id ORDER BY s.date, s.id";

static char *copy(sqlite3_stmt *st, int column)
{
	return mem_dup(store_text(st, column));
}

static void read_row(struct report *r, sqlite3_stmt *st)
{
	r->seminar = mem_resize(r->seminar, (size_t)r->seminars + 1, sizeof *r->seminar);
	struct report_seminar *m = &r->seminar[r->seminars++];
	*m = (struct report_seminar){ .id = copy(st, 0), .date = copy(st, 1), .planned_date = copy(st, 2), .title = copy(st, 3), .place = copy(st, 4), .municipality = copy(st, 5),
	    .kind = copy(st, 6), .lead = copy(st, 7), .others = copy(st, 8), .mentor = copy(st, 9), .by_name = sqlite3_column_int64(st, 10),
	    .unnamed = sqlite3_column_int64(st, 11), .basis = copy(st, 12), .sheet = copy(st, 13), .status = copy(st, 14), .held = sqlite3_column_int(st, 15) };
	m->cancelled = strcmp(m->status, "cancelled") == 0;
	report_withhold(r, store_text(st, 16));
}

int report_seminars_read(struct report *r, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(r->store, seminars_sql, e);
	int rc;
	if (!st)
		return -1;
	store_bind_text(st, 1, r->programme);
	store_bind_text(st, 2, r->query.since && *r->query.since ? r->query.since : NULL);
	store_bind_text(st, 3, r->query.until && *r->query.until ? r->query.until : NULL);
	sqlite3_bind_int(st, 8, r->query.gated);
	while ((rc = store_step(r->store, st, e)) == 1)
		read_row(r, st);
	sqlite3_finalize(st);
	return rc;
}

void report_seminars_release(struct report *r)
{
	for (int i = 0; i < r->seminars; i++) {
		struct report_seminar *m = &r->seminar[i];
		char *const texts[] = { m->id, m->date, m->planned_date, m->title, m->place, m->municipality, m->kind, m->lead, m->others, m->mentor, m->basis, m->sheet, m->status };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
	}
	free(r->seminar);
	r->seminar = NULL;
	r->seminars = 0;
}

/* --- the table --- */

static const char *state_of(const struct report_seminar *m)
{
	if (m->held)
		/* TRANSLATORS: of a seminar */
		return m->cancelled ? _("held, though marked as cancelled") : _("held");
	return m->cancelled ? _("cancelled") : _("planned");
}

static void add_row(struct report *r, const struct report_seminar *m)
{
	struct buf place = BUF_INIT, led = BUF_INIT, by_name = BUF_INIT, unnamed = BUF_INIT;
	const struct choice *kind = choice_find(seminar_kinds, m->kind);
	municipality_short_name(r->store, m->municipality, &place);
	buf_addf(&place, "%s%s", place.len > 0 && *m->place ? ", " : "", m->place);
	buf_addf(&led, "%s%s%s", m->lead, *m->lead && *m->others ? ", " : "", m->others);
	/* A seminar that was not held has no numbers to add up, but where somebody wrote down that people came without a name. */
	if (m->held)
		buf_addi(&by_name, m->by_name);
	if (m->held || (!m->cancelled && m->unnamed > 0))
		buf_addi(&unnamed, m->unnamed);
	outline_row(r->out, (const char *const[]){ m->date, m->planned_date, state_of(m), kind ? _(kind->label) : m->kind, m->title, place.data, led.data, m->mentor, by_name.data,
	    unnamed.data, m->basis, m->sheet });
	buf_release(&place);
	buf_release(&led);
	buf_release(&by_name);
	buf_release(&unnamed);
}

static void add_table(struct report *r)
{
	const struct outline_column columns[] = {
		/* TRANSLATORS: headings of the table of seminars: the day when it was held or is to be held; the day that was planned */
		{ _("Date"), TYPESET_DATE, 3 }, { _("Plan"), TYPESET_DATE, 3 }, { _("State"), TYPESET_TEXT, 3 }, { _("Kind"), TYPESET_TEXT, 3 }, { _("Topic"), TYPESET_TEXT, 6 },
		{ _("Place"), TYPESET_TEXT, 5 }, { _("Led by"), TYPESET_TEXT, 5 }, { _("Mentored by"), TYPESET_TEXT, 5 },
		/* TRANSLATORS: so many came by name, so many without one; what that number rests on; the number of the signed sheet */
		{ _("By name"), TYPESET_NUMBER, 2 }, { _("Without a name"), TYPESET_NUMBER, 2 }, { _("It rests on"), TYPESET_TEXT, 4 }, { _("Sheet"), TYPESET_TEXT, 2 }
	};
	struct buf by_name = BUF_INIT, unnamed = BUF_INIT;
	bool sum[12] = { [8] = true, [9] = true };
	buf_addi(&by_name, report_value(r, "visits"));
	buf_addi(&unnamed, report_value(r, "unnamed"));
	outline_table(r->out, _("Seminars"), columns, 12, false);
	for (int i = 0; i < r->seminars; i++)
		add_row(r, &r->seminar[i]);
	outline_total(r->out, (const char *const[]){ "", "", "", "", _("Together"), "", "", "", by_name.data, unnamed.data, "", "" }, sum);
	buf_release(&by_name);
	buf_release(&unnamed);
}

/* --- that it adds up, or why not --- */

struct sums { int64_t held, planned, cancelled, by_name, unnamed, unnamed_before, empty, revived; };

static struct sums add_up(const struct report *r)
{
	struct sums t = { .held = 0 };
	for (int i = 0; i < r->seminars; i++) {
		const struct report_seminar *m = &r->seminar[i];
		t.held += m->held;
		t.planned += !m->held && !m->cancelled;
		t.cancelled += !m->held && m->cancelled;
		t.by_name += m->by_name;
		t.unnamed += m->held || !m->cancelled ? m->unnamed : 0;
		t.unnamed_before += !m->held && !m->cancelled ? m->unnamed : 0;
		t.empty += m->held && m->by_name + m->unnamed == 0;
		t.revived += m->held && m->cancelled;
	}
	return t;
}

static void compare(struct report *r, const char *title, int64_t sum, int64_t figure)
{
	struct buf words = BUF_INIT;
	if (sum == figure)
		buf_addf(&words, _("%s: the lines come to %lld, as the figure says."), title, (long long)sum);
	else
		buf_addf(&words, _("%s: the lines come to %lld, the figure says %lld. THEY DO NOT AGREE."), title, (long long)sum, (long long)figure);
	if (sum == figure)
		outline_text(r->out, words.data);
	else
		outline_warning(r->out, words.data);
	buf_release(&words);
}

/* Seminars without a day lie in no period. */
static int64_t without_date(struct report *r)
{
	sqlite3_stmt *st = store_prepare(r->store, "SELECT count(*) FROM seminar WHERE programme = ?1 AND deleted = 0 AND date IS NULL", NULL);
	int64_t n = 0;
	if (!st)
		return 0;
	store_bind_text(st, 1, r->programme);
	if (store_step(r->store, st, NULL) == 1)
		n = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return n;
}

#define SAY(...) do { buf_reset(&words); buf_addf(&words, __VA_ARGS__); outline_text(r->out, words.data); } while (0)

static void tell_why(struct report *r, const struct sums *t)
{
	struct buf words = BUF_INIT;
	int64_t visits = report_value(r, "visits"), reached = report_value(r, "reached"), undated = without_date(r);
	bool narrowed = (r->request->since && *r->request->since) || (r->request->until && *r->request->until);
	if (visits > reached)
		SAY(_("There are %lld visits and %lld people reached: who came to several seminars is one person. The column “By name” is therefore no sum of people."),
		    (long long)visits, (long long)reached);
	else
		SAY(_("There are as many visits as people reached, %lld: nobody came to two seminars."), (long long)visits);
	if (t->unnamed_before > 0)
		SAY(P_("%lld person without a name stands at a seminar that is not held yet, and is counted all the same.",
		    "%lld people without a name stand at seminars that are not held yet, and are counted all the same.", t->unnamed_before), (long long)t->unnamed_before);
	if (t->revived > 0)
		SAY(P_("%lld seminar is marked as cancelled, but somebody was marked present: it counts as held.",
		    "%lld seminars are marked as cancelled, but somebody was marked present: they count as held.", t->revived), (long long)t->revived);
	if (t->empty > 0)
		SAY(P_("%lld seminar is marked as held, and nobody stands there, by name or without one.",
		    "%lld seminars are marked as held, and nobody stands there, by name or without one.", t->empty), (long long)t->empty);
	if (undated > 0 && narrowed)
		SAY(P_("%lld seminar has no date and lies in no period: it is left out.", "%lld seminars have no date and lie in no period: they are left out.", undated),
		    (long long)undated);
	buf_release(&words);
}

static void explain(struct report *r)
{
	const struct sums t = add_up(r);
	outline_heading(r->out, 2, _("Do the numbers add up?"));
	compare(r, _("Seminars held"), t.held, report_value(r, "seminars_held"));
	compare(r, _("Seminars planned"), t.planned, report_value(r, "seminars_planned"));
	compare(r, _("Seminars cancelled"), t.cancelled, report_value(r, "seminars_cancelled"));
	compare(r, _("Visits"), t.by_name, report_value(r, "visits"));
	compare(r, _("Came without being listed"), t.unnamed, report_value(r, "unnamed"));
	tell_why(r, &t);
}

int report_seminars(struct report *r, struct err *e)
{
	(void)e;
	outline_break(r->out);
	outline_heading(r->out, 1, _("Seminars"));
	add_table(r);
	explain(r);
	return 0;
}
