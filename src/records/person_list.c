/* The list of people as the screens read it: a window of rows by index, a count, a place. */
#include "records/person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"
#include "records/rows.h"

enum parameter { P_ME = 1, P_TODAY, P_PROGRAMME, P_STAGE, P_MUNICIPALITY, P_COUNT, P_FIRST, P_LETTERS, P_SORT, P_ID, P_WORD };

/* One statement being put together of fixed pieces; every value is bound. */
struct query {
	const struct person_query *q;
	struct filter filter;
	struct buf sql;
	char me[RECORD_ID_SIZE], programme[RECORD_ID_SIZE], today[DATE_SIZE];
};

static int query_begin(struct query *u, struct store *s, const struct person_query *q, struct err *e)
{
	*u = (struct query){ .q = q, .sql = BUF_INIT };
	filter_init(&u->filter, q->filter);
	person_me(s, u->me);
	date_today(u->today);
	return programme_current(s, u->programme, e);
}

static void query_end(struct query *u)
{
	filter_release(&u->filter);
	buf_release(&u->sql);
}

/* True when the index on the sorting key alone says who is shown, and in which order. */
static bool index_answers(const struct query *u)
{
	return u->q->show == PERSON_ALL && u->filter.count == 0 && !u->q->municipality;
}

/* FROM and WHERE over p. A store holds its pages sealed, and people stand in it in the order in which they came: whoever reads all of them must
 * not go through the index, which would open a page for each: +p.deleted keeps SQLite from it. */
static void add_source(struct query *u)
{
	if (u->q->show == PERSON_MINE)
		buf_adds(&u->sql, " FROM (SELECT DISTINCT mentee FROM mentorship WHERE mentor = ?1 AND deleted = 0"
		    " AND (until IS NULL OR until > ?2)) CROSS JOIN person p ON p.id = mentee WHERE p.deleted = 0");
	else if (index_answers(u))
		buf_adds(&u->sql, " FROM person p INDEXED BY person_sort WHERE p.deleted = 0");
	else
		buf_adds(&u->sql, " FROM person p WHERE +p.deleted = 0");
	if (u->q->stage)
		buf_adds(&u->sql, " AND p.id IN (SELECT person FROM participation WHERE programme = ?3 AND stage = ?4 AND deleted = 0)");
	if (u->q->municipality)
		buf_adds(&u->sql, " AND p.municipality = ?5");
	for (int i = 0; i < u->filter.count; i++)
		buf_addf(&u->sql, " AND (instr(p.find, ?%1$d)"
		    " OR p.organisation IN (SELECT id FROM organisation WHERE instr(search_fold(name), ?%1$d))"
		    " OR p.municipality IN (SELECT code FROM municipality WHERE instr(find, ?%1$d)))", P_WORD + i);
}

static sqlite3_stmt *query_prepare(struct query *u, struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(s, u->sql.data, e);
	if (!st)
		return NULL;
	store_bind_text(st, P_ME, u->me);
	store_bind_text(st, P_TODAY, u->today);
	store_bind_text(st, P_PROGRAMME, u->programme);
	store_bind_text(st, P_STAGE, u->q->stage);
	store_bind_text(st, P_MUNICIPALITY, u->q->municipality);
	for (int i = 0; i < u->filter.count; i++)
		store_bind_text(st, P_WORD + i, u->filter.word[i]);
	return st;
}

/* --- a window --- */

/* Places of the first word of the filter (P_WORD), the best first; a telephone begins behind its +7. */
#define BEST \
	"CASE WHEN instr(p.find, ?11) = 1 THEN 0 WHEN instr(' ' || p.find, ' ' || ?11) OR instr(p.find, '+7' || ?11) THEN 1 ELSE 2 END, "

/* The ids first, then what is shown of these few. Where the index answers, it is walked as it stands: an ORDER BY would name the generated column
 * `sort`, for which SQLite reads the row of everyone who is skipped. */
static void query_window(struct query *u)
{
	const char *best = u->q->best_first && u->filter.count ? BEST : "";
	buf_adds(&u->sql, "SELECT p.id, p.name, p.organisation, p.municipality, t.role, t.stage, p.phone,"
	    " (SELECT max(s.date) FROM attendance a JOIN seminar s ON s.id = a.seminar"
	    " WHERE a.person = p.id AND a.state = 'present' AND a.deleted = 0 AND s.deleted = 0)"
	    " FROM (SELECT p.id AS id");
	add_source(u);
	if (!index_answers(u))
		buf_addf(&u->sql, " ORDER BY %sp.sort, p.id", best);
	buf_addf(&u->sql, " LIMIT ?6 OFFSET ?7) w CROSS JOIN person p ON p.id = w.id"
	    " LEFT JOIN participation t ON t.id = ?3 || '/' || p.id AND t.deleted = 0 ORDER BY %sp.sort, p.id", best);
}

