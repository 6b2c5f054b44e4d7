#include "records/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/erasure.h"
#include "records/municipality.h"
#include "records/programme.h"

const struct record_type *const record_types[] = {
	&programme_type, &indicator_type, &filing_type, &filing_part_type, &person_type, &organisation_type, &mentorship_type, &seminar_type, &seminar_staff_type, &attendance_type,
	&consultation_type, &consent_type,
	&call_type, &criterion_type, &judge_type, &application_type, &score_type,
	&course_type, &group_type, &enrolment_type, &study_day_type, &certificate_type, &award_rule_type, &award_type, &template_type,
	&story_type, &directory_type, &question_type, &territory_type, &deletion_hold_type, &person_link_type, &erasure_type, NULL
};

const struct record_type *record_type_find(const char *name)
{
	for (const struct record_type *const *t = record_types; *t; t++)
		if (strcmp((*t)->name, name) == 0)
			return *t;
	return NULL;
}

int record_field(const struct record_type *t, const char *name)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->fields[i].name, name) == 0)
			return i;
	return -1;
}

/* --- in memory --- */

static void record_blank(struct record *r, const struct record_type *t)
{
	bug_if(t->count > RECORD_FIELDS_MAX);
	memset(r, 0, sizeof *r);
	r->type = t;
}

void record_init(struct record *r, const struct record_type *t)
{
	record_blank(r, t);
	for (int i = 0; i < t->count; i++)
		r->value[i] = mem_dup(t->fields[i].initial ? t->fields[i].initial : "");
}

int record_new(struct store *s, struct record *r, const struct record_type *t, struct err *e)
{
	record_init(r, t);
	return t->defaults ? t->defaults(s, r, e) : 0;
}

void record_release(struct record *r)
{
	for (int i = 0; r->type && i < r->type->count; i++) {
		free(r->value[i]);
		free(r->seen[i]);
	}
	memset(r, 0, sizeof *r);
}

static int field_index(const struct record_type *t, const char *field)
{
	int i = record_field(t, field);
	bug_if(i < 0);
	return i;
}

const char *record_get(const struct record *r, const char *field)
{
	return r->value[field_index(r->type, field)];
}

bool record_untouched(const struct record *r, const char *field)
{
	int i = field_index(r->type, field);
	return !r->changed[i] && !*r->value[i];
}

void record_default_today(struct record *r, const char *field)
{
	char today[DATE_SIZE];
	if (!record_untouched(r, field))
		return;
	date_today(today);
	record_put(r, field, today);
}

void record_put(struct record *r, const char *field, const char *value)
{
	int i = field_index(r->type, field);
	char *copy = mem_dup(value);
	free(r->value[i]);
	r->value[i] = copy;
}

static int unknown_field(const struct record_type *t, const char *field, struct err *e)
{
	struct buf known = BUF_INIT, name = BUF_INIT;
	for (int i = 0; i < t->count; i++)
		buf_addf(&known, "%s%s", i ? ", " : "", t->fields[i].name);
	text_escape(field, strlen(field), &name);
	err_set(e, ERR_REFUSED, _("%s: there is no such field; the fields are %s"), name.data, known.data);
	buf_release(&known);
	buf_release(&name);
	return -1;
}

/* A municipality that was abolished may not be chosen, but whoever changes something else of a card leaves it there. */
static bool stays(struct store *s, const struct record *r, int i, const char *typed)
{
	char code[MUNICIPALITY_CODE_SIZE];
	return r->type->fields[i].kind == FIELD_MUNICIPALITY && *r->value[i] && *typed && municipality_find_any(s, typed, code, NULL) == 0 &&
	    strcmp(code, r->value[i]) == 0;
}

int record_set(struct store *s, struct record *r, const char *field, const char *typed, struct err *e)
{
	int i = record_field(r->type, field);
	if (i < 0)
		return unknown_field(r->type, field, e);
	struct buf parsed = BUF_INIT;
	if (stays(s, r, i, typed))
		buf_adds(&parsed, r->value[i]);
	else if (field_parse(s, &r->type->fields[i], typed, &parsed, e) != 0) {
		buf_release(&parsed);
		return -1;
	}
	if (!r->seen[i])
		r->seen[i] = r->value[i];
	else
		free(r->value[i]);
	r->value[i] = mem_dupn(parsed.data, parsed.len);
	r->changed[i] = true;
	buf_release(&parsed);
	return 0;
}

/* --- reading --- */

static void read_fields(struct record *r, sqlite3_stmt *st, int column)
{
	for (int i = 0; i < r->type->count; i++) {
		free(r->value[i]);
		r->value[i] = mem_dup(store_text(st, column + i));
	}
}

