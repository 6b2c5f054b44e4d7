#include "records/joined.h"
#include "records/record.h"

#include <string.h>

#include "base/i18n.h"

static const struct field mentorship_fields[] = {
	{ .name = "mentor", .label = N_("Mentor"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "mentee", .label = N_("Mentee"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "since", .label = N_("Since"), .kind = FIELD_DATE },
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DATE },
	{ .name = "goal", .label = N_("Goal"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int mentorship_check(struct store *s, const struct record *r, struct err *e)
{
	(void)s;
	if (strcmp(record_get(r, "mentor"), record_get(r, "mentee")) == 0) {
		err_set(e, ERR_REFUSED, _("the mentor cannot be the mentee as well"));
		return field_blame(&r->type->fields[record_field(r->type, "mentee")], e);
	}
	return record_check_period(r, "since", "until", e);
}

#define COLUMNS "mentor, mentee, since, until, goal, programme"
/* A mentorship is known by its two people. */
#define NAME "(SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("mentorship.mentor") ") || ' → ' ||" \
	" (SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("mentorship.mentee") ")"

const struct record_type mentorship_type = {
	.name = "mentorship",
	.title = N_("Mentorship"),
	.table = "mentorship",
	.fields = mentorship_fields,
	.count = sizeof mentorship_fields / sizeof *mentorship_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("mentorship", COLUMNS),
		.list = RECORD_SQL_LIST("mentorship", COLUMNS, "id"),
		RECORD_SQL_REST("mentorship", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7")
	},
	.defaults = record_default_programme,
	.check = mentorship_check,
};
