/* Who leads a seminar besides its lead, and the trainers and guests who speak there. */
#include "records/seminar.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/joined.h"

const struct choice seminar_parts[] = {
	/* TRANSLATORS: part in a seminar: leads it together with others */
	{ "lead", N_("lead"), "ведущий|ведущая|соведущий|ведет" },
	{ "trainer", N_("trainer"), "тренер|преподаватель|приглашенный тренер" },
	/* TRANSLATORS: part in a seminar: a guest who speaks there */
	{ "guest", N_("guest"), "гость|выступающий|приглашенный" },
	{ NULL, NULL, NULL }
};

static const struct field staff_fields[] = {
	{ .name = "seminar", .label = N_("Seminar"), .kind = FIELD_REFERENCE, .references = "seminar", .required = true },
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	/* TRANSLATORS: what somebody does at a seminar: leads it, trains, is a guest */
	{ .name = "part", .label = N_("Part"), .kind = FIELD_CHOICE, .choices = seminar_parts, .initial = "lead", .required = true },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_TEXT },
};

static int staff_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s", record_get(r, "seminar"), record_get(r, "person"));
	return n < RECORD_ID_SIZE ? 0 : err_set(e, ERR_REFUSED, _("the ids of the seminar and the person are too long"));
}

static int staff_check(struct store *s, const struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (!*r->id)
		return 0;
	if (staff_id(s, r, id, e) != 0)
		return -1;
	if (strcmp(id, r->id) == 0)
		return 0;
	return err_set(e, ERR_REFUSED, _("a part belongs to one seminar and one person; remove it and make another"));
}

#define COLUMNS "seminar, person, part, note"
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("seminar_staff.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = seminar_staff.person), seminar_staff.person)"

const struct record_type seminar_staff_type = {
	.name = "staff",
	.title = N_("Part in a seminar"),
	.table = "seminar_staff",
	.fields = staff_fields,
	.count = sizeof staff_fields / sizeof *staff_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("seminar_staff", COLUMNS),
		.list = RECORD_SQL_LIST("seminar_staff", COLUMNS, "id"),
		RECORD_SQL_REST("seminar_staff", NAME, COLUMNS, "?2,?3,?4,?5")
	},
	.check = staff_check,
	.make_id = staff_id,
};

/* What is there and visible is edited, anything else is made. */
int seminar_staff_set(struct store *s, const char *seminar, const char *person, const char *part, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	int rc = 0;
	snprintf(id, sizeof id, "%s/%s", seminar, person);
	if (strlen(id) >= RECORD_ID_SIZE || record_load(s, &r, &seminar_staff_type, id, NULL) != 0) {
		record_init(&r, &seminar_staff_type);
		rc = record_set(s, &r, "seminar", seminar, e);
		if (rc == 0)
			rc = record_set(s, &r, "person", person, e);
	}
	if (rc == 0)
		rc = record_set(s, &r, "part", part, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int seminar_staff_remove(struct store *s, const char *seminar, const char *person, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	snprintf(id, sizeof id, "%s/%s", seminar, person);
	return record_remove(s, &seminar_staff_type, id, e);
}

int seminar_leads(struct store *s, const char *seminar, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s,
	    "SELECT min(place), who FROM (SELECT 0 AS place, " JOINED_PERSON("s.lead") " AS who FROM seminar s WHERE s.id = ?1 AND coalesce(s.lead, '') <> '' UNION"
	    " SELECT 1, " JOINED_PERSON("t.person") " FROM seminar_staff t WHERE t.id > ?1 || '/' AND t.id < ?1 || '0' AND t.deleted = 0 AND t.part = 'lead')"
	    " GROUP BY who ORDER BY 1, 2", e);
	int rc;
	bool first = true;
	if (!st)
		return -1;
	store_bind_text(st, 1, seminar);
	while ((rc = store_step(s, st, e)) == 1) {
		buf_adds(out, first ? "" : ", ");
		record_name(s, &person_type, store_text(st, 1), out);
		first = false;
	}
	sqlite3_finalize(st);
	return rc;
}
