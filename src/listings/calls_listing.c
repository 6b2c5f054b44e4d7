/* The calls of the current programme, with how many applied and what became of them. There are few: they are always read whole. */
#include "records/call.h"
#include "listings/listing_private.h"
#include "records/joined.h"

enum { R_ROLE, R_STATE, REFERENCES };

static const struct listing_reference references[REFERENCES] = {
	[R_ROLE] = { "r.role", NULL, call_roles },
	[R_STATE] = { "r.state", NULL, call_states },
};

#define COUNTS \
	"LEFT JOIN (SELECT a.call, count(*) AS submitted, sum(a.decision = 'selected') AS selected FROM application a" \
	" WHERE a.deleted = 0 AND a.state IS NOT 'withdrawn' AND " JOINED_FIRST_APPLICATION("a") " GROUP BY a.call) n ON n.call = r.id"
#define VISIBLE "r.deleted = 0 AND r.programme = " LISTING_PROGRAMME

static const struct listing_column columns[CALLS_COLUMNS] = {
	[CALLS_DEADLINE] = { .key = "r.deadline", .text = LISTING_DATE_TEXT("r.deadline"), .date = true },
	[CALLS_TITLE] = { .key = "sort_key(r.title)", .text = "search_fold(r.title)" },
	[CALLS_ROLE] = { .reference = &references[R_ROLE] },
	[CALLS_STATE] = { .reference = &references[R_STATE] },
	[CALLS_PLACES] = { .key = LISTING_NUMBER("r.places") },
	[CALLS_APPLICATIONS] = { .key = LISTING_NUMBER("n.submitted"), .join = COUNTS },
	[CALLS_SELECTED] = { .key = LISTING_NUMBER("n.selected"), .join = COUNTS },
};

const struct listing calls_listing = {
	.table = "call",
	.descending = true,
	.key = "r.deadline",
	.from = "call r",
	.visible = VISIBLE,
	.text = "search_fold(r.title, r.note) || ' ' || " LISTING_DATE_TEXT("r.deadline"),
	.every_row = "SELECT r.deadline, r.title, r.role, r.state, r.places, coalesce(n.submitted, 0), coalesce(n.selected, 0), r.deadline, r.id"
	    " FROM call r " COUNTS " WHERE " VISIBLE,
	.column = columns, .columns = CALLS_COLUMNS,
	.reference = references, .references = REFERENCES,
};
