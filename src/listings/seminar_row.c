/* One seminar as a title shows it. */
#include "records/seminar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/rows.h"

#define ROW "SELECT s.id, s.date, s.title, s.place, s.municipality, s.lead, s.status, s.kind, s.capacity, s.unnamed"

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

int seminar_row(struct store *s, const char *id, struct seminar_rows *out, struct err *e)
{
	*out = (struct seminar_rows){ 0 };
	sqlite3_stmt *st = store_prepare_once(s, ROW " FROM seminar s WHERE s.id = ?1 AND s.deleted = 0", e);
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
