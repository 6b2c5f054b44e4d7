#include "screens/seminars.h"

#include "base/date.h"
#include "base/i18n.h"
#include "records/seminar.h"
#include "screens/attendance.h"
#include "screens/parts/register.h"
#include "screens/seminar_again.h"
#include "screens/seminar_papers.h"
#include "screens/parts/words.h"

static void show_date(const struct register_screen *r, int row, struct buf *out)
{
	char day[DATE_SIZE];

	date_show(register_cell(r, row, SEMINARS_DATE), day);
	buf_adds(out, day);
}

static void show_place(const struct register_screen *r, int row, struct buf *out)
{
	const char *place = register_cell(r, row, SEMINARS_PLACE);

	buf_adds(out, place[0] != '\0' ? place : register_cell(r, row, SEMINARS_MUNICIPALITY));
}

static void show_lead(const struct register_screen *r, int row, struct buf *out)
{
	words_initials(register_cell(r, row, SEMINARS_LEAD), out);
}

static void show_status(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(seminar_statuses, register_cell(r, row, SEMINARS_STATUS), out);
}

static void show_came(const struct register_screen *r, int row, struct buf *out)
{
	/* TRANSLATORS: 8 of 10 */
	buf_addf(out, _("%s of %s"), register_cell(r, row, SEMINARS_CAME), register_cell(r, row, SEMINARS_REGISTERED));
}

static const struct register_column columns[] = {
	{ SEMINARS_DATE, { N_("Date"), 10, 10, 1, false, NULL }, N_("by date"), true, show_date },
	{ SEMINARS_TITLE, { N_("Title"), 18, 44, 1, false, NULL }, N_("by title"), false, NULL },
	{ SEMINARS_PLACE, { N_("Place"), 12, 28, 4, false, NULL }, N_("by place"), false, show_place },
	{ SEMINARS_LEAD, { N_("Lead"), 14, 20, 5, false, NULL }, N_("by lead"), false, show_lead },
	{ SEMINARS_STATUS, { N_("Status"), 12, 14, 3, false, NULL }, N_("by status"), false, show_status },
	{ SEMINARS_MUNICIPALITY, { N_("Municipality"), 14, 22, 6, false, NULL }, N_("by municipality"), false, NULL },
	/* TRANSLATORS: how many came, of how many on the list; a narrow column */
	{ SEMINARS_CAME, { N_("Came"), 8, 8, 2, true, NULL }, N_("by how many came"), true, show_came },
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const struct register_part parts[] = {
	{ .title = N_("Seminars"), .facet = -1, .columns = columns, .count = COLUMNS, .none = N_("No seminars yet. Press n to enter the first one.") },
	{ .title = N_("My seminars"), .facet = SEMINARS_BY_MINE, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("No seminars of your own yet. Tab shows all.") },
};

static const int facets[] = { SEMINARS_BY_STATUS, SEMINARS_BY_MUNICIPALITY, SEMINARS_BY_KIND };

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld seminar", "%lld seminars", n), (long long)n);
}

static void elsewhere(int64_t n, struct buf *out)
{
	buf_addf(out, _("None of your seminars is found by these words; among all: %lld (Tab)"), (long long)n);
}

static unsigned act(struct register_screen *r, enum action action)
{
	struct loop *l = register_loop(r);

	switch (action) {
	case ACTION_SHEET: loop_push(l, attendance_open(l->store, register_selected(r))); break;
	case ACTION_AGAIN: seminar_again_ask(l, register_selected(r)); break;
	case ACTION_STAFF: seminar_staff_ask(l, register_selected(r)); break;
	case ACTION_PAPER:
		if (register_selected(r)[0] != '\0')
			seminar_papers_ask(l, register_selected(r));
		break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static const struct register_class seminars = {
	.name = "seminars", .place = IN_SEMINARS, .listing = &seminars_listing, .type = &seminar_type, .part = parts, .parts = 2,
	.facets = facets, .facets_count = sizeof facets / sizeof facets[0], .order = SEMINARS_DATE, .descending = true, .count = count,
	.not_found = N_("No seminar is found by these words."),
	.elsewhere = elsewhere, .act = act,
};

struct screen *seminars_open(struct store *s)
{
	return register_open(s, &seminars);
}
