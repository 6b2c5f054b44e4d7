#include "records/record.h"

#include "base/i18n.h"

static const struct field organisation_fields[] = {
	{ .name = "name", .label = N_("Name"), .kind = FIELD_TEXT, .required = true },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	{ .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE },
	{ .name = "email", .label = N_("Email"), .kind = FIELD_EMAIL },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
};

#define COLUMNS "name, municipality, phone, email, note"

const struct record_type organisation_type = {
	.name = "organisation",
	.title = N_("Organisation"),
	.table = "organisation",
	.fields = organisation_fields,
	.count = sizeof organisation_fields / sizeof *organisation_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("organisation", COLUMNS),
		.list = RECORD_SQL_LIST("organisation", COLUMNS, "sort, id"),
		RECORD_SQL_REST("organisation", "name", COLUMNS, "?2,?3,?4,?5,?6")
	},
};
