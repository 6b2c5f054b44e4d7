/* The lists that prove the figures. Each statement gives: id, name, date, municipality, a count that the detail tells, a text, and the number that the
 * line adds to the figure. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/indicator.h"
#include "records/indicator_sql.h"
#include "records/municipality.h"

/* What the count is of. */
enum tell { TELL_NOTHING, TELL_CAME, TELL_VISITS, TELL_UNNAMED, TELL_CONSULTANTS, TELL_SEMINARS, TELL_MINUTES };

#define PEOPLE_OF_ROLE(role) \
	" FROM participation t JOIN person p ON p.id = t.person WHERE t.programme = ?1 AND t.role = " role " AND t.deleted = 0 AND p.deleted = 0"
#define KNOWN(person, name) "coalesce(" name ", (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = " person "), " person ")"
#define PERSON_OF(person) KNOWN(person, "(SELECT n.name FROM person n WHERE n.id = " person ")")
#define LOGGED(number, which) \
	INDICATOR_LOGGED " SELECT id, title, date, municipality, present, place, " number " FROM logged WHERE " which " ORDER BY date, id"
#define CONSULTATIONS(number) \
	"SELECT c.id, c.topic, c.date, '', c.minutes, " PERSON_OF("c.mentor") " || ' → ' || " PERSON_OF("c.mentee") ", " number \
	" FROM consultation c WHERE c.programme = ?1 AND c.deleted = 0 ORDER BY c.date, c.id"

static const struct proof {
	const char *name;		/* "": people by role, ?2 */
	const struct record_type *type;
	enum tell tell;
	const char *sql;
} proofs[] = {
	{ "", &person_type, TELL_NOTHING,
	    "SELECT p.id, p.name, '', p.municipality, 0, coalesce(o.name, ''), 1 FROM participation t JOIN person p ON p.id = t.person"
	    " LEFT JOIN organisation o ON o.id = p.organisation"
	    " WHERE t.programme = ?1 AND t.role = ?2 AND t.deleted = 0 AND p.deleted = 0 ORDER BY p.sort, p.id" },
	{ "seminars_planned", &seminar_type, TELL_NOTHING, LOGGED("1", "NOT held AND status IS NOT 'cancelled'") },
	{ "seminars_held", &seminar_type, TELL_CAME, LOGGED("1", "held") },
	{ "visits", &attendance_type, TELL_NOTHING,
	    "SELECT a.id, " KNOWN("a.person", "p.name") ", s.date, s.municipality, 0, s.title, 1" INDICATOR_MARKS " ORDER BY s.date, s.id, p.sort, a.id" },
	{ "reached", &person_type, TELL_VISITS,
	    "SELECT a.person, " KNOWN("a.person", "p.name") ", '', p.municipality, count(*), '', 1" INDICATOR_MARKS
	    " GROUP BY a.person ORDER BY p.sort, a.person" },
	{ "unnamed", &seminar_type, TELL_UNNAMED, INDICATOR_LOGGED
	    " SELECT id, title, date, municipality, unnamed, unnamed_basis, unnamed FROM logged"
	    " WHERE " INDICATOR_UNNAMED("unnamed") " > 0 AND (held OR status IS NOT 'cancelled') ORDER BY date, id" },
	{ "municipalities_with_consultant", NULL, TELL_CONSULTANTS,
	    "SELECT p.municipality, '', '', p.municipality, count(*), '', 1" PEOPLE_OF_ROLE("'consultant'") " AND p.municipality IS NOT NULL"
	    " GROUP BY p.municipality ORDER BY (SELECT m.sort FROM municipality m WHERE m.code = p.municipality), 1" },
	{ "municipalities_with_seminar", NULL, TELL_SEMINARS, INDICATOR_LOGGED
	    " SELECT municipality, '', '', municipality, count(*), '', 1 FROM logged WHERE held AND municipality IS NOT NULL"
	    " GROUP BY municipality ORDER BY (SELECT m.sort FROM municipality m WHERE m.code = municipality), 1" },
	{ "consultations", &consultation_type, TELL_MINUTES, CONSULTATIONS("1") },
	{ "consultation_minutes", &consultation_type, TELL_MINUTES, CONSULTATIONS("coalesce(" INDICATOR_MINUTES("c.minutes") ", 0)") },
};

