#include "screens/municipalities.h"

#include <string.h>

#include "base/i18n.h"
#include "screens/cards.h"
#include "screens/parts/register.h"
#include "screens/parts/words.h"

static void show_kind(const struct register_screen *r, int row, struct buf *out)
{
	/* Few columns have to do; the page has the whole word. */
	buf_adds(out, strcmp(register_cell(r, row, MUNICIPALITIES_KIND), "district") == 0 ? _("district") :
	    /* TRANSLATORS: a city that is a municipality of its own, at most 10 columns */
	    _("city"));
}

/* TRANSLATORS: narrow columns: how many consultants, seminars, people there are in a municipality */
#define CONSULTANTS N_("Consult.")
#define SEMINARS N_("Seminars")
#define PEOPLE N_("People")

static const struct register_column columns[] = {
	{ MUNICIPALITIES_NAME, { N_("Municipality"), 19, 36, 1, false, NULL }, N_("by name"), false, NULL },
	{ MUNICIPALITIES_KIND, { N_("Kind"), 6, 10, 5, false, NULL }, N_("by kind"), false, show_kind },
	/* TRANSLATORS: the place where a municipality's administration sits */
	{ MUNICIPALITIES_CENTRE, { N_("Centre"), 12, 24, 4, false, NULL }, N_("by centre"), false, NULL },
	{ MUNICIPALITIES_CONSULTANTS, { CONSULTANTS, 8, 8, 2, true, NULL }, N_("by how many consultants"), true, NULL },
	{ MUNICIPALITIES_SEMINARS, { SEMINARS, 9, 9, 3, true, NULL }, N_("by how many seminars"), true, NULL },
	{ MUNICIPALITIES_PEOPLE, { PEOPLE, 6, 6, 3, true, NULL }, N_("by how many people"), true, NULL },
};

static const struct register_part part = {
	.title = N_("Municipalities"), .facet = -1, .columns = columns, .count = sizeof columns / sizeof columns[0],
	.none = N_("There are no municipalities in this store."),
};

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld municipality", "%lld municipalities", n), (long long)n);
}

static unsigned act(struct register_screen *r, enum action action)
{
	if (action != ACTION_OPEN)
		return DID_NOTHING;
	cards_show_municipality(register_loop(r), register_selected(r));
	return DID_CHANGE;
}

static const struct register_class municipalities = {
	.name = "municipalities", .place = IN_MUNICIPALITIES, .listing = &municipalities_listing, .part = &part, .parts = 1,
	.order = MUNICIPALITIES_NAME, .count = count, .not_found = N_("No municipality is found by these words."), .act = act,
};

struct screen *municipalities_open(struct store *s)
{
	return register_open(s, &municipalities);
}
