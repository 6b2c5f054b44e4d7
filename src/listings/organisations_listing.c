/* The register of organisations. */
#include "listings/listing_private.h"
#include "records/joined.h"

#include "base/i18n.h"

static const struct listing_reference municipality = { "r.municipality", NULL, NULL };

#define PEOPLE_EACH \
	"LEFT JOIN (SELECT organisation, count(*) AS people FROM person p WHERE p.organisation IS NOT NULL AND p.deleted = 0" \
	" AND NOT " JOINED_HIDDEN("p.id") " GROUP BY p.organisation) c ON c.organisation = r.id"

static const struct listing_column columns[ORGANISATIONS_COLUMNS] = {
	[ORGANISATIONS_NAME] = { .key = "r.sort" },
	[ORGANISATIONS_MUNICIPALITY] = { .reference = &municipality },
	[ORGANISATIONS_PHONE] = { .key = "r.phone", .text = "search_fold(r.phone)" },
	[ORGANISATIONS_PEOPLE] = { .key = LISTING_NUMBER("c.people"), .join = PEOPLE_EACH },
};

static const struct listing_facet facets[ORGANISATIONS_FACETS] = {
	[ORGANISATIONS_BY_MUNICIPALITY] = { N_("municipality"), "r.municipality = " LISTING_FACET(0), NULL },
};

const struct listing organisations_listing = {
	.table = "organisation",
	.index = "organisation r INDEXED BY organisation_sort",
	.from_key = "(r.sort, r.id) >= (" LISTING_KEY ", " LISTING_ID ")",
	.to_key = "(r.sort, r.id) <= (" LISTING_KEY ", " LISTING_ID ")",
	.key = "r.sort",
	.letters = "r.find",
	.from = "organisation r",
	.visible = LISTING_VISIBLE,
	.text = "r.find",
	.row = "SELECT r.name, r.municipality, r.phone, (SELECT count(*) FROM person p WHERE p.organisation = r.id AND p.deleted = 0 AND NOT " JOINED_HIDDEN("p.id") "), r.sort"
	    " FROM organisation r WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = ORGANISATIONS_COLUMNS,
	.reference = &municipality, .references = 1,
	.facet = facets, .facets = ORGANISATIONS_FACETS,
};
