#include "records/attendance.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/consent.h"
#include "records/joined.h"
#include "records/rows.h"
#include "records/seminar.h"
#include "store/dictionary.h"

const struct choice attendance_states[] = {
	{ "registered", N_("registered"), "записан|записана|зарегистрирован|зарегистрирована" },
	{ "present", N_("present"), "присутствовал|присутствовала|пришёл|пришла|был|была|да" },
	{ "absent", N_("absent"), "отсутствовал|отсутствовала|не пришёл|не пришла|не был|не была|нет" },
	{ NULL, NULL, NULL }
};

static const struct field attendance_fields[] = {
	{ .name = "seminar", .label = N_("Seminar"), .kind = FIELD_REFERENCE, .references = "seminar", .required = true },
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "state", .label = N_("Mark"), .kind = FIELD_CHOICE, .choices = attendance_states, .initial = "registered", .required = true },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
};

static int attendance_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s", record_get(r, "seminar"), record_get(r, "person"));
	return n < RECORD_ID_SIZE ? 0 : err_set(e, ERR_REFUSED, _("the ids of the seminar and the person are too long"));
}

/* The id says whose mark it is, so it cannot become another's. */
static int attendance_check(struct store *s, const struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (!*r->id)
		return 0;
	if (attendance_id(s, r, id, e) != 0)
		return -1;
	if (strcmp(id, r->id) == 0)
		return 0;
	return err_set(e, ERR_REFUSED, _("a mark belongs to one seminar and one person; remove it and make another"));
}

#define COLUMNS "seminar, person, state, note"

const struct record_type attendance_type = {
	.name = "attendance",
	.title = N_("Attendance"),
	.table = "attendance",
	.fields = attendance_fields,
	.count = sizeof attendance_fields / sizeof *attendance_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("attendance", COLUMNS),
		/* As the sheets and the counts: without marks of who, or at what, was removed, and one of each person. One that is not held here stays. */
		.list = "SELECT id, " COLUMNS " FROM attendance WHERE deleted = 0 AND ?2 IS NOT NULL"
		    " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = " JOINED_PERSON("attendance.person") " AND p.deleted = 1) AND " JOINED_FIRST_MARK("attendance")
		    " AND NOT EXISTS (SELECT 1 FROM seminar s WHERE s.id = attendance.seminar AND s.deleted = 1) ORDER BY id",
		RECORD_SQL_REST("attendance", "(SELECT coalesce(p.name, p.id) FROM person p WHERE p.id = " JOINED_PERSON("attendance.person") ")", COLUMNS, "?2,?3,?4,?5")
	},
	.check = attendance_check,
	.make_id = attendance_id,
};

/* --- the sheet --- */

/* Stamp and tag of the registration as one text that sorts. */
#define REGISTERED_BY \
	"coalesce((SELECT max(printf('%019d', h.hlc) || d.tag) FROM head h JOIN device d ON d.no = h.dev" \
	" WHERE h.tbl = ?2 AND h.pk = a.id AND ((h.col = ?3 AND h.value = 'registered') OR h.col = ?4))," \
	" printf('%019d', a.origin_hlc) || coalesce((SELECT tag FROM device WHERE no = a.origin_dev), ''))"

static sqlite3_stmt *sheet(struct store *s, const char *seminar, struct err *e)
{
	struct journal *j = store_journal(s);
	int tbl = dictionary_table(j, "attendance");
	sqlite3_stmt *st = store_prepare_once(s,
	    "SELECT a.id, " JOINED_PERSON("a.person") ", a.state, p.organisation, coalesce(p.name, p.id), p.post, p.phone, o.name, "
	    CONSENT_EXISTS("a.person", "'" CONSENT_PARTICIPATION "'")
	    " FROM attendance a LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person") " LEFT JOIN organisation o ON o.id = p.organisation"
	    " WHERE a.id > ?1 || '/' AND a.id < ?1 || '0' AND a.deleted = 0 AND p.deleted IS NOT 1 AND " JOINED_FIRST_MARK("a")
	    " ORDER BY " REGISTERED_BY ", a.id", e);
	if (!st)
		return NULL;
	store_bind_text(st, 1, seminar);
	sqlite3_bind_int(st, 2, tbl);
	sqlite3_bind_int(st, 3, dictionary_column(j, tbl, "state"));
	sqlite3_bind_int(st, 4, dictionary_column(j, tbl, "deleted"));
	return st;
}

