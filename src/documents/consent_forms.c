#include "documents/consent_forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/typeset.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/municipality.h"
#include "records/template.h"

/* A line to write on goes over the end of a line of the text wherever that comes: a space of no width is where it may break. */
#define LINE_4 "____\xe2\x80\x8b"
#define LINE_20 LINE_4 LINE_4 LINE_4 LINE_4 LINE_4

/* Lines to write on stand where nothing is known: as long as what is written there. */
static const struct { const char *name, *line; } lines[] = {
	{ "person", LINE_20 LINE_20 LINE_20 }, { "phone", LINE_20 }, { "email", LINE_20 }, { "organisation", LINE_20 LINE_20 }, { "municipality", LINE_20 },
	{ "address", LINE_20 LINE_20 LINE_20 }, { "identity", LINE_20 LINE_20 LINE_20 LINE_20 }, { "organiser", LINE_20 LINE_20 },
	{ "organiser_address", LINE_20 LINE_20 }, { "resources", LINE_20 LINE_20 }, { "conditions", LINE_20 LINE_20 LINE_20 }, { "programme", LINE_20 }
};

static const char *value_of(const struct template_values *v, const char *name)
{
	for (int i = 0; i < v->count; i++)
		if (strcmp(v->value[i].name, name) == 0)
			return v->value[i].value;
	return "";
}

static void draw_lines(struct template_values *v)
{
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		if (value_of(v, lines[i].name)[0] == '\0')
			template_values_set(v, lines[i].name, lines[i].line);
}

static int set_person(struct store *s, struct template_values *v, const char *id, struct err *e)
{
	struct buf shown = BUF_INIT;
	struct record r;

	if (record_load(s, &r, &person_type, id, e) != 0)
		return -1;
	template_values_set(v, "person", record_get(&r, "name"));
	template_values_set(v, "email", record_get(&r, "email"));
	text_phone_pretty(record_get(&r, "phone"), &shown);
	template_values_set(v, "phone", shown.data);
	buf_reset(&shown);
	record_name(s, &organisation_type, record_get(&r, "organisation"), &shown);
	template_values_set(v, "organisation", shown.data);
	buf_reset(&shown);
	municipality_name(s, record_get(&r, "municipality"), &shown);
	template_values_set(v, "municipality", shown.data);
	buf_release(&shown);
	record_release(&r);
	return 0;
}

static void set_form(struct typeset *t, const struct template_text *text, const struct template_values *v, const char *name)
{
	static const struct typeset_style title = { .align = TYPESET_CENTRE, .bold = true, .size = 11 }, small = { .align = TYPESET_RIGHT, .size = 7 };
	struct buf filled = BUF_INIT;

	typeset_half(t);
	template_fill(text->title.data, v->value, &filled);
	typeset_text(t, &title, filled.data);
	buf_reset(&filled);
	template_fill_markdown(text->body.data, v->value, &filled);
	typeset_markdown(t, filled.data);
	/* TRANSLATORS: the day of a signature, to be written by hand: the day, the month, the year */
	typeset_signature(t, _("“____” ______________ 20____"), name);
	buf_reset(&filled);
	/* TRANSLATORS: at the foot of a consent: which wording it has */
	buf_addf(&filled, _("version of the text: %s"), text->version);
	typeset_text(t, &small, filled.data);
	buf_release(&filled);
}

/* One form; `person` NULL: a blank one. */
static int add_form(struct store *s, struct typeset *t, const struct template_text *text, const char *person, struct err *e)
{
	struct template_values v = { 0 };
	struct buf name = BUF_INIT;
	int rc = template_values_programme(s, &v, e);

	if (rc == 0 && person != NULL)
		rc = set_person(s, &v, person, e);
	if (rc == 0) {
		buf_adds(&name, value_of(&v, "person"));
		template_values_set(&v, "version", text->version);
		draw_lines(&v);
		set_form(t, text, &v, name.data);
	}
	template_values_release(&v);
	buf_release(&name);
	return rc;
}

static int add_forms(struct store *s, struct typeset *t, const struct template_text *text, const char *const *persons, int count, int blank, struct err *e)
{
	for (int i = 0; i < count; i++)
		if (add_form(s, t, text, persons[i], e) != 0)
			return -1;
	for (int i = 0; i < blank; i++)
		if (add_form(s, t, text, NULL, e) != 0)
			return -1;
	return 0;
}

int consent_forms_make(struct store *s, const char *purpose, const char *const *persons, int count, int blank, struct buf *pdf, struct err *e)
{
	struct template_text text;
	struct typeset *t;
	char kind[64];
	int rc;

	if (count + blank < 1 || count + blank > CONSENT_FORMS_MAX)
		return err_set(e, ERR_REFUSED, count + blank < 1 ? _("there is no form to print: say for whom, or how many blank ones") :
		    _("that are too many forms for one file"));
	snprintf(kind, sizeof kind, TEMPLATE_CONSENT "%s", purpose);
	rc = template_text(s, kind, NULL, &text, e);
	if (rc == 0) {
		const struct typeset_page page = { .title = text.title.data, .plain = true };

		t = typeset_begin(TYPESET_PDF, &page);
		rc = add_forms(s, t, &text, persons, count, blank, e);
		if (rc == 0)
			rc = typeset_finish(t, pdf, e);
		else
			typeset_abandon(t);
	}
	template_text_release(&text);
	return rc;
}

int consent_forms_missing(struct store *s, const char *seminar, const char *purpose, char (**persons)[RECORD_ID_SIZE], int *count, int *signed_, struct err *e)
{
	struct attendance_rows rows;
	bool valid;
	int rc = 0;

	*persons = NULL;
	*count = *signed_ = 0;
	if (attendance_rows(s, seminar, &rows, e) != 0)
		return -1;
	*persons = mem_zero((size_t)rows.count + 1, sizeof **persons);
	for (int i = 0; i < rows.count && rc == 0; i++) {
		if (rows.row[i].state == ATTENDANCE_ABSENT)
			continue;
		rc = consent_valid(s, rows.row[i].person, purpose, &valid, e);
		if (rc == 0 && valid)
			++*signed_;
		else if (rc == 0)
			memcpy((*persons)[(*count)++], rows.row[i].person, RECORD_ID_SIZE);
	}
	attendance_rows_release(&rows);
	if (rc == 0)
		return 0;
	free(*persons);
	*persons = NULL;
	return -1;
}