static const struct proof *find_proof(const struct indicator *which)
{
	for (size_t i = 1; i < sizeof proofs / sizeof *proofs; i++)
		if (strcmp(proofs[i].name, which->name) == 0)
			return &proofs[i];
	return &proofs[0];
}

static void add_count(enum tell tell, long long n, struct buf *out)
{
	switch (tell) {
	case TELL_NOTHING:
		break;
	case TELL_CAME:
		/* TRANSLATORS: to a seminar, by name */
		buf_addf(out, P_("%lld came", "%lld came", n), n);
		break;
	case TELL_VISITS:
		buf_addf(out, P_("%lld visit", "%lld visits", n), n);
		break;
	case TELL_UNNAMED:
		buf_addf(out, P_("%lld without a name", "%lld without a name", n), n);
		break;
	case TELL_CONSULTANTS:
		buf_addf(out, P_("%lld consultant", "%lld consultants", n), n);
		break;
	case TELL_SEMINARS:
		buf_addf(out, P_("%lld seminar", "%lld seminars", n), n);
		break;
	case TELL_MINUTES:
		buf_addf(out, _("%lld min"), n);
		break;
	}
}

static void comma(struct buf *out)
{
	if (out->len > 0)
		buf_adds(out, ", ");
}

/* Columns 2 to 5, as far as there is something in them. */
static void add_detail(struct store *s, const struct proof *p, sqlite3_stmt *st, struct buf *out)
{
	const char *date = store_text(st, 2), *municipality = store_text(st, 3), *text = store_text(st, 5);
	char day[DATE_SIZE];
	if (*date) {
		date_show(date, day);
		buf_adds(out, day);
	}
	if (*municipality && p->type) {
		comma(out);
		municipality_short_name(s, municipality, out);
	}
	if (*text) {
		comma(out);
		buf_adds(out, text);
	}
	if (p->tell != TELL_NOTHING && sqlite3_column_type(st, 4) != SQLITE_NULL) {
		comma(out);
		add_count(p->tell, sqlite3_column_int64(st, 4), out);
	}
}

static int tell_row(struct store *s, const struct proof *p, sqlite3_stmt *st, struct buf *name, struct buf *detail, indicator_line_fn each,
    void *context, struct err *e)
{
	struct indicator_line line = { .type = p->type, .id = store_text(st, 0), .number = sqlite3_column_int64(st, 6) };
	buf_reset(name);
	buf_reset(detail);
	if (p->type)
		buf_adds(name, store_text(st, 1));
	else
		municipality_name(s, line.id, name);
	add_detail(s, p, st, detail);
	line.name = name->data;
	line.detail = detail->data;
	return each(context, &line, e);
}

int indicator_each_proof(struct store *s, const struct indicator *which, indicator_line_fn each, void *context, struct err *e)
{
	const struct proof *p = find_proof(which);
	char programme[RECORD_ID_SIZE];
	struct buf name = BUF_INIT, detail = BUF_INIT;
	sqlite3_stmt *st;
	int rc = -1;
	if (programme_current(s, programme, e) != 0 || !(st = store_prepare_once(s, p->sql, e)))
		return -1;
	store_bind_text(st, 1, programme);
	if (p == &proofs[0])
		store_bind_text(st, 2, which->name);
	while ((rc = store_step(s, st, e)) == 1)
		if (tell_row(s, p, st, &name, &detail, each, context, e) != 0)
			break;
	sqlite3_finalize(st);
	buf_release(&name);
	buf_release(&detail);
	return rc == 0 ? 0 : -1;
}
