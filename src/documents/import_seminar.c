/* A row of a list of seminars: a new one, or one that is there, of the same title on the same day, whose gaps the list fills. */
#include "documents/import_register.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/seminar.h"

static const struct import_field plain[] = {
	{ COLUMN_TITLE, "title" }, { COLUMN_DATE, "date" }, { COLUMN_PLACE, "place" }, { COLUMN_MUNICIPALITY, "municipality" },
	{ COLUMN_SEMINAR_KIND, "kind" }, { COLUMN_CAPACITY, "capacity" }, { COLUMN_STATUS, "status" }, { COLUMN_UNNAMED, "unnamed" },
	{ COLUMN_BASIS, "unnamed_basis" }, { COLUMN_SUMMARY, "summary" }, { COLUMN_SERIES, "series" }, { COLUMN_PLANNED_DATE, "planned_date" },
	{ COLUMN_PLANNED_PLACE, "planned_place" }, { COLUMN_PLANNED_NUMBER, "planned_number" }, { COLUMN_MATERIALS, "materials" },
	{ COLUMN_PRESS, "press" }, { COLUMN_SHEET_NUMBER, "sheet_number" }, { COLUMN_SHEET_PLACE, "sheet_place" },
	{ COLUMN_LEAD, "lead" }, { COLUMN_MENTOR, "mentor" },
};
enum { PLAIN = sizeof plain / sizeof *plain };

/* Who else leads it. */
enum { LEADS_MAX = 12 };
struct leads { char id[LEADS_MAX][RECORD_ID_SIZE]; int count; };

/* The name, or names, in a column become ids: the first stays in the row, the others are given back. */
static int resolve_people(struct import_register *m, struct import_entry *n, enum import_column column, struct leads *others, struct err *e)
{
	struct buf *cell = &n->text[column], name = BUF_INIT;
	char first[RECORD_ID_SIZE] = "", id[RECORD_ID_SIZE];
	int rc = 0;
	for (const char *p = cell->data; rc == 0 && *(p += strspn(p, ",;/ ")); ) {
		size_t len = strcspn(p, ",;/");
		buf_reset(&name);
		text_clean(p, len, false, &name);
		p += len;
		rc = name.len ? import_refer_named(m, n, column, name.data, id, e) : 0;
		if (rc != 0 || !name.len)
			continue;
		if (!*first)
			snprintf(first, sizeof first, "%s", id);
		else if (others && others->count < LEADS_MAX)
			snprintf(others->id[others->count++], RECORD_ID_SIZE, "%s", id);
		else
			rc = err_set(e, ERR_REFUSED, _("%s: more than one name"), _(import_columns[column].label));
	}
	buf_reset(cell);
	buf_adds(cell, first);
	buf_release(&name);
	return rc;
}

/* One of the same title on the same day; of several the one in the same municipality, else the row is new only by an answer. */
static int find_same(struct import_register *m, const struct record *r, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf folded = BUF_INIT;
	int found = 0, exact = 0, rc = -1;
	*id = '\0';
	text_fold(record_get(r, "title"), strlen(record_get(r, "title")), &folded);
	sqlite3_stmt *st = store_prepare(m->s, "SELECT id, municipality FROM seminar WHERE programme = ?1 AND deleted = 0 AND date = ?2"
	    " AND search_fold(title) = ?3 AND (?4 = '' OR coalesce(municipality, '') IN ('', ?4)) ORDER BY municipality IS NOT ?4, id", e);
	char programme[RECORD_ID_SIZE];
	if (st && programme_current(m->s, programme, e) == 0) {
		store_bind_text(st, 1, programme);
		store_bind_text(st, 2, record_get(r, "date"));
		store_bind_text(st, 3, folded.data);
		store_bind_text(st, 4, record_get(r, "municipality"));
		while ((rc = store_step(m->s, st, e)) == 1) {
			bool there = *record_get(r, "municipality") && strcmp(store_text(st, 1), record_get(r, "municipality")) == 0;
			exact += there;
			if (found++ == 0)
				snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 0));
		}
		if (rc == 0)
			sqlite3_reset(st);
	}
	buf_release(&folded);
	/* Those of the same municipality come first. */
	if (rc == 0 && (exact > 0 ? exact : found) > 1)
		return err_set(e, ERR_REFUSED, _("there are several seminars of this title on this day; say which in a column “ID семинара”"));
	return rc;
}

static int add_leads(struct import_register *m, const char *seminar, const struct leads *others, struct err *e)
{
	for (int i = 0; i < others->count; i++)
		if (seminar_staff_set(m->s, seminar, others->id[i], "lead", e) != 0)
			return -1;
	return 0;
}

static int fill(struct import_register *m, const char *id, const struct record *list, const struct import_entry *n, enum import_fate *fate,
    struct buf *words, struct err *e)
{
	struct import_differences d = { BUF_INIT, BUF_INIT };
	struct record card;
	if (record_load(m->s, &card, &seminar_type, id, e) != 0)
		return -1;
	int rc = import_fill_fields(m->s, &card, list, n, plain + 2, PLAIN - 2, &d, e);
	*fate = d.filled.len ? IMPORT_CHANGED : IMPORT_SAME;
	if (rc == 0 && d.filled.len)
		rc = record_save(m->s, &card, e);
	import_tell_differences(&d, words);
	record_release(&card);
	return rc;
}

static int take(struct import_register *m, struct record *r, const struct import_entry *n, const struct leads *others, enum import_fate *fate,
    struct buf *words, struct err *e)
{
	char id[RECORD_ID_SIZE] = "";
	int rc = import_set_fields(m->s, r, n, plain, PLAIN, true, e);
	if (rc == 0)
		rc = n->text[COLUMN_SEMINAR].len ? record_resolve(m->s, &seminar_type, n->text[COLUMN_SEMINAR].data, id, e) : find_same(m, r, id, e);
	if (rc == 0 && *id) {
		rc = fill(m, id, r, n, fate, words, e);
	} else if (rc == 0) {
		*fate = IMPORT_NEW;
		rc = record_save(m->s, r, e);
		snprintf(id, sizeof id, "%s", r->id);
	}
	return rc == 0 ? add_leads(m, id, others, e) : -1;
}

int import_seminar(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e)
{
	struct leads others = { .count = 0 };
	struct record r;
	if (n->text[COLUMN_TITLE].len == 0)
		return err_set(e, ERR_REFUSED, _("there is no title in this row"));
	import_spell_municipality(m, &n->text[COLUMN_MUNICIPALITY]);
	if (resolve_people(m, n, COLUMN_LEAD, &others, e) != 0 || resolve_people(m, n, COLUMN_MENTOR, NULL, e) != 0)
		return -1;
	record_init(&r, &seminar_type);
	int rc = take(m, &r, n, &others, fate, words, e);
	record_release(&r);
	return rc;
}
