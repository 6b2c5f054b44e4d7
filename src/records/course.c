#include "records/course.h"

#include <stdlib.h>

#include "base/i18n.h"

enum { COURSE_HOURS_MOST = 2000 };

static const struct field course_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	{ .name = "hours", .label = N_("Hours"), .kind = FIELD_NUMBER },
	/* TRANSLATORS: who gives a course: a university, a training centre */
	{ .name = "provider", .label = N_("Provider"), .kind = FIELD_TEXT },
	/* TRANSLATORS: what the provider of a course gives at its end: a certificate of advanced training … */
	{ .name = "document_kind", .label = N_("Document"), .kind = FIELD_TEXT },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

/* What the document is called in Russian law, whatever language the screens have. */
static int course_defaults(struct store *s, struct record *r, struct err *e)
{
	if (record_untouched(r, "document_kind"))
		record_put(r, "document_kind", "удостоверение о повышении квалификации");
	return record_default_programme(s, r, e);
}

static int course_check(struct store *s, const struct record *r, struct err *e)
{
	(void)s;
	if (strtol(record_get(r, "hours"), NULL, 10) <= COURSE_HOURS_MOST)
		return 0;
	err_set(e, ERR_REFUSED, _("a course has at most %d hours"), COURSE_HOURS_MOST);
	return field_blame(&r->type->fields[record_field(r->type, "hours")], e);
}

#define COLUMNS "title, hours, provider, document_kind, note, programme"

const struct record_type course_type = {
	.name = "course",
	.title = N_("Course"),
	.table = "course",
	.fields = course_fields,
	.count = sizeof course_fields / sizeof *course_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("course", COLUMNS),
		.list = RECORD_SQL_LIST("course", COLUMNS, "title, id"),
		RECORD_SQL_REST("course", "title", COLUMNS, "?2,?3,?4,?5,?6,?7")
	},
	.defaults = course_defaults,
	.check = course_check,
};

/* --- groups --- */

static const struct field group_fields[] = {
	{ .name = "course", .label = N_("Course"), .kind = FIELD_REFERENCE, .references = "course", .required = true },
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	{ .name = "since", .label = N_("Since"), .kind = FIELD_DATE },
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DATE },
	{ .name = "place", .label = N_("Place"), .kind = FIELD_TEXT },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
};

static int group_check(struct store *s, const struct record *r, struct err *e)
{
	(void)s;
	return record_check_period(r, "since", "until", e);
}

#define GROUP_COLUMNS "course, title, since, until, place, municipality"

const struct record_type group_type = {
	.name = "group",
	/* TRANSLATORS: of the people on a course */
	.title = N_("Group"),
	.table = "course_group",
	.fields = group_fields,
	.count = sizeof group_fields / sizeof *group_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("course_group", GROUP_COLUMNS),
		.list = RECORD_SQL_LIST("course_group", GROUP_COLUMNS, "since, title, id"),
		RECORD_SQL_REST("course_group", "title", GROUP_COLUMNS, "?2,?3,?4,?5,?6,?7")
	},
	.check = group_check,
};
