/* The municipalities: what each has, counted for all of them at once. */
#include "listings/listing_private.h"
#include "records/joined.h"
#include "records/municipality.h"

#include "base/i18n.h"

static const struct listing_reference kind = { "r.kind", NULL, municipality_kinds };

/* Abolished ones are shown while something here names them and nothing has taken their place. */
#define REGISTER "(SELECT code AS id, kind, name, centre, sort, find FROM municipality m WHERE m.successor IS NULL AND (m.gone = 0" \
	" OR EXISTS (SELECT 1 FROM person p WHERE p.municipality = m.code AND p.deleted = 0)" \
	" OR EXISTS (SELECT 1 FROM seminar s WHERE s.municipality = m.code AND s.deleted = 0))) r"
/* What was counted by code, by the code that stands now. */
#define NOW(counted) \
	"(WITH RECURSIVE step(code, now, hops) AS (SELECT code, code, 0 FROM municipality UNION ALL SELECT step.code, m.successor, hops + 1 FROM step" \
	" JOIN municipality m ON m.code = step.now WHERE m.successor IS NOT NULL AND hops < 8)," \
	" seat(code, now) AS (SELECT code, now FROM (SELECT code, now, max(hops) FROM step GROUP BY code))" \
	" SELECT seat.now AS code, sum(g.n) AS n FROM (" counted ") g JOIN seat ON seat.code = g.code GROUP BY 1)"
#define CONSULTANTS \
	"LEFT JOIN " NOW("SELECT p.municipality AS code, count(DISTINCT p.id) AS n FROM participation t JOIN person p ON p.id = " JOINED_PERSON("t.person") \
	" WHERE t.programme = " LISTING_PROGRAMME " AND t.role = 'consultant' AND t.deleted = 0 AND p.deleted = 0" \
	" GROUP BY p.municipality") " c ON c.code = r.id"
#define SEMINARS \
	"LEFT JOIN " NOW("SELECT municipality AS code, count(*) AS n FROM seminar WHERE deleted = 0 AND programme = " LISTING_PROGRAMME " GROUP BY municipality") " s ON s.code = r.id"
#define PEOPLE \
	"LEFT JOIN " NOW("SELECT q.municipality AS code, count(*) AS n FROM person q WHERE q.deleted = 0 AND NOT " JOINED_HIDDEN("q.id") " GROUP BY q.municipality") " p ON p.code = r.id"

static const struct listing_column columns[MUNICIPALITIES_COLUMNS] = {
	[MUNICIPALITIES_NAME] = { .key = "r.sort" },
	[MUNICIPALITIES_KIND] = { .reference = &kind },
	[MUNICIPALITIES_CENTRE] = { .key = "sort_key(r.centre)", .text = "search_fold(r.centre)" },
	[MUNICIPALITIES_CONSULTANTS] = { .key = LISTING_NUMBER("c.n"), .join = CONSULTANTS },
	[MUNICIPALITIES_SEMINARS] = { .key = LISTING_NUMBER("s.n"), .join = SEMINARS },
	[MUNICIPALITIES_PEOPLE] = { .key = LISTING_NUMBER("p.n"), .join = PEOPLE },
};

const struct listing municipalities_listing = {
	.table = "municipality",
	.key = "r.sort",
	.from = REGISTER,
	.visible = "1",
	.text = "r.find",
	.every_row = "SELECT r.name, r.kind, r.centre, coalesce(c.n, 0), coalesce(s.n, 0), coalesce(p.n, 0), r.sort, r.id"
	    " FROM " REGISTER " " CONSULTANTS " " SEMINARS " " PEOPLE,
	.column = columns, .columns = MUNICIPALITIES_COLUMNS,
	.reference = &kind, .references = 1,
};
