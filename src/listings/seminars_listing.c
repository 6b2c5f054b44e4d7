/* The log of seminars, the newest first. */
#include "listings/listing_private.h"
#include "records/joined.h"
#include "records/seminar.h"

#include "base/i18n.h"

enum { R_MUNICIPALITY, R_LEAD, R_STATUS, REFERENCES };

static const struct listing_reference references[REFERENCES] = {
	[R_MUNICIPALITY] = { "r.municipality", NULL, NULL },
	[R_LEAD] = { "r.lead", &person_type, NULL },
	[R_STATUS] = { "r.status", NULL, seminar_statuses },
};

/* Who stands on a sheet, as seminar_counts() has it: not who was removed, not who was marked absent, everybody once. */
#define ON_THE_SHEET \
	" FROM attendance a LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person") \
	" WHERE a.deleted = 0 AND p.deleted IS NOT 1 AND a.state IS NOT 'absent' AND " JOINED_FIRST_MARK("a")
#define COUNTS_EACH \
	"LEFT JOIN (SELECT a.seminar, count(*) AS registered, sum(a.state = 'present') AS came" ON_THE_SHEET \
	" GROUP BY a.seminar) c ON c.seminar = r.id"
#define COUNT_ONE(what) "(SELECT " what ON_THE_SHEET " AND a.id > r.id || '/' AND a.id < r.id || '0')"

static const struct listing_column columns[SEMINARS_COLUMNS] = {
	[SEMINARS_DATE] = { .key = "r.date", .text = LISTING_DATE_TEXT("r.date"), .date = true },
	[SEMINARS_TITLE] = { .key = "sort_key(r.title)" },
	[SEMINARS_PLACE] = { .key = "sort_key(r.place)", .text = "search_fold(r.place)" },
	[SEMINARS_MUNICIPALITY] = { .reference = &references[R_MUNICIPALITY] },
	[SEMINARS_LEAD] = { .reference = &references[R_LEAD] },
	[SEMINARS_STATUS] = { .reference = &references[R_STATUS] },
	[SEMINARS_CAME] = { .key = LISTING_NUMBER("c.came"), .join = COUNTS_EACH },
	[SEMINARS_REGISTERED] = { .key = LISTING_NUMBER("c.registered"), .join = COUNTS_EACH },
};

static const struct listing_facet facets[SEMINARS_FACETS] = {
	[SEMINARS_BY_MINE] = { N_("mine"), "r.lead IN " JOINED_IDS(LISTING_ME) " OR r.mentor IN " JOINED_IDS(LISTING_ME) " OR " LISTING_MADE_HERE
	    " OR EXISTS (SELECT 1 FROM seminar_staff t WHERE t.id > r.id || '/' AND t.id < r.id || '0' AND t.person IN " JOINED_IDS(LISTING_ME) " AND t.deleted = 0)", listing_yes },
	/* TRANSLATORS: of a seminar: planned, held, cancelled */
	[SEMINARS_BY_STATUS] = { N_("status"), "r.status = " LISTING_FACET(1), seminar_statuses },
	[SEMINARS_BY_MUNICIPALITY] = { N_("municipality"), "r.municipality = " LISTING_FACET(2), NULL },
	/* TRANSLATORS: of a seminar: local, information, training */
	[SEMINARS_BY_KIND] = { N_("kind"), "r.kind = " LISTING_FACET(3), seminar_kinds },
};

const struct listing seminars_listing = {
	.table = "seminar",
	.descending = true,
	.index = "seminar r INDEXED BY seminar_programme",
	.within = LISTING_IN_PROGRAMME,
	.from_key = "(r.date, r.deleted, r.id) >= (" LISTING_KEY ", 0, " LISTING_ID ")",
	.to_key = "(r.date, r.deleted, r.id) <= (" LISTING_KEY ", 0, " LISTING_ID ")",
	.key = "r.date",
	.from = "seminar r",
	.visible = LISTING_VISIBLE_IN_PROGRAMME,
	.text = "r.find || ' ' || " LISTING_DATE_TEXT("r.date"),
	.row = "SELECT r.date, r.title, r.place, r.municipality, r.lead, r.status, " COUNT_ONE("coalesce(sum(a.state = 'present'), 0)") ", "
	    COUNT_ONE("count(*)") ", r.date FROM seminar r WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = SEMINARS_COLUMNS,
	.reference = references, .references = REFERENCES,
	.facet = facets, .facets = SEMINARS_FACETS,
};