static void add_row(struct store *s, sqlite3_stmt *st, struct person_rows *out, struct buf *text)
{
	struct person_row *row = &out->row[out->count++];
	snprintf(row->id, sizeof row->id, "%s", store_text(st, 0));
	rows_add(text, store_text(st, 1));
	record_name(s, &organisation_type, store_text(st, 2), text);
	rows_end(text);
	municipality_short_name(s, store_text(st, 3), text);
	rows_end(text);
	for (int column = 4; column <= 7; column++)
		rows_add(text, store_text(st, column));
}

static void point_rows(struct person_rows *out)
{
	const char *p = out->text;
	for (int i = 0; i < out->count; i++) {
		struct person_row *row = &out->row[i];
		row->name = rows_next(&p);
		row->organisation = rows_next(&p);
		row->municipality = rows_next(&p);
		row->role = rows_next(&p);
		row->stage = rows_next(&p);
		row->phone = rows_next(&p);
		row->last_met = rows_next(&p);
	}
}

static int read_window(struct store *s, struct query *u, int64_t first, int count, struct person_rows *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	query_window(u);
	sqlite3_stmt *st = query_prepare(u, s, e);
	if (!st)
		return -1;
	sqlite3_bind_int(st, P_COUNT, count);
	sqlite3_bind_int64(st, P_FIRST, first);
	out->row = mem_zero((size_t)count, sizeof *out->row);
	while ((rc = store_step(s, st, e)) == 1)
		add_row(s, st, out, &text);
	sqlite3_finalize(st);
	out->text = buf_detach(&text);
	if (rc == 0)
		point_rows(out);
	else
		person_rows_release(out);
	return rc;
}

int person_rows(struct store *s, const struct person_query *q, int64_t first, int count, struct person_rows *out, struct err *e)
{
	struct query u;
	*out = (struct person_rows){ 0 };
	if (count <= 0)
		return 0;
	int rc = query_begin(&u, s, q, e);
	if (rc == 0)
		rc = read_window(s, &u, first, count, out, e);
	query_end(&u);
	return rc;
}

