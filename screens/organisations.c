#include "screens/organisations.h"

#include "base/i18n.h"
#include "base/text.h"
#include "screens/parts/register.h"

static void show_phone(const struct register_screen *r, int row, struct buf *out)
{
	text_phone_pretty(register_cell(r, row, ORGANISATIONS_PHONE), out);
}

static const struct register_column columns[] = {
	{ ORGANISATIONS_NAME, { N_("Name"), 19, 60, 1, false, NULL }, N_("by name"), false, NULL },
	{ ORGANISATIONS_MUNICIPALITY, { N_("Municipality"), 14, 24, 2, false, NULL }, N_("by municipality"), false, NULL },
	{ ORGANISATIONS_PHONE, { N_("Phone"), 16, 16, 4, false, NULL }, N_("by phone"), false, show_phone },
	/* TRANSLATORS: how many people of the register belong to the organisation; a narrow column */
	{ ORGANISATIONS_PEOPLE, { N_("People"), 6, 6, 3, true, NULL }, N_("by how many people"), true, NULL },
};

static const struct register_part part = {
	.title = N_("Organisations"), .facet = -1, .columns = columns, .count = sizeof columns / sizeof columns[0],
	.none = N_("No organisations yet. Press n to enter the first one."),
};

static const int facets[] = { ORGANISATIONS_BY_MUNICIPALITY };

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld organisation", "%lld organisations", n), (long long)n);
}

static const struct register_class organisations = {
	.name = "organisations", .place = IN_ORGANISATIONS, .listing = &organisations_listing, .type = &organisation_type, .part = &part, .parts = 1,
	.facets = facets, .facets_count = 1, .order = ORGANISATIONS_NAME, .count = count,
	.not_found = N_("No organisation is found by these words."),
};

struct screen *organisations_open(struct store *s)
{
	return register_open(s, &organisations);
}
