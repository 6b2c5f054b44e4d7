/* The gate: what is personal leaves only with a consent. */
#include "records/consent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

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

/* An entry of the directory whose person's card is not held here came through the hub, which gives none without a consent (directory.h). */
static int came_consented(struct consent_gate *g, const char *person, bool *consented, struct err *e)
{
	if (strcmp(g->purpose, CONSENT_DIRECTORY) != 0)
		return 0;
	sqlite3_stmt *st = store_prepare(g->store, "SELECT 1 FROM person WHERE id = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, person);
	int rc = store_step(g->store, st, e);
	*consented = rc == 0;
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int consent_gate_allows(struct consent_gate *g, const char *person, bool *allowed, struct err *e)
{
	*allowed = true;
	if (!*person)
		return 0;
	if (strcmp(person, g->last) != 0) {
		*g->last = '\0';
		if (consent_valid(g->store, person, g->purpose, &g->last_allowed, e) != 0 ||
		    (!g->last_allowed && came_consented(g, person, &g->last_allowed, e) != 0))
			return -1;
		snprintf(g->last, sizeof g->last, "%s", person);
		if (!g->last_allowed)
			keep_back(g, person);
		g->let_out |= g->last_allowed;
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

/* --- records --- */

/* Which texts of a record say nothing of the people whom it names, and which do: a topic, a number on a paper, what was calculated of somebody. What stands in
 * neither list stays, too. */
static const struct { const struct record_type *type; const char *open, *closed; } rules[] = {
	{ &programme_type, "title grant organiser city signatory signatory_post", "" },
	{ &indicator_type, "key title", "" },
	{ &filing_type, "name hash summary note", "" },
	{ &filing_part_type, "figure body", "" },
	{ &person_type, "", "name phone email post note" },
	{ &organisation_type, "name phone email note", "" },
	{ &mentorship_type, "", "goal" },
	{ &seminar_type, "title place unnamed_basis summary materials press series planned_place sheet_number sheet_place", "remarks" },
	{ &seminar_staff_type, "", "note" },
	{ &attendance_type, "", "note" },
	{ &consultation_type, "", "topic advice next_step" },
	{ &consent_type, "version", "note" },
	{ &call_type, "title note", "" },
	{ &criterion_type, "title note", "" },
	{ &judge_type, "", "" },
	{ &application_type, "", "motivation experience reason" },
	{ &score_type, "", "remark" },
	{ &course_type, "title provider document_kind note", "" },
	{ &group_type, "title place", "" },
	{ &enrolment_type, "document_kind", "document note" },
	{ &study_day_type, "", "" },
	{ &certificate_type, "title", "number" },
	{ &award_rule_type, "", "" },
	{ &award_type, "", "number reason" },
	{ &template_type, "version title body", "" },
	{ &story_type, "section", "title body note" },
	{ &directory_type, "", "topics phone email note" },
	{ &question_type, "", "topic body answer" },
	{ &person_link_type, "", "" },
	{ &erasure_type, "", "document" },
	{ &deletion_hold_type, "kind", "label" },
	{ &territory_type, "code name centre successor letters", "" },
};

static bool among(const char *names, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = names; *p; p += strcspn(p, " "), p += *p == ' ')
		if (strncmp(p, name, n) == 0 && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

enum consent_rule consent_rule(const struct record_type *t, const char *field)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i].type == t)
			return among(rules[i].open, field) ? CONSENT_OPEN : among(rules[i].closed, field) ? CONSENT_CLOSED : CONSENT_UNRULED;
	return CONSENT_UNRULED;
}

static bool names_person(const struct field *f)
{
	return f->kind == FIELD_REFERENCE && strcmp(f->references, person_type.name) == 0;
}

static bool is_text(const struct field *f)
{
	return f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT || f->kind == FIELD_PHONE || f->kind == FIELD_EMAIL;
}

/* What is somebody's (an application, a certificate) is known by the name: a field that refers to it shows that name. */
static bool is_somebodys(const struct record_type *t)
{
	for (int i = 0; t && i < t->count; i++)
		if (names_person(&t->fields[i]) && t->fields[i].required)
			return true;
	return false;
}

static int all_allow(struct consent_gate *g, const struct record *r, bool *allowed, struct err *e);

static int named_by_person(struct consent_gate *g, const struct field *f, const char *id, bool *allowed, struct err *e)
{
	const struct record_type *t = f->kind == FIELD_REFERENCE ? record_type_find(f->references) : NULL;
	struct record r;
	if (!*id || !is_somebodys(t))
		return 0;
	if (record_load(g->store, &r, t, id, NULL) != 0) {
		*allowed = false;
		return 0;
	}
	int rc = all_allow(g, &r, allowed, e);
	record_release(&r);
	return rc;
}

/* Everybody whom a record names must have consented, and whose record it refers to: the remark on a score is about who applied. */
static int all_allow(struct consent_gate *g, const struct record *r, bool *allowed, struct err *e)
{
	for (int i = 0; i < r->type->count && *allowed; i++) {
		const struct field *f = &r->type->fields[i];
		if ((names_person(f) ? consent_gate_allows(g, r->value[i], allowed, e) : named_by_person(g, f, r->value[i], allowed, e)) != 0)
			return -1;
	}
	return 0;
}

int consent_gate_field(struct consent_gate *g, const struct record *r, int field, bool *allowed, struct err *e)
{
	const struct field *f = &r->type->fields[field];
	*allowed = true;
	if (names_person(f))
		return consent_gate_allows(g, r->value[field], allowed, e);
	if (f->kind == FIELD_REFERENCE)
		return named_by_person(g, f, r->value[field], allowed, e);
	if (!is_text(f) || !*r->value[field])
		return 0;
	if (consent_rule(r->type, f->name) == CONSENT_OPEN)
		return 0;
	if (r->type == &person_type)
		return consent_gate_allows(g, r->id, allowed, e);
	return all_allow(g, r, allowed, e);
}
