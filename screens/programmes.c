#include "screens/programmes.h"

#include "base/date.h"
#include "base/i18n.h"
#include "records/programme.h"
#include "screens/programme_act.h"
#include "screens/parts/register.h"
#include "screens/parts/words.h"

static void show_current(const struct register_screen *r, int row, struct buf *out)
{
	if (register_cell(r, row, PROGRAMMES_CURRENT)[0] != '\0')
		buf_adds(out, _("yes"));
}

static void show_state(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(programme_states, register_cell(r, row, PROGRAMMES_STATE), out);
}

static void show_date(const char *iso, struct buf *out)
{
	char shown[DATE_SIZE];

	if (iso[0] == '\0')
		return;
	date_show(iso, shown);
	buf_adds(out, shown);
}

static void show_since(const struct register_screen *r, int row, struct buf *out)
{
	show_date(register_cell(r, row, PROGRAMMES_SINCE), out);
}

static void show_until(const struct register_screen *r, int row, struct buf *out)
{
	show_date(register_cell(r, row, PROGRAMMES_UNTIL), out);
}

static const struct register_column columns[] = {
	{ PROGRAMMES_TITLE, { N_("Title"), 20, 60, 1, false, NULL }, N_("by title"), false, NULL },
	/* TRANSLATORS: a narrow column: the programme whose lists and figures are shown */
	{ PROGRAMMES_CURRENT, { N_("Shown"), 9, 9, 2, false, NULL }, N_("by what is shown"), true, show_current },
	{ PROGRAMMES_STATE, { N_("State"), 8, 10, 3, false, NULL }, N_("by state"), false, show_state },
	{ PROGRAMMES_SINCE, { N_("Since"), 10, 10, 4, false, NULL }, N_("by the first day"), true, show_since },
	{ PROGRAMMES_UNTIL, { N_("Until"), 10, 10, 4, false, NULL }, N_("by the last day"), true, show_until },
	{ PROGRAMMES_GRANT, { N_("Grant"), 12, 40, 5, false, NULL }, N_("by grant"), false, NULL },
};

static const struct register_part part = {
	.title = N_("Programmes"), .facet = -1, .columns = columns, .count = sizeof columns / sizeof columns[0],
	.none = N_("There are no programmes in this store."),
};

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld programme", "%lld programmes", n), (long long)n);
}

static unsigned act(struct register_screen *r, enum action action)
{
	if (!programme_acts(action))
		return DID_NOTHING;
	return programme_act(register_loop(r), action == ACTION_PROGRAMME_BEGIN ? "" : register_selected(r), action);
}

static const struct register_class programmes = {
	.name = "programmes", .place = IN_PROGRAMMES, .listing = &programmes_listing, .type = &programme_type, .part = &part, .parts = 1,
	.order = PROGRAMMES_TITLE, .count = count, .not_found = N_("No programme is found by these words."), .act = act,
};

struct screen *programmes_open(struct store *s)
{
	return register_open(s, &programmes);
}
