/* The directory, by name. */
#include "records/directory.h"
#include "listings/listing_private.h"
#include "records/joined.h"
#include "records/person.h"

#include "base/i18n.h"

enum { R_MUNICIPALITY, R_ROLE, REFERENCES };

static const struct listing_reference references[REFERENCES] = {
	[R_MUNICIPALITY] = { "r.municipality", NULL, NULL },
	[R_ROLE] = { "r.role", NULL, person_roles },
};

#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("r.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = r.person), r.person)"
#define OPEN "CASE WHEN " DIRECTORY_OPEN("r") " THEN 'yes' ELSE '' END"

static const struct listing_column columns[DIRECTORY_COLUMNS] = {
	[DIRECTORY_PERSON] = { .key = "sort_key(" NAME ")", .text = "search_fold(" NAME ")" },
	[DIRECTORY_TOPICS] = { .key = "sort_key(r.topics)", .text = "search_fold(r.topics)" },
	[DIRECTORY_MUNICIPALITY] = { .reference = &references[R_MUNICIPALITY] },
	[DIRECTORY_ROLE] = { .reference = &references[R_ROLE] },
	[DIRECTORY_PHONE] = { .key = "r.phone", .text = "search_fold(r.phone)" },
	[DIRECTORY_EMAIL] = { .key = "r.email", .text = "search_fold(r.email)" },
	[DIRECTORY_SEEN] = { .key = OPEN, .text = "''" },
};

static const struct listing_facet facets[DIRECTORY_FACETS] = {
	/* TRANSLATORS: quick filter of the directory: entries that others see too */
	[DIRECTORY_BY_OPEN] = { N_("agreed"), DIRECTORY_OPEN("r"), listing_yes },
	[DIRECTORY_BY_MUNICIPALITY] = { N_("municipality"), "r.municipality = " LISTING_FACET(1), NULL },
	[DIRECTORY_BY_ROLE] = { N_("role"), "r.role = " LISTING_FACET(2), person_roles },
};

const struct listing directory_listing = {
	.table = "directory_entry",
	.key = "sort_key(" NAME ")",
	.from = "directory_entry r",
	.visible = "r.deleted = 0 AND r.programme = " LISTING_PROGRAMME " AND " JOINED_FIRST_ENTRY("r"),
	.text = "search_fold(" NAME " || ' ' || coalesce(r.topics, '') || ' ' || coalesce(r.note, '') || ' ' || coalesce(r.phone, '') || ' ' || coalesce(r.email, ''))",
	.row = "SELECT " NAME ", r.topics, r.municipality, r.role, r.phone, r.email, " OPEN ", sort_key(" NAME ")"
	    " FROM directory_entry r WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = DIRECTORY_COLUMNS,
	.reference = references, .references = REFERENCES,
	.facet = facets, .facets = DIRECTORY_FACETS,
};