int person_rows_of(struct store *s, const char (*ids)[RECORD_ID_SIZE], int count, struct person_rows *out, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc = 0;
	*out = (struct person_rows){ 0 };
	sqlite3_stmt *st = store_prepare(s, "SELECT p.id, p.name, p.organisation, p.municipality, '', '', p.phone, '' FROM person p"
	    " WHERE p.id = ?1 AND p.deleted = 0", e);
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

/* --- numbers --- */

int person_count(struct store *s, const struct person_query *q, int64_t *count, struct err *e)
{
	struct query u;
	int rc = query_begin(&u, s, q, e);
	if (rc == 0 && q->show == PERSON_ALL && u.filter.count == 0 && !q->stage && !q->municipality) {
		*count = journal_count(store_journal(s), "person");
	} else if (rc == 0) {
		buf_adds(&u.sql, "SELECT count(*)");
		add_source(&u);
		sqlite3_stmt *st = query_prepare(&u, s, e);
		rc = st ? rows_number(s, st, count, e) : -1;
	}
	query_end(&u);
	return rc;
}

/* --- places --- */

/* Letters whose keys follow one another in the index: where those that fold to the first typed letter begin («г» and «ғ» for «г»). Ascending. */
enum { FIRST_KEYS = 16, CYRILLIC_FIRST = 0x400, CYRILLIC_LAST = 0x4ff };
struct first_keys { char key[FIRST_KEYS]; int count; };

static void add_key(struct first_keys *k, uint32_t cp, const char *letters, size_t len)
{
	struct buf letter = BUF_INIT, folded = BUF_INIT, key = BUF_INIT;
	text_put(&letter, cp);
	text_fold(letter.data, letter.len, &folded);
	text_sort_key(letter.data, letter.len, &key);
	int at = 0;
	while (at < k->count && k->key[at] < key.data[0])
		at++;
	if (folded.len == len && memcmp(folded.data, letters, len) == 0 && k->count < FIRST_KEYS && !(at < k->count && k->key[at] == key.data[0])) {
		memmove(k->key + at + 1, k->key + at, (size_t)(k->count++ - at));
		k->key[at] = key.data[0];
	}
	buf_release(&letter);
	buf_release(&folded);
	buf_release(&key);
}

static void first_keys(const char *letters, struct first_keys *k)
{
	uint32_t cp;
	size_t len = text_next(letters, strlen(letters), &cp, NULL);
	*k = (struct first_keys){ .count = 0 };
	add_key(k, cp, letters, len);
	for (uint32_t c = CYRILLIC_FIRST; c <= CYRILLIC_LAST && len > 1; c++)
		add_key(k, c, letters, len);
}

/* 1: *sort and found are those of the first row. Finalises st. */
static int take_first(struct store *s, sqlite3_stmt *st, struct buf *sort, char found[RECORD_ID_SIZE], struct err *e)
{
	int rc = store_step(s, st, e);
	if (rc == 1) {
		buf_adds(sort, store_text(st, 0));
		snprintf(found, RECORD_ID_SIZE, "%s", store_text(st, 1));
	}
	sqlite3_finalize(st);
	return rc;
}

/* The first of the query whose name begins with the folded letters, the first of them as `key` in the index. */
static int find_letters(struct store *s, struct query *u, const char *letters, char key, struct buf *sort, char found[RECORD_ID_SIZE],
    struct err *e)
{
	const char low[] = { key, '\0' }, high[] = { (char)(key + 1), '\0' };
	buf_reset(&u->sql);
	buf_adds(&u->sql, "SELECT p.sort, p.id");
	add_source(u);
	buf_adds(&u->sql, " AND p.sort >= ?9 AND p.sort < ?10 AND instr(p.find, ?8) = 1 ORDER BY p.sort, p.id LIMIT 1");
	sqlite3_stmt *st = query_prepare(u, s, e);
	if (!st)
		return -1;
	store_bind_text(st, P_LETTERS, letters);
	store_bind_text(st, P_SORT, low);
	store_bind_text(st, P_ID, high);
	return take_first(s, st, sort, found, e);
}

static int find_by_letters(struct store *s, struct query *u, const char *letters, struct buf *sort, char found[RECORD_ID_SIZE], struct err *e)
{
	struct buf folded = BUF_INIT;
	struct first_keys keys;
	int rc = 0;
	text_fold(letters, strlen(letters), &folded);
	if (folded.len) {
		first_keys(folded.data, &keys);
		for (int i = 0; rc == 0 && i < keys.count; i++)
			rc = find_letters(s, u, folded.data, keys.key[i], sort, found, e);
	}
	buf_release(&folded);
	return rc;
}

static int find_by_id(struct store *s, struct query *u, const char *id, struct buf *sort, char found[RECORD_ID_SIZE], struct err *e)
{
	buf_adds(&u->sql, "SELECT p.sort, p.id FROM person p WHERE p.id = ?10 AND p.id IN (SELECT p.id");
	add_source(u);
	buf_adds(&u->sql, index_answers(u) ? " AND p.id = ?10)" : ")");
	sqlite3_stmt *st = query_prepare(u, s, e);
	if (!st)
		return -1;
	store_bind_text(st, P_ID, id);
	return take_first(s, st, sort, found, e);
}

static int count_before(struct store *s, struct query *u, const char *sort, const char *id, int64_t *place, struct err *e)
{
	buf_reset(&u->sql);
	buf_adds(&u->sql, "SELECT count(*)");
	add_source(u);
	buf_adds(&u->sql, " AND (p.sort, p.id) < (?9, ?10)");
	sqlite3_stmt *st = query_prepare(u, s, e);
	if (!st)
		return -1;
	store_bind_text(st, P_SORT, sort);
	store_bind_text(st, P_ID, id);
	return rows_number(s, st, place, e);
}

/* Where the index answers, its entries up to the one are stepped over without a row being read. */
static int step_to(struct store *s, struct query *u, const char *id, int64_t *place, struct err *e)
{
	int64_t n = 0;
	int rc;
	buf_reset(&u->sql);
	buf_adds(&u->sql, "SELECT p.id");
	add_source(u);
	sqlite3_stmt *st = query_prepare(u, s, e);
	if (!st)
		return -1;
	while ((rc = store_step(s, st, e)) == 1 && strcmp(store_text(st, 0), id) != 0)
		n++;
	if (rc == 1)
		*place = n;
	sqlite3_finalize(st);
	return rc < 0 ? -1 : 0;
}

int person_place(struct store *s, const struct person_query *q, const char *letters, const char *id, int64_t *place, struct err *e)
{
	char found[RECORD_ID_SIZE];
	struct query u;
	struct buf sort = BUF_INIT;
	*place = -1;
	int rc = query_begin(&u, s, q, e);
	if (rc == 0)
		rc = id ? find_by_id(s, &u, id, &sort, found, e) : find_by_letters(s, &u, letters, &sort, found, e);
	if (rc == 1)
		rc = index_answers(&u) ? step_to(s, &u, found, place, e) : count_before(s, &u, sort.data, found, place, e);
	query_end(&u);
	buf_release(&sort);
	return rc;
}
