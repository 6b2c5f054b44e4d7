/* The log of seminars as the screens read it, newest first. */
#include "records/seminar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/rows.h"

enum parameter { P_ME = 1, P_STATUS, P_TAG, P_COUNT, P_FIRST, P_ID, P_WORD };

struct query {
	const struct seminar_query *q;
	struct filter filter;
	struct buf sql;
	char me[RECORD_ID_SIZE];
};

static void query_begin(struct query *u, struct store *s, const struct seminar_query *q)
{
	*u = (struct query){ .q = q, .sql = BUF_INIT };
	filter_init(&u->filter, q->filter);
	person_me(s, u->me);
}

static void query_end(struct query *u)
{
	filter_release(&u->filter);
	buf_release(&u->sql);
}

/* FROM and WHERE over s. What is searched: title, place, summary, date as it is shown and as it is kept, municipality, who leads. */
static void add_source(struct query *u)
{
	buf_adds(&u->sql, " FROM seminar s WHERE s.deleted = 0");
	if (u->q->status)
		buf_adds(&u->sql, " AND s.status = ?2");
	if (u->q->mine)
		buf_adds(&u->sql, " AND (s.lead = ?1 OR s.mentor = ?1 OR (s.id > ?3 || '-' AND s.id < ?3 || '.'))");
	for (int i = 0; i < u->filter.count; i++)
		buf_addf(&u->sql, " AND (instr(s.find, ?%1$d) OR instr(s.date, ?%1$d)"
		    " OR instr(strftime('%%d.%%m.%%Y', s.date), ?%1$d)"
		    " OR s.municipality IN (SELECT code FROM municipality WHERE instr(find, ?%1$d))"
		    " OR instr(search_fold((SELECT name FROM person WHERE id = s.lead)), ?%1$d))", P_WORD + i);
}

static sqlite3_stmt *query_prepare(struct query *u, struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, u->sql.data, e);
	if (!st)
		return NULL;
	store_bind_text(st, P_ME, u->me);
	store_bind_text(st, P_STATUS, u->q->status);
	store_bind_text(st, P_TAG, journal_tag(store_journal(s)));
	for (int i = 0; i < u->filter.count; i++)
		store_bind_text(st, P_WORD + i, u->filter.word[i]);
	return st;
}

/* --- a window --- */

#define WINDOW_COLUMNS "SELECT s.id, s.date, s.title, s.place, s.municipality, s.lead, s.status, s.kind, s.capacity, s.unnamed"

static int add_row(struct store *s, sqlite3_stmt *st, struct seminar_rows *out, struct buf *text, struct err *e)
{
	struct seminar_row *row = &out->row[out->count++];
	struct seminar_counts counts;
	snprintf(row->id, sizeof row->id, "%s", store_text(st, 0));
	for (int column = 1; column <= 3; column++)
		rows_add(text, store_text(st, column));
	municipality_short_name(s, store_text(st, 4), text);
	rows_end(text);
	record_name(s, &person_type, store_text(st, 5), text);
	rows_end(text);
	rows_add(text, store_text(st, 6));
	rows_add(text, store_text(st, 7));
	row->capacity = sqlite3_column_int(st, 8);
	row->unnamed = sqlite3_column_int(st, 9);
	if (seminar_counts(s, row->id, &counts, e) != 0)
		return -1;
	row->registered = counts.registered;
	row->present = counts.present;
	return 0;
}

static void point_rows(struct seminar_rows *out)
{
	const char *p = out->text;
	for (int i = 0; i < out->count; i++) {
		struct seminar_row *row = &out->row[i];
		row->date = rows_next(&p);
		row->title = rows_next(&p);
		row->place = rows_next(&p);
		row->municipality = rows_next(&p);
		row->lead = rows_next(&p);
		row->status = rows_next(&p);
		row->kind = rows_next(&p);
	}
}

/* Finalises st. */
static int read_rows(struct store *s, sqlite3_stmt *st, int count, struct seminar_rows *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	out->row = mem_zero((size_t)count, sizeof *out->row);
	while ((rc = store_step(s, st, e)) == 1)
		if ((rc = add_row(s, st, out, &text, e)) != 0)
			break;
	sqlite3_finalize(st);
	out->text = buf_detach(&text);
	if (rc == 0)
		point_rows(out);
	else
		seminar_rows_release(out);
	return rc;
}

int seminar_rows(struct store *s, const struct seminar_query *q, int64_t first, int count, struct seminar_rows *out, struct err *e)
{
	struct query u;
	int rc = -1;
	*out = (struct seminar_rows){ 0 };
	if (count <= 0)
		return 0;
	query_begin(&u, s, q);
	buf_adds(&u.sql, WINDOW_COLUMNS);
	add_source(&u);
	buf_adds(&u.sql, " ORDER BY s.date DESC, s.id DESC LIMIT ?4 OFFSET ?5");
	sqlite3_stmt *st = query_prepare(&u, s, e);
	if (st) {
		sqlite3_bind_int(st, P_COUNT, count);
		sqlite3_bind_int64(st, P_FIRST, first);
		rc = read_rows(s, st, count, out, e);
	}
	query_end(&u);
	return rc;
}

int seminar_row(struct store *s, const char *id, struct seminar_rows *out, struct err *e)
{
	*out = (struct seminar_rows){ 0 };
	sqlite3_stmt *st = store_prepare_once(s, WINDOW_COLUMNS " FROM seminar s WHERE s.id = ?1 AND s.deleted = 0", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	if (read_rows(s, st, 1, out, e) != 0)
		return -1;
	if (out->count == 1)
		return 0;
	seminar_rows_release(out);
	return record_unknown(&seminar_type, id, e);
}

void seminar_rows_release(struct seminar_rows *rows)
{
	free(rows->row);
	free(rows->text);
	*rows = (struct seminar_rows){ 0 };
}

/* --- numbers --- */

int seminar_count(struct store *s, const struct seminar_query *q, int64_t *count, struct err *e)
{
	struct query u;
	int rc = 0;
	query_begin(&u, s, q);
	if (u.filter.count == 0 && !q->status && !q->mine) {
		*count = journal_count(store_journal(s), "seminar");
	} else {
		buf_adds(&u.sql, "SELECT count(*)");
		add_source(&u);
		sqlite3_stmt *st = query_prepare(&u, s, e);
		rc = st ? rows_number(s, st, count, e) : -1;
	}
	query_end(&u);
	return rc;
}

/* Those before it in the order, or -1 when it does not belong to the query. */
int seminar_place(struct store *s, const struct seminar_query *q, const char *id, int64_t *place, struct err *e)
{
	struct query u;
	query_begin(&u, s, q);
	buf_adds(&u.sql, "SELECT (SELECT count(*)");
	add_source(&u);
	buf_adds(&u.sql, " AND (s.date, s.id) > (own.date, own.id)) FROM seminar own WHERE own.id IN (SELECT s.id");
	add_source(&u);
	buf_adds(&u.sql, " AND s.id = ?6)");
	sqlite3_stmt *st = query_prepare(&u, s, e);
	int rc = -1;
	*place = -1;
	if (st) {
		store_bind_text(st, P_ID, id);
		rc = store_step(s, st, e);
		if (rc == 1)
			*place = sqlite3_column_int64(st, 0);
		sqlite3_finalize(st);
	}
	query_end(&u);
	return rc < 0 ? -1 : 0;
}
