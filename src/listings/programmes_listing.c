/* The programmes, the one that counts marked. There are few: they are always read whole. */
#include "listings/listing_private.h"
#include "records/programme.h"

static const struct listing_reference state = { "r.state", NULL, programme_states };

/* What the programmes of other years may be found by, too. */
#define TEXT "search_fold(r.title, r.\"grant\", r.organiser)"
#define CURRENT "CASE r.id WHEN " LISTING_PROGRAMME " THEN 'yes' ELSE '' END"

static const struct listing_column columns[PROGRAMMES_COLUMNS] = {
	[PROGRAMMES_TITLE] = { .key = "sort_key(r.title)" },
	[PROGRAMMES_CURRENT] = { .key = CURRENT },
	[PROGRAMMES_STATE] = { .reference = &state },
	[PROGRAMMES_SINCE] = { .key = "r.since", .text = LISTING_DATE_TEXT("r.since"), .date = true },
	[PROGRAMMES_UNTIL] = { .key = "r.until", .text = LISTING_DATE_TEXT("r.until"), .date = true },
	[PROGRAMMES_GRANT] = { .key = "sort_key(r.\"grant\")", .text = "search_fold(r.\"grant\")" },
};

const struct listing programmes_listing = {
	.table = "programme",
	.key = "sort_key(r.title)",
	.from = "programme r",
	.visible = "r.deleted = 0",
	.text = TEXT,
	.every_row = "SELECT r.title, " CURRENT ", r.state, r.since, r.until, r.\"grant\", sort_key(r.title), r.id FROM programme r WHERE r.deleted = 0",
	.column = columns, .columns = PROGRAMMES_COLUMNS,
	.reference = &state, .references = 1,
};
