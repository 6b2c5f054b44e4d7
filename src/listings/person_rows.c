/* A few people as a finder shows them: whom the ids name, with what tells namesakes apart. */
#include "records/person.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "records/municipality.h"
#include "records/rows.h"

static void add_row(struct store *s, sqlite3_stmt *st, struct person_rows *out, struct buf *text)
{
	struct person_row *row = &out->row[out->count++];
	snprintf(row->id, sizeof row->id, "%s", store_text(st, 0));
	rows_add(text, store_text(st, 1));
	record_name(s, &organisation_type, store_text(st, 2), text);
	rows_end(text);
	municipality_short_name(s, store_text(st, 3), text);
	rows_end(text);
	rows_add(text, store_text(st, 4));
}

static void point_rows(struct person_rows *out)
{
	const char *p = out->text;
	for (int i = 0; i < out->count; i++) {
		struct person_row *row = &out->row[i];
		row->name = rows_next(&p);
		row->organisation = rows_next(&p);
		row->municipality = rows_next(&p);
		row->phone = rows_next(&p);
	}
}

int person_rows_of(struct store *s, const char (*ids)[RECORD_ID_SIZE], int count, struct person_rows *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc = 0;
	*out = (struct person_rows){ 0 };
	sqlite3_stmt *st = store_prepare(s, "SELECT id, name, organisation, municipality, phone FROM person WHERE id = ?1 AND deleted = 0", e);
	if (!st)
		return -1;
	out->row = mem_zero(count > 0 ? (size_t)count : 1, sizeof *out->row);
	for (int i = 0; i < count && rc >= 0; i++) {
		store_bind_text(st, 1, ids[i]);
		if ((rc = store_step(s, st, e)) == 1)
			add_row(s, st, out, &text);
		sqlite3_reset(st);
	}
	out->text = buf_detach(&text);
	if (rc < 0) {
		person_rows_release(out);
		return -1;
	}
	point_rows(out);
	return 0;
}

void person_rows_release(struct person_rows *rows)
{
	free(rows->row);
	free(rows->text);
	*rows = (struct person_rows){ 0 };
}
