#include "documents/sign_in.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "documents/typeset.h"
#include "records/attendance.h"
#include "records/seminar.h"

#define ROW 9			/* millimetres: room for a signature */
#define MARGIN 14		/* more rows to a page; printers reach so far */

enum { NUMBER, NAME, WORK, PLACE, PHONE, SIGNATURE, COLUMNS };

/* The municipality of each who stands on the sheet, which the sheet of the screens has no room for. */
static int municipality_of(struct store *s, const char *person, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT m.name FROM person p JOIN municipality m ON m.code = p.municipality WHERE p.id = ?1", e);
	int rc;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, person);
	rc = store_step(s, st, e);
	if (rc == 1)
		buf_adds(out, store_text(st, 0));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

/* --- above the table --- */

static void add_field(struct store *s, struct typeset *t, const struct record *r, const char *field, const char *label)
{
	const struct field *f = &r->type->fields[record_field(r->type, field)];
	struct buf shown = BUF_INIT;

	field_show(s, f, record_get(r, field), &shown);
	typeset_field(t, label, shown.data);
	buf_release(&shown);
}

static int add_programme(struct store *s, struct typeset *t, const char *id, struct err *e)
{
	struct record r;

	if (*id == '\0' || record_load(s, &r, &programme_type, id, e) != 0)
		return *id == '\0' ? 0 : -1;
	typeset_field(t, _("Programme"), record_get(&r, "title"));
	if (record_get(&r, "grant")[0] != '\0')
		typeset_field(t, _("Grant"), record_get(&r, "grant"));
	record_release(&r);
	return 0;
}

static void add_place(struct store *s, struct typeset *t, const struct record *r)
{
	struct buf place = BUF_INIT;
	const struct field *f = &r->type->fields[record_field(r->type, "municipality")];

	field_show(s, f, record_get(r, "municipality"), &place);
	if (place.len > 0 && record_get(r, "place")[0] != '\0')
		buf_adds(&place, ", ");
	buf_adds(&place, record_get(r, "place"));
	typeset_field(t, _("Place"), place.data);
	buf_release(&place);
}

static int add_head(struct store *s, struct typeset *t, const struct record *r, const char *leads, struct err *e)
{
	typeset_heading(t, 1, _("Sign-in sheet of participants"));
	typeset_qr(t, r->id, 24);
	if (add_programme(s, t, record_get(r, "programme"), e) != 0)
		return -1;
	/* TRANSLATORS: on the sign-in sheet: the seminar */
	typeset_field(t, _("Event"), record_get(r, "title"));
	add_field(s, t, r, "date", _("Date"));
	add_place(s, t, r);
	typeset_field(t, _("Lead"), leads);
	/* TRANSLATORS: the seminar's id, which the sheet is filed by */
	typeset_field(t, _("Seminar's number"), r->id);
	typeset_space(t, 2);
	return 0;
}

/* --- the table --- */

static void begin_table(struct typeset *t)
{
	const struct typeset_column columns[COLUMNS] = {
		/* TRANSLATORS: head of the column of numbers on the sign-in sheet */
		[NUMBER] = { _("No."), 5, TYPESET_NUMBER },
		[NAME] = { _("Full name"), 30, TYPESET_TEXT },
		[WORK] = { _("Organisation, post"), 28, TYPESET_TEXT },
		[PLACE] = { _("Municipality"), 19, TYPESET_TEXT },
		[PHONE] = { _("Phone"), 21, TYPESET_TEXT },
		[SIGNATURE] = { _("Signature"), 22, TYPESET_TEXT },
	};
	const struct typeset_table table = { .columns = columns, .count = COLUMNS, .row_millimetres = ROW, .size = 9 };

	typeset_table(t, &table);
}

static int add_person(struct store *s, struct typeset *t, const struct attendance_row *a, int number, struct err *e)
{
	struct buf work = BUF_INIT, place = BUF_INIT, phone = BUF_INIT;
	char no[16];
	int rc;

	snprintf(no, sizeof no, "%d", number);
	buf_addf(&work, "%s%s%s", a->organisation, a->organisation[0] != '\0' && a->post[0] != '\0' ? ", " : "", a->post);
	text_phone_pretty(a->phone, &phone);
	rc = municipality_of(s, a->person, &place, e);
	if (rc == 0)
		typeset_row(t, (const char *const[COLUMNS]){ no, a->name, work.data, place.data, phone.data, "" });
	buf_release(&work);
	buf_release(&place);
	buf_release(&phone);
	return rc;
}