static enum attendance_state state_of(const char *code)
{
	for (int i = 0; attendance_states[i].code; i++)
		if (strcmp(attendance_states[i].code, code) == 0)
			return (enum attendance_state)i;
	return ATTENDANCE_REGISTERED;
}

/* The name that came with the row; what this store does not hold is asked for. */
static void add_name(struct store *s, const struct record_type *t, const char *id, const char *name, struct buf *text)
{
	if (*name)
		buf_adds(text, name);
	else if (*id)
		record_name(s, t, id, text);
	rows_end(text);
}

static void add_row(struct store *s, sqlite3_stmt *st, struct attendance_rows *out, struct buf *text)
{
	out->row = mem_resize(out->row, (size_t)out->count + 1, sizeof *out->row);
	struct attendance_row *row = &out->row[out->count++];
	*row = (struct attendance_row){ .state = state_of(store_text(st, 2)), .consent = sqlite3_column_int(st, 8) };
	snprintf(row->id, sizeof row->id, "%s", store_text(st, 0));
	snprintf(row->person, sizeof row->person, "%s", store_text(st, 1));
	add_name(s, &organisation_type, store_text(st, 3), store_text(st, 7), text);
	add_name(s, &person_type, row->person, store_text(st, 4), text);
	rows_add(text, store_text(st, 5));
	rows_add(text, store_text(st, 6));
}

static void point_rows(struct attendance_rows *out)
{
	const char *p = out->text;
	for (int i = 0; i < out->count; i++) {
		struct attendance_row *row = &out->row[i];
		row->organisation = rows_next(&p);
		row->name = rows_next(&p);
		row->post = rows_next(&p);
		row->phone = rows_next(&p);
	}
}

static void count_states(struct attendance_rows *out)
{
	int seats = 0;
	for (int i = 0; i < out->count; i++) {
		struct attendance_row *row = &out->row[i];
		if (row->state == ATTENDANCE_ABSENT) {
			out->absent++;
			continue;
		}
		row->waiting = row->state == ATTENDANCE_REGISTERED && out->limited && seats >= out->capacity;
		seats++;
		out->present += row->state == ATTENDANCE_PRESENT;
		out->waiting += row->waiting;
		out->registered += !row->waiting;
		out->without_consent += !row->consent;
	}
}

/* The waiting list goes behind the others; both keep their order. */
static void number_rows(struct attendance_rows *out)
{
	struct attendance_row *sorted = mem_zero((size_t)out->count + 1, sizeof *sorted);
	int n = 0;
	for (int waiting = 0; waiting <= 1; waiting++)
		for (int i = 0; i < out->count; i++)
			if (out->row[i].waiting == (waiting == 1)) {
				sorted[n] = out->row[i];
				sorted[n].number = n + 1;
				n++;
			}
	free(out->row);
	out->row = sorted;
}

static int read_sheet(struct store *s, const char *seminar, struct attendance_rows *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	sqlite3_stmt *st = sheet(s, seminar, e);
	if (!st)
		return -1;
	while ((rc = store_step(s, st, e)) == 1)
		add_row(s, st, out, &text);
	sqlite3_finalize(st);
	out->text = buf_detach(&text);
	if (rc == 0)
		point_rows(out);
	return rc;
}

/* Another device may have written any number. */
static int head_count(const char *kept)
{
	long n = strtol(kept, NULL, 10);
	return n < 0 ? 0 : n > INT_MAX ? INT_MAX : (int)n;
}

int attendance_rows(struct store *s, const char *seminar, struct attendance_rows *out, struct err *e)
{
	struct record r;
	*out = (struct attendance_rows){ 0 };
	if (record_load(s, &r, &seminar_type, seminar, e) != 0)
		return -1;
	out->limited = *record_get(&r, "capacity") != '\0';
	out->capacity = head_count(record_get(&r, "capacity"));
	out->unnamed = head_count(record_get(&r, "unnamed"));
	record_release(&r);
	if (read_sheet(s, seminar, out, e) != 0) {
		attendance_rows_release(out);
		return -1;
	}
	count_states(out);
	number_rows(out);
	return 0;
}

