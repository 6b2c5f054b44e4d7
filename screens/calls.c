#include "screens/calls.h"

#include "base/date.h"
#include "base/i18n.h"
#include "records/call.h"
#include "screens/parts/register.h"
#include "screens/parts/words.h"

static void show_deadline(const struct register_screen *r, int row, struct buf *out)
{
	char day[DATE_SIZE];

	date_show(register_cell(r, row, CALLS_DEADLINE), day);
	buf_adds(out, day);
}

static void show_role(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(call_roles, register_cell(r, row, CALLS_ROLE), out);
}

static void show_state(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(call_states, register_cell(r, row, CALLS_STATE), out);
}

static void show_selected(const struct register_screen *r, int row, struct buf *out)
{
	/* TRANSLATORS: 8 of 10 */
	buf_addf(out, _("%s of %s"), register_cell(r, row, CALLS_SELECTED), register_cell(r, row, CALLS_PLACES));
}

static const struct register_column columns[] = {
	{ CALLS_TITLE, { N_("Title"), 20, 60, 1, false, NULL }, N_("by title"), false, NULL },
	{ CALLS_ROLE, { N_("Role"), 11, 12, 5, false, NULL }, N_("by role"), false, show_role },
	/* TRANSLATORS: a column of 10: the last day on which applications are taken */
	{ CALLS_DEADLINE, { N_("Until"), 10, 10, 3, false, NULL }, N_("by deadline"), true, show_deadline },
	{ CALLS_STATE, { N_("State"), 7, 9, 4, false, NULL }, N_("by state"), false, show_state },
	/* TRANSLATORS: a narrow column: how many have applied */
	{ CALLS_APPLICATIONS, { N_("Applied"), 7, 8, 2, true, NULL }, N_("by how many have applied"), true, NULL },
	/* TRANSLATORS: a narrow column: how many are selected, of so many places */
	{ CALLS_SELECTED, { N_("Selected"), 9, 12, 6, true, NULL }, N_("by how many are selected"), true, show_selected },
};

static const struct register_part part = {
	.title = N_("Selection"), .facet = -1, .columns = columns, .count = sizeof columns / sizeof columns[0],
	.none = N_("No call for applications yet. Press n to enter one: for experts or consultants, with places and a deadline."),
};

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld call", "%lld calls", n), (long long)n);
}

static const struct register_class calls = {
	.name = "selection", .place = IN_CALLS, .listing = &calls_listing, .type = &call_type, .part = &part, .parts = 1,
	.order = CALLS_DEADLINE, .descending = true, .count = count, .not_found = N_("No call is found by these words."),
};

struct screen *calls_open(struct store *s)
{
	return register_open(s, &calls);
}
