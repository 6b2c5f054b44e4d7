/* The gate: what is personal leaves only with a consent. */
#include "records/consent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/table.h"

void consent_gate_open(struct consent_gate *g, struct store *s, const char *purpose)
{
	*g = (struct consent_gate){ .store = s, .purpose = purpose };
}

void consent_gate_close(struct consent_gate *g)
{
	free(g->withheld);
	memset(g, 0, sizeof *g);
}

/* Where an id stands among those kept back, or would. */
static int place_of(const struct consent_gate *g, const char *person)
{
	int low = 0, high = g->count;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcmp(g->withheld[middle], person) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void keep_back(struct consent_gate *g, const char *person)
{
	int place = place_of(g, person);
	if (place < g->count && strcmp(g->withheld[place], person) == 0)
		return;
	if (g->count == g->room) {
		g->room = g->room ? 2 * g->room : 16;
		g->withheld = mem_resize(g->withheld, (size_t)g->room, sizeof *g->withheld);
	}
	memmove(g->withheld + place + 1, g->withheld + place, (size_t)(g->count - place) * sizeof *g->withheld);
	snprintf(g->withheld[place], sizeof *g->withheld, "%s", person);
	g->count++;
}

int consent_gate_allows(struct consent_gate *g, const char *person, bool *allowed, struct err *e)
{
	*allowed = true;
	if (!*person)
		return 0;
	if (strcmp(person, g->last) != 0) {
		*g->last = '\0';
		if (consent_valid(g->store, person, g->purpose, &g->last_allowed, e) != 0)
			return -1;
		snprintf(g->last, sizeof g->last, "%s", person);
		if (!g->last_allowed)
			keep_back(g, person);
	}
	*allowed = g->last_allowed;
	return 0;
}

void consent_gate_words(const struct consent_gate *g, int most, struct buf *out)
{
	const struct choice *purpose = choice_find(consent_purposes, g->purpose);
	struct buf name = BUF_INIT;
	int shown = most > 0 && most < g->count ? most : g->count;
	if (g->count == 0)
		return;
	/* TRANSLATORS: what a person did not consent to, how many people; names follow */
	buf_addf(out, _("without a consent (%s), so without personal data: %d"), purpose ? _(purpose->label) : g->purpose, g->count);
	for (int i = 0; i < shown; i++) {
		buf_reset(&name);
		record_name(g->store, &person_type, g->withheld[i], &name);
		buf_adds(out, i == 0 ? " — " : ", ");
		text_escape(name.data, name.len, out);
	}
	if (shown < g->count)
		buf_addf(out, _(" and %d more"), g->count - shown);
	buf_release(&name);
}

static bool names_person(const struct field *f)
{
	return f->kind == FIELD_REFERENCE && strcmp(f->references, person_type.name) == 0;
}

/* A field that stands in no column of the record's own table (a role in the programme) is not personal by itself. */
static bool is_personal(const struct record_type *t, const struct field *f)
{
	const struct table *table = table_find(t->table);
	int column = table && !f->in_programme ? table_column(table, f->name) : -1;
	return column >= 0 && (table->columns[column].flags & COLUMN_PERSONAL);
}

/* Everybody whom a record names must have consented. */
static int all_allow(struct consent_gate *g, const struct record *r, bool *allowed, struct err *e)
{
	for (int i = 0; i < r->type->count && *allowed; i++)
		if (names_person(&r->type->fields[i]) && consent_gate_allows(g, r->value[i], allowed, e) != 0)
			return -1;
	return 0;
}

/* What is somebody's (an application, a certificate) is known by the name: a field that refers to it shows that name. */
static int named_by_person(struct consent_gate *g, const struct field *f, const char *id, bool *allowed, struct err *e)
{
	const struct record_type *t = f->kind == FIELD_REFERENCE ? record_type_find(f->references) : NULL;
	struct record r;
	bool somebodys = false;
	for (int i = 0; t && *id && i < t->count; i++)
		somebodys = somebodys || (names_person(&t->fields[i]) && t->fields[i].required);
	if (!somebodys)
		return 0;
	if (record_load(g->store, &r, t, id, NULL) != 0) {
		*allowed = false;
		return 0;
	}
	int rc = all_allow(g, &r, allowed, e);
	record_release(&r);
	return rc;
}

int consent_gate_field(struct consent_gate *g, const struct record *r, int field, bool *allowed, struct err *e)
{
	const struct field *f = &r->type->fields[field];
	*allowed = true;
	if (names_person(f))
		return consent_gate_allows(g, r->value[field], allowed, e);
	if (f->kind == FIELD_REFERENCE)
		return named_by_person(g, f, r->value[field], allowed, e);
	if (!*r->value[field] || !is_personal(r->type, f))
		return 0;
	if (r->type == &person_type)
		return consent_gate_allows(g, r->id, allowed, e);
	return all_allow(g, r, allowed, e);
}
