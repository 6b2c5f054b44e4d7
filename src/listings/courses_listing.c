/* The courses of the current programme, with who is on them. There are few: they are always read whole. */
#include "listings/listing_private.h"
#include "records/joined.h"

#define COUNTS \
	"LEFT JOIN (SELECT n.course, sum(n.state IS NOT 'left') AS enrolled, sum(n.state = 'completed') AS completed FROM enrolment n" \
	" LEFT JOIN person p ON p.id = " JOINED_PERSON("n.person") " WHERE n.deleted = 0 AND p.deleted IS NOT 1 AND " JOINED_FIRST_ENROLMENT("n") " GROUP BY n.course) c ON c.course = r.id"
#define VISIBLE "r.deleted = 0 AND r.programme = " LISTING_PROGRAMME

static const struct listing_column columns[COURSES_COLUMNS] = {
	[COURSES_TITLE] = { .key = "sort_key(r.title)" },
	[COURSES_PROVIDER] = { .key = "sort_key(r.provider)", .text = "search_fold(r.provider)" },
	[COURSES_HOURS] = { .key = LISTING_NUMBER("r.hours") },
	[COURSES_ENROLLED] = { .key = LISTING_NUMBER("c.enrolled"), .join = COUNTS },
	[COURSES_COMPLETED] = { .key = LISTING_NUMBER("c.completed"), .join = COUNTS },
};

const struct listing courses_listing = {
	.table = "course",
	.key = "sort_key(r.title)",
	.from = "course r",
	.visible = VISIBLE,
	.text = "search_fold(r.title, r.provider, r.note)",
	.every_row = "SELECT r.title, r.provider, r.hours, coalesce(c.enrolled, 0), coalesce(c.completed, 0), sort_key(r.title), r.id"
	    " FROM course r " COUNTS " WHERE " VISIBLE,
	.column = columns, .columns = COURSES_COLUMNS,
};