static void add_lines(struct typeset *t, int from, int count)
{
	char no[16];

	for (int i = 0; i < count; i++) {
		snprintf(no, sizeof no, "%d", from + i);
		typeset_row(t, (const char *const[COLUMNS]){ no, "", "", "", "", "" });
	}
}

static int empty_lines(const struct sign_in *how, const struct record *r, const struct attendance_rows *rows)
{
	(void)r;
	if (how->lines >= 0)
		return how->lines < SIGN_IN_LINES_MAX ? how->lines : SIGN_IN_LINES_MAX;
	if (!how->blank)
		return SIGN_IN_WALK_INS;
	if (rows->limited && rows->capacity > SIGN_IN_BLANK)
		return rows->capacity < SIGN_IN_LINES_MAX ? rows->capacity : SIGN_IN_LINES_MAX;
	return SIGN_IN_BLANK;
}

static int add_table(struct store *s, struct typeset *t, const struct record *r, const struct sign_in *how, struct err *e)
{
	struct attendance_rows rows;
	int number = 0, rc;

	if (attendance_rows(s, r->id, &rows, e) != 0)
		return -1;
	begin_table(t);
	rc = 0;
	for (int i = 0; !how->blank && i < rows.count && rc == 0; i++)
		if (rows.row[i].state != ATTENDANCE_ABSENT)
			rc = add_person(s, t, &rows.row[i], ++number, e);
	add_lines(t, number + 1, empty_lines(how, r, &rows));
	typeset_table_end(t);
	attendance_rows_release(&rows);
	return rc;
}

/* --- below it --- */

static void add_foot(struct store *s, struct typeset *t, const struct record *r)
{
	struct buf lead = BUF_INIT;
	const struct typeset_style small = { .size = 9, .italic = true };

	typeset_keep(t);
	typeset_space(t, 3);
	/* TRANSLATORS: below the sign-in sheet, before a line to write the number on */
	typeset_field(t, _("Total of those who signed"), "");
	typeset_text(t, &small, _("A signature on this sheet is no consent to the processing of personal data: that is given on a form of its own."));
	record_name(s, &person_type, record_get(r, "lead"), &lead);
	typeset_signature(t, _("Consultant"), lead.data);
	typeset_kept(t);
	buf_release(&lead);
}

static int fill(struct store *s, struct typeset *t, const struct record *r, const struct sign_in *how, struct err *e)
{
	struct buf leads = BUF_INIT;
	int rc = seminar_leads(s, r->id, &leads, e);

	if (rc == 0)
		rc = add_head(s, t, r, leads.data, e);
	if (rc == 0)
		rc = add_table(s, t, r, how, e);
	if (rc == 0)
		add_foot(s, t, r);
	buf_release(&leads);
	return rc;
}

int sign_in_make(struct store *s, const char *seminar, const struct sign_in *how, struct buf *pdf, struct err *e)
{
	struct buf foot = BUF_INIT;
	struct typeset *t;
	struct record r;
	int rc;

	if (record_load(s, &r, &seminar_type, seminar, e) != 0)
		return -1;
	/* The number first: a long title is cut short. */
	buf_addf(&foot, "%s · %s", r.id, record_get(&r, "title"));
	const struct typeset_page page = { .title = _("Sign-in sheet of participants"), .foot = foot.data, .margin_millimetres = MARGIN };
	t = typeset_begin(TYPESET_PDF, &page);
	rc = fill(s, t, &r, how, e);
	if (rc == 0)
		rc = typeset_finish(t, pdf, e);
	else
		typeset_abandon(t);
	record_release(&r);
	buf_release(&foot);
	return rc;
}

void sign_in_file(struct store *s, const char *seminar, struct buf *out)
{
	struct record r;
	const char *date = "";

	if (record_load(s, &r, &seminar_type, seminar, NULL) == 0)
		date = record_get(&r, "date");
	/* TRANSLATORS: the name of a file: the sign-in sheet; a date follows */
	buf_addf(out, "%s%s%s.pdf", _("sheet"), *date != '\0' ? "-" : "", date);
	record_release(&r);
}
