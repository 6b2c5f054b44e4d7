#include "records/seminar.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/joined.h"
#include "records/person.h"

const struct choice seminar_kinds[] = {
	{ "local", N_("local"), "местный|семинар местного консультанта|муниципальный" },
	{ "information", N_("information"), "информационный|информационно-ознакомительный|ознакомительный" },
	{ "training", N_("training"), "обучающий|учебный|обучение" },
	{ NULL, NULL, NULL }
};

const struct choice seminar_statuses[] = {
	{ "planned", N_("planned"), "запланирован|план|планируется" },
	{ "held", N_("held"), "проведён|состоялся|прошёл" },
	{ "cancelled", N_("cancelled"), "отменён|отмена|не состоялся" },
	{ NULL, NULL, NULL }
};

/* What is entered in the hall comes first; what the office adds later stands below it. */
static const struct field seminar_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE, .required = true },
	{ .name = "place", .label = N_("Place"), .kind = FIELD_TEXT },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = seminar_kinds, .initial = "local", .required = true },
	/* TRANSLATORS: the person who leads the seminar */
	{ .name = "lead", .label = N_("Lead"), .kind = FIELD_REFERENCE, .references = "person" },
	{ .name = "mentor", .label = N_("Mentor"), .kind = FIELD_REFERENCE, .references = "person" },
	{ .name = "capacity", .label = N_("Capacity"), .kind = FIELD_NUMBER, .initial = "10" },
	{ .name = "status", .label = N_("Status"), .kind = FIELD_CHOICE, .choices = seminar_statuses, .initial = "planned", .required = true },
	/* TRANSLATORS: how many came without being listed by name, and what that number rests on */
	{ .name = "unnamed", .label = N_("Unnamed"), .kind = FIELD_NUMBER, .initial = "0" },
	{ .name = "unnamed_basis", .label = N_("Unnamed: basis"), .kind = FIELD_TEXT },
	{ .name = "summary", .label = N_("Summary"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: what the mentor says of a seminar that the mentee held */
	{ .name = "remarks", .label = N_("Mentor's remarks"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: links to what was handed out at a seminar */
	{ .name = "materials", .label = N_("Materials"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: links to what was published about a seminar */
	{ .name = "press", .label = N_("In the press"), .kind = FIELD_LONG_TEXT },
	/* TRANSLATORS: a name that the seminars of one series share */
	{ .name = "series", .label = N_("Series"), .kind = FIELD_TEXT },
	{ .name = "planned_date", .label = N_("Planned date"), .kind = FIELD_DATE },
	{ .name = "planned_place", .label = N_("Planned place"), .kind = FIELD_TEXT },
	/* TRANSLATORS: how many people a seminar was planned for */
	{ .name = "planned_number", .label = N_("Planned number"), .kind = FIELD_NUMBER },
	/* TRANSLATORS: the number that the signed sign-in sheet has in the files */
	{ .name = "sheet_number", .label = N_("Signed sheet: number"), .kind = FIELD_TEXT },
	{ .name = "sheet_pages", .label = N_("Signed sheet: pages"), .kind = FIELD_NUMBER },
	/* TRANSLATORS: where the signed sign-in sheet is kept: a folder, a shelf, a cupboard */
	{ .name = "sheet_place", .label = N_("Signed sheet: kept"), .kind = FIELD_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static void default_municipality(struct store *s, struct record *r)
{
	char *code = record_untouched(r, "municipality") ? store_setting(s, "municipality") : NULL;
	if (code)
		record_put(r, "municipality", code);
	free(code);
}

/* Whoever leads seminars on this device: its person, when that is a consultant. */
static void default_lead(struct store *s, struct record *r)
{
	char me[RECORD_ID_SIZE];
	struct record person;
	if (!record_untouched(r, "lead") || !*person_me(s, me) || record_load(s, &person, &person_type, me, NULL) != 0)
		return;
	if (strcmp(record_get(&person, "role"), "consultant") == 0)
		record_put(r, "lead", me);
	record_release(&person);
}

/* What a seminar is planned for stays when it is moved to another day or hall. A form says "" of what nobody filled in. */
static void default_plan(struct record *r)
{
	static const char *const pairs[][2] = { { "planned_date", "date" }, { "planned_place", "place" }, { "planned_number", "capacity" } };
	if (strcmp(record_get(r, "status"), "planned") != 0 || !*record_get(r, "date"))
		return;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (!*record_get(r, pairs[i][0]))
			record_put(r, pairs[i][0], record_get(r, pairs[i][1]));
}

static int seminar_defaults(struct store *s, struct record *r, struct err *e)
{
	default_plan(r);
	default_municipality(s, r);
	default_lead(s, r);
	return record_default_programme(s, r, e);
}

static int seminar_check(struct store *s, const struct record *r, struct err *e)
{
	(void)s;
	if (strtol(record_get(r, "unnamed"), NULL, 10) == 0 || *record_get(r, "unnamed_basis"))
		return 0;
	err_set(e, ERR_REFUSED, _("say what the number of unnamed participants rests on, for example a count in the hall"));
	return field_blame(&r->type->fields[record_field(r->type, "unnamed_basis")], e);
}

#define COLUMNS "title, date, place, municipality, kind, lead, mentor, capacity, status, unnamed, unnamed_basis, summary, remarks, materials, press," \
	" series, planned_date, planned_place, planned_number, sheet_number, sheet_pages, sheet_place, programme"

const struct record_type seminar_type = {
	.name = "seminar",
	.title = N_("Seminar"),
	.table = "seminar",
	.fields = seminar_fields,
	.count = sizeof seminar_fields / sizeof *seminar_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("seminar", COLUMNS),
		.list = RECORD_SQL_LIST("seminar", COLUMNS, "date DESC, id DESC"),
		RECORD_SQL_REST("seminar", "title", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,"
		    "?16,?17,?18,?19,?20,?21,?22,?23,?24")
	},
	.defaults = seminar_defaults,
	.check = seminar_check,
};

int seminar_counts(struct store *s, const char *id, struct seminar_counts *out, struct err *e)
{
	*out = (struct seminar_counts){ 0, 0 };
	sqlite3_stmt *st = store_prepare(s,
	    "SELECT count(*), coalesce(sum(a.state = 'present'), 0) FROM attendance a LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person")
	    " WHERE a.id > ?1 || '/' AND a.id < ?1 || '0' AND a.deleted = 0 AND p.deleted IS NOT 1 AND a.state IS NOT 'absent' AND " JOINED_FIRST_MARK("a"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		out->registered = sqlite3_column_int(st, 0);
		out->present = sqlite3_column_int(st, 1);
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}
