/* The register of people: of joined cards the shown one. */
#include "listings/listing_private.h"
#include "records/joined.h"
#include "records/person.h"

#include "base/i18n.h"

enum { R_ORGANISATION, R_MUNICIPALITY, R_STAGE, R_ROLE, REFERENCES };

static const struct listing_reference references[REFERENCES] = {
	[R_ORGANISATION] = { "r.organisation", &organisation_type, NULL },
	[R_MUNICIPALITY] = { "r.municipality", NULL, NULL },
	[R_STAGE] = { "t.stage", NULL, person_stages },
	[R_ROLE] = { "t.role", NULL, person_roles },
};

#define MET_EACH \
	"LEFT JOIN (SELECT " JOINED_PERSON("a.person") " AS person, max(s.date) AS met FROM attendance a JOIN seminar s ON s.id = a.seminar" \
	" WHERE a.state = 'present' AND a.deleted = 0 AND s.deleted = 0 AND s.programme = " LISTING_PROGRAMME " GROUP BY 1) m ON m.person = r.id"
#define MET_ONE \
	"(SELECT max(s.date) FROM attendance a JOIN seminar s ON s.id = a.seminar" \
	" WHERE a.person IN " JOINED_IDS("r.id") " AND a.state = 'present' AND a.deleted = 0 AND s.deleted = 0 AND s.programme = " LISTING_PROGRAMME ")"

static const struct listing_column columns[PEOPLE_COLUMNS] = {
	[PEOPLE_NAME] = { .key = "r.sort" },
	[PEOPLE_ORGANISATION] = { .reference = &references[R_ORGANISATION] },
	[PEOPLE_MUNICIPALITY] = { .reference = &references[R_MUNICIPALITY] },
	[PEOPLE_STAGE] = { .reference = &references[R_STAGE] },
	[PEOPLE_ROLE] = { .reference = &references[R_ROLE] },
	[PEOPLE_LAST_MET] = { .key = "m.met", .join = MET_EACH },
	[PEOPLE_PHONE] = { .key = "r.phone", .text = "search_fold(r.phone)" },
	[PEOPLE_POST] = { .key = "sort_key(r.post)", .text = "search_fold(r.post)" },
};

static const struct listing_facet facets[PEOPLE_FACETS] = {
	/* TRANSLATORS: quick filters of a list, before their value: «мои: да», «этап: все» */
	[PEOPLE_BY_MINE] = { N_("mine"), "r.id IN (SELECT " JOINED_PERSON("mentorship.mentee") " FROM mentorship WHERE mentor IN " JOINED_IDS(LISTING_ME) " AND deleted = 0 AND programme = " LISTING_PROGRAMME
	    " AND (until IS NULL OR until > " LISTING_TODAY "))", listing_yes },
	[PEOPLE_BY_STAGE] = { N_("stage"), "t.stage = " LISTING_FACET(1), person_stages },
	[PEOPLE_BY_MUNICIPALITY] = { N_("municipality"), "r.municipality = " LISTING_FACET(2), NULL },
	[PEOPLE_BY_ROLE] = { N_("role"), "t.role = " LISTING_FACET(3), person_roles },
};

#define PARTICIPATION "LEFT JOIN participation t ON t.id = " LISTING_PROGRAMME " || '/' || r.id AND t.deleted = 0"

const struct listing people_listing = {
	.table = "person",
	.index = "person r INDEXED BY person_sort",
	.from_key = "(r.sort, r.deleted, r.id) >= (" LISTING_KEY ", 0, " LISTING_ID ")",
	.to_key = "(r.sort, r.deleted, r.id) <= (" LISTING_KEY ", 0, " LISTING_ID ")",
	.key = "r.sort",
	.letters = "r.find",
	.from = "person r " PARTICIPATION,
	.visible = LISTING_VISIBLE " AND NOT " JOINED_HIDDEN("r.id"),
	.left_out = JOINED_HIDDEN("r.id"),
	.left_out_count = "SELECT count(*) FROM joined j CROSS JOIN person p ON p.id = j.id WHERE j.id <> j.shown AND p.deleted = 0",
	.text = "r.find",
	.row = "SELECT coalesce(r.name, r.id), r.organisation, r.municipality, t.stage, t.role, " MET_ONE ", r.phone, r.post, r.sort"
	    " FROM person r " PARTICIPATION " WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = PEOPLE_COLUMNS,
	.reference = references, .references = REFERENCES,
	.facet = facets, .facets = PEOPLE_FACETS,
};