int record_load(struct store *s, struct record *r, const struct record_type *t, const char *id, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	record_blank(r, t);
	if (programme_current(s, programme, e) != 0)
		return -1;
	sqlite3_stmt *st = store_prepare(s, t->sql.load, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, programme);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		read_fields(r, st, 0);
		snprintf(r->id, sizeof r->id, "%s", id);
	}
	if (rc >= 0)
		sqlite3_reset(st);
	if (rc == 1)
		return 0;
	record_release(r);
	return rc == 0 ? record_unknown(t, id, e) : -1;
}

/* True when the statement gave a name. */
static bool add_name(struct store *s, const char *sql, const char *id, const char *table, struct buf *out)
{
	size_t start = out->len;
	sqlite3_stmt *st = store_prepare(s, sql, NULL);
	if (!st)
		return false;
	store_bind_text(st, 1, id);
	if (table)
		store_bind_text(st, 2, table);
	if (store_step(s, st, NULL) == 1)
		buf_adds(out, store_text(st, 0));
	sqlite3_reset(st);
	return out->len > start;
}

bool record_known_name(struct store *s, const struct record_type *t, const char *id, struct buf *out)
{
	return add_name(s, "SELECT name FROM known_name WHERE id = ?1 AND tbl = ?2", id, t->table, out);
}

void record_name(struct store *s, const struct record_type *t, const char *id, struct buf *out)
{
	if (!*id || add_name(s, t->sql.name, id, NULL, out) || record_known_name(s, t, id, out))
		return;
	if (t == &person_type && erasure_done(s, id))
		/* TRANSLATORS: in place of the name of a person whose data were destroyed; the id follows: «данные уничтожены, k3x9q2mv-12» */
		buf_addf(out, _("erased, %s"), id);
	else
		buf_adds(out, id);
}

/* Everything that a person can see of a record, folded, for a filter: what is kept and what is shown of each field. */
static void searched_text(struct store *s, const struct record *r, struct buf *text, struct buf *folded)
{
	buf_reset(text);
	buf_reset(folded);
	buf_adds(text, r->id);
	for (int i = 0; i < r->type->count; i++) {
		if (!*r->value[i])
			continue;
		buf_addc(text, ' ');
		buf_adds(text, r->value[i]);
		buf_addc(text, ' ');
		field_show(s, &r->type->fields[i], r->value[i], text);
	}
	text_fold(text->data, text->len, folded);
}

struct walk {
	struct store *s;
	const char *programme;		/* "": all */
	struct filter filter;
	struct buf text, folded;
	record_fn each;
	void *context;
};

static int walk_row(struct walk *w, struct record *r, sqlite3_stmt *st, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	snprintf(r->id, sizeof r->id, "%s", store_text(st, 0));
	read_fields(r, st, 1);
	if (*w->programme) {
		if (record_programme(w->s, r, programme, e) != 0)
			return -1;
		if (*programme && strcmp(programme, w->programme) != 0)
			return 0;
	}
	if (w->filter.count > 0) {
		searched_text(w->s, r, &w->text, &w->folded);
		if (!filter_matches(&w->filter, w->folded.data))
			return 0;
	}
	return w->each(w->context, r, e);
}

static int walk_rows(struct walk *w, const struct record_type *t, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (programme_current(w->s, programme, e) != 0)
		return -1;
	if (!w->programme)
		w->programme = programme;
	/* Not the kept statement: the callback may walk the same type. */
	sqlite3_stmt *st = store_prepare_once(w->s, t->sql.list, e);
	if (!st)
		return -1;
	store_bind_text(st, 2, *w->programme ? w->programme : programme);
	struct record r;
	record_blank(&r, t);
	int rc;
	while ((rc = store_step(w->s, st, e)) == 1)
		if (walk_row(w, &r, st, e) != 0) {
			rc = -1;
			break;
		}
	record_release(&r);
	sqlite3_finalize(st);
	return rc;
}

int record_each(struct store *s, const struct record_type *t, const char *filter, record_fn each, void *context, struct err *e)
{
	return record_each_in(s, t, NULL, filter, each, context, e);
}

int record_each_in(struct store *s, const struct record_type *t, const char *programme, const char *filter, record_fn each, void *context, struct err *e)
{
	struct walk w = { .s = s, .programme = programme, .text = BUF_INIT, .folded = BUF_INIT, .each = each, .context = context };
	filter_init(&w.filter, filter);
	int rc = walk_rows(&w, t, e);
	filter_release(&w.filter);
	buf_release(&w.text);
	buf_release(&w.folded);
	return rc;
}
