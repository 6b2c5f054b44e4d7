#include "screens/consultations.h"

#include "base/date.h"
#include "base/i18n.h"
#include "records/consultation.h"
#include "screens/calendar.h"
#include "screens/parts/register.h"
#include "screens/parts/words.h"

static void show_date(const struct register_screen *r, int row, struct buf *out)
{
	char day[DATE_SIZE];

	date_show(register_cell(r, row, CONSULTATIONS_DATE), day);
	buf_adds(out, day);
}

static void show_mentor(const struct register_screen *r, int row, struct buf *out)
{
	words_initials(register_cell(r, row, CONSULTATIONS_MENTOR), out);
}

static void show_form(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(consultation_forms, register_cell(r, row, CONSULTATIONS_FORM), out);
}

static void show_next_date(const struct register_screen *r, int row, struct buf *out)
{
	const char *day = register_cell(r, row, CONSULTATIONS_NEXT_DATE);

	if (day[0] != '\0')
		words_day(day, register_today(r), out);
}

static const struct register_column columns[] = {
	{ CONSULTATIONS_DATE, { N_("Date"), 10, 10, 1, false, NULL }, N_("by date"), true, show_date },
	{ CONSULTATIONS_MENTEE, { N_("Mentee"), 19, 32, 1, false, words_short_name }, N_("by mentee"), false, NULL },
	{ CONSULTATIONS_MENTOR, { N_("Mentor"), 14, 20, 6, false, NULL }, N_("by mentor"), false, show_mentor },
	{ CONSULTATIONS_TOPIC, { N_("Topic"), 16, 44, 2, false, NULL }, N_("by topic"), false, NULL },
	/* TRANSLATORS: how the two met: a visit, by phone, online */
	{ CONSULTATIONS_FORM, { N_("How"), 8, 12, 5, false, NULL }, N_("by how it was held"), false, show_form },
	/* TRANSLATORS: date of the next step that was agreed on, a narrow column */
	{ CONSULTATIONS_NEXT_DATE, { N_("Due"), 9, 9, 4, false, NULL }, N_("by the next step's date"), false, show_next_date },
	{ CONSULTATIONS_NEXT_STEP, { N_("Next step"), 14, 40, 3, false, NULL }, N_("by the next step"), false, NULL },
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const struct register_part parts[] = {
	{ .title = N_("Consultations"), .facet = -1, .columns = columns, .count = COLUMNS,
		.none = N_("No consultations yet. Press n to enter the first one, or c on a person.") },
	{ .title = N_("My consultations"), .facet = CONSULTATIONS_BY_MINE, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("No consultations of your own yet. Tab shows others.") },
	/* TRANSLATORS: consultations whose next step is not done yet */
	{ .title = N_("Next steps"), .facet = CONSULTATIONS_BY_DUE, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("No next step is open. Tab shows all consultations.") },
};

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld consultation", "%lld consultations", n), (long long)n);
}

static void elsewhere(int64_t n, struct buf *out)
{
	buf_addf(out, _("None of these consultations is found by these words; among all: %lld (Tab)"), (long long)n);
}

static const int facets[] = { CONSULTATIONS_BY_KIND, CONSULTATIONS_BY_FORM };

static unsigned act(struct register_screen *r, enum action action)
{
	if (action != ACTION_PAPER)
		return DID_NOTHING;
	calendar_ask(register_loop(r));
	return DID_CHANGE;
}

static const struct register_class consultations = {
	.name = "consultations", .place = IN_CONSULTATIONS, .listing = &consultations_listing, .type = &consultation_type, .part = parts, .parts = 3,
	.order = CONSULTATIONS_DATE, .descending = true, .count = count,
	.not_found = N_("No consultation is found by these words."),
	.facets = facets, .facets_count = sizeof facets / sizeof facets[0],
	.elsewhere = elsewhere, .act = act,
};

struct screen *consultations_open(struct store *s)
{
	return register_open(s, &consultations);
}