const struct attendance_row *attendance_rows_find(const struct attendance_rows *rows, const char *person)
{
	for (int i = 0; i < rows->count; i++)
		if (strcmp(rows->row[i].person, person) == 0)
			return &rows->row[i];
	return NULL;
}

void attendance_rows_release(struct attendance_rows *rows)
{
	free(rows->row);
	free(rows->text);
	*rows = (struct attendance_rows){ 0 };
}

/* --- marking --- */

static int open_mark(struct store *s, struct record *r, const char *seminar, const char *person, const char *id, struct err *e)
{
	struct err none;
	if (record_load(s, r, &attendance_type, id, &none) == 0)
		return 0;
	if (record_new(s, r, &attendance_type, e) != 0 || record_set(s, r, "seminar", seminar, e) != 0)
		return -1;
	return record_set(s, r, "person", person, e);
}

static int mark_one(struct store *s, const char *seminar, const char *person, enum attendance_state state, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	snprintf(id, sizeof id, "%s/%s", seminar, person);
	int rc = open_mark(s, &r, seminar, person, id, e);
	if (rc == 0)
		rc = record_set(s, &r, "state", attendance_states[state].code, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

static int remove_one(struct store *s, const char *seminar, const char *person, enum attendance_state state, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	(void)state;
	snprintf(id, sizeof id, "%s/%s", seminar, person);
	return record_remove(s, &attendance_type, id, e);
}

/* The cards of this person that stand on the sheet; the one that was named where there is none. */
static int cards_on_sheet(struct store *s, const char *seminar, const char *person, char (**cards)[RECORD_ID_SIZE], int *count, struct err *e)
{
	int rc = -1;
	sqlite3_stmt *st = store_prepare(s, "SELECT person FROM attendance WHERE id IN (SELECT ?1 || '/' || c.id FROM (SELECT ?2 AS id UNION SELECT jb.id FROM joined ja"
	    " JOIN joined jb ON jb.shown = ja.shown WHERE ja.id = ?2) c) AND deleted = 0 ORDER BY person", e);
	*cards = mem_zero(1, sizeof **cards);
	*count = 0;
	if (!st)
		return -1;
	store_bind_text(st, 1, seminar);
	store_bind_text(st, 2, person);
	while ((rc = store_step(s, st, e)) == 1) {
		*cards = mem_resize(*cards, (size_t)*count + 1, sizeof **cards);
		snprintf((*cards)[(*count)++], RECORD_ID_SIZE, "%s", store_text(st, 0));
	}
	if (rc == 0)
		sqlite3_reset(st);
	if (rc == 0 && *count == 0)
		snprintf((*cards)[(*count)++], RECORD_ID_SIZE, "%s", person);
	return rc;
}

typedef int (*mark_fn)(struct store *s, const char *seminar, const char *person, enum attendance_state state, struct err *e);

static int with_every_mark(struct store *s, const char *seminar, const char *person, enum attendance_state state, mark_fn change, struct err *e)
{
	char (*cards)[RECORD_ID_SIZE];
	int count, rc = cards_on_sheet(s, seminar, person, &cards, &count, e);
	if (rc == 0 && count == 1)
		rc = change(s, seminar, cards[0], state, e);
	else if (rc == 0 && (rc = store_begin(s, e)) == 0) {
		for (int i = 0; i < count && rc == 0; i++)
			rc = change(s, seminar, cards[i], state, e);
		if (rc == 0)
			rc = store_commit(s, e);
		else
			store_rollback(s);
	}
	free(cards);
	return rc;
}

int attendance_mark(struct store *s, const char *seminar, const char *person, enum attendance_state state, struct err *e)
{
	return with_every_mark(s, seminar, person, state, mark_one, e);
}

int attendance_remove(struct store *s, const char *seminar, const char *person, struct err *e)
{
	return with_every_mark(s, seminar, person, ATTENDANCE_ABSENT, remove_one, e);
}
